"""Whatever a team does, those who see somebody are those whom a few plain lines, read from the acts alone, allow."""

from dataclasses import replace
from itertools import product

from hypothesis import HealthCheck, given, settings

from manyhands import acts, who
from manyhands.access import Action, decide
from manyhands.rules.folding import fold
from tests.histories import PEOPLE, histories

thorough = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PATIENTS = ("ruth", "sam", "tess", "door-patient", "ring-patient")


def about_patients(recorded: list[acts.Recorded]) -> list[acts.Recorded]:
    """The same history, in which each responsibility that somebody asked for is about a patient of its own."""
    return [
        replace(entry, act=replace(entry.act, patient=who.Patient(f"{entry.act.responsibility}-patient")))
        if isinstance(entry.act, acts.Ask)
        else entry
        for entry in recorded
    ]


def seen_plainly(recorded: list[acts.Recorded]) -> set[tuple[str, str]]:
    """(person, patient) for everybody who may see somebody after the last act: slow, and obviously right."""
    members: set[str] = set()
    in_role: dict[str, set[str]] = {}
    groups: dict[str, set[str]] = {}
    tasks: dict[str, list] = {}  # responsibility: [role, deputy role, patient, taken on]
    offered: dict[tuple[str, str, str], tuple[acts.Item, str, str]] = {}
    for entry in recorded:
        match act := entry.act:
            case acts.Convene():
                members, in_role = {act.by}, {act.role: {act.by}}
            case acts.Join():
                members.add(act.by)
            case acts.Leave() | acts.Remove():
                gone = act.by if isinstance(act, acts.Leave) else act.person
                members.discard(gone)
                for people in in_role.values():
                    people.discard(gone)
            case acts.Hold() | acts.Deputise():
                in_role.setdefault(act.role, set()).add(act.person)
            case acts.StepDown():
                in_role[act.role].discard(act.person)
            case acts.Gather():
                groups[act.group] = {included.patient for included in act.patients}
            case acts.Include():
                groups[act.group].add(act.patient)
            case acts.Release():
                groups[act.group].discard(act.patient)
            case acts.Agree() | acts.ProceedWithout():
                pass  # what follows from a decision is about a group, never about one patient
            case acts.Ask():
                tasks[act.responsibility] = [act.role, act.deputy_role, act.patient, False]
            case acts.TakeOn() if act.responsibility in tasks:
                tasks[act.responsibility][3] = True
            case acts.Complete() | acts.Decline():
                tasks.pop(act.responsibility, None)
            case acts.HandOver():
                for item in act.items:
                    offered[act.handover, item.kind, item.which] = (item, act.by, act.to)
            case acts.Accept():
                item, giver, receiver = offered[act.handover, act.kind, act.which]
                if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY):
                    in_role[item.to_role].discard(giver)
                    in_role[item.to_role].add(receiver)
                if item.kind == acts.Kind.RESPONSIBILITY and item.which in tasks:
                    task = tasks[item.which]
                    before, stands_in = task[0], task[1]
                    if before != item.to_role:
                        task[:2] = [item.to_role, before if stands_in == item.to_role else stands_in]
            case _:
                pass
    allowed = {
        (p, patient)
        for p in members
        if any(p in each for each in in_role.values())
        for patients in groups.values()
        for patient in patients
    }
    allowed |= {
        (p, task[2])
        for task in tasks.values()
        if task[3]
        for role in task[:2]
        for p in in_role.get(role, set()) & members
    }
    return allowed


@thorough
@given(histories())
def test_the_decision_is_that_of_a_few_plain_lines(history):
    for story in history:
        recorded = about_patients(story.recorded)
        standing = fold(recorded)
        decided = {
            (person, patient)
            for person, patient in product(PEOPLE, PATIENTS)
            if decide(who.Person(person), Action.READ, who.Patient(patient), standing, story.now).allowed
        }

        assert decided == {pair for pair in seen_plainly(recorded) if pair[1] in PATIENTS}


@thorough
@given(histories())
def test_esi_who_never_joins_sees_nobody_ever(history):
    for story in history:
        if "esi" in story.standing.members(story.now):
            break
        assert not any(
            decide(who.Person("esi"), action, who.Patient(patient), story.standing, story.now).allowed
            for action, patient in product((Action.LIST, Action.READ, Action.REVIEW), PATIENTS)
        )
