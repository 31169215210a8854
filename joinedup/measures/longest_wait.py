"""
The longest wait of each person: of the referrals made in a window, the one unseen for longest.

    longest wait = max over the person's referrals of days from asking to being seen, or to the day where still waiting

Outcomes are those of waits.py: a referral that was refused, withdrawn or dropped is no wait from then on, and is left
out.

Unit      days, with fractions
Better    lower
Needs     a referral with the day it was made, seen or still waiting; without one it is not computable, which is not 0
Source    counting, as waits.py
Beware    a referral whose answer lies outside the records waits for ever. Those waiting have waited at least so long
Example   asked on 1 March and seen on 5 March; asked on 2 March and, on 12 March, not seen: 10, still waiting
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store


def longest_wait(store: Store, window: Window, engine: Engine | None = None) -> pa.Table:
    """A row for each person with any: patient (key), days, waiting (1 where the longest is not over, else 0)."""
    return engine_for(store, engine).run(statement("longest_wait"), **window.values())


def plainly(asked: Iterable[tuple[datetime, datetime | None]], until: datetime) -> tuple[float, bool] | None:
    """
    One person's referrals (asked, seen or None) to days of the longest wait and whether it goes on.

    >>> march = datetime(2024, 3, 1)
    >>> plainly([(march, march + timedelta(days=4)), (march + timedelta(days=1), None)], march + timedelta(days=11))
    (10.0, True)
    """
    waits = [
        ((min(seen or until, until) - at) / timedelta(days=1), seen is None or seen >= until) for at, seen in asked
    ]
    return max(waits) if waits else None
