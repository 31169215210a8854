"""
How leading has moved: four measures of teams' acts, month by month, to be charted (xmr.py).

    leading shared     of each 100 members, how many equal ones leading in any way is as good as shared among (order 1)
    reach              of each 100 proposals, how many affect another organisation
    taken on across    of each 100 responsibilities taken on, how many another organisation had proposed or asked for
    follow-through     of each 100 responsibilities that were closed, how many were carried out

Unit      of each 100, in a month
Better    higher for the last three; neither for the first: leading_shared.py says why
Needs     acts, over at least 13 months for limits to be trusted; a month with fewer than 8 of what is counted, or of
          people who led, has no value, and the others are given to the nearest 5, so that nobody is read out of them
Source    each measure's own, asked of one month at a time
Beware    few acts make a wild series, and August is quiet. A month is short: read the chart, not its points
Example   in May, 10 proposals, of which 7 affect another organisation: reach 70
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, get_args

from joinedup.engines.tongue import Engine, moment, statement
from joinedup.measures import leading_shared, xmr
from joinedup.measures.asking import Window, engine_for
from joinedup.measures.leading import last_act_on, leading
from joinedup.period import Period, months_before
from joinedup.records.store import Store
from joinedup.release.tables import THRESHOLD

Name = Literal["leading shared", "reach", "taken on across", "follow-through"]
NAMES: tuple[Name, ...] = get_args(Name)
UNITS: dict[Name, str] = {
    "leading shared": "equal sharers of leading, of each 100 members",
    "reach": "proposals that affect another organisation, of each 100",
    "taken on across": "responsibilities taken on across organisations, of each 100",
    "follow-through": "responsibilities carried out, of each 100 that were closed",
}
BETTER: dict[Name, xmr.Better | None] = {name: None if name == "leading shared" else "higher" for name in NAMES}


def monthly(
    store: Store,
    name: Name,
    within_months: int | None = 36,
    as_at: date | None = None,
    engine: Engine | None = None,
    threshold: int = THRESHOLD,
) -> tuple[tuple[date, ...], tuple[float | None, ...], Window]:
    """
    A measure in each whole month up to `as_at`, the day of the last act where none is given: the months, the values
    (None in a month of too little), and the window. Raises NotInTheseRecords for a store without acts.
    """
    day = as_at or last_act_on(store)
    period = Period.back_from(day, within_months)
    months = tuple(_whole_months(period, day, store))
    ask = engine_for(store, engine)
    values = {"since": moment(months[0] if months else None), "until": moment(period.until)}
    if name == "leading shared":
        told = _shared(store, months, engine, threshold)
    elif name == "follow-through":
        rows = ask.run(statement("leading"), **values).to_pylist()
        closed = ask.run(CLOSED, **values).to_pylist()
        carried = Counter(_month(row["done_at"]) for row in rows if row["way"] == "carries out")
        of = Counter(_month(row["done_at"]) for row in closed)
        told = [_share(carried[month], of[month], threshold) for month in months]
    else:
        what = "proposals" if name == "reach" else "responsibilities"
        found = [row for row in ask.run(statement("reach"), **values).to_pylist() if row["what"] == what]
        across = Counter(_month(row["done_at"]) for row in found if row["across"])
        of = Counter(_month(row["done_at"]) for row in found)
        told = [_share(across[month], of[month], threshold) for month in months]
    return months, tuple(told), Window(period, day)


CLOSED = """
SELECT done_at FROM acts
WHERE kind = 'complete' AND said(about, 'outcome') <> 'no-longer-needed' AND done_at >= :since AND done_at < :until
"""


def _whole_months(period: Period, day: date, store: Store) -> Iterator[date]:
    """The first days of the months that lie wholly in a period and in which there were acts before."""
    first = store.query("SELECT CAST(min(done_at) AS DATE) AS day FROM acts")["day"][0].as_py()
    since = max(period.since or first, first)
    month = date(since.year, since.month, 1)
    if month < since:
        month = months_before(month, -1)
    while months_before(month, -1) <= period.until:
        yield month
        month = months_before(month, -1)


def _shared(store: Store, months: Sequence[date], engine: Engine | None, threshold: int) -> list[float | None]:
    told: list[float | None] = []
    for month in months:
        last = date.fromordinal(months_before(month, -1).toordinal() - 1)
        found = leading(store, 1, last, engine, by_quarter=False)
        times = Counter(zip(found.led["team"].to_pylist(), found.led["person"].to_pylist(), strict=True))
        members = set(zip(found.members["team"].to_pylist(), found.members["person"].to_pylist(), strict=True))
        if times.total() < threshold or len(times) < threshold:
            told.append(None)
        else:
            equal = leading_shared.plainly(list(times.values()))
            told.append(_in_fives(100 * equal / len(members | set(times))))
    return told


def _share(so: int, of: int, threshold: int) -> float | None:
    return _in_fives(100 * so / of) if of >= threshold else None


def _in_fives(value: float) -> float:
    """To the nearest 5, so that nobody can count back."""
    return 5.0 * int(value / 5 + 0.5)


def _month(at: Any) -> date:
    return date(at.year, at.month, 1)


def plainly(rows: Sequence[tuple[date, bool]], month: date) -> float | None:
    """
    (day, whether so) of each, to how many of each 100 of a month are so.

    >>> plainly([(date(2026, 5, 2), True), (date(2026, 5, 9), False), (date(2026, 6, 1), True)], date(2026, 5, 1))
    50.0
    """
    these = [so for day, so in rows if (day.year, day.month) == (month.year, month.month)]
    return 100 * sum(these) / len(these) if these else None
