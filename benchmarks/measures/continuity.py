"""
COC, UPC, SECON and the number of organisations, for each person, from the sorted Parquet of visits.

Everybody reads the same file and gives a row for each person. Decoding alone reads the same columns and does nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measures.contacts import file_of, store_of
from benchmarks.measures.contest import Entrant, Took, contest
from benchmarks.measures.entrant import Work
from benchmarks.measures.page import Row, Target

HERE = "benchmarks.measures.continuity"
COLUMNS = ["patient", "organisation"]


def ours(store: str) -> Work:
    from joinedup.measures import continuity
    from joinedup.measures.asking import Window
    from joinedup.records.store import Store

    opened = Store(store)
    window = Window.of(opened)

    def do() -> Any:
        return continuity.everybody(opened, "organisation", window)

    def judged(found: Any) -> None:
        """The first two thousand people by the formulas as they are written."""
        rows = opened.query(
            "SELECT patient, list(organisation ORDER BY ordinal) AS seen FROM visits WHERE patient < 2000 "
            "AND organisation IS NOT NULL GROUP BY patient ORDER BY patient"
        ).to_pylist()
        for row, ours in zip(rows, found.slice(0, len(rows)).to_pylist(), strict=True):
            plain = continuity.plainly([f"o{each}" for each in row["seen"]])
            assert row["patient"] == ours["patient"]
            for name in ("coc", "upc", "secon", "providers"):
                assert plain[name] == ours[name] or abs(plain[name] - ours[name]) < 1e-12, (row, ours, plain)  # type: ignore[operator]

    return Work(do, lambda found: _answer(found.to_pandas()), judged)


def _answer(frame: Any) -> dict[str, Any]:
    frame = frame.sort_values("patient")
    return {
        "patient": frame["patient"].to_numpy().astype(np.int64),
        "providers": frame["providers"].to_numpy().astype(np.int64),
        **{name: frame[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("coc", "upc", "secon")},
    }


SQL = """
WITH dealt AS (
    SELECT patient, organisation, lead(organisation) OVER () AS next_organisation, lead(patient) OVER () AS next_patient
    FROM read_parquet('{file}') WHERE organisation IS NOT NULL
), counts AS (
    SELECT patient, organisation, count(*) AS n,
           count(*) FILTER (WHERE next_patient = patient AND next_organisation = organisation) AS stays
    FROM dealt GROUP BY patient, organisation
)
SELECT patient, count(*) AS providers, max(n) / sum(n) AS upc, sum(stays) / nullif(sum(n) - 1, 0) AS secon,
       (sum(n * n) - sum(n)) / nullif(sum(n) * (sum(n) - 1), 0) AS coc
FROM counts GROUP BY patient
"""
"""As good as we could write it: it leans on the rows lying in order, so that no window has to be sorted."""


def sql(file: str) -> Work:
    import duckdb

    db = duckdb.connect()
    return Work(lambda: db.sql(SQL.format(file=file)).to_arrow_table(), lambda found: _answer(found.to_pandas()))


def with_pandas(file: str) -> Work:
    import pandas as pd

    def do() -> Any:
        rows = pd.read_parquet(file, columns=COLUMNS).dropna()
        by = rows.groupby("patient", sort=False)
        counts = rows.groupby(["patient", "organisation"], sort=False).size()
        each = counts.groupby("patient", sort=False)
        n, squares = each.sum(), (counts * counts).groupby("patient", sort=False).sum()
        stays = (
            (rows["organisation"] == rows["organisation"].shift(-1)) & (rows["patient"] == rows["patient"].shift(-1))
        ).groupby(rows["patient"], sort=False)
        frame = pd.DataFrame({"providers": each.size(), "upc": each.max() / n})
        frame["coc"] = ((squares - n) / (n * (n - 1))).where(n > 1)
        frame["secon"] = (stays.sum() / (by.size() - 1)).where(n > 1)
        return frame.reset_index()

    return Work(do, _answer)


def with_polars(file: str) -> Work:
    import polars as pl

    def do() -> Any:
        rows = pl.scan_parquet(file).select(COLUMNS).drop_nulls()
        n, organisation = pl.col("n"), pl.col("organisation")
        stays = (organisation == organisation.shift(-1)) & (pl.col("patient") == pl.col("patient").shift(-1))
        counts = rows.with_columns(stays=stays).group_by(COLUMNS).agg(n=pl.len().cast(pl.Int64), stays=pl.sum("stays"))
        each = counts.group_by("patient").agg(
            providers=pl.len(),
            contacts=n.sum(),
            upc=n.max() / n.sum(),
            coc=((n * n).sum() - n.sum()) / (n.sum() * (n.sum() - 1)),
            secon=pl.col("stays").sum() / (n.sum() - 1),
        )
        few = pl.col("contacts") < 2
        return each.with_columns(
            pl.when(few).then(None).otherwise(pl.col(name)).alias(name) for name in ("coc", "secon")
        ).collect()

    return Work(do, lambda found: _answer(found.to_pandas()))


def decoding(file: str) -> Work:
    import pyarrow.parquet as pq

    return Work(lambda: pq.read_table(file, columns=COLUMNS), lambda found: {})


def row(home: Path, contacts: int, rounds: int = 5) -> Row:
    store = store_of(contacts, home)
    file = file_of(store)
    mine, by_sql, pandas, polars, decoded = contest(
        [
            Entrant("joinedup", f"{HERE}:ours", {"store": str(store)}),
            Entrant("hand-written DuckDB SQL", f"{HERE}:sql", {"file": file}),
            Entrant("pandas", f"{HERE}:with_pandas", {"file": file}),
            Entrant("polars", f"{HERE}:with_polars", {"file": file}),
            Entrant("decoding the Parquet alone", f"{HERE}:decoding", {"file": file}, compared=False),
        ],
        rounds,
    )
    return Row(
        f"COC, UPC, SECON and organisations of each person, {contacts:,} contacts",
        [mine, by_sql, pandas, polars, decoded],
        [
            Target("of hand-written SQL's time, at most", 1.1, mine.times(by_sql)),
            Target("of decoding's time, at most", 2, mine.times(decoded)),
            Target("times pandas, at least", 8, _fewest(pandas, mine), at_least=True),
            Target("MB, at most", 500, mine.peak),
        ],
    )


def _fewest(other: Took, mine: Took) -> float:
    return min(other.wall / mine.wall, other.cpu / mine.cpu)
