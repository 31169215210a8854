"""
What is in hand: everything that somebody answers for, as people read it.

Who holds what is the rules' to say (`Standing`); here is what stands beside it: what each thing is, where it came from,
since when, how it was last reported on, whether it is on offer or came back, and the note that went with an offer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import assert_never

from manyhands import acts, who
from manyhands.rules.standing import Standing
from manyhands.rules.things import HandOverStanding, Offered


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
class InHands:
    """Where each thing that can be in hand came from, when it last passed, and the note with each offer."""

    terms: dict[who.Proposal, acts.Terms] = field(default_factory=dict)
    origins: dict[tuple[acts.Kind, str], Origin] = field(default_factory=dict)
    passed_at: dict[tuple[acts.Kind, str], datetime] = field(default_factory=dict)
    notes: dict[who.HandOver, acts.Words] = field(default_factory=dict)

    def going_on(self) -> "InHands":
        return InHands(dict(self.terms), dict(self.origins), dict(self.passed_at), dict(self.notes))


def fold(recorded: Iterable[acts.Recorded], start: InHands | None = None) -> InHands:
    """Bring the picture forward by acts that were accepted, oldest first."""
    now = start.going_on() if start is not None else InHands()
    for entry in recorded:
        act = entry.act
        match act:
            case acts.Propose() | acts.Amend():
                now.terms[act.proposal] = act.terms
            case acts.Agree() | acts.ProceedWithout():
                _decided(now, act)
            case acts.Object():
                _came_up(now, acts.Kind.OBJECTION, act.objection, act, act.by, act.in_role)
            case acts.ConsentIf():
                _came_up(now, acts.Kind.CONDITION, act.condition, act, act.by, act.in_role)
            case acts.RecordPosition() | acts.CorrectPosition():
                _written_down(now, act)
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
            case (
                acts.Consent()
                | acts.ConsentWithConcern()
                | acts.StandAside()
                | acts.GiveNoView()
                | acts.ConfirmPosition()
            ):
                pass  # a position stands when the person leaves, and is nothing to hand over
            case acts.BeMoved():
                pass  # what moved somebody leaves nothing to do
            case acts.TestObjection() | acts.LowerToConcern():
                pass  # what it states, and that it is closed, stands in the Standing
            case acts.Fulfil() | acts.Resolve() | acts.WithdrawObjection() | acts.Withdraw():
                pass  # closes something; that it is closed stands in the Standing
            case acts.TakeOn() | acts.Decline() | acts.Complete() | acts.GiveBack() | acts.TakeBack():
                pass  # how it was answered stands in the Standing
            case acts.ReportOnPeople():
                pass  # said of persons, and so not quoted beside what somebody holds; see reach.py
            case acts.OpenPoll() | acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
                pass  # a poll leaves nothing in anybody's hands
            case acts.ShareCredit() | acts.StopSharing():
                pass  # sharing thanks leaves nothing to do
            case acts.OpenReview() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
                pass  # the review that is owed, and whether it still is, stands in the Standing
            case (
                acts.CallMeeting()
                | acts.Circulate()
                | acts.PutOn()
                | acts.Drop()
                | acts.Reorder()
                | acts.Attend()
                | acts.NotThere()
                | acts.Conclude()
                | acts.CloseMeeting()
                | acts.CallOff()
            ):
                pass  # a meeting leaves nothing in anybody's hands that was not asked by an act of its own
            case (
                acts.Publish()
                | acts.Revise()
                | acts.OpenTo()
                | acts.Discuss()
                | acts.Retract()
                | acts.Settle()
                | acts.TakeUp()
                | acts.TakeDown()
            ):
                pass  # a paper leaves nothing in anybody's hands
            case acts.Withhold():
                pass  # words that were removed are read as removed wherever they stand
            case _:
                assert_never(act)
    return now


def _decided(now: InHands, act: acts.Agree | acts.ProceedWithout) -> None:
    """What follows from a decision, and its review."""
    terms = now.terms[act.proposal]
    decided = Origin(terms.question, act.by, act.in_role, act.at, act.proposal, terms.question)
    now.origins[acts.Kind.REVIEW, act.proposal] = decided
    for follows in terms.follows:
        origin = replace(decided, words=follows.what, known_by=follows.known_by)
        now.origins[acts.Kind.RESPONSIBILITY, follows.responsibility] = origin


def _written_down(now: InHands, act: acts.RecordPosition | acts.CorrectPosition) -> None:
    """A safety concern or a condition that somebody wrote down for whoever said it, or that was put right."""
    said_by = act.said_by if isinstance(act, acts.RecordPosition) else act.by
    role = act.said_in if isinstance(act, acts.RecordPosition) else act.in_role
    if act.stance is acts.Stance.OBJECT and act.objection is not None:
        _came_up(now, acts.Kind.OBJECTION, act.objection, act, said_by, role)
    if act.stance is acts.Stance.CONDITION and act.condition is not None:
        _came_up(now, acts.Kind.CONDITION, act.condition, act, said_by, role)


def _came_up(
    now: InHands,
    kind: acts.Kind,
    which: str,
    act: acts.Object | acts.ConsentIf | acts.RecordPosition | acts.CorrectPosition,
    said_by: who.Person,
    role: who.Role | None,
) -> None:
    """A safety concern or a condition. Said again, it is still the one that was raised first."""
    question = now.terms[act.proposal].question
    first = Origin(act.because, said_by, role, act.at, act.proposal, question)
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


def in_hands_of(person: who.Person, told: InHands, standing: Standing, at: datetime) -> tuple[InHand, ...]:
    """
    Everything that somebody answers for at a moment, role by role: the role, then what it holds. A deputy has their
    place; and all that the role holds too, while its holder is away or missing and they are the first to stand in.
    """
    held: list[InHand] = []
    for place in standing.places_of(person, at):
        role, as_deputy = place.from_role, place.kind == acts.Kind.DEPUTY
        held.append(described(place, person, told, standing, at))
        if as_deputy and next(iter(standing.present_in(role, at)), None) != person:
            continue
        for kind, which in standing.in_hand(role):
            item = acts.Item(kind=kind, which=which, from_role=role, to_role=role)
            held.append(replace(described(item, person, told, standing, at), standing_in=as_deputy))
    return tuple(held)


def described(item: acts.Item, person: who.Person, told: InHands, standing: Standing, at: datetime) -> InHand:
    """A thing, as whoever gives or receives it reads it: what it is, where it came from, how it stands."""
    key = (item.kind, item.which)
    origin = told.origins.get(key)
    thing = InHand(
        item,
        origin.words if origin else acts.NOTHING_SAID,
        _since(item, person, told, standing, at),
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


def _since(item: acts.Item, person: who.Person, told: InHands, standing: Standing, at: datetime) -> datetime | None:
    """From when the person has answered for it: since it came to the role, or they came into the role if later."""
    role = standing.roles.get(item.from_role)
    places = [h.period.from_at for h in role.holdings if h.person == person and h.period.covers(at)] if role else []
    if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY):
        return max(places, default=None)
    if item.kind == acts.Kind.RESPONSIBILITY:
        came: datetime | None = standing.responsibilities[who.Responsibility(item.which)].spells[-1].from_at
    else:
        origin = told.origins.get((item.kind, item.which))
        came = told.passed_at.get((item.kind, item.which), origin.at if origin else None)
    return max([*places, *([came] if came else [])], default=None)


def offered_by(giver: who.Person, standing: Standing) -> Iterator[tuple[HandOverStanding, Offered]]:
    """Every item that somebody has offered, the newest offer first."""
    offers = [h for h in standing.handovers.values() if h.giver == giver]
    return ((h, offered) for h in reversed(offers) for offered in h.offered)


def _on_offer(item: acts.Item, giver: who.Person, standing: Standing) -> OnOffer | None:
    key = item.kind, item.which
    for handover, offered in offered_by(giver, standing):
        if (offered.item.kind, offered.item.which, offered.item.from_role) != (*key, item.from_role):
            continue
        if offered.state in ("returned", "taken-back"):
            return None
        if offered.state == "accepted" and key not in standing.read_back(giver, handover.receiver, item.from_role):
            return None  # it went, and has come back since
        return OnOffer(handover.handover, handover.receiver, offered.state, handover.answer_by_on)
    return None


def _returned(item: acts.Item, giver: who.Person, standing: Standing) -> Returned | None:
    for handover, offered in offered_by(giver, standing):
        if (offered.item.kind, offered.item.which) == (item.kind, item.which):
            if offered.state != "returned" or offered.answered_at is None:
                return None
            return Returned(handover.receiver, offered.answered_at, offered.because)
    return None
