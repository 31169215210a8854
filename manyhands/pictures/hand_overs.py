"""
Hand-overs: what is offered to whom, what came up since, what nobody answered in time, and how far a leaving has come.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from manyhands import acts, who
from manyhands.pictures.in_hand import InHand, InHands, described, in_hands_of, offered_by
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing
from manyhands.rules.things import HandOverStanding

LATELY = timedelta(days=28)
"""How far back what was passed on still counts as part of a leaving. A guess: four weeks is a usual notice."""


# ---- what is offered ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfferedThing:
    """One item of an offer and how it was answered. `with_its_role` is true where it passes with the role itself."""

    thing: InHand
    to_role: who.Role
    with_its_role: bool
    state: str
    because: acts.Words
    answered_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.state == "offered"


@dataclass(frozen=True, slots=True)
class Offer:
    """
    A hand-over as both sides read it. `not_yet` is what has come up in a role on offer since it was offered, and is
    in no offer between the two: not yet handed over. `days_over` counts from the day by which to answer.
    """

    handover: who.HandOver
    giver: who.Person
    receiver: who.Person
    at: datetime
    answer_by_on: date
    note: acts.Words
    things: tuple[OfferedThing, ...]
    not_yet: tuple[InHand, ...]
    days_over: int

    @property
    def is_waiting(self) -> bool:
        return any(offered.is_waiting for offered in self.things)

    @property
    def is_overdue(self) -> bool:
        return self.is_waiting and self.days_over > 0


def offers_to(person: who.Person, told: InHands, standing: Standing, at: datetime) -> tuple[Offer, ...]:
    """What is offered to somebody and waits for their answer, the longest waiting first."""
    waiting = (h for h in standing.handovers.values() if h.receiver == person and h.waiting)
    return tuple(offer_of(h, told, standing, at) for h in waiting)


def offers_of(person: who.Person, told: InHands, standing: Standing, at: datetime) -> tuple[Offer, ...]:
    """What somebody has offered: those that wait, then those answered within the last weeks, newest first."""
    mine = [h for h in standing.handovers.values() if h.giver == person and (h.waiting or _answered_lately(h, at))]
    mine.sort(key=lambda h: (not h.waiting, at - h.at))
    return tuple(offer_of(h, told, standing, at) for h in mine)


def overdue(told: InHands, standing: Standing, at: datetime) -> tuple[Offer, ...]:
    """Offers in the whole team that were not answered in time: brought to the coordinating role."""
    late = (h for h in standing.handovers.values() if h.waiting and h.answer_by_on < day_of(at))
    return tuple(offer_of(h, told, standing, at) for h in sorted(late, key=lambda h: h.answer_by_on))


def _answered_lately(handover: HandOverStanding, at: datetime) -> bool:
    return any(o.answered_at is not None and at - o.answered_at <= LATELY for o in handover.offered)


def offer_of(handover: HandOverStanding, told: InHands, standing: Standing, at: datetime) -> Offer:
    """A hand-over as both sides read it, the things first that have to be accepted before a role is."""
    going = _going(handover, standing)
    things = (
        OfferedThing(
            described(offered.item, handover.giver, told, standing, at),
            offered.item.to_role,
            offered.item.to_role == offered.item.from_role,
            offered.state,
            offered.because,
            offered.answered_at,
        )
        for offered in handover.offered
    )
    return Offer(
        handover.handover,
        handover.giver,
        handover.receiver,
        handover.at,
        handover.answer_by_on,
        told.notes.get(handover.handover, acts.NOTHING_SAID),
        tuple(sorted(things, key=lambda offered: offered.thing.item.kind == acts.Kind.ROLE)),
        tuple(
            described(item, handover.giver, told, standing, at)
            for role in going
            for item in not_yet_handed_over(handover.giver, handover.receiver, role, standing)
        ),
        (day_of(at) - handover.answer_by_on).days,
    )


def _going(handover: HandOverStanding, standing: Standing) -> list[who.Role]:
    """The roles themselves that wait in this hand-over."""
    return [offered.item.from_role for offered in handover.waiting if offered.item.kind == acts.Kind.ROLE]


def not_yet_handed_over(
    giver: who.Person, receiver: who.Person, role: who.Role, standing: Standing
) -> tuple[acts.Item, ...]:
    """What a role holds that is neither accepted by the receiver nor waiting in an offer to them."""
    waiting = {
        (offered.item.kind, offered.item.which)
        for handover in standing.offers_of(giver)
        if handover.receiver == receiver
        for offered in handover.waiting
    }
    known = waiting | standing.read_back(giver, receiver, role)
    return tuple(
        acts.Item(kind=kind, which=which, from_role=role, to_role=role)
        for kind, which in standing.in_hand(role)
        if (kind, which) not in known
    )


# ---- leaving -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """
    One thing on the way out of somebody's hands. `stage` is "passed", "read-back" (accepted, and passes with its
    role), "waiting", "returned" or "not-offered"; `to` is whom it went to or is offered to.
    """

    thing: InHand
    stage: str
    to: who.Person | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """How far somebody has come with passing on what they hold; done when nothing is left in their hands."""

    steps: tuple[Step, ...]

    @property
    def accepted(self) -> int:
        return sum(step.stage in ("passed", "read-back") for step in self.steps)

    @property
    def has_begun(self) -> bool:
        return any(step.stage != "not-offered" for step in self.steps)

    @property
    def in_hand(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.stage != "passed")


def leaving(person: who.Person, told: InHands, standing: Standing, at: datetime) -> Leaving:
    """Everything that somebody holds themselves, and what they have passed on in the last weeks, with its stage."""
    held = [thing for thing in in_hands_of(person, told, standing, at) if not thing.standing_in]
    still = {(*thing.key, thing.item.from_role) for thing in held}
    passed: dict[tuple[acts.Kind, str], Step] = {}
    for handover, offered in offered_by(person, standing):
        item = offered.item
        gone = offered.state == "accepted" and offered.answered_at is not None and at - offered.answered_at <= LATELY
        if gone and (item.kind, item.which, item.from_role) not in still:
            thing = described(item, person, told, standing, at)
            passed.setdefault((item.kind, item.which), Step(thing, "passed", handover.receiver))
    return Leaving((*passed.values(), *(_step(thing) for thing in held)))


def _step(thing: InHand) -> Step:
    if thing.on_offer is not None:
        stage = "read-back" if thing.on_offer.state == "accepted" else "waiting"
        return Step(thing, stage, thing.on_offer.receiver)
    if thing.returned is not None:
        return Step(thing, "returned", thing.returned.by)
    return Step(thing, "not-offered", None)
