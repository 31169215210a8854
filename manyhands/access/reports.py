"""
What the log of reads tells: who has been shown one patient, what one person has been shown, and what is out of
pattern. Each report is itself written down before it is given.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from manyhands import who
from manyhands.access.bases import Action, Basis, Ground
from manyhands.access.models import Sight
from manyhands.access.reads import Shown, note
from manyhands.people.models import Patient, Person
from manyhands.people.second_wall import opened_for
from manyhands.rules.days import HERE
from manyhands.rules.standing import Standing

OF_NO_TEAM = who.Team("-")
"""The chain of those sights in the log of reads that are of no team: a privacy officer's, of the log itself."""

LATELY = timedelta(days=28)
"""How far back the reports about people who work here go."""

MANY_UNKNOWN, MANY_REFUSED, MANY_AT_NIGHT = 10, 5, 5
NIGHT = time(22), time(6)


@dataclass(frozen=True, slots=True)
class Opened:
    """One page on which somebody was shown patients: the rows of one request in the log of reads."""

    at: datetime
    team: who.Team
    person: who.Person
    role: who.Role
    organisation: who.Organisation
    page: str
    actions: tuple[Action, ...]
    basis: Basis | None
    number: int
    shown: int


def of_patient(patient: who.Patient) -> list[Opened]:
    """Every page, in any team, on which somebody was shown this patient or was refused, the latest first. One query."""
    return _opened(Sight.objects.filter(patient=patient).order_by("-at", "team", "-number"))


def of_person(person: who.Person, since: datetime) -> list[Opened]:
    """Every page on which somebody was shown any patient since a moment, the latest first. One query."""
    return _opened(Sight.objects.filter(person=person, at__gte=since).order_by("-at", "team", "-number"))


def _opened(sights: Iterable[Sight]) -> list[Opened]:
    together: dict[tuple[str, str], list[Sight]] = defaultdict(list)
    for sight in sights:
        together[sight.team, sight.request].append(sight)
    return [_page(rows) for rows in together.values()]


def _page(rows: list[Sight]) -> Opened:
    first = rows[-1]
    return Opened(
        at=first.at,
        team=who.Team(first.team),
        person=who.Person(first.person),
        role=who.Role(first.role),
        organisation=who.Organisation(first.organisation),
        page=first.page,
        actions=tuple(dict.fromkeys(Action(each.action) for each in reversed(rows))),
        basis=Basis(first.basis) if first.basis else None,
        number=first.number,
        shown=first.count,
    )


def note_reading(officer: who.Person, of: who.Person | None, at: datetime) -> None:
    """Write down that a privacy officer looks at what somebody was shown, or with nobody named at what is unusual."""
    ground = Ground(Basis.PRIVACY_OFFICER, None, who.Organisation(""))
    page = f"reads of {of}" if of else "out of pattern"
    note(officer, OF_NO_TEAM, page[:64], [Shown(Action.READ_THE_READS, ground)], at)


@dataclass(frozen=True, slots=True)
class OutOfPattern:
    """Something about what one person was shown that a privacy officer would want to ask about."""

    person: who.Person
    what: str
    says: str
    times: int
    last_at: datetime


def out_of_pattern(standings: dict[who.Team, Standing], since: datetime) -> list[OutOfPattern]:
    """
    What is unusual in what people opened since a moment, the latest first. Three queries, however many people.

    Opened: the page about one patient, not a list with them on it. Four things are looked for: many patients for whom
    no role of theirs in the team ever had anything in hand; a patient with their own family name, or a colleague's in
    the team; many pages that were refused; and pages opened between ten at night and six in the morning.
    """
    opened = list(
        Sight.objects.filter(at__gte=since, action=Action.READ)
        .order_by("at")
        .values_list("person", "team", "patient", "basis", "at")
    )
    called = {key: _family_name(name) for key, name in Person.objects.values_list("id", "name")}
    whom = {each[2] for each in opened}
    with opened_for(whom):
        family = dict(Patient.objects.filter(id__in=whom).values_list("id", "family_name"))
    found: list[OutOfPattern] = []
    by_person: dict[str, list[tuple[str, str, str, datetime]]] = defaultdict(list)
    for person, team, patient, basis, at in opened:
        by_person[person].append((team, patient, basis, at))
    for key, theirs in by_person.items():
        person = who.Person(key)
        found += _unknown(person, theirs, standings)
        found += _of_the_same_name(person, theirs, standings, called, family)
        found += _refused(person, theirs)
        found += _at_night(person, theirs)
    return sorted(found, key=lambda each: (each.last_at, each.person, each.what), reverse=True)


Theirs = list[tuple[str, str, str, datetime]]


def _unknown(person: who.Person, theirs: Theirs, standings: dict[who.Team, Standing]) -> Iterator[OutOfPattern]:
    worked = {
        (team, str(each.patient))
        for team, standing in standings.items()
        for each in standing.responsibilities.values()
        if each.patient and _had_it(person, each.role, standing)
    }
    opened = {(team, patient): at for team, patient, basis, at in theirs if basis and basis != Basis.BREAK_GLASS}
    strange = {which: at for which, at in opened.items() if which not in worked}
    if len(strange) >= MANY_UNKNOWN and 2 * len(strange) > len(opened):
        says = "opened the pages of many patients for whom they never had anything in hand"
        yield OutOfPattern(person, "never-worked-on", says, len(strange), max(strange.values()))


def _had_it(person: who.Person, role: who.Role, standing: Standing) -> bool:
    there = standing.roles.get(role)
    return there is not None and any(each.person == person for each in there.holdings)


def _of_the_same_name(
    person: who.Person,
    theirs: Theirs,
    standings: dict[who.Team, Standing],
    called: dict[str, str],
    family: dict[str, str],
) -> Iterator[OutOfPattern]:
    own: dict[str, list[datetime]] = defaultdict(list)
    for team, patient, _, at in theirs:
        name = family.get(patient, "").casefold()
        standing = standings.get(who.Team(team))
        colleagues = {called.get(each, "") for each in standing.memberships} if standing else set()
        if name and name == called.get(person):
            own["has their own family name"].append(at)
        elif name and name in colleagues:
            own["has the family name of a colleague in the team"].append(at)
    for says, times in own.items():
        yield OutOfPattern(person, "same-name", f"opened the page of a patient who {says}", len(times), max(times))


def _refused(person: who.Person, theirs: Theirs) -> Iterator[OutOfPattern]:
    times = [at for _, _, basis, at in theirs if not basis]
    if len(times) >= MANY_REFUSED:
        yield OutOfPattern(person, "refused", "asked for pages that they had no basis to see", len(times), max(times))


def _at_night(person: who.Person, theirs: Theirs) -> Iterator[OutOfPattern]:
    times = [at for *_, at in theirs if not NIGHT[1] <= at.astimezone(HERE).time() < NIGHT[0]]
    if len(times) >= MANY_AT_NIGHT:
        yield OutOfPattern(person, "at-night", "opened pages between ten at night and six", len(times), max(times))


def _family_name(name: str) -> str:
    return name.split()[-1].casefold() if name.split() else ""
