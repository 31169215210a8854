"""The one place that compiles: every kernel is marked `@compiled`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
"""People or providers by number, from 0; −1 for none."""

Counts = npt.NDArray[np.int64]
"""How many; and places in other arrays."""

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel) -> Kernel:
    """
    The kernel, compiled at its first call and kept on disk for later runs; without the interpreter's lock.

    Where neither the folder of the code nor the user's cache can be written to, it is compiled anew in each run.
    """
    try:
        return cast(Kernel, numba.njit(cache=True, nogil=True)(kernel))
    except RuntimeError:  # numba's "no locator available": nowhere to keep the cache
        return cast(Kernel, numba.njit(nogil=True)(kernel))


def numbers(values: Any) -> Numbers:
    """Any array or list of numbers as a kernel takes it; copied only where it is of another type."""
    return cast(Numbers, np.require(values, np.int32, ["C", "W"]))


def counts(values: Any) -> Counts:
    """As `numbers`, for counts, moments and places."""
    return cast(Counts, np.require(values, np.int64, ["C", "W"]))
