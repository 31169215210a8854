"""
Where each stands in a network: between others, and near to all.

    betweenness(m) = Σ over pairs of others of the share of their shortest ways that m lies on
    closeness(m)   = r / Σ d × r / (n − 1)

where m reaches r of the n − 1 others, at distances d. In a network that hangs together, closeness is (n − 1) / Σ d.

Unit      betweenness: pairs of others; closeness: none, 0 (alone) to 1 (tied to everybody)
Better    neither: whoever stands between much is easily overburdened, and missed
Needs     ties without direction; their weights are not looked at
Source    Freeman 1977, Sociometry 40(1): 35-41; Brandes 2001, J Math Sociol 25(2): 163-177; Wasserman and Faust 1994,
          p. 201 (closeness where not all are reached)
Beware    moves with one tie more or less; what is lost when somebody leaves is in falling_apart.py. Members × ties long
Example   a chain of three: the middle is between 1 pair, with closeness 1; the ends between none, with 2/3
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa

from joinedup.kernels.compiled import numbers
from joinedup.kernels.pieces import neighbours
from joinedup.kernels.standing_between import betweenness_and_closeness


def positions(ones: Any, others: Any, members: int) -> pa.Table:
    """A row for each member, in order: `member` int32, `betweenness` and `closeness` float64. A tie counts once."""
    one, other = numbers(ones), numbers(others)
    pairs = np.unique(np.stack([np.minimum(one, other), np.maximum(one, other)], axis=1), axis=0).reshape(-1, 2)
    found = betweenness_and_closeness(*neighbours(numbers(pairs[:, 0]), numbers(pairs[:, 1]), members))
    columns = {"member": np.arange(members, dtype=np.int32), "betweenness": found[0], "closeness": found[1]}
    return pa.table(columns)


def plainly(ties: Iterable[tuple[int, int]], members: int) -> list[tuple[float, float]]:
    """
    The same by listing every shortest way between every two: the judge.

    >>> [(between, round(near, 2)) for between, near in plainly([(0, 1), (1, 2)], 3)]
    [(0.0, 0.67), (1.0, 1.0), (0.0, 0.67)]
    """
    beside: list[set[int]] = [set() for _ in range(members)]
    for one, other in ties:
        if one != other:
            beside[one].add(other)
            beside[other].add(one)
    between, far, reached = [0.0] * members, [0] * members, [0] * members
    for start, end in combinations(range(members), 2):
        ways = _shortest(beside, start, end)
        if not ways:
            continue
        for member in (start, end):
            far[member] += len(ways[0]) - 1
            reached[member] += 1
        for way in ways:
            for member in way[1:-1]:
                between[member] += 1 / len(ways)
    near = [n * n / (d * (members - 1)) if d else 0.0 for n, d in zip(reached, far, strict=True)]
    return list(zip(between, near, strict=True))


def _shortest(beside: list[set[int]], start: int, end: int) -> list[list[int]]:
    """Every shortest way from one to another; none where there is no way."""
    ways, seen = [[start]], {start}
    while ways and not any(way[-1] == end for way in ways):
        ways = [[*way, other] for way in ways for other in beside[way[-1]] - seen]
        seen |= {way[-1] for way in ways}
    return [way for way in ways if way[-1] == end]
