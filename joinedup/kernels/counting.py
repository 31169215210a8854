"""How often each pair of numbers comes together, without a table of all pairs: one row at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from joinedup.kernels.compiled import Counts, Numbers, compiled
from joinedup.kernels.growing import room_for_counts, room_for_numbers
from joinedup.kernels.meetings import sort_short


@compiled
def _rows(first: Numbers, rows: int) -> tuple[Counts, Counts]:
    """Where each row's places begin, and the places, in order."""
    begins = np.zeros(rows + 1, np.int64)
    for at in range(len(first)):
        begins[first[at] + 1] += 1
    for row in range(rows):
        begins[row + 1] += begins[row]
    next_free = begins[:-1].copy()
    places = np.empty(len(first), np.int64)
    for at in range(len(first)):
        places[next_free[first[at]]] = at
        next_free[first[at]] += 1
    return begins, places


@compiled
def pairs(first: Numbers, second: Numbers, rows: int, columns: int) -> tuple[Numbers, Numbers, Counts]:
    """How often (first[i], second[i]) comes: (first, second, times), sorted. All are from 0 to rows or columns − 1."""
    begins = np.zeros(rows + 1, np.int64)
    for at in range(len(first)):
        begins[first[at] + 1] += 1
    for row in range(rows):
        begins[row + 1] += begins[row]
    next_free = begins[:-1].copy()
    together = np.empty(len(first), np.int32)
    for at in range(len(first)):
        together[next_free[first[at]]] = second[at]
        next_free[first[at]] += 1
    times = np.zeros(columns, np.int64)
    touched = np.empty(columns, np.int32)
    ones = np.empty(256, np.int32)
    others = np.empty(256, np.int32)
    counted = np.empty(256, np.int64)
    kept = 0
    for row in range(rows):
        met = 0
        for at in range(begins[row], begins[row + 1]):
            column = together[at]
            if times[column] == 0:
                touched[met] = column
                met += 1
            times[column] += 1
        sort_short(touched, 0, met)
        ones = room_for_numbers(ones, kept + met)
        others = room_for_numbers(others, kept + met)
        counted = room_for_counts(counted, kept + met)
        for at in range(met):
            ones[kept] = row
            others[kept] = touched[at]
            counted[kept] = times[touched[at]]
            times[touched[at]] = 0
            kept += 1
    return ones[:kept].copy(), others[:kept].copy(), counted[:kept].copy()


@compiled
def weighed(
    first: Numbers, second: Numbers, weight: npt.NDArray[np.float64], rows: int, columns: int
) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
    """As `pairs`, each time with a weight: (first, second, weight summed), sorted."""
    begins, places = _rows(first, rows)
    total = np.zeros(columns, np.float64)
    row_of = np.full(columns, -1, np.int32)
    touched = np.empty(columns, np.int32)
    ones = np.empty(len(first), np.int32)
    others = np.empty(len(first), np.int32)
    summed = np.empty(len(first), np.float64)
    kept = 0
    for row in range(rows):
        met = 0
        for place in range(begins[row], begins[row + 1]):
            column = second[places[place]]
            if row_of[column] != row:
                row_of[column] = row
                total[column] = 0.0
                touched[met] = column
                met += 1
            total[column] += weight[places[place]]
        sort_short(touched, 0, met)
        for at in range(met):
            ones[kept] = row
            others[kept] = touched[at]
            summed[kept] = total[touched[at]]
            kept += 1
    return ones[:kept].copy(), others[:kept].copy(), summed[:kept].copy()
