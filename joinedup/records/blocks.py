"""
A long file of lines as a few large blocks of bytes, each of whole lines, for those who look at many lines at once.

The lines, their numbers and what cannot be read are the same as in files.py, which reads them one at a time.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from joinedup.records.files import ARCHIVES, BOM, GZIP, LINED, UTF16, WHOLE, Stretch, Unreadable, unreadable

LONG_FILE, LONG_PACKED_FILE = 12 << 20, 1 << 20
"""From this size on, plain or packed, the time that it takes to get ready for blocks is earned back."""
READY_LESS = 32
"""Once that time was taken, blocks are quicker from so many times less on."""

BLOCK = 4 << 20
LONGEST_LINE = 1 << 30
SPARE = 64
"""Bytes after the end of a block that may be looked at, and are nothing."""

_PIECE = 1 << 13
"""Unpacked in such pieces, as lines are: where a packed file is damaged, what came before is given alike."""


@dataclass(slots=True)
class Block:
    """Whole lines of a file of lines, as one array of bytes. `lines_before` is the number of the line before them."""

    text: NDArray[np.uint8]
    length: int
    offset: int
    """Where the first byte of the text is in the file, as it is unpacked."""
    lines_before: int
    first_byte: int = 0
    """Where the first line begins: 3 after a byte order mark."""
    is_utf8: bool = True

    def line(self, at: int) -> bytes:
        """The line that begins there, with its end."""
        for start in range(at, self.length, 4096):
            found = np.flatnonzero(self.text[start : min(start + 4096, self.length)] == 10)
            if len(found):
                return self.text[at : start + int(found[0]) + 1].tobytes()
        return self.text[at : self.length].tobytes()


def in_blocks(path: Path, ready: bool = False) -> bool:
    """Is this a file of lines long enough, plain or packed, that they are better read many at once?"""
    less = READY_LESS if ready else 1
    if not path.name.lower().endswith(LINED):
        return False
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        return False  # files.py says what is wrong
    if size < LONG_PACKED_FILE // less:
        return False
    return start.startswith(GZIP) or (size >= LONG_FILE // less and not start.startswith((*ARCHIVES, *UTF16)))


def blocks(given: Path, seen: Callable[[int], None], stretch: Stretch = WHOLE) -> Iterator[Block]:
    """
    The lines of a file for which `in_blocks` holds, or of a stretch of it, a block at a time. A block is to be used
    before the next is asked for, and tells how many lines it had by moving `lines_before` on.

    Raises Unreadable where reading cannot go on: the lines before it have been given.
    """
    with unreadable(), given.open("rb") as raw:
        packed = raw.read(2) == GZIP
        raw.seek(0 if packed else stretch.start)
        filling = _Filling(raw, packed, None if packed or stretch.end is None else stretch.end - stretch.start)
        offset, lines, told = stretch.start, stretch.first_line - 1, raw.tell()
        more = True
        while more:
            more = filling.fill()
            end = filling.whole_lines(last=not more)
            if end:
                block = Block(filling.text(), end, offset, lines, is_utf8=filling.is_utf8(end))
                block.first_byte = len(BOM) if offset == 0 and filling.room.startswith(BOM) else 0
                yield block
                lines = block.lines_before
                del block
            elif more and filling.used > LONGEST_LINE:
                raise Unreadable(f"line {lines + 1} is longer than {LONGEST_LINE >> 20} MB")
            seen(raw.tell() - told)
            told = raw.tell()
            filling.forget(end)
            offset += end
        if filling.wrong:
            raise filling.wrong


class _Filling:
    """Room for a block, filled from a file as far as it goes. What is left of a line is kept for the next block."""

    def __init__(self, raw: BinaryIO, packed: bool, left: int | None) -> None:
        self.file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        self.piece = _PIECE if packed else None
        self.left = left
        self.room = bytearray(BLOCK + SPARE)
        self.used = 0
        self.wrong: Exception | None = None

    def fill(self) -> bool:
        """Fill the room; False at the end of the file or stretch, or where something is wrong."""
        if self.used + (self.piece or 1) > len(self.room) - SPARE:  # one line longer than the room
            self.room = self.room + bytes(len(self.room))  # anew: who had the last block may still look at it
        with memoryview(self.room) as view:
            while (most := self._most()) > 0:
                try:
                    many = self.file.readinto1(view[self.used : self.used + most])  # type: ignore[attr-defined]
                except Exception as wrong:
                    self.wrong = wrong
                    return False
                if not many:
                    return False
                self.used += many
                self.left = None if self.left is None else self.left - many
        return self.left != 0

    def _most(self) -> int:
        """How much to read next: nothing when there is no room for a whole piece."""
        most = len(self.room) - SPARE - self.used
        if self.piece is not None:
            return self.piece if most >= self.piece else 0
        return most if self.left is None else min(most, self.left)

    def whole_lines(self, last: bool) -> int:
        """How many bytes are whole lines. The last line of a file needs no end."""
        if last and self.wrong is None:
            return self.used
        return self.room.rfind(b"\n", 0, self.used) + 1

    def text(self) -> NDArray[np.uint8]:
        self.room[self.used : self.used + SPARE] = bytes(SPARE)
        return np.frombuffer(self.room, np.uint8)

    def is_utf8(self, end: int) -> bool:
        if self.room.isascii():
            return True
        with memoryview(self.room) as view, view[:end] as text:
            try:
                str(text, "utf-8")
            except UnicodeDecodeError:
                return False
        return True

    def forget(self, end: int) -> None:
        """Keep only what comes after the lines that were used."""
        kept = self.used - end
        self.room[:kept] = self.room[end : self.used]
        self.used = kept
