"""Ties by people in common: the kernel against counting each pair, with a least weight and the heaviest of each."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.__main__ import joinedup
from joinedup.engines.tongue import moment, statement
from joinedup.kernels.meetings import met
from joinedup.kernels.ties import heaviest, shared_people
from joinedup.measures import networks
from joinedup.measures.ties_over_time import ties_over_time
from joinedup.records.store import Store
from tests.joinedup.making import contact, loaded, patient, to
from tests.joinedup.on_engines import EVERYTHING, on_duckdb, on_spark

Dealt = list[tuple[int, int]]
dealt = st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 5)), max_size=50).map(sorted)


def lists(rows: Dealt) -> tuple[np.ndarray, np.ndarray, int]:
    patient, provider = (np.array([row[column] for row in rows], np.int32) for column in range(2))
    _, starts, members, most = met(patient, provider)
    return starts, members, most


def found(ties: tuple[np.ndarray, ...]) -> dict[tuple[int, int], int]:
    return {(one, other): shared for one, other, shared in zip(*(each.tolist() for each in ties), strict=True)}


@settings(deadline=None)
@given(dealt, st.integers(1, 3))
def test_ties_are_the_people_both_have_dealt_with(rows: Dealt, at_least: int) -> None:
    plainly = {pair: shared for pair, shared in networks.plainly(rows).items() if shared >= at_least}

    assert found(shared_people(*lists(rows), at_least)) == plainly


@settings(deadline=None)
@given(dealt, st.integers(1, 3))
def test_the_heaviest_ties_of_each_are_kept_from_either_end(rows: Dealt, most: int) -> None:
    plainly = networks.plainly(rows)
    kept = set()
    for one in {end for pair in plainly for end in pair}:
        mine = sorted((-shared, sum(pair) - one, pair) for pair, shared in plainly.items() if one in pair)
        kept |= {pair for *_, pair in mine[:most]}

    assert found(heaviest(*lists(rows), 1, most)) == {pair: plainly[pair] for pair in kept}


def on(engine: Any, rows: Dealt, at_least: int, most: int) -> list[dict[str, Any]]:
    visits = pa.table(
        {
            "patient": pa.array([who for who, _ in rows], pa.int32()),
            "organisation": pa.array([by if by >= 0 else None for _, by in rows], pa.int32()),
            "started_at": pa.array([moment(date(2024, 1, 1))] * len(rows), pa.timestamp("us", tz="UTC")),
        }
    )
    sql = statement("networks", by="organisation")
    asked: list[dict[str, Any]] = engine(sql, {"visits": visits}, at_least=at_least, most=most, **EVERYTHING)
    return asked


def is_as_the_kernel_has_it(engine: Any, rows: Dealt, at_least: int, most: int) -> None:
    asked = on(engine, rows, at_least, most)

    assert {(row["one"], row["other"]): row["shared"] for row in asked} == found(heaviest(*lists(rows), at_least, most))
    for row in asked:
        for end in ("one", "other"):
            assert row[f"of_{end}"] == len({who for who, by in rows if by == row[end]})


@settings(deadline=None, max_examples=60)  # a query each, on machines that others use too
@given(dealt, st.integers(1, 3), st.integers(1, 3))
def test_the_query_keeps_the_same_ties_as_the_kernel(rows: Dealt, at_least: int, most: int) -> None:
    is_as_the_kernel_has_it(on_duckdb, rows, at_least, most)


@pytest.mark.spark
@pytest.mark.parametrize("most", [1, 2, 50])
def test_spark_keeps_the_same_ties_as_the_kernel(most: int) -> None:
    is_as_the_kernel_has_it(on_spark, sorted((n % 7, (n * n) % 5 - 1) for n in range(40)), 1, most)


def test_ties_are_said_with_how_many_people_each_end_has_dealt_with(tmp_path: Path) -> None:
    met_by = {"p": ("ann", "ben"), "q": ("ann", "ben"), "r": ("ann",)}
    with seeing(tmp_path, [(who, by, "2024-03-01") for who, each in met_by.items() for by in each]) as store:
        (row,) = networks.network(store, "practitioner").table.to_pylist()

    assert (row["shared"], row["of_one"], row["of_other"]) == (2, 3, 2)
    assert row["closeness"] == pytest.approx(2 / 6**0.5)


def seeing(folder: Path, met_on: list[tuple[str, str, str]]) -> Store:
    """A store in which people met practitioners on days."""
    people = {who for who, *_ in met_on}
    contacts = [
        contact(
            f"c{n}",
            f"{day}T09:00:00Z",
            subject=to(f"Patient/{who}"),
            participant=[{"individual": to(f"Practitioner/{by}")}],
        )
        for n, (who, by, day) in enumerate(met_on)
    ]
    return loaded(folder, *map(patient, sorted(people)), *contacts)


OVER_TIME = [
    *[(who, by, "2024-03-31") for who in "pq" for by in ("ann", "ben", "cy")],
    *[(who, by, "2024-06-30") for who in "p" for by in ("ann", "ben", "dee")],
    ("p", "ann", "2024-04-01"),
]


def test_ties_over_time_are_new_lasting_or_gone(tmp_path: Path) -> None:
    with seeing(tmp_path, OVER_TIME) as store:
        over = ties_over_time(store, "practitioner", 3, 3)

    fates = {
        (row["period"], row["one_key"][-3:], row["other_key"][-3:]): (row["fate"], row["before"], row["shared"])
        for row in over.table.to_pylist()
    }
    spring = date(2024, 4, 1)
    assert fates[spring, "ann", "ben"] == ("lasting", 2, 1)
    assert fates[spring, "ann", "dee"] == ("new", 0, 1)
    assert fates[spring, "ben", "/cy"] == ("gone", 2, 0)
    rows = over.periods.to_pylist()
    assert [(row["period"], row["until"], row["members"], row["ties"]) for row in rows] == [
        (date(2023, 10, 1), date(2024, 1, 1), 0, 0),
        (date(2024, 1, 1), spring, 3, 3),
        (spring, date(2024, 7, 1), 3, 3),
    ]
    assert [row["lasting_share"] for row in rows] == [None, None, pytest.approx(1 / 3)]
    assert (rows[2]["new"], rows[2]["lasting"], rows[2]["gone"]) == (2, 1, 2)


def test_more_ties_than_there_are_can_be_asked_for(tmp_path: Path) -> None:
    with seeing(tmp_path, OVER_TIME) as store:
        every, as_many = (networks.network(store, "practitioner", most=most).table for most in (None, 10**12))

    assert every.equals(as_many)


@pytest.mark.parametrize("last", [date(2023, 2, 28), date(2024, 10, 30), date(2024, 5, 31), date(2024, 12, 31)])
def test_periods_follow_one_another_without_a_gap_whatever_the_day(tmp_path: Path, last: date) -> None:
    with seeing(tmp_path, [("p", "ann", "2022-01-01")]) as store:
        rows = ties_over_time(store, "practitioner", 4, 5, last).periods.to_pylist()

    assert all(row["until"] == after["period"] for row, after in pairwise(rows))


def test_the_command_says_how_many_ties_lasted(tmp_path: Path) -> None:
    seeing(tmp_path, OVER_TIME).close()
    words = ["network", str(tmp_path / "store"), "--by", "practitioner", "--every", "3 months", "--periods", "2"]

    said = CliRunner().invoke(joinedup, words)

    assert said.exit_code == 0, said.output
    assert "from 1 April 2024: 3 ties among 3; 1 lasting (33% of those before), 2 new, 2 gone." in said.output


def test_what_is_for_shared_patients_alone_is_said_to_be(tmp_path: Path) -> None:
    seeing(tmp_path, OVER_TIME).close()

    said = CliRunner().invoke(joinedup, ["network", str(tmp_path / "store"), "--kind", "alike", "--every", "3 months"])

    assert said.exit_code == 2
    assert "are for shared patients" in said.output


def test_somebody_with_a_thousand_providers_costs_no_more_than_their_pairs() -> None:
    rows = [(0, provider) for provider in range(1_000)]

    ties = found(shared_people(*lists(rows), 1))

    assert Counter(ties.values()) == {1: len(list(combinations(range(1_000), 2)))}
