"""
Ties between providers: how many people two providers have both dealt with.

One provider's row at a time: go through its people, and through the earlier providers of each, counting in one array as
long as there are providers. Each pair of a person's providers is looked at once, and only ties that are kept take room.
"""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled
from joinedup.kernels.growing import room_for_numbers
from joinedup.kernels.meetings import turned

Placed = tuple[Counts, Numbers, Numbers, Numbers]


@compiled
def in_order_with_places(starts: Counts, members: Numbers, providers: int) -> Placed:
    """
    Each list of members in ascending order, its first turned negative (−1 − member), so that a walk back from any place
    knows where to stop; and each provider's people, with its places in their lists, from `begins[provider]` on.

    (begins, people, places, lists). Providers are dealt out to their people one after the other, which sorts every list
    without comparing anything. Up to 2³¹ members in all lists.
    """
    begins, people = turned(starts, members, providers)
    free = starts[:-1].astype(np.int32)
    lists = np.empty(len(members), np.int32)
    places = np.empty(len(members), np.int32)
    for provider in range(providers):
        for at in range(begins[provider], begins[provider + 1]):
            place = free[people[at]]
            free[people[at]] = place + 1
            lists[place] = provider
            places[at] = place
    for each in range(len(starts) - 1):
        lists[starts[each]] = -1 - lists[starts[each]]
    return begins, people, places, lists


@compiled
def shared_people(starts: Counts, members: Numbers, providers: int, at_least: int) -> tuple[Numbers, Numbers, Numbers]:
    """
    Ties of at least so many shared people: (one, other, shared), one < other, in order of other.

    `starts` and `members` as from `meetings.met`. Time: pairs of providers summed over people. Room: the ties kept.
    """
    begins, _, places, lists = in_order_with_places(starts, members, providers)
    shared = np.zeros(providers, np.int32)
    touched = np.empty(providers + 1, np.int32)
    ones = np.empty(1024, np.int32)
    others = np.empty(1024, np.int32)
    weights = np.empty(1024, np.int32)
    kept = 0
    for one in range(providers):
        if begins[one + 1] - begins[one] < at_least:
            continue  # it has too few people to share so many
        met = 0
        for each in range(begins[one], begins[one + 1]):
            at = places[each]
            other = lists[at]
            while other >= 0:
                at -= 1
                other = lists[at]
                earlier = other if other >= 0 else -1 - other
                touched[met] = earlier
                met += shared[earlier] == 0  # else it is written over by the next: no branch
                shared[earlier] += 1
        ones = room_for_numbers(ones, kept + met)
        others = room_for_numbers(others, kept + met)
        weights = room_for_numbers(weights, kept + met)
        for each in range(met):
            other = touched[each]
            if shared[other] >= at_least:
                ones[kept] = other
                others[kept] = one
                weights[kept] = shared[other]
                kept += 1
            shared[other] = 0
    return ones[:kept], others[:kept], weights[:kept]


@compiled
def heaviest(
    starts: Counts, members: Numbers, providers: int, at_least: int, most: int
) -> tuple[Numbers, Numbers, Numbers]:
    """
    Each provider's heaviest ties, at most so many; of ties equally heavy, those with the lower number.

    (one, other, shared), one < other, sorted: a tie stays when it is among the heaviest of either end. Room: at most
    `most` for each provider.
    """
    begins, people = turned(starts, members, providers)
    shared = np.zeros(providers, np.int32)
    touched = np.empty(providers, np.int32)
    keys = np.empty(max(providers, 1), np.int64)
    chosen = np.empty((providers, max(most, 0)), np.int32)
    weights = np.empty((providers, max(most, 0)), np.int32)
    number = np.zeros(providers, np.int64)
    for one in range(providers):
        met = 0
        for place in range(begins[one], begins[one + 1]):
            person = people[place]
            for at in range(starts[person], starts[person + 1]):
                other = members[at]
                if shared[other] == 0:
                    touched[met] = other
                    met += 1
                shared[other] += 1
        enough = 0
        for at in range(met):
            other = touched[at]
            if shared[other] >= at_least and other != one:
                keys[enough] = np.int64(shared[other]) * providers + (providers - 1 - other)
                enough += 1
            shared[other] = 0
        keys[:enough].sort()
        for at in range(max(0, enough - most), enough):
            chosen[one, number[one]] = providers - 1 - keys[at] % providers
            weights[one, number[one]] = keys[at] // providers
            number[one] += 1
    return _either_end(chosen, weights, number)


@compiled
def _either_end(chosen: Numbers, weights: Numbers, number: Counts) -> tuple[Numbers, Numbers, Numbers]:
    """What was chosen from either end, each tie once, sorted."""
    providers = len(number)
    total = number.sum()
    pairs = np.empty(total, np.int64)
    shared = np.empty(total, np.int32)
    put = 0
    for one in range(providers):
        for at in range(number[one]):
            other = np.int64(chosen[one, at])
            pairs[put] = one * providers + other if one < other else other * providers + one
            shared[put] = weights[one, at]
            put += 1
    order = np.argsort(pairs, kind="mergesort")
    ones = np.empty(total, np.int32)
    others = np.empty(total, np.int32)
    kept_weights = np.empty(total, np.int32)
    kept = 0
    for at in range(total):
        pair = pairs[order[at]]
        if at > 0 and pairs[order[at - 1]] == pair:
            continue
        ones[kept] = pair // providers
        others[kept] = pair % providers
        kept_weights[kept] = shared[order[at]]
        kept += 1
    return ones[:kept].copy(), others[:kept].copy(), kept_weights[:kept].copy()
