"""
Every responsibility: what it is, where it came from, whose it has been, and who holds it now and why.

The person is never in a responsibility: it is worked out, for any moment, from who held and deputised for its roles,
who was away, and who was in the team. Ask for another moment and the same acts answer for that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import assert_never

from manyhands import acts, who
from manyhands.pictures.said import By, by
from manyhands.rules.days import day_of
from manyhands.rules.standing import Answering, Standing
from manyhands.rules.things import ResponsibilityStanding


@dataclass(frozen=True, slots=True)
class Step:
    """
    Something that happened to a responsibility: asked, taken-on, declined, reported, reported-on-people, handed-over or
    completed. Of a report on people it says on how many (`people`) and how far it has come for them, and not whom.
    """

    what: str
    by: By
    words: acts.Words = acts.NOTHING_SAID
    role: who.Role | None = None
    progress: acts.Progress | None = None
    support_needed: bool = False
    outcome: acts.Outcome | None = None
    next_check_on: date | None = None
    people: int = 0
    reached: acts.Reached | None = None
    answered_by: acts.Words = acts.NOTHING_SAID


@dataclass(frozen=True, slots=True)
class ResponsibilityStory:
    """A responsibility from when it was first asked: its words, and every step since."""

    responsibility: who.Responsibility
    what: acts.Words
    known_by: acts.Words
    proposal: who.Proposal | None
    steps: tuple[Step, ...]

    @property
    def asked(self) -> Step:
        """The newest asking: who waits for the answer."""
        return next(step for step in reversed(self.steps) if step.what == "asked")

    @property
    def newest(self) -> Step:
        return self.steps[-1]

    def was_declined(self, at: datetime) -> bool:
        """Whether the role asked had declined by a moment, and nobody else had been asked yet."""
        return self._answer(at) == "declined"

    def was_only_asked(self, at: datetime) -> bool:
        """Whether the role asked had not answered yet by a moment."""
        return self._answer(at) == "asked"

    def _answer(self, at: datetime) -> str:
        told = ("asked", "taken-on", "declined")
        return next((step.what for step in reversed(self.steps) if step.what in told and step.by.at <= at), "")


@dataclass(slots=True)
class Carried:
    """The responsibilities of a team, what proposals would add to them, what is on offer, and when roles began."""

    responsibilities: dict[who.Responsibility, ResponsibilityStory] = field(default_factory=dict)
    follows: dict[who.Proposal, tuple[acts.FollowOn, ...]] = field(default_factory=dict)
    going_to: dict[tuple[who.HandOver, str], who.Role] = field(default_factory=dict)
    roles_since: dict[who.Role, datetime] = field(default_factory=dict)


def fold(recorded: Iterable[acts.Recorded], start: Carried | None = None) -> Carried:
    """Bring forward who holds what by acts that were accepted, oldest first."""
    now = Carried()
    if start is not None:
        shelves = (start.responsibilities, start.follows, start.going_to, start.roles_since)
        now = Carried(*(dict(shelf) for shelf in shelves))  # type: ignore[arg-type]
    for entry in recorded:
        _bring_forward(now, entry)
    return now


def _bring_forward(now: Carried, entry: acts.Recorded) -> None:
    match act := entry.act:
        case acts.Convene() | acts.CreateRole():
            now.roles_since[act.role] = act.at
        case acts.Propose() | acts.Amend():
            now.follows[act.proposal] = act.terms.follows
        case acts.Agree() | acts.ProceedWithout():
            for it in now.follows.pop(act.proposal):
                asked = Step("asked", by(entry), role=it.role)
                story = ResponsibilityStory(it.responsibility, it.what, it.known_by, act.proposal, (asked,))
                now.responsibilities[it.responsibility] = story
        case acts.Withdraw():
            now.follows.pop(act.proposal)
        case acts.Ask():
            before = now.responsibilities.get(act.responsibility)
            now.responsibilities[act.responsibility] = ResponsibilityStory(
                responsibility=act.responsibility,
                what=act.what,
                known_by=act.known_by,
                proposal=before.proposal if before else None,
                steps=(*(before.steps if before else ()), Step("asked", by(entry), role=act.role)),
            )
        case acts.TakeOn():
            _step(now, act.responsibility, Step("taken-on", by(entry)))
        case acts.Decline():
            _step(now, act.responsibility, Step("declined", by(entry), act.because))
        case acts.Report():
            step = Step(
                what="reported",
                by=by(entry),
                words=act.words,
                progress=act.progress,
                support_needed=act.support_needed,
                next_check_on=act.next_check_on,
                answered_by=act.answered_by,
            )
            _step(now, act.responsibility, step)
        case acts.ReportOnPeople():
            told = Step("reported-on-people", by(entry), people=len(act.patients), reached=act.reached)
            _step(now, act.responsibility, told)
        case acts.Complete():
            _step(now, act.responsibility, Step("completed", by(entry), act.what_happened, outcome=act.outcome))
        case acts.HandOver():
            for item in act.items:
                if item.kind == acts.Kind.RESPONSIBILITY:
                    now.going_to[act.handover, item.which] = item.to_role
        case acts.Accept():
            if act.kind == acts.Kind.RESPONSIBILITY:
                to = now.going_to[act.handover, act.which]
                _step(now, who.Responsibility(act.which), Step("handed-over", by(entry), role=to))
        case acts.GiveBack() | acts.TakeBack():
            pass  # it stays with whoever offered it
        case (
            acts.Invite()
            | acts.Join()
            | acts.Leave()
            | acts.Remove()
            | acts.Hold()
            | acts.Deputise()
            | acts.StepDown()
            | acts.BeAway()
            | acts.ComeBack()
        ):
            pass  # these change who the person is, worked out from how things stand; nothing is written to any item
        case acts.Gather() | acts.Include() | acts.Release() | acts.Raise() | acts.Comment():
            pass  # nothing is held by these
        case (
            acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
            | acts.RecordPosition()
            | acts.ConfirmPosition()
            | acts.CorrectPosition()
            | acts.BeMoved()
            | acts.Fulfil()
            | acts.TestObjection()
            | acts.LowerToConcern()
            | acts.Resolve()
            | acts.WithdrawObjection()
        ):
            pass  # a responsibility begins when a proposal is agreed, not while it is talked about
        case acts.OpenPoll() | acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
            pass  # a poll leaves nothing in anybody's hands; the proposal that comes of it may
        case acts.ShareCredit() | acts.StopSharing():
            pass  # thanking people for it changes nothing
        case acts.OpenReview() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
            pass  # what follows from a decision that is over is held until whoever holds it closes it
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
            pass  # what a meeting asks for is asked by acts of their own
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
            pass  # words that were removed are read as removed from the beginning
        case _:
            assert_never(act)


def _step(now: Carried, responsibility: who.Responsibility, step: Step) -> None:
    story = now.responsibilities[responsibility]
    now.responsibilities[responsibility] = replace(story, steps=(*story.steps, step))


@dataclass(frozen=True, slots=True)
class Why:
    """
    Who answers for something at a moment, and why that person. `how`: "holder"; "deputy" (of the role);
    "stands-in" (in the role named as deputy); "nobody" (nobody present can); "declined" (the role asked said no).
    `instead_of` is the role's holder where they are away, and `until` when they are expected back; without one the
    role is vacant. `only_asked`: nobody holds it yet; whoever is named is asked, and has not answered.
    """

    how: str
    person: who.Person | None
    in_role: who.Role
    role: who.Role
    instead_of: who.Person | None = None
    until: datetime | None = None
    only_asked: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A responsibility at a moment, ready to be shown. `days_waiting` is its age, which no note makes younger."""

    responsibility: who.Responsibility
    what: acts.Words
    known_by: acts.Words
    proposal: who.Proposal | None
    group: who.Group | None
    patient: who.Patient | None
    state: str
    role: who.Role
    deputy_role: who.Role
    organisation: who.Organisation
    why: Why
    asked_by: By
    days_waiting: int
    check_on: date
    days_overdue: int
    could_carry: tuple[who.Person, ...]
    progress: acts.Progress
    support_needed: bool
    outcome: acts.Outcome | None
    newest: Step

    @property
    def thin(self) -> bool:
        """Whether one person at most could carry it tomorrow."""
        return len(self.could_carry) < 2


