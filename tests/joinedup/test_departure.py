"""The departure drill: equal to leaving one out, and two out, on any small network; and what it counts of people."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from joinedup.kernels.alone import known_alone
from joinedup.kernels.pieces import neighbours, parts_of, without_each
from joinedup.measures import departure, falling_apart
from tests.joinedup.making import contact, loaded, organisation, patient, to

Ties = list[tuple[int, int]]
STAR = (6, [(0, n) for n in range(1, 6)])
RING = (6, [(n, (n + 1) % 6) for n in range(6)])
CHAIN = (6, [(n, n + 1) for n in range(5)])
DISCONNECTED = (7, [(0, 1), (1, 2), (4, 5), (5, 6)])
KITE = [(0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5), (3, 4), (3, 5), (3, 6), (4, 6), (5, 6),
        (5, 7), (6, 7), (7, 8), (8, 9)]  # fmt: skip


@st.composite
def networks(draw: st.DrawFn, most: int = 11) -> tuple[int, Ties]:
    nodes = draw(st.integers(1, most))
    pairs = list(combinations(range(nodes), 2))
    return nodes, draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []


def made(nodes: int, ties: Ties) -> tuple[np.ndarray, np.ndarray]:
    one = np.array([one for one, _ in ties], np.int32)
    other = np.array([other for _, other in ties], np.int32)
    found: tuple[np.ndarray, np.ndarray] = neighbours(one, other, nodes)
    return found


def others_of(pairs: set[frozenset[int]], *gone: int) -> set[frozenset[int]]:
    return {pair for pair in pairs if not pair & set(gone)}


@settings(deadline=None)
@given(networks())
@example((1, []))
@example((2, [(0, 1)]))
@example((4, []))
@example(STAR)
@example(RING)
@example(CHAIN)
@example(DISCONNECTED)
def test_one_walk_gives_what_leaving_each_out_gives(network: tuple[int, Ties]) -> None:
    nodes, ties = network
    pieces, pairs, together = without_each(*made(nodes, ties), -1)
    joined = falling_apart.plainly(ties, nodes)

    for node in range(nodes):
        left = falling_apart.plainly(ties, nodes, [node])
        mine = {other for pair in joined if node in pair for other in pair} | {node}
        found = {frozenset({n} | {o for pair in left if n in pair for o in pair}) for n in mine - {node}}
        assert pairs[node] == len(others_of(joined, node) - left)
        assert pieces[node] == len(found)
        assert together[node] == len(mine)


@settings(deadline=None)
@given(networks())
@example(RING)
@example(CHAIN)
@example(DISCONNECTED)
def test_two_leaving_lose_what_neither_loses_alone(network: tuple[int, Ties]) -> None:
    nodes, ties = network
    joined = falling_apart.plainly(ties, nodes)
    alone = {node: joined - falling_apart.plainly(ties, nodes, [node]) for node in range(nodes)}
    expected = Counter()
    for u, v in combinations(range(nodes), 2):
        both = others_of(joined, u, v) - falling_apart.plainly(ties, nodes, [u, v])
        if more := len(both - alone[u] - alone[v]):
            expected[u, v] = more

    found = falling_apart.extra_of_two(made(nodes, ties))

    assert Counter(
        {(one, other): more for one, other, more in zip(*(each.tolist() for each in found), strict=True)}
    ) == (expected)


def test_the_cut_points_of_the_kite_are_its_tail() -> None:
    _, pairs, _ = without_each(*made(10, KITE), -1)

    assert [node for node in range(10) if pairs[node]] == [7, 8]


def test_a_chain_of_a_million_is_walked() -> None:
    one = np.arange(999_999, dtype=np.int32)

    pieces, pairs, _ = without_each(*neighbours(one, one + 1, 1_000_000), -1)

    assert (pieces[0], pieces[500_000], pairs[500_000]) == (1, 2, 500_000 * 499_999)


def test_parts_are_counted_with_the_largest() -> None:
    number, largest, part = parts_of(*made(*DISCONNECTED))

    assert (number, largest, part.tolist()) == (3, 3, [0, 0, 0, 1, 2, 2, 2])


dealt = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 2)), max_size=40)


@settings(deadline=None)
@given(dealt)
def test_who_alone_has_dealt_with_whom_is_as_one_by_one(rows: list[tuple[int, int, int]]) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    arrays = [np.array([row[column] for row in rows], np.int32) for column in range(3)]
    plainly = departure.known_plainly(rows)

    known, alone, links, pairs = known_alone(*arrays, 5)

    assert known.tolist() == [len({person for person, one, _ in rows if one == each}) for each in range(5)]
    assert alone.tolist() == [len(plainly["only"].get(each, ())) for each in range(5)]
    assert links.tolist() == [len(plainly["last_links"].get(each, ())) for each in range(5)]
    groups = {(person, group): {o for p, o, g in rows if (p, g) == (person, group)} for person, _, group in rows}
    twos = Counter(tuple(sorted(both)) for both in groups.values() if len(both) == 2)
    assert Counter((key // 5, key % 5) for key in pairs.tolist()) == twos


def test_the_drill_names_whom_only_one_has_dealt_with(tmp_path: Path) -> None:
    def seen(id: str, whom: str, by: str, at: str) -> dict[str, object]:
        return contact(
            id,
            f"2024-03-{int(id):02d}T09:00:00Z",
            subject=to(f"Patient/{whom}"),
            participant=[{"individual": to(f"Practitioner/{by}")}],
            serviceProvider=to(f"Organization/{at}"),
        )

    with loaded(
        tmp_path,
        *(patient(who) for who in "pqr"),
        organisation("elms"),
        organisation("hospital"),
        seen("1", "p", "ann", "elms"),
        seen("2", "q", "ann", "elms"),
        seen("3", "q", "ben", "elms"),
        seen("4", "r", "ann", "elms"),
        seen("5", "r", "cy", "hospital"),
    ) as store:
        found = departure.drill(store, "practitioner")
        organisations = departure.drill(store, "organisation")

    ann = found.table.to_pylist()[0]
    assert ann["number_key"] == "Practitioner/ann"
    assert [ann[name] for name in ("known", "only_theirs", "only_in_organisation", "last_links")] == [3, 1, 2, 1]
    assert (ann["pieces"], ann["pairs_parted"]) == (2, 1)
    two = {(row["one_key"][-3:], row["other_key"][-3:]): row["only_both"] for row in found.pairs.to_pylist()}
    assert two == {("ann", "ben"): 1, ("ann", "/cy"): 1}
    assert {row["number_key"]: row["last_links"] for row in organisations.table.to_pylist()} == {
        "Organization/elms": 0,
        "Organization/hospital": 0,
    }


def test_nobody_can_leave_a_sector(tmp_path: Path) -> None:
    with loaded(tmp_path, patient("p")) as store, pytest.raises(ValueError, match="nobody who can leave"):
        departure.drill(store, "sector")  # type: ignore[arg-type]
