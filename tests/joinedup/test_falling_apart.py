"""What a network of any ties loses: every shape against leaving out, one and two at a time."""

from __future__ import annotations

import random
import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.measures.falling_apart import TooManySteps, plainly, without_each, without_each_pair

Tie = tuple[int, int]
Pairs = set[frozenset[int]]

SHAPES: dict[str, tuple[int, list[Tie]]] = {
    "nobody": (0, []),
    "isolated": (4, []),
    "one tied to itself": (1, [(0, 0)]),
    "two people": (2, [(0, 1)]),
    "two people tied twice": (2, [(0, 1), (1, 0)]),
    "disconnected": (7, [(0, 1), (1, 2), (3, 4), (4, 5), (5, 3)]),
    "star": (9, [(4, leaf) for leaf in range(9) if leaf != 4]),
    "ring": (8, [(n, (n + 1) % 8) for n in range(8)]),
    "chain": (9, [(n, n + 1) for n in range(8)]),
    "everybody with everybody": (6, list(combinations(range(6), 2))),
    "two rings that share one": (7, [(0, 1), (1, 2), (2, 3), (3, 0), (0, 4), (4, 5), (5, 6), (6, 0)]),
    "a ring with tails": (9, [(0, 1), (1, 2), (2, 3), (3, 0), (0, 4), (4, 5), (2, 6), (6, 7), (3, 8)]),
}


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[Tie]]:
    members = draw(st.integers(1, 13))
    member = st.integers(0, members - 1)
    return members, draw(st.lists(st.tuples(member, member), max_size=20))


def walked(members: int, ties: list[Tie]) -> tuple[list[int], dict[Tie, int]]:
    """Pairs parted by each, and by two beyond either."""
    ones, others = [a for a, _ in ties], [b for _, b in ties]
    pairs = without_each_pair(ones, others, members).to_pylist()
    return (
        without_each(ones, others, members)["parted"].to_pylist(),
        {(row["one"], row["other"]): row["extra"] for row in pairs},
    )


def left_out(members: int, ties: list[Tie]) -> tuple[list[int], dict[Tie, int]]:
    joined = plainly(ties, members)
    without = [plainly(ties, members, [member]) for member in range(members)]
    of_others = [{pair for pair in joined if member not in pair} for member in range(members)]
    extra = {
        (a, b): sum(1 for pair in (without[a] & without[b]) - plainly(ties, members, [a, b]) if not pair & {a, b})
        for a, b in combinations(range(members), 2)
    }
    parted = [len(before - after) for before, after in zip(of_others, without, strict=True)]
    return parted, {pair: more for pair, more in extra.items() if more}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_loses_what_leaving_out_finds(shape: str) -> None:
    assert walked(*SHAPES[shape]) == left_out(*SHAPES[shape])


@settings(max_examples=150, deadline=None)
@given(network=networks())
def test_any_network_loses_what_leaving_out_finds(network: tuple[int, list[Tie]]) -> None:
    assert walked(*network) == left_out(*network)


@settings(max_examples=50, deadline=None)
@given(network=networks(), order=st.randoms(use_true_random=False))
def test_the_order_and_the_direction_of_ties_change_nothing(
    network: tuple[int, list[Tie]], order: random.Random
) -> None:
    members, ties = network
    turned = [(b, a) for a, b in ties]

    order.shuffle(turned)

    assert walked(members, turned) == walked(members, ties)


def test_a_ring_holds_without_anyone_and_falls_apart_without_two_that_are_not_next_to_each_other() -> None:
    each, pairs = walked(*SHAPES["ring"])

    assert set(each) == {0}
    assert pairs[0, 4] == 3 * 3
    assert (0, 1) not in pairs


def test_a_row_says_how_many_it_reaches_and_the_pieces_left() -> None:
    found = without_each([0, 1], [1, 2], 4).to_pylist()

    assert found[1] == {"member": 1, "reaches": 2, "pieces": 2, "parted": 1}
    assert found[3] == {"member": 3, "reaches": 0, "pieces": 0, "parted": 0}


def test_a_million_tied_in_a_chain_take_less_than_a_second() -> None:
    people = 1_000_000
    chain = np.arange(people - 1, dtype=np.int32)
    without_each(chain[:9], chain[:9] + 1, 10)  # compiles

    begun = time.process_time()
    found = without_each(chain, chain + 1, people)
    took = time.process_time() - begun

    assert found["parted"][500_000].as_py() == 500_000 * 499_999
    assert took < 1


def test_losing_every_two_is_refused_where_it_would_take_for_ever() -> None:
    members, ties = SHAPES["ring"]

    with pytest.raises(TooManySteps, match="Keep fewer ties"):
        without_each_pair([a for a, _ in ties], [b for _, b in ties], members, most_steps=10)


def test_a_tie_to_somebody_who_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="numbers go from 0 to 1"):
        without_each([0], [2], 2)
