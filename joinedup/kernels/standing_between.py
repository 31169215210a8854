"""How often each member lies on the shortest ways between others, and how near it is to all: one search from each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from joinedup.kernels.compiled import Counts, Numbers, compiled

Floats = npt.NDArray[np.float64]


@compiled
def betweenness_and_closeness(begins: Counts, ends: Numbers) -> tuple[Floats, Floats]:
    """
    For each member of a network without directions, in which no tie is given twice (Brandes 2001).

    Betweenness counts each pair of others once: the share of their shortest ways that the member lies on. Closeness is
    how many it reaches over the sum of the distances to them, times the share of all others that it reaches.
    """
    members = len(begins) - 1
    between = np.zeros(members, np.float64)
    close = np.zeros(members, np.float64)
    distance = np.empty(members, np.int32)
    ways = np.empty(members, np.float64)
    depends = np.empty(members, np.float64)
    order = np.empty(members, np.int32)
    for start in range(members):
        distance[:] = -1
        ways[:] = 0.0
        depends[:] = 0.0
        distance[start] = 0
        ways[start] = 1.0
        order[0] = start
        reached = 1
        done = 0
        far = 0
        while done < reached:
            member = order[done]
            done += 1
            far += distance[member]
            for at in range(begins[member], begins[member + 1]):
                other = ends[at]
                if distance[other] < 0:
                    distance[other] = distance[member] + 1
                    order[reached] = other
                    reached += 1
                if distance[other] == distance[member] + 1:
                    ways[other] += ways[member]
        if far:
            close[start] = (reached - 1) / far * (reached - 1) / (members - 1)
        for place in range(reached - 1, 0, -1):
            member = order[place]
            for at in range(begins[member], begins[member + 1]):
                other = ends[at]
                if distance[other] == distance[member] - 1:
                    depends[other] += ways[other] / ways[member] * (1.0 + depends[member])
            between[member] += depends[member] / 2.0
    return between, close
