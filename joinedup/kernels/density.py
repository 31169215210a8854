"""How well each person's providers know each other: the ties among them, summed without listing any tie."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from joinedup.kernels.compiled import Counts, Numbers, compiled
from joinedup.kernels.ties import _placed


@compiled
def ties_among_providers(
    starts: Counts, members: Numbers, providers: int, kind: Numbers, weight: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """
    For each person, the sum over pairs of their providers of the people shared, times the weight of the pair's kinds.

    `starts` and `members` as from `meetings.met`; `kind` of each provider, `weight[kind, kind]`. Each provider's row is
    counted, then handed out to its people, then forgotten.
    """
    begins, places, marked = _placed(starts, members, providers)
    person_of = np.empty(len(members), np.int32)
    for person in range(len(starts) - 1):
        for at in range(starts[person], starts[person + 1]):
            person_of[at] = person
    shared = np.zeros(providers, np.int32)
    worth = np.zeros(providers, np.float64)
    touched = np.empty(providers, np.int32)
    total = np.zeros(len(starts) - 1, np.float64)
    for one in range(providers):
        met = 0
        for place in range(begins[one], begins[one + 1]):
            at = places[place]
            going = True
            while going:
                at += 1
                other = marked[at]
                if other < 0:
                    other = -1 - other
                    going = False
                if shared[other] == 0:
                    touched[met] = other
                    met += 1
                shared[other] += 1
        for at in range(met):
            other = touched[at]
            worth[other] = shared[other] * weight[kind[one], kind[other]]
            shared[other] = 0
        for place in range(begins[one], begins[one + 1]):
            at = places[place]
            person = person_of[at]
            going = True
            summed = 0.0
            while going:
                at += 1
                other = marked[at]
                if other < 0:
                    other = -1 - other
                    going = False
                summed += worth[other]
            total[person] += summed
    return total
