"""
Ties between providers: how many people two providers have both dealt with.

One provider's row at a time: go through its people, and through the later providers of each, counting in one array as
long as there are providers. Each pair of a person's providers is looked at once, and only ties that are kept take room.
"""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled
from joinedup.kernels.growing import room_for_numbers
from joinedup.kernels.meetings import sort_short, turned


@compiled
def _placed(starts: Counts, members: Numbers, providers: int) -> tuple[Counts, Counts, Numbers]:
    """For each provider, the places in `members` where it stands before another; and members, the last of each list
    marked by being turned negative, so that a walk from any place knows where to stop."""
    begins = np.zeros(providers + 1, np.int64)
    marked = members.copy()
    for person in range(len(starts) - 1):
        last = starts[person + 1] - 1
        marked[last] = -1 - marked[last]
        for at in range(starts[person], last):
            begins[members[at] + 1] += 1
    for provider in range(providers):
        begins[provider + 1] += begins[provider]
    next_free = begins[:-1].copy()
    places = np.empty(begins[providers], np.int64)
    for person in range(len(starts) - 1):
        for at in range(starts[person], starts[person + 1] - 1):
            provider = members[at]
            places[next_free[provider]] = at
            next_free[provider] += 1
    return begins, places, marked


@compiled
def shared_people(starts: Counts, members: Numbers, providers: int, at_least: int) -> tuple[Numbers, Numbers, Numbers]:
    """
    Ties of at least so many shared people: (one, other, shared), one < other, sorted.

    `starts` and `members` as from `meetings.met`. Time: pairs of providers summed over people. Room: the ties kept.
    """
    begins, places, marked = _placed(starts, members, providers)
    shared = np.zeros(providers, np.int32)
    touched = np.empty(providers, np.int32)
    ones = np.empty(1024, np.int32)
    others = np.empty(1024, np.int32)
    weights = np.empty(1024, np.int32)
    kept = 0
    for one in range(providers):
        if begins[one + 1] - begins[one] < at_least:
            continue  # it has too few people to share so many
        met = 0
        for place in range(begins[one], begins[one + 1]):
            at = places[place] + 1
            other = marked[at]
            while other >= 0:
                if shared[other] == 0:
                    touched[met] = other
                    met += 1
                shared[other] += 1
                at += 1
                other = marked[at]
            other = -1 - other
            if shared[other] == 0:
                touched[met] = other
                met += 1
            shared[other] += 1
        enough = 0
        for at in range(met):
            other = touched[at]
            if shared[other] >= at_least:
                touched[enough] = other
                enough += 1
            else:
                shared[other] = 0
        sort_short(touched, 0, enough)
        ones = room_for_numbers(ones, kept + enough)
        others = room_for_numbers(others, kept + enough)
        weights = room_for_numbers(weights, kept + enough)
        for at in range(enough):
            other = touched[at]
            ones[kept] = one
            others[kept] = other
            weights[kept] = shared[other]
            shared[other] = 0
            kept += 1
    return ones[:kept].copy(), others[:kept].copy(), weights[:kept].copy()


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
