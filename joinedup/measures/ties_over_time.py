"""
Ties over time: the shared-patient networks of one period after another, and which of their ties last.

    lasting = ties that were there in the period before as well ÷ ties of the period before

Each tie of each period is new (not there in the period before), lasting, or, counted in the period after its last,
gone.

Unit      people for a tie's weight; none for lasting: 0 none of them lasted, 1 all did
Better    higher, where people need the same few to work together for long
Needs     records of at least two periods
Source    Barnett et al. 2011, Health Services Research 46(5): 1592-1609, for the ties; the share is ours
Beware    a light tie comes and goes by chance: ask for a least weight. After a period that begins before the records
          do, ties look new. Rotas change who is met without anything having changed for the worse
Example   Ann and Ben share people in spring and summer, Ann and Cy in spring alone: lasting 1/2 in summer
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pyarrow as pa

from joinedup.engines.tongue import EVER, Engine
from joinedup.measures.asking import Level, Window
from joinedup.measures.networks import Network, network
from joinedup.period import months_before
from joinedup.records.store import Store

Fate = Literal["new", "lasting", "gone"]


@dataclass(frozen=True)
class TiesOverTime:
    """
    `table`: a row for each tie and period: period (its first day), one and other (each with key and name), shared
    (people; 0 when gone), before (people in the period before; null in the first), fate (null in the first). `periods`:
    a row for each: period, until (the day after), members, ties, new, lasting, gone, lasting_share.
    """

    table: pa.Table
    periods: pa.Table
    networks: tuple[Network, ...]
    by: Level


def ties_over_time(
    store: Store,
    by: Level = "organisation",
    every_months: int = 3,
    periods: int = 4,
    as_at: date | None = None,
    at_least: int = 1,
    most: int | None = None,
    engine: Engine | None = None,
) -> TiesOverTime:
    """
    The networks of the last so many periods, the earliest first, and what became of each tie. Raises ValueError for
    fewer than one period or month.
    """
    if periods < 1 or every_months < 1:
        raise ValueError("there has to be at least one period, of at least one month")
    found: list[Network] = []
    until = Window.of(store, every_months, as_at).period.until
    for _ in range(periods):
        if until <= EVER:
            break
        found.insert(0, network(store, by, every_months, until - timedelta(days=1), at_least, most, engine))
        until = months_before(until, every_months)
    rows, summed = [], []
    before: dict[tuple[int, int], dict[str, object]] | None = None
    for each in found:
        since = each.window.period.since
        now = {(row["one"], row["other"]): row for row in each.table.to_pylist()}
        fates = fate(None if before is None else list(before), list(now))
        for pair, became in fates.items():
            tie = now.get(pair) or (before or {})[pair]
            ends_of = {name: tie[name] for end in ("one", "other") for name in (end, f"{end}_key", f"{end}_name")}
            weights = {
                "shared": now[pair]["shared"] if pair in now else 0,
                "before": None if before is None else before[pair]["shared"] if pair in before else 0,
            }
            rows.append({"period": since, **ends_of, **weights, "fate": became})
        counts = {name: sum(became == name for became in fates.values()) for name in ("new", "lasting", "gone")}
        summed.append(
            {
                "period": since,
                "until": each.window.period.until,
                "members": len({end for pair in now for end in pair}),
                "ties": len(now),
                **(dict.fromkeys(counts) if before is None else counts),
                "lasting_share": counts["lasting"] / len(before) if before else None,
            }
        )
        before = now
    return TiesOverTime(pa.Table.from_pylist(rows, _TIES), pa.Table.from_pylist(summed, _PERIODS), tuple(found), by)


def fate(
    before: Sequence[tuple[int, int]] | None, now: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Fate | None]:
    """
    Ties of the period before (None in the first) and of this one to what each is.

    >>> fate([(1, 2), (1, 3)], [(1, 2), (2, 4)])
    {(1, 2): 'lasting', (2, 4): 'new', (1, 3): 'gone'}
    """
    if before is None:
        return dict.fromkeys(now)
    known, there = set(before), set(now)
    became: dict[tuple[int, int], Fate | None] = {pair: "lasting" if pair in known else "new" for pair in now}
    return became | {pair: "gone" for pair in before if pair not in there}


_NUMBER, _TEXT, _DAY = pa.int64(), pa.string(), pa.date32()
_ENDS = [
    (name, kind)
    for end in ("one", "other")
    for name, kind in ((end, pa.int32()), (f"{end}_key", _TEXT), (f"{end}_name", _TEXT))
]
_TIES = pa.schema([("period", _DAY), *_ENDS, ("shared", _NUMBER), ("before", _NUMBER), ("fate", _TEXT)])
_PERIODS = pa.schema(
    [
        ("period", _DAY),
        ("until", _DAY),
        *((name, _NUMBER) for name in ("members", "ties", "new", "lasting", "gone")),
        ("lasting_share", pa.float64()),
    ]
)
