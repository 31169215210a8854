"""
How something is shared out: among how many it is as good as, and how unevenly.

    Hill number of order q = (Σ pᵢ^q)^(1 / (1 − q));  of order 1, exp(−Σ pᵢ ln pᵢ);  of order 0, how many have any
    Gini coefficient       = Σᵢ Σⱼ |xᵢ − xⱼ| / (2 k Σ xᵢ)

where k have amounts xᵢ, and pᵢ = xᵢ / Σ x.

Unit      Hill: a number of equal sharers, 1 to k; Gini: none, 0 (all the same) to (k − 1)/k (one has all)
Better    neither: shared leading and shared care are read with what they are of
Needs     at least one amount above 0; with none it is missing
Source    Hill 1973, Ecology 54(2): 427-432; Gini 1912
Beware    Gini needs those with nothing to be counted in; Hill numbers leave them out by themselves
Example   1/2, 1/4, 1/4: Hill 2.8284 of order 1 and 2.6667 of order 2
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log


def hill(amounts: Sequence[float], order: float) -> float | None:
    """
    The number of equal sharers that this is like; None where nobody has any. Raises ValueError for an amount below 0.

    >>> round(hill([2, 1, 1], 1), 4), round(hill([2, 1, 1], 2), 4), hill([2, 1, 1, 0], 0)
    (2.8284, 2.6667, 3.0)
    """
    _not_below_nothing(amounts)
    total = sum(amounts)
    shares = [amount / total for amount in amounts if amount > 0] if total else []
    if not shares:
        return None
    if order == 1:
        return exp(-sum(share * log(share) for share in shares))
    return float(sum(share**order for share in shares) ** (1 / (1 - order)))


def gini(amounts: Sequence[float]) -> float | None:
    """
    How unevenly it is shared; None where nobody has any. Raises ValueError for an amount below 0.

    >>> gini([1, 1, 1]), gini([0, 0, 0, 5])
    (0.0, 0.75)
    """
    _not_below_nothing(amounts)
    total, number = sum(amounts), len(amounts)
    if not total:
        return None
    ranked = sum(rank * amount for rank, amount in enumerate(sorted(amounts), 1))
    return 2 * ranked / (number * total) - (number + 1) / number


def gini_plainly(amounts: Sequence[float]) -> float | None:
    """The same by every pair: the judge."""
    total, number = sum(amounts), len(amounts)
    return sum(abs(a - b) for a in amounts for b in amounts) / (2 * number * total) if total else None


def _not_below_nothing(amounts: Sequence[float]) -> None:
    if any(amount < 0 for amount in amounts):
        raise ValueError(f"Shares are of amounts from 0 up, and {min(amounts)} is below.")
