"""
How many of each group are so, beside how many there are, with the totals, as it may be released.

Groups do not overlap, and together are everybody. Nobody is shown how many of a group are *not* so, but it can be
worked out of the two that are: so where any of the three is small, how many are so is hidden, and how many there are as
well where that is small. Then whole groups are hidden with them, those of the fewest first, until no small count can be
worked out (protecting.py), and at last the totals. What is shown is rounded, as in tables.py.

Source    as tables.py, whose greedy choice among single cells would hide most groups of such a pair of rows
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.release.protecting import Cell, bounds
from joinedup.release.tables import ROUNDED_TO, THRESHOLD


@dataclass(frozen=True)
class OfGroups:
    """`so` and `there` of each group and of all, rounded, None where hidden; and how many numbers are hidden."""

    so: tuple[int | None, ...]
    there: tuple[int | None, ...]
    all_so: int | None
    all_there: int | None
    hidden: int


def of_groups(
    so: Sequence[int], there: Sequence[int], threshold: int = THRESHOLD, rounded_to: int = ROUNDED_TO
) -> OfGroups:
    """
    What may be shown of how many are so in each group, of how many there are.

    Raises ValueError where more are so than there are, or fewer than none.

    >>> found = of_groups([3, 9, 20, 40], [100, 100, 100, 100])
    >>> found.so, found.there, found.all_so
    ((None, None, 20, 40), (100, 100, 100, 100), 70)
    """
    if len(so) != len(there) or any(not 0 <= one <= many for one, many in zip(so, there, strict=True)):
        raise ValueError("of each group no more can be so than there are, nor fewer than none")
    few = {n for n, (one, many) in enumerate(zip(so, there, strict=True)) if _small(one, many, threshold)}
    none_of = {n for n, many in enumerate(there) if 0 < many < threshold}
    waiting = sorted(set(range(len(so))) - few, key=lambda n: (so[n] == 0, so[n]))
    totals_hidden = _small(sum(so), sum(there), threshold)
    while not _safe(so, there, few, none_of, totals_hidden, threshold):
        if waiting:
            few.add(waiting.pop(0))
        elif not totals_hidden:
            totals_hidden = True
        else:
            none_of = set(range(len(so)))
            break
    rounded = [None if n in few else _rounded(one, rounded_to) for n, one in enumerate(so)]
    known = [None if n in none_of else _rounded(many, rounded_to) for n, many in enumerate(there)]
    no_total = 0 < sum(there) < threshold or none_of == set(range(len(so))) != set()
    all_so = None if totals_hidden else _rounded(sum(so), rounded_to)
    all_there = None if no_total else _rounded(sum(there), rounded_to)
    hidden = [*rounded, *known, all_so, all_there].count(None)
    return OfGroups(tuple(rounded), tuple(known), all_so, all_there, hidden)


def _small(one: int, many: int, threshold: int) -> bool:
    return any(0 < count < threshold for count in (one, many - one, many))


def _safe(
    so: Sequence[int], there: Sequence[int], few: set[int], none_of: set[int], no_totals: bool, threshold: int
) -> bool:
    """Can every small count be anything from 0 to one below the threshold, by what is shown?"""
    cells = []
    for n, (one, many) in enumerate(zip(so, there, strict=True)):
        cells += [Cell("so", n, one, n in few), Cell("others", n, many - one, n in few)]
        cells.append(Cell(n, "all", many, n in none_of))
    cells += [Cell("total", "so", sum(so), no_totals), Cell("total", "others", sum(there) - sum(so), no_totals)]
    cells.append(Cell("all", "total", sum(there), 0 < sum(there) < threshold))
    for place, cell in enumerate(cells):
        if 0 < cell.count < threshold:
            least, most = bounds(cells, place)
            if least > 0 or most < threshold - 1:
                return False
    return True


def _rounded(count: int, to: int) -> int:
    return to * ((count + to // 2) // to)
