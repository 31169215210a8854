"""
What somebody who knows only the shown cells of a table, and how its totals come about, can work out of the hidden ones.

A table with totals is a flow that goes round: from the total of a row through each of its cells to the total of the
column, and from the grand total back. Hidden cells can be anything from 0 up that keeps the flow. How far one can
rise or fall is how much more can flow from its end back to its beginning through the other hidden cells: the exact
bounds, by augmenting paths (Ford and Fulkerson 1956). The true table is one of those that fit, so the search begins
there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

ANY = 1 << 60
"""As much as anything can be: a cell that nothing holds down."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table with totals: the two lines that it stands between, its count, and whether it is hidden."""

    start: Hashable
    end: Hashable
    count: int
    hidden: bool


def bounds(cells: Sequence[Cell], which: int) -> tuple[int, int]:
    """The least and the most that a hidden cell can be, by the cells that are shown. ANY where there is no most."""
    cell = cells[which]
    others = [other for place, other in enumerate(cells) if other.hidden and place != which]
    more = _most_flow(others, cell.end, cell.start)
    less = _most_flow(others, cell.start, cell.end)
    return cell.count - min(less, cell.count), ANY if more >= ANY else cell.count + more


def _most_flow(cells: Sequence[Cell], source: Hashable, sink: Hashable) -> int:
    """How much more can flow from one line to another: any hidden cell may rise without end, and fall to 0."""
    if source == sink:
        return ANY
    room: dict[Hashable, dict[Hashable, int]] = {}
    for cell in cells:
        ahead, back = room.setdefault(cell.start, {}), room.setdefault(cell.end, {})
        ahead[cell.end] = ANY
        back[cell.start] = min(ANY, back.get(cell.start, 0) + cell.count)
    total = 0
    while total < ANY:
        came: dict[Hashable, Hashable] = {source: source}
        waiting = deque([source])
        while waiting and sink not in came:
            here = waiting.popleft()
            for there, left in room.get(here, {}).items():
                if left > 0 and there not in came:
                    came[there] = here
                    waiting.append(there)
        if sink not in came:
            return total
        path = [sink]
        while path[-1] != source:
            path.append(came[path[-1]])
        steps = list(zip(path[1:], path, strict=False))
        most = min(room[here][there] for here, there in steps)
        if most >= ANY:
            return ANY
        for here, there in steps:
            if room[here][there] < ANY:
                room[here][there] -= most
            back_to = room.setdefault(there, {})
            if back_to.get(here, 0) < ANY:
                back_to[here] = back_to.get(here, 0) + most
        total += most
    return ANY
