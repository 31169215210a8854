"""
How far each responsibility about a group has reached: one line for each person in the group, with what was last said of
them.

The lines are worked out, never written: from who was in the group, and when, and from what was said of persons. Whoever
comes later has a line from that moment on; whoever is let go keeps theirs, shown as let go. When the responsibility is
closed its lines stay as they were then, and whoever comes after is not reached by it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from manyhands import acts, who
from manyhands.pictures.said import By, by
from manyhands.rules.things import ResponsibilityStanding

SETTLED = (acts.Reached.DONE, acts.Reached.EXCEPTION)


@dataclass(frozen=True, slots=True)
class Stay:
    """From when a patient was in a group; `left` is whose act ended it, and `let_go` whether it was by hand, or why."""

    since: datetime
    left: By | None = None
    let_go: bool = False
    because: acts.Words = acts.NOTHING_SAID

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.left is None or at < self.left.at)

    def overlaps(self, since: datetime, until: datetime) -> bool:
        return self.since <= until and (self.left is None or self.left.at > since)


@dataclass(frozen=True, slots=True)
class SaidOfOne:
    """What was said of one person: how far it has come for them, and why not further."""

    by: By
    reached: acts.Reached
    because: acts.Words


Stays = dict[who.Patient, tuple[Stay, ...]]
SaidOfEach = dict[who.Patient, tuple[SaidOfOne, ...]]


@dataclass(slots=True)
class Reaching:
    """Who was in each group and when, and what was said of each person, oldest first."""

    stays: dict[who.Group, Stays] = field(default_factory=dict)
    said: dict[who.Responsibility, SaidOfEach] = field(default_factory=dict)


def fold(recorded: Iterable[acts.Recorded], start: Reaching | None = None) -> Reaching:
    """Bring the picture forward by acts that were accepted, oldest first."""
    now = Reaching()
    if start is not None:
        now.stays = {group: dict(stays) for group, stays in start.stays.items()}
        now.said = {responsibility: dict(said) for responsibility, said in start.said.items()}
    for entry in recorded:
        match act := entry.act:
            case acts.Gather():
                _gathered(now.stays.setdefault(act.group, {}), act, by(entry))
            case acts.Include():
                _comes(now.stays[act.group], act.patient, act.at)
            case acts.Release():
                _leaves(now.stays[act.group], act.patient, by(entry), let_go=True, because=act.because)
            case acts.ReportOnPeople():
                said = now.said.setdefault(act.responsibility, {})
                for patient in act.patients:
                    said[patient] = (*said.get(patient, ()), SaidOfOne(by(entry), act.reached, act.because))
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
                pass  # who is in the team changes nobody's place in a group
            case (
                acts.Raise()
                | acts.Propose()
                | acts.Amend()
                | acts.Comment()
                | acts.Consent()
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
                | acts.Agree()
                | acts.ProceedWithout()
                | acts.Withdraw()
            ):
                pass  # which responsibilities follow, and since when, stands in the Standing
            case acts.OpenReview() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
                pass  # what follows from a decision that is over is for the same people until it is closed
            case acts.Ask() | acts.TakeOn() | acts.Decline() | acts.Report() | acts.Complete():
                pass  # whose it is, and when it was closed, stands in the Standing
            case acts.HandOver() | acts.Accept() | acts.GiveBack() | acts.TakeBack():
                pass  # in other hands it is for the same people
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
                pass  # what was said of a person in a meeting is reported by an act of its own
            case acts.OpenPoll() | acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
                pass  # asking moves nothing on
            case acts.ShareCredit() | acts.StopSharing():
                pass  # thanking people for it moves nothing on
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
                pass  # a paper is about nobody in particular
            case acts.Withhold():
                pass  # words that were removed are read as removed from the beginning
            case _:
                assert_never(act)
    return now


def _gathered(stays: Stays, act: acts.Gather, gathered: By) -> None:
    chosen = {included.patient for included in act.patients}
    there = {patient for patient, theirs in stays.items() if theirs[-1].left is None}
    for patient in there - chosen:
        _leaves(stays, patient, gathered)
    for included in act.patients:
        if included.patient not in there:
            _comes(stays, included.patient, act.at)


def _comes(stays: Stays, patient: who.Patient, at: datetime) -> None:
    stays[patient] = (*stays.get(patient, ()), Stay(at))


def _leaves(
    stays: Stays, patient: who.Patient, left: By, *, let_go: bool = False, because: acts.Words = acts.NOTHING_SAID
) -> None:
    *before, last = stays[patient]
    stays[patient] = (*before, replace(last, left=left, let_go=let_go, because=because))


# ---- the lines of one responsibility -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """
    One person's line: since when, how far it has come, and all that was said of them, oldest first. `came_later`: they
    came into the group after it was asked. `gone` is the stay that ended, for whoever has left the group.
    """

    patient: who.Patient
    since: datetime
    reached: acts.Reached
    said: tuple[SaidOfOne, ...] = ()
    came_later: bool = False
    gone: Stay | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done: they are in the group, and it is neither done nor an exception."""
        return self.gone is None and self.reached not in SETTLED

    @property
    def newest(self) -> SaidOfOne | None:
        return self.said[-1] if self.said else None


