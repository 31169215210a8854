"""
Apache Spark beside DuckDB, with the same SQL on the same Parquet: continuity of everybody, on this machine's two cores.

Spark is started before it is measured. What starting costs is not in its time; each statement's planning is.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measures.contacts import file_of, store_of
from benchmarks.measures.contest import Entrant, Took, contest
from benchmarks.measures.entrant import Work
from benchmarks.measures.page import Row

HERE = "benchmarks.measures.engines"


def _asked(opened: Any, engine: Any) -> Work:
    from joinedup.engines.tongue import statement
    from joinedup.measures.asking import Window

    window = Window.of(opened)
    sql = statement("continuity", by="organisation")
    return Work(lambda: engine.run(sql, **window.values()), _answer)


def _answer(found: Any) -> dict[str, Any]:
    frame = found.to_pandas().sort_values("patient")
    return {
        "patient": frame["patient"].to_numpy().astype(np.int64),
        "hand_offs": frame["hand_offs"].to_numpy().astype(np.int64),
        **{name: frame[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("coc", "upc", "secon", "mmci")},
    }


def kernel(store: str) -> Work:
    from joinedup.measures import continuity
    from joinedup.measures.asking import Window
    from joinedup.records.store import Store

    opened = Store(store)
    window = Window.of(opened)
    return Work(lambda: continuity.everybody(opened, "organisation", window), _answer)


def on_duckdb(store: str) -> Work:
    from joinedup.engines.embedded import Embedded
    from joinedup.records.store import Store

    opened = Store(store)
    return _asked(opened, Embedded(opened))


def on_spark(store: str) -> Work:
    from joinedup.engines.distributed import Distributed
    from joinedup.records.store import Store

    opened = Store(store)
    return _asked(opened, Distributed(opened, "local[2]"))


def rows(home: Path, sizes: tuple[int, ...] = (100_000, 1_000_000, 10_000_000), rounds: int = 3) -> list[Row]:
    if not shutil.which("java"):
        return []
    found = []
    for contacts in sizes:
        arguments = {"store": str(store_of(contacts, home))}
        took = contest(
            [
                Entrant("joinedup, by its kernel", f"{HERE}:kernel", arguments),
                Entrant("the SQL on DuckDB", f"{HERE}:on_duckdb", arguments),
                Entrant("the SQL on Spark, local[2]", f"{HERE}:on_spark", arguments),
            ],
            rounds,
        )
        notes = [said(took, contacts, file_of(Path(arguments["store"])))] if contacts == max(sizes) else []
        found.append(Row(f"Continuity of everybody on each engine, {contacts:,} contacts", took, (), notes))
    return found


A_COUNTRY = 600_000_000
"""Contacts of England's general practices, hospitals and community services in a year, as we reckon them: a guess."""


def said(took: list[Took], contacts: int, file: str) -> str:
    """From what size on a cluster would be the faster, as far as these figures let one say."""
    kernel, duckdb, spark = took
    times, cores = spark.wall / duckdb.wall, spark.cpu / kernel.cpu
    bytes_each = Path(file).stat().st_size / contacts
    disk = 2e12
    verdict = (
        f"Here one machine wins: the same SQL takes Spark {times:.1f} times as long as DuckDB, and "
        f"{spark.wall / kernel.wall:.0f} times as long as the kernel that the default engine runs."
        if times > 1
        else f"Here the same SQL takes Spark {times:.2f} times as long as DuckDB: Spark wins."
    )
    return (
        f"{verdict} In time of the processors Spark's statement costs {cores:.0f} times the kernel's, so a cluster "
        f"needs more than {cores:.0f} times as many cores as the kernel uses, all busy, to be faster at all. At "
        f"the kernel's rate a year of a country (some {A_COUNTRY:,} contacts, as we reckon) takes one machine "
        f"{A_COUNTRY / contacts * kernel.wall:,.0f} seconds, if the straight line that growth was so far goes on. So "
        f"speed alone is no reason for a cluster; two things are. Records may lie on one already and not be allowed to "
        f"leave it. Or they do not fit one machine: visits take {bytes_each:.1f} bytes each, so a disk of 2 TB holds "
        f"{disk / bytes_each:,.0f} of them, or {disk / bytes_each / A_COUNTRY:,.0f} years of the country. From about "
        "that size on a cluster would win; we have not run one."
    )
