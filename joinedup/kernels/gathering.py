"""What stands in the gaps of many lines, gathered into columns: each text once with codes for it, or copied out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from joinedup.kernels.bytes_at import Whole, eight, put_eight, same
from joinedup.kernels.compiled import compiled

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int32]

NULL, NO_GAP = -2, -1
ROOM = 16
"""Bytes beyond what is written that may be written over: copying goes by eights."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Fixed(NamedTuple):
    """Texts that are not from gaps: one after the other, and where each begins; one more at the end."""

    bytes: Bytes
    at: Numbers


class Words(NamedTuple):
    """
    Room for the different texts of some columns, and which of them each column has. Full tables start with all -1.

    `of_column[c, w]` is the code that column c has for word w, or -1; `in_order[c, code]` is the word.
    """

    table: Numbers  # word by hash; a power of two of them, more than twice as many as words
    hash: NDArray[np.uint64]
    before: Numbers
    at: NDArray[np.int64]  # where each begins in `bytes`; one more at the end
    bytes: Bytes
    of_column: NDArray[np.int32]
    in_order: NDArray[np.int32]
    many: NDArray[np.int64]  # words, then for each column how many codes


@njit(inline="always")
def _hash(address: Whole, length: Whole, before: Whole) -> Whole:
    found = (np.uint64(before + 1) * _MIX) ^ np.uint64(length)
    at = 0
    while at < length:
        word = eight(np.uint64(address + at))
        if length - at < 8:
            word &= (np.uint64(1) << np.uint64(8 * (length - at))) - np.uint64(1)
        found = (found ^ word) * _MIX
        found ^= found >> np.uint64(29)
        at += 8
    return found


@njit(inline="always")
def _copy(source: Whole, target: Whole, length: Whole) -> None:
    at = 0
    while at < length:
        put_eight(np.uint64(target + at), eight(np.uint64(source + at)))
        at += 8


@compiled
def code(
    text: Bytes,
    start: Numbers,
    end: Numbers,
    like: Numbers,
    first_gap: Numbers,
    before: NDArray[np.int32],
    gap: NDArray[np.int32],
    fixed: Fixed,
    words: Words,
    codes: NDArray[np.int32],
    row: int,
) -> int:
    """
    Fill codes[column, row] from `row` on; the row at which the words had no more room, or the number of rows.

    The value of a column in row r is fixed text before[column, like[r]] and then what stands in gap[column, like[r]],
    counted from first_gap[r]; or only the first, where that is NO_GAP; or none, where it is NULL, with the code -1.
    """
    here, kept, prefixes = (
        np.int64(text.ctypes.data),
        np.int64(words.bytes.ctypes.data),
        np.int64(fixed.bytes.ctypes.data),
    )
    mask = np.uint64(len(words.table) - 1)
    columns = len(codes)
    while row < len(like):
        if words.many[0] + columns >= len(words.hash):
            return row
        for column in range(columns):
            which = gap[column, like[row]]
            if which == NULL:
                codes[column, row] = -1
                continue
            prefix = before[column, like[row]]
            from_fixed = np.int64(fixed.at[prefix + 1] - fixed.at[prefix])
            first, length = np.int64(0), np.int64(0)
            if which >= 0:
                first = np.int64(start[first_gap[row] + which])
                length = np.int64(end[first_gap[row] + which]) - first
            hashed = _hash(here + first, length, prefix)
            slot = np.int64(hashed & mask)
            while True:
                word = np.int64(words.table[slot])
                if word < 0:
                    word = words.many[0]
                    at = words.at[word]
                    if at + from_fixed + length + ROOM > len(words.bytes):
                        return row
                    _copy(prefixes + fixed.at[prefix], kept + at, from_fixed)
                    _copy(here + first, kept + at + from_fixed, length)
                    words.at[word + 1] = at + from_fixed + length
                    words.hash[word], words.before[word], words.table[slot] = hashed, prefix, word
                    words.many[0] += 1
                    break
                if words.hash[word] == hashed and words.before[word] == prefix:
                    at = words.at[word]
                    if words.at[word + 1] - at == from_fixed + length and same(
                        here + first, kept + at + from_fixed, length
                    ):
                        break
                slot = np.int64(np.uint64(slot + 1) & mask)
            if words.of_column[column, word] < 0:
                words.of_column[column, word] = words.many[column + 1]
                words.in_order[column, words.many[column + 1]] = word
                words.many[column + 1] += 1
            codes[column, row] = words.of_column[column, word]
        row += 1
    return row


@compiled
def put_back(words: Words) -> None:
    """Find every word's slot in a new, empty table."""
    mask = np.uint64(len(words.table) - 1)
    for word in range(words.many[0]):
        slot = np.int64(words.hash[word] & mask)
        while words.table[slot] >= 0:
            slot = np.int64(np.uint64(slot + 1) & mask)
        words.table[slot] = word


@compiled
def copied(
    text: Bytes,
    start: Numbers,
    end: Numbers,
    like: Numbers,
    first_gap: Numbers,
    pieces_at: Numbers,
    pieces: Numbers,
    fixed: Fixed,
) -> tuple[Numbers, Bytes]:
    """
    Offsets and bytes of values of several pieces.

    Those of row r are pieces[pieces_at[like[r]] : pieces_at[like[r] + 1]], each the number of a gap counted from
    first_gap[r], or -1 - n for the fixed text n.
    """
    offsets = np.zeros(len(like) + 1, np.int32)
    for row in range(len(like)):
        length = 0
        for each in range(pieces_at[like[row]], pieces_at[like[row] + 1]):
            piece = pieces[each]
            if piece >= 0:
                length += end[first_gap[row] + piece] - start[first_gap[row] + piece]
            else:
                length += fixed.at[-piece] - fixed.at[-1 - piece]
        offsets[row + 1] = offsets[row] + length
    made = np.empty(offsets[-1] + ROOM, np.uint8)
    here, prefixes, target = np.int64(text.ctypes.data), np.int64(fixed.bytes.ctypes.data), np.int64(made.ctypes.data)
    for row in range(len(like)):
        for each in range(pieces_at[like[row]], pieces_at[like[row] + 1]):
            piece = pieces[each]
            if piece >= 0:
                gap = first_gap[row] + piece
                many = np.int64(end[gap] - start[gap])
                _copy(here + start[gap], target, many)
            else:
                many = np.int64(fixed.at[-piece] - fixed.at[-1 - piece])
                _copy(prefixes + fixed.at[-1 - piece], target, many)
            target += many
    return offsets, made


@compiled
def first_and_times(codes: Numbers, values: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each value from 0: the first row that has it or -1, and how many have it."""
    first, times = np.full(values, -1, np.int64), np.zeros(values, np.int64)
    for row in range(len(codes)):
        if first[codes[row]] < 0:
            first[codes[row]] = row
        times[codes[row]] += 1
    return first, times
