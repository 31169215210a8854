"""
Hand-offs: how often care passes from one provider to another.

    hand-offs = Σⱼ (1 − cⱼ),   j = 1 … N − 1

where cⱼ = 1 if contacts j and j + 1 of a person, in order of time and then of record, are with the same provider.

Unit      steps between two contacts; 0 to N − 1 for a person. Pairs never join two people
Better    neither: some hand-offs are good care
Needs     at least 2 contacts in the period
Source    boundary crossings, as in reference/measures.md section 3; rate over all pairs = 1 − pooled SECON
Beware    a change of provider in the record: nothing shows that anything was handed over
Example   practice, practice, hospital, practice: 2 hand-offs in 3 pairs
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

NETWORK = """
WITH steps AS (
    SELECT {by} AS provider, lead({by}) OVER (PARTITION BY patient ORDER BY ordinal) AS next_provider
    FROM visits WHERE {by} IS NOT NULL AND started_at >= $since AND started_at < $until
)
SELECT f.key AS from_provider, t.key AS to_provider, count(*) AS times
FROM steps s
JOIN numbers f ON f.level = $level AND s.provider = f.number
JOIN numbers t ON t.level = $level AND s.next_provider = t.number
GROUP BY ALL ORDER BY times DESC, from_provider, to_provider
"""
"""Over everybody's steps from a contact to the next: how often care went from one to the other, itself included."""


def plainly(providers: Sequence[str]) -> int:
    """
    One person's providers in order, a contact each, to hand-offs.

    >>> plainly(["practice", "practice", "hospital", "practice"])
    2
    """
    return sum(before != after for before, after in pairwise(providers))


def network_plainly(people: Sequence[Sequence[str]]) -> Counter[tuple[str, str]]:
    """
    Everybody's providers in order to how often care went from one to the next, staying included.

    >>> network_plainly([["a", "b"], ["b", "b"]])[("b", "b")]
    1
    """
    return Counter(step for providers in people for step in pairwise(providers))
