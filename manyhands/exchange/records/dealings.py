"""
Who has dealt with whom, as far as the records know, and how the people of a group are getting on.

Each question is one query of the records and one or two of the directory, however many patients it is about. Contacts
that were planned or cancelled do not count, and a part of a contact is not counted beside the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from manyhands import who
from manyhands.exchange.records.opening import opened
from manyhands.exchange.records.patients import records_of
from manyhands.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Dealing:
    """
    A patient's contacts with one professional at one organisation. `practitioner` and `organisation` are keys in the
    records, with what they are called; `person` is who the professional is in the workspace, if anybody.
    """

    patient: who.Patient
    person: who.Person | None
    practitioner: str
    practitioner_name: str
    profession: str
    organisation: str
    organisation_name: str
    contacts: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class GettingOn:
    """A patient's contacts in a while: how many, with how many organisations, and the last one ever."""

    organisations: int = 0
    contacts: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeenBy:
    """An organisation that some of these patients have seen: how many of them, and in how many contacts."""

    name: str
    organisation: who.Organisation | None
    patients: int
    contacts: int


def dealings(patients: Iterable[who.Patient], since: date | datetime, until: date | datetime) -> list[Dealing]:
    """
    Who has dealt with each of these patients, from `since` up to `until`. Whoever in the workspace has no key in
    the records (`Person.record`) is not among them. Raises NoRecords.
    """
    store = opened()
    whose = records_of(patients, store)
    if not whose:
        return []
    keys = dict(Person.objects.exclude(record="").values_list("record", "id"))
    people = {now: who.Person(keys[key]) for key, now in store.known_as(keys).items()}
    practitioners = {each.practitioner: each for each in store.practitioners()}
    organisations = {each.organisation: each.name for each in store.organisations()}
    return [
        Dealing(
            patient=patient,
            person=people.get(row.practitioner),
            practitioner=row.practitioner,
            practitioner_name=_called(practitioners.get(row.practitioner), "somebody whose name is not recorded"),
            profession=getattr(practitioners.get(row.practitioner), "profession", None) or "",
            organisation=row.organisation or "",
            organisation_name=organisations.get(row.organisation or "") or "an organisation not recorded",
            contacts=row.contacts,
            last_at=row.last_at,
        )
        for row in store.known_by(list(whose), None, since, until)
        for patient in whose[row.patient]
    ]


def _called(record: object, otherwise: str) -> str:
    return getattr(record, "name", None) or otherwise


_GETTING_ON = """
SELECT patient, max(started_at) AS last_at,
       count(*) FILTER (started_at >= CAST($since AS TIMESTAMPTZ)) AS contacts,
       count(DISTINCT organisation) FILTER (started_at >= CAST($since AS TIMESTAMPTZ)) AS organisations
FROM counting_contacts
WHERE list_contains(CAST($keys AS VARCHAR[]), patient) AND started_at < CAST($until AS TIMESTAMPTZ)
GROUP BY patient
"""

_SEEN_BY = """
SELECT c.organisation, any_value(o.name) AS name, count(DISTINCT patient) AS patients, count(*) AS contacts
FROM counting_contacts c LEFT JOIN organisations o ON c.organisation = o.organisation
WHERE list_contains(CAST($keys AS VARCHAR[]), patient) AND c.organisation IS NOT NULL
  AND started_at >= CAST($since AS TIMESTAMPTZ) AND started_at < CAST($until AS TIMESTAMPTZ)
GROUP BY c.organisation ORDER BY patients DESC, contacts DESC, name
"""


def getting_on(patients: Iterable[who.Patient], since: date, until: date) -> dict[who.Patient, GettingOn]:
    """How much care each patient had from `since` up to `until`, and the last contact before that. Raises NoRecords."""
    store = opened()
    whose = records_of(patients, store)
    if not whose:
        return {}
    rows = store.query(_GETTING_ON, keys=list(whose), since=since, until=until).to_pylist()
    return {
        patient: GettingOn(row["organisations"], row["contacts"], row["last_at"])
        for row in rows
        for patient in whose[row["patient"]]
    }


def seen_by(patients: Iterable[who.Patient], since: date, until: date) -> list[SeenBy]:
    """Which organisations these patients saw from `since` up to `until`, those that saw most of them first."""
    store = opened()
    whose = records_of(patients, store)
    if not whose:
        return []
    on_file = Organisation.objects.exclude(record="").values_list("record", "id")
    here = {key: organisation for record, organisation in on_file for key in record.splitlines()}
    known = {now: who.Organisation(here[key]) for key, now in store.known_as(here).items()}
    return [
        SeenBy(
            row["name"] or "An organisation without a name",
            known.get(row["organisation"]),
            row["patients"],
            row["contacts"],
        )
        for row in store.query(_SEEN_BY, keys=list(whose), since=since, until=until).to_pylist()
    ]


def last_day() -> date | None:
    """The day of the last contact in the records: what "lately" is counted back from. Raises NoRecords."""
    return opened().last_contact_on()
