"""Measures of continuity: published values, worked sequences, laws, and the query against the plain formulas."""

from __future__ import annotations

import string
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.engines.tongue import statement
from joinedup.measures import coc, continuity, hand_offs, mmci, secon, upc
from tests.joinedup.on_engines import EVERYTHING, Visit, as_arrays, on_duckdb, on_spark, visits_of

MEASURES = ("coc", "upc", "secon", "mmci")
SQL = statement("continuity", by="organisation")


def measured(visits: list[Visit], on: Any = None) -> list[dict[str, Any]]:
    """What one pass over any visits gives, or the SQL on an engine, with names put in for numbers."""
    table, people, providers = visits_of(visits)
    if on is None:
        found = continuity.over(*as_arrays(table), len(providers)).to_pylist()
    else:
        found = on(SQL, {"visits": table}, **EVERYTHING)
    return [row | {"patient": people[row["patient"]], "usual": providers[row["usual"]]} for row in found]


def one(providers: str) -> dict[str, Any]:
    (found,) = measured([("p", provider, None, n) for n, provider in enumerate(providers)])
    return found


WORKED = [
    # sequence, COC, UPC, SECON, MMCI, hand-offs: reference/measures.md section 2
    ("AAAABBBC", 18 / 56, 0.5, 0.7143, 0.7183, 2),
    ("AAAABBCC", 16 / 56, 0.5, 0.7143, 0.7183, 2),
    ("AAAAAAAABB", 58 / 90, 0.8, 0.8889, 0.8901, 1),
    ("AAABBC", 8 / 30, 0.5, 0.6, 0.6078, 2),
    ("AABACAADAABA", 58 / 132, 0.6667, 3 / 11, 0.7297, 8),
    ("AAABB", 0.4, 0.6, 0.75, 0.7561, 1),
    ("ABABAB", 0.4, 0.5, 0, 0.8039, 5),
    ("ABCDE", 0, 0.2, 0, 0.0244, 4),
    ("AAAAA", 1, 1, 1, 1, 0),
]


@pytest.mark.parametrize(("sequence", "coc", "upc", "secon", "mmci", "handed"), WORKED)
def test_worked_sequences_come_out_of_the_query_and_of_the_plain_formula(
    sequence: str, coc: float, upc: float, secon: float, mmci: float, handed: int
) -> None:
    expected = [pytest.approx(value, abs=5e-5) for value in (coc, upc, secon, mmci)]

    for found in (one(sequence), continuity.plainly(sequence)):
        assert [found[name] for name in MEASURES] == expected
        assert found["hand_offs"] == handed


MAGILL_AND_SENF = [
    ((2, 1), 0.33),
    ((3, 1), 0.50),
    ((2, 2), 0.33),
    ((2, 1, 1), 0.17),
    ((4, 1), 0.60),
    ((3, 2), 0.40),
    ((3, 1, 1), 0.30),
    ((2, 2, 1), 0.20),
    ((2, 1, 1, 1), 0.10),
    ((3, 2, 1), 0.27),
]


@pytest.mark.parametrize(("distribution", "published"), MAGILL_AND_SENF)
def test_coc_is_as_in_the_table_of_magill_and_senf(distribution: tuple[int, ...], published: float) -> None:
    sequence = "".join(letter * n for letter, n in zip(string.ascii_uppercase, distribution, strict=False))

    assert one(sequence)["coc"] == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(("distribution", "formula"), [("AB", 0.0909), ("AAB", 0.5238)])
def test_mmci_follows_its_formula_where_the_printed_table_is_loosely_rounded(distribution: str, formula: float) -> None:
    assert one(distribution)["mmci"] == pytest.approx(formula, abs=5e-5)


def test_one_visit_has_no_continuity_and_never_nought_or_one() -> None:
    for found in (one("A"), continuity.plainly("A")):
        assert [found["coc"], found["secon"], found["mmci"]] == [None, None, None]
        assert found["upc"] == 1


def test_no_visits_at_all_give_nobody() -> None:
    assert measured([]) == []
    assert [each.plainly([]) for each in (coc, upc, secon, mmci)] == [None] * 4


def test_visits_are_ordered_by_time_however_they_are_recorded() -> None:
    visits: list[Visit] = [("p", "Dr1", 4, 0), ("p", "Dr2", 1, 1), ("p", "Dr1", 3, 2), ("p", "Dr1", 2, 3)]

    (found,) = measured(visits)

    assert found["secon"] == pytest.approx(2 / 3)
    assert found["coc"] == 0.5


def test_ties_in_time_are_broken_by_the_order_of_the_records() -> None:
    same_moment: list[Visit] = [("p", "A", 1, 2), ("p", "B", 1, 1), ("p", "B", 1, 0)]

    (found,) = measured(same_moment)

    assert (found["secon"], found["hand_offs"]) == (0.5, 1)


