"""Eight bytes at a time: what loops over text are made of. Buffers have eight spare bytes after their end."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

Whole = Any
"""A whole number as compiled code has it: Python's, or numpy's of any width. Addresses are such numbers."""


def _machine(made: Any) -> Any:
    return intrinsic(made)


ONES = np.uint64(0x0101010101010101)
HIGHS = np.uint64(0x8080808080808080)


@_machine
def eight(typingctx: Any, address: Any) -> Any:
    """The eight bytes at an address, the first the lowest."""

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = context.get_value_type(types.uint64).as_pointer()
        return builder.load(builder.inttoptr(arguments[0], pointer), align=1)

    return types.uint64(types.uintp), made


@_machine
def put_eight(typingctx: Any, address: Any, bytes: Any) -> Any:
    """Write eight bytes to an address."""

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = context.get_value_type(types.uint64).as_pointer()
        builder.store(arguments[1], builder.inttoptr(arguments[0], pointer), align=1)
        return context.get_dummy_value()

    return types.void(types.uintp, types.uint64), made


@_machine
def lowest(typingctx: Any, bits: Any) -> Any:
    """The number of the lowest bit that is set; 64 when none is."""

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], cgutils.false_bit)

    return types.uint64(types.uint64), made


@njit(inline="always")
def same(one: Whole, two: Whole, length: Whole) -> bool:
    """Are so many bytes at two addresses the same?"""
    at = 0
    while length - at >= 8:
        if eight(np.uint64(one + at)) != eight(np.uint64(two + at)):
            return False
        at += 8
    if at == length:
        return True
    keep = (np.uint64(1) << np.uint64(8 * (length - at))) - np.uint64(1)
    return bool((eight(np.uint64(one + at)) ^ eight(np.uint64(two + at))) & keep == np.uint64(0))


@njit(inline="always")
def plain_text(address: Whole, length: Whole, ascii_only: bool) -> Whole:
    """How many bytes come before the first quote, backslash or control character (or beyond ASCII); at most length."""
    at = 0
    high = HIGHS if ascii_only else np.uint64(0)
    while at < length:
        word = eight(np.uint64(address + at))
        quote = word ^ np.uint64(0x2222222222222222)
        slash = word ^ np.uint64(0x5C5C5C5C5C5C5C5C)
        stops = (
            ((quote - ONES) & ~quote) | ((slash - ONES) & ~slash) | ((word - np.uint64(0x2020202020202020)) & ~word)
        ) & HIGHS
        stops |= word & high
        if stops != np.uint64(0):
            return min(at + np.int64(lowest(stops) >> np.uint64(3)), length)
        at += 8
    return length
