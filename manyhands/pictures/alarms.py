"""
What nobody answers for, or nobody has answered: each with since when, by when, and who is told.

An alarm is worked out, so it cannot be forgotten or switched off; it ends when what it is about is put right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from manyhands import acts, who
from manyhands.pictures.who_holds_what import Carried
from manyhands.rules.days import HERE, day_of
from manyhands.rules.standing import Standing
from manyhands.rules.things import HandOverStanding, ResponsibilityStanding, RoleStanding

ROLE_VACANT = timedelta(days=7)
"""How long a role may be without a holder before the coordinating role is told. A guess, to be tried with teams."""

TO_ANSWER = timedelta(days=7)
"""How long a role that was asked to take something on has to accept or decline. A guess, as above."""

TO_ASK_AGAIN = timedelta(days=2)
"""How long something that was declined may wait until somebody else is asked. A guess, as above."""

OVERDUE_STEPS = (
    ("role", timedelta(0)),
    ("deputy", timedelta(days=2)),
    ("lead", timedelta(days=4)),
    ("coordinator", timedelta(days=7)),
)
"""
How long after its check something is brought to each in turn: to the role that holds it, to its deputies, to the lead
(the role that asked for it), to the coordinating role. The days are guesses, as above; the order is the reference's.
"""


@dataclass(frozen=True, slots=True)
class OverdueStep:
    """One step of what is past its check: to whom it is brought ("role", "deputy", "lead", "coordinator"), and when."""

    to: str
    at: datetime
    role: who.Role
    people: tuple[who.Person, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """
    `kind` is "nobody-present" (a responsibility that nobody present answers for), "role-vacant", "role-away" (a
    role whose people are all away), "review-nobody" (a review that is open and that nobody present owes), "declined",
    "not-taken-on", "offer-not-answered", "check-overdue" or "review-overdue". `told` are the people who are told once
    it is due: always somebody, so long as anybody is in the team.
    """

    kind: str
    since: datetime
    due: datetime
    told_role: who.Role
    told: tuple[who.Person, ...]
    responsibility: who.Responsibility | None = None
    role: who.Role | None = None
    handover: who.HandOver | None = None
    proposal: who.Proposal | None = None
    words: acts.Words = acts.NOTHING_SAID

    def is_due(self, at: datetime) -> bool:
        return self.due <= at


LEAVES_BARE = ("nobody-present", "role-vacant", "role-away", "review-nobody", "declined")
"""The kinds that mean that nobody holds something; the others mean that somebody is late."""


def alarms(carried: Carried, standing: Standing, at: datetime) -> tuple[Alarm, ...]:
    """Every alarm at a moment: those already due first, the oldest first among them."""
    if standing.coordinating is None:
        return ()
    found = (
        *_about_responsibilities(carried, standing, at),
        *_about_roles(carried, standing, at),
        *_about_offers(standing, at),
        *_about_reviews(standing, at),
    )
    return tuple(sorted(found, key=lambda alarm: (not alarm.is_due(at), alarm.since)))


def told(standing: Standing, at: datetime) -> tuple[who.Person, ...]:
    """Who is told: the coordinating role; with nobody present in it, everyone present; else its people, though away."""
    return (
        standing.present_in(standing.coordinating, at)
        or tuple(person for person in standing.members(at) if standing.is_present(person, at))
        or standing.people_in(standing.coordinating, at)
        or standing.members(at)
    )


def _alarm(kind: str, since: datetime, due: datetime, standing: Standing, at: datetime, **about: object) -> Alarm:
    assert standing.coordinating is not None  # `alarms` has seen to it
    return Alarm(kind, since, due, standing.coordinating, told(standing, at), **about)  # type: ignore[arg-type]


def _about_responsibilities(carried: Carried, standing: Standing, at: datetime) -> Iterator[Alarm]:
    for it in standing.open_responsibilities():
        asked = carried.responsibilities[it.responsibility].newest.by.at
        about = {"responsibility": it.responsibility, "role": it.role, "words": it.what}
        if it.state == "declined":
            yield _alarm("declined", asked, asked + TO_ASK_AGAIN, standing, at, **about)
            continue
        if standing.answering_for(it.role, it.deputy_role, at).person is None:
            since = bare_since(it, standing, at)
            yield _alarm("nobody-present", since, since, standing, at, **about)
        if it.state == "asked" and at >= asked + TO_ANSWER:
            yield _alarm("not-taken-on", asked, asked + TO_ANSWER, standing, at, **about)
        if it.state == "taken-on" and day_of(at) > it.check_on:
            yield _check_overdue(it, carried, standing, at)


def _check_overdue(it: ResponsibilityStanding, carried: Carried, standing: Standing, at: datetime) -> Alarm:
    """Whoever holds it has it before them already, so the alarm begins with its deputies, and goes on step by step."""
    _, *beyond = overdue_steps(it, carried, standing, at)
    taken = [step for step in beyond if step.at <= at] or beyond[:1]
    people = tuple(dict.fromkeys(person for step in taken for person in step.people)) or told(standing, at)
    about = {"responsibility": it.responsibility, "role": it.role, "words": it.what}
    return Alarm("check-overdue", start_of(it.check_on), beyond[0].at, taken[-1].role, people, **about)  # type: ignore[arg-type]


def overdue_steps(
    it: ResponsibilityStanding, carried: Carried, standing: Standing, at: datetime
) -> tuple[OverdueStep, ...]:
    """Every step of a responsibility past its check, with the people it would be brought to at a moment."""
    assert standing.coordinating is not None  # nothing is asked before a team is convened
    answering = standing.answering_for(it.role, it.deputy_role, at).person
    stand_in = (*standing.present_in(it.role, at), *standing.present_in(it.deputy_role, at))
    lead = carried.responsibilities[it.responsibility].asked.by.role or standing.coordinating
    people = {
        "role": (it.role, () if answering is None else (answering,)),
        "deputy": (it.deputy_role, tuple(p for p in stand_in if p != answering)[:1]),
        "lead": (lead, standing.present_in(lead, at)[:1]),
        "coordinator": (standing.coordinating, told(standing, at)),
    }
    return tuple(OverdueStep(to, end_of(it.check_on) + after, *people[to]) for to, after in OVERDUE_STEPS)


def _about_roles(carried: Carried, standing: Standing, at: datetime) -> Iterator[Alarm]:
    for role in standing.roles.values():
        if role.holder(at) is None:
            since = vacant_since(role, carried.roles_since[role.role], at)
            yield _alarm("role-vacant", since, since + ROLE_VACANT, standing, at, role=role.role)
        if standing.people_in(role.role, at) and not standing.present_in(role.role, at):
            since = away_since(role, standing, at)
            yield _alarm("role-away", since, since, standing, at, role=role.role)


def _about_offers(standing: Standing, at: datetime) -> Iterator[Alarm]:
    for offer in standing.handovers.values():
        if offer.waiting and day_of(at) > offer.answer_by_on:
            yield _alarm("offer-not-answered", offer.at, end_of(offer.answer_by_on), standing, at, **_of(offer))


def _of(offer: HandOverStanding) -> dict[str, object]:
    return {"handover": offer.handover, "role": offer.waiting[0].item.from_role}


def _about_reviews(standing: Standing, at: datetime) -> Iterator[Alarm]:
    for it in standing.proposals.values():
        if it.closed is not None and it.closed.is_live and it.closed.review_on is not None:
            on = it.closed.review_on
            about = {"proposal": it.proposal, "role": it.closed.review_by, "words": it.terms.question}
            if day_of(at) > on:
                yield _alarm("review-overdue", start_of(on), end_of(on), standing, at, **about)
            if it.closed.is_under_review(day_of(at)) and not standing.present_in(it.closed.review_by, at):
                opened = it.closed.review.opened_at
                since = min(opened, start_of(on)) if opened is not None else start_of(on)
                yield _alarm("review-nobody", since, since, standing, at, **about)


def vacant_since(role: RoleStanding, created_at: datetime, at: datetime) -> datetime:
    """When the last holder stopped, or when the role was made if it never had one."""
    ended = [h.period.until_at for h in role.holdings if not h.as_deputy and h.period.until_at is not None]
    return max((moment for moment in ended if moment <= at), default=created_at)


def away_since(role: RoleStanding, standing: Standing, at: datetime) -> datetime:
    """From when nobody present has been in a role, going back from a moment at which its people are away."""
    since = at
    for moment in sorted(_turns_of([role], standing, at), reverse=True):
        if standing.present_in(role.role, moment):
            break
        since = moment
    return since


def bare_since(it: ResponsibilityStanding, standing: Standing, at: datetime) -> datetime:
    """From when nobody present has answered for a responsibility, going back from a moment at which nobody does."""
    since = at
    for moment in sorted(_turns(it, standing, at), reverse=True):
        answering = standing.answering(it.responsibility, moment)
        if answering is None or answering.person is not None:
            break
        since = moment
    return since


def _turns(it: ResponsibilityStanding, standing: Standing, at: datetime) -> set[datetime]:
    """The moments up to `at` at which the answer may have changed."""
    roles = {role for spell in it.spells for role in (spell.role, spell.deputy_role) if role in standing.roles}
    turns = _turns_of((standing.roles[role] for role in roles), standing, at)
    turns |= {spell.from_at for spell in it.spells}
    return {moment for moment in turns if it.spells[0].from_at <= moment <= at}


def _turns_of(roles: Iterable[RoleStanding], standing: Standing, at: datetime) -> set[datetime]:
    """The moments up to `at` at which somebody came into one of these roles, or went, or was away, or back."""
    holdings = [h for role in roles for h in role.holdings]
    people = {h.person for h in holdings}
    periods = [h.period for h in holdings]
    periods += [m.period for person in people for m in standing.memberships.get(person, ())]
    periods += [period for person in people for period in standing.absences.get(person, ())]
    turns = {p.from_at for p in periods} | {p.until_at for p in periods if p.until_at is not None}
    return {moment for moment in turns if moment <= at}


def start_of(on: date) -> datetime:
    return datetime.combine(on, time.min, HERE).astimezone(UTC)


def end_of(on: date) -> datetime:
    """The moment a day is over: whatever was due on it is late from then."""
    return start_of(on + timedelta(days=1))
