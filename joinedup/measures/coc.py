"""
Continuity of care: how far a person's contacts are with the same few providers.

    COC = (Σ nₚ² − N) / (N (N − 1))

where the person had N contacts in the period and nₚ of them were with provider p.

Unit      none; 0 (never the same provider twice) to 1 (always the same)
Better    higher, among people with similar needs: see Beware
Needs     at least 2 contacts in the period; with fewer it is missing, not zero
Source    Bice and Boxerman 1977, Medical Care 15(4): 347-349
Beware    blind to order and reason: someone passed on once for good scores as someone passed to and fro
Example   3 contacts with the practice and 1 with the hospital: (3² + 1² − 4) / (4 × 3) = 0.5
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

SQL = "CASE WHEN sum(n) >= 2 THEN (sum(n * n) - sum(n)) / (sum(n) * (sum(n) - 1.0)) END"
"""Over one person's rows of (provider, n contacts)."""


def plainly(providers: Sequence[str]) -> float | None:
    """
    One person's providers, a contact each, to COC.

    >>> plainly(["practice", "practice", "hospital", "practice"])
    0.5
    """
    contacts = len(providers)
    if contacts < 2:
        return None
    return (sum(n * n for n in Counter(providers).values()) - contacts) / (contacts * (contacts - 1))
