"""
How uncertain a number is: 95 % intervals for a share, a count and a median.

Source    share: Wilson 1927, Journal of the American Statistical Association 22(158): 209-212; count: Byar's
          approximation, Breslow and Day 1987, IARC 82, page 69; median: order statistics, Conover 1999, section 3.2
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt

Z = 1.959964


def of_share(number: int, of: int) -> tuple[float, float] | None:
    """
    Wilson's interval for a share; None where it is a share of none.

    >>> low, high = of_share(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    if of == 0:
        return None
    share = number / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))  # as it is, but for rounding


def of_count(count: int) -> tuple[float, float]:
    """
    Byar's interval for a count of things that happen by themselves.

    >>> low, high = of_count(100)
    >>> round(low, 1), round(high, 1)
    (81.4, 121.6)
    """
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3


def of_median(values: Sequence[float]) -> tuple[float, float] | None:
    """
    Two of the values between which the median lies in at least 95 of 100 samples; None with fewer than 6.

    >>> of_median([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    (2, 9)
    """
    number, listed = len(values), sorted(values)
    if number < 6:
        return None
    if number > 1_000:  # the normal approximation, whose error is then far below one value
        away = int(Z * sqrt(number) / 2)
        return listed[max(0, number // 2 - away - 1)], listed[min(number - 1, number // 2 + away)]
    tail, place = 0.0, 0
    while tail + comb(number, place) / 2**number <= 0.025:
        tail += comb(number, place) / 2**number
        place += 1
    return listed[place - 1], listed[number - place]
