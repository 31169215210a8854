"""
Who works with whom, from the order and the kinds of contacts: the four networks of organisational mining.

    handed over       c(a, b): how often a contact with b follows one with a, of the same person. With `fading` β, also
                      later ones: each pair of a person's contacts, j − i apart, counts βʲ⁻ⁱ⁻¹
    worked together   people who have had contact with both
    subcontracted     c(a, b): how often, of two contacts with a that are n apart, one between them is with b
    alike             Pearson's correlation of how often each has done each activity

Unit      handed over: times, and share of all steps; subcontracted: times, and times for each person; worked together:
          people, and share of the people; alike: −1 to 1
Better    neither: they show where to look
Needs     contacts in order; alike: with their activity
Source    van der Aalst, Reijers and Song 2005, Computer Supported Cooperative Work 14(6): 549-593
Beware    one following another is not a hand-over: see hand_offs.py. Where PM4Py counts otherwise, and why, is in
          docs/explanation/where-we-differ-from-pm4py.md
Example   Pete, Mike, Pete: Pete hands over to Mike and Mike to Pete, once each; Pete subcontracts to Mike, once
Entry     `handed_over`, `worked_together`, `subcontracted` and `alike` take arrays, which the benchmarks run;
          `organisational_mining` takes a store
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Any, Literal, get_args

import numpy as np
import pyarrow as pa

from joinedup.engines.tongue import Engine
from joinedup.kernels import steps
from joinedup.kernels.compiled import numbers
from joinedup.kernels.counting import pairs, weighed
from joinedup.kernels.meetings import met
from joinedup.kernels.profiles import alike as correlated
from joinedup.kernels.ties import shared_people
from joinedup.measures.asking import Level, Window, named, visits
from joinedup.records.store import Store

Kind = Literal["handed_over", "worked_together", "subcontracted", "alike"]


@dataclass(frozen=True)
class Mined:
    """
    `table`: a row for each two between whom there is anything, the most first: `one` and `other` (each with `_key` and
    `_name`), and `times` and `share`, `people` and `share`, or `correlation`, as the functions of this file give them.
    """

    table: pa.Table
    kind: Kind
    by: Level
    window: Window


def organisational_mining(
    store: Store,
    kind: Kind = "handed_over",
    by: Level = "practitioner",
    within_months: int | None = None,
    as_at: date | None = None,
    itself: bool = False,
    apart: int = 2,
    engine: Engine | None = None,
) -> Mined:
    """One of the four networks in the months up to and including `as_at`. Raises ValueError for a fifth."""
    if kind not in get_args(Kind):
        raise ValueError(f"“{kind}” is no network of organisational mining. Ask for {', '.join(get_args(Kind))}.")
    window = Window.of(store, within_months, as_at)
    if kind == "alike":
        rows = visits(store, window, by, "activity", engine=engine)
        table = alike(rows[by].to_numpy(), rows["activity"].to_numpy())
    else:
        rows = visits(store, window, "patient", by, engine=engine, who_met_whom=kind == "worked_together")
        arrays = rows["patient"].to_numpy(), rows[by].to_numpy()
        if kind == "handed_over":
            table = handed_over(*arrays, itself=itself)
        elif kind == "worked_together":
            table = worked_together(*arrays)
        else:
            table = subcontracted(*arrays, apart=apart, itself=itself)
    most = {"alike": "correlation", "worked_together": "people"}.get(kind, "times")
    table = table.sort_by([(most, "descending"), ("one", "ascending"), ("other", "ascending")])
    return Mined(named(store, by, named(store, by, table, "one"), "other"), kind, by, window)


def handed_over(patient: Any, provider: Any, itself: bool = False, fading: float = 0.0) -> pa.Table:
    """
    `one` and `other` int32: from whom to whom; `times`, int64 (with `fading`, float64); `share` of all that is counted.

    `patient` is sorted, each person's contacts in order; contacts with nobody (below 0) are dropped first. With
    `itself`, staying with the same one is counted too.
    """
    whose, whom = steps.with_providers(numbers(patient), numbers(provider))
    most = int(whom.max(initial=-1)) + 1
    one: Any
    other: Any
    times: Any
    if fading:
        one, other, times = weighed(*steps.handed_over_later(whose, whom, most, fading), most, most)
    else:
        one, other, times = pairs(*steps.handed_over(whose, whom), most, most)
    return _shared_out(one, other, times, itself, float(times.sum()) if itself else None)


def worked_together(patient: Any, provider: Any) -> pa.Table:
    """`one` < `other` int32, `people` int64 whom both have had contact with, `share` of all people with a contact."""
    who, starts, members, most = met(numbers(patient), numbers(provider))
    one, other, people = shared_people(starts, members, most, 1)
    return pa.table({"one": one, "other": other, "people": people.astype(np.int64), "share": people / max(len(who), 1)})


def subcontracted(patient: Any, provider: Any, apart: int = 2, itself: bool = False) -> pa.Table:
    """
    `one` and `other` int32: who passed to whom and had the person back; `times` int64; `share`: times for each person.

    Raises ValueError where the two contacts are fewer than 2 apart, since then nobody is between them.
    """
    if apart < 2:
        raise ValueError(f"Contacts {apart} apart have nobody between them: ask for 2 or more.")
    whose, whom = steps.with_providers(numbers(patient), numbers(provider))
    most = int(whom.max(initial=-1)) + 1
    people = int(np.count_nonzero(np.diff(whose))) + 1 if len(whose) else 0
    return _shared_out(*pairs(*steps.passed_out_and_back(whose, whom, apart), most, most), itself, float(people))


def _shared_out(one: Any, other: Any, times: Any, itself: bool, of: float | None) -> pa.Table:
    if not itself:
        away = one != other
        one, other, times = one[away], other[away], times[away]
    return pa.table(
        {"one": one, "other": other, "times": times, "share": times / max(of or float(times.sum()), 1e-300)}
    )


def alike(provider: Any, activity: Any) -> pa.Table:
    """
    `one` < `other` int32, `correlation` float64, null where one does everything equally often. Only those with an
    activity in common: any others are at or below 0. Contacts without a provider or an activity (below 0) are dropped.
    """
    provider, activity = numbers(provider), numbers(activity)
    both = (provider >= 0) & (activity >= 0)
    provider, activity = provider[both], activity[both]
    found = correlated(provider, activity, int(provider.max(initial=-1)) + 1, int(activity.max(initial=-1)) + 1)
    return pa.table({"one": found[0], "other": found[1], "correlation": pa.array(found[2], from_pandas=True)})


def plainly(people: Sequence[Sequence[str]], apart: int = 2) -> dict[str, Counter[tuple[str, str]]]:
    """
    Everybody's providers in order to the three networks of order, one by one: the judge of the kernels.

    >>> plainly([["Pete", "Mike", "Pete"]])["subcontracted"]
    Counter({('Pete', 'Mike'): 1})
    """
    found: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in get_args(Kind)[:3]}
    for seen in people:
        found["handed_over"].update(pairwise(seen))
        found["worked_together"].update(combinations(sorted(set(seen)), 2))
        for first, last in zip(range(len(seen)), range(apart, len(seen)), strict=False):
            if seen[first] == seen[last]:
                found["subcontracted"].update((seen[first], between) for between in seen[first + 1 : last])
    return found
