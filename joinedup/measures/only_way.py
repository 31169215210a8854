"""
The only way between: people whose care went from one organisation to another through one provider alone.

Each person's contacts in order tie a provider to the next wherever it changes. A provider is a person's only way
between two organisations when, without it, the other providers of that person fall into pieces, and are at two
organisations or more: then two of them, at different organisations, have followed each other only by way of it.

Unit      people
Better    neither: a practice may be meant to be the hub; it must not be the only one who knows
Needs     contacts in order with at least three providers, two of them at different organisations
Source    cut points of the person's own network: Hopcroft and Tarjan 1973, CACM 16(6): 372-378; as a measure it is ours
Beware    shows in what order things were recorded, not who told whom; short windows make everybody an only way
Example   practice, coordinator, hospital, coordinator, home care: without the coordinator nothing joins the other three
Entry     `only_way` takes arrays
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from joinedup.kernels.compiled import Counts, numbers
from joinedup.kernels.paths import parts_two_others, paths
from joinedup.kernels.pieces import neighbours, without_each
from joinedup.measures.falling_apart import plainly as joined

AT_ONCE = 2_000_000
"""Contacts whose people are walked through together: a hundred megabytes or so."""


def only_way(patient: Any, provider: Any, belongs: Any, at_once: int = AT_ONCE) -> Counts:
    """
    For each provider, how many people it is the only way between two organisations for: int64, in order of provider.

    `patient` is sorted, each person's contacts in order; contacts with nobody (below 0) are passed over. `belongs` is
    the organisation of each provider; of organisations, their own numbers. Raises ValueError for a provider of none.
    """
    patient, provider, belongs = numbers(patient), numbers(provider), numbers(belongs)
    if belongs.min(initial=0) < 0:
        raise ValueError("a provider belongs to no organisation: give each of those a number of its own")
    people = np.zeros(len(belongs), np.int64)
    for start, end in _stretches(patient, at_once):
        whose, whom, one, other = paths(patient[start:end], provider[start:end], len(belongs))
        falls_into, _, _ = without_each(*neighbours(one, other, len(whose)), -1)
        people += parts_two_others(whose, whom, falls_into, belongs)
    return people


def _stretches(patient: Any, at_once: int) -> Iterator[tuple[int, int]]:
    """From where to where to go at once, so that nobody's contacts are parted."""
    start = 0
    while start < len(patient):
        last = patient[min(start + at_once, len(patient)) - 1]
        end = int(np.searchsorted(patient, last, side="right"))
        yield start, end
        start = end


def plainly(seen: Sequence[int], belongs: Mapping[int, int]) -> set[int]:
    """
    Those of one person's providers, in order, that are the only way between two organisations, by trying each.

    >>> plainly([1, 9, 2, 9, 3], {1: 10, 2: 20, 3: 30, 9: 90})
    {9}
    """
    providers = sorted(set(seen))
    ties = [(providers.index(a), providers.index(b)) for a, b in pairwise(seen) if a != b]
    found, before = set(), joined(ties, len(providers))
    for gone, one in enumerate(providers):
        lost = {pair for pair in before - joined(ties, len(providers), [gone]) if gone not in pair}
        if any(len({belongs[providers[end]] for end in pair}) == 2 for pair in lost):
            found.add(one)
    return found
