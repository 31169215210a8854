"""
Before and after a decision: how far a number differs, and how often chance alone would make it differ as far.

    difference = mean of the values after − mean of those before (or their medians); of people, of what each changed by

Of a monthly series, chance is asked in one of two ways. *Shifts*: the series is moved round and round, its end joined
to its beginning, against the day: whatever one month tells of the next stays as it is. *Blocks*: the series is cut,
from the day both ways, into blocks of some months, which are dealt out to before and after again; right only where
months further apart than a block tell nothing of each other. Of people, each with a value before and one after, the
two are *swapped* for some and not for others. Every way is tried where there are few, else so many, drawn from a seed:

    p = ways in which the difference is as far from 0 as the one found, or further, that one among them ÷ ways

The interval is the middle 95 % of the difference when each side's blocks, or the people, are drawn again with
replacement; widened by √(k / (k − 1)) where there are k of them, since draws from few vary too little.

Unit      that of the measure; p is a share of ways: small is more than chance would give
Better    as the measure says
Needs     at least 3 months, or people, on either side
Source    shifts: Lotwick and Silverman 1982, Journal of the Royal Statistical Society B 44(3): 406-413; blocks: Künsch
          1989, Annals of Statistics 17(3): 1217-1241; swapping: Fisher 1935, The Design of Experiments, section 21;
          widening: Hesterberg 2015, The American Statistician 69(4): 371-386
Beware    what is decided about because it was at its worst gets better by itself (regression to the mean): compare with
          people or places that were as bad and for whom nothing was decided. A series that was rising or falling before
          differs after without any decision: look at the chart. Of n months shifts cannot give less than 1 in n, nor 2
          in n where the day is in the middle. Little can be told of a few people or months, and no difference found is
          not none there
Example   5, 6, 5, 6 before and 2, 3, 2, 3 after: 3 lower; 2 of 8 shifts are as far from 0, p = 0.25
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from math import comb, sqrt
from statistics import fmean, median
from typing import Any, Literal

import numpy as np

Middle = Literal["mean", "median"]
Chance = Literal["shifts", "blocks", "swaps"]

FEWEST = 3
"""Months or people on either side."""
BLOCK = 3
"""Months."""
WAYS = 9_999
"""Drawn, where all the ways that there are would be more than MOST_WAYS."""
MOST_WAYS = 65_536
DRAWS = 1_999
MOST_NUMBERS = 200_000_000
"""Numbers drawn in all, for one question: with very many people, fewer ways and draws are made."""
AT_ONCE = 4_000_000


class TooFew(ValueError):
    """There are not enough months or people on one side of the day; says how many there are."""


@dataclass(frozen=True)
class Change:
    """
    `before`, `after`: the mean or median of each side, of so many; `difference` with `low` and `high`, 95 % about it;
    `p`: how often chance gives as much, of so many `ways` (`exact`: all there are), and the least it could be.
    """

    middle: Middle
    before: float
    after: float
    of_before: int
    of_after: int
    difference: float
    low: float
    high: float
    chance: Chance
    p: float
    ways: int
    exact: bool
    least: float


def around(
    months: Sequence[date], values: Sequence[float | None], on: date
) -> tuple[list[float], list[float], list[date]]:
    """
    A monthly series to its values before and after a day, and the months left out: those without a value, and the one
    that the day parts.

    >>> around([date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)], [1.0, 2.0, 3.0], date(2024, 2, 15))
    ([1.0], [3.0], [datetime.date(2024, 2, 1)])
    """
    before, after, left_out = [], [], []
    for month, value in zip(months, values, strict=True):
        parted = (month.year, month.month) == (on.year, on.month) and on.day > 1
        if value is None or parted:
            left_out.append(month)
        elif month < on:
            before.append(float(value))
        else:
            after.append(float(value))
    return before, after, left_out


def of_series(
    before: Sequence[float],
    after: Sequence[float],
    middle: Middle = "mean",
    chance: Literal["shifts", "blocks"] = "shifts",
    block: int = BLOCK,
    seed: int = 1,
) -> Change:
    """
    What a series of months did, its values in order of time. Raises TooFew, and ValueError for a block of no months.
    """
    _enough(len(before), len(after), "months")
    if block < 1:
        raise ValueError("a block has at least 1 month")
    one, other = np.array(before, np.float64), np.array(after, np.float64)
    rng = np.random.default_rng(seed)
    if chance == "shifts":
        given, exact = _shifted(np.concatenate([one, other]), len(one), middle), True
        least = (2 if len(one) == len(other) else 1) / len(given)
    else:
        given, exact, least = _dealt(one, other, block, middle, rng)
    drawn = [_drawn_again(_in_blocks(side, block), middle, rng) for side in (one, other)]
    found = float(_middle(other, middle) - _middle(one, middle))
    return _change(one, other, middle, found, drawn[1] - drawn[0], chance, given, exact, least)


def of_people(before: Sequence[float], after: Sequence[float], middle: Middle = "mean", seed: int = 1) -> Change:
    """
    What happened to people, each with a value before and one after, in the same order: the mean (or median) of what
    each changed by. Raises TooFew.
    """
    _enough(len(before), len(after), "people")
    one, other = np.array(before, np.float64), np.array(after, np.float64)
    by, rng, number = other - one, np.random.default_rng(seed), len(before)
    found = float(_middle(by, middle))
    if 2**number <= MOST_WAYS:
        signs = np.array(list(product((1.0, -1.0), repeat=number)))
        given, exact, least = _middle(by * signs, middle), True, 2 / len(signs)
    else:
        ways = max(199, min(WAYS, MOST_NUMBERS // number))
        swapped = [_middle(by * rng.choice((1.0, -1.0), (rows, number)), middle) for rows in _rows(ways, number)]
        given, exact, least = np.concatenate([[found], *swapped]), False, 1 / (ways + 1)
    draws = max(199, min(DRAWS, MOST_NUMBERS // number))
    drawn = [_middle(by[rng.integers(0, number, (rows, number))], middle) for rows in _rows(draws, number)]
    widened = found + sqrt(number / (number - 1)) * (np.concatenate(drawn) - found)
    return _change(one, other, middle, found, widened, "swaps", given, exact, least)


def plainly(before: Sequence[float], after: Sequence[float], middle: Middle = "mean") -> tuple[float, float]:
    """
    The difference, and p by shifts.

    >>> plainly([5, 6, 5, 6], [2, 3, 2, 3])
    (-3.0, 0.25)
    """
    of = fmean if middle == "mean" else median
    every = [*before, *after]

    def difference(places: int) -> float:
        moved = [*every[places:], *every[:places]]
        return float(of(moved[len(before) :]) - of(moved[: len(before)]))

    found = difference(0)
    as_far = sum(abs(difference(places)) >= abs(found) - 1e-9 for places in range(len(every)))
    return found, as_far / len(every)


def plainly_swapped(before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """
    What people changed by on average, and p by every way of swapping before and after for some of them.

    >>> plainly_swapped([4, 5, 3], [2, 2, 2])
    (-2.0, 0.25)
    """
    by = [other - one for one, other in zip(before, after, strict=True)]
    found = fmean(by)
    ways = [fmean([change * sign for change, sign in zip(by, signs, strict=True)]) for signs in _signs(len(by))]
    return found, sum(abs(way) >= abs(found) - 1e-9 for way in ways) / len(ways)


def _signs(number: int) -> Iterator[tuple[int, ...]]:
    return product((1, -1), repeat=number)


def _middle(values: Any, middle: Middle) -> Any:
    """Mean or median over the last axis."""
    return np.mean(values, axis=-1) if middle == "mean" else np.median(values, axis=-1)


def _enough(before: int, after: int, what: str) -> None:
    if min(before, after) < FEWEST:
        raise TooFew(
            f"There are {before:,} {what} before the day and {after:,} after it; at least {FEWEST} on either side are "
            "needed. Look at another day, or further back."
        )


def _rows(ways: int, number: int) -> Iterator[int]:
    """So many ways, a few at a time: never more numbers at once than AT_ONCE."""
    each = max(1, AT_ONCE // number)
    for start in range(0, ways, each):
        yield min(each, ways - start)


def _shifted(values: Any, before: int, middle: Middle) -> Any:
    """The difference for every way of moving the series round, the one found first."""
    moved = np.stack([np.roll(values, -places) for places in range(len(values))])
    return _middle(moved[:, before:], middle) - _middle(moved[:, :before], middle)


def _in_blocks(values: Any, block: int) -> list[Any]:
    """A side in blocks of so many months, fewer where there would not be three of them."""
    length = max(1, min(block, len(values) // 3))
    return [values[start : start + length] for start in range(0, len(values), length)]


def _dealt(one: Any, other: Any, block: int, middle: Middle, rng: np.random.Generator) -> tuple[Any, bool, float]:
    """The difference for every way, or many, of dealing blocks out again, the one found first; and the least p."""
    backwards = [one[max(0, end - block) : end] for end in range(len(one), 0, -block)]
    parts = [*backwards, *(other[start : start + block] for start in range(0, len(other), block))]
    first, number = len(backwards), len(parts)
    exact = comb(number, first) <= MOST_WAYS
    if exact:
        chosen: list[Any] = list(combinations(range(number), first))
    else:
        chosen = [range(first), *(rng.permutation(number)[:first] for _ in range(WAYS))]
    given = []
    for each in chosen:
        before = set(each)
        ahead = np.concatenate([part for place, part in enumerate(parts) if place in before])
        behind = np.concatenate([part for place, part in enumerate(parts) if place not in before])
        given.append(_middle(behind, middle) - _middle(ahead, middle))
    return np.array(given), exact, (2 if exact and 2 * first == number else 1) / len(given)


def _drawn_again(parts: list[Any], middle: Middle, rng: np.random.Generator) -> Any:
    """One side's mean or median when its blocks are drawn again, widened."""
    found, number = _middle(np.concatenate(parts), middle), len(parts)
    chosen = rng.integers(0, number, (DRAWS, number))
    drawn = np.array([_middle(np.concatenate([parts[place] for place in each]), middle) for each in chosen])
    return found + sqrt(number / (number - 1)) * (drawn - found)


def _change(
    one: Any,
    other: Any,
    middle: Middle,
    found: float,
    drawn: Any,
    chance: Chance,
    given: Any,
    exact: bool,
    least: float,
) -> Change:
    low, high = np.quantile(drawn, (0.025, 0.975))
    as_far = np.abs(given) >= abs(found) - 1e-9 * max(1.0, abs(found))
    return Change(
        middle=middle,
        before=float(_middle(one, middle)),
        after=float(_middle(other, middle)),
        of_before=len(one),
        of_after=len(other),
        difference=found,
        low=float(low),
        high=float(high),
        chance=chance,
        p=float(np.mean(as_far)),
        ways=len(given),
        exact=exact,
        least=least,
    )
