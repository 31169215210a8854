"""
Returns of each person: how often their care left somebody for another and came back within so many days.

As returns.py counts them for each pair, counted for each person: a return is three stays in a row with A, B and A
again, the last contact of the first and the first of the third no more than so many days apart.

Unit      returns
Better    lower, where the going between was for an answer that did not come
Needs     contacts in order; with fewer than 3 there can be none
Source    as returns.py
Beware    as returns.py: a planned course that alternates is full of returns and may be as it should be
Example   practice, hospital, practice, hospital on days 1, 3, 5 and 9: 2
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures import returns
from joinedup.measures.asking import Level, Window, engine_for
from joinedup.records.store import Store


def returns_of_each(
    store: Store, by: Level, window: Window, days: int = returns.WITHIN_DAYS, engine: Engine | None = None
) -> pa.Table:
    """A row for each person with a contact at the level: patient (number), returns."""
    sql = statement("returns_of_each", by=by)
    return engine_for(store, engine).run(sql, days=days, **window.values())


def plainly(contacts: Sequence[tuple[str, float]], days: float = returns.WITHIN_DAYS) -> int:
    """
    One person's (provider, day) in order, to returns.

    >>> plainly([("practice", 1), ("hospital", 3), ("practice", 5), ("hospital", 9)])
    2
    """
    return sum(returns.plainly(contacts, days).values())
