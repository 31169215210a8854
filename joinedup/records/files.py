"""
The documents in a file, one at a time.

NDJSON is told from one document by its content (a first line that is whole by itself, with more after it), else by its
name. Plain or gzipped, told by its first bytes. A file of lines is never held whole; a bundle is.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

LINED = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")
STRETCH = 16 << 20
"""Bytes of plain lines that are read in one go by one process."""

BOM = b"\xef\xbb\xbf"
ARCHIVES = {
    b"PK\x03\x04": "a zip archive",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")
GZIP = b"\x1f\x8b"


class Unreadable(Exception):
    """The rest of a file cannot be read; the message says why, in words for whoever gave it."""


@dataclass(frozen=True)
class Stretch:
    """Some lines of a file: its bytes from start to end, or to its own end, and the number of the first line."""

    start: int = 0
    end: int | None = None
    first_line: int = 1


WHOLE = Stretch()


def digest(path: Path, seen: Callable[[int], None]) -> tuple[str, list[Stretch]]:
    """
    SHA-256 of a file, and the stretches in which it can be read side by side: several when it is a long file of plain
    lines by its name, else one. Tells `seen` how many bytes were read.
    """
    total = hashlib.sha256()
    lined = path.name.lower().endswith(LINED)
    starts, line, offset = [(0, 1)], 1, 0
    with path.open("rb") as file:
        lined = lined and not file.read(8).startswith((*ARCHIVES, *UTF16, GZIP))
        file.seek(0)
        while chunk := file.read(1 << 20):
            total.update(chunk)
            seen(len(chunk))
            if lined and offset - starts[-1][0] >= STRETCH and (cut := chunk.find(b"\n") + 1):
                starts.append((offset + cut, line + 1))
            line += chunk.count(b"\n") if lined else 0
            offset += len(chunk)
    ends = [*(start for start, _ in starts[1:]), None]
    stretches = [Stretch(start, end, first) for (start, first), end in zip(starts, ends, strict=True)]
    return total.hexdigest(), stretches


def documents(given: Path, seen: Callable[[int], None], stretch: Stretch = WHOLE) -> Iterator[tuple[str, bytes]]:
    """
    Each document with its position: ('', whole file) or ('line 17', that line), blank lines passed over.

    Raises Unreadable where reading cannot go on: what came before it stands.
    """
    with unreadable(), given.open("rb") as raw:
        if stretch.start:
            yield from _stretched(raw, stretch, seen)
            return
        start = raw.read(6)
        raw.seek(0)
        for magic, what in ARCHIVES.items():
            if start.startswith(magic):
                raise Unreadable(f"{what}: unpack it and load what is inside")
        if start.startswith(UTF16):
            raise Unreadable("written in UTF-16; FHIR is UTF-8: convert it first")
        file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if start.startswith(GZIP) else raw
        lined = given.name.lower().endswith(LINED)
        if stretch.end is not None and file is raw:
            yield from _stretched(raw, stretch, seen)
        else:
            yield from _split(file, raw, lined, seen)


@contextmanager
def unreadable() -> Iterator[None]:
    """What goes wrong in reading, said in words for whoever gave the file."""
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
        raise Unreadable(f"the compressed file is damaged or ends too early ({type(wrong).__name__})") from wrong
    except OSError as wrong:
        raise Unreadable(f"the file cannot be read: {wrong.strerror or type(wrong).__name__}") from wrong


def _stretched(raw: BinaryIO, stretch: Stretch, seen: Callable[[int], None]) -> Iterator[tuple[str, bytes]]:
    raw.seek(stretch.start)
    at = told = stretch.start
    for number, line in enumerate(raw, stretch.first_line):
        at += len(line)
        text = line.removeprefix(BOM) if number == 1 else line
        if text.strip():
            yield f"line {number}", text
        if at - told > 1 << 16:
            seen(at - told)
            told = at
        if stretch.end is not None and at >= stretch.end:
            break
    seen(at - told)


def _split(file: BinaryIO, raw: BinaryIO, lined: bool, seen: Callable[[int], None]) -> Iterator[tuple[str, bytes]]:
    told = 0
    lines = _lines(file)
    number, first = next(lines, (0, b""))
    if not first:
        raise Unreadable("the file is empty")
    second = next(lines, None) if _whole(first) or lined else None
    if second is None and not _whole(first) and not lined:
        yield "", first + file.read()
    elif second is None:
        yield ("line 1" if lined else ""), first
    else:
        yield f"line {number}", first
        number, line = second
        yield f"line {number}", line
        for number, line in lines:
            if number % 64 == 0:
                seen(raw.tell() - told)
                told = raw.tell()
            yield f"line {number}", line
    seen(raw.tell() - told)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines that hold something, numbered from 1, without a byte order mark; line ends are left on."""
    for number, line in enumerate(file, 1):
        text = line.removeprefix(BOM) if number == 1 else line
        if text.strip():
            yield number, text


def _whole(line: bytes) -> bool:
    """Is this line a whole JSON value by itself?"""
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True
