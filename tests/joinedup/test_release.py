"""What is released: nothing small, and nothing from which something small could be worked out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.release.intervals import of_count, of_median, of_share
from joinedup.release.protecting import ANY, Cell, bounds
from joinedup.release.tables import _as_cells, protected, released

tables = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0, 1, 3, 6, 8, 12, 40]), min_size=columns, max_size=columns), min_size=1, max_size=4
    )
)


def by_linear_programming(cells: list[Cell], which: int) -> tuple[float, float]:
    """The bounds of a hidden cell by another's solver."""
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is a peer, not needed to run")
    lines = sorted({each for cell in cells for each in (cell.start, cell.end)}, key=str)
    flow = np.zeros((len(lines), len(cells)))
    for place, cell in enumerate(cells):
        flow[lines.index(cell.start), place] -= 1
        flow[lines.index(cell.end), place] += 1
    limits = [(0, None) if cell.hidden else (cell.count, cell.count) for cell in cells]
    cost = np.zeros(len(cells))
    cost[which] = 1
    least = optimize.linprog(cost, A_eq=flow, b_eq=np.zeros(len(lines)), bounds=limits)
    most = optimize.linprog(-cost, A_eq=flow, b_eq=np.zeros(len(lines)), bounds=limits)
    return least.fun, float("inf") if most.status == 3 else -most.fun


@settings(deadline=None, max_examples=60)
@given(tables)
def test_what_can_be_worked_out_of_a_hidden_cell_is_what_linear_programming_says(counts: list[list[int]]) -> None:
    cells = _as_cells(counts, 8)
    for place, cell in enumerate(cells):
        if cell.hidden:
            least, most = bounds(cells, place)
            expected = by_linear_programming(cells, place)
            assert (least, float("inf") if most >= ANY else most) == pytest.approx(expected)


@settings(deadline=None)
@given(tables)
def test_nothing_small_is_shown_nor_can_be_worked_out(counts: list[list[int]]) -> None:
    cells = protected(_as_cells(counts, 8), 8)

    for place, cell in enumerate(cells):
        if 0 < cell.count < 8:
            assert cell.hidden
            least, most = bounds(cells, place)
            assert (least == 0 and most >= 7) or all(each.hidden for each in cells)


def test_a_single_small_count_hides_another_so_that_the_total_does_not_give_it_away() -> None:
    found = released([[3, 20, 40]])

    assert found.cells == ((None, None, 40),)
    assert found.total == 65
    assert found.sentence() == (
        "Counts of 1 to 7 are not shown, nor is one from which they could be worked out. "
        "Counts are rounded to 5; totals are of unrounded counts."
    )


def test_a_small_cell_of_a_table_hides_a_rectangle_around_it() -> None:
    found = released([[3, 20, 40], [30, 50, 60], [70, 80, 90]])

    hidden = {(row, column) for row in range(3) for column in range(3) if found.cells[row][column] is None}
    assert (0, 0) in hidden
    assert all(sum(r == row for r, _ in hidden) != 1 for row, _ in hidden)
    assert found.row_totals[2] == 240


def test_a_true_nought_is_shown_and_large_counts_are_only_rounded() -> None:
    found = released([[0, 23], [41, 100]])

    assert (found.cells, found.small, found.protecting) == (((0, 25), (40, 100)), 0, 0)
    assert (found.row_totals, found.column_totals, found.total) == ((25, 140), (40, 125), 165)


@pytest.mark.parametrize("counts", [[[-1]], [[1, 2], [3]]])
def test_a_table_that_is_none_is_refused(counts: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="count"):
        released(counts)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_what_was_found(number: int, more: int) -> None:
    low, high = of_share(number, number + more) or (1, 0)
    assert 0 <= low <= number / (number + more) <= high <= 1
    low, high = of_count(number)
    assert low <= number <= high


@given(st.lists(st.integers(0, 99), min_size=6, max_size=60))
def test_the_interval_of_a_median_holds_it(values: list[int]) -> None:
    low, high = of_median(values) or (1, 0)

    assert low <= float(np.median(values)) <= high
