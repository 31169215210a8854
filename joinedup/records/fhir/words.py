"""Texts kept once, with a number for each: those that patterns fix, and those found in the gaps of lines."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.kernels import gathering
from joinedup.kernels.gathering import ROOM, Fixed, Words
from joinedup.kernels.matching import Found

_AT_FIRST = 4096


class Registry:
    """Fixed texts by number, from 0. The same text under two tags has two numbers."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._made: Fixed | None = None

    def number(self, text: str, tag: str = "") -> int:
        found = self._numbers.setdefault((text, tag), len(self._numbers))
        if found == len(self._numbers) - 1:
            self._made = None
        return found

    def made(self) -> Fixed:
        if self._made is None:
            texts = [text.encode() for text, _ in self._numbers]
            at = np.concatenate([[0], np.cumsum([len(text) for text in texts])]).astype(np.int32)
            self._made = Fixed(np.frombuffer(b"".join(texts) + bytes(ROOM), np.uint8), at)
        return self._made


class Kept:
    """The different texts of the coded columns of one table, until it is cleared."""

    def __init__(self) -> None:
        self._words: Words | None = None

    def codes(
        self,
        text: NDArray[np.uint8],
        found: Found,
        like: NDArray[np.int32],
        first_gap: NDArray[np.int32],
        before: NDArray[np.int32],
        gap: NDArray[np.int32],
        fixed: Fixed,
    ) -> NDArray[np.int32]:
        """A row of codes for each column; see kernels/gathering.py."""
        words = self._words = self._words or _empty(len(before), _AT_FIRST, _AT_FIRST * 32)
        codes = np.empty((len(before), len(like)), np.int32)
        row = 0
        while True:
            row = gathering.code(text, found.start, found.end, like, first_gap, before, gap, fixed, words, codes, row)
            if row >= len(like):
                return codes
            words = self._words = _more_room(words)

    def many(self, column: int) -> int:
        """How many different texts a column has."""
        return 0 if self._words is None else int(self._words.many[column + 1])

    def values(self, column: int) -> pa.Array:
        """The texts of a column in the order of its codes."""
        words = self._words
        assert words is not None
        many = words.many[0]
        offsets = words.at[: many + 1].astype(np.int32)
        all = pa.Array.from_buffers(pa.string(), int(many), [None, pa.py_buffer(offsets), pa.py_buffer(words.bytes)], 0)
        return all.take(pa.array(words.in_order[column, : words.many[column + 1]]))

    def clear(self) -> None:
        if self._words is not None:
            many = self._words.many[0]
            self._words.table.fill(-1)
            self._words.of_column[:, :many] = -1
            self._words.many.fill(0)


def _empty(columns: int, words: int, bytes: int) -> Words:
    return Words(
        np.full(words * 4, -1, np.int32),
        np.empty(words, np.uint64),
        np.empty(words, np.int32),
        np.zeros(words + 1, np.int64),
        np.empty(bytes, np.uint8),
        np.full((columns, words), -1, np.int32),
        np.empty((columns, words), np.int32),
        np.zeros(columns + 1, np.int64),
    )


def _more_room(words: Words) -> Words:
    """The same words with twice the room."""
    more = _empty(len(words.of_column), len(words.hash) * 2, len(words.bytes) * 2)
    many = int(words.many[0])
    more.hash[:many], more.before[:many] = words.hash[:many], words.before[:many]
    more.at[: many + 1] = words.at[: many + 1]
    more.bytes[: len(words.bytes)] = words.bytes
    more.of_column[:, :many] = words.of_column[:, :many]
    more.in_order[:, : words.in_order.shape[1]] = words.in_order
    more.many[:] = words.many
    gathering.put_back(more)
    return more
