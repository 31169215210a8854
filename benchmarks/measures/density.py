"""
Care density of each person over practitioners, from arrays in memory.

The loop in numba is the one that an analyst would write: a table of every practitioner by every other, counted and then
looked up. It is fast for as long as that table fits: it needs 4 × practitioners² bytes, and ours needs no such table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks.measures.contacts import file_of, store_of
from benchmarks.measures.contest import Entrant, contest
from benchmarks.measures.entrant import Work
from benchmarks.measures.page import Row, Target

HERE = "benchmarks.measures.density"


def _arrays(file: str) -> tuple[Any, Any]:
    rows = pq.read_table(file, columns=["patient", "practitioner"]).drop_null()
    return rows["patient"].to_numpy(), rows["practitioner"].to_numpy()


def _answer(frame: Any) -> dict[str, Any]:
    frame = frame[frame["density"].notna()].sort_values("patient")
    return {"patient": frame["patient"].to_numpy().astype(np.int64), "density": frame["density"].to_numpy(np.float64)}


def ours(file: str) -> Work:
    from joinedup.measures.care_density import of_everybody

    patient, practitioner = _arrays(file)
    return Work(lambda: of_everybody(patient, practitioner), lambda found: _answer(found.to_pandas()), _judged(file))


def _judged(file: str) -> Any:
    """The contacts of the first five thousand people alone, by the formula as it is written."""

    def judged(_: Any) -> None:
        from joinedup.measures.care_density import of_everybody, plainly

        patient, practitioner = _arrays(file)
        few = patient < 5_000
        cuts = np.flatnonzero(np.diff(patient[few])) + 1
        plain = plainly([each.tolist() for each in np.split(practitioner[few], cuts)])
        assert of_everybody(patient[few], practitioner[few])["density"].to_pylist() == plain

    return judged


SQL = """
WITH met AS (SELECT DISTINCT patient, practitioner FROM contacts),
pairs AS (SELECT a.patient, a.practitioner AS one, b.practitioner AS other
          FROM met a JOIN met b ON a.patient = b.patient AND a.practitioner < b.practitioner),
shared AS (SELECT one, other, count(*) AS people FROM pairs GROUP BY one, other)
SELECT p.patient, avg(s.people) AS density FROM pairs p JOIN shared s ON p.one = s.one AND p.other = s.other
GROUP BY p.patient
"""


def sql(file: str) -> Work:
    import duckdb
    import pyarrow as pa

    patient, practitioner = _arrays(file)
    db = duckdb.connect()
    db.register("arrow", pa.table({"patient": patient, "practitioner": practitioner}))
    db.execute("CREATE TABLE contacts AS SELECT * FROM arrow")
    return Work(lambda: db.sql(SQL).to_arrow_table(), lambda found: _answer(found.to_pandas()))


def loop(file: str) -> Work:
    import numba
    import pandas as pd

    @numba.njit
    def densities(patient: Any, practitioner: Any) -> Any:
        most = practitioner.max() + 1
        shared = np.zeros((most, most), np.int32)
        stamp = np.full(most, -1, np.int32)
        seen = np.empty(most, np.int32)
        who, found = np.empty(len(patient), np.int32), np.empty(len(patient))
        people = 0
        for handing_out in range(2):
            start = 0
            while start < len(patient):
                end, n = start, 0
                while end < len(patient) and patient[end] == patient[start]:
                    each = practitioner[end]
                    if stamp[each] != 2 * patient[start] + handing_out:
                        stamp[each] = 2 * patient[start] + handing_out
                        seen[n] = each
                        n += 1
                    end += 1
                total = 0
                for i in range(n):
                    for j in range(i):
                        one, other = max(seen[i], seen[j]), min(seen[i], seen[j])
                        if handing_out:
                            total += shared[one, other]
                        else:
                            shared[one, other] += 1
                if handing_out and n > 1:
                    who[people], found[people] = patient[start], total / (n * (n - 1) / 2)
                    people += 1
                start = end
        return who[:people], found[:people]

    patient, practitioner = _arrays(file)
    return Work(
        lambda: densities(patient, practitioner),
        lambda found: _answer(pd.DataFrame({"patient": found[0], "density": found[1]})),
    )


def row(home: Path, contacts: int, rounds: int = 7) -> Row:
    arguments = {"file": file_of(store_of(contacts, home))}
    took = contest(
        [
            Entrant("joinedup", f"{HERE}:ours", arguments),
            Entrant("hand-written DuckDB SQL", f"{HERE}:sql", arguments),
            Entrant("a loop in numba, with a table of all pairs", f"{HERE}:loop", arguments),
        ],
        rounds,
    )
    mine, *others = took
    target = Target("of the better one's time, at most", 1.2, max(mine.times(each) for each in others))
    return Row(f"Care density of each person, {contacts:,} contacts", took, [target])
