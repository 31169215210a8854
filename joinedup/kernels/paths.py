"""The way that each person's care went from provider to provider, as one network with a piece for every person."""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled


@compiled
def paths(patient: Numbers, provider: Numbers, providers: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """
    (whose, whom, ones, others): stop s is person `whose[s]` with provider `whom[s]`, each pair once; a tie for each
    contact of a person and their next where the provider changes.

    `patient` is sorted, each person's contacts in order; contacts whose provider is −1 are passed over.
    """
    stop_of = np.empty(providers, np.int32)
    met_by = np.full(providers, -1, np.int32)
    whose = np.empty(len(patient), np.int32)
    whom = np.empty(len(patient), np.int32)
    ones = np.empty(len(patient), np.int32)
    others = np.empty(len(patient), np.int32)
    stops = 0
    ties = 0
    before = -1
    for at in range(len(patient)):
        seen = provider[at]
        if seen < 0:
            continue
        if met_by[seen] != patient[at]:
            met_by[seen] = patient[at]
            stop_of[seen] = stops
            whose[stops] = patient[at]
            whom[stops] = seen
            stops += 1
        here = stop_of[seen]
        if before >= 0 and whose[before] == patient[at] and before != here:
            ones[ties] = before
            others[ties] = here
            ties += 1
        before = here
    return whose[:stops].copy(), whom[:stops].copy(), ones[:ties].copy(), others[:ties].copy()


@compiled
def parts_two_others(whose: Numbers, whom: Numbers, falls_into: Numbers, belongs: Numbers) -> Counts:
    """
    For each provider, the people whose stops fall apart without it, when those left are at two organisations or more.

    `falls_into` is `pieces.without_each` of the stops; `belongs` each provider's organisation. Stops that
    fall apart and are not all at one organisation part some two that are at different ones.
    """
    people = np.zeros(len(belongs), np.int64)
    start = 0
    while start < len(whose):
        end = start
        while end < len(whose) and whose[end] == whose[start]:
            end += 1
        for stop in range(start, end):
            if falls_into[stop] < 2:
                continue
            first = -1
            for each in range(start, end):
                if each == stop:
                    continue
                if first < 0:
                    first = belongs[whom[each]]
                elif belongs[whom[each]] != first:
                    people[whom[stop]] += 1
                    break
        start = end
    return people
