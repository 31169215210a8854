"""Rows of delimited text (CSV and its kin), many at a time; what does not fit is set aside, and the rest goes on."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from joinedup.records.files import WHOLE, Stretch, Unreadable

ROWS_AT_ONCE = 100_000
_DELIMITERS = ",;\t|"
csv.field_size_limit(1 << 24)

Aside = Callable[[str, str, str], None]
"""Told (position, reason, what it looks like)."""


class _Reader(Protocol):
    """A csv reader: rows, and how many lines they took."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class Lines:
    """Rows read together: the line of the file on which each begins, and the values, one list for each column."""

    numbers: list[int]
    columns: dict[str, list[str]]


def rows(
    path: Path,
    aside: Aside,
    seen: Callable[[int], None],
    delimiter: str | None = None,
    encoding: str | None = None,
    header: list[str] | None = None,
    stretch: Stretch = WHOLE,
) -> Iterator[Lines]:
    """
    The rows of a file, or of a stretch of it, under its header, or under the names given when it has none. A row of
    more or fewer fields than the header is set aside. Raises Unreadable where reading cannot go on.
    """
    try:
        with path.open("rb") as raw:
            if stretch != WHOLE:
                yield from _stretched(path, raw, aside, seen, delimiter, encoding, stretch)
                return
            with _text(raw, encoding) as text:
                yield from _read(raw, text, aside, seen, delimiter, header)
    except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
        raise Unreadable(f"the compressed file is damaged or ends too early ({type(wrong).__name__})") from wrong
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"not written in {wrong.encoding}: say how it is written in the mapping") from wrong
    except csv.Error as wrong:
        raise Unreadable(f"not to be read as delimited text: {wrong}") from wrong


def header_of(path: Path, delimiter: str | None = None, encoding: str | None = None) -> list[str]:
    """The first row of a file, and nothing when there is none. Raises Unreadable."""
    try:
        with path.open("rb") as raw, _text(raw, encoding) as text:
            first = text.readline()
            return next(csv.reader([first], delimiter=delimiter or _delimiter(first)), []) if first.strip() else []
    except (EOFError, zlib.error, OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise Unreadable(f"the file cannot be read ({type(wrong).__name__})") from wrong


def delimiter_of(path: Path) -> str:
    """The delimiter that the first line of a file tells; any where the file cannot be read."""
    try:
        with path.open("rb") as raw:
            return _delimiter(raw.readline(1 << 20).decode("latin-1"))
    except OSError:
        return ","


def _read(
    raw: BinaryIO,
    text: io.TextIOWrapper,
    aside: Aside,
    seen: Callable[[int], None],
    delimiter: str | None,
    header: list[str] | None,
) -> Iterator[Lines]:
    first = text.readline()
    if not first.strip():
        raise Unreadable("the file is empty")
    delimiter = delimiter or _delimiter(first)
    names = header or _different(next(csv.reader([first], delimiter=delimiter)))
    reader = csv.reader(_from(first, text) if header else text, delimiter=delimiter)
    told = 0
    for lines in _rows(reader, names, 0 if header else 1, aside):
        yield lines
        seen(raw.tell() - told)
        told = raw.tell()


def _stretched(
    path: Path,
    raw: BinaryIO,
    aside: Aside,
    seen: Callable[[int], None],
    delimiter: str | None,
    encoding: str | None,
    stretch: Stretch,
) -> Iterator[Lines]:
    """The rows of some of the lines of a plain file; the header is at the beginning of the file."""
    names = _different(header_of(path, delimiter, encoding))
    delimiter = delimiter or delimiter_of(path)
    encoding = encoding or _encoding(raw)
    raw.seek(stretch.start)
    if not stretch.start:
        raw.readline()
    at = told = raw.tell()

    def lines() -> Iterator[str]:
        nonlocal at
        while (stretch.end is None or at < stretch.end) and (line := raw.readline()):
            at += len(line)
            yield line.decode("utf-8" if encoding == "utf-8-sig" else encoding)

    reader = csv.reader(lines(), delimiter=delimiter)
    for some in _rows(reader, names, stretch.first_line - (1 if stretch.start else 0), aside):
        yield some
        seen(at - told)
        told = at


def _rows(reader: _Reader, names: list[str], before: int, aside: Aside) -> Iterator[Lines]:
    """What a reader gives, many rows at a time; so many lines of the file came before."""
    numbers: list[int] = []
    kept: list[list[str]] = []
    line = before
    for row in reader:
        begins, line = line + 1, before + reader.line_num
        if len(row) != len(names):
            if row:
                aside(f"line {begins}", f"{len(row)} fields where the header has {len(names)}", f"{len(row)} fields")
            continue
        numbers.append(begins)
        kept.append(row)
        if len(kept) == ROWS_AT_ONCE:
            yield _lines(numbers, kept, names)
            numbers, kept = [], []
    yield _lines(numbers, kept, names)


def _lines(numbers: list[int], kept: list[list[str]], names: list[str]) -> Lines:
    columns = zip(*kept, strict=True) if kept else ([] for _ in names)
    return Lines(numbers, {name: list(values) for name, values in zip(names, columns, strict=True)})


def _text(raw: BinaryIO, encoding: str | None) -> io.TextIOWrapper:
    """The text of a file, unpacked when it is gzipped; UTF-8, or Latin-1 where its beginning is not that."""
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    if encoding is None:
        encoding = _encoding(cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw)
        raw.seek(0)
    file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
    return io.TextIOWrapper(file, encoding=encoding, newline="")


def _encoding(file: BinaryIO) -> str:
    """UTF-8 unless what the file begins with is not; a damaged end is left to be met when it is read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for _ in range(64):
            decoder.decode(file.read(1 << 16))
    except UnicodeDecodeError:
        return "latin-1"
    except (EOFError, gzip.BadGzipFile, zlib.error):
        pass
    return "utf-8-sig"


def _from(first: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from text


def _delimiter(first: str) -> str:
    """The one that the first line has most of."""
    return max(_DELIMITERS, key=first.count)


def _different(names: list[str]) -> list[str]:
    """The names of a header, each once: a second of the same name, or an empty one, is numbered."""
    given: dict[str, int] = {}
    found = []
    for number, each in enumerate(names, 1):
        name = each.strip() or f"column {number}"
        given[name] = given.get(name, 0) + 1
        found.append(name if given[name] == 1 else f"{name} ({given[name]})")
    return found
