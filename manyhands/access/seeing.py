"""
The only way to a patient's name: whoever asks is given those they have a basis for, and each sight is written down
before anything is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from manyhands import who
from manyhands.access.bases import Action, Decision, Ground, Level
from manyhands.access.circumstances import NOTHING_BESIDES
from manyhands.access.deciding import decide
from manyhands.access.kept import known_of
from manyhands.access.models import Registration
from manyhands.access.reads import Shown, note
from manyhands.access.searching import Search
from manyhands.people.models import Patient
from manyhands.people.naming import Names, names_in
from manyhands.people.second_wall import opened_for
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing

LONGEST = 64
"""Characters in a patient's identifier, at most."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A patient, as somebody with a basis sees them. `because` is that basis, or are those bases, in words."""

    patient: who.Patient
    name: str
    family_name: str
    given_names: str
    born_on: date | None
    died_on: date | None
    gender: str
    nhs_number: str
    nhs_number_state: str
    communication: str
    what_matters: str
    because: tuple[str, ...]
    level: Level = Level.CONTRIBUTOR
    leads: bool = False

    @property
    def sees_everything(self) -> bool:
        """Whether what has happened to them is shown too, and not only who they are and what is in hand."""
        return self.level >= Level.CONTRIBUTOR


@dataclass(frozen=True, slots=True)
class Glimpsed:
    """What somebody sees of a patient about whom they are asked, before they accept: nothing that says who it is."""

    age_band: str
    district: str
    because: tuple[str, ...]


def see(
    person: who.Person,
    team: who.Team,
    standing: Standing,
    patients: Iterable[who.Patient],
    *,
    at: datetime,
    page: str,
    actions: tuple[Action, ...] = (Action.LIST,),
    names: Names | None = None,
) -> dict[who.Patient, Seen]:
    """
    Those of the patients whom the person has a basis to see, in the order given, each sight written down. The number
    of queries is the same for one as for a thousand; give the page's `names` to save four. Opening one person's
    page (`Action.READ`) is written down when it is refused, too.
    """
    asked = [patient for patient in dict.fromkeys(patients) if "\0" not in patient]  # which no database can look up
    known = known_of(asked, at) if asked else NOTHING_BESIDES
    decisions = {patient: decide(person, actions[0], patient, standing, at, circumstances=known) for patient in asked}
    allowed = [patient for patient, decision in decisions.items() if decision.allowed]
    rows = _rows(allowed) if asked else {}
    # What is refused is written down whether or not there is such a patient: it takes as long, and tells nothing.
    refused = [p for p in asked if not decisions[p].allowed and actions[0] is Action.READ and len(p) <= LONGEST]
    noted = [patient for patient in asked if patient in rows or patient in refused]
    shown = [Shown(action, _ground(decisions[patient]), patient) for patient in noted for action in actions]
    note(person, team, page, shown, at)
    called = names or names_in([team])
    return {
        patient: _as_seen(rows[patient], decisions[patient], team, called) for patient in allowed if patient in rows
    }


def glimpse(
    person: who.Person,
    team: who.Team,
    standing: Standing,
    patient: who.Patient,
    *,
    at: datetime,
    page: str,
    names: Names | None = None,
) -> Glimpsed | None:
    """
    What somebody who is asked about a patient, and has not accepted, may see of them; written down. Nothing for
    somebody who sees more: `see` is for them.
    """
    decision = decide(person, Action.GLIMPSE, patient, standing, at, circumstances=known_of([patient], at))
    if decision.level is not Level.INVITED:
        return None
    row = _rows([patient]).get(patient)
    if row is None:
        return None
    lives_in = Registration.objects.filter(patient=patient).values_list("district", flat=True).first()
    note(person, team, page, [Shown(Action.GLIMPSE, _ground(decision), patient)], at)
    called = names or names_in([team])
    because = tuple(ground.say(team, called) for ground in decision.grounds)
    return Glimpsed(age_band(row.born_on, day_of(at)), lives_in or "", because)


def note_search(person: who.Person, team: who.Team, *, at: datetime, page: str) -> None:
    """Write down that somebody looked for one person by number and date of birth, and found nobody."""
    note(person, team, page, [Shown(Action.SEARCH, None)], at)


def age_band(born_on: date | None, on: date) -> str:
    """
    The ten years of age that somebody is in, the oldest together, so that nobody is known by it.

    >>> age_band(date(1938, 3, 4), date(2026, 3, 2)), age_band(None, date(2026, 3, 2))
    ('80 to 89', 'age not known')
    >>> age_band(date(1930, 3, 4), date(2026, 3, 2)), age_band(date(2020, 3, 4), date(2026, 3, 2))
    ('90 or over', 'under 10')
    """
    if born_on is None:
        return "age not known"
    age = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    if age < 10:
        return "under 10"
    return "90 or over" if age >= 90 else f"{age // 10 * 10} to {age // 10 * 10 + 9}"


def look_over(
    person: who.Person,
    team: who.Team,
    standing: Standing,
    records: Iterable[str],
    *,
    search: Search,
    at: datetime,
    page: str,
) -> frozenset[str]:
    """Those of the people found, by their key in the records, whom the person may look over now; written down."""
    known = known_of([], at)
    decisions = {key: decide(person, Action.REVIEW, key, standing, at, search, known) for key in dict.fromkeys(records)}
    allowed = [key for key, decision in decisions.items() if decision.allowed]
    note(person, team, page, [Shown(Action.REVIEW, _ground(decisions[key]), record=key) for key in allowed], at)
    return frozenset(allowed)


def _rows(patients: list[who.Patient]) -> dict[who.Patient, Patient]:
    """Their rows, which the second wall gives for just this. Asked as often for nobody as for somebody."""
    with opened_for(patients):
        return {who.Patient(row.id): row for row in Patient.objects.filter(id__in=patients or [""])}


def _ground(decision: Decision) -> Ground | None:
    return decision.grounds[0] if decision.grounds else None


def _as_seen(row: Patient, decision: Decision, team: who.Team, called: Names) -> Seen:
    name = " ".join(part for part in (row.given_names, row.family_name) if part)
    return Seen(
        patient=who.Patient(row.id),
        name=name or "Name not recorded",
        family_name=row.family_name,
        given_names=row.given_names,
        born_on=row.born_on,
        died_on=row.died_on,
        gender=row.gender,
        nhs_number=row.nhs_number,
        nhs_number_state=row.nhs_number_state,
        communication=row.communication,
        what_matters=row.what_matters,
        because=tuple(ground.say(team, called) for ground in decision.grounds),
        level=decision.level or Level.INFORMED,
        leads=decision.leads,
    )
