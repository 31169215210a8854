"""
Patients of the workspace and their keys in the records.

A patient gets an identifier, at random, when they are put in a group, and not before: what a search finds stays in
the records. The names kept here are for `manyhands.access` to give out; they follow the records at every load.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from joinedup.records.rows_out import PatientRecord
from joinedup.records.store import Store
from manyhands import who
from manyhands.access.models import Registration
from manyhands.exchange.records.opening import opened
from manyhands.exchange.records.reaching import keys_of
from manyhands.people.models import Patient
from manyhands.people.second_wall import opened_for, opened_for_the_site

FOLLOWS = (
    "nhs_number",
    "nhs_number_state",
    "family_name",
    "given_names",
    "born_on",
    "died_on",
    "gender",
    "communication",
)
"""What is taken from the records. What matters to somebody is said by people, and stays."""


def known_already(records: Collection[str]) -> dict[str, who.Patient]:
    """For those of these keys in the records that are somebody's in the workspace: whose. One query."""
    with opened_for_the_site():
        rows = list(Patient.objects.filter(record__in=records).values_list("record", "id"))
    return {record: who.Patient(id) for record, id in rows}


def put_on_file(records: Collection[str]) -> dict[str, who.Patient]:
    """A patient for each of these keys: the one there is, else a new one with the names in the records."""
    known = known_already(records)
    wanted = [key for key in records if key not in known]
    if wanted:
        found = opened().patients(wanted)
        rows = [Patient(id=secrets.token_urlsafe(12), record=r.patient, **_fields(r)) for r in found]
        with opened_for_the_site():
            Patient.objects.bulk_create(rows, ignore_conflicts=True)  # somebody else may be putting the same person in
        known |= known_already(wanted)
        _register({known[r.patient]: r for r in found})
    return known


def _register(whose: Mapping[who.Patient, PatientRecord]) -> None:
    """Keep with which practice each of these is registered, and in which postcode district they live."""
    Registration.objects.bulk_create(
        (
            Registration(
                patient=patient,
                practice=(record.general_practice or "")[:200],
                district=(record.postcode or "").split(" ")[0][:8] if " " in (record.postcode or "") else "",
            )
            for patient, record in whose.items()
        ),
        update_conflicts=True,
        unique_fields=["patient"],
        update_fields=["practice", "district"],
    )


_MATCH = """
SELECT p.patient, EXISTS (
    SELECT 1 FROM counting_contacts c
    WHERE c.patient = p.patient AND list_contains(CAST($ours AS VARCHAR[]), c.organisation)
) AS within
FROM patients p WHERE nhs_number = $nhs_number AND nhs_number_state = 'valid' AND born_on = $born_on
"""


def match(nhs_number: str, born_on: date, reach: Collection[who.Organisation]) -> str | None:
    """
    The key of the one person with this NHS number and this date of birth; both have to fit, and one of the
    organisations in `reach` (`manyhands.access.reach`) has to have seen them, at any time. Raises NoRecords.
    """
    store = opened()
    ours = list(keys_of(reach, store))
    found = store.query(_MATCH, nhs_number=nhs_number, born_on=born_on, ours=ours).to_pylist()
    return found[0]["patient"] if len(found) == 1 and found[0]["within"] else None


def match_anybody(nhs_number: str, born_on: date) -> str | None:
    """The key of the one person with this NHS number and date of birth, whoever has seen them: for an emergency."""
    found = opened().query(_MATCH, nhs_number=nhs_number, born_on=born_on, ours=[]).to_pylist()
    return found[0]["patient"] if len(found) == 1 else None


def bring_up_to_date(store: Store | None = None) -> int:
    """Let the names kept follow the records. Gives how many patients had changed."""
    asked = store or opened()
    with opened_for_the_site():
        rows = list(Patient.objects.all())
    keys = asked.known_as(row.record for row in rows)
    records = {each.patient: each for each in asked.patients(list(keys.values()))}
    changed = []
    for row in rows:
        record = records.get(keys[row.record])
        fields = _fields(record) if record else {}
        if not fields.get("communication"):  # a need that people wrote down is not lost because no record has it
            fields.pop("communication", None)
        if any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            changed.append(row)
    _register({who.Patient(row.id): records[key] for row in rows if (key := keys[row.record]) in records})
    if changed:
        with transaction.atomic(), opened_for_the_site():
            Patient.objects.bulk_update(changed, FOLLOWS, batch_size=50)
    return len(changed)


def records_of(patients: Iterable[who.Patient], store: Store) -> dict[str, list[who.Patient]]:
    """
    Whose each key in the records is, for these patients. Two patients may turn out to be one person when a later
    load shows it; both then answer to the key.
    """
    _follow(store)
    whom = list(patients)
    with opened_for(whom):
        rows = dict(Patient.objects.filter(id__in=whom).values_list("id", "record"))
    keys = store.known_as(rows.values())
    whose = defaultdict(list)
    for id, record in rows.items():
        whose[keys[record]].append(who.Patient(id))
    return dict(whose)


_followed: set[tuple[Path, str]] = set()


def _follow(store: Store) -> None:
    """Bring the names up to date once for each load, when it is first asked about."""
    if (store.path, store.digest) not in _followed:
        bring_up_to_date(store)
        _followed.add((store.path, store.digest))


def _fields(record: PatientRecord) -> dict[str, Any]:
    return {
        "nhs_number": (record.nhs_number or "")[:10],
        "nhs_number_state": record.nhs_number_state,
        "family_name": (record.family_name or "")[:140],
        "given_names": (record.given_names or "")[:140],
        "born_on": record.born_on,
        "died_on": _day(record.died_at),
        "gender": (record.gender or "")[:32],
        "communication": _communication(record)[:300],
    }


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None


def _communication(record: PatientRecord) -> str:
    """What somebody who writes or talks to the person has to know."""
    parts = [record.communication_need or ""]
    if record.language and record.language.lower() not in ("en", "en-gb", "english"):
        parts.append(f"Speaks {record.language}")
    return ". ".join(part for part in parts if part)
