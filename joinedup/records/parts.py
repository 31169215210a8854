"""
What was read from a batch of files, as a folder of Parquet files: the part.

A part is named by the digests of its files, written beside its place and then renamed, so a part that exists is whole.
A load that was killed finds the parts it had finished and does not read those files again.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.records import formats
from joinedup.records.blocks import blocks, in_blocks
from joinedup.records.fhir.reader import Reader
from joinedup.records.fhir.rows import Rows
from joinedup.records.files import WHOLE, Stretch, Unreadable, documents
from joinedup.records.mapping import NO_MAPPING, Mapping
from joinedup.records.sheets import Sheets
from joinedup.records.tables import READ_TABLES, Kind

READER_VERSION = 8
"""Raise it when the rows that a file gives change: parts of another version are read again."""

PLACE_BITS = 40
_ROWS_AT_ONCE = 50_000
_BYTES_AT_ONCE = 64 << 20
_ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "whole": pa.int64(),
    "short": pa.int32(),
    "number": pa.float64(),
    "yes_no": pa.bool_(),
}


def _schema(**columns: Kind) -> pa.Schema:
    return pa.schema([(name, _ARROW[kind]) for name, kind in columns.items()])


SCHEMAS: dict[str, pa.Schema] = {
    table.name: _schema(**{column.name: column.kind for column in table.given}, place="whole") for table in READ_TABLES
} | {
    "identities": _schema(
        key="text", resource_type="text", relative="text", last_updated="moment", source="whole", place="whole"
    ),
    "names": _schema(key="text", resource_type="text", name="text", place="whole"),
    "references": _schema(reference="text", from_type="text", from_key="text", place="whole", times="whole"),
    "set_aside": _schema(source="whole", position="text", reason="text", excerpt="text"),
    "doubts": _schema(source="whole", position="text", record="text", doubt="text"),
    "counted": _schema(source="whole", resource_type="text", contained="yes_no", outcome="text", number="whole"),
    "files": _schema(
        source="text",
        ordinal="whole",
        start="whole",
        digest="text",
        bytes="whole",
        outcome="text",
        resources="whole",
        set_aside="whole",
    ),
}
"""What a part holds. `place`, the reading order, is the ordinal of the file × 2⁴⁰ + where its stretch starts
+ the number of the resource in it: a resource takes more than one byte, so that no two have the same place."""


@dataclass(frozen=True)
class File:
    """A file, or a stretch of one: where it is, what to call it, its place among all files, its content's digest."""

    path: Path
    name: str
    ordinal: int
    digest: str
    bytes: int
    is_record: bool
    system: str | None = None
    stretch: Stretch = WHOLE
    format: str = "fhir"
    mapping: Mapping = NO_MAPPING


def name_of(batch: list[File]) -> str:
    """The name of the part that holds these files."""
    text = "\n".join(f"{file.ordinal} {file.digest} {file.name} {file.stretch.start}" for file in batch)
    return f"v{READER_VERSION}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def write(batch: list[File], into: Path, seen: Callable[[int], None] = lambda _: None) -> Path:
    """Read a batch of files into a part below the folder `into`, and return its folder."""
    place, making = into / name_of(batch), into / f"{name_of(batch)}.making-{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    with Writers(making) as writers, _no_collecting(), _nothing_half_gathered():
        rows = Rows()
        reader = Reader(rows)
        for file in batch:
            _read(file, reader, writers, seen)
        writers.flush(rows)
        writers.flush_gathered()
    flush_folder(making)
    shutil.rmtree(place, ignore_errors=True)
    making.rename(place)
    return place


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rows hold no cycles, and looking for some among hundreds of thousands costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _nothing_half_gathered() -> Iterator[None]:
    """Forget all that was learnt when writing a part is broken off: rows gathered for it must not go into another."""
    try:
        yield
    except BaseException:
        _LINES.clear()
        raise


def _read(file: File, reader: Reader, writers: Writers, seen: Callable[[int], None]) -> None:
    if file.is_record and file.format != "fhir":
        _read_table(file, writers, seen)
        return
    rows = reader.rows
    reader.system = file.system
    rows.source, rows.place, rows.position = file.ordinal, (file.ordinal << PLACE_BITS) + file.stretch.start, ""
    resources, aside, outcome = reader.resources, reader.aside, "read"
    position = ""
    if not file.is_record:
        outcome = "passed over"
    else:
        try:
            how = _in_blocks if in_blocks(file.path, ready=bool(_LINES)) else _one_by_one
            for met in how(file, reader, writers, seen):
                position = met
        except Unreadable as wrong:
            outcome = "not readable" if not position else "read in part"
            reader.set_aside(f"after {position}" if position else "file", str(wrong), f"{file.bytes} bytes")
    rows.by_table["files"].append(
        {
            "source": file.name,
            "ordinal": file.ordinal,
            "start": file.stretch.start,
            "digest": file.digest,
            "bytes": file.bytes,
            "outcome": outcome,
            "resources": reader.resources - resources,
            "set_aside": reader.aside - aside,
        }
    )
    for (source, kind, contained, outcome), number in reader.counts.items():
        rows.by_table["counted"].append(
            {
                "source": source,
                "resource_type": kind,
                "contained": contained,
                "outcome": outcome,
                "number": number,
            }
        )
    reader.counts.clear()


