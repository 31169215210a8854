"""
Where a long table of delimited text can be cut, so that its stretches are read side by side and a load that was killed
goes on in the middle of it: at the end of a line that does not stand within quotes.

A quote opens a field only at its beginning, as csv reads it, and one inside a field is a letter like any other.
Compressed files, Parquet, text in which a line feed is not one byte by itself, and text that says its own delimiter are
read whole.
"""

from __future__ import annotations

import re
from pathlib import Path

from joinedup.records.files import BOM, STRETCH, WHOLE, Stretch

_READ_WHOLE = (b"\x1f\x8b", b"PAR1", b"\xff\xfe", b"\xfe\xff", b"sep=")
_CLOSES = re.compile(rb'(?:[^"]|"")*"')
_AT_ONCE = 1 << 20
LEAST = STRETCH


def of_table(path: Path, delimiter: str, encoding: str | None = None, least: int | None = None) -> list[Stretch]:
    """The stretches of a table, each but the last of at least so many bytes; one for a file that is read whole."""
    least = least or LEAST
    with path.open("rb") as file:
        begins = file.read(8).removeprefix(BOM)
        if begins.startswith(_READ_WHOLE) or not _plain(encoding) or path.stat().st_size < 2 * least:
            return [WHOLE]
        file.seek(0)
        opens = re.compile(rb'(?:^|%s)"(?:[^"]|"")*("?)' % re.escape(delimiter.encode()))
        starts, line, offset, inside = [(0, 1)], 1, 0, False
        while lines := file.readlines(_AT_ONCE):
            for each in lines:
                if inside or b'"' in each:
                    inside = _within_quotes(each, inside, opens)
                if b"\r" in each[:-2]:
                    return [WHOLE]  # a line may end in the middle of what is a line here
                offset += len(each)
                line += 1
                if offset - starts[-1][0] >= least and not inside:
                    starts.append((offset, line))
    if starts[-1][0] == offset:
        starts.pop()
    ends = [*(start for start, _ in starts[1:]), None]
    return [Stretch(start, end, first) for (start, first), end in zip(starts, ends, strict=True)]


def _within_quotes(line: bytes, inside: bool, opens: re.Pattern[bytes]) -> bool:
    """Whether a field in quotes is still open at the end of a line."""
    at = 0
    if inside:
        closed = _CLOSES.match(line)
        if closed is None or line[closed.end() :].startswith(b'"'):
            return True
        at = closed.end()
    return any(not found[1] for found in opens.finditer(line, at))


def _plain(encoding: str | None) -> bool:
    """Is a line feed, and a quote, one byte by itself in this encoding?"""
    return encoding is None or '\n",'.encode(encoding) == b'\n",'
