"""Days and moments as FHIR writes them, from bytes: whole ones of the years 2 to 9998, as in records/when.py."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from joinedup.kernels.bytes_at import Whole
from joinedup.kernels.compiled import compiled

Bytes = NDArray[np.uint8]

NONE = np.int64(-(2**63))
_DAY = np.int64(86_400_000_000)


@njit(inline="always")
def _two(text: Bytes, at: Whole) -> Whole:
    """Two digits as a number, or -1."""
    tens, ones = int(text[at]) - 48, int(text[at + 1]) - 48
    if tens < 0 or tens > 9 or ones < 0 or ones > 9:
        return -1
    return 10 * tens + ones


@compiled
def day(text: Bytes, at: Whole) -> Whole:
    """Days since 1970-01-01 of YYYY-MM-DD at `at`, or NONE when it is no day."""
    century, year, month, of_month = _two(text, at), _two(text, at + 2), _two(text, at + 5), _two(text, at + 8)
    if century < 0 or year < 0 or month < 1 or month > 12 or of_month < 1 or text[at + 4] != 45 or text[at + 7] != 45:
        return NONE
    year += 100 * century
    if year < 2 or year > 9998:
        return NONE
    long = month in (1, 3, 5, 7, 8, 10, 12)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if of_month > (31 if long else 30) or (month == 2 and of_month > (29 if leap else 28)):
        return NONE
    # days from civil, as in Howard Hinnant's chrono-compatible low-level date algorithms: years begin in March
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + of_month - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@compiled
def moment(text: Bytes, at: Whole) -> tuple[Whole, Whole]:
    """
    Microseconds since 1970 UTC of the day or moment that begins at `at`, and where it ends; NONE when it is neither.

    A day is its first instant, and without an offset the time is taken as UTC. At least 40 bytes can be looked at.
    """
    days = day(text, at)
    if days == NONE:
        return NONE, at
    micros = days * _DAY
    if text[at + 10] != 84:  # T
        return micros, at + 10
    hours, minutes = _two(text, at + 11), _two(text, at + 14)
    if hours < 0 or hours > 23 or minutes < 0 or minutes > 59 or text[at + 13] != 58:
        return NONE, at
    micros += (hours * 60 + minutes) * 60_000_000
    at += 16
    if text[at] == 58:
        seconds = _two(text, at + 1)
        if seconds < 0 or seconds > 59:
            return NONE, at
        micros += seconds * 1_000_000
        at += 3
        if text[at] == 46:  # .
            at += 1
            unit = 100_000
            while 48 <= text[at] <= 57:
                if unit == 0:
                    return NONE, at
                micros += (int(text[at]) - 48) * unit
                unit //= 10
                at += 1
            if text[at - 1] == 46:
                return NONE, at
    if text[at] == 90:  # Z
        return micros, at + 1
    if text[at] == 43 or text[at] == 45:
        hours, minutes = _two(text, at + 1), _two(text, at + 4)
        if hours < 0 or hours > 23 or minutes < 0 or minutes > 59 or text[at + 3] != 58:
            return NONE, at
        offset = (hours * 60 + minutes) * 60_000_000
        return micros - (offset if text[at] == 43 else -offset), at + 6
    return micros, at


@compiled
def days(text: Bytes, at: NDArray[np.int32]) -> NDArray[np.int32]:
    """Days since 1970 of the dates that begin at each of these places; whatever for a negative place."""
    found = np.zeros(len(at), np.int32)
    for row in range(len(at)):
        if at[row] >= 0:
            found[row] = day(text, at[row])
    return found
