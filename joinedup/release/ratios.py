"""
How much more often something is so of a group than of everybody, with a 95 % interval.

    ratio = (a / n) / (A / N)

where a of the n in the group, and A of all N, are so. The group is part of everybody, so the two shares vary together;
by the delta method, with b = A − a of the m = N − n others, p = a / n and q = b / m,

    variance of ln ratio = (1 − p) / a − 2 (1 − p) / A + (a (1 − p) + b (1 − q)) / A²

Source    Katz et al. 1978, Biometrics 34: 469-474, for two groups apart; the term for the overlap is ours
          Where a is 0, the interval ends where Wilson's interval of the group's share does (intervals.py)
Beware    rough where a is under 5
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from joinedup.release.intervals import Z, of_share


@dataclass(frozen=True)
class Ratio:
    """A ratio, and between what it lies."""

    value: float
    low: float
    high: float


def ratio_to_everybody(of_group: int, group: int, of_all: int, everybody: int) -> Ratio | None:
    """
    The ratio of a group's share to everybody's; None where nobody is in the group, or nobody at all is so.

    >>> found = ratio_to_everybody(40, 200, 100, 1_000)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (2.0, 1.6, 2.5)
    >>> ratio_to_everybody(100, 1_000, 100, 1_000)
    Ratio(value=1.0, low=1.0, high=1.0)
    """
    if group <= 0 or of_all <= 0 or everybody <= 0 or of_group > group:
        return None
    value = (of_group / group) / (of_all / everybody)
    if of_group == 0:
        most = of_share(0, group)
        assert most is not None
        return Ratio(0.0, 0.0, most[1] / (of_all / everybody))
    others, rest = max(of_all - of_group, 0), max(everybody - group, 0)
    here, there = of_group / group, min(1.0, others / rest) if rest else 0.0
    variance = (
        (1 - here) / of_group - 2 * (1 - here) / of_all + (of_group * (1 - here) + others * (1 - there)) / of_all**2
    )
    spread = exp(Z * sqrt(max(variance, 0.0)))
    return Ratio(value, value / spread, value * spread)
