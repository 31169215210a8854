"""
Which files were given, and the documents in them, one at a time.

A folder gives its files in order of name, folders within it included; a pattern gives what it matches. NDJSON is told
from one document by its content (a first line that is whole by itself, with more after it), else by its name. Plain or
gzipped, told by its first bytes. A file of lines is never held whole; a bundle is.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

SUFFIXES = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
LINED = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")
_BOM = b"\xef\xbb\xbf"
_ARCHIVES = {
    b"PK\x03\x04": "a zip archive",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"\x28\xb5\x2f\xfd": "a zstd file",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class NothingThere(Exception):
    """A source that was given does not exist, or matches no file."""


class Unreadable(Exception):
    """The rest of a file cannot be read; the message says why, in words for whoever gave it."""


@dataclass(frozen=True)
class Given:
    """One file that was given: its path, the name to call it by, and whether its name is that of a record."""

    path: Path
    name: str
    is_record: bool


def given(sources: Iterable[str]) -> list[Given]:
    """
    The files that the sources name, in the order given, each once.

    Raises NothingThere when a source does not exist or a pattern matches nothing.
    """
    found: dict[Path, Given] = {}
    for source in sources:
        path = Path(source)
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file())
            listed = [Given(each, str(each), each.name.lower().endswith(SUFFIXES)) for each in inside]
        elif path.exists():
            listed = [Given(path, source, True)]
        else:
            matched = sorted(glob(source, recursive=True))  # noqa: PTH207 (a pattern may begin anywhere)
            listed = [Given(Path(each), each, True) for each in matched if Path(each).is_file()]
            if not listed:
                raise NothingThere(f"There is no file or folder {source}, and as a pattern it matches no file.")
        for each in listed:
            found.setdefault(each.path.absolute(), each)
    return list(found.values())


def digest(path: Path, seen: Callable[[int], None]) -> str:
    """SHA-256 of a file, telling `seen` how many bytes were read."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total.update(chunk)
            seen(len(chunk))
    return total.hexdigest()


def documents(given: Path, seen: Callable[[int], None]) -> Iterator[tuple[str, bytes]]:
    """
    Each document with its position: ('', whole file) or ('line 17', that line), blank lines passed over.

    Raises Unreadable where reading cannot go on: what came before it stands.
    """
    try:
        with given.open("rb") as raw:
            start = raw.read(6)
            raw.seek(0)
            for magic, what in _ARCHIVES.items():
                if start.startswith(magic):
                    raise Unreadable(f"{what}: unpack it and load what is inside")
            if start.startswith(_UTF16):
                raise Unreadable("written in UTF-16; FHIR is UTF-8: convert it first")
            file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if start.startswith(b"\x1f\x8b") else raw
            yield from _split(file, raw, given.name.lower().endswith(LINED), seen)
    except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
        raise Unreadable(f"the compressed file is damaged or ends too early ({type(wrong).__name__})") from wrong
    except OSError as wrong:
        raise Unreadable(f"the file cannot be read: {wrong.strerror or type(wrong).__name__}") from wrong


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
        text = line.removeprefix(_BOM) if number == 1 else line
        if text.strip():
            yield number, text


def _whole(line: bytes) -> bool:
    """Is this line a whole JSON value by itself?"""
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True
