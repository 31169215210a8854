"""
Where the values of a line's gaps end up in its rows: found by reading it with marks in the gaps.

The reader that judges every unusual line is asked, twice, with other marks, to read the line; each value of a row is
then so many pieces, each of them fixed or the content of a gap. When the two readings differ in anything but the marks,
when something is doubted or set aside, or when the line itself gives other rows than its pieces say, nothing is learnt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from joinedup.records import nhs_number, when
from joinedup.records.fhir.gaps import ENDS, Gap, Kind, TakenApart
from joinedup.records.fhir.rows import Rows

Piece = str | int
"""Fixed text, or the number of a gap."""


@dataclass(frozen=True, slots=True)
class Text:
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    gap: int


@dataclass(frozen=True, slots=True)
class Day:
    gap: int


Cell = Text | Moment | Day | bool | int | None
RowOf = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Traced:
    """The rows that every line of this kind gives, by table, and what became of the resource (see reader.py)."""

    rows: dict[str, list[RowOf]]
    outcome: str


class Reads(Protocol):
    """The careful reader, as far as it is needed here."""

    rows: Rows
    resources: int
    counts: Any
    system: str | None

    def document(self, content: bytes, position: str) -> None: ...


WHERE = ("place", "source")
"""Columns that say where a row was read, and not what."""


def trace(line: bytes, apart: TakenApart, reader: Callable[[], Reads]) -> Traced | None:
    """What lines like this give, or None when that depends on what stands in the gaps."""
    one, two = (_traced(apart, reader(), _Marks(apart.gaps, salt)) for salt in (0, 1))
    if one is None or one != two:
        return None
    rows = _rows_of(line, reader())
    if rows is None or rows[0] != filled(one, [gap.value.decode() for gap in apart.gaps]):
        return None
    return one


def filled(traced: Traced, values: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows that a line with these values in its gaps gives: plainly. A reference made twice is one row."""
    found = {
        table: [{name: _fill(cell, values) for name, cell in row.items()} for row in rows]
        for table, rows in traced.rows.items()
    }
    if "references" in found:
        once: dict[str, dict[str, Any]] = {}
        for row in found["references"]:
            met = once.setdefault(row["reference"], row | {"times": 0})
            met["times"] += row["times"]
        found["references"] = list(once.values())
    return found


def _fill(cell: Cell, values: list[str]) -> Any:
    if isinstance(cell, Text):
        return "".join(piece if isinstance(piece, str) else values[piece] for piece in cell.pieces)
    if isinstance(cell, Moment):
        return when.moment(values[cell.gap])
    if isinstance(cell, Day):
        return when.day(values[cell.gap])[0]
    return cell


def _rows_of(content: bytes, reader: Reads) -> tuple[dict[str, list[dict[str, Any]]], str] | None:
    """Rows of one resource read without doubt, less where they were read; and the outcome."""
    reader.document(content, "line 1")
    reader.rows.gather_references()
    found = {
        table: [{name: value for name, value in row.items() if name not in WHERE} for row in rows]
        for table, rows in reader.rows.by_table.items()
        if rows
    }
    if reader.resources != 1 or sum(reader.counts.values()) != 1 or "doubts" in found or "set_aside" in found:
        return None
    ((*_, contained, outcome),) = reader.counts
    return None if contained else (found, outcome)


def _traced(apart: TakenApart, reader: Reads, marks: _Marks) -> Traced | None:
    content = b"".join(
        piece + mark for piece, mark in zip(apart.shared, [*(m.encode() for m in marks.texts), b""], strict=True)
    )
    read = _rows_of(content, reader)
    if read is None:
        return None
    try:
        rows = {
            table: [{name: marks.cell(value) for name, value in row.items()} for row in listed]
            for table, listed in read[0].items()
        }
    except _NotMarked:
        return None
    return Traced(rows, read[1])


class _NotMarked(Exception):
    """A day or moment that is none of the marks."""


class _Marks:
    """A mark for each gap, of the kind that may stand there, and how to know it again."""

    def __init__(self, gaps: tuple[Gap, ...], salt: int) -> None:
        self.texts = [_mark(gap, number, salt) for number, gap in enumerate(gaps)]
        dates = {number: self.texts[number] for number, gap in enumerate(gaps) if gap.kind == Kind.DATE}
        self.moments = {when.moment(text): number for number, text in dates.items()}
        self.days = {when.day(text)[0]: number for number, text in dates.items()}
        self.numbers = {text: number for number, text in enumerate(self.texts)}
        self.any = re.compile("(" + "|".join(map(re.escape, self.texts)) + ")") if self.texts else re.compile("(?!)()")

    def cell(self, value: Any) -> Cell:
        if isinstance(value, str):
            parts = [part for part in self.any.split(value) if part]
            return Text(tuple(self.numbers.get(part, part) for part in parts))
        if isinstance(value, datetime):
            if value not in self.moments:
                raise _NotMarked
            return Moment(self.moments[value])
        if isinstance(value, date):
            if value not in self.days:
                raise _NotMarked
            return Day(self.days[value])
        if value is None or isinstance(value, bool | int):
            return value
        raise _NotMarked


def _mark(gap: Gap, number: int, salt: int) -> str:
    """Unlike anything else, and such that a change of case, or a part taken out, would show."""
    if gap.kind == Kind.DATE:
        years_on = 30 if gap.key in ENDS else 0
        at = datetime(1975 + years_on + salt, 1, 1, 11, 7, 5, tzinfo=UTC) + timedelta(days=number)
        return at.isoformat()
    if gap.kind == Kind.NHS_NUMBER:
        return next(_numbers(9_000_000 + salt * 50_000 + number * 100))
    if gap.kind == Kind.NUMBER:
        return f"{salt + 4}{number:04}"
    return f"Kq{number:03}{'zRt' if salt else 'eWb'}.Xv"


def _numbers(start: int) -> Iterator[str]:
    for nine in range(start * 100, start * 100 + 99):
        for digit in range(10):
            if nhs_number.state(f"{nine:09}{digit}") == "valid":
                yield f"{nine:09}{digit}"
