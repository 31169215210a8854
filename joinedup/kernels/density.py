"""How well each person's providers know each other: the ties among them, summed without listing any tie."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from joinedup.kernels.compiled import Counts, Numbers, compiled
from joinedup.kernels.ties import in_order_with_places


@compiled
def ties_among_providers(
    starts: Counts, members: Numbers, providers: int, kind: Numbers, weight: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """
    For each person, the sum over pairs of their providers of the people shared, times the weight of the pair's kinds.

    `starts` and `members` as from `meetings.met`; `kind` of each provider, `weight[kind, kind]`. Each provider's row is
    counted, then handed out to its people, then forgotten.
    """
    begins, people, places, lists = in_order_with_places(starts, members, providers)
    shared = np.zeros(providers, np.int32)
    worth = np.zeros(providers, np.float64)
    touched = np.empty(providers + 1, np.int32)
    total = np.zeros(len(starts) - 1, np.float64)
    for one in range(providers):
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
        for each in range(met):
            other = touched[each]
            worth[other] = shared[other] * weight[kind[one], kind[other]]
            shared[other] = 0
        for each in range(begins[one], begins[one + 1]):
            at = places[each]
            other = lists[at]
            summed = 0.0
            while other >= 0:
                at -= 1
                other = lists[at]
                summed += worth[other if other >= 0 else -1 - other]
            total[people[each]] += summed
    return total
