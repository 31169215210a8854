"""Rows of delimited text (CSV and its kin), many at a time; what does not fit is set aside, and the rest goes on."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from joinedup.records.files import UTF16, WHOLE, Stretch, Unreadable

ROWS_AT_ONCE = 100_000
_DELIMITERS = ",;\t|"
_SAYS_ITS_DELIMITER = re.compile(r"sep=(.)\s*")
csv.field_size_limit(1 << 24)

BY_WINDOWS = "joinedup-by-windows"
"""How bytes are read that an encoding has no letter for: by Windows-1252, and by Latin-1 where that has none either."""


def _by_windows(wrong: UnicodeError) -> tuple[str, int]:
    if not isinstance(wrong, UnicodeDecodeError):
        raise wrong
    found = wrong.object[wrong.start : wrong.end]
    letters = (found[at : at + 1] for at in range(len(found)))
    return "".join(each.decode("cp1252" if each not in _NOT_IN_WINDOWS else "latin-1") for each in letters), wrong.end


_NOT_IN_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
codecs.register_error(BY_WINDOWS, _by_windows)

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
            first, said, _ = _first(text)
            delimiter = delimiter or said or _delimiter(first)
            return next(csv.reader([first], delimiter=delimiter), []) if first.strip() else []
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
    first, said, before = _first(text)
    if not first.strip():
        raise Unreadable("the file is empty")
    delimiter = delimiter or said or _delimiter(first)
    names = header or _different(next(csv.reader([first], delimiter=delimiter)))
    reader = csv.reader(_from(first, text) if header else text, delimiter=delimiter)
    told = 0
    for lines in _rows(reader, names, before + (0 if header else 1), aside):
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
    wrong = "strict" if encoding else BY_WINDOWS
    encoding = encoding or _encoding(raw)
    raw.seek(stretch.start)
    if not stretch.start:
        raw.readline()
    at = told = raw.tell()

    def lines() -> Iterator[str]:
        nonlocal at
        while (stretch.end is None or at < stretch.end) and (line := raw.readline()):
            at += len(line)
            yield line.decode("utf-8" if encoding == "utf-8-sig" else encoding, wrong)

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


def _first(text: io.TextIOWrapper) -> tuple[str, str | None, int]:
    """
    The first line with fields, the delimiter that a line `sep=;` before it says (Excel's way), and how many lines came
    before.
    """
    line = text.readline()
    said = _SAYS_ITS_DELIMITER.fullmatch(line)
    return (text.readline(), said[1], 1) if said else (line, None, 0)


def _text(raw: BinaryIO, encoding: str | None) -> io.TextIOWrapper:
    """
    The text of a file, unpacked when it is gzipped. UTF-16 where it begins with that mark, else UTF-8, or Windows-1252
    (of which Latin-1 is most) where its beginning is not that; later bytes that are not UTF-8 are read as Windows-1252.
    """
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    said = encoding
    if encoding is None:
        encoding = _encoding(cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw)
        raw.seek(0)
    file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
    return io.TextIOWrapper(file, encoding=encoding, errors=BY_WINDOWS if said is None else None, newline="")


def _encoding(file: BinaryIO) -> str:
    """UTF-8 unless what the file begins with is not; a damaged end is left to be met when it is read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for number in range(64):
            some = file.read(1 << 16)
            if number == 0 and some.startswith(UTF16):
                return "utf-16"
            decoder.decode(some)
    except UnicodeDecodeError:
        return "cp1252"
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
