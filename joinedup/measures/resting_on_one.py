"""
Resting on one: in how many organisations a person is known by one practitioner alone.

    resting on one = number of organisations in which just one practitioner has dealt with the person

If that practitioner leaves, the organisation knows the person no more: the last links of departure.py, counted from
the person's side.

Unit      organisations
Better    lower, among people who are seen often
Needs     contacts with practitioner and organisation recorded; without any it is not computable, which is not 0
Source    ours
Beware    somebody seen once by a hospital rests there on one, and loses little: ask for enough contacts beside it
Example   Ann of the practice twice, Ben and Cyn of the hospital once each: 1, the practice
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store


def resting_on_one(store: Store, window: Window, engine: Engine | None = None) -> pa.Table:
    """
    A row for each person dealt with by a known practitioner of a known organisation: patient (number), resting (how
    many organisations), organisations (that have a known practitioner at all).
    """
    return engine_for(store, engine).run(statement("resting_on_one"), **window.values())


def plainly(dealt: Iterable[tuple[str, str]]) -> int | None:
    """
    One person's (organisation, practitioner) of each contact, to the organisations that rest on one; None without any.

    >>> plainly([("practice", "Ann"), ("practice", "Ann"), ("hospital", "Ben"), ("hospital", "Cyn")])
    1
    """
    known: dict[str, set[str]] = defaultdict(set)
    for organisation, practitioner in dealt:
        known[organisation].add(practitioner)
    return sum(len(practitioners) == 1 for practitioners in known.values()) if known else None
