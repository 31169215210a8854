"""
A measure of each person in the months before a day and in as many from that day on, for before_and_after.py.

    contacts, organisations, hand-offs            numbers; 0 for whoever has no contact
    coc, upc, secon                               missing for whoever has fewer than 2 contacts on either side
    admissions, unplanned admissions, falls, days in hospital

Left out, and counted: people who died before the end, or are not known to have been born by the beginning.

Unit      that of the measure, over the months of a side
Better    as the measure says
Needs     records that reach so many months to either side of the day
Source    each measure's own
Beware    people may have moved in or away, which records of contacts do not tell: they count as having had none
Example   6 contacts in the 12 months before and 4 in the 12 after: 6 and 4
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import pyarrow as pa

from joinedup.engines.tongue import Engine
from joinedup.measures import admissions, continuity, falls
from joinedup.measures.asking import NotInTheseRecords
from joinedup.period import months_before, spoken
from joinedup.records.store import Store

Name = Literal[
    "contacts",
    "organisations",
    "hand-offs",
    "coc",
    "upc",
    "secon",
    "admissions",
    "unplanned admissions",
    "days in hospital",
    "falls",
]
NAMES: tuple[Name, ...] = get_args(Name)

_COLUMNS: dict[Name, str] = {
    "organisations": "providers",
    "hand-offs": "hand_offs",
    "unplanned admissions": "unplanned",
    "days in hospital": "days_in_hospital",
}
_MISSING_IS_NOUGHT = ("contacts", "organisations", "hand-offs")


@dataclass(frozen=True)
class OfEach:
    """`before` and `after`: the value of each person (key) who has both; how many were left out; and the day used."""

    before: dict[str, float]
    after: dict[str, float]
    left_out: int
    on: date


def of_each(store: Store, name: Name, on: date, months: int, engine: Engine | None = None) -> OfEach:
    """
    Everybody's value in so many months before a day, and in as many from it on.

    Raises NotInTheseRecords where the records do not reach so far; says how far they do.
    """
    until = months_before(on, -months)
    since = months_before(until, months)  # the day itself, but for the last days of a long month
    _reach(store, months_before(since, months), since, until)
    sides = [_values(store, name, months, end - timedelta(days=1), engine) for end in (since, until)]
    lived = store.query(
        "SELECT patient FROM patients WHERE NOT coalesce(died_at < $until, deceased, false)"
        " AND coalesce(born_on <= $began, true)",
        until=until,
        began=months_before(since, months),
    )["patient"].to_pylist()
    empty = 0.0 if name in _MISSING_IS_NOUGHT else None
    pairs = {who: (sides[0].get(who, empty), sides[1].get(who, empty)) for who in lived}
    both = {who: (one, other) for who, (one, other) in pairs.items() if one is not None and other is not None}
    everybody = store.query("SELECT count(*) AS people FROM patients")["people"][0].as_py()
    return OfEach(
        {who: one for who, (one, _) in both.items()},
        {who: other for who, (_, other) in both.items()},
        everybody - len(both),
        since,
    )


def _values(store: Store, name: Name, months: int, last: date, engine: Engine | None) -> dict[str, float | None]:
    column = _COLUMNS.get(name, name)
    table: pa.Table
    if name == "falls":
        table = falls.falls(store, months, last, engine).table
    elif name in ("admissions", "unplanned admissions", "days in hospital"):
        table = admissions.admissions(store, months, last, engine).table
    else:
        fewest = 1 if name in _MISSING_IS_NOUGHT else 2
        table = continuity.measure(store, "organisation", months, last, fewest, engine).table
    values = [None if each is None else float(each) for each in table[column].to_pylist()]
    return dict(zip(table["patient"].to_pylist(), values, strict=True))


def _reach(store: Store, begin: date, on: date, until: date) -> None:
    first = store.query("SELECT CAST(min(started_at) AS DATE) AS day FROM visits")["day"][0].as_py()
    last = store.last_contact_on()
    if first is None or last is None:
        raise NotInTheseRecords(f"{store.path} holds no contact with a date.")
    if first > begin or last < until - timedelta(days=1):
        before = _whole_months(first, on)
        after = _whole_months(on, last + timedelta(days=1))
        raise NotInTheseRecords(
            f"The records reach from {spoken(first)} to {spoken(last)}: {before} whole months before {spoken(on)} and "
            f"{after} from it on. Ask for fewer months, or another day."
        )


def _whole_months(since: date, until: date) -> int:
    months = 0
    while months_before(since, -(months + 1)) <= until:
        months += 1
    return months
