"""
What would mend what a departure would leave bare: acts that can be done now, each one tried before it is offered.

A mend is a course of acts, one after another: make somebody a deputy; invite somebody and make them a deputy; create
a role and give it to somebody; hand something on to another role; ask somebody to look after a person whom only the
leaver knows. Every act in it is asked of the rule, in turn, and then the drill is done again: only what really leaves
fewer things bare is offered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import product
from typing import Any

from manyhands import acts, who
from manyhands.pictures.departure_drill import Departure, Drill, Known, Leaver, Line, Sort, drill
from manyhands.pictures.supposing import supposing
from manyhands.rules import refusals_against
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing

SOMEBODY_ELSE = who.Person("(somebody who is invited)")
A_NEW_ROLE = who.Role("(a new role)")
A_HAND_OVER = who.HandOver("(an offer to be made)")
A_RESPONSIBILITY = who.Responsibility("(something to be asked)")
SAID = acts.Words("…")
A_WEEK = timedelta(days=7)
MOST_FOR_ONE_ROLE = 3
"""How many people, or other roles, are tried for one role: enough to choose from. A guess."""

HANDED_ON = {
    Sort.RESPONSIBILITY: acts.Kind.RESPONSIBILITY,
    Sort.REVIEW: acts.Kind.REVIEW,
    Sort.OBJECTION: acts.Kind.OBJECTION,
    Sort.CONDITION: acts.Kind.CONDITION,
}
Bare = tuple[str, str]


class How(StrEnum):
    """The ways to mend."""

    DEPUTISE = "deputise"
    HAND_ON = "hand-on"
    CREATE_ROLE = "create-role"
    INVITE = "invite"
    INTRODUCE = "introduce"


@dataclass(frozen=True, slots=True)
class Mend:
    """
    A way to mend: the course of acts, and what would no longer be left bare after it. `role` is the role that
    somebody takes a place in or something goes to, `person` who that is, `by` whoever can begin.
    """

    how: How
    course: tuple[acts.AnyAct, ...]
    mends: tuple[Bare, ...]
    by: who.Person
    role: who.Role | None = None
    person: who.Person | None = None
    organisation: who.Organisation | None = None
    patient: who.Patient | None = None
    deputy_role: who.Role | None = None


@dataclass(frozen=True, slots=True)
class Trying:
    """What is being mended: how things stand now, who is asking, in which team, and the drill."""

    team: who.Team
    asker: who.Person
    now: datetime
    standing: Standing
    at: datetime
    drilled: Drill
    known: Known

    @property
    def departure(self) -> Departure:
        return self.drilled.departure

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that would be bare: what the departure leaves so, and what is so already."""
        return (*self.drilled.left, *self.drilled.already)


def bare(drilled: Drill) -> set[Bare]:
    """What would be bare, by name: whatever is left so, and whatever is so already."""
    lines = {(line.sort.value, line.which) for line in (*drilled.left, *drilled.already)}
    return lines | {("patient", str(patient)) for patient in drilled.unknown}


def mends(trying: Trying) -> tuple[Mend, ...]:
    """What would mend what the drill found, what mends most first."""
    found: dict[tuple[How, str], Mend] = {}
    for how, course, about in _courses(trying):
        named = (how, f"{about.get('role')} {about.get('person')} {about.get('patient')}")
        if named not in found and (mended := _mended(course, trying)):
            found[named] = Mend(how, course, mended, course[0].by, **about)
    return tuple(sorted(found.values(), key=lambda mend: (-len(mend.mends), list(How).index(mend.how))))


def _mended(course: tuple[acts.AnyAct, ...], trying: Trying) -> tuple[Bare, ...]:
    """What would no longer be bare; nothing if a rule is against an act, or if something else would be bare instead."""
    standing = trying.standing
    for act in course:
        if refusals_against(act, standing):
            return ()
        standing = supposing(standing, act)
    before, after = bare(trying.drilled), bare(drill(standing, trying.departure, trying.at, trying.known))
    return tuple(sorted(before - after)) if after <= before else ()


Course = tuple[How, tuple[acts.AnyAct, ...], dict[str, Any]]


