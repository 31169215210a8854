"""
The departure drill for everyone: the pieces that a network falls into without each member, and the pairs parted.

The network is that of people and the practitioners whom they have met, from the generated contacts: a member for each
person and practitioner, a tie for each two who have met. A chain, in which everybody but the two ends parts it, is the
worst that a network can be. Leave-one-out takes one member away, counts the pieces, and begins again; it was done for
some members, drawn at random, and its time multiplied. Articulation points are only a list of those who part anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks.measures.contacts import file_of, store_of
from benchmarks.measures.contest import Entrant, Took, contest
from benchmarks.measures.entrant import Work
from benchmarks.measures.growth import exponent
from benchmarks.measures.page import Row, Target

HERE = "benchmarks.measures.drill"
CONTACTS_A_PERSON = 13
"""A little more than the demo's people have on average."""

Network = tuple[Any, Any, int]


def network(file: str | None, people: int) -> Network:
    """Ties as two arrays, and how many members: `people` persons first; a chain of them where there is no file."""
    if file is None:
        return np.arange(people - 1, dtype=np.int32), np.arange(1, people, dtype=np.int32), people
    rows = pq.read_table(file, columns=["patient", "practitioner"]).drop_null()
    patient, practitioner = (rows[name].to_numpy().astype(np.int64) for name in ("patient", "practitioner"))
    there = patient < people
    known, practitioner = np.unique(practitioner[there], return_inverse=True)
    whom, who = np.divmod(np.unique(patient[there] * len(known) + practitioner), len(known))
    return whom.astype(np.int32), (who + people).astype(np.int32), people + len(known)


def _sample(members: int, number: int) -> Any:
    return np.random.default_rng(1).choice(members, number, replace=False)


def ours(file: str | None, people: int, sample: int = 1) -> Work:
    from joinedup.measures.falling_apart import without_each

    ones, others, members = network(file, people)
    some = _sample(members, sample)

    def answer(found: Any) -> dict[str, Any]:
        pieces, parted = found["pieces"].to_numpy(), found["parted"].to_numpy()
        return {"cut": np.flatnonzero(pieces > 1), "pieces": pieces[some], "parted": parted[some]}

    def judged(_: Any) -> None:
        from joinedup.measures.falling_apart import plainly

        one, other, number = network(None, 40)
        one, other = np.append(one, [3, 5]), np.append(other, [9, 20])
        found = without_each(one, other, number)["parted"].to_pylist()
        ties = list(zip(one.tolist(), other.tolist(), strict=True))
        joined = plainly(ties, number)
        for each in range(number):
            before = {pair for pair in joined if each not in pair}
            assert found[each] == len(before - plainly(ties, number, [each]))

    return Work(lambda: without_each(ones, others, members), answer, judged)


def with_rustworkx(file: str | None, people: int) -> Work:
    import rustworkx

    ones, others, members = network(file, people)
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(members))
    graph.add_edges_from_no_data(list(zip(ones.tolist(), others.tolist(), strict=True)))
    return Work(lambda: rustworkx.articulation_points(graph), lambda found: {"cut": np.array(sorted(found), np.int64)})


def _lost(before: Any, after: Any, mine: int) -> tuple[int, int]:
    """Pieces that a member's part falls into, and pairs parted, from the sizes of parts before and after."""
    pairs = (before * (before - 1) // 2).sum() - mine * (mine - 1) // 2 + (mine - 1) * (mine - 2) // 2
    return len(after) - (len(before) - 1), int(pairs - (after * (after - 1) // 2).sum())


def igraph_without_each(file: str | None, people: int, sample: int) -> Work:
    import igraph

    ones, others, members = network(file, people)
    graph = igraph.Graph(n=members, edges=np.column_stack([ones, others]))
    whole = graph.connected_components()
    before = np.array(whole.sizes())

    def do() -> Any:
        found = []
        for each in _sample(members, sample):
            left = graph.copy()
            left.delete_vertices([int(each)])
            after = np.array(left.connected_components().sizes())
            found.append(_lost(before, after, int(before[whole.membership[each]])))
        return found

    return Work(do, _answer)


def networkx_without_each(file: str | None, people: int, sample: int) -> Work:
    import networkx as nx

    ones, others, members = network(file, people)
    graph = nx.Graph()
    graph.add_nodes_from(range(members))
    graph.add_edges_from(zip(ones.tolist(), others.tolist(), strict=True))
    parts = list(nx.connected_components(graph))
    before = np.array([len(part) for part in parts])
    size = {node: len(part) for part in parts for node in part}

    def do() -> Any:
        found = []
        for each in _sample(members, sample).tolist():
            ties = list(graph.edges(each))
            graph.remove_node(each)
            after = np.array([len(part) for part in nx.connected_components(graph)])
            graph.add_node(each)
            graph.add_edges_from(ties)
            found.append(_lost(before, after, size[each]))
        return found

    return Work(do, _answer)


def _answer(found: Any) -> dict[str, Any]:
    return {"pieces": np.array([each[0] for each in found]), "parted": np.array([each[1] for each in found])}


def rows(home: Path, sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000), rounds: int = 5) -> list[Row]:
    found, mine = [], []
    for people in sizes:
        file = file_of(store_of(people * CONTACTS_A_PERSON, home))
        sample = {10_000: 100, 100_000: 20}.get(people, 3)
        arguments = {"file": file, "people": people}
        entrants = [
            Entrant("joinedup", f"{HERE}:ours", {**arguments, "sample": sample}),
            Entrant("rustworkx, only the list of articulation points", f"{HERE}:with_rustworkx", arguments),
            Entrant("igraph, leave one out", f"{HERE}:igraph_without_each", {**arguments, "sample": sample}),
            Entrant("NetworkX, leave one out", f"{HERE}:networkx_without_each", {**arguments, "sample": sample}),
        ]
        ones, _, members = network(file, people)
        took = contest(entrants, rounds)
        took = [*took[:2], *(_multiplied(each, members, sample) for each in took[2:])]
        mine.append(took[0])
        targets = []
        if people == 10_000:
            better = (
                min(each.wall for each in took[2:]) / took[0].wall,
                min(each.cpu for each in took[2:]) / took[0].cpu,
            )
            targets.append(Target("times leave-one-out, at least", 20_000, min(better), at_least=True))
        if people == 1_000_000:
            targets.append(Target("second, at most", 1, took[0].wall))
            slope = exponent(sizes, [each.cpu for each in mine])
            targets.append(Target("as the exponent of growth, at most", 1.15, slope))
        said = f"{members:,} members and {len(ones):,} ties."
        found.append(Row(f"Departure drill for everyone, {people:,} people", took, targets, [said]))
    chain = {"file": None, "people": 1_000_000}
    took = contest(
        [
            Entrant("joinedup", f"{HERE}:ours", chain),
            Entrant("rustworkx, only the list of articulation points", f"{HERE}:with_rustworkx", chain),
        ],
        rounds,
    )
    target = Target("second, at most", 1, took[0].wall)
    return [*found, Row("Departure drill for everyone, a chain of 1,000,000", took, [target])]


def _multiplied(took: Took, members: int, sample: int) -> Took:
    by = members / sample
    name = f"{took.name} ({sample} of {members:,} done, times {by:,.0f})"
    return Took(name, took.wall * by, took.cpu * by, took.peak, took.rounds)
