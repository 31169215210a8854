"""
Care density: how well those whom a person has dealt with know each other, by the people whom they share.

    density    = Σ w(a, b) / (n (n − 1) / 2)
    fragmented = Σ v(a, b) w(a, b) / (n (n − 1) / 2)

over the pairs {a, b} of a person's n providers in the window, where w(a, b) is how many people have dealt with both,
that person among them, and v(a, b) is a weight for the pair's two professions, given by whoever asks.

Unit      people for each pair; 1 or more (of `fragmented`, that times the weights)
Better    higher density: they know each other; a weight above 1 counts ties between two professions for more
Needs     at least 2 providers in the window; with fewer it is missing, not zero
Source    Pollack et al. 2013, J Gen Intern Med 28(3): 352-359 (density); Engels, Blase and Claus 2024 and the R package
          CareDensity (fragmented)
Beware    grows with the size of the place and with the window: compare people of the same place in the same window
Example   persons 1 to 5 with {A, C, D} {A, D} {A, D} {D} {C}: 5/3, 3, 3, missing, missing
Entry     `of_everybody` takes arrays, which the benchmarks run; `care_density` takes a store
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine
from joinedup.kernels.compiled import numbers
from joinedup.kernels.density import ties_among_providers
from joinedup.kernels.meetings import met
from joinedup.measures.asking import Level, Window, patient_keys, visits
from joinedup.records.store import Store

Weights = Mapping[tuple[str, str], float]
"""For two professions, in either order: what a tie between them counts for."""

NOBODY_KNOWS = "unknown"
"""The profession of a practitioner for whom none is recorded, in `Weights`."""


@dataclass(frozen=True)
class CareDensity:
    """
    `table`: a row for each person with a contact: `patient` (key), `providers` int64 (different ones), `density` and
    `fragmented` float64 (null with fewer than 2 providers; `fragmented` also where no weights were given).
    """

    table: pa.Table
    by: Level
    window: Window

    @property
    def left_out(self) -> int:
        """People with too few providers to have a density."""
        return int(self.table["density"].null_count)

    @property
    def mean(self) -> float | None:
        """Mean density of the people who have one."""
        found = pc.mean(self.table["density"]).as_py()
        return None if found is None else float(found)


def care_density(
    store: Store,
    by: Level = "practitioner",
    within_months: int | None = 12,
    as_at: date | None = None,
    weights: Weights | None = None,
    otherwise: float | None = None,
    engine: Engine | None = None,
) -> CareDensity:
    """
    Everybody's care density in the months up to and including `as_at`; with `weights`, fragmented care density too.

    `otherwise` is the weight of two professions that `weights` does not name. Raises ValueError, naming them, for two
    that were met in the window and have no weight; and for weights at a level other than the practitioner.
    """
    window = Window.of(store, within_months, as_at)
    columns = ("patient", by) if weights is None else ("patient", by, "profession")
    rows = visits(store, window, *columns, engine=engine, who_met_whom=True)
    array = {name: rows[name].to_numpy() for name in columns}
    kinds, worth = (None, None) if weights is None else _worth(store, by, array, weights, otherwise)
    table = of_everybody(array["patient"], array[by], kinds, worth)
    return CareDensity(table.set_column(0, "patient", patient_keys(store, table["patient"])), by, window)


def of_everybody(patient: Any, provider: Any, kind: Any = None, weight: Any = None) -> pa.Table:
    """
    From arrays: `patient` int32 (number), `providers` int64, `density`, `fragmented` float64; in order of patient.

    `patient` is sorted; contacts with nobody (below 0) are dropped. `kind` is each provider's profession and
    `weight[kind, kind]` what a tie between two counts for. Time: pairs of a person's providers, summed over people.
    """
    who, starts, members, most = met(numbers(patient), numbers(provider))
    different = np.diff(starts)
    one_kind, evenly = np.zeros(most, np.int32), np.ones((1, 1))
    density = _for_each_pair(ties_among_providers(starts, members, most, one_kind, evenly), different)
    fragmented = pa.nulls(len(who), pa.float64())
    if weight is not None:
        kinds, worth = numbers(kind), np.require(weight, np.float64, ["C", "W"])
        fragmented = _for_each_pair(ties_among_providers(starts, members, most, kinds, worth), different)
    return pa.table({"patient": who, "providers": different, "density": density, "fragmented": fragmented})


def _for_each_pair(total: Any, different: Any) -> pa.Array:
    few = different < 2
    return pa.array(total / np.where(few, 1, different * (different - 1) / 2), mask=few)


def _worth(store: Store, by: Level, array: Mapping[str, Any], weights: Weights, otherwise: float | None) -> Any:
    """Each practitioner's profession by number, and the weights as a table of professions by professions."""
    if by != "practitioner":
        raise ValueError(f"Only practitioners have a profession: weights cannot be given by {by}.")
    names = store.query("SELECT key FROM numbers WHERE level = 'profession' ORDER BY number")["key"].to_pylist()
    names.append(NOBODY_KNOWS)
    known = array["practitioner"] >= 0
    whom, what = array["practitioner"][known], array["profession"][known]
    kinds = np.full(int(whom.max(initial=-1)) + 1, -1, np.int32)
    np.maximum.at(kinds, whom, what)
    kinds[kinds < 0] = len(names) - 1
    given = {frozenset(pair): float(weight) for pair, weight in weights.items()}
    worth, missing = np.zeros((len(names), len(names))), []
    there = set(np.unique(kinds).tolist())
    for one, other in ((a, b) for a in there for b in there if a <= b):
        weight = given.get(frozenset((names[one], names[other])), otherwise)
        if weight is None:
            missing.append(f"{names[one]} and {names[other]}")
        else:
            worth[one, other] = worth[other, one] = weight
    if missing:
        raise ValueError(f"No weight was given for {'; '.join(sorted(missing))}. Give one for each, or `otherwise`.")
    return kinds, worth


def plainly(people: Sequence[Sequence[str]], weights: Weights | None = None, kind: Any = None) -> list[float | None]:
    """
    Each person's providers to care density; with `weights` and each provider's `kind`, fragmented care density.

    >>> [found and round(found, 4) for found in plainly(["ACD", "AD", "AD", "D", "C"])]
    [1.6667, 3.0, 3.0, None, None]
    """
    known = [sorted(set(seen)) for seen in people]
    shared = Counter(pair for seen in known for pair in combinations(seen, 2))
    given = {frozenset(pair): weight for pair, weight in (weights or {}).items()}
    found: list[float | None] = []
    for seen in known:
        pairs = list(combinations(seen, 2))
        worth = [shared[a, b] * (given[frozenset((kind[a], kind[b]))] if weights else 1) for a, b in pairs]
        found.append(sum(worth) / len(pairs) if pairs else None)
    return found
