"""
Handover of work between practitioners: how often each follows each other in the care of one person.

PM4Py gives shares of all steps; times their number they are the counts, which have to be whole and the same as ours.
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

HERE = "benchmarks.measures.handover"


def _rows(file: str) -> Any:
    return pq.read_table(file, columns=["patient", "practitioner"]).drop_null()


def _answer(one: Any, other: Any, times: Any) -> dict[str, Any]:
    order = np.lexsort((other, one))
    return {"one": one[order], "other": other[order], "times": times[order]}


def ours(file: str) -> Work:
    from joinedup.measures.organisational_mining import handed_over, plainly

    rows = _rows(file)
    patient, practitioner = rows["patient"].to_numpy(), rows["practitioner"].to_numpy()

    def answer(found: Any) -> dict[str, Any]:
        one, other, times = (found[name].to_numpy().astype(np.int64) for name in ("one", "other", "times"))
        return _answer(one, other, times)

    def judged(_: Any) -> None:
        few = patient < 5_000
        cuts = np.flatnonzero(np.diff(patient[few])) + 1
        plain = plainly([each.tolist() for each in np.split(practitioner[few], cuts)])["handed_over"]
        found = handed_over(patient[few], practitioner[few], itself=True).to_pylist()
        assert {(row["one"], row["other"]): row["times"] for row in found} == plain

    return Work(lambda: handed_over(patient, practitioner, itself=True), answer, judged)


def with_pm4py(file: str) -> Work:
    import pandas as pd
    import pm4py

    rows = _rows(file)
    patient = rows["patient"].to_numpy()
    log = pd.DataFrame(
        {
            "case:concept:name": patient.astype(str),
            "org:resource": rows["practitioner"].to_numpy().astype(str),
            "concept:name": "contact",
            # PM4Py sorts by time; a second for each row keeps the order in which the contacts lie.
            "time:timestamp": pd.date_range("2020-01-01", periods=len(patient), freq="s", tz="UTC"),
        }
    )
    steps = int(np.count_nonzero(patient[1:] == patient[:-1]))

    def answer(found: Any) -> dict[str, Any]:
        pairs = np.array([(int(one), int(other)) for one, other in found.connections], np.int64)
        exact = np.array(list(found.connections.values())) * steps
        times = np.rint(exact)
        assert np.abs(times - exact).max() < 1e-6
        return _answer(pairs[:, 0], pairs[:, 1], times.astype(np.int64))

    return Work(lambda: pm4py.discover_handover_of_work_network(log), answer)


def row(home: Path, contacts: int, rounds: int = 1) -> Row:
    arguments = {"file": file_of(store_of(contacts, home))}
    mine, theirs = contest(
        [
            Entrant("joinedup", f"{HERE}:ours", arguments),
            Entrant("PM4Py", f"{HERE}:with_pm4py", arguments),
        ],
        rounds,
    )
    return Row(
        f"Handover of work between practitioners, {contacts:,} events",
        [mine, theirs],
        [Target("times PM4Py, at least", 200, min(theirs.wall / mine.wall, theirs.cpu / mine.cpu), at_least=True)],
        ["The counts are the same for every pair; both start from rows in memory."],
    )
