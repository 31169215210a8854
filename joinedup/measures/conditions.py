"""
Conditions: how many different conditions somebody has at a day, of any kind.

    conditions = number of different main codes of the conditions begun by the day and not over by it

One record of a condition is one condition however many codes it has, and the same main code twice is one; without a
code it is told by its words. Those refuted or entered in error never count.

Unit      conditions
Better    lower
Needs     conditions, coded or in words
Source    counting; multimorbidity.py counts those of a list of long-term conditions instead
Beware    a cold counts like heart failure, and whoever codes more has more. None recorded is not none had
Example   asthma recorded twice, and gout that is over: 1
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store


def conditions(store: Store, window: Window, engine: Engine | None = None, resolved_too: bool = False) -> pa.Table:
    """A row for each person with any: patient (key), conditions. Those on the window's last day."""
    engine = engine_for(store, engine)
    return engine.run(statement("conditions"), until=window.values()["until"], resolved_too=int(resolved_too))


def plainly(had: Iterable[tuple[str, date | None]], day: date) -> int:
    """
    (what, over on or None) of each condition of one person begun by a day, to how many different ones they have on it.

    >>> plainly([("asthma", None), ("asthma", None), ("gout", date(2020, 1, 1))], date(2024, 1, 1))
    1
    """
    return len({what for what, over in had if over is None or over > day})