def _courses(trying: Trying) -> Iterator[Course]:
    """Every course that may be worth trying; whether it is, is for the rules and the drill to say."""
    for role in dict.fromkeys(role for line in trying.lines for role in _roles_of(line, trying.standing)):
        yield from _deputies(role, trying)
    for line in trying.lines:
        if line.sort is Sort.ORGANISATION and line.organisation is not None:
            yield from _new_roles(line.organisation, trying)
    yield from _handed_on(trying)
    for patient in trying.drilled.unknown:
        yield from _introduced(patient, trying)


def _roles_of(line: Line, standing: Standing) -> Iterable[who.Role]:
    """The roles in which somebody could answer for it."""
    if line.sort is Sort.ORGANISATION and line.organisation is not None:
        return [role.role for role in standing.roles_for(line.organisation)]
    return [role for role in (line.role, line.deputy_role) if role is not None]


# ---- somebody else in the role -----------------------------------------------------------------------------------


def _staying(organisation: who.Organisation, trying: Trying) -> list[who.Person]:
    """Members for an organisation who would be present after the departure, those with the fewest places first."""
    standing, at, gone = trying.standing, trying.at, trying.departure
    people = [
        person
        for person in standing.members(at)
        if organisation in standing.organisations_of(person, at) and standing.is_present(person, at)
    ]
    if gone.kind is Leaver.PERSON:
        people = [person for person in people if person != gone.which]
    if gone.kind is Leaver.ORGANISATION:
        people = [p for p in people if gone.which not in standing.organisations_of(p, at)]
    return sorted(people, key=lambda person: len(standing.roles_of(person, at)))


def _deputies(role: who.Role, trying: Trying) -> Iterator[Course]:
    """Make a colleague the deputy; where there is none, invite somebody first."""
    organisation = trying.standing.roles[role].organisation
    colleagues = [p for p in _staying(organisation, trying) if p not in trying.standing.people_in(role, trying.now)]
    for person, speaking in product(colleagues[:MOST_FOR_ONE_ROLE], _who_might(organisation, trying)):
        deputise = acts.Deputise(**speaking, role=role, person=person)
        yield How.DEPUTISE, (deputise,), {"role": role, "person": person, "organisation": organisation}
    if not colleagues and trying.departure.kind is not Leaver.ORGANISATION:
        for speaking in _who_might(organisation, trying):
            deputise = acts.Deputise(**speaking, role=role, person=SOMEBODY_ELSE)
            course = (*_somebody_joins(organisation, trying), deputise)
            yield How.INVITE, course, {"role": role, "organisation": organisation}


def _somebody_joins(organisation: who.Organisation, trying: Trying) -> tuple[acts.AnyAct, ...]:
    invite = acts.Invite(**_asker(trying), person=SOMEBODY_ELSE, organisation=organisation)
    join = acts.Join(team=trying.team, by=SOMEBODY_ELSE, for_organisation=organisation, at=trying.now)
    return invite, join


def _new_roles(organisation: who.Organisation, trying: Trying) -> Iterator[Course]:
    """Give an organisation another role to be heard through, and somebody to hold it."""
    staying = _staying(organisation, trying)[:MOST_FOR_ONE_ROLE]
    for person, speaking in product(staying, _who_might(organisation, trying)):
        create = acts.CreateRole(**speaking, role=A_NEW_ROLE, organisation=organisation, kind="…")
        hold = acts.Hold(**speaking, role=A_NEW_ROLE, person=person)
        yield How.CREATE_ROLE, (create, hold), {"person": person, "organisation": organisation}


def _asker(trying: Trying, organisation: who.Organisation | None = None) -> dict[str, Any]:
    return _speaking(trying.asker, organisation, trying)


def _speaking(person: who.Person, organisation: who.Organisation | None, trying: Trying) -> dict[str, Any]:
    """Somebody speaking as a member, for that organisation if they are in the team for it."""
    mine = trying.standing.organisations_of(person, trying.now)
    for_organisation = organisation if organisation in mine else next(iter(mine), who.Organisation(""))
    return {"team": trying.team, "by": person, "for_organisation": for_organisation, "at": trying.now}


def _who_might(organisation: who.Organisation, trying: Trying) -> list[dict[str, Any]]:
    """
    Whoever might say something about an organisation's place in the team: whoever asks, its own members, those in
    the coordinating role. Who of them may is for the rules to say; the first who may is taken.
    """
    standing, now = trying.standing, trying.now
    theirs = (p for p in standing.members(now) if organisation in standing.organisations_of(p, now))
    might = dict.fromkeys((trying.asker, *theirs, *standing.people_in(standing.coordinating, now)))
    return [_speaking(person, organisation, trying) for person in might]


