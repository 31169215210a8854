"""
Returns: care that left somebody for another and came back to the same one within so many days; to and fro.

Contacts that follow one another with the same provider are one stay. A return is three stays in a row with A, B and A
again, the last contact of the first and the first of the third no more than so many days apart.

Unit      returns, for each ordered pair (came back to, gone to between), and how many people had any
Better    lower, where the going between was for an answer that did not come
Needs     at least 3 contacts of a person in the period
Source    ping-pong, as in W.M.P. van der Aalst and M. Song, Mining Social Networks (2004), here with a limit in days
Beware    a planned course that alternates (dialysis and the practice) is full of returns and may be as it should be
Example   practice, hospital, hospital, practice on days 1, 3, 5 and 9: one return to the practice, after 8 days
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Level, Window, engine_for, named
from joinedup.records.store import Store

WITHIN_DAYS = 30


@dataclass(frozen=True)
class Returns:
    """
    A row for each pair: to_number, between_number (each with key and name), returns, people, and median_days between
    leaving and coming back.
    """

    table: pa.Table
    by: Level
    days: int
    window: Window

    @property
    def returns(self) -> int:
        return int(pc.sum(self.table["returns"]).as_py() or 0)


def returns(
    store: Store,
    by: Level = "organisation",
    days: int = WITHIN_DAYS,
    within_months: int | None = None,
    as_at: date | None = None,
    engine: Engine | None = None,
) -> Returns:
    """Returns at a level within so many days, in the months up to and including `as_at`."""
    window = Window.of(store, within_months, as_at)
    table = engine_for(store, engine).run(statement("returns", by=by), days=days, **window.values())
    return Returns(named(store, by, named(store, by, table, "to_number"), "between_number"), by, days, window)


def plainly(contacts: Sequence[tuple[str, float]], days: float = WITHIN_DAYS) -> Counter[tuple[str, str]]:
    """
    One person's (provider, day) in order, to how often they came back to one from another.

    >>> plainly([("practice", 1), ("hospital", 3), ("hospital", 5), ("practice", 9)])
    Counter({('practice', 'hospital'): 1})
    """
    stays = [(provider, list(dealt)) for provider, dealt in groupby(contacts, key=lambda contact: contact[0])]
    found: Counter[tuple[str, str]] = Counter()
    for (first, left), (between, _), (third, back) in zip(stays, stays[1:], stays[2:], strict=False):
        if first == third and back[0][1] - left[-1][1] <= days:
            found[third, between] += 1
    return found
