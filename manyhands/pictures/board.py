"""The team's board: what is being asked, what is agreed, what is held, and what nobody holds."""

from dataclasses import dataclass
from datetime import date, datetime

from manyhands import acts, who
from manyhands.pictures.alarms import LEAVES_BARE, Alarm, alarms
from manyhands.pictures.proposals import MatterStory, Proposals, ProposalStory
from manyhands.pictures.said import By
from manyhands.pictures.who_holds_what import Carried, Held, open_now
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing
from manyhands.rules.things import ProposalStanding


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal that is open: who has not been heard yet, and what else is in the way."""

    proposal: who.Proposal
    question: acts.Words
    proposed: By
    version: int
    group: who.Group | None
    affected: int
    unheard: tuple[who.Organisation, ...]
    safety_concerns: int
    days_open: int

    @property
    def heard(self) -> int:
        return self.affected - len(self.unheard)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A decision that is live: without whom, what became of what follows, and when it is reviewed."""

    proposal: who.Proposal
    question: acts.Words
    at: datetime
    without: tuple[who.Organisation, ...]
    group: who.Group | None
    done: int
    follows: int
    conditions_open: int
    review_on: date | None
    review_by: who.Role | None
    review_overdue: bool
    under_review: bool
    to_be_changed: bool


@dataclass(frozen=True, slots=True)
class Board:
    """
    Everything on the board, in the order in which it wants attention. Nothing is in two of its parts: `held` was taken
    on and somebody present answers for it; `to_take_on` was asked of somebody present; the rest is `bare`.
    """

    matters: tuple[MatterStory, ...]
    asked: tuple[Asked, ...]
    agreed: tuple[Agreed, ...]
    held: tuple[Held, ...]
    to_take_on: tuple[Held, ...]
    bare: tuple[Alarm, ...]
    late: tuple[Alarm, ...]


def board(proposals: Proposals, carried: Carried, standing: Standing, at: datetime) -> Board:
    """The board of a team at a moment."""
    everything = alarms(carried, standing, at)
    with_somebody = [held for held in open_now(carried, standing, at) if held.why.person is not None]
    done, follows = following(standing)
    conditions: dict[who.Proposal, int] = {}
    for condition in standing.conditions.values():
        if condition.is_open:
            conditions[condition.proposal] = conditions.get(condition.proposal, 0) + 1
    concerns: dict[who.Proposal, int] = {}
    for objection in standing.objections.values():
        if objection.is_open and not standing.proposals[objection.proposal].is_independent(at):
            concerns[objection.proposal] = concerns.get(objection.proposal, 0) + 1
    return Board(
        matters=tuple(m for m in reversed(proposals.matters.values()) if not m.proposals),
        asked=tuple(
            asked(proposals.proposals[p.proposal], p, concerns.get(p.proposal, 0), at)
            for p in standing.proposals.values()
            if p.is_open
        ),
        agreed=tuple(
            _agreed(p, done.get(p.proposal, 0), follows.get(p.proposal, 0), conditions.get(p.proposal, 0), at)
            for p in reversed(standing.proposals.values())
            if p.closed is not None and p.closed.is_live
        ),
        held=tuple(held for held in with_somebody if held.state == "taken-on"),
        to_take_on=tuple(held for held in with_somebody if held.state == "asked"),
        bare=tuple(alarm for alarm in everything if alarm.kind in LEAVES_BARE),
        late=tuple(alarm for alarm in everything if alarm.kind not in LEAVES_BARE),
    )


def asked(story: ProposalStory, stands: ProposalStanding, safety_concerns: int, at: datetime) -> Asked:
    return Asked(
        proposal=story.proposal,
        question=stands.terms.question,
        proposed=story.proposed,
        version=stands.version,
        group=stands.group,
        affected=len(stands.terms.affected),
        unheard=tuple(stands.not_yet_heard()),
        safety_concerns=safety_concerns,
        days_open=(at - stands.at).days,
    )


def _agreed(stands: ProposalStanding, done: int, follows: int, conditions_open: int, at: datetime) -> Agreed:
    closed = stands.closed
    assert closed is not None  # only decisions are asked about
    return Agreed(
        proposal=stands.proposal,
        question=stands.terms.question,
        at=closed.at,
        without=closed.unheard,
        group=stands.group,
        done=done,
        follows=follows,
        conditions_open=conditions_open,
        review_on=closed.review_on,
        review_by=closed.review_by,
        review_overdue=closed.review_on is not None and closed.review_on < day_of(at),
        under_review=closed.is_under_review(day_of(at)),
        to_be_changed=closed.review.replacement is not None,
    )


def following(standing: Standing) -> tuple[dict[who.Proposal, int], dict[who.Proposal, int]]:
    """For each decision, how many of its responsibilities are closed, and how many there are."""
    done: dict[who.Proposal, int] = {}
    follows: dict[who.Proposal, int] = {}
    for it in standing.responsibilities.values():
        if it.proposal is not None:
            follows[it.proposal] = follows.get(it.proposal, 0) + 1
            done[it.proposal] = done.get(it.proposal, 0) + (not it.is_open)
    return done, follows
