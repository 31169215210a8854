"""
What a network loses when any one of its members leaves: everybody's loss in one walk.

A depth-first walk numbers the members as it comes to them and keeps, for each, how much hangs below it and how far up
any of that is tied (the low-link of Hopcroft and Tarjan 1973). Where nothing below a child is tied above its parent,
all of it is parted from the rest when the parent leaves. The walk keeps its own stack, so a chain of a million is
walked like anything else; what it keeps lies in the order of the walk, which is what makes it fast.
"""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled


@compiled
def neighbours(ones: Numbers, others: Numbers, members: int) -> tuple[Counts, Numbers]:
    """
    Each member's neighbours from ties in any order: member m's are `ends[begins[m]:begins[m + 1]]`.

    Ties to oneself are dropped; a tie that is given twice does no harm.
    """
    begins = np.zeros(members + 1, np.int64)
    for at in range(len(ones)):
        if ones[at] != others[at]:
            begins[ones[at] + 1] += 1
            begins[others[at] + 1] += 1
    for member in range(members):
        begins[member + 1] += begins[member]
    free = begins[:-1].copy()
    ends = np.empty(begins[members], np.int32)
    for at in range(len(ones)):
        one = ones[at]
        other = others[at]
        if one != other:
            ends[free[one]] = other
            free[one] += 1
            ends[free[other]] = one
            free[other] += 1
    return begins, ends


@compiled
def walk_from(
    start: int,
    first: int,
    begins: Counts,
    ends: Numbers,
    weight: Counts,
    came: Numbers,
    order: Numbers,
    low: Numbers,
    above: Numbers,
    following: Counts,
    size: Counts,
    below: Counts,
    squares: Counts,
    pieces: Numbers,
) -> int:
    """
    Walk through everything that `start` is tied to, numbering from `first`; gives the number after the last.

    `came` is by member (its number, −1 where not yet come to); the other arrays are by number and filled here: who,
    how far up, from whom, which tie is next, weight at and below; and of the parts that are parted when it leaves,
    their weight, squared weights and number, the part above it not yet among them. A member whose `came` is above every
    number is walked around as if it had left.
    """
    came[start] = first
    order[first] = start
    low[first] = first
    above[first] = -1
    following[first] = begins[start]
    size[first] = weight[start]
    below[first] = 0
    squares[first] = 0
    pieces[first] = 0
    count = first + 1
    here = first
    while here >= 0:
        member = order[here]
        end = begins[member + 1]
        at = following[here]
        lowest = low[here]
        found = -1
        while at < end:
            other = ends[at]
            at += 1
            number = came[other]
            if number < 0:
                found = other
                break
            if number < lowest:
                lowest = number
        low[here] = lowest
        if found >= 0:
            following[here] = at
            came[found] = count
            order[count] = found
            low[count] = count
            above[count] = here
            following[count] = begins[found]
            size[count] = weight[found]
            below[count] = 0
            squares[count] = 0
            pieces[count] = 0
            here = count
            count += 1
            continue
        up = above[here]
        if up >= 0:
            size[up] += size[here]
            if lowest >= up:
                below[up] += size[here]
                squares[up] += size[here] * size[here]
                pieces[up] += 1
            elif lowest < low[up]:
                low[up] = lowest
        here = up
    return count


@compiled
def without_each(begins: Counts, ends: Numbers, gone: int) -> tuple[Numbers, Counts, Counts]:
    """
    For each member: (pieces, pairs, together). What would be left of the part of the network that it is in falls into
    so many pieces, 0 when it is alone; so many pairs of others, joined now, would not be; and so many members are in
    that part, itself included.

    `begins` and `ends` as from `neighbours`. `gone`: a member to leave out from the beginning, or −1; its own figures
    are 0. Time and room are in proportion to members and ties.
    """
    members = len(begins) - 1
    weight = np.ones(members, np.int64)
    came = np.full(members, -1, np.int32)
    if gone >= 0:
        came[gone] = members
    order = np.empty(members, np.int32)
    low = np.empty(members, np.int32)
    above = np.empty(members, np.int32)
    following = np.empty(members, np.int64)
    size = np.empty(members, np.int64)
    below = np.empty(members, np.int64)
    squares = np.empty(members, np.int64)
    pieces = np.empty(members, np.int32)
    together = np.zeros(members, np.int64)
    falls_into = np.zeros(members, np.int32)
    parted = np.zeros(members, np.int64)
    first = 0
    for start in range(members):
        if came[start] >= 0:
            continue
        past = walk_from(
            start, first, begins, ends, weight, came, order, low, above, following, size, below, squares, pieces
        )
        total = size[first]
        for number in range(first, past):
            member = order[number]
            others = total - weight[member]
            rest = others - below[number]
            together[member] = total
            falls_into[member] = pieces[number] + (1 if number > first else 0)
            parted[member] = (others * others - squares[number] - rest * rest) // 2
        first = past
    return falls_into, parted, together


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
