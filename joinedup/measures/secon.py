"""
Sequential continuity: how often a person's next contact is with the same provider as the one before.

    SECON = Σⱼ cⱼ / (N − 1),   j = 1 … N − 1

where cⱼ = 1 if contacts j and j + 1, in order of time and then of record, are with the same provider, else 0.

Unit      none; 0 (always another provider) to 1 (always the same)
Better    higher, among people with similar needs
Needs     at least 2 contacts in the period, and their order; with fewer it is missing, not zero
Source    Steinwachs 1979, Medical Care 17(6): 551-565; as used in BMC Health Serv Res 2022;22:s12913-022-07953-z
Beware    ties in time are broken by the order of the records, which may not be the order of events
Example   practice, practice, hospital, practice: stays, leaves, leaves: 1 / 3 = 0.3333
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def plainly(providers: Sequence[str]) -> float | None:
    """
    One person's providers in order, a contact each, to SECON.

    >>> round(plainly(["practice", "practice", "hospital", "practice"]), 4)
    0.3333
    """
    steps = [before == after for before, after in pairwise(providers)]
    return sum(steps) / len(steps) if steps else None
