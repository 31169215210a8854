"""Every measure says the same on Spark as on DuckDB, of a made-up place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import joinedup
from demo import records
from joinedup.asked_in_python import measured
from joinedup.measures.care_density import care_density
from joinedup.measures.departure import drill
from tests.joinedup.made_up_acts import busy, written
from tests.joinedup.made_up_lists import practices_in_networks, who_turns_to_whom
from tests.joinedup.on_engines import spark

pytestmark = pytest.mark.spark
WITHIN = "12 months"
ASKED: dict[str, list[dict[str, Any]]] = {
    "before-and-after": [
        {"what": "hand-offs", "on": "2025-08-01"},
        {"what": "coc", "on": "2025-08-01", "per": "person"},
    ],
    "continuity": [{"by": "practitioner", "within": WITHIN}],
    "hand-offs": [{"by": "sector", "within": WITHIN}],
}
"""With what each measure is asked; as is usual, where nothing is said."""
MEASURES = [(name, options) for name in measured() for options in ASKED.get(name, [{}])]


class Both:
    """The same store, opened by each engine."""

    def __init__(self, folder: Path) -> None:
        self.duckdb, self.spark = joinedup.open_store(folder), joinedup.open_store(folder, engine="spark")

    def agree(self, ask: str, *what: Any, **options: Any) -> pa.Table:
        """What both say, once it is seen to be the same."""
        one = getattr(self.duckdb, ask)(*what, **options)
        other = getattr(self.spark, ask)(*what, **options)
        assert one.said == other.said
        same(one.arrow(), other.arrow())
        return one.arrow()


def same(one: pa.Table, other: pa.Table) -> None:
    assert one.column_names == other.column_names
    assert one.num_rows == other.num_rows
    for name in one.column_names:
        expected, found = one[name], other[name]
        if pa.types.is_floating(expected.type):
            assert found.is_null().equals(expected.is_null()), name
            assert found.drop_null().to_pylist() == pytest.approx(expected.drop_null().to_pylist(), rel=1e-9), name
        else:
            assert found.to_pylist() == expected.to_pylist(), name


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    spark()
    made = tmp_path_factory.mktemp("engines")
    records.write(records.Wanted(150), made / "records", processes=1)
    lists = [*who_turns_to_whom(made), practices_in_networks(made)]
    joinedup.load(made / "records", written(made, busy()), *lists, into=made / "store")
    opened = Both(made / "store")
    yield opened
    opened.spark.close()
    opened.duckdb.close()


@pytest.mark.parametrize(("name", "options"), MEASURES, ids=[name for name, _ in MEASURES])
def test_every_measure_is_the_same_on_both_engines(both: Both, name: str, options: dict[str, Any]) -> None:
    assert both.agree("measure", name, **options).num_rows


@pytest.mark.parametrize("by", ["practitioner", "organisation", "profession"])
def test_the_drill_is_the_same_on_both_engines_by_the_same_kernels(both: Both, by: str) -> None:
    who = {"practitioners": True} if by == "practitioner" else {"by": by}

    assert both.agree("drill", **who).num_rows > 3


def test_two_leaving_and_leaving_out_those_whom_everybody_has_are_the_same_on_both_engines(both: Both) -> None:
    assert both.agree("drill", practitioners=True, pairs=True).num_rows > 3
    assert both.agree("drill", practitioners=True, without_sector="General practice").num_rows > 3


@pytest.mark.parametrize("kind", ["shared-patients", "handed-over", "worked-together", "subcontracted"])
def test_every_network_is_the_same_on_both_engines(both: Both, kind: str) -> None:
    assert both.agree("network", kind=kind, by="practitioner").num_rows > 3


def test_who_does_the_same_things_is_the_same_on_both_engines(tmp_path: Path) -> None:
    spark()
    lines = [f"case{n % 7},2024-01-{1 + n % 28:02},{'xyz'[n * n % 3]},{'abcd'[n % 4]}" for n in range(60)]
    (tmp_path / "log.csv").write_text("\n".join(["case_id,timestamp,activity,organisation", *lines]), encoding="utf-8")
    joinedup.load(tmp_path / "log.csv", into=tmp_path / "store")

    assert Both(tmp_path / "store").agree("network", kind="alike", within="ever").num_rows > 3


def test_ties_over_time_are_the_same_on_both_engines(both: Both) -> None:
    assert both.agree("network", every="6 months", periods=2, heaviest=3).num_rows


def test_care_density_weighed_by_profession_is_the_same_on_both_engines(both: Both) -> None:
    tables = [
        care_density(each.store, weights={("gp", "nurse"): 2.0}, otherwise=1.0, engine=each.engine).table
        for each in (both.duckdb, both.spark)
    ]

    same(*tables)
    assert tables[0]["fragmented"].null_count < tables[0].num_rows


def test_a_chart_of_some_people_leaves_the_store_on_spark_as_it_was(both: Both) -> None:
    people = both.duckdb.measure("continuity").arrow()["patient"].to_pylist()[:20]
    everybody = both.spark.measure("continuity").arrow()

    charts = [each.chart("coc", within="3 months", people=people) for each in (both.duckdb, both.spark)]

    same(charts[0].table.arrow(), charts[1].table.arrow())
    same(both.spark.measure("continuity").arrow(), everybody)


def test_the_report_is_the_same_page_on_both_engines(both: Both) -> None:
    pages = [each.report("A place", within="6 months").html for each in (both.duckdb, both.spark)]

    assert pages[0] == pages[1]


def test_who_met_whom_comes_from_spark_once_each_and_not_once_for_every_contact(both: Both) -> None:
    asked: list[str] = []

    class Listening:
        name = "spark"

        def run(self, sql: str, **given: Any) -> pa.Table:
            found = both.spark.engine.run(sql, **given)
            asked.append(f"{found.num_rows} of {len(both.duckdb.store.query('FROM visits'))}")
            return found

        def close(self) -> None:
            """Nothing of its own."""

    drill(both.duckdb.store, "team", None, engine=Listening())

    rows, contacts = (int(part) for part in asked[0].split(" of "))
    assert rows * 2 < contacts
