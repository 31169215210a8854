"""The only way between two organisations: one walk for everybody against trying each person's providers."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.measures.only_way import only_way, plainly

PRACTICE, HOSPITAL, HOME_CARE, COORDINATOR = range(4)


def counted(people: list[list[int]], belongs: list[int], at_once: int = 1_000) -> list[int]:
    patient = np.array([who for who, seen in enumerate(people) for _ in seen], np.int32)
    provider = np.array([one for seen in people for one in seen], np.int32)
    found: list[int] = only_way(patient, provider, belongs, at_once).tolist()
    return found


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([PRACTICE, COORDINATOR, HOSPITAL, COORDINATOR, HOME_CARE], [0, 0, 0, 1]),
        ([PRACTICE, COORDINATOR, HOSPITAL, PRACTICE], [0, 0, 0, 0]),  # the practice and the hospital met without them
        ([PRACTICE, HOSPITAL], [0, 0, 0, 0]),  # nobody is between two
        ([PRACTICE, -1, COORDINATOR, COORDINATOR, HOSPITAL], [0, 0, 0, 1]),
        ([], [0, 0, 0, 0]),
    ],
)
def test_whoever_everything_goes_through_is_the_only_way(seen: list[int], expected: list[int]) -> None:
    assert counted([seen], [0, 1, 2, 3]) == expected


def test_between_two_of_one_organisation_is_between_nothing() -> None:
    seen = [[PRACTICE, COORDINATOR, HOSPITAL]]

    assert counted(seen, [0, 0, 0, 3]) == [0, 0, 0, 0]
    assert counted(seen, [0, 1, 2, 3]) == [0, 0, 0, 1]


@settings(deadline=None)
@given(
    people=st.lists(st.lists(st.integers(-1, 5), max_size=12), max_size=8),
    belongs=st.lists(st.integers(0, 3), min_size=6, max_size=6),
    at_once=st.integers(1, 30),
)
def test_one_walk_finds_what_trying_each_finds(people: list[list[int]], belongs: list[int], at_once: int) -> None:
    expected: Counter[int] = Counter()
    for seen in people:
        expected.update(plainly([one for one in seen if one >= 0], dict(enumerate(belongs))))

    assert counted(people, belongs, at_once) == [expected[one] for one in range(6)]


def test_a_provider_of_no_organisation_is_refused() -> None:
    with pytest.raises(ValueError, match="belongs to no organisation"):
        counted([[0]], [-1])
