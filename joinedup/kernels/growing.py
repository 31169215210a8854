"""Lists that grow inside a kernel: room doubles, so that memory follows what is kept."""

from __future__ import annotations

import numpy as np

from joinedup.kernels.compiled import Counts, Numbers, compiled


@compiled
def room_for_numbers(kept: Numbers, needed: int) -> Numbers:
    """The same list with room for at least `needed`."""
    if needed <= len(kept):
        return kept
    larger = np.empty(max(needed, 2 * len(kept)), np.int32)
    larger[: len(kept)] = kept
    return larger


@compiled
def room_for_counts(kept: Counts, needed: int) -> Counts:
    """The same list with room for at least `needed`."""
    if needed <= len(kept):
        return kept
    larger = np.empty(max(needed, 2 * len(kept)), np.int64)
    larger[: len(kept)] = kept
    return larger
