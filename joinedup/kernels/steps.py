"""Steps from a contact to a later one of the same person: handing over, at any distance, and passing out and back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from joinedup.kernels.compiled import Numbers, compiled
from joinedup.kernels.growing import room_for_numbers


@compiled
def with_providers(patient: Numbers, provider: Numbers) -> tuple[Numbers, Numbers]:
    """The contacts that have a provider, in the same order."""
    kept = 0
    for at in range(len(patient)):
        kept += provider[at] >= 0
    whose = np.empty(kept, np.int32)
    whom = np.empty(kept, np.int32)
    put = 0
    for at in range(len(patient)):
        if provider[at] >= 0:
            whose[put] = patient[at]
            whom[put] = provider[at]
            put += 1
    return whose, whom


@compiled
def handed_over(patient: Numbers, provider: Numbers) -> tuple[Numbers, Numbers]:
    """Each contact's provider and that of the same person's next contact: (from, to). None is missing."""
    before = np.empty(max(len(patient) - 1, 0), np.int32)
    after = np.empty(max(len(patient) - 1, 0), np.int32)
    steps = 0
    for at in range(len(patient) - 1):
        if patient[at] == patient[at + 1]:
            before[steps] = provider[at]
            after[steps] = provider[at + 1]
            steps += 1
    return before[:steps].copy(), after[:steps].copy()


@compiled
def passed_out_and_back(patient: Numbers, provider: Numbers, apart: int) -> tuple[Numbers, Numbers]:
    """
    Who asked and who was asked: for two contacts of a person with the same provider, so many contacts apart, each
    contact between them is one that was passed out: (from, between).
    """
    asked = np.empty(1024, np.int32)
    between = np.empty(1024, np.int32)
    times = 0
    for at in range(len(patient) - apart):
        if patient[at] == patient[at + apart] and provider[at] == provider[at + apart]:
            asked = room_for_numbers(asked, times + apart)
            between = room_for_numbers(between, times + apart)
            for within in range(at + 1, at + apart):
                asked[times] = provider[at]
                between[times] = provider[within]
                times += 1
    return asked[:times].copy(), between[:times].copy()


@compiled
def handed_over_later(
    patient: Numbers, provider: Numbers, providers: int, fading: float
) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
    """
    From each contact to every later one of the same person, weighing `fading` to the number of contacts between.

    (from, to, weight), a pair of a person's providers once for each person. Each person's providers are kept with
    what is left of their weight, so that a person with many contacts costs contacts times providers, not contacts².
    """
    place = np.full(providers, -1, np.int32)
    listed = np.empty(providers, np.int32)
    ones = np.empty(1024, np.int32)
    others = np.empty(1024, np.int32)
    weights = np.empty(1024, np.float64)
    kept = 0
    at = 0
    while at < len(patient):
        end = at
        known = 0
        while end < len(patient) and patient[end] == patient[at]:
            if place[provider[end]] < 0:
                place[provider[end]] = known
                listed[known] = provider[end]
                known += 1
            end += 1
        left = np.zeros(known, np.float64)
        table = np.zeros((known, known), np.float64)
        for contact in range(at, end):
            here = place[provider[contact]]
            for one in range(known):
                table[one, here] += left[one]
                left[one] *= fading
            left[here] += 1.0
        if kept + known * known > len(weights):
            larger = np.empty(2 * (kept + known * known), np.float64)
            larger[:kept] = weights[:kept]
            weights = larger
        ones = room_for_numbers(ones, kept + known * known)
        others = room_for_numbers(others, kept + known * known)
        for one in range(known):
            for other in range(known):
                if table[one, other] > 0.0:
                    ones[kept] = listed[one]
                    others[kept] = listed[other]
                    weights[kept] = table[one, other]
                    kept += 1
            place[listed[one]] = -1
        at = end
    return ones[:kept].copy(), others[:kept].copy(), weights[:kept].copy()
