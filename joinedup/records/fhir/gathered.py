"""
The rows of many matched lines, as Arrow tables: each column gathered from the gaps of all lines in one loop.

Columns whose values come again and again are codes into the values, each kept once; keys, which do not, are copied out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.kernels import dates, gathering
from joinedup.kernels.gathering import NO_GAP, NULL, Fixed
from joinedup.kernels.matching import Found
from joinedup.records.fhir.patterns import Patterns
from joinedup.records.fhir.tracing import Cell, Day, Moment, RowOf, Text
from joinedup.records.fhir.words import Kept, Registry

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Matched:
    """What matching found in one text: the text, its matched lines and their gaps, and where it was read."""

    text: NDArray[np.uint8]
    found: Found
    lines: int
    source: int
    place: int
    """The place of the first byte of the text."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one table: for each, which row of the patterns it follows, its line, and the first gap of that line."""

    like: Numbers
    line: NDArray[np.int64]
    first_gap: Numbers

    def some(self, which: NDArray[Any]) -> _Rows:
        return _Rows(self.like[which], self.line[which], self.first_gap[which])


class Gathering:
    """Gathers block after block, and gives the tables when asked."""

    def __init__(self, patterns: Patterns, schemas: dict[str, pa.Schema], keys: dict[str, set[str]]) -> None:
        """`keys`: by table, the columns with another value in nearly every row."""
        self.patterns = patterns
        self.tables = {
            name: (_References if name == "references" else _Table)(schema, keys[name])
            for name, schema in schemas.items()
        }
        self.lines = self.bytes = 0
        """How much has been gathered since the tables were last taken: lines, and the bytes that they were among."""

    def add(self, matched: Matched) -> None:
        self.lines += matched.lines
        self.bytes += len(matched.text)
        for name, listed in list(self.patterns.rows.items()):
            rows = self._rows(name, matched)
            if len(rows.like):
                self.tables[name].add(listed, rows, matched)

    def taken(self) -> Iterator[tuple[str, pa.Table]]:
        """Each table that has rows; afterwards it has none."""
        self.lines = self.bytes = 0
        for name in self.patterns.rows:
            if self.tables[name].chunks:
                yield name, self.tables[name].taken()

    def _rows(self, table: str, matched: Matched) -> _Rows:
        start = self.patterns.rows_from(table)
        pattern = matched.found.pattern[: matched.lines]
        first_gap = matched.found.first_gap[: matched.lines]
        many = (start[1:] - start[:-1])[pattern]
        if (many == 1).all():
            return _Rows(start[pattern].astype(np.int32), np.arange(matched.lines), first_gap)
        line = np.repeat(np.arange(matched.lines), many)
        within = np.arange(len(line)) - np.repeat(np.cumsum(many) - many, many)
        return _Rows((start[pattern[line]] + within).astype(np.int32), line, first_gap[line])


class _Table:
    """The rows of one table since they were last taken, a chunk for each block."""

    def __init__(self, schema: pa.Schema, keys: set[str]) -> None:
        self.schema = schema
        self.keys = keys
        self.known = 0
        self.fixed = Registry()
        self.columns: dict[str, _Copied | _Dated | _Same] = {}
        self.coded: list[str] = []
        self.kept = Kept()
        self.chunks: list[dict[str, pa.Array]] = []
        self.codes: list[NDArray[np.int32]] = []
        self.before = self.gap = np.zeros((0, 0), np.int32)

    def add(self, cells: list[RowOf], rows: _Rows, matched: Matched) -> None:
        self._prepare(cells)
        self._code(rows, matched)
        self.chunks.append(self._chunk(rows, matched))

    def taken(self) -> pa.Table:
        made: dict[str, Any] = {}
        codes = np.concatenate(self.codes, axis=1) if self.codes else None
        for number, name in enumerate(self.coded):
            assert codes is not None
            made[name] = pa.DictionaryArray.from_arrays(
                _with_nulls(codes[number]), self.kept.values(number), safe=False
            )
        for name in self.schema.names:
            if name not in made:
                made[name] = pa.chunked_array([chunk[name] for chunk in self.chunks])
        self.chunks, self.codes = [], []
        self.kept.clear()
        return pa.Table.from_arrays([made[name] for name in self.schema.names], names=self.schema.names)

    def _code(self, rows: _Rows, matched: Matched) -> None:
        if self.coded:
            self.codes.append(
                self.kept.codes(
                    matched.text, matched.found, rows.like, rows.first_gap, self.before, self.gap, self.fixed.made()
                )
            )

    def _chunk(self, rows: _Rows, matched: Matched) -> dict[str, pa.Array]:
        chunk = {name: column.values(rows, matched, self.fixed.made()) for name, column in self.columns.items()}
        if "place" in self.schema.names:
            chunk["place"] = pa.array(matched.found.line[rows.line].astype(np.int64) + matched.place)
        if "source" in self.schema.names:
            chunk["source"] = pa.array(np.full(len(rows.like), matched.source, np.int64))
        return chunk

    def _prepare(self, cells: list[RowOf]) -> None:
        """Get ready for patterns learnt since."""
        if self.known == len(cells):
            return
        self.known = len(cells)
        coded = []
        for field in self.schema:
            if field.name in ("place", "source"):
                continue
            column = [row[field.name] for row in cells]
            if not pa.types.is_string(field.type):
                dated = any(isinstance(cell, Moment | Day) for cell in column)
                self.columns[field.name] = (_Dated if dated else _Same)(column, field.type)
            elif field.name in self.keys:
                self.columns[field.name] = _Copied(column, self.fixed)
            else:
                coded.append(field.name)
        self.coded = coded
        self.before = np.array([[self._before(row, row[name]) for row in cells] for name in coded], np.int32)
        self.gap = np.array([[_gap(row[name]) for row in cells] for name in coded], np.int32)

    def _before(self, row: RowOf, cell: Cell) -> int:
        first = cell.pieces[0] if isinstance(cell, Text) and cell.pieces else ""
        return self.fixed.number(first if isinstance(first, str) else "")