# ---- to another role ---------------------------------------------------------------------------------------------


def _handed_on(trying: Trying) -> Iterator[Course]:
    """Hand on what a role would leave bare to another role: offered by whoever is in it, accepted by the other."""
    for role in dict.fromkeys(line.role for line in trying.lines if line.sort in HANDED_ON):
        if role is None:
            continue
        giver = next(iter(trying.standing.people_in(role, trying.now)), None)
        if giver is None:
            continue
        tried = 0
        for to_role, receiver in _others(role, giver, trying):
            items = _what_could_go(role, to_role, giver, receiver, trying)
            if items and tried < MOST_FOR_ONE_ROLE:
                tried += 1
                yield How.HAND_ON, _passing(giver, receiver, items, trying), {"role": to_role, "person": receiver}


def _others(role: who.Role, giver: who.Person, trying: Trying) -> Iterator[tuple[who.Role, who.Person]]:
    """Other roles with somebody in them who would stay, those first that stand in for something already."""
    stand_ins = [line.deputy_role for line in trying.lines if line.role == role]
    for other in sorted(trying.standing.roles.values(), key=lambda other: other.role not in stand_ins):
        staying = _staying(other.organisation, trying)
        present = [p for p in trying.standing.present_in(other.role, trying.at) if p in staying and p != giver]
        emptied = trying.departure == Departure(Leaver.ROLE, other.role)
        if other.role != role and present and not emptied:
            yield other.role, present[0]


def _what_could_go(
    role: who.Role, to_role: who.Role, giver: who.Person, receiver: who.Person, trying: Trying
) -> tuple[acts.Item, ...]:
    items = (
        acts.Item(kind=HANDED_ON[line.sort], which=line.which, from_role=role, to_role=to_role)
        for line in trying.lines
        if line.role == role and line.sort in HANDED_ON
    )
    offered = ((item, _passing(giver, receiver, (item,), trying)[0]) for item in items)
    return tuple(item for item, offer in offered if not refusals_against(offer, trying.standing))


def _passing(
    giver: who.Person, receiver: who.Person, items: tuple[acts.Item, ...], trying: Trying
) -> tuple[acts.AnyAct, ...]:
    """An offer, and each thing in it accepted."""
    offer = acts.HandOver(
        **_speaking(giver, None, trying),
        handover=A_HAND_OVER,
        to=receiver,
        items=items,
        answer_by_on=day_of(trying.now + A_WEEK),
    )
    accepted = (
        acts.Accept(**_speaking(receiver, None, trying), handover=A_HAND_OVER, kind=item.kind, which=item.which)
        for item in items
    )
    return (offer, *accepted)


def _the_leavers(role: who.Role, trying: Trying) -> bool:
    """Whether whoever is supposed to be gone is in the role, so that nothing new should be asked of it."""
    gone, people = trying.departure, trying.standing.people_in(role, trying.now)
    return gone.kind is Leaver.PERSON and gone.which in people


# ---- to know somebody --------------------------------------------------------------------------------------------


def _introduced(patient: who.Patient, trying: Trying) -> Iterator[Course]:
    """Ask another role to look after somebody whom only the leaver knows, with a third to stand in."""
    asking = next((role for role in trying.standing.roles_of(trying.asker, trying.now)), None)
    if asking is None:
        return
    others = [each for each in _others(who.Role(""), who.Person(""), trying) if not _the_leavers(each[0], trying)]
    for (role, person), (deputy_role, _) in zip(others, others[1:] + others[:1], strict=True):
        if role == deputy_role:
            continue
        ask = acts.Ask(
            **_speaking(trying.asker, asking.organisation, trying),
            in_role=asking.role,
            responsibility=A_RESPONSIBILITY,
            what=SAID,
            role=role,
            deputy_role=deputy_role,
            first_check_on=day_of(trying.now + A_WEEK),
            known_by=SAID,
            patient=patient,
        )
        organisation = trying.standing.roles[role].organisation
        take_on = acts.TakeOn(**_speaking(person, organisation, trying), in_role=role, responsibility=A_RESPONSIBILITY)
        yield (
            How.INTRODUCE,
            (ask, take_on),
            {"role": role, "person": person, "patient": patient, "deputy_role": deputy_role},
        )
        return
