"""
The patterns learnt from lines so far: as a tree to match lines against, and as the rows that each of them gives.

A pattern is the fixed bytes and gaps of a line (gaps.py) with where the gaps' values go (tracing.py). Two lines whose
fixed bytes agree up to a gap must agree on what may stand in it: the second of two that do not is refused.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from joinedup.kernels.matching import END, SPARE, Tree
from joinedup.records.fhir.gaps import TakenApart
from joinedup.records.fhir.tracing import RowOf, Traced

_AT_FIRST = 256


class Growing:
    """An array of whole numbers that grows at its end."""

    def __init__(self) -> None:
        self._room: NDArray[np.int32] = np.zeros(_AT_FIRST, np.int32)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def __getitem__(self, at: int) -> int:
        return int(self._room[at])

    def __setitem__(self, at: int, value: int) -> None:
        self._room[at] = value

    def append(self, value: int) -> None:
        if self._used == len(self._room):
            self._room = np.concatenate([self._room, np.zeros_like(self._room)])
        self._room[self._used] = value
        self._used += 1

    @property
    def array(self) -> NDArray[np.int32]:
        return self._room


class Patterns:
    def __init__(self) -> None:
        self.resource_type: list[str] = []
        self.outcome: list[str] = []
        self.rows: dict[str, list[RowOf]] = defaultdict(list)
        """By table, the rows of all patterns, one pattern after the other."""
        self.first_row: dict[str, list[int]] = defaultdict(list)
        """By table, for each pattern, which is the first of its rows. The table's may come later: see `rows_from`."""
        self._first, self._next, self._at, self._length = Growing(), Growing(), Growing(), Growing()
        self._kind, self._to, self._pairs, self._earlier, self._later = (Growing() for _ in range(5))
        self._bytes: list[bytes] = []
        self._shared: NDArray[np.uint8] = np.zeros(1 << 14, np.uint8)
        self._shared_used = 0
        self._first.append(-1)
        self._pairs.append(0)

    def __len__(self) -> int:
        return len(self.resource_type)

    def add(self, apart: TakenApart, traced: Traced) -> bool:
        """Learn a pattern; False when it is known already, or cannot stand beside those that are."""
        kinds = [*(int(gap.kind) for gap in apart.gaps), END]
        node = 0
        for place, (shared, kind) in enumerate(zip(apart.shared, kinds, strict=True)):
            edge = self._edge(node, shared)
            if edge is None:
                self._branch(node, [*zip(apart.shared[place:], kinds[place:], strict=True)])
                break
            if self._kind[edge] != kind or kind == END:
                return False
            node = self._to[edge]
        for table, rows in traced.rows.items():
            self.first_row[table] += [len(self.rows[table])] * (len(self) - len(self.first_row[table]) + 1)
            for row in rows:
                times = row.get("times", 1)
                self.rows[table] += [row] * (times if isinstance(times, int) else 1)
        for one, two in apart.ordered:
            self._earlier.append(one)
            self._later.append(two)
        self._pairs.append(len(self._earlier))
        self.resource_type.append(apart.resource_type)
        self.outcome.append(traced.outcome)
        return True

    def rows_from(self, table: str) -> NDArray[np.int64]:
        """For each pattern, its first row of this table, and one more: where the last one's end."""
        first = self.first_row[table]
        end = len(self.rows[table])
        return np.array([*first, *([end] * (len(self) + 1 - len(first)))], np.int64)

    def tree(self) -> Tree:
        return Tree(
            self._first.array,
            self._next.array,
            self._at.array,
            self._length.array,
            self._kind.array,
            self._to.array,
            self._shared,
            self._pairs.array,
            self._earlier.array,
            self._later.array,
        )

    def _edge(self, node: int, shared: bytes) -> int | None:
        edge = self._first[node]
        while edge >= 0:
            if self._bytes[edge] == shared:
                return edge
            edge = self._next[edge]
        return None

    def _branch(self, node: int, pieces: list[tuple[bytes, int]]) -> None:
        for shared, kind in pieces:
            edge = self._new_edge(shared, kind)
            before, after = -1, self._first[node]
            while after >= 0 and not shared.startswith(self._bytes[after]):  # the longer of two is tried first
                before, after = after, self._next[after]
            self._next[edge] = after
            if before < 0:
                self._first[node] = edge
            else:
                self._next[before] = edge
            if kind == END:
                self._to[edge] = len(self)
            else:
                node = len(self._first)
                self._first.append(-1)
                self._to[edge] = node

    def _new_edge(self, shared: bytes, kind: int) -> int:
        start, end = self._shared_used, self._shared_used + len(shared)
        while end + SPARE > len(self._shared):
            self._shared = np.concatenate([self._shared, np.zeros_like(self._shared)])
        self._shared[start:end] = np.frombuffer(shared, np.uint8)
        self._shared_used = end
        self._bytes.append(shared)
        for array, value in (
            (self._next, -1),
            (self._at, start),
            (self._length, len(shared)),
            (self._kind, kind),
            (self._to, -1),
        ):
            array.append(value)
        return len(self._bytes) - 1
