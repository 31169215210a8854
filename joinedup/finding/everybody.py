"""
Everybody in a store on a day, and each measure of them: arrays in one order, worked out once however often asked for.

A value that is not computable is NaN, never 0: what was not recorded is not none. Nothing is asked of one person at a
time: a measure is one question about everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.engines.tongue import Engine
from joinedup.measures import (
    admissions,
    age,
    conditions,
    contacts_of_each,
    continuity,
    falls,
    hfrs,
    longest_wait,
    multimorbidity,
    resting_on_one,
    returns_of_each,
)
from joinedup.measures.asking import Level, Window, engine_for
from joinedup.records.store import Store

Each = NDArray[np.float64]
"""A number for everybody, in the order of `Everybody.keys`; NaN where it is not computable."""

T = TypeVar("T")


@dataclass(frozen=True)
class Values:
    """A measure of everybody; `beside`: a number to say with it, such as over how many contacts."""

    of: Each
    beside: Each | None = None


class Everybody:
    """Everybody in a store as at a day, that of the last contact by default. Raises NotInTheseRecords without one."""

    def __init__(self, store: Store, as_at: date | None = None, engine: Engine | None = None) -> None:
        self.store, self.engine = store, engine_for(store, engine)
        self.as_at = Window.on_a_day(store, None, as_at).as_at
        ages = age.age(store, self.as_at, self.engine).table
        self.keys: pa.ChunkedArray = ages["patient"]
        self.died: NDArray[np.bool_] = ages["died"].to_numpy()
        self._ages = _numbers(ages["age"])
        known = self.engine.run("SELECT patient, number FROM patients ORDER BY patient")
        self._numbers: NDArray[np.int32] = known["number"].to_numpy()
        self._known: dict[tuple[Hashable, ...], Any] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def contacts(self, within: int | None) -> Values:
        return self._once(
            ("contacts", within),
            lambda window: Values(
                self._by_number(contacts_of_each.contacts_of_each(self.store, window, self.engine), "contacts", 0.0)
            ),
            within,
        )

    def different(self, by: Level, within: int | None) -> Values:
        """How many different ones dealt with each; 0 without a contact, not computable where none says with whom."""
        return Values(self._none_without_contacts(self._continuity(by, within), "providers", within))

    def continuity(self, measure: str, by: Level, within: int | None) -> Values:
        """coc, upc, secon or mmci, beside the contacts: not computable with fewer than two."""
        table = self._continuity(by, within)
        contacts = self._by_number(table, "contacts", 0.0)
        values = self._by_number(table, measure, np.nan)
        return Values(np.where(contacts >= 2, values, np.nan), contacts)

    def hand_offs(self, by: Level, within: int | None) -> Values:
        return Values(self._none_without_contacts(self._continuity(by, within), "hand_offs", within))

    def with_the_most_seen(self, by: Level, within: int | None) -> Values:
        """Contacts with whoever each has seen most, beside all that say with whom."""
        table = self._continuity(by, within)
        most = pa.array(np.rint(table["upc"].to_numpy() * table["contacts"].to_numpy()))
        table = table.append_column("most", most)
        return Values(
            self._none_without_contacts(table, "most", within), self._none_without_contacts(table, "contacts", within)
        )

    def known_by_one_alone(self, by: Level, within: int | None) -> Values:
        """1 where one alone has dealt with somebody, 0 where several have; not computable where nobody has."""
        different = self.different(by, within).of
        return Values(np.where(different >= 1, (different == 1).astype(np.float64), np.nan))

    def returns(self, by: Level, within: int | None) -> Values:
        table = self._once(
            ("returns", by, within),
            lambda window: returns_of_each.returns_of_each(self.store, by, window, engine=self.engine),
            within,
        )
        return Values(self._none_without_contacts(table, "returns", within))

    def resting_on_one(self, within: int | None) -> Values:
        table = self._once(
            ("resting", within), lambda window: resting_on_one.resting_on_one(self.store, window, self.engine), within
        )
        return Values(
            self._none_without_contacts(table, "resting", within),
            self._none_without_contacts(table, "organisations", within),
        )

    def longest_wait(self, within: int | None) -> Values:
        """Days, beside whether it still goes on."""
        table = self._once(
            ("wait", within), lambda window: longest_wait.longest_wait(self.store, window, self.engine), within
        )
        return Values(self._by_key(table, "days"), self._by_key(table, "waiting"))

    def age(self) -> Values:
        return Values(self._ages)

    def conditions(self, resolved_too: bool = False) -> Values:
        """Not computable where the records have no conditions of anybody."""
        table = self._once(
            ("conditions", resolved_too),
            lambda window: conditions.conditions(self.store, window, self.engine, resolved_too),
        )
        known = self._once(
            ("known",), lambda _: self.engine.run("SELECT count(*) AS n FROM conditions")["n"][0].as_py()
        )
        return Values(self._by_key(table, "conditions", 0.0 if known else np.nan))

    def long_term_conditions(self) -> Values:
        table = self._once(
            ("long-term",), lambda window: multimorbidity.multimorbidity(self.store, window.as_at, self.engine).table
        )
        return Values(self._by_key(table, "conditions"))

    def frailty(self, of: hfrs.Of, within: int | None) -> Values:
        """The Hospital Frailty Risk Score; not computable without an ICD-10 code among those that count."""
        table = self._once(
            ("frailty", of, within),
            lambda window: hfrs.hfrs(self.store, within, window.as_at, self.engine, of).table,
            within,
        )
        return Values(self._by_key(table, "score"))

    def falls(self, within: int | None) -> Values:
        table = self._once(
            ("falls", within), lambda window: falls.falls(self.store, within, window.as_at, self.engine).table, within
        )
        return Values(self._by_key(table, "falls"))

    def admissions(self, column: str, within: int | None) -> Values:
        """admissions, unplanned or days_in_hospital."""
        table = self._once(
            ("admissions", within),
            lambda window: admissions.admissions(self.store, within, window.as_at, self.engine).table,
            within,
        )
        return Values(self._by_key(table, column))

    def _continuity(self, by: Level, within: int | None) -> pa.Table:
        return self._once(
            ("continuity", by, within), lambda window: continuity.everybody(self.store, by, window, self.engine), within
        )

    def once(self, what: tuple[Hashable, ...], work: Callable[[], T]) -> T:
        """What was worked out under this name before, else what `work` gives now."""
        if what not in self._known:
            self._known[what] = work()
        found: T = self._known[what]
        return found

    def _once(self, what: tuple[Hashable, ...], work: Callable[[Window], T], within: int | None = None) -> T:
        return self.once(("asked", *what), lambda: work(Window.of(self.store, within, self.as_at)))

    def _none_without_contacts(self, table: pa.Table, column: str, within: int | None) -> Each:
        """The values of a table; 0 for whoever had no contact at all, NaN for those whose contacts do not tell."""
        values = self._by_number(table, column, np.nan)
        return np.where(np.isnan(values) & (self.contacts(within).of == 0), 0.0, values)

    def _by_number(self, table: pa.Table, column: str, missing: float) -> Each:
        found = np.full(len(self), missing)
        found[np.searchsorted(self._numbers, table["patient"].to_numpy())] = _numbers(table[column])
        return found

    def _by_key(self, table: pa.Table, column: str, missing: float = np.nan) -> Each:
        values = _numbers(table[column])
        if table["patient"].equals(self.keys):
            return values
        found = np.full(len(self), missing)
        found[pc.index_in(table["patient"], self.keys.combine_chunks()).to_numpy()] = values
        return found


def _numbers(column: pa.ChunkedArray) -> Each:
    """A column of numbers as floats, NaN for null."""
    values: Each = column.cast(pa.float64()).to_numpy()
    return values
