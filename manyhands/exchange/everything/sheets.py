"""
The lists of people, organisations, teams, roles and patients for a spreadsheet. A cell that a spreadsheet would run
as a formula is led by an apostrophe, which it takes as "this is text".
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from manyhands.exchange.everything.tables import TABLES, Table

Row = Sequence[object]
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def everything() -> Iterator[tuple[str, Iterable[Row]]]:
    """Each list with its rows, the heading first."""
    for table in TABLES:
        yield table.file.removesuffix(".ndjson"), _rows(table)


def _rows(table: Table) -> Iterator[Row]:
    names = [field.attname for field in table.fields]
    yield names
    for row in table.rows():
        yield [row[name] for name in names]


def write(file: Path, rows: Iterable[Row]) -> None:
    with file.open("w", newline="", encoding="utf-8-sig") as out:  # spreadsheets take it for latin-1 without the mark
        csv.writer(out).writerows([as_text(cell) for cell in row] for row in rows)


def as_text(cell: object) -> object:
    """A cell that does nothing when it is opened."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell
