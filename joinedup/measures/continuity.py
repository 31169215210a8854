"""
Continuity of care of everybody, by several measures at once: COC, UPC, SECON, MMCI and hand-offs.

Over the contacts that count (records/visits.py) in a window, with whoever they were with at a level. A contact with
nobody at that level is dropped before counting. People with fewer contacts than the minimum are left out, and counted
as left out. Each formula is in the file of its measure; `continuity.sql` says the same in SQL for any engine, and
`kernels/continuity.py` in one pass over sorted visits, which is what DuckDB is given.

Shape     one row for each person: patient, contacts, providers (number of different ones), coc, upc, secon, mmci
          (none), hand_offs (number), usual (key of the provider seen most; ties: the first in the alphabet)
Order     time as an instant, ties by the order in which the records were read
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement
from joinedup.kernels.continuity import walk
from joinedup.measures import coc, hand_offs, mmci, secon, upc
from joinedup.measures.asking import Level, Whole, Window, how_many, patient_keys, visits_in_batches, whole_people
from joinedup.period import Period
from joinedup.records.store import Store

MEASURES = ("coc", "upc", "secon", "mmci")


@dataclass(frozen=True)
class Measured:
    """Everybody's measures, and what must be said with them."""

    table: pa.Table
    by: Level
    minimum: int
    period: Period
    as_at: date
    left_out: int
    """People with contacts, but fewer than the minimum."""

    @property
    def pairs(self) -> int:
        """Pairs of a contact and the next, over everybody."""
        contacts = int(pc.sum(self.table["contacts"]).as_py() or 0)
        return contacts - int(self.table.num_rows)

    @property
    def hand_offs(self) -> int:
        return int(pc.sum(self.table["hand_offs"]).as_py() or 0)

    def mean(self, measure: str) -> float | None:
        """Mean over people; None when nobody has the measure."""
        found = pc.mean(self.table[measure]).as_py()
        return None if found is None else float(found)

    def median(self, measure: str) -> float | None:
        values = self.table[measure].drop_null().to_pylist()
        return median(values) if values else None


def measure(
    store: Store,
    by: Level = "organisation",
    within_months: int | None = None,
    as_at: date | None = None,
    minimum: int = 2,
    engine: Engine | None = None,
) -> Measured:
    """
    Continuity of everybody in a store, in the months up to and including `as_at` (the last contact, when not given).
    """
    window = Window.of(store, within_months, as_at)
    table = everybody(store, by, window, engine)
    enough = table.filter(pc.greater_equal(table["contacts"], minimum))
    left_out = table.num_rows - enough.num_rows
    providers = store.query("SELECT key FROM numbers WHERE level = $by ORDER BY number", by=by)["key"]
    enough = enough.set_column(0, "patient", patient_keys(store, enough["patient"]))
    enough = enough.set_column(enough.num_columns - 1, "usual", providers.take(enough["usual"]))
    return Measured(enough, by, minimum, window.period, window.as_at, left_out)


def everybody(store: Store, by: Level, window: Window, engine: Engine | None = None) -> pa.Table:
    """The same before keys are put in: `patient` and `usual` are numbers. One row for each person with a contact."""
    if engine is not None and engine.name != "duckdb":
        return engine.run(statement("continuity", by=by), **window.values())
    providers = how_many(store, by)
    stretches = whole_people(visits_in_batches(store, window, "patient", by))
    return pa.concat_tables([EMPTY, *(over(rows["patient"], rows[by], providers) for rows in stretches)])


def over(patient: Whole, provider: Whole, providers: int) -> pa.Table:
    """Everybody's measures from visits in order: the same columns. Missing providers are below 0."""
    people = int(np.count_nonzero(np.diff(patient))) + 1 if len(patient) else 0
    who, contacts, different, squares, most, stays, usual = walk(patient, provider, providers, people)
    alone = contacts < 2
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {
            "coc": (squares - contacts) / (contacts * (contacts - 1)),
            "upc": most / contacts,
            "secon": stays / (contacts - 1),
            "mmci": (1 - different / (contacts + 0.1)) / (1 - 1 / (contacts + 0.1)),
        }
    missing = {name: None if name == "upc" else alone for name in columns}
    arrays = [
        pa.array(who),
        pa.array(contacts),
        pa.array(different),
        *(pa.array(values, mask=missing[name]) for name, values in columns.items()),
        pa.array(contacts - 1 - stays),
        pa.array(usual),
    ]
    return pa.Table.from_arrays(arrays, schema=EMPTY.schema)


EMPTY = pa.schema(
    [
        ("patient", pa.int32()),
        ("contacts", pa.int64()),
        ("providers", pa.int64()),
        *((name, pa.float64()) for name in MEASURES),
        ("hand_offs", pa.int64()),
        ("usual", pa.int32()),
    ]
).empty_table()


def plainly(providers: Sequence[str | None]) -> dict[str, float | int | None]:
    """
    One person's providers in order, a contact each, to all measures: the judge of the query.

    >>> found = plainly(["A", None, "A", "B"])
    >>> found["contacts"], round(found["coc"], 4)
    (3, 0.3333)
    """
    seen = [provider for provider in providers if provider]
    return {
        "contacts": len(seen),
        "providers": len(set(seen)),
        "coc": coc.plainly(seen),
        "upc": upc.plainly(seen),
        "secon": secon.plainly(seen),
        "mmci": mmci.plainly(seen),
        "hand_offs": hand_offs.plainly(seen),
    }