class _References(_Table):
    """Each reference once for each type that holds it, with how often and where first."""

    def __init__(self, schema: pa.Schema, keys: set[str]) -> None:
        super().__init__(schema, keys)
        self.times = np.zeros(0, np.int64)

    def add(self, cells: list[RowOf], rows: _Rows, matched: Matched) -> None:
        self._prepare(cells)
        self._code(rows, matched)
        column = self.coded.index("reference")
        seen, known = len(self.times), self.kept.many(column)
        first, times = gathering.first_and_times(self.codes[-1][column], known)
        self.times = times + np.concatenate([self.times, np.zeros(known - seen, np.int64)])
        first = first[seen:]
        self.codes[-1] = self.codes[-1][:, first]
        self.chunks.append(self._chunk(rows.some(first), matched))

    def taken(self) -> pa.Table:
        table = super().taken()
        times, self.times = self.times, np.zeros(0, np.int64)
        return table.set_column(self.schema.get_field_index("times"), "times", pa.array(times))

    def _before(self, row: RowOf, cell: Cell) -> int:
        """The same reference in two types is two."""
        first = cell.pieces[0] if isinstance(cell, Text) and cell.pieces else ""
        return self.fixed.number(first if isinstance(first, str) else "", str(row["from_type"]))


class _Copied:
    """A text column of keys, or of several pieces."""

    def __init__(self, cells: list[Cell], fixed: Registry) -> None:
        pieces_at, pieces = [0], list[int]()
        for cell in cells:
            for piece in cell.pieces if isinstance(cell, Text) else ():
                pieces.append(piece if isinstance(piece, int) else -1 - fixed.number(piece))
            pieces_at.append(len(pieces))
        self.pieces_at, self.pieces = np.array(pieces_at, np.int32), np.array(pieces, np.int32)
        self.none = np.array([cell is None for cell in cells])

    def values(self, rows: _Rows, matched: Matched, fixed: Fixed) -> pa.Array:
        offsets, made = gathering.copied(
            matched.text, matched.found.start, matched.found.end, rows.like, rows.first_gap, self.pieces_at,
            self.pieces, fixed,
        )  # fmt: skip
        bits = None
        if self.none.any():
            bits = pa.py_buffer(np.packbits(~self.none[rows.like], bitorder="little").tobytes())
        buffers = [bits, pa.py_buffer(offsets), pa.py_buffer(made)]
        return pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers, -1 if bits else 0)


class _Dated:
    """A column of days or moments."""

    def __init__(self, cells: list[Cell], type: pa.DataType) -> None:
        self.type = type
        self.gap = np.array([_gap(cell) for cell in cells], np.int32)

    def values(self, rows: _Rows, matched: Matched, fixed: Fixed) -> pa.Array:
        gap = self.gap[rows.like]
        none = gap < 0
        at = np.where(none, 0, rows.first_gap + gap)
        mask = none if none.any() else None
        if pa.types.is_date(self.type):
            start = np.where(none, -1, matched.found.start[at]).astype(np.int32)
            return pa.array(dates.days(matched.text, start), mask=mask).view(pa.date32())
        return pa.array(matched.found.moment[at], mask=mask).view(self.type)


class _Same:
    """A column of which every pattern says what it is."""

    def __init__(self, cells: list[Cell], type: pa.DataType) -> None:
        self.cells = pa.array(cells, type)

    def values(self, rows: _Rows, matched: Matched, fixed: Fixed) -> pa.Array:
        return self.cells.take(pa.array(rows.like))


def _gap(cell: Cell) -> int:
    """The gap that a value comes from, NO_GAP when it is fixed and NULL when there is none."""
    if isinstance(cell, Moment | Day):
        return cell.gap
    if isinstance(cell, Text):
        return next((piece for piece in cell.pieces if isinstance(piece, int)), NO_GAP)
    return NULL if cell is None else NO_GAP


def in_one_piece(cell: Cell) -> bool:
    """Is this no text, a fixed text, or what stands in a gap, with or without a fixed text before it?"""
    if not isinstance(cell, Text):
        return True
    kinds = [isinstance(piece, str) for piece in cell.pieces]
    return kinds in ([], [True], [False], [True, False])


def _with_nulls(codes: Numbers) -> pa.Array:
    none = codes < 0
    return pa.array(codes, mask=none if none.any() else None)
