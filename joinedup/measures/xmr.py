"""
XmR charts by the rules of NHS England's Making Data Count: is a change in a series more than chance?

    m = mean of the points;  MR = |yᵢ − yᵢ₋₁|;  limits = m ± 2.66 × mean MR

With screening (the default), moving ranges of 3.267 times their mean or more are left out of it, once. Then:

    outside   a point beyond a limit
    shift     7 or more points in a row on one side of the mean; a point on it breaks the row
    trend     7 points in a row, each above the one before, or each below; a tie breaks the row
    2 of 3    two of three points in a row, all on one side, lie between two thirds of the limit and the limit

A point has one label; outside goes before trend, trend before 2 of 3, 2 of 3 before shift.

Unit      that of the series
Better    as `better` says: “higher”, “lower” or, where neither is, None
Needs     12 points for limits that can be trusted; with fewer than 13 they are trial limits, and said to be
Source    NHSRplotthedots (NHS-R Community); Wheeler, Understanding Variation, 1993; reference/measures.md section 6
Beware    the rules expect about one false alarm in 100 points even when nothing changes. Limits hold until somebody
          knows why they should be worked out again: `recalculate_at` is a decision to be written down
Example   1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1: mean 1.94, limits −0.72 and 4.60, the 10 outside
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

Better = Literal["higher", "lower"]
Label = Literal["common cause", "outside", "trend", "2 of 3", "shift"]
Variation = Literal["common cause", "improvement", "concern", "high", "low"]
Assurance = Literal["passing", "failing", "hit and miss"]

IN_A_ROW = 7
FEWEST = 13
"""With fewer points, limits are trial limits."""
FEWEST_FIXED = 12


@dataclass(frozen=True)
class Point:
    """One point of a chart, with the limits that it is held against."""

    on: date | None
    value: float
    mean: float
    lower: float
    upper: float
    label: Label
    variation: Variation


@dataclass(frozen=True)
class Chart:
    """A series with its limits, and the icons of its last point. `trial`: too few points to trust the limits."""

    points: tuple[Point, ...]
    better: Better | None
    target: float | None
    variation: Variation | None
    assurance: Assurance | None
    trial: bool
    recalculated_at: tuple[int, ...]


@dataclass(frozen=True)
class _Limits:
    mean: float
    lower: float
    upper: float

    @property
    def near(self) -> float:
        """How far from the mean two thirds of the way to a limit lie."""
        return (self.upper - self.mean) * 2 / 3


def chart(
    values: Sequence[float],
    days: Sequence[date] | None = None,
    better: Better | None = None,
    target: float | None = None,
    screened: bool = True,
    fixed_after: int | None = None,
    recalculate_at: Sequence[int] = (),
) -> Chart:
    """
    The chart of a series in order of time. `recalculate_at`: places, from 0, at which new limits begin, with rows of
    points of their own. `fixed_after`: the limits are those of the first so many points.

    Raises ValueError when days and values differ in number, `fixed_after` is below 12, or a place is not in the series.
    """
    if days is not None and len(days) != len(values):
        raise ValueError(f"{len(values)} values and {len(days)} days: each value needs its day")
    if fixed_after is not None and fixed_after < FEWEST_FIXED:
        raise ValueError(f"limits fixed after {fixed_after} points: at least {FEWEST_FIXED} are needed")
    if any(not 0 < place < len(values) for place in recalculate_at):
        raise ValueError(f"limits can be worked out again from the second to the last of {len(values)} points")
    begins = [0, *sorted(set(recalculate_at)), len(values)]
    points: list[Point] = []
    for start, end in pairwise(begins):
        part = list(values[start:end])
        if not part:
            continue
        limits = _limits(part[:fixed_after] if fixed_after else part, screened)
        for place, label in enumerate(_labels(part, limits)):
            on = days[start + place] if days is not None else None
            seen = _variation(part[place], label, limits, better, _rises(part, place))
            points.append(Point(on, part[place], limits.mean, limits.lower, limits.upper, label, seen))
    last = points[-1] if points else None
    return Chart(
        tuple(points),
        better,
        target,
        last.variation if last else None,
        _assurance(last, target, better) if last else None,
        any(end - start < FEWEST for start, end in pairwise(begins)),
        tuple(begins[1:-1]),
    )


def _limits(values: Sequence[float], screened: bool) -> _Limits:
    mean = sum(values) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    average = sum(ranges) / len(ranges) if ranges else 0.0
    if screened and average > 0:
        kept = [each for each in ranges if each < 3.267 * average]
        average = sum(kept) / len(kept) if kept else 0.0
    return _Limits(mean, mean - 2.66 * average, mean + 2.66 * average)


def _labels(values: Sequence[float], limits: _Limits) -> list[Label]:
    """One label for each point: the first that applies, in their order of precedence."""
    sides = [_side(value, limits.mean) for value in values]
    outside = {place for place, value in enumerate(values) if value > limits.upper or value < limits.lower}
    steps = [0, *(_side(after, before) for before, after in pairwise(values))]
    trend = {
        place
        for start in range(len(values) - IN_A_ROW + 1)
        if len(set(steps[start + 1 : start + IN_A_ROW])) == 1 and steps[start + 1] != 0
        for place in range(start, start + IN_A_ROW)
    }
    shift = {
        place
        for start in range(len(values) - IN_A_ROW + 1)
        if len(set(sides[start : start + IN_A_ROW])) == 1 and sides[start] != 0
        for place in range(start, start + IN_A_ROW)
    }
    near = [
        place not in outside and abs(value - limits.mean) > limits.near and sides[place] != 0
        for place, value in enumerate(values)
    ]
    two = two_of_three(near, sides)
    first: tuple[tuple[Label, set[int]], ...] = (
        ("outside", outside),
        ("trend", trend),
        ("2 of 3", two),
        ("shift", shift),
    )
    return [next((label for label, places in first if place in places), "common cause") for place in range(len(values))]


def two_of_three(near: Sequence[bool], sides: Sequence[int]) -> set[int]:
    """Which near points are two of three in a row that all lie on one side of the mean (sides: −1, 0 or 1)."""
    found: set[int] = set()
    for start in range(len(near) - 2):
        three = range(start, start + 3)
        if sides[start] != 0 and len({sides[place] for place in three}) == 1:
            close = [place for place in three if near[place]]
            if len(close) >= 2:
                found.update(close)
    return found


def _side(value: float, of: float) -> int:
    return (value > of) - (value < of)


def _rises(values: Sequence[float], place: int) -> bool:
    """Does the series rise into this point, or, at its beginning, out of it?"""
    return values[place] > values[place - 1] if place else len(values) > 1 and values[1] > values[0]


def _variation(value: float, label: Label, limits: _Limits, better: Better | None, rises: bool) -> Variation:
    if label == "common cause":
        return "common cause"
    high = rises if label == "trend" else value > limits.mean
    if better is None:
        return "high" if high else "low"
    return "improvement" if high == (better == "higher") else "concern"


def _assurance(last: Point, target: float | None, better: Better | None) -> Assurance | None:
    """Will the target be met, as things go, by the limits of the last point?"""
    if target is None or better is None:
        return None
    if last.lower <= target <= last.upper:
        return "hit and miss"
    return "passing" if (target < last.lower) == (better == "higher") else "failing"
