"""
The departure drill for everybody at once: what would be left bare if somebody left.

For every practitioner, team and organisation, over the contacts that count in a window:

    known           people whom they have dealt with
    only_theirs     people whom nobody else has dealt with at all
    only_in_…       people whom nobody else in the same team, or organisation, has dealt with
    last_links      people whose last link between two organisations they are: the person has been dealt with for both,
                    and all that was done for one of them was done by them. For an organisation: people whose care
                    went from one other to another through it alone (only_way.py)
    pieces          what would be left of the part of the network they are in falls into so many pieces
    pairs_parted    so many pairs of others, joined by people in common now, would have nothing that joins them

and for two leaving at once what is lost beyond the two alone: people known by just these two (`only_both`), and pairs
of others whom both going parts and neither going alone (`pairs_parted_more`).

Unit      people; pieces; pairs
Better    lower: somebody else knows them
Needs     contacts with the practitioner, team or organisation recorded
Source    cut points: Hopcroft and Tarjan 1973, Communications of the ACM 16(6): 372-378; the drill is ours
Beware    knowing somebody in the records is not knowing how they are; who was on leave in the window seems dispensable.
          A picture of where care rests on too few, never of who is good: rows about named practitioners are for their
          own team's planning
Example   Ann has seen p and q, Ben has seen q: only_theirs is 1 for Ann (p) and 0 for Ben; both leaving loses q besides
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.engines.tongue import Engine
from joinedup.kernels.alone import known_alone
from joinedup.kernels.compiled import Counts, Numbers
from joinedup.kernels.meetings import met
from joinedup.kernels.pieces import neighbours, parts_of, without_each
from joinedup.kernels.ties import shared_people
from joinedup.measures import falling_apart
from joinedup.measures.asking import Whole, Window, how_many, named, numbers_of, visits
from joinedup.measures.only_way import only_way
from joinedup.records.store import Store

Ties = tuple[Counts, Numbers]
"""A network as (starts, neighbours) of kernels/pieces.py."""

Leaver = Literal["practitioner", "team", "organisation", "profession"]
WITHIN: dict[str, tuple[str, ...]] = {
    "practitioner": ("team", "organisation"),
    "team": ("organisation",),
    "profession": ("team", "organisation"),
    "organisation": (),
}
"""In which groups it is asked whether nobody else has dealt with somebody."""


CAUTION = (
    "These rows are about named practitioners. They show where care rests on too few, for the planning of their own "
    "team; they are no measure of anybody, and not to be published."
)


@dataclass(frozen=True)
class Drill:
    """
    `table`: a row for each with a contact: number, number_key, number_name, known, only_theirs, only_in_team and
    only_in_organisation (where they apply), last_links, pieces, pairs_parted. `pairs`: a row for each two of whom
    losing both loses more: one, other (each with key and name), only_both, pairs_parted_more (null: not worked out).
    """

    table: pa.Table
    pairs: pa.Table
    by: Leaver
    window: Window
    parts: int
    """Parts that the network is in already, those with no contact left out."""
    pairs_worked_out: bool
    """False when it would take more than `falling_apart.MOST_STEPS`: then only `only_both` is known of pairs."""


def drill(
    store: Store,
    by: Leaver = "practitioner",
    within_months: int | None = 12,
    as_at: date | None = None,
    at_least: int = 1,
    pairs: bool = True,
    without_sectors: Sequence[str] = (),
    engine: Engine | None = None,
) -> Drill:
    """
    The drill at a level, in the months up to and including `as_at`. Two are tied when they have dealt with at least
    `at_least` people both. Contacts with `without_sectors` are left out: where everybody has a general practice, it is
    asked who else knows them. Raises ValueError for a level that nobody can leave, NotInTheseRecords for a
    sector.
    """
    if by not in WITHIN:
        raise ValueError(f"“{by}” is nobody who can leave. Ask for {', '.join(WITHIN)}.")
    window = Window.of(store, within_months, as_at)
    columns = tuple(dict.fromkeys(("patient", by, "organisation", *WITHIN[by])))
    asked = (*columns, *(["sector"] if without_sectors else []))
    in_order = by == "organisation"  # whose way care went through is told by the order of contacts (only_way.py)
    rows = visits(store, window, *asked, engine=engine, who_met_whom=not in_order)
    if without_sectors:
        rows = rows.filter(pc.invert(pc.is_in(rows["sector"], numbers_of(store, "sector", without_sectors))))
    array = {name: rows[name].to_numpy() for name in columns}
    number = how_many(store, by)
    found: dict[str, NDArray[Any]] = {"number": np.arange(number, dtype=np.int32)}
    all_one = np.zeros(len(array["patient"]), np.int32)
    known, only, _, both = known_alone(array["patient"], array[by], all_one, number)
    found |= {"known": known, "only_theirs": only}
    for group in WITHIN[by]:
        inside = known_alone(array["patient"], array[by], array[group], number)
        found[f"only_in_{group}"] = inside[1]
        if group == "organisation":
            found["last_links"] = inside[2]
    if "last_links" not in found:
        found["last_links"] = only_way(array["patient"], array[by], np.arange(number, dtype=np.int32))
    network = of_shared_people(array["patient"], array[by], number, at_least)
    found["pieces"], found["pairs_parted"], _ = without_each(*network, -1)
    there = known > 0
    table = pa.table({name: pa.array(values[there]) for name, values in found.items()})
    parts, _, _ = parts_of(*network)
    parted = _parted_by_two(network) if pairs else None
    two = _pairs(both, parted, number) if pairs else _NO_PAIRS
    return Drill(
        named(store, by, table, "number").sort_by([("only_theirs", "descending"), ("known", "descending")]),
        named(store, by, named(store, by, two, "one"), "other"),
        by,
        window,
        parts - int((~there).sum()),
        parted is not None,
    )


def of_shared_people(patient: Whole, provider: Whole, providers: int, at_least: int = 1) -> Ties:
    """The network of who has dealt with the same people, as (starts, neighbours) of kernels/pieces.py."""
    _, starts, members, most = met(patient, provider)
    one, other, _ = shared_people(starts, members, most, at_least)
    return neighbours(one, other, max(providers, most))


_NO_PAIRS = pa.table(
    {
        "one": pa.array([], pa.int32()),
        "other": pa.array([], pa.int32()),
        "only_both": pa.array([], pa.int64()),
        "pairs_parted_more": pa.array([], pa.int64()),
    }
)


def _parted_by_two(network: Ties) -> tuple[Numbers, Numbers, Counts] | None:
    try:
        return falling_apart.extra_of_two(network)
    except falling_apart.TooManySteps:
        return None


def _pairs(both: Counts, two: tuple[Numbers, Numbers, Counts] | None, number: int) -> pa.Table:
    """Every two of whom losing both loses more than losing each: most people first."""
    keys, times = np.unique(both, return_counts=True)
    known = pa.table({"key": keys, "only_both": times})
    if two is None:
        joined = known.append_column("pairs_parted_more", pa.nulls(len(keys), pa.int64()))
    else:
        one, other, more = two
        parted = pa.table({"key": one.astype(np.int64) * number + other, "pairs_parted_more": more})
        joined = known.join(parted, "key", join_type="full outer")
    count = pc.fill_null(joined["only_both"], 0)
    more = joined["pairs_parted_more"] if two is None else pc.fill_null(joined["pairs_parted_more"], 0)
    key = joined["key"].to_numpy()
    table = pa.table(
        {
            "one": pa.array((key // max(number, 1)).astype(np.int32)),
            "other": pa.array((key % max(number, 1)).astype(np.int32)),
            "only_both": count.cast(pa.int64()),
            "pairs_parted_more": more.cast(pa.int64()),
        }
    )
    return table.sort_by(
        [("only_both", "descending"), ("pairs_parted_more", "descending"), ("one", "ascending"), ("other", "ascending")]
    )


def known_plainly(dealt: Iterable[tuple[int, int, int]]) -> dict[str, dict[int, set[int]]]:
    """
    (person, provider, group) of each contact, to `only` and `last_links`: the people of each provider, one by one.

    >>> known_plainly([(1, 7, 0), (1, 7, 0), (2, 7, 0), (2, 8, 0)])["only"]
    {7: {1}}
    """
    by_person: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for person, provider, group in dealt:
        by_person[person][group].add(provider)
    only: dict[int, set[int]] = defaultdict(set)
    links: dict[int, set[int]] = defaultdict(set)
    for person, groups in by_person.items():
        for providers in groups.values():
            if len(providers) == 1:
                (one,) = providers
                only[one].add(person)
                if len(groups) > 1:
                    links[one].add(person)
    return {"only": dict(only), "last_links": dict(links)}
