"""
Groups of patients: every version of the rule with its wording and count, who is in the group and why, who was
included or released by hand, and who entered and left when the rule was run again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from manyhands import acts, who
from manyhands.pictures.said import By, by


@dataclass(frozen=True, slots=True)
class Place:
    """A patient's place in a group: since when, why, and whether the rule found them or somebody put them there."""

    patient: who.Patient
    because: acts.Words
    since: By
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody put in by hand ("included") or let go ("released"), and why."""

    how: str
    patient: who.Patient
    because: acts.Words
    said: By
    version: int


@dataclass(frozen=True, slots=True)
class Version:
    """
    One gathering: the rule as it was worded and counted then, and whom it put in the group. `entered` and `left` are
    against who was in the group just before, `stayed` is how many were in both.
    """

    number: int
    called: acts.Words
    rule: acts.GroupRule
    gathered: By
    chosen: frozenset[who.Patient]
    entered: tuple[who.Patient, ...]
    left: tuple[who.Patient, ...]

    @property
    def stayed(self) -> int:
        return len(self.chosen) - len(self.entered)


@dataclass(frozen=True, slots=True)
class GroupStory:
    """A group from its first gathering until now. `places` are those in it, in the order in which they came."""

    group: who.Group
    versions: tuple[Version, ...] = ()
    places: tuple[Place, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def called(self) -> acts.Words:
        return self.versions[-1].called

    @property
    def rule(self) -> acts.GroupRule:
        return self.versions[-1].rule

    @property
    def patients(self) -> tuple[who.Patient, ...]:
        return tuple(place.patient for place in self.places)

    @property
    def changed_at(self) -> datetime:
        """When anything about the group last changed."""
        gathered = self.versions[-1].gathered.at
        return max(gathered, self.changes[-1].said.at) if self.changes else gathered

    def place_of(self, patient: who.Patient) -> Place | None:
        return next((place for place in self.places if place.patient == patient), None)


@dataclass(slots=True)
class Groups:
    """Every group of a team, in the order in which they were first gathered."""

    groups: dict[who.Group, GroupStory] = field(default_factory=dict)

    def of(self, patient: who.Patient) -> tuple[GroupStory, ...]:
        """The groups that a patient is in."""
        return tuple(group for group in self.groups.values() if group.place_of(patient))


def fold(recorded: Iterable[acts.Recorded], start: Groups | None = None) -> Groups:
    """Bring the groups forward by acts that were accepted, oldest first."""
    now = Groups(dict(start.groups)) if start is not None else Groups()
    for entry in recorded:
        _bring_forward(now, entry)
    return now


def _bring_forward(now: Groups, entry: acts.Recorded) -> None:
    match act := entry.act:
        case acts.Gather():
            now.groups[act.group] = _gathered(now.groups.get(act.group, GroupStory(act.group)), act, by(entry))
        case acts.Include():
            group = now.groups[act.group]
            place = Place(act.patient, act.because, by(entry), by_hand=True)
            change = Change("included", act.patient, act.because, by(entry), len(group.versions))
            now.groups[act.group] = replace(group, places=(*group.places, place), changes=(*group.changes, change))
        case acts.Release():
            group = now.groups[act.group]
            places = tuple(place for place in group.places if place.patient != act.patient)
            change = Change("released", act.patient, act.because, by(entry), len(group.versions))
            now.groups[act.group] = replace(group, places=places, changes=(*group.changes, change))
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
            pass  # a decision is about a group as it was, and leaves it so
        case acts.OpenPoll() | acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
            pass  # what is asked about a group changes nobody in it
        case acts.ShareCredit() | acts.StopSharing():
            pass  # thanking people for it changes nothing
        case acts.OpenReview() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
            pass  # so does looking at it again
        case acts.Ask() | acts.TakeOn() | acts.Decline() | acts.Report() | acts.ReportOnPeople() | acts.Complete():
            pass  # work for a group does not change who is in it
        case acts.HandOver() | acts.Accept() | acts.GiveBack() | acts.TakeBack():
            pass  # nor does whose work it is
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
            pass  # a meeting talks about groups; who is in them is changed by acts of their own
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
            pass  # the words of the act it names are read as removed already
        case _:
            assert_never(act)


def _gathered(before: GroupStory, act: acts.Gather, gathered: By) -> GroupStory:
    """The next version. Whoever was in the group already keeps the day on which they came."""
    there = {place.patient: place for place in before.places}
    chosen = frozenset(included.patient for included in act.patients)
    version = Version(
        number=len(before.versions) + 1,
        called=act.called,
        rule=act.rule,
        gathered=gathered,
        chosen=chosen,
        entered=tuple(i.patient for i in act.patients if i.patient not in there),
        left=tuple(patient for patient in there if patient not in chosen),
    )
    places = tuple(
        Place(i.patient, i.because, there[i.patient].since if i.patient in there else gathered) for i in act.patients
    )
    return replace(before, versions=(*before.versions, version), places=places)
