"""
Who leads: how many people of each organisation, sector and profession led, in each way, in a window of whole quarters.

    people = how many different people led in that way at least once, each counted once in every organisation and
             profession that they did so for

Unit      people
Better    neither
Needs     acts, as `manyhands export-acts` writes them
Source    counting; the ways are those of leading.py
Beware    it says how many led, not how much: how much is for the team itself. What is shown is protected by the
          threshold over all lists at once (release/nested.py): most organisations of a team are too small to be shown
Example   nine nurses of one trust and two social workers propose: the trust 10 (rounded), the council hidden, and the
          total as well
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from joinedup.engines.tongue import Engine
from joinedup.measures.leading import NOT_KNOWN, WAYS, Leading, leading
from joinedup.measures.leading_shared import ANY_WAY
from joinedup.period import Period
from joinedup.records.store import Store
from joinedup.release.nested import Nested, Place, nested
from joinedup.release.tables import THRESHOLD

LISTS = ("sector", "organisation", "profession")
EVERYBODY = "everybody"


@dataclass(frozen=True)
class WhoLeads:
    """The places of those who led in each way, once each."""

    places: dict[str, tuple[Place, ...]]
    period: Period
    as_at: date

    def released(self, threshold: int = THRESHOLD) -> pa.Table:
        """A row for each way and list and each in it: way, by, unit, people (null where hidden)."""
        rows = [row for way, places in self.places.items() for row in _rows(way, nested(places, threshold))]
        return pa.Table.from_pylist(rows, SCHEMA)


SCHEMA = pa.schema([("way", pa.string()), ("by", pa.string()), ("unit", pa.string()), ("people", pa.int64())])


def who_leads(
    store: Store, within_months: int | None = 12, as_at: date | None = None, engine: Engine | None = None
) -> WhoLeads:
    """Who leads in the teams of a store, together. Raises NotInTheseRecords for a store without acts."""
    found = leading(store, within_months, as_at, engine)
    return WhoLeads({way: _places(found, way) for way in (*WAYS, ANY_WAY)}, found.period, found.as_at)


def _places(found: Leading, way: str) -> tuple[Place, ...]:
    rows = found.led.to_pylist()
    there = {
        (row["person"], row["organisation"] or NOT_KNOWN, row["sector"] or NOT_KNOWN, row["profession"] or NOT_KNOWN)
        for row in rows
        if way in (row["way"], ANY_WAY)
    }
    return tuple(Place(*each[1:]) for each in sorted(there))


def _rows(way: str, told: Nested) -> list[dict[str, object]]:
    lists = zip(LISTS, (told.sectors, told.organisations, told.professions), strict=True)
    units = [(by, unit, people) for by, each in lists for unit, people in each.items()]
    return [
        {"way": way, "by": by, "unit": unit, "people": people}
        for by, unit, people in [(EVERYBODY, EVERYBODY, told.everybody), *units]
    ]


def plainly(led: Iterable[tuple[str, str]]) -> dict[str, int]:
    """
    (person, unit) of each time, to how many people of each.

    >>> plainly([("asha", "practice"), ("asha", "practice"), ("dev", "council")])
    {'practice': 1, 'council': 1}
    """
    people: dict[str, set[str]] = {}
    for person, unit in led:
        people.setdefault(unit, set()).add(person)
    return {unit: len(those) for unit, those in people.items()}
