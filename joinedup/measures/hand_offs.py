"""
Hand-offs: how often care passes from one to another, at a level: practitioner, team, organisation, sector, profession.

    hand-offs = Σⱼ (1 − cⱼ),   j = 1 … N − 1

where cⱼ = 1 if contacts j and j + 1 of a person, in order of time and then of record, are with the same one.

Unit      steps between two contacts; 0 to N − 1 for a person. Pairs never join two people
Better    neither: some hand-offs are good care
Needs     at least 2 contacts in the period
Source    boundary crossings, as in reference/measures.md section 3; rate over all pairs = 1 − pooled SECON
Beware    a change of provider in the record: nothing shows that anything was handed over. Two contacts at the same
          instant are in the order of the record, which may not be that of events: such hand-offs are counted apart
Example   practice, practice, hospital, practice: 2 hand-offs in 3 pairs
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Level, Window, engine_for, named
from joinedup.records.store import Store


@dataclass(frozen=True)
class HandOffs:
    """
    Every ordered pair with staying included: from_number, from_number_key, from_number_name, to_number (and its key and
    name), times, people, tied (times at the same instant), median_days and ninetieth_days from one contact to the next.
    """

    table: pa.Table
    by: Level
    window: Window

    @property
    def pairs(self) -> int:
        """Pairs of a contact and the next, over everybody."""
        return _sum(self.table["times"])

    @property
    def between(self) -> pa.Table:
        """The rows in which care passed on."""
        return self.table.filter(pc.not_equal(self.table["from_number"], self.table["to_number"]))

    @property
    def times(self) -> int:
        """How often care passed on."""
        return _sum(self.between["times"])

    @property
    def times_in_known_order(self) -> int:
        """The same without those whose two contacts are at the same instant."""
        return self.times - _sum(self.between["tied"])

    @property
    def rate(self) -> float | None:
        """Hand-offs for each pair; None without pairs."""
        return self.times / self.pairs if self.pairs else None


def hand_offs(
    store: Store,
    by: Level = "organisation",
    within_months: int | None = None,
    as_at: date | None = None,
    engine: Engine | None = None,
) -> HandOffs:
    """Hand-offs between all at a level, in the months up to and including `as_at` (the last contact by default)."""
    window = Window.of(store, within_months, as_at)
    table = engine_for(store, engine).run(statement("hand_offs", by=by), **window.values())
    return HandOffs(named(store, by, named(store, by, table, "from_number"), "to_number"), by, window)


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


def _sum(column: pa.ChunkedArray) -> int:
    return int(pc.sum(column).as_py() or 0)
