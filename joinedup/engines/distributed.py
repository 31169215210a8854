"""
Apache Spark, on this machine or on a cluster, over the same Parquet files and the same SQL.

Needs the extra `pip install manyhands[spark]` and Java 17. A cluster must be able to read the store at the path given.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from joinedup.engines import words
from joinedup.engines.tongue import values_of
from joinedup.records.store import ONLY, Store
from joinedup.records.tables import ALL_TABLES, Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOCAL = "local[*]"
_SPARKS = {"VARCHAR": "STRING", "TIMESTAMPTZ": "TIMESTAMP"}
"""Spark's names of the types that it calls otherwise."""


class EngineMissing(Exception):
    """The engine that was asked for is not installed, or cannot be started here."""


class Distributed:
    """
    A store, asked by Spark. `master` is a cluster's address; a session that runs already, as on a service that gives
    one, is used as it is.

    Raises EngineMissing, saying what to install, when PySpark or Java is not there.
    """

    name = "spark"
    _in_hand: ClassVar[Distributed | None] = None
    """Whose tables the session has now."""

    def __init__(self, store: Store, master: str = LOCAL) -> None:
        self.store = store
        self._spark, self._ours = session(master)
        for statement in words.SPARK:
            self._spark.sql(statement)
        self._views: dict[str, DataFrame] = {}
        if store.people is not None:
            self._call("people", self._spark.createDataFrame(store.people))
        for table in ALL_TABLES:
            path = (store.folder / f"{table.name}.parquet").absolute().as_uri()
            rows = self._spark.read.schema(_schema(table)).parquet(path)
            if store.people is not None and table.name in ONLY:
                self._call(f"everybodys_{table.name}", rows)
                rows = self._spark.sql(f"SELECT * FROM everybodys_{table.name} {ONLY[table.name]}")
            self._call(table.name, rows)
        Distributed._in_hand = self

    def _call(self, name: str, rows: DataFrame) -> None:
        self._views[name] = rows
        rows.createOrReplaceTempView(name)

    def run(self, sql: str, **given: Any) -> pa.Table:
        """The answer of one statement in the common tongue, as Arrow. Raises ValueError for a value left out."""
        asked = values_of(sql)
        if missing := asked - set(given):
            raise ValueError(f"The statement needs values for {', '.join(sorted(missing))}")
        if Distributed._in_hand is not self:
            # Names of tables belong to the session, which several stores share.
            for name, rows in self._views.items():
                rows.createOrReplaceTempView(name)
            Distributed._in_hand = self
        return self._spark.sql(sql, args={name: given[name] for name in asked}).toArrow()

    def close(self) -> None:
        """Stop Spark, if it was started here."""
        Distributed._in_hand = None
        if self._ours:
            self._spark.stop()


def _schema(table: Table) -> str:
    """The columns of a table as Spark writes them: told, it need not open the files to know them."""
    return ", ".join(f"`{name}` {_SPARKS.get(kind, kind)}" for name, kind in table.schema())


def session(master: str) -> tuple[SparkSession, bool]:
    """A session to use, and whether it was started here."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise EngineMissing(
            "The engine spark is not installed. Install it with `pip install manyhands[spark]`, and Java 17; "
            "or leave out --engine, and DuckDB is used."
        ) from missing
    running = SparkSession.getActiveSession()
    if running is not None:
        running.conf.set("spark.sql.session.timeZone", "UTC")
        return running, False
    builder = SparkSession.builder.appName("joinedup")
    builder = builder.remote(master) if master.startswith("sc://") else builder.master(master)
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(max(2, os.cpu_count() or 2)) if master.startswith("local") else "200",
        "spark.log.level": "ERROR",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate(), True
    except Exception as wrong:  # Java's own come through as py4j's, which is a part of PySpark's insides
        raise EngineMissing(
            f"Spark could not be started at {master} ({type(wrong).__name__}). It needs Java 17 (`java -version` shows "
            "it) and, for a cluster, an address that answers: --master spark://host:7077 or sc://host."
        ) from wrong
