"""
Shared-patient networks: who is tied to whom by people whom both have dealt with.

    weight of a tie = number of people with a contact with both in the window
    closeness       = weight / √(people of the one × people of the other)

Unit      people; closeness has none: 0 to 1, where both have dealt with the very same people
Better    neither: a tie is a chance to work together, not a sign of it
Needs     contacts with the practitioner, team, organisation, sector or profession recorded
Source    Barnett et al. 2011, Health Services Research 46(5): 1592-1609; closeness: Salton's cosine
Beware    large services are tied to all: see closeness beside the weight. A tie says nothing of whether the two ever
          spoke. Ask for a least weight, or the heaviest of each, before reading anything into single ties
Example   p has seen Ann and Ben, q Ann and Ben, r Ann: Ann and Ben are tied with weight 2, closeness 2 / √6 = 0.82
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.kernels.meetings import met
from joinedup.kernels.ties import heaviest, shared_people
from joinedup.measures.asking import Level, Whole, Window, named, visits
from joinedup.records.store import Store

ALL_OF_THEM = 2**31 - 1


@dataclass(frozen=True)
class Network:
    """
    `table`: a row for each tie: one, other (each with key and name), shared (people), of_one, of_other (people whom
    each has dealt with), closeness; the heaviest first.
    """

    table: pa.Table
    by: Level
    window: Window
    at_least: int
    most: int | None


def network(
    store: Store,
    by: Level = "organisation",
    within_months: int | None = 12,
    as_at: date | None = None,
    at_least: int = 1,
    most: int | None = None,
    engine: Engine | None = None,
) -> Network:
    """
    Ties of at least so many people; with `most`, only those among the heaviest of one of their ends. On DuckDB by one
    pass over visits (kernels/ties.py), on other engines by networks.sql.
    """
    window = Window.of(store, within_months, as_at)
    if engine is not None and engine.name != "duckdb":
        limits = {"at_least": at_least, "most": most or ALL_OF_THEM}
        table = engine.run(statement("networks", by=by), **window.values(), **limits)
    else:
        rows = visits(store, window, "patient", by)
        patient, provider = rows["patient"].to_numpy(), rows[by].to_numpy()
        table = _tied(patient, provider, at_least, most)
        table = table.sort_by([("shared", "descending"), ("one", "ascending"), ("other", "ascending")])
    sizes = [np.asarray(table[name], np.float64) for name in ("shared", "of_one", "of_other")]
    table = table.append_column("closeness", pa.array(sizes[0] / np.sqrt(sizes[1] * sizes[2])))
    return Network(named(store, by, named(store, by, table, "one"), "other"), by, window, at_least, most)


def ties(patient: Whole, provider: Whole, at_least: int = 1, most: int | None = None) -> pa.Table:
    """
    The same from arrays, `patient` sorted and missing providers below 0: one, other, shared. Memory is in proportion to
    the contacts and the ties kept.
    """
    return _tied(patient, provider, at_least, most).select(["one", "other", "shared"])


def _tied(patient: Whole, provider: Whole, at_least: int, most: int | None) -> pa.Table:
    """The same with of_one and of_other: how many people each end has dealt with."""
    _, starts, members, providers = met(patient, provider)
    if most is None:
        one, other, shared = shared_people(starts, members, providers, at_least)
    else:
        one, other, shared = heaviest(starts, members, providers, at_least, min(most, max(1, providers)))
    people = np.bincount(members, minlength=providers).astype(np.int64)
    ends = {"of_one": people[one], "of_other": people[other]}
    return pa.table({"one": one, "other": other, "shared": shared.astype(np.int64), **ends})


def plainly(dealt: Iterable[tuple[int, int]]) -> Counter[tuple[int, int]]:
    """
    (person, provider) of each contact to the weight of each tie, below 0 for no provider.

    >>> plainly([(1, 7), (1, 8), (2, 7), (2, 8), (3, 7)])
    Counter({(7, 8): 2})
    """
    met_by: dict[int, set[int]] = defaultdict(set)
    for person, provider in dealt:
        if provider >= 0:
            met_by[person].add(provider)
    return Counter(pair for providers in met_by.values() for pair in combinations(sorted(providers), 2))
