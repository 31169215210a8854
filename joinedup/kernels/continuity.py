"""
Continuity of everybody in one pass over visits that lie in order.

The formulas are those of measures/coc.py, upc.py, secon.py, mmci.py and hand_offs.py. One counter for each provider is
kept and never cleared: it begins with the person's stamp, so that any lower is somebody else's. So a person costs as
much as they have contacts. What is counted for a person stays at hand until the next one comes.
"""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled

Columns = tuple[Numbers, Counts, Counts, Counts, Counts, Counts, Numbers]


@compiled
def walk(patient: Numbers, provider: Numbers, providers: int, people: int) -> Columns:
    """
    Sums for each person: patient, N contacts, M providers, Σn², max n, stays, usual provider.

    `patient` is in order, and each person's rows in the order of their contacts; `provider` is below `providers`, or
    negative where it is missing, and then the row is passed over. `people` is the most that there can be.
    """
    seen_with = np.zeros(providers, np.int64)
    who = np.empty(people, np.int32)
    contacts, different = np.empty(people, np.int64), np.empty(people, np.int64)
    squares, most, stays = np.empty(people, np.int64), np.empty(people, np.int64), np.empty(people, np.int64)
    usual = np.empty(people, np.int32)
    at = -1
    last = before = favourite = np.int32(-1)
    stamp = number = others = square = largest = stayed = np.int64(0)
    for row in range(len(patient)):
        seen = provider[row]
        if seen < 0:
            continue
        if at < 0 or patient[row] != last:
            if at >= 0:
                who[at], contacts[at], different[at], squares[at] = last, number, others, square
                most[at], stays[at], usual[at] = largest, stayed, favourite
            at += 1
            last = patient[row]
            stamp = np.int64(at + 1) << 32
            number = others = square = largest = stayed = np.int64(0)
            before = np.int32(-1)
        n = seen_with[seen] - stamp
        if n < 0:  # somebody else's
            n = 0
            others += 1
        square += 2 * n + 1
        n += 1
        seen_with[seen] = stamp + n
        number += 1
        if n >= largest:
            if n > largest or seen < favourite:
                favourite = seen
            largest = n
        stayed += seen == before
        before = seen
    if at >= 0:
        who[at], contacts[at], different[at], squares[at] = last, number, others, square
        most[at], stays[at], usual[at] = largest, stayed, favourite
    end = at + 1
    return who[:end], contacts[:end], different[:end], squares[:end], most[:end], stays[:end], usual[:end]
