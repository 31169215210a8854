"""Where each stands, and how like a tree: the kite, the families of Florence, and every shortest way."""

from __future__ import annotations

import csv
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

from joinedup.measures.falling_apart import without_each
from joinedup.measures.likeness_to_a_tree import LikenessToATree, likeness_to_a_tree
from joinedup.measures.position import plainly, positions
from tests.joinedup.conftest import shared_folder
from tests.joinedup.test_departure import KITE, networks

Ties = list[tuple[int, int]]

FLORENCE = """
Acciaiuoli Medici, Albizzi Ginori, Albizzi Guadagni, Albizzi Medici, Barbadori Castellani, Barbadori Medici,
Bischeri Guadagni, Bischeri Peruzzi, Bischeri Strozzi, Castellani Peruzzi, Castellani Strozzi, Guadagni Lamberteschi,
Guadagni Tornabuoni, Medici Ridolfi, Medici Salviati, Medici Tornabuoni, Pazzi Salviati, Peruzzi Strozzi,
Ridolfi Strozzi, Ridolfi Tornabuoni"""
"""Marriages between 15 families; the sixteenth, the Pucci, married into none of them. Padgett and Ansell 1993."""

FAMILIES = sorted({*FLORENCE.replace(",", " ").split(), "Pucci"})
MARRIAGES: Ties = [(FAMILIES.index(a), FAMILIES.index(b)) for a, b in (pair.split() for pair in FLORENCE.split(","))]


def found(ties: Ties, members: int, column: str) -> list[Any]:
    values: list[Any] = positions([a for a, _ in ties], [b for _, b in ties], members)[column].to_pylist()
    return values


def both_ways(ties: Ties) -> Ties:
    return [*ties, *((b, a) for a, b in ties)]


def test_the_kite_is_as_krackhardt_drew_it() -> None:
    between = [0.8333, 0.8333, 0, 3.6667, 0, 8.3333, 8.3333, 14, 8, 0]
    close = [0.5294, 0.5294, 0.5, 0.6, 0.5, 0.6429, 0.6429, 0.6, 0.4286, 0.3103]

    assert found(KITE, 10, "betweenness") == pytest.approx(between, abs=5e-5)
    assert found(KITE, 10, "closeness") == pytest.approx(close, abs=5e-5)


def test_the_medici_stand_between_the_other_families() -> None:
    between = dict(zip(FAMILIES, found(MARRIAGES, 16, "betweenness"), strict=True))

    assert between["Medici"] == pytest.approx(47.5)
    assert max(between, key=between.__getitem__) == "Medici"
    assert found(MARRIAGES, 16, "closeness")[FAMILIES.index("Pucci")] == 0


def test_florence_is_as_like_a_tree_as_sna_finds_it() -> None:
    like = likeness_to_a_tree(both_ways(MARRIAGES), 16)

    assert like.connectedness == pytest.approx(0.875)
    assert like.efficiency == pytest.approx(0.8673469, abs=5e-8)
    assert (like.hierarchy, like.lubness) == (0, 1)


def test_without_the_medici_most_pairs_of_families_lose_each_other() -> None:
    lost = without_each([a for a, _ in MARRIAGES], [b for _, b in MARRIAGES], 16)["parted"].to_pylist()

    parted = {FAMILIES[family]: pairs for family, pairs in enumerate(lost) if pairs}
    assert parted == {"Albizzi": 13, "Guadagni": 13, "Medici": 1 * 2 + 1 * 11 + 2 * 11, "Salviati": 13}


def test_formal_lines_are_a_tree_and_advice_is_not() -> None:
    def arcs(name: str) -> Ties:
        with (shared_folder("networks-advice") / f"{name}.csv").open(encoding="utf-8") as file:
            return [(int(row["to"]) - 1, int(row["from"]) - 1) for row in csv.DictReader(file)]

    assert likeness_to_a_tree(arcs("ht_reports_edges"), 21) == LikenessToATree(1, 1, 1, 1)
    assert likeness_to_a_tree(arcs("ht_advice_edges"), 21).efficiency == pytest.approx(1 - (190 - 20) / 20**2)


@settings(deadline=None)
@given(networks())
def test_positions_are_as_every_shortest_way_gives_them(network: tuple[int, Ties]) -> None:
    members, ties = network

    judged = plainly(ties, members)

    assert found(ties, members, "betweenness") == pytest.approx([between for between, _ in judged])
    assert found(ties, members, "closeness") == pytest.approx([close for _, close in judged])


def test_a_tie_given_twice_or_to_oneself_counts_once_or_not() -> None:
    assert found([(0, 1), (1, 0), (1, 2), (2, 2)], 3, "betweenness") == [0, 1, 0]
    assert likeness_to_a_tree([(0, 1), (0, 1), (1, 1)], 2) == LikenessToATree(1, 1, 1, 1)


def test_one_alone_and_nobody_are_trees() -> None:
    assert likeness_to_a_tree([], 0) == likeness_to_a_tree([], 1) == LikenessToATree(1, 1, 1, 1)


def test_everybody_above_everybody_is_no_tree() -> None:
    assert likeness_to_a_tree(both_ways(list(combinations(range(4), 2))), 4) == LikenessToATree(1, 0, 0, 1)


def test_two_heads_of_the_same_people_leave_them_without_one_nearest() -> None:
    like = likeness_to_a_tree([(0, 2), (0, 3), (1, 2), (1, 3)], 4)

    assert like.lubness == pytest.approx(1 - 2 / 3)  # the two heads have nobody above them; the two others have both
    assert like.efficiency == pytest.approx(1 - 1 / 9)