def _one_by_one(file: File, reader: Reader, writers: Writers, seen: Callable[[int], None]) -> Iterator[str]:
    """Read the documents of a file, each for itself; the position of each."""
    rows = reader.rows
    for position, content in documents(file.path, seen, file.stretch):
        reader.document(content, position or "file")
        if rows.place % 512 == 0 or len(rows.references) > _ROWS_AT_ONCE:
            writers.flush_when(rows, _ROWS_AT_ONCE)
        yield position


_LINES: dict[str | None, Any] = {}
"""What has been learnt of the lines of each system's records by this process."""


def _in_blocks(file: File, reader: Reader, writers: Writers, seen: Callable[[int], None]) -> Iterator[str]:
    """Read a file of many lines, a block of them at a time; the position of the last line of each block."""
    from joinedup.records.fhir.lines import Lines  # here, because what it needs takes a while to start

    lines = _LINES.get(file.system)
    if lines is None:
        lines = _LINES[file.system] = Lines(SCHEMAS, {name: _keys(name) for name in SCHEMAS}, file.system)
    rows, slow, met = reader.rows, 0, False

    def slowly() -> None:
        nonlocal slow
        slow += 1
        if slow % 512 == 0:
            writers.flush_when(rows, _ROWS_AT_ONCE)

    for block in blocks(file.path, seen, file.stretch):
        met |= lines.read(block, reader, file.ordinal << PLACE_BITS, slowly)
        if lines.gathered.lines >= _ROWS_AT_ONCE or lines.gathered.bytes >= _BYTES_AT_ONCE:
            writers.flush_gathered()
        if met:
            yield f"line {block.lines_before}"
    if not met and file.stretch == WHOLE:
        raise Unreadable("the file is empty")


def _read_table(file: File, writers: Writers, seen: Callable[[int], None]) -> None:
    """A file of another format than FHIR, which its own reader writes by the column."""
    sheets = Sheets(writers, file, (file.ordinal << PLACE_BITS) + file.stretch.start)
    outcome = "read"
    try:
        formats.READERS[file.format](file, sheets, seen)
    except Unreadable as wrong:
        outcome = "read in part" if sheets.rows else "not readable"
        sheets.set_aside("file", str(wrong), f"{file.bytes} bytes")
    sheets.flush()
    counted = {
        "source": file.name,
        "ordinal": file.ordinal,
        "start": file.stretch.start,
        "digest": file.digest,
        "bytes": file.bytes,
        "outcome": outcome,
        "resources": sheets.rows,
        "set_aside": sheets.aside,
    }
    writers.write("files", [counted])
    writers.write(
        "counted",
        [
            {"source": source, "resource_type": kind, "contained": inside, "outcome": outcome, "number": number}
            for (source, kind, inside, outcome), number in sheets.counts.items()
        ],
    )


class Writers:
    """The Parquet files of a part, each opened when its first rows come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Writers:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self.open.values():
            writer.close()

    def flush_when(self, rows: Rows, many: int) -> None:
        if len(rows.references) + sum(map(len, rows.by_table.values())) >= many:
            self.flush(rows)

    def flush(self, rows: Rows) -> None:
        rows.gather_references()
        for name, listed in rows.by_table.items():
            if listed:
                self.write(name, listed)
                listed.clear()

    def flush_gathered(self) -> None:
        for lines in _LINES.values():
            for name, table in lines.gathered.taken():
                self.write_table(name, table)

    def schema(self, name: str) -> pa.Schema:
        """The columns of a table of the part."""
        return SCHEMAS[name]

    def write(self, name: str, listed: list[dict[str, Any]]) -> None:
        """Rows, each a dict of all columns."""
        schema = SCHEMAS[name]
        columns = [pa.array(list(map(itemgetter(field.name), listed)), field.type) for field in schema]
        self.write_table(name, pa.Table.from_arrays(columns, schema=schema))

    def write_table(self, name: str, table: pa.Table) -> None:
        """The same as a table of the declared columns."""
        if name not in self.open:
            path, kept = self.folder / f"{name}.parquet", _kept(name)
            repeating = [field.name for field in kept if pa.types.is_dictionary(field.type)]
            self.open[name] = pq.ParquetWriter(
                path,
                kept,
                compression="zstd",
                compression_level=1,
                use_dictionary=repeating,
                write_statistics=False,
            )
        writer = self.open[name]
        columns = [_as_kept(table[field.name], field.type) for field in writer.schema]
        writer.write_table(pa.Table.from_arrays(columns, schema=writer.schema))


def _keys(name: str) -> set[str]:
    """The columns of a table that hold another text in nearly every row, or texts put together."""
    if name in ("references", "identities", "names"):
        return {"key", "relative", "from_key", "name"}
    return {SCHEMAS[name].names[0], "name", "given_names", "nhs_number"}


def _kept(name: str) -> pa.Schema:
    """How a table is written: texts that come again and again as dictionaries, keys as they stand."""
    plain = _keys(name)
    as_codes = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        pa.field(field.name, as_codes if pa.types.is_string(field.type) and field.name not in plain else field.type)
        for field in SCHEMAS[name]
    )


def _as_kept(column: pa.ChunkedArray, type: pa.DataType) -> pa.ChunkedArray:
    """The column as it is written, from texts or from codes for them."""
    if column.type == type:
        return column
    return column.dictionary_encode() if pa.types.is_dictionary(type) else column.cast(type)


def flush_folder(folder: Path) -> None:
    """Ask the disk to keep every file of a folder, and the folder itself, before anything points to it."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
