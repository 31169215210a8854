"""
Monthly series of a place, or of each practitioner, team, organisation, sector or profession in it, to be charted.

    contacts    contacts in the month
    people      people with one
    hand-offs   hand-offs for each 100 pairs of a contact and the next, which lies in the month
    in pieces   people for each 100 who were seen by three organisations or more in the month

Months without a contact are there with nothing in them. The last month is left out when the window ends before it does.

Unit      as said; the first two are counts
Needs     contacts with a day, over at least 13 months for limits to be trusted (measures/xmr.py)
Source    counting; charted as NHS England's Making Data Count does
Beware    a month is short: who is seen seldom is never in pieces in it. Fewer working days make a low month
Example   10 people seen in May, 2 of them by three organisations: in pieces 20
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures import xmr
from joinedup.measures.asking import Level, Window, engine_for, named
from joinedup.period import months_before
from joinedup.records.store import Store

Series = Literal["contacts", "people", "hand-offs", "in pieces"]
NAMES: tuple[Series, ...] = get_args(Series)
BETTER: dict[Series, xmr.Better | None] = {"contacts": None, "people": None, "hand-offs": "lower", "in pieces": "lower"}
UNITS: dict[Series, str] = {
    "contacts": "contacts a month",
    "people": "people with a contact, a month",
    "hand-offs": "hand-offs between organisations for each 100 pairs of a contact and the next",
    "in pieces": "people for each 100 seen by three organisations or more in the month",
}
_OF: dict[Series, tuple[str, str | None]] = {
    "contacts": ("contacts", None),
    "people": ("people", None),
    "hand-offs": ("hand_offs", "steps"),
    "in pieces": ("in_pieces", "people"),
}


@dataclass(frozen=True)
class Monthly:
    """`table`: month, number (null for everybody; with key and name), people, contacts, steps, hand_offs, in_pieces."""

    table: pa.Table
    by: Level
    months: tuple[date, ...]
    """Whole months in the window, the first to the last."""

    def numbers(self) -> list[int | None]:
        """Everybody, then each that has a contact."""
        return list(dict.fromkeys(self.table["number"].to_pylist()))

    def values(self, series: Series, number: int | None = None) -> list[float | None]:
        """One series over `months`: None in a month in which there is nothing to divide by."""
        above, below = _OF[series]
        rows = {row["month"]: row for row in self.table.to_pylist() if row["number"] == number}
        found: list[float | None] = []
        for month in self.months:
            row = rows.get(month)
            if below is None:
                found.append(float(row[above]) if row else 0.0)
            else:
                found.append(100 * row[above] / row[below] if row and row[below] else None)
        return found

    def chart(self, series: Series, number: int | None = None, target: float | None = None) -> xmr.Chart:
        """The XmR chart of one series; months with nothing to divide by are left out of it."""
        listed = [
            (at, value) for at, value in zip(self.months, self.values(series, number), strict=True) if value is not None
        ]
        return xmr.chart([value for _, value in listed], [at for at, _ in listed], BETTER[series], target)


def monthly(
    store: Store,
    by: Level = "organisation",
    within_months: int | None = 36,
    as_at: date | None = None,
    engine: Engine | None = None,
    for_each: bool = True,
) -> Monthly:
    """
    The series of everybody together and of each one at a level (not `for_each`: of everybody alone), in the whole
    months up to `as_at`.
    """
    window = Window.of(store, within_months, as_at)
    table = engine_for(store, engine).run(statement("series", by=by), for_each=int(for_each), **window.values())
    return Monthly(named(store, by, table, "number"), by, _whole_months(table, window))


def _whole_months(table: pa.Table, window: Window) -> tuple[date, ...]:
    met = [month for month in table["month"].to_pylist() if month is not None]
    if not met:
        return ()
    month, found = min(met), []
    while months_before(month, -1) <= window.period.until:
        if window.period.since is None or month >= window.period.since:
            found.append(month)
        month = months_before(month, -1)
    return tuple(found)
