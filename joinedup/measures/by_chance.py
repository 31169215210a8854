"""
What chance alone would give: the same records with the practitioners dealt out again within each place and month.

Every person keeps their contacts, with their days and organisations; every practitioner keeps how many they had at each
organisation in each month; only who met whom is left to chance. What a measure finds in the records and not in shuffled
copies is more than a consequence of how many came, where and when.

Unit      that of the measure
Better    not for good or bad: for telling a pattern from an accident
Needs     a seed; the same seed gives the same copy on every machine
Source    permutation within strata: Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd ed.
Beware    a measure that chance gives as well may still matter to the people in it; and a place with one practitioner in
          a month has nothing to shuffle
Example   3 of 999 shuffled copies reach what was found: (3 + 1) / (999 + 1) = 0.004
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from joinedup.kernels.chance import shuffled_within
from joinedup.kernels.compiled import Counts, counts, numbers


@dataclass(frozen=True)
class ByChance:
    """What was found, and what each shuffled copy gave, in order of seed."""

    found: float
    copies: tuple[float, ...]

    @property
    def as_high(self) -> float:
        """Share of all copies, the records themselves among them, that reach what was found: small is not chance."""
        return (1 + sum(copy >= self.found for copy in self.copies)) / (1 + len(self.copies))

    @property
    def as_low(self) -> float:
        """Share of all copies, the records themselves among them, that are at or below what was found."""
        return (1 + sum(copy <= self.found for copy in self.copies)) / (1 + len(self.copies))

    @property
    def usual(self) -> tuple[float, float]:
        """Between these lie 95 of 100 copies."""
        low, high = np.quantile(self.copies, (0.025, 0.975))
        return float(low), float(high)


def by_chance(visits: pa.Table, measure: Callable[[pa.Table], float], copies: int = 199, seed: int = 1) -> ByChance:
    """
    A measure on visits and on so many shuffled copies of them.

    `visits` has the columns that `measure` needs, and those that `shuffled` does. Raises ValueError for fewer than one.
    """
    if copies < 1:
        raise ValueError(f"{copies} copies show nothing: ask for one or more; 199 tell 1 in 200.")
    given = tuple(float(measure(shuffled(visits, seed + copy))) for copy in range(copies))
    return ByChance(float(measure(visits)), given)


def shuffled(
    visits: pa.Table, seed: int, level: str = "practitioner", within: Sequence[str] = ("organisation", "month")
) -> pa.Table:
    """
    The same visits with the numbers at `level` dealt out again among the visits that are alike in all of `within`.

    `visits` as from `asking.visits`: int32 numbers, −1 where missing, and `started_at` as int64 microseconds UTC, from
    which the month is taken. Visits with a missing number keep it. Every other column stays as it is. Raises ValueError
    where a column is not there.
    """
    needed = [level, *("started_at" if each == "month" else each for each in within)]
    if lacking := sorted(set(needed) - set(visits.schema.names)):
        raise ValueError(f"Visits to be shuffled need {', '.join(lacking)}: ask `asking.visits` for them too.")
    dealt = shuffled_within(strata_of(visits, within), numbers(visits[level].to_numpy()), seed)
    return visits.set_column(visits.schema.get_field_index(level), level, pa.array(dealt))


def strata_of(visits: pa.Table, within: Sequence[str]) -> Counts:
    """A number for each visit, the same for those that are alike in all of `within`; −1 where something is missing."""
    stratum = np.zeros(visits.num_rows, np.int64)
    missing = np.zeros(visits.num_rows, bool)
    for each in within:
        values: Any = month_of(visits["started_at"].to_numpy()) if each == "month" else visits[each].to_numpy()
        missing |= values < 0 if each != "month" else False
        _, code = np.unique(values, return_inverse=True)
        _, stratum = np.unique(stratum * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
    stratum = counts(stratum.copy())
    stratum[missing] = -1
    return stratum


def month_of(started_at: Any) -> Counts:
    """Microseconds UTC to months, counted from January 1970."""
    return counts(np.asarray(started_at).astype("datetime64[us]").astype("datetime64[M]").astype(np.int64))
