"""How deprived the place is that each patient lives in, in fifths: for counting, and for nothing else."""

from collections.abc import Iterable

from manyhands import who
from manyhands.exchange.records.opening import NoRecords, opened
from manyhands.exchange.records.patients import records_of


def fifths_of(patients: Iterable[who.Patient]) -> dict[who.Patient, int]:
    """1, the most deprived, to 5, of those patients of whom the records know it; of nobody where there are none."""
    wanted = list(patients)
    if not wanted:
        return {}
    try:
        store = opened()
    except NoRecords:
        return {}
    whose = records_of(wanted, store)
    rows = store.patients(list(whose))
    known = {row.patient: row.deprivation_decile for row in rows if row.deprivation_decile}
    return {patient: (decile + 1) // 2 for key, decile in known.items() for patient in whose[key]}
