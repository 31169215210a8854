"""
The departure drill: what would be left bare if a member, a role or an organisation were gone.

It is worked out by asking how things would stand then, at a moment, and comparing that with how they stand: which
things nobody present could answer for, which would hang on one person, which organisations could no longer be
heard, and whom no one else here knows. What would mend it is in `mending.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from manyhands import acts, who
from manyhands.pictures.supposing import supposing
from manyhands.rules.standing import Standing

Known = Mapping[who.Patient, frozenset[who.Person]]
"""For each patient, who has dealt with them in the window that was looked at, as the records of care say."""


class Sort(StrEnum):
    """What can be left bare."""

    RESPONSIBILITY = "responsibility"
    ROLE = "role"
    REVIEW = "review"
    OBJECTION = "objection"
    CONDITION = "condition"
    ORGANISATION = "organisation"


class Leaver(StrEnum):
    """What can be gone: a member of the team, everybody in a role, or an organisation with all its members."""

    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Departure:
    """Who or what is supposed to be gone."""

    kind: Leaver
    which: str


@dataclass(frozen=True, slots=True)
class Line:
    """
    Something that somebody has to answer for, and everyone present who could: `people`. A responsibility can be
    carried in its `role` or its `deputy_role`, an organisation heard through any of its roles; `proposals` are those
    still open that wait for it.
    """

    sort: Sort
    which: str
    people: tuple[who.Person, ...]
    words: acts.Words = acts.NOTHING_SAID
    role: who.Role | None = None
    deputy_role: who.Role | None = None
    organisation: who.Organisation | None = None
    proposals: tuple[who.Proposal, ...] = ()

    @property
    def key(self) -> tuple[Sort, str]:
        return self.sort, self.which


@dataclass(frozen=True, slots=True)
class Drill:
    """
    What a departure would do. `left`: what nobody present could answer for any more; `hanging`: what would hang on
    one person; `already`: what nobody answers for even now; `unknown`: patients of the team's groups whom no one
    remaining has dealt with or is asked to look after.
    """

    departure: Departure
    left: tuple[Line, ...]
    hanging: tuple[Line, ...]
    already: tuple[Line, ...]
    unknown: tuple[who.Patient, ...]

    @property
    def leaves_nothing_bare(self) -> bool:
        return not (self.left or self.unknown)


def drill(standing: Standing, departure: Departure, at: datetime, known: Known | None = None) -> Drill:
    """What would be left bare by a departure at a moment, now or to come."""
    return _drill(standing, departure, at, known or {}, {line.key: line for line in carried(standing, at)})


def _drill(
    standing: Standing, departure: Departure, at: datetime, known: Known, before: Mapping[tuple[Sort, str], Line]
) -> Drill:
    gone = standing_without(standing, departure, at)
    # That nobody would be in the role that is supposed to be empty is no finding.
    after = [line for line in carried(gone, at) if line.key != (Sort.ROLE, departure.which)]
    return Drill(
        departure,
        left=tuple(line for line in after if not line.people and before[line.key].people),
        hanging=tuple(line for line in after if len(line.people) == 1 < len(before[line.key].people)),
        already=tuple(line for line in after if not line.people and not before[line.key].people),
        unknown=tuple(_unknown(standing, gone, at, known)),
    )


def left_bare_by(standing: Standing, gone: Standing, at: datetime) -> tuple[Line, ...]:
    """What somebody present could answer for as things stand, and nobody could as they would stand then."""
    before = {line.key: line for line in carried(standing, at)}
    return tuple(line for line in carried(gone, at) if not line.people and before[line.key].people)


def standing_without(standing: Standing, departure: Departure, at: datetime) -> Standing:
    """How things would stand with somebody gone who handed nothing over."""
    match departure.kind:
        case Leaver.PERSON:
            people = [who.Person(departure.which)]
        case Leaver.ORGANISATION:
            theirs = who.Organisation(departure.which)
            people = [p for p in standing.members(at) if theirs in standing.organisations_of(p, at)]
        case Leaver.ROLE:
            role = standing.roles[who.Role(departure.which)]
            return supposing(standing, *(_steps_down(person, role.role, at) for person in role.people(at)))
        case _:
            assert_never(departure.kind)
    return supposing(standing, *(_removed(person, at) for person in people))


def _removed(person: who.Person, at: datetime) -> acts.Remove:
    nobody = who.Organisation("")  # a supposed act is said by nobody, and judged by nobody
    return acts.Remove(
        team=who.Team(""), by=person, for_organisation=nobody, at=at, person=person, because=acts.NOTHING_SAID
    )


def _steps_down(person: who.Person, role: who.Role, at: datetime) -> acts.StepDown:
    nobody = who.Organisation("")
    return acts.StepDown(team=who.Team(""), by=person, for_organisation=nobody, at=at, role=role, person=person)


def carried(standing: Standing, at: datetime) -> Iterator[Line]:
    """Everything that somebody has to answer for, with everyone present who could at that moment."""
    for role in standing.roles.values():
        people = standing.present_in(role.role, at)
        yield Line(Sort.ROLE, role.role, people, role=role.role, organisation=role.organisation)
    for held in standing.open_responsibilities():
        if held.state != "declined":  # nobody has it in hand, whoever stays; the board says so
            people = standing.could_carry(held.role, held.deputy_role, at)
            yield Line(Sort.RESPONSIBILITY, held.responsibility, people, held.what, held.role, held.deputy_role)
    for proposal in standing.proposals.values():
        closed = proposal.closed
        if closed is not None and closed.is_live and closed.review_by is not None:
            people = standing.present_in(closed.review_by, at)
            yield Line(Sort.REVIEW, proposal.proposal, people, proposal.terms.question, closed.review_by)
    for objection in standing.objections.values():
        if objection.is_open and standing.proposals[objection.proposal].is_open:
            people = standing.present_in(objection.role, at)
            yield Line(Sort.OBJECTION, objection.objection, people, objection.because, objection.role)
    for condition in standing.conditions.values():
        about = standing.proposals[condition.proposal].closed
        if condition.is_open and (about is None or about.is_live):
            people = standing.present_in(condition.fulfilled_by, at)
            yield Line(Sort.CONDITION, condition.condition, people, condition.because, condition.fulfilled_by)
    yield from _organisations(standing, at)


def _organisations(standing: Standing, at: datetime) -> Iterator[Line]:
    """Each organisation that has a role here, or that an open proposal affects, and who present could speak for it."""
    waiting = [proposal for proposal in standing.proposals.values() if proposal.is_open]
    having_roles = (role.organisation for role in standing.roles.values())
    affected = (organisation for proposal in waiting for organisation in proposal.terms.affected)
    for organisation in dict.fromkeys([*having_roles, *affected]):
        yield Line(
            Sort.ORGANISATION,
            organisation,
            tuple(p for p in standing.who_could_speak_for(organisation, at) if standing.is_present(p, at)),
            organisation=organisation,
            proposals=tuple(p.proposal for p in waiting if organisation in p.not_yet_heard()),
        )


def _unknown(standing: Standing, gone: Standing, at: datetime, known: Known) -> Iterator[who.Patient]:
    """Patients of the team's groups whom only those gone have dealt with, and nobody else is asked to look after."""
    here, staying = frozenset(standing.members(at)), frozenset(gone.members(at))
    introduced = {
        held.patient
        for held in gone.open_responsibilities()
        if held.patient is not None and held.state == "taken-on" and gone.could_carry(held.role, held.deputy_role, at)
    }
    for patient in sorted({patient for group in standing.groups.values() for patient in group.patients}):
        dealt = known.get(patient, frozenset()) & here
        if dealt and not dealt & staying and patient not in introduced:
            yield patient


