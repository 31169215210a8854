"""
Following as well as leading: how many of those who lead in one thing follow in another.

    leads     raises a matter, proposes, challenges, or chairs (leading.py)
    follows   consents to what another proposed, comments on it, takes on what another asked for, or is moved by another
    both      does each at least once in the window: never counted of the same act

    share = people who do both / people who do either

Unit      share, 0 to 1, with a 95 % interval (Wilson)
Better    higher: leading is a relationship, and includes following
Needs     acts, as `manyhands export-acts` writes them
Source    ours, after Grint 2010, Leadership: A Very Short Introduction; King's Fund 2011, The future of leadership and
          management in the NHS: No more heroes
Beware    it counts people, and says of none which they do. Consent can be given without thought
Example   Asha proposes and consents to Ben's, Ben proposes, Carol consents: 1 of 3
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from joinedup.engines.tongue import Engine, moment, statement
from joinedup.measures.asking import engine_for
from joinedup.measures.leading import NOT_KNOWN, window
from joinedup.measures.reach import ALL, share_of
from joinedup.period import Period
from joinedup.records.store import Store
from joinedup.release.of_groups import of_groups
from joinedup.release.tables import THRESHOLD

SCHEMA = pa.schema(
    [("sector", pa.string()), ("both", pa.int64()), ("of", pa.int64())]
    + [(name, pa.float64()) for name in ("share", "low", "high")]
)


@dataclass(frozen=True)
class LeadingAndFollowing:
    """A row for each person and sector in a team: team, person, sector, leads, follows (0 or 1)."""

    table: pa.Table
    period: Period
    as_at: date

    @property
    def share(self) -> float | None:
        """Share who do both; None of nobody."""
        rows = self.table.to_pylist()
        return sum(row["leads"] and row["follows"] for row in rows) / len(rows) if rows else None

    def released(self, threshold: int = THRESHOLD) -> pa.Table:
        """By sector and of all: sector, both, of, share, low, high; null where hidden."""
        rows = self.table.to_pylist()
        there = Counter(row["sector"] or NOT_KNOWN for row in rows)
        both = Counter(row["sector"] or NOT_KNOWN for row in rows if row["leads"] and row["follows"])
        sectors = sorted(there)
        told = of_groups([both[each] for each in sectors], [there[each] for each in sectors], threshold)
        shown = [(ALL, told.all_so, told.all_there), *zip(sectors, told.so, told.there, strict=True)]
        given = [{"sector": sector} | share_of(so, of, "both") for sector, so, of in shown] if rows else []
        return pa.Table.from_pylist(given, SCHEMA)


def leading_and_following(
    store: Store, within_months: int | None = 12, as_at: date | None = None, engine: Engine | None = None
) -> LeadingAndFollowing:
    """Who leads and who follows. Raises NotInTheseRecords for a store without acts."""
    period, day = window(store, within_months, as_at)
    values = {"since": moment(period.since), "until": moment(period.until)}
    table = engine_for(store, engine).run(statement("leading_and_following"), **values)
    return LeadingAndFollowing(table, period, day)


def plainly(done: Iterable[tuple[str, str]]) -> float | None:
    """
    (person, “leads” or “follows”) of each act, to the share who do both.

    >>> round(plainly([("asha", "leads"), ("asha", "follows"), ("ben", "leads"), ("carol", "follows")]), 2)
    0.33
    """
    listed = list(done)
    leads, follows = ({person for person, does in listed if does == what} for what in ("leads", "follows"))
    return len(leads & follows) / len(leads | follows) if leads | follows else None
