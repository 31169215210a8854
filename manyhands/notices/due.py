"""
What the time alone brings: reminders a day before something is due, the steps of what is overdue, alarms, reviews,
meetings, and who stands in for whom.

Everything that has become due by a moment is worked out afresh each time, each with a key that stays the same for
that step, so that it makes no difference how often, how late, or for how long not at all anybody asks.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from manyhands.notices import reaching
from manyhands.notices.kinds import Kind, Thing
from manyhands.notices.notice import Notice
from manyhands.notices.reaching import Reached
from manyhands.pictures.alarms import TO_ANSWER, Alarm, alarms, end_of, overdue_steps, start_of, vacant_since
from manyhands.pictures.my_work import COMING
from manyhands.pictures.who_holds_what import Carried
from manyhands.rules import polling
from manyhands.rules.days import day_of
from manyhands.rules.reviewing import silent_in_review
from manyhands.rules.standing import Standing
from manyhands.rules.things import Period

A_DAY = timedelta(days=1)
JUST_CIRCULATED = timedelta(days=2)
"""An agenda put before everyone as shortly before its meeting as this is the reminder of it."""

LATELY = timedelta(days=7)
"""Who came back longer ago than this has seen for themselves."""

STEPS = {
    "role": Kind.OVERDUE,
    "deputy": Kind.OVERDUE_DEPUTY,
    "lead": Kind.OVERDUE_LEAD,
    "coordinator": Kind.OVERDUE_COORDINATOR,
}


def due(carried: Carried, standing: Standing, at: datetime) -> tuple[Notice, ...]:
    """Everything that has become due by a moment and still is, the earliest first."""
    if standing.coordinating is None:
        return ()
    found = (
        *_reminders(carried, standing, at),
        *_overdue(carried, standing, at),
        *_alarms(carried, standing, at),
        *_reviews(standing, at),
        *_meetings(standing, at),
        *_standing_in(carried, standing, at),
        *_back(standing, at),
    )
    return tuple(sorted((notice for notice in found if notice.at <= at), key=lambda notice: notice.at))


def _each(kind: Kind, thing: Thing, which: str, step: object, at: datetime, to: Iterable[Reached]) -> Iterator[Notice]:
    """`step` tells this time from another for the same thing: a day, or the moment since which it is so."""
    key = f"{kind}/{which}/{step.isoformat() if isinstance(step, datetime) else step}"
    for person, role in dict(to).items():
        yield Notice(key, kind, person, thing, which, at, role)


# ---- a day before --------------------------------------------------------------------------------------------------


def _reminders(carried: Carried, standing: Standing, at: datetime) -> Iterator[Notice]:
    """One for each day that something is due by, a day before it is over, only to whoever has not answered yet."""
    for what, which, deadline, to in _deadlines(carried, standing, at):
        if deadline - A_DAY <= at < deadline:
            yield from _each(Kind.DUE_TOMORROW, what, which, day_of(deadline - A_DAY), deadline - A_DAY, to)


def _deadlines(
    carried: Carried, standing: Standing, at: datetime
) -> Iterator[tuple[Thing, str, datetime, Iterable[Reached]]]:
    for it in standing.open_responsibilities():
        if it.state == "asked":
            asked = carried.responsibilities[it.responsibility].asked.by.at
            answers = reaching.roles([it.role], standing, at)  # whoever stands in for it cannot answer
            yield Thing.RESPONSIBILITY, it.responsibility, asked + TO_ANSWER, answers
        if it.state == "taken-on":
            holds = reaching.holding(it.responsibility, standing, at)
            yield Thing.RESPONSIBILITY, it.responsibility, end_of(it.check_on), holds
    for offer in standing.handovers.values():
        if offer.waiting and standing.is_present(offer.receiver, at):
            yield Thing.HAND_OVER, offer.handover, end_of(offer.answer_by_on), [(offer.receiver, None)]
    for poll in standing.polls.values():
        if poll.is_open:
            yield Thing.POLL, poll.poll, end_of(poll.put.closes_on), polling.yet_to_answer(poll, standing, at)
    for proposal in standing.proposals.values():
        if proposal.is_independent(at) and proposal.independent_until is not None:
            silent = reaching.organisations(proposal.not_yet_heard(), standing, at)
            yield Thing.PROPOSAL, proposal.proposal, end_of(proposal.independent_until), silent
    for recorded in standing.recorded.values():
        if recorded.waits(at) and standing.is_present(recorded.said_by, at):
            yield Thing.PROPOSAL, recorded.proposal, recorded.until, [(recorded.said_by, recorded.said_in)]


# ---- late ----------------------------------------------------------------------------------------------------------


def _overdue(carried: Carried, standing: Standing, at: datetime) -> Iterator[Notice]:
    """To the role that holds it, to its deputies, to the lead, to the coordinating role: one step at a time."""
    for it in standing.open_responsibilities():
        if it.state == "taken-on" and day_of(at) > it.check_on:
            for step in overdue_steps(it, carried, standing, at):
                to = [(person, step.role) for person in step.people]
                yield from _each(STEPS[step.to], Thing.RESPONSIBILITY, it.responsibility, it.check_on, step.at, to)


def _alarms(carried: Carried, standing: Standing, at: datetime) -> Iterator[Notice]:
    """Those of what is past its check go by their steps, above."""
    for alarm in alarms(carried, standing, at):
        if alarm.kind != "check-overdue":
            thing, which = about(alarm)
            to = [(person, alarm.told_role) for person in alarm.told]
            yield from _each(Kind(alarm.kind), thing, which, alarm.since, alarm.due, to)


def about(alarm: Alarm) -> tuple[Thing, str]:
    """Where the link of an alarm leads."""
    if alarm.responsibility is not None:
        return Thing.RESPONSIBILITY, alarm.responsibility
    if alarm.proposal is not None:
        return Thing.REVIEW, alarm.proposal
    if alarm.handover is not None:
        return Thing.HAND_OVER, alarm.handover
    return Thing.MEMBERS, str(alarm.role)


# ---- reviews and meetings ------------------------------------------------------------------------------------------


def _reviews(standing: Standing, at: datetime) -> Iterator[Notice]:
    """Two weeks before, to the role that owes it; on its day, to that role and to every organisation affected."""
    for it in standing.proposals.values():
        closed = it.closed
        if closed is None or not closed.is_live or closed.review_on is None:
            continue
        on, opens = closed.review_on, start_of(closed.review_on)
        owes = tuple(reaching.roles([closed.review_by], standing, at))
        if at < opens and closed.review.opened_at is None:
            yield from _each(Kind.REVIEW_COMING, Thing.REVIEW, it.proposal, on, start_of(on - COMING), owes)
        elif at >= opens and closed.review.replacement is None:
            silent = reaching.organisations(silent_in_review(it), standing, at)
            yield from _each(Kind.REVIEW_OWED, Thing.REVIEW, it.proposal, on, opens, owes)
            yield from _each(Kind.REVIEW_OPEN, Thing.REVIEW, it.proposal, on, opens, silent)


def _meetings(standing: Standing, at: datetime) -> Iterator[Notice]:
    for it in standing.meetings.values():
        if it.ended is not None or at >= it.starts_at:
            continue
        starts, eve = it.starts_at, start_of(day_of(it.starts_at) - A_DAY)
        if it.circulated_at is None:
            caller = reaching.roles([it.role], standing, at)
            yield from _each(Kind.TO_CIRCULATE, Thing.MEETING, it.meeting, starts, eve, caller)
        if it.circulated_at is None or it.circulated_at < starts - JUST_CIRCULATED:
            everyone = reaching.members(standing, at)
            yield from _each(Kind.MEETING_SOON, Thing.MEETING, it.meeting, starts, starts - A_DAY, everyone)


# ---- standing in, and coming back ----------------------------------------------------------------------------------


def _standing_in(carried: Carried, standing: Standing, at: datetime) -> Iterator[Notice]:
    """Each time somebody begins to answer for what another holds: the deputy of a role, or whoever is named for it."""
    for role in standing.roles.values():
        holder = role.holder(at)
        present = standing.present_in(role.role, at)
        stand_in = dict.fromkeys(person for person in present[:1] if person != holder)
        if not present:
            held = (r.responsibility for r in standing.open_responsibilities() if r.role == role.role)
            stand_in = dict.fromkeys(person for each in held for person, _ in reaching.holding(each, standing, at))
        for person in stand_in:
            since = (
                vacant_since(role, carried.roles_since[role.role], at)
                if holder is None
                else _running(standing.absences[holder], at).from_at
            )
            key = f"{role.role}/{person}"
            yield from _each(Kind.COVERING, Thing.MY_WORK, key, since, since, [(person, role.role)])


def _running(absences: Iterable[Period], at: datetime) -> Period:
    """The absence that somebody who is away is in, the first of those that run together."""
    return min((period for period in absences if period.covers(at)), key=lambda period: period.from_at)


def _back(standing: Standing, at: datetime) -> Iterator[Notice]:
    """Whoever came back lately, since nothing was sent to them while they were away."""
    for person, absences in standing.absences.items():
        over = [p.until_at for p in absences if p.until_at is not None and at - LATELY <= p.until_at <= at]
        if over and standing.is_present(person, at):
            yield from _each(Kind.BACK, Thing.MY_WORK, person, max(over), max(over), [(person, None)])
