"""Measures of continuity: published values, worked sequences, laws, and the query against the plain formulas."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.measures import coc, continuity, hand_offs, mmci, secon, upc

MEASURES = ("coc", "upc", "secon", "mmci")
Visit = tuple[str, str | None, int | None, int]
"""(patient, provider, day or None, ordinal)"""


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as db:
        yield db


def measured(db: duckdb.DuckDBPyConnection, visits: list[Visit], sql: str = continuity.SQL) -> list[dict[str, object]]:
    """What the query gives for any visits."""
    schema = pa.schema(
        [("patient", pa.string()), ("provider", pa.string()), ("started_at", pa.int64()), ("ordinal", pa.int64())]
    )
    columns = list(zip(*visits, strict=True)) or [(), (), (), ()]
    with db.cursor() as cursor:
        cursor.register(
            "given",
            pa.table(
                [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
            ),
        )
        found: list[dict[str, object]] = cursor.sql(sql.format(visits="FROM given")).to_arrow_table().to_pylist()
        return found


def one(db: duckdb.DuckDBPyConnection, providers: str) -> dict[str, object]:
    (found,) = measured(db, [("p", provider, None, n) for n, provider in enumerate(providers)])
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
    engine: duckdb.DuckDBPyConnection, sequence: str, coc: float, upc: float, secon: float, mmci: float, handed: int
) -> None:
    expected = [pytest.approx(value, abs=5e-5) for value in (coc, upc, secon, mmci)]

    for found in (one(engine, sequence), continuity.plainly(sequence)):
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
def test_coc_is_as_in_the_table_of_magill_and_senf(
    engine: duckdb.DuckDBPyConnection, distribution: tuple[int, ...], published: float
) -> None:
    sequence = "".join(letter * n for letter, n in zip(string.ascii_uppercase, distribution, strict=False))

    assert one(engine, sequence)["coc"] == pytest.approx(published, abs=0.005)


@pytest.mark.parametrize(("distribution", "formula"), [("AB", 0.0909), ("AAB", 0.5238)])
def test_mmci_follows_its_formula_where_the_printed_table_is_loosely_rounded(
    engine: duckdb.DuckDBPyConnection, distribution: str, formula: float
) -> None:
    assert one(engine, distribution)["mmci"] == pytest.approx(formula, abs=5e-5)


def test_one_visit_has_no_continuity_and_never_nought_or_one(engine: duckdb.DuckDBPyConnection) -> None:
    for found in (one(engine, "A"), continuity.plainly("A")):
        assert [found["coc"], found["secon"], found["mmci"]] == [None, None, None]
        assert found["upc"] == 1


def test_no_visits_at_all_give_nobody(engine: duckdb.DuckDBPyConnection) -> None:
    assert measured(engine, []) == []
    assert [each.plainly([]) for each in (coc, upc, secon, mmci)] == [None] * 4


def test_visits_are_ordered_by_time_however_they_are_recorded(engine: duckdb.DuckDBPyConnection) -> None:
    visits: list[Visit] = [("p", "Dr1", 4, 0), ("p", "Dr2", 1, 1), ("p", "Dr1", 3, 2), ("p", "Dr1", 2, 3)]

    (found,) = measured(engine, visits)

    assert found["secon"] == pytest.approx(2 / 3)
    assert found["coc"] == 0.5


def test_ties_in_time_are_broken_by_the_order_of_the_records(engine: duckdb.DuckDBPyConnection) -> None:
    same_moment: list[Visit] = [("p", "A", 1, 2), ("p", "B", 1, 1), ("p", "B", 1, 0)]

    (found,) = measured(engine, same_moment)

    assert (found["secon"], found["hand_offs"]) == (0.5, 1)


def test_visits_without_a_time_come_last(engine: duckdb.DuckDBPyConnection) -> None:
    (found,) = measured(engine, [("p", "B", None, 0), ("p", "A", 1, 1), ("p", "A", 2, 2)])

    assert found["secon"] == 0.5


@pytest.mark.parametrize(
    ("providers", "contacts", "expected"), [(["A", None, "A", "B"], 3, 1 / 3), (["C", "", "C"], 2, 1)]
)
def test_visits_without_a_provider_are_dropped_before_counting(
    engine: duckdb.DuckDBPyConnection, providers: list[str | None], contacts: int, expected: float
) -> None:
    (found,) = measured(engine, [("p", provider, n, n) for n, provider in enumerate(providers)])

    assert (found["contacts"], found["coc"]) == (contacts, pytest.approx(expected))
    assert continuity.plainly(providers)["coc"] == pytest.approx(expected)


def test_a_provider_called_na_or_a_question_mark_is_a_provider(engine: duckdb.DuckDBPyConnection) -> None:
    (found,) = measured(engine, [("NA", provider, n, n) for n, provider in enumerate(["NA", "?", "null"])])

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


@settings(deadline=None)  # a query each, on machines that others use too
@given(visits)
def test_the_query_gives_what_the_plain_formulas_give(engine: duckdb.DuckDBPyConnection, made: list[Visit]) -> None:
    plainly = {who: continuity.plainly(seen) for who, seen in in_order(made).items()}

    found = {row["patient"]: row for row in measured(engine, made)}

    assert found.keys() == plainly.keys()
    for who, expected in plainly.items():
        assert {name: found[who][name] for name in expected} == pytest.approx(expected)


@settings(deadline=None)  # a query each, on machines that others use too
@given(visits)
def test_the_network_of_hand_offs_is_the_plain_count(engine: duckdb.DuckDBPyConnection, made: list[Visit]) -> None:
    found = measured(engine, made, continuity.NETWORK)

    counted = {(row["from_provider"], row["to_provider"]): row["times"] for row in found}
    assert counted == hand_offs.network_plainly(list(in_order(made).values()))


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
