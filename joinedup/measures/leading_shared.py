"""
How widely leading is shared: among how many equal ones it is as good as, beside what chance alone would give.

    effective number = Hill number of order 1 (all count by their share) and of order 2 (the busiest count more):
                       shares.py, over the times that each member, organisation, sector or profession led
    by chance        = the same of as many times, each falling to any member alike: 999 draws. Its mean, and between
                       what 95 of 100 draws lie
    as narrow        = share of the draws, the team itself among them, that are at or below what was found: small is
                       narrower than chance

Unit      a number of equal sharers, from 1 to how many there are
Better    neither: nobody wants a falls nurse to chair as often as she treats. It shows where to look, for a team to say
Needs     times that somebody led (leading.py), and who the members were
Source    Hill 1973, Ecology 54(2): 427-432; draws are multinomial, by how many members each has
Beware    few times make the number small by themselves: read it beside chance of as many times, not beside the number
          of members. Of one person and of nobody it says nothing, and it ranks nobody. Draws are of this many times and
          members; a team in which some could not be there is narrower than chance for that
Example   four members of whom one led 8 times: 1.0, and by chance 3.3 (2.1 to 4.0)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

import numpy as np
import pyarrow as pa

from joinedup.engines.tongue import Engine
from joinedup.measures.leading import WAYS, Leading, Unit, column, leading
from joinedup.measures.shares import hill
from joinedup.period import Period
from joinedup.records.store import Store
from joinedup.release.tables import THRESHOLD, hide_small

DRAWS = 999
ANY_WAY = "in any way"


@dataclass(frozen=True)
class Shared:
    """How widely so many `times` are shared among `among` who could: of order 1 and 2, and by chance of order 1."""

    times: int
    among: int
    effective: float
    effective_2: float
    by_chance: float
    low: float
    high: float
    as_narrow: float


def shared(times: Sequence[int], members: Sequence[int], draws: int = DRAWS, seed: int = 1) -> Shared | None:
    """
    How widely it is shared that each led so many `times`, where each has so many `members`. None where nobody led.

    Raises ValueError for as many times as there are not members, or for somebody who led without a member.

    >>> found = shared([8, 0, 0, 0], [1, 1, 1, 1])
    >>> found.effective, round(found.by_chance, 1), found.as_narrow
    (1.0, 3.3, 0.001)
    """
    if len(times) != len(members) or any(many < 1 for many in members):
        raise ValueError("each that could lead needs its times and its members, at least one")
    total = sum(times)
    first, second = hill(times, 1), hill(times, 2)
    if first is None or second is None:
        return None
    chance = np.asarray(members, float)
    drawn = np.random.default_rng(seed).multinomial(total, chance / chance.sum(), draws) / total
    terms = np.where(drawn > 0, drawn * np.log(np.where(drawn > 0, drawn, 1.0)), 0.0)
    given = np.exp(-terms.sum(axis=1))
    low, high = np.quantile(given, (0.025, 0.975))
    narrow = (1 + int((given <= first + 1e-9).sum())) / (1 + draws)
    return Shared(total, len(times), first, second, float(given.mean()), float(low), float(high), narrow)


@dataclass(frozen=True)
class SharedLeading:
    """
    A row for each way and for all together: way, times, among, effective, effective_2, by_chance, low, high, as_narrow.
    """

    table: pa.Table
    by: Unit
    teams: int
    period: Period
    as_at: date

    def released(self, threshold: int = THRESHOLD) -> pa.Table:
        """The same as it may be shown outside: nothing of fewer times than the threshold, the rest in round numbers."""
        rows = [_in_round_numbers(row, threshold) for row in self.table.to_pylist()]
        return pa.Table.from_pylist(rows, SCHEMA)


SCHEMA = pa.schema(
    [("way", pa.string()), ("times", pa.int64()), ("among", pa.int64())]
    + [(name, pa.float64()) for name in ("effective", "effective_2", "by_chance", "low", "high", "as_narrow")]
)


def leading_shared(
    store: Store,
    by: Unit = "organisation",
    within_months: int | None = 12,
    as_at: date | None = None,
    engine: Engine | None = None,
) -> SharedLeading:
    """
    How widely each way of leading is shared in the teams of a store, together. Somebody in two teams is two members.
    Raises NotInTheseRecords for a store without acts.
    """
    found = leading(store, within_months, as_at, engine)
    rows = [row for way in (*WAYS, ANY_WAY) if (row := _of_way(found, by, way)) is not None]
    teams = len(set(found.members["team"].to_pylist()))
    return SharedLeading(pa.Table.from_pylist(rows, SCHEMA), by, teams, found.period, found.as_at)


def _of_way(found: Leading, by: Unit, way: str) -> dict[str, object] | None:
    members = Counter(_units(found.members, by))
    ways = found.led["way"].to_pylist()
    led = Counter(unit for unit, of in zip(_units(found.led, by), ways, strict=True) if way in (of, ANY_WAY))
    everybody = sorted(members | led)
    told = shared([led[each] for each in everybody], [max(1, members[each]) for each in everybody])
    return None if told is None else {"way": way, **{name: getattr(told, name) for name in SCHEMA.names[1:]}}


def _units(table: pa.Table, by: Unit) -> list[tuple[str, str]]:
    """The units of a table's rows; persons are of their team."""
    units = column(table, by)
    teams = table["team"].to_pylist() if by == "person" else [""] * len(units)
    return list(zip(teams, units, strict=True))


def _in_round_numbers(row: dict[str, object], threshold: int) -> dict[str, object]:
    times = hide_small(int(str(row["times"])), threshold)
    if times is None:
        return {"way": row["way"]}
    return row | {"times": times} | {name: round(float(str(row[name])), 1) for name in SCHEMA.names[3:8]}


def plainly(times: Sequence[int]) -> float:
    """
    The effective number of order 1, by the formula alone.

    >>> round(plainly([2, 1, 1]), 4)
    2.8284
    """
    total = sum(times)
    return exp(-sum(each / total * log(each / total) for each in times if each))
