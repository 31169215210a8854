"""
What a network would fall into if somebody left: for everybody in it, in one walk.

A depth-first walk gives each node a moment and the size of what hangs below it. What hangs below a child that no other
way leads out of falls off when the node goes (Hopcroft and Tarjan 1973, Communications of the ACM 16(6): 372-378). It
walks with a list, not by calling itself, so that a chain of a million is no deeper than a pair.
"""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled


@compiled
def neighbours(one: Numbers, other: Numbers, nodes: int) -> tuple[Counts, Numbers]:
    """Ties without direction, each given once, as (starts, found): those of i are found[starts[i]:starts[i + 1]]."""
    starts = np.zeros(nodes + 1, np.int64)
    for tie in range(len(one)):
        starts[one[tie] + 1] += 1
        starts[other[tie] + 1] += 1
    for node in range(nodes):
        starts[node + 1] += starts[node]
    free = starts[:-1].copy()
    found = np.empty(2 * len(one), np.int32)
    for tie in range(len(one)):
        found[free[one[tie]]] = other[tie]
        free[one[tie]] += 1
        found[free[other[tie]]] = one[tie]
        free[other[tie]] += 1
    return starts, found


@compiled
def without_each(starts: Counts, found: Numbers, gone: int) -> tuple[Numbers, Counts, Counts]:
    """
    For each node: (pieces, pairs, together). What would be left of the part of the network that it is in falls into so
    many pieces; so many pairs of others, joined now, would not be; and so many nodes are in that part, itself included.

    `gone`: a node to leave out from the beginning, or −1. Its own figures are 0. A node that is alone leaves 0 pieces.
    """
    nodes = len(starts) - 1
    seen_at = np.zeros(nodes, np.int32)  # moment at which it was reached, from 1
    reaches = np.empty(nodes, np.int32)  # earliest moment that it, or what hangs below, has a tie to
    size = np.ones(nodes, np.int32)
    above = np.full(nodes, -1, np.int32)
    next_tie = starts[:-1].copy()
    pieces = np.zeros(nodes, np.int32)
    fallen = np.zeros(nodes, np.int64)
    squares = np.zeros(nodes, np.int64)
    pairs = np.zeros(nodes, np.int64)
    together = np.zeros(nodes, np.int64)
    order = np.empty(nodes, np.int32)
    moment = 0
    for root in range(nodes):
        if seen_at[root] or root == gone:
            continue
        begun = moment
        node = root
        order[moment] = root
        moment += 1
        seen_at[root] = moment
        reaches[root] = moment
        while node >= 0:
            if next_tie[node] < starts[node + 1]:
                other = found[next_tie[node]]
                next_tie[node] += 1
                if other == gone:
                    continue
                if not seen_at[other]:
                    above[other] = node
                    order[moment] = other
                    moment += 1
                    seen_at[other] = moment
                    reaches[other] = moment
                    node = other
                elif seen_at[other] < reaches[node]:
                    reaches[node] = seen_at[other]
            else:
                parent = above[node]
                if parent >= 0:
                    size[parent] += size[node]
                    if reaches[node] >= seen_at[parent]:
                        pieces[parent] += 1
                        fallen[parent] += size[node]
                        squares[parent] += np.int64(size[node]) * size[node]
                    elif reaches[node] < reaches[parent]:
                        reaches[parent] = reaches[node]
                node = parent
        whole = np.int64(moment - begun)
        for at in range(begun, moment):
            node = order[at]
            rest = whole - 1 - fallen[node]
            if rest > 0:
                pieces[node] += 1
                squares[node] += rest * rest
            pairs[node] = ((whole - 1) * (whole - 1) - squares[node]) // 2
            together[node] = whole
    return pieces, pairs, together


@compiled
def without_each_pair(starts: Counts, found: Numbers) -> tuple[Numbers, Numbers, Counts]:
    """
    Pairs of nodes without which more falls apart than without the one and without the other: (one, other, extra),
    one < other; extra is how many pairs of others are parted by both going and by neither going alone.

    One walk for each node, in the network without it. Time: nodes × ties. Room: nodes².

    With u gone, v parts the pairs `parted[u, v]`. Of the pairs that v parts by itself, b are pairs with u, and a × b
    are parted by u as well: a is how many u cuts off from v, and b how many v cuts off from u.
    """
    nodes = len(starts) - 1
    _, alone, whole = without_each(starts, found, -1)
    parted = np.zeros((nodes, nodes), np.int64)
    left = np.zeros((nodes, nodes), np.int32)
    for node in range(nodes):
        _, pairs, together = without_each(starts, found, node)
        parted[node] = pairs
        left[node] = together
    _, _, same = parts_of(starts, found)
    number = 0
    for u in range(nodes):
        for v in range(u + 1, nodes):
            if same[u] == same[v]:
                a = whole[u] - 1 - left[u, v]
                b = whole[v] - 1 - left[v, u]
                number += parted[u, v] > alone[v] - b - a * b
    ones, others, extra = np.empty(number, np.int32), np.empty(number, np.int32), np.empty(number, np.int64)
    put = 0
    for u in range(nodes):
        for v in range(u + 1, nodes):
            if same[u] == same[v]:
                a = whole[u] - 1 - left[u, v]
                b = whole[v] - 1 - left[v, u]
                more = parted[u, v] - (alone[v] - b - a * b)
                if more > 0:
                    ones[put], others[put], extra[put] = u, v, more
                    put += 1
    return ones, others, extra


@compiled
def parts_of(starts: Counts, found: Numbers) -> tuple[int, int, Numbers]:
    """How many parts a network is in already, how many nodes the largest has, and the part of each node, from 0."""
    nodes = len(starts) - 1
    part = np.full(nodes, -1, np.int32)
    waiting = np.empty(nodes, np.int32)
    number = 0
    largest = 0
    for root in range(nodes):
        if part[root] >= 0:
            continue
        part[root] = number
        waiting[0] = root
        left = 1
        size = 0
        while left:
            left -= 1
            node = waiting[left]
            size += 1
            for at in range(starts[node], starts[node + 1]):
                other = found[at]
                if part[other] < 0:
                    part[other] = number
                    waiting[left] = other
                    left += 1
        number += 1
        largest = max(largest, size)
    return number, largest, part
