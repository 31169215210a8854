"""Ties by people in common: the kernel against counting each pair, with a least weight and the heaviest of each."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.kernels.meetings import met
from joinedup.kernels.ties import heaviest, shared_people
from joinedup.measures import networks

Dealt = list[tuple[int, int]]
dealt = st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 5)), max_size=50).map(sorted)


def lists(rows: Dealt) -> tuple[np.ndarray, np.ndarray, int]:
    patient, provider = (np.array([row[column] for row in rows], np.int32) for column in range(2))
    _, starts, members, most = met(patient, provider)
    return starts, members, most


def found(ties: tuple[np.ndarray, ...]) -> dict[tuple[int, int], int]:
    return {(one, other): shared for one, other, shared in zip(*(each.tolist() for each in ties), strict=True)}


@settings(deadline=None)
@given(dealt, st.integers(1, 3))
def test_ties_are_the_people_both_have_dealt_with(rows: Dealt, at_least: int) -> None:
    plainly = {pair: shared for pair, shared in networks.plainly(rows).items() if shared >= at_least}

    assert found(shared_people(*lists(rows), at_least)) == plainly


@settings(deadline=None)
@given(dealt, st.integers(1, 3))
def test_the_heaviest_ties_of_each_are_kept_from_either_end(rows: Dealt, most: int) -> None:
    plainly = networks.plainly(rows)
    kept = set()
    for one in {end for pair in plainly for end in pair}:
        mine = sorted((-shared, sum(pair) - one, pair) for pair, shared in plainly.items() if one in pair)
        kept |= {pair for *_, pair in mine[:most]}

    assert found(heaviest(*lists(rows), 1, most)) == {pair: plainly[pair] for pair in kept}


def test_somebody_with_a_thousand_providers_costs_no_more_than_their_pairs() -> None:
    rows = [(0, provider) for provider in range(1_000)]

    ties = found(shared_people(*lists(rows), 1))

    assert Counter(ties.values()) == {1: len(list(combinations(range(1_000), 2)))}
