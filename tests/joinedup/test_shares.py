"""Hill numbers and Gini: known shares, and every pair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.measures.shares import gini, gini_plainly, hill

amounts = st.lists(st.integers(0, 50), max_size=12)


@pytest.mark.parametrize("sharers", [1, 2, 7])
def test_equal_shares_are_like_as_many_as_have_one(sharers: int) -> None:
    assert [hill([3] * sharers, order) for order in (0, 1, 2)] == pytest.approx([sharers] * 3)
    assert gini([3] * sharers) == pytest.approx(0)


@pytest.mark.parametrize("sharers", [1, 2, 7])
def test_one_who_has_all_is_like_one(sharers: int) -> None:
    all_with_one = [9] + [0] * (sharers - 1)

    assert [hill(all_with_one, order) for order in (0, 1, 2)] == pytest.approx([1, 1, 1])
    assert gini(all_with_one) == pytest.approx((sharers - 1) / sharers)


def test_a_half_and_two_quarters() -> None:
    assert hill([0.5, 0.25, 0.25], 1) == pytest.approx(2.8284, abs=5e-5)
    assert hill([0.5, 0.25, 0.25], 2) == pytest.approx(2.6667, abs=5e-5)


def test_nothing_to_share_out_has_no_shares() -> None:
    assert hill([], 1) is hill([0, 0], 2) is gini([]) is gini([0, 0]) is None


def test_an_amount_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 is below"):
        gini([3, -1])


@given(amounts)
def test_gini_is_as_by_every_pair(shared: list[int]) -> None:
    assert gini(shared) == pytest.approx(gini_plainly(shared))


@given(amounts.filter(any))
def test_hill_numbers_fall_with_their_order_and_lie_between_one_and_all(shared: list[int]) -> None:
    found = [hill(shared, order) for order in (0, 1, 2)]

    assert 1 - 1e-9 <= found[2] <= found[1] + 1e-9 <= found[0] + 2e-9  # type: ignore[operator]