# ---- everybody at once -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a role: as its holder or a deputy, present or away."""

    as_deputy: bool
    is_away: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """A role and everyone in it; `present` is how many of them could answer for it now."""

    role: who.Role
    organisation: who.Organisation
    places: Mapping[who.Person, Place]
    present: int


def coverage(standing: Standing, at: datetime) -> tuple[Covered, ...]:
    """Each role with everyone in it, organisation by organisation."""
    organisations = list(dict.fromkeys(role.organisation for role in standing.roles.values()))
    return tuple(
        Covered(
            role.role,
            role.organisation,
            {
                person: Place(as_deputy=role.holder(at) != person, is_away=standing.is_away(person, at))
                for person in standing.people_in(role.role, at)
            },
            len(standing.present_in(role.role, at)),
        )
        for role in sorted(standing.roles.values(), key=lambda role: organisations.index(role.organisation))
    )


def hanging_on(standing: Standing, at: datetime) -> dict[who.Person, tuple[Line, ...]]:
    """For each member, what nobody else present could answer for: what depends on one person. No order is meant."""
    alone = [line for line in carried(standing, at) if len(line.people) == 1]
    return {person: tuple(line for line in alone if line.people == (person,)) for person in standing.members(at)}


def left_by_each(standing: Standing, kind: Leaver, at: datetime) -> dict[str, Drill]:
    """The drill of every role, or of every organisation with members here."""
    which: tuple[str, ...] = tuple(standing.roles) if kind is Leaver.ROLE else standing.organisations(at)
    before = {line.key: line for line in carried(standing, at)}
    return {each: _drill(standing, Departure(kind, each), at, {}, before) for each in which}
