"""
What every measure is asked with: at which level, over which window, and by which engine.

A window is given by the day it ends with (as at; by default the day of the last contact) and how many months it reaches
back. Contacts without a time lie in no window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.engines.embedded import Embedded
from joinedup.engines.tongue import LEVELS, Engine, moment
from joinedup.period import Period
from joinedup.records.store import Store

Level = Literal["practitioner", "team", "organisation", "sector", "profession"]
assert get_args(Level) == LEVELS

Whole = NDArray[np.int32]


class NotInTheseRecords(ValueError):
    """Something asked for by name that the records have not; says what they have."""


@dataclass(frozen=True)
class Window:
    """The days looked at, and the day they end with."""

    period: Period
    as_at: date

    @classmethod
    def of(cls, store: Store, within_months: int | None = None, as_at: date | None = None) -> Window:
        """The months up to and including `as_at`, which is the day of the last contact where it is not given."""
        as_at = as_at or store.last_contact_on() or date.max
        return cls(Period.back_from(as_at, within_months), as_at)

    @classmethod
    def on_a_day(cls, store: Store, within_months: int | None = None, as_at: date | None = None) -> Window:
        """
        The same, of what is asked about people on a day, which no record need be on.

        Raises NotInTheseRecords where no day is given and no contact has one.
        """
        if as_at is None and store.last_contact_on() is None:
            raise NotInTheseRecords(f"{store.path} holds no contact with a date. Say which day to look at (as at).")
        return cls.of(store, within_months, as_at)

    def values(self) -> dict[str, object]:
        """The values :since and :until of a SQL file."""
        return {"since": moment(self.period.since), "until": moment(self.period.until)}


def engine_for(store: Store, engine: Engine | None) -> Engine:
    """The engine that was given, else DuckDB."""
    return engine or Embedded(store)


def visits(
    store: Store, window: Window, *columns: str, engine: Engine | None = None, who_met_whom: bool = False
) -> pa.Table:
    """
    Visits in the window, in order: the columns asked for, of patient, ordinal, started_at and the levels; as int32 with
    -1 where missing, `started_at` as int64 microseconds UTC. Never more than the columns need: 4 bytes a row and level.

    `who_met_whom`: neither order nor number of contacts matters, so that another engine than DuckDB may give each
    combination once, in order of patient, and far fewer rows come to the machine that asks.
    """
    if engine is None or engine.name == "duckdb":
        return pa.Table.from_batches(list(visits_in_batches(store, window, *columns)), _schema(columns))
    found = engine.run(_by_another_engine(columns, who_met_whom), **window.values())
    return found.select(columns).cast(_schema(columns))


def _by_another_engine(columns: Sequence[str], once: bool) -> str:
    """The same in the common tongue: moments stay moments, which Arrow holds as microseconds."""
    listed = ", ".join(each if each == "started_at" else _as_numbers(each) for each in columns)
    inside = "FROM visits WHERE started_at >= :since AND started_at < :until"
    if once:
        return f"SELECT DISTINCT {listed} {inside} ORDER BY patient"
    return f"SELECT {listed} {inside} ORDER BY visits.ordinal"


def visits_in_batches(store: Store, window: Window, *columns: str) -> Iterator[pa.RecordBatch]:
    """The same, a batch at a time, so that memory does not grow with the records."""
    listed = ", ".join(_as_numbers(column) for column in columns)
    sql = f"SELECT {listed} FROM visits WHERE started_at >= $since AND started_at < $until"
    # The file lies in order, and a store has rows come as they lie; only a join with some people may mix them.
    yield from store.batches(sql if store.people is None else f"{sql} ORDER BY ordinal", **window.values())


def _as_numbers(column: str) -> str:
    if column == "started_at":
        return "epoch_us(started_at) AS started_at"
    if column in ("ordinal", "patient"):
        return column
    if column not in (*LEVELS, "activity"):
        raise ValueError(f"visits have no column {column}")
    return f"coalesce({column}, CAST(-1 AS INTEGER)) AS {column}"


def _schema(columns: tuple[str, ...]) -> pa.Schema:
    return pa.schema(
        [(name, pa.int64() if name in ("ordinal", "started_at") else pa.int32()) for name in columns],
    )


def whole_people(batches: Iterator[pa.RecordBatch]) -> Iterator[dict[str, Whole]]:
    """
    The same rows in stretches that never part one person's: a dict of column name to numpy array each. The first column
    has to be `patient`, in order.
    """
    kept: dict[str, list[Whole]] = {}
    for batch in batches:
        columns = {name: batch.column(name).to_numpy(zero_copy_only=False) for name in batch.schema.names}
        patient = columns["patient"]
        if not len(patient):
            continue
        first = int(np.searchsorted(patient, patient[0], side="right"))
        last = int(np.searchsorted(patient, patient[-1]))
        if not last:
            for name, values in columns.items():
                kept.setdefault(name, []).append(values)
            continue
        yield {name: np.concatenate([*kept.get(name, []), values[:first]]) for name, values in columns.items()}
        if first < last:
            yield {name: values[first:last] for name, values in columns.items()}  # not copied
        kept = {name: [values[last:]] for name, values in columns.items()}
    if kept:
        yield {name: np.concatenate(values) for name, values in kept.items()}


def how_many(store: Store, level: str) -> int:
    """How many there are at a level."""
    found = store.query("SELECT count(*) AS n FROM numbers WHERE level = $level", level=level)
    return int(found["n"][0].as_py())


def patient_keys(store: Store, numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """The keys of people, for their numbers."""
    known = store.query("SELECT number, patient FROM patients ORDER BY number")
    everybody = known.num_rows and known["number"][-1].as_py() == known.num_rows - 1
    return known["patient"].take(numbers if everybody else pc.index_in(numbers, known["number"].combine_chunks()))


def numbers_of(store: Store, level: Level, wanted: Sequence[str]) -> pa.Array:
    """
    The numbers of those at a level with these names or keys, capitals or not: int32.

    Raises NotInTheseRecords for one that is not there, naming those that are.
    """
    there = store.query(
        "SELECT number, key, coalesce(name, key) AS name FROM numbers WHERE level = $level", level=level
    )
    known: dict[str, int] = {}
    for row in there.to_pylist():
        known |= {row["key"].casefold(): row["number"], row["name"].casefold(): row["number"]}
    for each in wanted:
        if each.casefold() not in known:
            said = ", ".join(sorted(there["name"].to_pylist())) or "none"
            raise NotInTheseRecords(f"There is no {level} called “{each}” in these records. There are: {said}.")
    return pa.array([known[each.casefold()] for each in wanted], pa.int32())


def named(store: Store, level: Level, table: pa.Table, column: str) -> pa.Table:
    """The same table with `<column>_key` and `<column>_name` added after the column of numbers at this level."""
    names = store.query("SELECT key, name FROM numbers WHERE level = $level ORDER BY number", level=level)
    where = table.schema.get_field_index(column)
    taken = names.take(table[column].cast(pa.int64()))
    table = table.add_column(where + 1, f"{column}_key", taken["key"])
    return table.add_column(where + 2, f"{column}_name", taken["name"])
