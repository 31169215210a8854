"""
What a network loses when two of its members leave, beyond what it loses by either: every pair for which that is more.

Two members part what neither parts alone only where both stand in one block: a part of the network that no single
member's leaving can part. So the network is cut into its blocks; each member of a block stands for itself and for all
that hangs from it outside; and within the block, with one member gone, the walk of `pieces` gives the loss by every
second one. Time: for each block, its members times its ties.
"""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled
from joinedup.kernels.growing import room_for_counts, room_for_numbers
from joinedup.kernels.pieces import neighbours, walk_from

Blocks = tuple[Counts, Numbers, Counts, Counts, Numbers, Numbers]


@compiled
def blocks(begins: Counts, ends: Numbers) -> Blocks:
    """
    The blocks of at least four members, in which alone two can part what one cannot.

    (starts, members, stands for, tie starts, ones, others): block b's members are `members[starts[b]:starts[b + 1]]`;
    its ties, by place among its members, are from `tie_starts[b]` to `tie_starts[b + 1]` in `ones` and `others`.
    """
    count = len(begins) - 1
    weight = np.ones(count, np.int64)
    came = np.full(count, -1, np.int32)
    order = np.empty(count, np.int32)
    low = np.empty(count, np.int32)
    above = np.empty(count, np.int32)
    following = np.empty(count, np.int64)
    size = np.empty(count, np.int64)
    below = np.empty(count, np.int64)
    squares = np.empty(count, np.int64)
    pieces = np.empty(count, np.int32)
    held = np.empty(count, np.int32)  # numbers of the walk that are in no block yet, the lowest last
    deepest = np.zeros(count, np.int32)  # the last number below each
    place = np.empty(count, np.int32)
    starts = np.zeros(16, np.int64)
    tie_starts = np.zeros(16, np.int64)
    members = np.empty(64, np.int32)
    stands_for = np.empty(64, np.int64)
    ones = np.empty(64, np.int32)
    others = np.empty(64, np.int32)
    found = 0
    put = 0
    tied = 0
    first = 0
    for start in range(count):
        if came[start] >= 0:
            continue
        past = walk_from(
            start, first, begins, ends, weight, came, order, low, above, following, size, below, squares, pieces
        )
        total = size[first]
        waiting = 0
        for number in range(past - 1, first, -1):  # whatever hangs below a number comes before it
            held[waiting] = number
            waiting += 1
            deepest[number] = max(deepest[number], number)
            deepest[above[number]] = max(deepest[above[number]], deepest[number])
            if low[number] < above[number]:
                continue
            taken = 0  # all that waits and lies below `number` makes a block with the one above it
            while taken < waiting and held[waiting - 1 - taken] <= deepest[number]:
                taken += 1
            if taken >= 3:
                members = room_for_numbers(members, put + taken + 1)
                stands_for = room_for_counts(stands_for, put + taken + 1)
                top = above[number]
                place[top] = 0
                members[put] = order[top]
                stands_for[put] = total - size[number]
                for each in range(taken):
                    one = held[waiting - 1 - each]
                    place[one] = each + 1
                    members[put + each + 1] = order[one]
                    stands_for[put + each + 1] = weight[order[one]] + below[one]
                for each in range(taken):
                    one = held[waiting - 1 - each]
                    member = order[one]
                    ones = room_for_numbers(ones, tied + begins[member + 1] - begins[member])
                    others = room_for_numbers(others, tied + begins[member + 1] - begins[member])
                    for at in range(begins[member], begins[member + 1]):
                        other = came[ends[at]]
                        if other < one:  # ties upwards from a block's member, other than its top, lie in the block
                            ones[tied] = place[one]
                            others[tied] = place[other]
                            tied += 1
                put += taken + 1
                found += 1
                starts = room_for_counts(starts, found + 1)
                tie_starts = room_for_counts(tie_starts, found + 1)
                starts[found] = put
                tie_starts[found] = tied
            waiting -= taken
        first = past
    return (
        starts[: found + 1].copy(),
        members[:put].copy(),
        stands_for[:put].copy(),
        tie_starts[: found + 1].copy(),
        ones[:tied].copy(),
        others[:tied].copy(),
    )


@compiled
def extra_losses(
    starts: Counts, members: Numbers, stands_for: Counts, tie_starts: Counts, ones: Numbers, others: Numbers
) -> tuple[Numbers, Numbers, Counts]:
    """
    Pairs of members that part what neither parts alone: (one, other, pairs of the others), one < other.

    The arguments are what `blocks` gives. Pairs counted are those that stay together when either one leaves.
    """
    first = np.empty(64, np.int32)
    second = np.empty(64, np.int32)
    extra = np.empty(64, np.int64)
    kept = 0
    for block in range(len(starts) - 1):
        lies = starts[block]
        count = starts[block + 1] - lies
        weight = stands_for[lies : lies + count]
        begins, ends = neighbours(
            ones[tie_starts[block] : tie_starts[block + 1]], others[tie_starts[block] : tie_starts[block + 1]], count
        )
        came = np.empty(count, np.int32)
        order = np.empty(count, np.int32)
        low = np.empty(count, np.int32)
        above = np.empty(count, np.int32)
        following = np.empty(count, np.int64)
        size = np.empty(count, np.int64)
        below = np.empty(count, np.int64)
        squares = np.empty(count, np.int64)
        pieces = np.empty(count, np.int32)
        for gone in range(count - 1):
            came[:] = -1
            came[gone] = count
            start = count - 1
            past = walk_from(
                start, 0, begins, ends, weight, came, order, low, above, following, size, below, squares, pieces
            )
            total = size[0]
            for number in range(past):
                member = order[number]
                if member < gone or pieces[number] + (1 if number > 0 else 0) < 2:
                    continue
                others_left = total - weight[member]
                rest = others_left - below[number]
                first = room_for_numbers(first, kept + 1)
                second = room_for_numbers(second, kept + 1)
                extra = room_for_counts(extra, kept + 1)
                first[kept] = min(members[lies + gone], members[lies + member])
                second[kept] = max(members[lies + gone], members[lies + member])
                extra[kept] = (others_left * others_left - squares[number] - rest * rest) // 2
                kept += 1
    return first[:kept].copy(), second[:kept].copy(), extra[:kept].copy()