def test_visits_without_a_time_come_last() -> None:
    (found,) = measured([("p", "B", None, 0), ("p", "A", 1, 1), ("p", "A", 2, 2)])

    assert found["secon"] == 0.5


@pytest.mark.parametrize(
    ("providers", "contacts", "expected"), [(["A", None, "A", "B"], 3, 1 / 3), (["C", "", "C"], 2, 1)]
)
def test_visits_without_a_provider_are_dropped_before_counting(
    providers: list[str | None], contacts: int, expected: float
) -> None:
    (found,) = measured([("p", provider, n, n) for n, provider in enumerate(providers)])

    assert (found["contacts"], found["coc"]) == (contacts, pytest.approx(expected))
    assert continuity.plainly(providers)["coc"] == pytest.approx(expected)


def test_a_provider_called_na_or_a_question_mark_is_a_provider() -> None:
    (found,) = measured([("NA", provider, n, n) for n, provider in enumerate(["NA", "?", "null"])])

    assert (found["patient"], found["providers"]) == ("NA", 3)


providers = st.sampled_from(["A", "B", "C", "D", None, "", "?"])
visits = st.lists(
    st.tuples(st.sampled_from(["p", "q", "r"]), providers, st.one_of(st.none(), st.integers(0, 5))), max_size=40
).map(lambda listed: [(who, provider, at, n) for n, (who, provider, at) in enumerate(listed)])


def in_order(made: list[Visit]) -> dict[str, list[str]]:
    """Each person's providers in order, plainly: without a time last, ties as recorded, without a provider dropped."""
    found: dict[str, list[str]] = {}
    for who, provider, _, _ in sorted(made, key=lambda visit: (visit[2] is None, visit[2] or 0, visit[3])):
        if provider:
            found.setdefault(who, []).append(provider)
    return found


def as_plainly(made: list[Visit], found: list[dict[str, Any]]) -> None:
    """What was found is what the plain formulas give."""
    plainly = {who: continuity.plainly(seen) for who, seen in in_order(made).items()}
    by_person = {row["patient"]: row for row in found}
    assert by_person.keys() == plainly.keys()
    for who, expected in plainly.items():
        assert {name: by_person[who][name] for name in expected} == pytest.approx(expected)


@given(visits)
def test_one_pass_over_the_visits_gives_what_the_plain_formulas_give(made: list[Visit]) -> None:
    as_plainly(made, measured(made))


@settings(deadline=None)  # a query each, on machines that others use too
@given(visits)
def test_the_query_gives_what_one_pass_gives(made: list[Visit]) -> None:
    assert measured(made, on_duckdb) == [pytest.approx(row) for row in measured(made)]


@pytest.mark.spark
def test_spark_gives_what_the_plain_formulas_give_from_the_same_query() -> None:
    made = [(who, who_by, n % 7, n) for n, who in enumerate("ppqrpqqrrrpps" * 9) for who_by in ("ABC?"[n % 4],)]

    as_plainly(made, measured(made, on_spark))


sequences = st.lists(st.sampled_from("ABCDE"), min_size=2, max_size=40)


@given(sequences)
def test_measures_lie_between_nought_and_one_and_are_one_only_with_one_provider(seen: list[str]) -> None:
    found = continuity.plainly(seen)

    assert all(0 <= (found[name] or 0) <= 1 for name in MEASURES)
    assert (found["coc"] == 1) == (len(set(seen)) == 1)


@given(sequences, st.randoms())
def test_order_matters_to_secon_alone(seen: list[str], chance: object) -> None:
    shuffled = seen[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert [each.plainly(shuffled) for each in (coc, upc, mmci)] == [each.plainly(seen) for each in (coc, upc, mmci)]


@given(sequences)
def test_what_providers_are_called_changes_nothing(seen: list[str]) -> None:
    renamed = [f"the {provider.lower()} practice" for provider in seen]

    assert continuity.plainly(renamed) == continuity.plainly(seen)


@given(sequences)
def test_one_more_contact_with_the_usual_provider_never_lowers_continuity(seen: list[str]) -> None:
    usual, _ = Counter(seen).most_common(1)[0]

    for each in (upc, mmci):
        assert (each.plainly([*seen, usual]) or 0) >= (each.plainly(seen) or 0) - 1e-12
    if len(set(seen)) > 1:
        assert (coc.plainly([*seen, usual]) or 0) >= (coc.plainly(seen) or 0) - 1e-12


@given(sequences)
def test_hand_offs_and_stays_add_up_to_the_pairs(seen: list[str]) -> None:
    pairs = len(seen) - 1

    assert hand_offs.plainly(seen) + round((secon.plainly(seen) or 0) * pairs) == pairs
