"""
Many lines of NDJSON at once, at the speed of looking at them.

Lines written by one system follow a few patterns. A line that follows one learnt before is matched against it byte by
byte, and its rows are gathered with those of all others. Any other line goes to the careful reader, which is the only
judge of what a line says; and a pattern is learnt from it, unless it is unusual (see gaps.py), when enough lines before
it were matched to be worth the time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from joinedup.kernels.matching import Found, Progress, match
from joinedup.records.blocks import Block
from joinedup.records.fhir.gaps import Unusual, take_apart
from joinedup.records.fhir.gathered import Gathering, Matched, in_one_piece
from joinedup.records.fhir.patterns import Patterns
from joinedup.records.fhir.reader import KEPT, Reader, resource_type_of
from joinedup.records.fhir.rows import Rows
from joinedup.records.fhir.tracing import Traced, trace

_LEARN_AT_FIRST = 400
_LINES_FOR_ONE = 200
"""Learning a pattern takes as long as reading some forty lines with care; this keeps it a small part of the whole."""
_MOST = 20_000


class Lines:
    """Reads blocks of lines with what it has learnt. One for each system (see naming.py) whose records are read."""

    def __init__(self, schemas: dict[str, pa.Schema], keys: dict[str, set[str]], system: str | None) -> None:
        self.system = system
        self.keys = keys
        self.patterns = Patterns()
        self.gathered = Gathering(self.patterns, schemas, keys)
        self.matched = self.tried = 0
        self._room: Found | None = None

    def read(self, block: Block, reader: Reader, base: int, slowly: Callable[[], None]) -> bool:
        """
        Gather the lines that follow patterns; the others go to `reader`, with `slowly` called after each. Whether there
        was any line that is not blank.

        `base` is the place of the first byte of the file (see parts.py): a line's place is where it begins.
        """
        found, progress = self._found(block.length), Progress(block.first_byte, block.lines_before, 0, 0, 0)
        told, met = 0, False
        while progress.at < block.length:
            learning = self._may_learn(progress.lines)
            progress = Progress(
                *match(block.text, block.length, self.patterns.tree(), found, progress, learning, not block.is_utf8)
            )
            for which in range(told, progress.missed):
                met |= self._missed(block, int(found.missed[which]), int(found.missed_number[which]), reader, base)
                slowly()
            told = progress.missed
        block.lines_before = progress.number
        self.matched += progress.lines
        self._count(found, progress.lines, reader)
        if progress.lines:
            self.gathered.add(Matched(block.text, found, progress.lines, reader.rows.source, base + block.offset))
        return met or progress.lines > 0

    def _may_learn(self, lines: int) -> bool:
        return len(self.patterns) < _MOST and self.tried < _LEARN_AT_FIRST + (self.matched + lines) // _LINES_FOR_ONE

    def _missed(self, block: Block, at: int, number: int, reader: Reader, base: int) -> bool:
        line = block.line(at)
        if not line.strip():
            return False
        reader.rows.place = base + block.offset + at
        reader.document(line, f"line {number}")
        if self._may_learn(0):
            self.tried += 1
            self._learn(line)
        return True

    def _learn(self, line: bytes) -> None:
        kind = resource_type_of(line)
        if kind is None or kind == "Bundle":
            return
        try:
            apart = take_apart(line, KEPT[kind][0] if kind in KEPT else None, kind)
        except Unusual:
            return
        traced = trace(line, apart, self._reader)
        if traced is not None and self._fits(traced):
            self.patterns.add(apart, traced)

    def _fits(self, traced: Traced) -> bool:
        """Texts of several pieces are only made where columns are copied."""
        return all(
            in_one_piece(cell) or name in self.keys[table]
            for table, rows in traced.rows.items()
            for row in rows
            for name, cell in row.items()
        )

    def _reader(self) -> Reader:
        reader = Reader(Rows())
        reader.system = self.system
        return reader

    def _count(self, found: Found, lines: int, reader: Reader) -> None:
        for pattern, many in enumerate(np.bincount(found.pattern[:lines]).tolist()):
            if many:
                kind, outcome = self.patterns.resource_type[pattern], self.patterns.outcome[pattern]
                reader.counts[reader.rows.source, kind, False, outcome] += many
        reader.resources += lines

    def _found(self, length: int) -> Found:
        """Room for as much as could be found in a block of this length; what is never used takes no memory."""
        lines, gaps = length // 2 + 2, length // 3 + 512
        if self._room is None or len(self._room.line) < lines:
            self._room = Found(
                np.empty(lines, np.int32),
                np.empty(lines, np.int32),
                np.empty(lines, np.int32),
                np.empty(gaps, np.int32),
                np.empty(gaps, np.int32),
                np.empty(gaps, np.int64),
                np.empty(lines, np.int32),
                np.empty(lines, np.int32),
            )
        return self._room
