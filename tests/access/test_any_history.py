"""Whatever a team does, those who see somebody are those whom a few plain lines, read from the acts alone, allow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manyhands import acts, who
from manyhands.access import Action, Level, decide
from manyhands.access.circumstances import Circumstances, Glass, Invited
from manyhands.rules.folding import fold
from tests.histories import ORGANISATIONS, PEOPLE, ROLES, histories
from tests.story import MONDAY

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


def seen_plainly(recorded: list[acts.Recorded], now: datetime, beside: Circumstances) -> dict[tuple[str, str], float]:
    """(person, patient) and the level for everybody who sees anything of somebody: slow, and obviously right."""
    belongs: dict[str, set[str]] = {}
    in_role: dict[str, set[str]] = {}
    organisation_of: dict[str, str] = {}
    groups: dict[str, set[str]] = {}
    tasks: dict[str, dict] = {}
    offered: dict[tuple[str, str, str], tuple[acts.Item, str, str]] = {}
    removed: dict[str, datetime] = {}
    coordinating = recorded[0].act.role
    for entry in recorded:
        match act := entry.act:
            case acts.Convene():
                belongs, in_role = {act.by: {act.for_organisation}}, {act.role: {act.by}}
                organisation_of[act.role] = act.for_organisation
            case acts.CreateRole():
                organisation_of[act.role] = act.organisation
            case acts.Join():
                belongs.setdefault(act.by, set()).add(act.for_organisation)
            case acts.Leave() | acts.Remove():
                gone = act.by if isinstance(act, acts.Leave) else act.person
                belongs.pop(gone, None)
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
            case acts.Ask():
                tasks[act.responsibility] = {"roles": [act.role, act.deputy_role], "patient": act.patient, "at": None}
                tasks[act.responsibility]["level"] = 1
            case acts.TakeOn() if act.responsibility in tasks:
                tasks[act.responsibility] |= {"level": 3, "at": act.at}
            case acts.Decline() if act.responsibility in tasks:
                tasks[act.responsibility]["level"] = 0
            case acts.Complete() if act.responsibility in tasks:
                tasks[act.responsibility] |= {"level": 2, "over": act.at + timedelta(days=28)}
                if act.outcome is acts.Outcome.NO_LONGER_NEEDED:
                    tasks[act.responsibility]["level"] = 0
            case acts.Withhold() if act.about is not None:
                removed[act.about] = act.at
            case acts.HandOver():
                for item in act.items:
                    offered[act.handover, item.kind, item.which] = (item, act.by, act.to)
            case acts.Accept():
                item, giver, receiver = offered[act.handover, act.kind, act.which]
                if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY):
                    in_role[item.to_role].discard(giver)
                    in_role[item.to_role].add(receiver)
                if item.kind == acts.Kind.RESPONSIBILITY and item.which in tasks:
                    roles = tasks[item.which]["roles"]
                    if roles[0] != item.to_role:
                        tasks[item.which]["roles"] = [item.to_role, roles[0] if roles[1] == item.to_role else roles[1]]
            case _:
                pass
    level: dict[tuple[str, str], float] = {}
    still = lambda each: each.since > removed.get(patient, datetime.min.replace(tzinfo=UTC))  # noqa: E731
    shares = lambda organisation: beside.sharing is None or organisation in beside.sharing  # noqa: E731
    for person, patient in product(belongs, PATIENTS):
        mine = [role for role, people in in_role.items() if person in people]
        in_a_group = any(patient in patients for patients in groups.values())
        begun = [task for task in tasks.values() if task["patient"] == patient and set(task["roles"]) & set(mine)]
        objected, only = beside.objects.get(patient), beside.restricted.get(patient)
        may_be = lambda role: shares(organisation_of[role]) and (only is None or role in only)  # noqa: E731,B023
        levels = [0]
        for task in begun:
            over = task["level"] == 2 and (task["at"] is None or now >= task["over"])
            late = objected is not None and (task["at"] is None or task["at"] >= objected)
            if any(may_be(role) for role in set(task["roles"]) & set(mine)) and not over and not late:
                levels.append(task["level"])
        hat = next(iter([r for r in mine if r == coordinating] or first(mine, person, recorded)), None)
        if hat is not None and in_a_group and may_be(hat):
            leads = hat == coordinating
            levels.append((4 if leads else 3) if objected is None else (2 if leads else 0))
        open_task = any(task["patient"] == patient and task["level"] in (0, 1, 3) for task in tasks.values())
        ours = first([r for r in mine if organisation_of[r] in beside.practices.get(patient, ())], person, recorded)
        if ours and (in_a_group or open_task) and may_be(ours[0]):
            levels.append(2)
        for each in filter(still, beside.invited.get(patient, ())):
            as_role = next(iter(first(mine, person, recorded)), None)
            if each.person == person and (each.until is None or now < each.until) and (only is None or as_role in only):
                levels.append(2)
        broken = [each for each in beside.glass.get(patient, ()) if each.person == person and each.role in mine]
        broken = list(filter(still, broken))
        if any(shares(each.organisation) and each.since <= now < each.until for each in broken):
            levels.append(2.9)  # reads all, and does nothing
        if max(levels):
            level[person, patient] = max(levels)
    return level


def first(roles: list[str], person: str, recorded: list[acts.Recorded]) -> list[str]:
    """The roles in the order in which somebody speaks in them: those they hold first, the oldest role first."""
    return [
        role.role for role in fold(recorded).roles_of(who.Person(person), recorded[-1].act.at) if role.role in roles
    ]


@st.composite
def besides(draw: st.DrawFn) -> Circumstances:
    """Agreements, objections, restrictions, invitations, broken glass and practices, of anybody, at any time."""
    moments = st.integers(-3000, 3000).map(lambda hours: MONDAY + timedelta(hours=hours / 4))
    of_patients = lambda values: st.dictionaries(st.sampled_from(PATIENTS), values, max_size=3)  # noqa: E731
    people, roles = st.sampled_from(PEOPLE), st.sampled_from(ROLES)
    organisations = st.frozensets(st.sampled_from(ORGANISATIONS))
    invited = st.builds(Invited, people, moments, st.none() | moments)
    glass = st.builds(Glass, people, roles, st.sampled_from(ORGANISATIONS), moments, moments)
    return Circumstances(
        sharing=draw(st.none() | st.none() | organisations),
        practices=draw(of_patients(organisations)),
        objects=draw(of_patients(moments)),
        restricted=draw(of_patients(st.frozensets(roles))),
        invited=draw(of_patients(st.lists(invited, max_size=2).map(tuple))),
        glass=draw(of_patients(st.lists(glass, max_size=2).map(tuple))),
    )


TAKES = {Level.INVITED: Action.GLIMPSE, Level.INFORMED: Action.READ, Level.CONTRIBUTOR: Action.CONTRIBUTE}


@thorough
@given(histories(), besides())
def test_the_decision_is_that_of_a_few_plain_lines(history, beside):
    for story in history[-3:]:
        recorded = about_patients(story.recorded)
        standing = fold(recorded)

        plainly = seen_plainly(recorded, story.now, beside)

        for level, action in TAKES.items():
            decided = {
                (person, patient)
                for person, patient in product(PEOPLE, PATIENTS)
                if decide(who.Person(person), action, patient, standing, story.now, circumstances=beside).allowed
            }
            assert decided == {pair for pair, theirs in plainly.items() if theirs >= level}, action


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
