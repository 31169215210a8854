"""
Who in the team knows a person: has dealt with them in the last year of the records, or answers for something of theirs.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from manyhands import who
from manyhands.exchange.records import NoRecords, dealings, last_day, store_digest
from manyhands.rules.standing import Standing

LATELY = timedelta(days=365)


def who_knows(
    patients: Iterable[who.Patient], standing: Standing, at: datetime
) -> dict[who.Patient, frozenset[who.Person]] | None:
    """For each person, those of the team who know them. None where no records are loaded: then nobody can say."""
    patients = tuple(patients)
    try:
        until = last_day() if patients else None
        if until is None:
            return None
        minute = at.replace(second=0, microsecond=0)
        known = dict(_dealt_with(store_digest(), minute, patients, until))
    except NoRecords:
        return None
    for held in standing.open_responsibilities():
        if held.patient in known:
            known[held.patient] |= frozenset(standing.could_carry(held.role, held.deputy_role, at))
    return {
        patient: frozenset(person for person in people if standing.is_member(person, at))
        for patient, people in known.items()
    }


@lru_cache(maxsize=64)
def _dealt_with(
    records: str, minute: datetime, patients: tuple[who.Patient, ...], until: date
) -> tuple[tuple[who.Patient, frozenset[who.Person]], ...]:
    """
    Asked of the records once a minute, and not at each change in a meeting: some 50 ms, however few the people are.
    """
    found = dealings(patients, until - LATELY, until + timedelta(days=1))
    return tuple(
        (patient, frozenset(each.person for each in found if each.patient == patient and each.person))
        for patient in patients
    )
