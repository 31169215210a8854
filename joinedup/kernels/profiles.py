"""How alike two providers' activities are: Pearson's correlation, of the pairs that have an activity in common."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from joinedup.kernels.compiled import Numbers, compiled
from joinedup.kernels.counting import pairs
from joinedup.kernels.growing import room_for_numbers
from joinedup.kernels.meetings import sort_short

Floats = npt.NDArray[np.float64]


@compiled
def alike(provider: Numbers, activity: Numbers, providers: int, activities: int) -> tuple[Numbers, Numbers, Floats]:
    """
    (one, other, correlation), one < other, sorted: of the profiles, how often each did each activity, over the
    activities that anybody did. NaN where a profile is the same for all activities. None is missing (−1) in the arrays.
    """
    who, what, times = pairs(provider, activity, providers, activities)
    _, who_again, times_again = pairs(activity, provider, activities, providers)
    begins = np.zeros(providers + 1, np.int64)
    by_activity = np.zeros(activities + 1, np.int64)
    total = np.zeros(providers, np.float64)
    squares = np.zeros(providers, np.float64)
    for at in range(len(who)):
        begins[who[at] + 1] += 1
        by_activity[what[at] + 1] += 1
        total[who[at]] += times[at]
        squares[who[at]] += np.float64(times[at]) * np.float64(times[at])
    done = 0
    for each in range(activities):
        done += by_activity[each + 1] > 0
        by_activity[each + 1] += by_activity[each]
    for each in range(providers):
        begins[each + 1] += begins[each]
    product = np.zeros(providers, np.float64)
    touched = np.empty(providers, np.int32)
    ones = np.empty(256, np.int32)
    others = np.empty(256, np.int32)
    found = np.empty(256, np.float64)
    kept = 0
    for one in range(providers):
        met = 0
        for at in range(begins[one], begins[one + 1]):
            for same in range(by_activity[what[at]], by_activity[what[at] + 1]):
                other = who_again[same]
                if other > one:
                    if product[other] == 0.0:
                        touched[met] = other
                        met += 1
                    product[other] += np.float64(times[at]) * np.float64(times_again[same])
        sort_short(touched, 0, met)
        ones = room_for_numbers(ones, kept + met)
        others = room_for_numbers(others, kept + met)
        if kept + met > len(found):
            larger = np.empty(2 * (kept + met), np.float64)
            larger[:kept] = found[:kept]
            found = larger
        for at in range(met):
            other = touched[at]
            spread = (done * squares[one] - total[one] ** 2) * (done * squares[other] - total[other] ** 2)
            ones[kept] = one
            others[kept] = other
            found[kept] = (
                (done * product[other] - total[one] * total[other]) / np.sqrt(spread) if spread > 0 else np.nan
            )
            product[other] = 0.0
            kept += 1
    return ones[:kept].copy(), others[:kept].copy(), found[:kept].copy()
