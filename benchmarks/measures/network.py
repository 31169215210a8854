"""
Who shares patients with whom: a tie for each two practitioners, weighted with the people whom both have met.

Everybody starts from the same two arrays in memory, and gives the ties as three arrays.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measures.contacts import file_of, store_of
from benchmarks.measures.contest import Entrant, Took, contest
from benchmarks.measures.density import _arrays as arrays_of
from benchmarks.measures.entrant import Work
from benchmarks.measures.page import Row, Target

HERE = "benchmarks.measures.network"
LEAST = 10


def _answer(one: Any, other: Any, shared: Any) -> dict[str, Any]:
    one, other = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    order = np.lexsort((other, one))
    return {"one": one[order], "other": other[order], "shared": shared[order].astype(np.int64)}


def ours(file: str, at_least: int = 1) -> Work:
    from joinedup.measures.networks import plainly, ties

    patient, practitioner = arrays_of(file)

    def judged(_: Any) -> None:
        few = patient < 5_000
        found = ties(patient[few], practitioner[few], at_least).to_pylist()
        plain = plainly(zip(patient[few].tolist(), practitioner[few].tolist(), strict=True))
        assert {(row["one"], row["other"]): row["shared"] for row in found} == {
            pair: people for pair, people in plain.items() if people >= at_least
        }

    return Work(
        lambda: ties(patient, practitioner, at_least),
        lambda found: _answer(*(found[name].to_numpy() for name in ("one", "other", "shared"))),
        judged,
    )


def with_scipy(file: str, at_least: int = 1) -> Work:
    from scipy import sparse

    patient, practitioner = arrays_of(file)

    def do() -> Any:
        met = sparse.csr_matrix((np.ones(len(patient), np.int32), (patient, practitioner)))
        met.data[:] = 1
        tied = sparse.triu(met.T @ met, 1, format="coo")
        kept = tied.data >= at_least
        return tied.row[kept], tied.col[kept], tied.data[kept]

    return Work(do, lambda found: _answer(*found))


def _of_both(patient: Any, practitioner: Any) -> tuple[int, Any]:
    """How many people, and each meeting once as a pair of nodes: people first, then practitioners."""
    people = int(patient.max()) + 1
    met = np.unique(patient.astype(np.int64) * (int(practitioner.max()) + 1) + practitioner)
    whom, who = np.divmod(met, int(practitioner.max()) + 1)
    return people, np.column_stack([whom, who + people])


def with_igraph(file: str) -> Work:
    import igraph

    patient, practitioner = arrays_of(file)
    count = int(practitioner.max()) + 1

    def do() -> Any:
        people, pairs = _of_both(patient, practitioner)
        graph = igraph.Graph(n=people + count, edges=pairs)
        tied = graph.bipartite_projection(types=[0] * people + [1] * count, which=1)
        ends = np.array(tied.get_edgelist(), np.int64).reshape(-1, 2)
        return ends[:, 0], ends[:, 1], np.array(tied.es["weight"])

    return Work(do, lambda found: _answer(*found))


def with_networkx(file: str) -> Work:
    import networkx as nx
    from networkx.algorithms import bipartite

    patient, practitioner = arrays_of(file)

    def do() -> Any:
        people, pairs = _of_both(patient, practitioner)
        graph = nx.Graph()
        graph.add_edges_from(pairs.tolist())
        tied = bipartite.weighted_projected_graph(graph, [node for node in graph if node >= people])
        found = np.array([(a - people, b - people, w) for a, b, w in tied.edges(data="weight")], np.int64)
        return found[:, 0], found[:, 1], found[:, 2]

    return Work(do, lambda found: _answer(*found))


def row(home: Path, contacts: int, rounds: int = 3) -> Row:
    arguments = {"file": file_of(store_of(contacts, home))}
    large = contacts > 1_000_000
    entrants = [
        Entrant("joinedup", f"{HERE}:ours", arguments),
        Entrant("scipy.sparse", f"{HERE}:with_scipy", arguments),
    ]
    if not large:
        entrants += [
            Entrant("igraph", f"{HERE}:with_igraph", arguments),
            Entrant("NetworkX", f"{HERE}:with_networkx", arguments),
        ]
    took = contest(entrants, rounds)
    mine, scipy = took[:2]
    targets, notes = [], []
    if large:
        targets.append(Target("of scipy's processor time, at most", 0.4, mine.cpu / scipy.cpu))
        smaller = contest(
            [Entrant(each.name, each.function, {"file": file_of(store_of(contacts // 10, home))}) for each in PEERS], 1
        )
        took += [
            Took(f"{each.name}, {contacts // 10:,} measured, times 10", each.wall * 10, each.cpu * 10, 0, 0)
            for each in smaller
        ]
        notes.append(
            "igraph and NetworkX were measured on a tenth of the contacts and their time multiplied by ten, which is "
            "about right because a county's ties stay within the county; their answers were compared there."
        )
    return Row(f"Shared-patient network of practitioners, {contacts:,} contacts", took, targets, notes)


PEERS = [Entrant("igraph", f"{HERE}:with_igraph", {}), Entrant("NetworkX", f"{HERE}:with_networkx", {})]


def thinned(home: Path, contacts: int, rounds: int = 3) -> Row:
    """The same where only ties of at least ten people are asked for: what is kept takes room, not what is looked at."""
    arguments = {"file": file_of(store_of(contacts, home)), "at_least": LEAST}
    took = contest(
        [Entrant("joinedup", f"{HERE}:ours", arguments), Entrant("scipy.sparse", f"{HERE}:with_scipy", arguments)],
        rounds,
    )
    with_all = contest([Entrant("joinedup, every tie", f"{HERE}:ours", {**arguments, "at_least": 1})], 1)
    return Row(
        f"The same, ties of at least {LEAST} people, {contacts:,} contacts",
        [*took, *with_all],
        [Target("of the memory for every tie, at most", 1, took[0].peak / with_all[0].peak)],
    )
