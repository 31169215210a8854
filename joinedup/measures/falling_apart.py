"""
What a network would lose if somebody left: the pieces it falls into, and the pairs that lose each other.

For each member m of a network of ties: without m, what was one piece falls into k pieces of s₁ … sₖ members, and

    parted(m) = ((Σ sᵢ)² − Σ sᵢ²) / 2

pairs of the others can reach each other no longer. For a pair of members (m, n), what is counted is the *extra* loss:
the pairs that stay together when m leaves and when n leaves, and lose each other only when both do.

Unit      pieces; pairs of the others
Better    lower: a network that holds without anyone
Needs     ties; a member without any is in 0 pieces without itself, and parts nobody
Source    Hopcroft and Tarjan 1973, CACM 16(6): 372-378 (one depth-first walk); Borgatti 2006, CMOT 12: 21-34 (pairs)
Beware    a tie in a record is shared people, not trust; and those who would take over are not in the record
Example   practice – coordinator – hospital: without the coordinator 2 pieces, and 1 pair parted
Entry     `without_each` and `without_each_pair` (arrays of ties to a table), which the benchmarks run
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa

from joinedup.kernels import pieces
from joinedup.kernels.compiled import Counts, Numbers, numbers
from joinedup.kernels.two_leaving import blocks, extra_losses

MOST_STEPS = 20_000_000_000
"""Steps that losing two is worked out for, some minutes: members times (members + 2 × ties), summed over blocks."""

Ties = Iterable[tuple[int, int]]
Network = tuple[Counts, Numbers]
"""As `kernels/pieces.py` gives neighbours."""


class TooManySteps(ValueError):
    """Losing every two of a network would take more steps than were allowed."""


def without_each(ones: Any, others: Any, members: int) -> pa.Table:
    """
    For every member of a network, what it loses when that one leaves; in one walk.

    `ones[i]` and `others[i]` are tied, numbers from 0 to members − 1. Gives a row for each member, in order: `member`
    int32; `reaches` int64, how many others it is tied to by any way; `pieces` int32, that these fall into without it;
    `parted` int64, pairs of them that lose each other.
    """
    network = pieces.neighbours(*_within(ones, others, members), members)
    left, parted, together = pieces.without_each(*network, -1)
    return pa.table(
        {
            "member": np.arange(members, dtype=np.int32),
            "reaches": together - 1,
            "pieces": left,
            "parted": parted,
        }
    )


def without_each_pair(ones: Any, others: Any, members: int, most_steps: int = MOST_STEPS) -> pa.Table:
    """
    The pairs of members that part what neither parts alone, the largest first: `one` and `other` int32 (one < other),
    `extra` int64, pairs of the others that lose each other only when both leave. Every other pair has none.

    Raises TooManySteps where it would take more than `most_steps`, and says how many and what to do.
    """
    one, other, extra = extra_of_two(pieces.neighbours(*_within(ones, others, members), members), most_steps)
    order = np.lexsort((other, one, -extra))
    return pa.table({"one": one[order], "other": other[order], "extra": extra[order]})


def extra_of_two(network: Network, most_steps: int = MOST_STEPS) -> tuple[Numbers, Numbers, Counts]:
    """The same as arrays, in no order, for a network as `pieces.neighbours` gives it."""
    found = blocks(*network)
    size, ties = np.diff(found[0]), np.diff(found[3])
    steps = int(np.sum(size * (size + 2 * ties)))
    if steps > most_steps:
        raise TooManySteps(
            f"Losing every two would take {steps:,} steps, more than {most_steps:,}. Keep fewer ties, by asking that "
            f"more people are shared, or look at a smaller place."
        )
    one, other, extra = extra_losses(*found)
    return one, other, extra


def _within(ones: Any, others: Any, members: int) -> tuple[Any, Any]:
    ends = numbers(ones), numbers(others)
    for each in ends:
        if len(each) and (each.min() < 0 or each.max() >= members):
            raise ValueError(f"a tie names a member that is none: numbers go from 0 to {members - 1}")
    if len(ends[0]) != len(ends[1]):
        raise ValueError(f"{len(ends[0])} ties begin and {len(ends[1])} end: give as many of each")
    return ends


def plainly(ties: Iterable[tuple[int, int]], nodes: int, leaving: Iterable[int] = ()) -> set[frozenset[int]]:
    """
    Which pairs of nodes are joined, by ties or by way of others, once some have left: leave-one-out, the judge.

    >>> plainly([(0, 1), (1, 2)], 3, leaving=[1])
    set()
    """
    gone = set(leaving)
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other in ties:
        beside[one].add(other)
        beside[other].add(one)
    joined: set[frozenset[int]] = set()
    for start in set(range(nodes)) - gone:
        reached, waiting = {start}, [start]
        while waiting:
            for other in beside[waiting.pop()] - reached - gone:
                reached.add(other)
                waiting.append(other)
        joined |= {frozenset(pair) for pair in combinations(sorted(reached), 2)}
    return joined
