"""
What waits for one person in one team, and as whom they would act: to be heard on, to answer, to do, to cover, to take
over. Worked out from roles and absences, so it is right the minute somebody goes away or comes back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from manyhands import acts, who
from manyhands.pictures.alarms import Alarm, alarms
from manyhands.pictures.board import Asked, asked, following
from manyhands.pictures.proposals import Proposals
from manyhands.pictures.who_holds_what import Carried, Held, open_now
from manyhands.rules import polling, refusals_against
from manyhands.rules.days import day_of
from manyhands.rules.handing_over import words_of
from manyhands.rules.reviewing import silent_in_review
from manyhands.rules.standing import Standing
from manyhands.rules.things import (
    ConditionStanding,
    MeetingStanding,
    ObjectionStanding,
    ProposalStanding,
    RecordedStanding,
)

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
COMING = timedelta(days=14)
"""How long before its day a review begins to wait for whoever owes it; until then it is only on its way."""


@dataclass(frozen=True, slots=True)
class ToHear:
    """A proposal on which an organisation has not been heard, and the roles of mine that could speak for it."""

    proposal: Asked
    organisation: who.Organisation
    roles: tuple[who.Role, ...]
    answered_before: bool


@dataclass(frozen=True, slots=True)
class ToAgree:
    """
    A proposal of my role on which everyone has been heard, or a safety concern is open. `ready`: the rule would let
    me agree it now.
    """

    proposal: Asked
    role: who.Role
    ready: bool


@dataclass(frozen=True, slots=True)
class ToPoll:
    """A poll that waits for an answer in roles of mine; or for me to close it, its time being up or all answers in."""

    poll: who.Poll
    question: acts.Words
    closes_on: date
    roles: tuple[who.Role, ...]


@dataclass(frozen=True, slots=True)
class Covering:
    """Somebody I stand in for: in which role, and until when, if known."""

    role: who.Role
    instead_of: who.Person | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Review:
    """A review owed by a role that I answer for."""

    proposal: who.Proposal
    question: acts.Words
    role: who.Role
    on: date
    overdue: bool
    open: bool
    replacement: who.Proposal | None = None


@dataclass(frozen=True, slots=True)
class ToReview:
    """A decision under review in which an organisation has not answered, and the roles of mine that could."""

    proposal: who.Proposal
    question: acts.Words
    organisation: who.Organisation
    roles: tuple[who.Role, ...]


@dataclass(frozen=True, slots=True)
class Objected:
    """
    A decision that holds, or has come to its end, on which a role of mine had raised a safety concern: those who
    objected are told how it goes as well as those who agreed.
    """

    proposal: who.Proposal
    question: acts.Words
    because: acts.Words
    done: int
    follows: int
    review_on: date | None
    over: str | None


@dataclass(frozen=True, slots=True)
class MeetingSoon:
    """
    A meeting within a week; `to_circulate`: it is near, and its agenda is mine to put before everyone. Or one before
    that was left open.
    """

    meeting: MeetingStanding
    to_circulate: bool
    left_open: bool


@dataclass(frozen=True, slots=True)
class OfferTo:
    """A hand-over somebody offers me, with how many things are still to be answered."""

    handover: who.HandOver
    giver: who.Person
    waiting: int
    answer_by_on: date


@dataclass(frozen=True, slots=True)
class Returned:
    """Something I offered that came back, with the reason; I still have it."""

    handover: who.HandOver
    receiver: who.Person
    kind: acts.Kind
    words: str
    because: acts.Words
    at: datetime


@dataclass(frozen=True, slots=True)
class DecidedWithout:
    """A decision made although an organisation of mine was silent."""

    proposal: who.Proposal
    question: acts.Words
    organisation: who.Organisation
    because: acts.Words
    at: datetime
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Work:
    """
    Everything that waits for one person in one team. `coming` are reviews still some weeks away, which do not wait
    yet; `others` is what their organisation and team hold.
    """

    team: who.Team
    to_hear: tuple[ToHear, ...]
    to_agree: tuple[ToAgree, ...]
    polls: tuple[ToPoll, ...]
    polls_to_close: tuple[ToPoll, ...]
    concerns: tuple[ObjectionStanding, ...]
    conditions: tuple[ConditionStanding, ...]
    to_confirm: tuple[RecordedStanding, ...]
    to_answer: tuple[Held, ...]
    to_do: tuple[Held, ...]
    to_ask_again: tuple[Held, ...]
    covering: tuple[Covering, ...]
    offers: tuple[OfferTo, ...]
    returned: tuple[Returned, ...]
    reviews: tuple[Review, ...]
    coming: tuple[Review, ...]
    to_review: tuple[ToReview, ...]
    objected: tuple[Objected, ...]
    decided_without: tuple[DecidedWithout, ...]
    meetings: tuple[MeetingSoon, ...]
    told: tuple[Alarm, ...]
    others: tuple[Held, ...]

    @property
    def waiting(self) -> int:
        """How many things want something of this person."""
        lists = (
            self.to_hear,
            self.to_agree,
            self.polls,
            self.polls_to_close,
            self.concerns,
            self.conditions,
            self.to_confirm,
            self.to_answer,
            self.to_do,
            self.to_review,
        )
        return sum(map(len, lists)) + sum(
            map(len, (self.to_ask_again, self.offers, self.returned, self.reviews, self.told))
        )


def my_work(
    team: who.Team, person: who.Person, proposals: Proposals, carried: Carried, standing: Standing, at: datetime
) -> Work:
    """What waits for a person in a team at a moment. Nothing waits for somebody who is away."""
    mine = answering_roles(person, standing, at)
    open_things = open_now(carried, standing, at)
    open_proposals = [p for p in standing.proposals.values() if p.is_open]
    owed, soon = tuple(_reviews(mine, standing, at)), day_of(at + COMING)
    return Work(
        team=team,
        to_hear=tuple(heard for p in open_proposals for heard in _to_hear(p, mine, proposals, standing, at)),
        to_agree=tuple(
            ready for p in open_proposals for ready in _to_agree(team, person, p, mine, proposals, standing, at)
        ),
        polls=tuple(_polls(person, standing, at)),
        polls_to_close=tuple(_polls_to_close(mine, standing, at)),
        concerns=tuple(
            o for o in standing.objections.values() if o.role in mine and o.is_open and _is_open(o.proposal, standing)
        ),
        conditions=tuple(
            c for c in standing.conditions.values() if c.fulfilled_by in mine and c.is_open and _counts(c, standing)
        ),
        to_confirm=tuple(r for r in standing.recorded.values() if r.said_by == person and r.waits(at)),
        to_answer=tuple(h for h in open_things if h.state == "asked" and h.why.person == person and h.role in mine),
        to_do=tuple(h for h in open_things if h.state == "taken-on" and h.why.person == person),
        to_ask_again=tuple(h for h in open_things if h.state == "declined" and h.asked_by.role in mine),
        covering=tuple(_covering(person, open_things, standing, at)),
        offers=tuple(
            OfferTo(h.handover, h.giver, len(h.waiting), h.answer_by_on)
            for h in standing.handovers.values()
            if h.receiver == person and h.waiting
        ),
        returned=tuple(_returned(person, standing, at)),
        reviews=tuple(review for review in owed if review.open or review.on <= soon),
        coming=tuple(review for review in owed if not review.open and review.on > soon),
        to_review=tuple(_to_review(mine, standing, at)),
        objected=tuple(_objected(person, standing, at)),
        decided_without=tuple(_decided_without(person, standing, at)),
        meetings=tuple(_meetings(mine, standing, at)),
        told=tuple(a for a in alarms(carried, standing, at) if person in a.told and a.is_due(at)),
        others=tuple(h for h in open_things if h.why.person != person),
    )


def answering_roles(person: who.Person, standing: Standing, at: datetime) -> tuple[who.Role, ...]:
    """The roles somebody answers for at a moment: those they hold while present, those they stand in for."""
    return tuple(
        role.role
        for role in standing.roles_of(person, at)
        if next(iter(standing.present_in(role.role, at)), None) == person
    )


def _to_hear(
    stands: ProposalStanding, mine: tuple[who.Role, ...], proposals: Proposals, standing: Standing, at: datetime
) -> Iterator[ToHear]:
    for organisation in stands.not_yet_heard():
        roles = tuple(role for role in mine if standing.roles[role].organisation == organisation)
        if roles:
            before = any(given.role in roles for given in stands.positions)
            yield ToHear(_asked(stands, proposals, standing, at), organisation, roles, before)


def _to_agree(
    team: who.Team,
    person: who.Person,
    stands: ProposalStanding,
    mine: tuple[who.Role, ...],
    proposals: Proposals,
    standing: Standing,
    at: datetime,
) -> Iterator[ToAgree]:
    concerned = standing.open_objections(stands.proposal) and not stands.is_independent(at)
    if stands.role in mine and (concerned or not list(stands.not_yet_heard())):
        ready = could_agree(team, person, stands, standing, at)
        yield ToAgree(_asked(stands, proposals, standing, at), stands.role, ready)


def _polls(person: who.Person, standing: Standing, at: datetime) -> Iterator[ToPoll]:
    for poll in standing.polls.values():
        roles = tuple(role for asked, role in polling.yet_to_answer(poll, standing, at) if asked == person)
        if poll.is_open and roles:
            yield ToPoll(poll.poll, poll.put.question, poll.put.closes_on, roles)


def _polls_to_close(mine: tuple[who.Role, ...], standing: Standing, at: datetime) -> Iterator[ToPoll]:
    for poll in standing.polls.values():
        all_in = polling.time_is_up(poll, at) or not polling.organisations_yet_to_answer(poll)
        if poll.is_open and poll.role in mine and all_in:
            yield ToPoll(poll.poll, poll.put.question, poll.put.closes_on, (poll.role,))


def could_agree(team: who.Team, person: who.Person, stands: ProposalStanding, standing: Standing, at: datetime) -> bool:
    """Whether the rule would let somebody agree a proposal, in the role that proposed it."""
    agree = acts.Agree(
        team=team,
        by=person,
        for_organisation=stands.organisation,
        at=at,
        in_role=stands.role,
        proposal=stands.proposal,
        version=stands.version,
    )
    return not refusals_against(agree, standing)


def _asked(stands: ProposalStanding, proposals: Proposals, standing: Standing, at: datetime) -> Asked:
    concerns = 0 if stands.is_independent(at) else len(standing.open_objections(stands.proposal))
    return asked(proposals.proposals[stands.proposal], stands, concerns, at)


def _is_open(proposal: who.Proposal, standing: Standing) -> bool:
    return standing.proposals[proposal].is_open


def _counts(condition: ConditionStanding, standing: Standing) -> bool:
    closed = standing.proposals[condition.proposal].closed
    return closed is None or closed.is_live


def _covering(
    person: who.Person, open_things: tuple[Held, ...], standing: Standing, at: datetime
) -> Iterator[Covering]:
    """The roles I deputise for whose holder is not here, and those I stand in for by a role of mine; each once."""
    mine = [r for r in answering_roles(person, standing, at) if standing.roles[r].holder(at) != person]
    stood_in = [h.role for h in open_things if h.why.person == person and h.why.how == "stands-in"]
    for role in dict.fromkeys((*mine, *stood_in)):
        holder = standing.roles[role].holder(at)
        yield Covering(role, holder, standing.away_until(holder, at) if holder else None)


def _reviews(mine: tuple[who.Role, ...], standing: Standing, at: datetime) -> Iterator[Review]:
    for it in standing.proposals.values():
        closed = it.closed
        if closed is None or not closed.is_live or closed.review_on is None or closed.review_by not in mine:
            continue
        yield Review(
            proposal=it.proposal,
            question=it.terms.question,
            role=closed.review_by,
            on=closed.review_on,
            overdue=closed.review_on < day_of(at),
            open=closed.is_under_review(day_of(at)),
            replacement=closed.review.replacement,
        )


def _to_review(mine: tuple[who.Role, ...], standing: Standing, at: datetime) -> Iterator[ToReview]:
    """The reviews in which an organisation of mine is still to answer; none while a change is being asked instead."""
    for it in standing.proposals.values():
        if it.closed is None or not it.closed.is_under_review(day_of(at)) or it.closed.review.replacement is not None:
            continue
        for organisation in silent_in_review(it):
            roles = tuple(role for role in mine if standing.roles[role].organisation == organisation)
            if roles:
                yield ToReview(it.proposal, it.terms.question, organisation, roles)


def _objected(person: who.Person, standing: Standing, at: datetime) -> Iterator[Objected]:
    mine = {role.role for role in standing.roles_of(person, at)}
    done, follows = following(standing)
    for objection in standing.objections.values():
        it = standing.proposals[objection.proposal]
        if it.closed is None or not it.closed.is_decision or objection.role not in mine:
            continue
        yield Objected(
            it.proposal,
            it.terms.question,
            objection.because,
            done.get(it.proposal, 0),
            follows.get(it.proposal, 0),
            it.closed.review_on,
            it.closed.over,
        )


def _returned(person: who.Person, standing: Standing, at: datetime) -> Iterator[Returned]:
    """What came back and has not been offered again, or passed on, since."""
    for handover in standing.handovers.values():
        if handover.giver != person:
            continue
        for offer in handover.offered:
            item = offer.item
            if offer.state == "returned" and offer.answered_at and still_theirs(item, person, standing, at):
                words = words_of(item.kind, item.which, standing)
                yield Returned(handover.handover, handover.receiver, item.kind, words, offer.because, offer.answered_at)


def still_theirs(item: acts.Item, person: who.Person, standing: Standing, at: datetime) -> bool:
    """Whether what somebody offered is theirs, and not offered again: they may have passed it on otherwise since."""
    if any(
        (o.item.kind, o.item.which) == (item.kind, item.which) for h in standing.offers_of(person) for o in h.waiting
    ):
        return False
    if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY):
        return person in standing.people_in(item.from_role, at)
    return (item.kind, item.which) in standing.in_hand(item.from_role) and person in standing.people_in(
        item.from_role, at
    )


def _decided_without(person: who.Person, standing: Standing, at: datetime) -> Iterator[DecidedWithout]:
    mine = standing.organisations_of(person, at)
    for it in standing.proposals.values():
        closed = it.closed
        if closed is None or closed.how != "agreed-without":
            continue
        for organisation in (o for o in closed.unheard if o in mine):
            yield DecidedWithout(
                it.proposal, it.terms.question, organisation, closed.because, closed.at, closed.review_on
            )


def _meetings(mine: tuple[who.Role, ...], standing: Standing, at: datetime) -> Iterator[MeetingSoon]:
    """Those of the next seven days, and those before that nobody closed or called off; the soonest first."""
    for meeting in sorted(standing.meetings.values(), key=lambda each: each.starts_at):
        if meeting.ended is None and meeting.starts_at <= at + A_WEEK:
            tomorrow = day_of(meeting.starts_at) <= day_of(at + A_DAY)
            left_open = is_left_open(meeting, at)
            to_circulate = meeting.role in mine and tomorrow and meeting.circulated_at is None and not left_open
            yield MeetingSoon(meeting, to_circulate, left_open)


def is_left_open(meeting: MeetingStanding, at: datetime) -> bool:
    """Whether its day is over, and it was neither closed nor called off: what is on its agenda waits in it."""
    return meeting.ended is None and meeting.starts_at <= at - A_DAY
