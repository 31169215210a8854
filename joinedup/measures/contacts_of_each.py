"""
Contacts: how many contacts that count each person had in a window, whoever they were with.

    contacts = number of the person's visits (records/visits.py) begun in the window

Unit      contacts
Better    neither
Needs     contacts with a day; those without one lie in no window
Source    counting
Beware    a stay and its parts are one contact, and so is a telephone call where it is recorded as one
Example   seen on 3 and 9 March, of which the second was cancelled: 1
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store


def contacts_of_each(store: Store, window: Window, engine: Engine | None = None) -> pa.Table:
    """A row for each person with any: patient (number), contacts."""
    return engine_for(store, engine).run(statement("contacts_of_each"), **window.values())


def plainly(begun: Iterable[datetime], since: datetime, until: datetime) -> int:
    """
    When one person's contacts began, to how many are in a window.

    >>> plainly([datetime(2024, 3, 3), datetime(2025, 1, 1)], datetime(2024, 1, 1), datetime(2025, 1, 1))
    1
    """
    return sum(since <= at < until for at in begun)
