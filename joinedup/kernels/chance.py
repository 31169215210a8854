"""
What chance alone would give: the same records with providers dealt out again at random, the same for the same seed.

Random numbers are SplitMix64 (Steele, Lea and Flood 2014), written out here so that a seed gives the same answer on
every machine and with every version of everything.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from joinedup.kernels.compiled import Counts, Numbers, compiled

Random = npt.NDArray[np.uint64]
"""One number: the state of the sequence."""


@compiled
def next_below(state: Random, limit: int) -> int:
    """The next whole number from 0 to limit − 1, each as likely; `limit` is below 2³²."""
    while True:
        state[0] += np.uint64(0x9E3779B97F4A7C15)
        mixed = state[0]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)
        product = mixed * np.uint64(limit)  # Lemire 2019: the upper half, unless the lower falls in the uneven rest
        if (product & np.uint64(0xFFFFFFFF)) >= (np.uint64(0x100000000) - np.uint64(limit)) % np.uint64(limit):
            return int(product >> np.uint64(32))


@compiled
def shuffled_within(strata: Counts, values: Numbers, seed: int) -> Numbers:
    """
    The values dealt out again at random among the places of the same stratum, so that each stratum keeps its own.

    Strata are whole numbers of any size; places whose stratum or value is below 0 keep what they have.
    """
    order = np.argsort(strata, kind="mergesort")
    dealt = values.copy()
    state = np.zeros(1, np.uint64)
    state[0] = np.uint64(seed)
    pack = np.empty(len(values), np.int64)
    at = 0
    while at < len(order):
        stratum = strata[order[at]]
        size = 0
        while at < len(order) and strata[order[at]] == stratum:
            if stratum >= 0 and values[order[at]] >= 0:
                pack[size] = order[at]
                size += 1
            at += 1
        for last in range(size - 1, 0, -1):
            chosen = next_below(state, last + 1)
            held = dealt[pack[last]]
            dealt[pack[last]] = dealt[pack[chosen]]
            dealt[pack[chosen]] = held
    return dealt
