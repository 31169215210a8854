"""Who has dealt with whom: each person's providers, each once, from contacts sorted by person."""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled


@compiled
def sort_short(values: Numbers, start: int, end: int) -> None:
    """Sort a stretch in place: by insertion when it is short, as most people's is."""
    if end - start > 24:
        values[start:end].sort()
        return
    for at in range(start + 1, end):
        value = values[at]
        before = at - 1
        while before >= start and values[before] > value:
            values[before + 1] = values[before]
            before -= 1
        values[before + 1] = value


@compiled
def sort_short_counts(values: Counts, end: int) -> None:
    """The same for the first `end` of a list of larger numbers."""
    if end > 24:
        values[:end].sort()
        return
    for at in range(1, end):
        value = values[at]
        before = at - 1
        while before >= 0 and values[before] > value:
            values[before + 1] = values[before]
            before -= 1
        values[before + 1] = value


@compiled
def met(patient: Numbers, provider: Numbers) -> tuple[Numbers, Counts, Numbers, int]:
    """
    People's providers, each once: (who, starts, providers, how many providers there could be).

    `patient` is sorted; contacts whose provider is −1 are dropped, and so are people left with none. The providers of
    person `who[i]` are `providers[starts[i]:starts[i + 1]]`, in the order in which they were first met.
    """
    most = -1
    people = min(len(patient), 1)
    falls = 0
    for at in range(len(provider)):
        most = max(most, provider[at])
    for at in range(1, len(patient)):
        people += patient[at] != patient[at - 1]
        falls += patient[at] < patient[at - 1]
    if falls:
        raise ValueError("contacts must be sorted by patient before they are counted")
    if len(patient) >= 2**31:
        raise ValueError("more contacts than can be counted at once: take a shorter window, or a smaller place")
    seen = np.full(most + 1, -1, np.int64)  # the last person in whose list each provider was put
    who = np.empty(people, np.int32)
    starts = np.zeros(people + 1, np.int64)
    providers = np.empty(len(patient), np.int32)
    person = 0
    put = 0
    for at in range(len(patient)):
        one = provider[at]
        if one >= 0:
            providers[put] = one
            put += seen[one] != patient[at]  # written over by the next where it is in the list already: no branch
            seen[one] = patient[at]
        if (at + 1 == len(patient) or patient[at + 1] != patient[at]) and put > starts[person]:
            who[person] = patient[at]
            person += 1
            starts[person] = put
    return who[:person].copy(), starts[: person + 1].copy(), providers[:put].copy(), most + 1


@compiled
def turned(starts: Counts, members: Numbers, rows: int) -> tuple[Counts, Numbers]:
    """Each member's lists, from each list's members: (starts, lists), lists ascending."""
    begins = np.zeros(rows + 1, np.int64)
    for at in range(len(members)):
        begins[members[at] + 1] += 1
    for row in range(rows):
        begins[row + 1] += begins[row]
    next_free = begins[:-1].copy()
    lists = np.empty(len(members), np.int32)
    for each in range(len(starts) - 1):
        for at in range(starts[each], starts[each + 1]):
            member = members[at]
            lists[next_free[member]] = each
            next_free[member] += 1
    return begins, lists
