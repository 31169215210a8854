"""
Hand-overs: everything that somebody holds, what is offered to whom, and how far a leaving has come.

Who holds what, and what may pass, is the rules' to say (`Standing`); here is what people read beside it: what each
thing is, where it came from, since when, how it was last reported on, and the note that came with an offer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import assert_never

from manyhands import acts, who
from manyhands.rules.standing import Standing
from manyhands.rules.things import HandOverStanding, Offered

LATELY = timedelta(days=28)
"""How far back what was passed on still counts as part of a leaving. A guess: four weeks is a usual notice."""


@dataclass(frozen=True, slots=True)
class Reported:
    """The last report on a responsibility, in the words of whoever gave it."""

    words: acts.Words
    by: who.Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """What a thing in hand is, and where it came from: who asked, raised or decided it, when, about which proposal."""

    words: acts.Words
    by: who.Person
    in_role: who.Role | None
    at: datetime
    proposal: who.Proposal | None = None
    question: acts.Words = acts.NOTHING_SAID
    known_by: acts.Words = acts.NOTHING_SAID
    last_report: Reported | None = None


@dataclass(slots=True)
class HandOvers:
    """Where each thing that can be in hand came from, when it last passed, and the note with each offer."""

    terms: dict[who.Proposal, acts.Terms] = field(default_factory=dict)
    origins: dict[tuple[acts.Kind, str], Origin] = field(default_factory=dict)
    passed_at: dict[tuple[acts.Kind, str], datetime] = field(default_factory=dict)
    notes: dict[who.HandOver, acts.Words] = field(default_factory=dict)

    def going_on(self) -> "HandOvers":
        return HandOvers(dict(self.terms), dict(self.origins), dict(self.passed_at), dict(self.notes))


def fold(recorded: Iterable[acts.Recorded], start: HandOvers | None = None) -> HandOvers:
    """Bring the picture forward by acts that were accepted, oldest first."""
    now = start.going_on() if start is not None else HandOvers()
    for entry in recorded:
        act = entry.act
        match act:
            case acts.Propose() | acts.Amend():
                now.terms[act.proposal] = act.terms
            case acts.Agree() | acts.ProceedWithout():
                _decided(now, act)
            case acts.Object():
                _came_up(now, acts.Kind.OBJECTION, act.objection, act)
            case acts.ConsentIf():
                _came_up(now, acts.Kind.CONDITION, act.condition, act)
            case acts.Ask():
                origin = Origin(act.what, act.by, act.in_role, act.at, known_by=act.known_by)
                now.origins[acts.Kind.RESPONSIBILITY, act.responsibility] = origin
            case acts.Report():
                thing = acts.Kind.RESPONSIBILITY, str(act.responsibility)
                now.origins[thing] = replace(now.origins[thing], last_report=Reported(act.words, act.by, act.at))
            case acts.HandOver():
                now.notes[act.handover] = act.words
            case acts.Accept():
                now.passed_at[act.kind, act.which] = act.at
            case (
                acts.Convene()
                | acts.Invite()
                | acts.Join()
                | acts.Leave()
                | acts.Remove()
                | acts.CreateRole()
                | acts.Hold()
                | acts.Deputise()
                | acts.StepDown()
                | acts.BeAway()
                | acts.ComeBack()
            ):
                pass  # who is here and in which role stands in the Standing
            case acts.Gather() | acts.Include() | acts.Release() | acts.Raise() | acts.Comment():
                pass  # leaves nothing in anybody's hands
            case acts.Consent() | acts.ConsentWithConcern() | acts.StandAside() | acts.GiveNoView():
                pass  # a position stands when the person leaves, and is nothing to hand over
            case acts.Fulfil() | acts.Resolve() | acts.WithdrawObjection() | acts.Withdraw():
                pass  # closes something; that it is closed stands in the Standing
            case acts.TakeOn() | acts.Decline() | acts.Complete() | acts.GiveBack() | acts.TakeBack():
                pass  # how it was answered stands in the Standing
            case acts.Withhold():
                pass  # words that were removed are read as removed wherever they stand
            case _:
                assert_never(act)
    return now


def _decided(now: HandOvers, act: acts.Agree | acts.ProceedWithout) -> None:
    """What follows from a decision, and its review."""
    terms = now.terms[act.proposal]
    decided = Origin(terms.question, act.by, act.in_role, act.at, act.proposal, terms.question)
    now.origins[acts.Kind.REVIEW, act.proposal] = decided
    for follows in terms.follows:
        origin = replace(decided, words=follows.what, known_by=follows.known_by)
        now.origins[acts.Kind.RESPONSIBILITY, follows.responsibility] = origin


def _came_up(now: HandOvers, kind: acts.Kind, which: str, act: acts.Object | acts.ConsentIf) -> None:
    """A safety concern or a condition. Said again, it is still the one that was raised first."""
    question = now.terms[act.proposal].question
    first = Origin(act.because, act.by, act.in_role, act.at, act.proposal, question)
    now.origins[kind, which] = replace(now.origins.get((kind, which), first), words=act.because)


# ---- what somebody holds -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnOffer:
    """An offer of a thing that is waiting ("offered"), or read back and waiting for its role to pass ("accepted")."""

    handover: who.HandOver
    receiver: who.Person
    state: str
    answer_by_on: date


@dataclass(frozen=True, slots=True)
class Returned:
    """The last time a thing came back: who returned it, when, and why."""

    by: who.Person
    at: datetime
    because: acts.Words


@dataclass(frozen=True, slots=True)
class InHand:
    """
    One thing that a person answers for, in a role. `standing_in` is true while they answer for it as a deputy;
    `stands` is how a responsibility stands ("asked", "in-progress", …), `due_on` its next check or the review's day.
    """

    item: acts.Item
    words: acts.Words
    since: datetime | None
    origin: Origin | None = None
    stands: str = ""
    due_on: date | None = None
    support_needed: bool = False
    deputy_role: who.Role | None = None
    patient: who.Patient | None = None
    standing_in: bool = False
    on_offer: OnOffer | None = None
    returned: Returned | None = None

    @property
    def key(self) -> tuple[acts.Kind, str]:
        return self.item.kind, self.item.which


def in_hands_of(person: who.Person, hand_overs: HandOvers, standing: Standing, at: datetime) -> tuple[InHand, ...]:
    """
    Everything that somebody answers for at a moment, role by role: the role, then what it holds. A deputy has their
    place; and all that the role holds too, while its holder is away or missing and they are the first to stand in.
    """
    held: list[InHand] = []
    for place in standing.places_of(person, at):
        role, as_deputy = place.from_role, place.kind == acts.Kind.DEPUTY
        held.append(described(place, person, hand_overs, standing, at))
        if as_deputy and next(iter(standing.present_in(role, at)), None) != person:
            continue
        for kind, which in standing.in_hand(role):
            item = acts.Item(kind=kind, which=which, from_role=role, to_role=role)
            held.append(replace(described(item, person, hand_overs, standing, at), standing_in=as_deputy))
    return tuple(held)


def described(item: acts.Item, person: who.Person, hand_overs: HandOvers, standing: Standing, at: datetime) -> InHand:
    """A thing, as whoever gives or receives it reads it: what it is, where it came from, how it stands."""
    key = (item.kind, item.which)
    origin = hand_overs.origins.get(key)
    thing = InHand(
        item,
        origin.words if origin else acts.NOTHING_SAID,
        _since(item, person, hand_overs, standing, at),
        origin,
        on_offer=_on_offer(item, person, standing),
        returned=_returned(item, person, standing),
    )
    match item.kind:
        case acts.Kind.RESPONSIBILITY:
            held = standing.responsibilities[who.Responsibility(item.which)]
            return replace(
                thing,
                stands=held.progress if held.state == "taken-on" else held.state,
                due_on=held.check_on,
                support_needed=held.support_needed,
                deputy_role=held.deputy_role,
                patient=held.patient,
            )
        case acts.Kind.REVIEW:
            closed = standing.proposals[who.Proposal(item.which)].closed
            return replace(thing, due_on=closed.review_on if closed else None)
        case acts.Kind.OBJECTION | acts.Kind.CONDITION | acts.Kind.DEPUTY | acts.Kind.ROLE:
            return thing
        case _:
            assert_never(item.kind)


def _since(
    item: acts.Item, person: who.Person, hand_overs: HandOvers, standing: Standing, at: datetime
) -> datetime | None:
    """From when the person has answered for it: since it came to the role, or they came into the role if later."""
    role = standing.roles.get(item.from_role)
    places = [h.period.from_at for h in role.holdings if h.person == person and h.period.covers(at)] if role else []
    if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY):
        return max(places, default=None)
    if item.kind == acts.Kind.RESPONSIBILITY:
        came: datetime | None = standing.responsibilities[who.Responsibility(item.which)].spells[-1].from_at
    else:
        origin = hand_overs.origins.get((item.kind, item.which))
        came = hand_overs.passed_at.get((item.kind, item.which), origin.at if origin else None)
    return max([*places, *([came] if came else [])], default=None)


def _answers(giver: who.Person, standing: Standing) -> Iterator[tuple[HandOverStanding, Offered]]:
    """Every item that somebody has offered, the newest offer first."""
    offers = [h for h in standing.handovers.values() if h.giver == giver]
    return ((h, offered) for h in reversed(offers) for offered in h.offered)


def _on_offer(item: acts.Item, giver: who.Person, standing: Standing) -> OnOffer | None:
    for handover, offered in _answers(giver, standing):
        if (offered.item.kind, offered.item.which, offered.item.from_role) != (item.kind, item.which, item.from_role):
            continue
        if offered.state in ("returned", "taken-back"):
            return None
        return OnOffer(handover.handover, handover.receiver, offered.state, handover.answer_by_on)
    return None


def _returned(item: acts.Item, giver: who.Person, standing: Standing) -> Returned | None:
    for handover, offered in _answers(giver, standing):
        if (offered.item.kind, offered.item.which) == (item.kind, item.which):
            if offered.state != "returned" or offered.answered_at is None:
                return None
            return Returned(handover.receiver, offered.answered_at, offered.because)
    return None


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


def offers_to(person: who.Person, hand_overs: HandOvers, standing: Standing, at: datetime) -> tuple[Offer, ...]:
    """What is offered to somebody and waits for their answer, the longest waiting first."""
    waiting = (h for h in standing.handovers.values() if h.receiver == person and h.waiting)
    return tuple(offer_of(h, hand_overs, standing, at) for h in waiting)


def offers_of(person: who.Person, hand_overs: HandOvers, standing: Standing, at: datetime) -> tuple[Offer, ...]:
    """What somebody has offered: those that wait, then those answered within the last weeks, newest first."""
    mine = [h for h in standing.handovers.values() if h.giver == person and (h.waiting or _answered_lately(h, at))]
    mine.sort(key=lambda h: (not h.waiting, at - h.at))
    return tuple(offer_of(h, hand_overs, standing, at) for h in mine)


def overdue(hand_overs: HandOvers, standing: Standing, at: datetime) -> tuple[Offer, ...]:
    """Offers in the whole team that were not answered in time: brought to the coordinating role."""
    late = (h for h in standing.handovers.values() if h.waiting and h.answer_by_on < at.date())
    return tuple(offer_of(h, hand_overs, standing, at) for h in sorted(late, key=lambda h: h.answer_by_on))


def _answered_lately(handover: HandOverStanding, at: datetime) -> bool:
    return any(o.answered_at is not None and at - o.answered_at <= LATELY for o in handover.offered)


def offer_of(handover: HandOverStanding, hand_overs: HandOvers, standing: Standing, at: datetime) -> Offer:
    """A hand-over as both sides read it, the things first that have to be accepted before a role is."""
    going = _going(handover, standing)
    things = (
        OfferedThing(
            described(offered.item, handover.giver, hand_overs, standing, at),
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
        hand_overs.notes.get(handover.handover, acts.NOTHING_SAID),
        tuple(sorted(things, key=lambda offered: offered.thing.item.kind == acts.Kind.ROLE)),
        tuple(
            described(item, handover.giver, hand_overs, standing, at)
            for role in going
            for item in not_yet_handed_over(handover.giver, handover.receiver, role, standing)
        ),
        (at.date() - handover.answer_by_on).days,
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


def leaving(person: who.Person, hand_overs: HandOvers, standing: Standing, at: datetime) -> Leaving:
    """Everything that somebody holds themselves, and what they have passed on in the last weeks, with its stage."""
    held = [thing for thing in in_hands_of(person, hand_overs, standing, at) if not thing.standing_in]
    still = {(*thing.key, thing.item.from_role) for thing in held}
    passed: dict[tuple[acts.Kind, str], Step] = {}
    for handover, offered in _answers(person, standing):
        item = offered.item
        gone = offered.state == "accepted" and offered.answered_at is not None and at - offered.answered_at <= LATELY
        if gone and (item.kind, item.which, item.from_role) not in still:
            thing = described(item, person, hand_overs, standing, at)
            passed.setdefault((item.kind, item.which), Step(thing, "passed", handover.receiver))
    return Leaving((*passed.values(), *(_step(thing) for thing in held)))


def _step(thing: InHand) -> Step:
    if thing.on_offer is not None:
        stage = "read-back" if thing.on_offer.state == "accepted" else "waiting"
        return Step(thing, stage, thing.on_offer.receiver)
    if thing.returned is not None:
        return Step(thing, "returned", thing.returned.by)
    return Step(thing, "not-offered", None)
