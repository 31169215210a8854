"""
Lines of text held against a tree of learnt patterns: which pattern each follows, and where its gaps are.

The tree is made of edges. An edge is a run of fixed bytes, then what may stand in the gap after them; from the node
that it leads to go the edges that may come next. Edges of a node are tried in order, and the first whose bytes are
there is taken. A line that leaves the tree anywhere is missed: whoever asked must read it in another way. See
records/fhir/gaps.py for the kinds of gap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from joinedup.kernels.bytes_at import Whole, plain_text, same
from joinedup.kernels.compiled import compiled
from joinedup.kernels.dates import NONE, day, moment

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int32]

UNREAD, TEXT, TRIMMED, REFERENCE, NHS_NUMBER, DATE, NUMBER, END = range(8)
SPARE = 64
"""Bytes that can be looked at after the end of what is matched."""

_NEWLINE, _RETURN, _QUOTE, _BACKSLASH = 10, 13, 34, 92
_LONGEST_REFERENCE, _LIKE_A_TYPE, _LONGEST_NUMBER = 64, 6, 24


class Tree(NamedTuple):
    first: Numbers  # of each node, its first edge or -1
    next: Numbers  # of each edge, the next of the same node or -1
    at: Numbers  # of each edge, where its bytes are in `shared`, and how many
    length: Numbers
    kind: Numbers  # of gap; END when a pattern ends here
    to: Numbers  # the next node; or the pattern
    shared: Bytes
    pairs: Numbers  # of each pattern, where its pairs of dates begin in `earlier` and `later`; one more at the end
    earlier: Numbers
    later: Numbers


class Found(NamedTuple):
    """Room for what is found: for each matched line, its start, pattern and first gap; for each gap, from and to."""

    line: Numbers
    pattern: Numbers
    first_gap: Numbers
    start: Numbers
    end: Numbers
    moment: NDArray[np.int64]
    missed: Numbers  # starts of the lines that were missed, and their numbers
    missed_number: Numbers


class Progress(NamedTuple):
    at: int
    number: int  # of the line last looked at
    lines: int
    gaps: int
    missed: int


@compiled
def match(
    text: Bytes, length: Whole, tree: Tree, found: Found, start: Progress, stop_when_missed: bool, ascii_only: bool
) -> Progress:
    """
    Go through the lines of text[:length] from `start.at`, filling `found`, to the end or to just after a missed line.

    With `ascii_only` a line with another byte in a gap is missed: for a text that is no UTF-8.
    """
    at, number, lines, gaps, missed = start
    most = len(found.start) - 256
    here, shared = np.int64(text.ctypes.data), np.int64(tree.shared.ctypes.data)
    while at < length:
        number += 1
        if text[at] == _NEWLINE:
            at += 1
            continue
        if text[at] == _RETURN and at + 1 < length and text[at + 1] == _NEWLINE:
            at += 2
            continue
        place, node, gap, pattern = at, 0, gaps, -1
        while gaps < most:
            edge = tree.first[node]
            while edge >= 0:
                many = tree.length[edge]
                if place + many <= length and same(here + place, shared + tree.at[edge], many):
                    break
                edge = tree.next[edge]
            if edge < 0:
                break
            place += tree.length[edge]
            kind = tree.kind[edge]
            if kind == END:
                ends = _line_end(text, place, length)
                if ends > 0 and _in_order(text, tree, found, tree.to[edge], gaps):
                    pattern, place = tree.to[edge], ends
                break
            found.start[gap] = place
            if kind == DATE:
                found.moment[gap], place = moment(text, place)
                if found.moment[gap] == NONE:
                    break
            else:
                place = _gap(text, here, place, length, kind, ascii_only)
                if place < 0 or place >= length:
                    break
            found.end[gap] = place
            gap += 1
            node = tree.to[edge]
        if pattern >= 0:
            found.line[lines], found.pattern[lines], found.first_gap[lines] = at, pattern, gaps
            lines += 1
            gaps = gap
            at = place
            continue
        found.missed[missed], found.missed_number[missed] = at, number
        missed += 1
        while at < length and text[at] != _NEWLINE:
            at += 1
        at += 1
        if stop_when_missed:
            break
    return Progress(min(at, length), number, lines, gaps, missed)


@njit(inline="always")
def _line_end(text: Bytes, at: Whole, length: Whole) -> Whole:
    """Where the next line begins if this one ends here; else 0."""
    if at == length:
        return at
    if text[at] == _NEWLINE:
        return at + 1
    if text[at] == _RETURN and at + 1 < length and text[at + 1] == _NEWLINE:
        return at + 2
    return 0


@njit(inline="always")
def _in_order(text: Bytes, tree: Tree, found: Found, pattern: Whole, gaps: Whole) -> bool:
    """Is no date that should be the later one before the other, as a moment or as a day?"""
    for pair in range(tree.pairs[pattern], tree.pairs[pattern + 1]):
        one, two = gaps + tree.earlier[pair], gaps + tree.later[pair]
        if found.moment[one] > found.moment[two]:
            return False
        if day(text, found.start[one]) > day(text, found.start[two]):
            return False
    return True


@njit(inline="always")
def _gap(text: Bytes, here: Whole, at: Whole, length: Whole, kind: Whole, ascii_only: bool) -> Whole:
    """Where what stands in a gap that begins at `at` ends; -1 when it may not stand there."""
    if kind == TEXT or kind == TRIMMED:  # noqa: SIM109  (a tuple is slower when compiled)
        many = plain_text(here + at, length - at, ascii_only)
        if many == 0 or text[at + many] != _QUOTE:
            return -1
        if kind == TRIMMED and not (32 < text[at] < 127 and 32 < text[at + many - 1] < 127):
            return -1
        return at + many
    if kind == UNREAD:
        while at < length:
            at += plain_text(here + at, length - at, ascii_only)
            if at >= length or text[at] != _BACKSLASH:
                break
            escaped = text[at + 1]
            #           "                   \                    /                  b                  f
            if not (
                escaped == 34 or escaped == 92 or escaped == 47 or escaped == 98 or escaped == 102
                or escaped == 110 or escaped == 114 or escaped == 116
            ):  # fmt: skip
                return -1  # n, r and t are the others; \u is left to the careful reader
            at += 2
        return at if at < length and text[at] == _QUOTE else -1
    if kind == REFERENCE:
        return _reference(text, at)
    if kind == NHS_NUMBER:
        return _nhs_number(text, at)
    return _number(text, at)


@njit(inline="always")
def _reference(text: Bytes, at: Whole) -> Whole:
    start, capital = at, at - 1000  # where the capital before a run of small letters stands
    while True:
        byte = text[at]
        if 97 <= byte <= 122:
            if at - capital == _LIKE_A_TYPE:
                return -1
        elif 65 <= byte <= 90:
            capital = at
        elif 48 <= byte <= 57 or byte == 45 or byte == 46:
            capital = at - 1000
        else:
            break
        at += 1
        if at - start > _LONGEST_REFERENCE:
            return -1
    return at if at > start and text[at] == _QUOTE else -1


@njit(inline="always")
def _nhs_number(text: Bytes, at: Whole) -> Whole:
    total = 0
    for position in range(10):
        digit = int(text[at + position]) - 48
        if digit < 0 or digit > 9:
            return -1
        total += digit * (10 - position) if position < 9 else 0
    return at + 10 if (11 - total % 11) % 11 == int(text[at + 9]) - 48 else -1


@njit(inline="always")
def _number(text: Bytes, at: Whole) -> Whole:
    start = at
    if text[at] == 45:  # -
        at += 1
    first = at
    while 48 <= text[at] <= 57 and at - start <= _LONGEST_NUMBER:
        at += 1
    if at == first or (text[first] == 48 and at - first > 1):
        return -1
    if text[at] == 46:  # .
        at += 1
        first = at
        while 48 <= text[at] <= 57 and at - start <= _LONGEST_NUMBER:
            at += 1
        if at == first:
            return -1
    return at if at - start <= _LONGEST_NUMBER else -1
