"""
One statement on each engine, over small tables that a test makes.

A test that asks Spark is marked with `pytest.mark.spark`, as EACH_ENGINE marks it: those are run in one process, so
that Spark is started once (`.ci/test`).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from joinedup.engines import words
from joinedup.engines.tongue import moment, with_dollars

Tables = Mapping[str, pa.Table]
Visit = tuple[str, str | None, int | None, int]
"""(patient, provider, day or None, order in which it was read)"""

is_marked = False
"""Whether the test that runs now is marked as one that asks Spark."""

EVERYTHING = {"since": moment(None), "until": moment(None).replace(year=9999)}


def on_duckdb(sql: str, tables: Tables, **given: Any) -> list[dict[str, Any]]:
    with duckdb.connect(":memory:") as db:
        db.execute("SET TimeZone = 'UTC'")
        for word in words.DUCKDB:
            db.execute(word)
        for name, table in tables.items():
            db.register(name, table)
        found: list[dict[str, Any]] = db.sql(with_dollars(sql), params=given or None).to_arrow_table().to_pylist()
        return found


def spark() -> Any:
    """A session of Spark on this machine; skips, with the reason, where there is none."""
    assert is_marked, "A test that asks Spark is to be marked with pytest.mark.spark"
    if not shutil.which("java"):
        pytest.skip("Spark needs Java, which is not installed here")
    pytest.importorskip("pyspark", reason="PySpark is an extra: requirements-spark.txt")
    from joinedup.engines import distributed

    session, _ = distributed.session("local[2]")
    for word in words.SPARK:
        session.sql(word)
    return session


def on_spark(sql: str, tables: Tables, **given: Any) -> list[dict[str, Any]]:
    session = spark()
    for name, table in tables.items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    found: list[dict[str, Any]] = session.sql(sql, args=given).toArrow().to_pylist()
    return found


EACH_ENGINE = pytest.mark.parametrize("on", [on_duckdb, pytest.param(on_spark, marks=pytest.mark.spark)])


def visits_of(made: list[Visit]) -> tuple[pa.Table, list[str], list[str]]:
    """
    A table `visits` at the level of the organisation, whom its patients stand for, and whom its organisations do.
    A provider that is empty is missing; contacts without a time come last.
    """
    people = sorted({who for who, *_ in made})
    providers = sorted({provider for _, provider, *_ in made if provider})
    rows = sorted(made, key=lambda visit: (visit[0], visit[2] is None, visit[2] or 0, visit[3]))
    return (
        pa.table(
            {
                "ordinal": pa.array(range(len(rows)), pa.int64()),
                "patient": pa.array([people.index(who) for who, *_ in rows], pa.int32()),
                "started_at": pa.array([moment(None).replace(year=2024)] * len(rows), pa.timestamp("us", tz="UTC")),
                "organisation": pa.array([providers.index(p) if p else None for _, p, *_ in rows], pa.int32()),
            }
        ),
        people,
        providers,
    )


def as_arrays(visits: pa.Table, level: str = "organisation") -> tuple[Any, Any]:
    """The same as a kernel takes them: patient, and provider with -1 where it is missing."""
    provider = visits[level].fill_null(-1).to_numpy().astype(np.int32)
    return visits["patient"].to_numpy().astype(np.int32), provider
