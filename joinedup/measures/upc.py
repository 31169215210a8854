"""
Usual provider of care: the share of a person's contacts that are with the provider seen most.

    UPC = max nₚ / N

where the person had N contacts in the period and nₚ of them were with provider p.

Unit      none; above 0 to 1 (always the same provider)
Better    higher, among people with similar needs
Needs     at least 1 contact; results of `joinedup measure continuity` need 2, as for COC
Source    Breslau and Reeb 1975, Medical Care 13(1): 1-10; as used in BMC Health Serv Res 2022;22:s12913-022-07953-z
Beware    says nothing of how the other contacts are spread
Example   3 contacts with the practice and 1 with the hospital: 3 / 4 = 0.75
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def plainly(providers: Sequence[str]) -> float | None:
    """
    One person's providers, a contact each, to UPC.

    >>> plainly(["practice", "practice", "hospital", "practice"])
    0.75
    """
    return max(Counter(providers).values()) / len(providers) if providers else None
