"""
Continuity of everybody in one pass over visits that lie in order.

The formulas are those of measures/coc.py, upc.py, secon.py, mmci.py and hand_offs.py. One counter for each provider is
kept and never cleared: a stamp says whose it is. So a person costs as much as they have contacts.
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
    count = np.zeros(providers, np.int32)
    stamp = np.full(providers, -1, np.int32)
    who = np.empty(people, np.int32)
    contacts, different = np.empty(people, np.int64), np.empty(people, np.int64)
    squares, most, stays = np.empty(people, np.int64), np.empty(people, np.int64), np.empty(people, np.int64)
    usual = np.empty(people, np.int32)
    last = np.int32(-1)
    at = -1
    before = np.int32(-1)
    for row in range(len(patient)):
        seen = provider[row]
        if seen < 0:
            continue
        if at < 0 or patient[row] != last:
            at += 1
            last = patient[row]
            who[at], contacts[at], different[at], squares[at], most[at], stays[at] = last, 0, 0, 0, 0, 0
            usual[at] = seen
            before = np.int32(-1)
        if stamp[seen] != last:
            stamp[seen] = last
            count[seen] = 0
            different[at] += 1
        squares[at] += 2 * count[seen] + 1
        count[seen] += 1
        contacts[at] += 1
        if count[seen] > most[at] or (count[seen] == most[at] and seen < usual[at]):
            most[at], usual[at] = count[seen], seen
        if seen == before:
            stays[at] += 1
        before = seen
    end = at + 1
    return who[:end], contacts[:end], different[:end], squares[:end], most[:end], stays[:end], usual[:end]
