"""
A table of counts with its totals, as it may be released.

    1  counts from 1 to one below the threshold are hidden; a true nought is shown, since it is about nobody
    2  so are others, the smallest first, until no small count can be worked out from those that are shown to lie
       within a range narrower than 0 to one below the threshold (protecting.py says what can be worked out)
    3  what is shown is rounded to the nearest 5. Totals are of the counts before rounding, and rounded themselves, so
       that rounded counts need not add up

Source    the practice of OpenSAFELY (counts of 7 or fewer hidden, the rest rounded to 5); secondary suppression as in
          Hundepool et al., Statistical Disclosure Control, 2012, chapter 4
Beware    two tables of overlapping people, or the same table at two times, can be taken from each other: release one
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.release.protecting import Cell, bounds

THRESHOLD = 8
ROUNDED_TO = 5

Counts = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Released:
    """
    What may be shown: `cells` (rows of counts), `row_totals`, `column_totals` and `total`, each rounded, or None where
    it is hidden; and how many were hidden for being small, and how many to protect those.
    """

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    small: int
    protecting: int
    threshold: int
    rounded_to: int

    def sentence(self) -> str:
        """What was hidden and rounded, to stand with the table."""
        said = f"Counts of 1 to {self.threshold - 1} are not shown"
        if self.protecting == 1:
            said += ", nor is one from which they could be worked out"
        elif self.protecting:
            said += f", nor are {self.protecting} from which they could be worked out"
        if self.rounded_to == 1:
            return f"{said}."
        return f"{said}. Counts are rounded to {self.rounded_to}; totals are of unrounded counts."


def released(counts: Counts, threshold: int = THRESHOLD, rounded_to: int = ROUNDED_TO) -> Released:
    """
    A table of counts, each row as long as the others, with its totals. One row is a list with its total.

    Raises ValueError for a count below 0, rows of different lengths, or a threshold or rounding below 1.
    """
    if threshold < 1 or rounded_to < 1:
        raise ValueError("the threshold and what is rounded to are at least 1")
    if any(count < 0 for row in counts for count in row):
        raise ValueError("a count cannot be less than nothing")
    if len({len(row) for row in counts}) > 1:
        raise ValueError("every row needs as many counts as the others")
    cells = _as_cells(counts, threshold)
    small = sum(cell.hidden for cell in cells)
    cells = protected(cells, threshold)
    shown = [None if cell.hidden else rounded_to * ((cell.count + rounded_to // 2) // rounded_to) for cell in cells]
    rows, columns = len(counts), len(counts[0]) if counts else 0
    inside, rest = shown[: rows * columns], shown[rows * columns :]
    by_row = rest[:rows]
    by_column = rest[rows : rows + columns] if rows > 1 else inside
    return Released(
        tuple(tuple(inside[row * columns : (row + 1) * columns]) for row in range(rows)),
        tuple(by_row),
        tuple(by_column),
        rest[-1] if rest else None,
        small,
        sum(cell.hidden for cell in cells) - small,
        threshold,
        rounded_to,
    )


def _as_cells(counts: Counts, threshold: int) -> list[Cell]:
    """Cells, then the totals of rows, of columns, and of all. Of one row, the only total is its own."""
    rows, columns = len(counts), len(counts[0]) if counts else 0

    def cell(start: object, end: object, count: int) -> Cell:
        return Cell(start, end, count, 0 < count < threshold)

    if rows == 1:
        only = [cell("row", "total", count) for count in counts[0]]
        return [*only, cell("total", "row", sum(counts[0]))]
    found = [
        cell(("row", row), ("column", column), counts[row][column]) for row in range(rows) for column in range(columns)
    ]
    found += [cell("total", ("row", row), sum(counts[row])) for row in range(rows)]
    found += [cell(("column", column), "all", sum(row[column] for row in counts)) for column in range(columns)]
    return [*found, cell("all", "total", sum(map(sum, counts)))] if rows else []


def protected(cells: list[Cell], threshold: int) -> list[Cell]:
    """The same with others hidden, until each that is small can be anything from 0 to one below the threshold."""
    for place, cell in enumerate(cells):
        if not 0 < cell.count < threshold:
            continue
        while not _safe(cells, place, threshold):
            shown = [at for at, other in enumerate(cells) if not other.hidden]
            if not shown:
                break
            exposed = {line for each in cells if each.hidden for line in (each.start, each.end)}
            chosen = cells[at := min(shown, key=lambda at: _loss(cells[at], exposed))]
            cells[at] = Cell(chosen.start, chosen.end, chosen.count, True)
    return cells


def _loss(cell: Cell, exposed: set[object]) -> tuple[object, ...]:
    """What hiding a cell loses, the least first: beside hidden ones, no nought, no total, a small count."""
    is_total = "total" in (cell.start, cell.end) or "all" in (cell.start, cell.end)
    return not {cell.start, cell.end} & exposed, cell.count == 0, is_total, cell.count


def _safe(cells: Sequence[Cell], place: int, threshold: int) -> bool:
    least, most = bounds(cells, place)
    return least == 0 and most >= threshold - 1


def hide_small(count: int | None, threshold: int = THRESHOLD, rounded_to: int = ROUNDED_TO) -> int | None:
    """
    One count that stands alone, in no table with totals: None when small, else rounded.

    >>> hide_small(7), hide_small(8), hide_small(0), hide_small(23)
    (None, 10, 0, 25)
    """
    if count is None or 0 < count < threshold:
        return None
    return rounded_to * ((count + rounded_to // 2) // rounded_to)
