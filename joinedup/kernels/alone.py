"""Whom only one provider, or only two, have dealt with, within each group of providers: one pass over the contacts."""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled
from joinedup.kernels.growing import room_for_counts
from joinedup.kernels.meetings import sort_short_counts


@compiled
def known_alone(
    patient: Numbers, provider: Numbers, group: Numbers, providers: int
) -> tuple[Counts, Counts, Counts, Counts]:
    """
    For each provider: (known, alone, last_links), and for pairs (keys of pairs, one for each time).

    known       people whom it has dealt with
    alone       people with a group in which it alone has dealt with them
    last_links  of these, people dealt with in some other group too: it is the last link between the two groups
    pairs       one key (lower number × providers + higher) for each person and group in which just these two have

    `patient` is sorted. Rows with a provider or group below 0 are passed over. With everybody in one group, `alone` is
    known by nobody else at all.
    """
    known = np.zeros(providers, np.int64)
    alone = np.zeros(providers, np.int64)
    links = np.zeros(providers, np.int64)
    counted_for = np.full(providers, -1, np.int64)
    alone_for = np.full(providers, -1, np.int64)
    pairs = np.empty(1024, np.int64)
    number = 0
    keys = np.empty(1024, np.int64)
    at = 0
    while at < len(patient):
        end = at
        put = 0
        while end < len(patient) and patient[end] == patient[at]:
            if provider[end] >= 0 and group[end] >= 0:
                keys = room_for_counts(keys, put + 1)
                keys[put] = np.int64(group[end]) * providers + provider[end]
                put += 1
            end += 1
        sort_short_counts(keys, put)
        different = 0
        groups = 0
        for each in range(put):
            if different == 0 or keys[each] != keys[different - 1]:
                if different == 0 or keys[each] // providers != keys[different - 1] // providers:
                    groups += 1
                keys[different] = keys[each]
                different += 1
                one = keys[each] % providers
                if counted_for[one] != at:
                    counted_for[one] = at
                    known[one] += 1
        first = 0
        while first < different:
            last = first
            while last + 1 < different and keys[last + 1] // providers == keys[first] // providers:
                last += 1
            if last == first:
                one = keys[first] % providers
                if alone_for[one] != at:
                    alone_for[one] = at
                    alone[one] += 1
                    links[one] += groups > 1
            elif last == first + 1:
                pairs = room_for_counts(pairs, number + 1)
                pairs[number] = (keys[first] % providers) * providers + keys[last] % providers
                number += 1
            first = last + 1
        at = end
    return known, alone, links, pairs[:number].copy()