def why(answering: Answering, role: who.Role, standing: Standing, at: datetime) -> Why:
    """Put in words for a page who answers for a role's things, and why."""
    holder = standing.roles[role].holder(at)
    absent = holder if holder is not None and holder != answering.person else None
    until = standing.away_until(absent, at) if absent is not None else None
    if answering.person is None:
        return Why("nobody", None, role, role, absent, until)
    if answering.person == holder:
        return Why("holder", answering.person, role, role)
    how = "deputy" if answering.for_role == role else "stands-in"
    return Why(how, answering.person, answering.for_role, role, absent, until)


def who_held(story: ResponsibilityStory, standing: Standing, at: datetime) -> Why | None:
    """Who answered for a responsibility at any moment up to now; nothing if it was not open then."""
    stands = standing.responsibilities[story.responsibility]
    spell, answering = stands.spell(at), standing.answering(story.responsibility, at)
    if spell is None or answering is None:
        return None
    if story.was_declined(at):
        return Why("declined", None, spell.role, spell.role)
    return replace(why(answering, spell.role, standing, at), only_asked=story.was_only_asked(at))


def open_now(carried: Carried, standing: Standing, at: datetime) -> tuple[Held, ...]:
    """Everything in hand: what nobody answers for first, then what is most overdue, then the longest waiting."""
    everything = (
        held(carried.responsibilities[r.responsibility], r, standing, at) for r in standing.open_responsibilities()
    )
    return tuple(sorted(everything, key=lambda h: (h.why.person is not None, -h.days_overdue, -h.days_waiting)))


def held(story: ResponsibilityStory, stands: ResponsibilityStanding, standing: Standing, at: datetime) -> Held:
    """One responsibility as it is at a moment."""
    now = who_held(story, standing, at) or Why("nobody", None, stands.role, stands.role)
    ended_at = stands.closed_at or at
    overdue = (day_of(at) - stands.check_on).days if stands.is_open else 0
    return Held(
        responsibility=stands.responsibility,
        what=story.what,
        known_by=story.known_by,
        proposal=story.proposal,
        group=stands.group,
        patient=stands.patient,
        state=stands.state,
        role=stands.role,
        deputy_role=stands.deputy_role,
        organisation=standing.roles[stands.role].organisation,
        why=now,
        asked_by=story.asked.by,
        days_waiting=(ended_at - stands.asked_at).days,
        check_on=stands.check_on,
        days_overdue=max(0, overdue),
        could_carry=standing.could_carry(stands.role, stands.deputy_role, at + timedelta(days=1)),
        progress=stands.progress,
        support_needed=stands.support_needed,
        outcome=stands.outcome,
        newest=story.newest,
    )


def whose(held: Held, person: who.Person, standing: Standing, at: datetime) -> str:
    """Whether something is "mine", "my-organisation's" or "my-team's", seen by one member at a moment."""
    if held.why.person == person:
        return "mine"
    return "my-organisation's" if held.organisation in standing.organisations_of(person, at) else "my-team's"
