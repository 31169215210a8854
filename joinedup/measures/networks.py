"""
Shared-patient networks: who is tied to whom by people whom both have dealt with.

    weight of a tie = number of people with a contact with both in the window

Unit      people
Better    neither: a tie is a chance to work together, not a sign of it
Needs     contacts with the practitioner, team, organisation, sector or profession recorded
Source    Barnett et al. 2011, Health Services Research 46(5): 1592-1609
Beware    large services are tied to all; a tie says nothing of whether the two ever spoke. Ask for a least weight, or
          the heaviest of each, before reading anything into single ties
Example   p has seen Ann and Ben, q Ann and Ben, r Ann: Ann and Ben are tied with weight 2
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
import pyarrow as pa

from joinedup.kernels.meetings import met
from joinedup.kernels.ties import heaviest, shared_people
from joinedup.measures.asking import Level, Whole, Window, named, visits
from joinedup.period import months_before
from joinedup.records.store import Store


@dataclass(frozen=True)
class Network:
    """`table`: a row for each tie: one, other (each with key and name), shared (people); the heaviest first."""

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
) -> Network:
    """Ties of at least so many people; with `most`, only those among the heaviest of one of their ends."""
    window = Window.of(store, within_months, as_at)
    rows = visits(store, window, "patient", by)
    table = ties(rows["patient"].to_numpy(), rows[by].to_numpy(), at_least, most)
    table = table.sort_by([("shared", "descending"), ("one", "ascending"), ("other", "ascending")])
    return Network(named(store, by, named(store, by, table, "one"), "other"), by, window, at_least, most)


def ties(patient: Whole, provider: Whole, at_least: int = 1, most: int | None = None) -> pa.Table:
    """
    The same from arrays, `patient` sorted and missing providers below 0: one, other, shared. Memory is in proportion to
    the contacts and the ties kept.
    """
    _, starts, members, providers = met(patient, provider)
    if most is None:
        one, other, shared = shared_people(starts, members, providers, at_least)
    else:
        one, other, shared = heaviest(starts, members, providers, at_least, most)
    return pa.table({"one": one, "other": other, "shared": shared.astype(np.int64)})


def over_time(
    store: Store, by: Level = "organisation", every_months: int = 3, periods: int = 4, as_at: date | None = None
) -> list[Network]:
    """The network of each of the last periods, the earliest first."""
    last = Window.of(store, every_months, as_at).as_at
    ends = [months_before(last, every_months * back) for back in reversed(range(periods))]
    return [network(store, by, every_months, end) for end in ends]


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
