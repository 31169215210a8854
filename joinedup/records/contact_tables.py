"""Tables as rows, delimited text or Parquet: a row for each contact, event or condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.records import condition_tables, delimited
from joinedup.records.dealt import Dealt
from joinedup.records.delimited import Lines
from joinedup.records.files import Unreadable
from joinedup.records.mapping import OF_CONTACTS, OF_PEOPLE, BadMapping, Mapping, of_conditions

if TYPE_CHECKING:
    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

Seen = Callable[[int], None]


def header(path: Path, mapping: Mapping) -> list[str]:
    """The names of a table's columns. Raises Unreadable."""
    if not _is_parquet(path):
        return delimited.header_of(path, mapping.delimiter, mapping.encoding)
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as wrong:
        raise Unreadable(f"not to be read as Parquet ({type(wrong).__name__})") from wrong


def read(file: File, sheets: Sheets, seen: Seen) -> None:
    """Write the contacts of a table. Raises Unreadable where reading cannot go on."""
    try:
        found = file.mapping.found_in(header(file.path, file.mapping))
    except BadMapping as wrong:
        raise Unreadable(str(wrong)) from wrong
    if of_conditions(found):
        condition_tables.read(lines(file, sheets, seen), found, file, sheets)
        return
    if "patient" not in found:
        raise Unreadable("no column says whose each row is: name it in a mapping, as columns.patient")
    dealt = Dealt(sheets, replace(file.mapping, columns=found), "row" if _is_parquet(file.path) else "line")
    only_people = not OF_CONTACTS & set(found)
    for some in lines(file, sheets, seen):
        if some.numbers:
            columns = {meaning: some.columns[name] for meaning, name in found.items()}
            if only_people:
                dealt.describe({name: columns[name] for name in columns if name in ("patient", *OF_PEOPLE)})
            else:
                dealt.take(columns, some.numbers, some.columns)
    dealt.done()


def lines(file: File, sheets: Sheets, seen: Seen) -> Iterator[Lines]:
    """The rows of a table, many at a time; what does not fit is set aside."""
    if _is_parquet(file.path):
        yield from _parquet(file.path, seen)
    else:
        how = file.mapping
        yield from delimited.rows(file.path, sheets.set_aside, seen, how.delimiter, how.encoding, stretch=file.stretch)


def _parquet(path: Path, seen: Seen) -> Iterator[Lines]:
    try:
        with pq.ParquetFile(path) as parquet:
            number = 1
            for batch in parquet.iter_batches(delimited.ROWS_AT_ONCE):
                rows = batch.num_rows
                columns = {name: batch[name].cast(pa.string()).to_pylist() for name in batch.schema.names}
                yield Lines(list(range(number, number + rows)), columns)
                number += rows
        seen(path.stat().st_size)
    except (pa.ArrowException, OSError) as wrong:
        raise Unreadable(f"not to be read as Parquet ({type(wrong).__name__})") from wrong


def _is_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False
