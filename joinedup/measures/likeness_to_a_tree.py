"""
How far a network is like a chart of who reports to whom: Krackhardt's four dimensions.

    connectedness  share of all pairs that hang together, directions aside
    hierarchy      of pairs of whom one can reach the other, the share in which the other cannot reach back
    efficiency     1 − ties beyond what holds each part together, as a share of all that could be beyond
    LUBness        1 − pairs without one nearest whom both stand under, as a share of all that could be without

A tie goes from whoever stands above. A tree, in which everybody but one has one above them, has 1 in all four.

Unit      none; 0 to 1
Better    neither: formal lines are near 1, advice and care across organisations far from it, as they should be
Needs     at least two members; for hierarchy a tie, for efficiency and LUBness a part of three; else 1, as in R's sna
Source    Krackhardt 1994, Graph theoretical dimensions of informal organizations, in Carley and Prietula (eds)
Beware    for teams and networks of up to some hundreds: time grows with the cube of the members
Example   one above two others: 1, 1, 1, 1; the three tied to each other in both directions: 1, 0, 0, 1
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class LikenessToATree:
    """The four, each from 0 to 1."""

    connectedness: float
    hierarchy: float
    efficiency: float
    lubness: float


def likeness_to_a_tree(ties: Iterable[tuple[int, int]], members: int) -> LikenessToATree:
    """
    The four dimensions of ties between members 0 to members − 1. A tie given twice, or to oneself, counts once or not.

    >>> likeness_to_a_tree([(0, 1), (0, 2)], 3)
    LikenessToATree(connectedness=1.0, hierarchy=1.0, efficiency=1.0, lubness=1.0)
    """
    arcs = {(one, other) for one, other in ties if one != other}
    reaches = _reach(arcs, members)
    together = _reach(arcs | {(other, one) for one, other in arcs}, members)
    parts = {frozenset(part) for part in together}
    sizes = [len(part) for part in parts]
    either = [(a, b) for a, b in combinations(range(members), 2) if b in reaches[a] or a in reaches[b]]
    both = sum(b in reaches[a] and a in reaches[b] for a, b in either)
    beyond = len(arcs) - sum(size - 1 for size in sizes)
    without = sum(_without_a_nearest(part, reaches) for part in parts)
    return LikenessToATree(
        connectedness=_share(sum(size * (size - 1) for size in sizes), members * (members - 1)),
        hierarchy=1 - both / len(either) if either else 1.0,
        efficiency=1 - _share(beyond, sum((size - 1) ** 2 for size in sizes), 0.0),
        lubness=1 - _share(without, sum((size - 1) * (size - 2) // 2 for size in sizes), 0.0),
    )


def _share(part: int, whole: int, of_nothing: float = 1.0) -> float:
    return part / whole if whole else of_nothing


def _reach(arcs: Iterable[tuple[int, int]], members: int) -> list[set[int]]:
    """Whom each can reach, itself included."""
    after: list[set[int]] = [set() for _ in range(members)]
    for one, other in arcs:
        after[one].add(other)
    found = []
    for start in range(members):
        reached, waiting = {start}, [start]
        while waiting:
            new = after[waiting.pop()] - reached
            reached |= new
            waiting.extend(new)
        found.append(reached)
    return found


def _without_a_nearest(part: frozenset[int], reaches: list[set[int]]) -> int:
    """Pairs of a part without a member that reaches both and that all others that reach both can reach."""
    above = {member: {other for other in part if member in reaches[other]} for member in part}
    missing = 0
    for a, b in combinations(part, 2):
        common = above[a] & above[b]
        missing += not any(all(nearest in reaches[other] for other in common) for nearest in common)
    return missing
