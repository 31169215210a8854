"""
Modified, modified continuity index: few providers for many contacts.

    MMCI = (1 − M / (N + 0.1)) / (1 − 1 / (N + 0.1))

where the person had N contacts in the period with M different providers.

Unit      none; 0.0909 at N = M = 2, rising to 1 (one provider)
Better    higher, among people with similar needs
Needs     at least 2 contacts in the period; with fewer it is missing, not zero
Source    Magill and Senf 1987, Journal of Family Practice 24(2): 165-168
Beware    sees only how many providers, not how contacts are spread; rises with N alone
Example   3 contacts with the practice and 1 with the hospital: (1 − 2 / 4.1) / (1 − 1 / 4.1) = 0.6774
"""

from __future__ import annotations

from collections.abc import Sequence


def plainly(providers: Sequence[str]) -> float | None:
    """
    One person's providers, a contact each, to MMCI.

    >>> round(plainly(["practice", "practice", "hospital", "practice"]), 4)
    0.6774
    """
    contacts = len(providers) + 0.1
    if len(providers) < 2:
        return None
    return (1 - len(set(providers)) / contacts) / (1 - 1 / contacts)