@dataclass(frozen=True, slots=True)
class Counts:
    """For how many people of the group it has come how far. `gone` have left the group, and count apart."""

    done: int = 0
    in_progress: int = 0
    cannot: int = 0
    exceptions: int = 0
    not_started: int = 0
    gone: int = 0

    @property
    def people(self) -> int:
        """Those who are in the group."""
        return self.done + self.in_progress + self.cannot + self.exceptions + self.not_started

    @property
    def open(self) -> int:
        return self.in_progress + self.cannot + self.not_started


@dataclass(frozen=True, slots=True)
class Reach:
    """
    How far a responsibility has reached: its lines, those with something still to do first. `after` are people who came
    into the group since it was closed, and whom it does not reach.
    """

    responsibility: who.Responsibility
    lines: tuple[Line, ...]
    after: tuple[who.Patient, ...] = ()

    @property
    def counts(self) -> Counts:
        here = Counter(line.reached for line in self.lines if line.gone is None)
        return Counts(
            done=here[acts.Reached.DONE],
            in_progress=here[acts.Reached.IN_PROGRESS],
            cannot=here[acts.Reached.CANNOT],
            exceptions=here[acts.Reached.EXCEPTION],
            not_started=here[acts.Reached.NOT_STARTED],
            gone=sum(line.gone is not None for line in self.lines),
        )

    @property
    def nothing_said(self) -> bool:
        """Whether nothing has been said of anybody yet."""
        return not any(line.said for line in self.lines)

    def line_of(self, patient: who.Patient) -> Line | None:
        return next((line for line in self.lines if line.patient == patient), None)


URGENT_FIRST = (
    acts.Reached.CANNOT,
    acts.Reached.NOT_STARTED,
    acts.Reached.IN_PROGRESS,
    acts.Reached.EXCEPTION,
    acts.Reached.DONE,
)


def reach(reaching: Reaching, held: ResponsibilityStanding, at: datetime) -> Reach | None:
    """The lines of a responsibility at a moment; nothing where it is about no group."""
    if not held.is_about_a_group or held.group is None:
        return None
    until = min(held.closed_at or at, at)
    stays = reaching.stays.get(held.group, {})
    lines = sorted(_lines(reaching, held, stays, until), key=lambda line: _place(line))
    after = (
        tuple(p for p, theirs in stays.items() if theirs[-1].covers(at) and theirs[-1].since > held.closed_at)
        if held.closed_at is not None and held.closed_at <= at
        else ()
    )
    had_lines = {line.patient for line in lines if line.gone is None}
    return Reach(held.responsibility, tuple(lines), tuple(patient for patient in after if patient not in had_lines))


def _place(line: Line) -> tuple[bool, int, datetime]:
    return (line.gone is not None, URGENT_FIRST.index(line.reached), line.since)


def _lines(reaching: Reaching, held: ResponsibilityStanding, stays: Stays, until: datetime) -> Iterator[Line]:
    said = reaching.said.get(held.responsibility, {})
    for patient, theirs in stays.items():
        during = [stay for stay in theirs if stay.overlaps(held.asked_at, until)]
        if not during:
            continue
        told = tuple(each for each in said.get(patient, ()) if each.by.at <= until)
        yield Line(
            patient=patient,
            since=max(held.asked_at, during[0].since),
            reached=told[-1].reached if told else acts.Reached.NOT_STARTED,
            said=told,
            came_later=during[0].since > held.asked_at,
            gone=None if during[-1].covers(until) else during[-1],
        )
