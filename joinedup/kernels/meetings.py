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
    person `who[i]` are `providers[starts[i]:starts[i + 1]]`, ascending.
    """
    most = -1
    people = 0
    for at in range(len(patient)):
        most = max(most, provider[at])
        if at == 0 or patient[at] != patient[at - 1]:
            people += 1
        if at > 0 and patient[at] < patient[at - 1]:
            raise ValueError("contacts must be sorted by patient before they are counted")
    seen = np.zeros(most + 1, np.int32)  # the last person (counted from 1) in whose list each provider was put
    who = np.empty(people, np.int32)
    starts = np.zeros(people + 1, np.int64)
    providers = np.empty(len(patient), np.int32)
    person = 0
    put = 0
    at = 0
    while at < len(patient):
        end = at
        begun = put
        while end < len(patient) and patient[end] == patient[at]:
            one = provider[end]
            if one >= 0 and seen[one] != person + 1:
                seen[one] = person + 1
                providers[put] = one
                put += 1
            end += 1
        if put > begun:
            sort_short(providers, begun, put)
            who[person] = patient[at]
            person += 1
            starts[person] = put
        at = end
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
