"""Long tables are cut only between rows, read in stretches, and gone on with in the middle after a kill."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.records import load as loading
from joinedup.records.delimited import rows
from joinedup.records.files import WHOLE
from joinedup.records.load import load
from joinedup.records.store import Store
from joinedup.records.stretches import of_table

FIELDS = st.text(alphabet='ab"\n, ;', max_size=6)
TABLES = st.lists(st.tuples(FIELDS, FIELDS), min_size=1, max_size=12)


def log(rows: int) -> str:
    """A log with quotes, delimiters and line ends within fields, and a row now and then that cannot be read."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(["case_id", "timestamp", "activity", "org:group", "note"])
    for n in range(rows):
        note = 'said "yes",\nthen left' if n % 7 == 0 else "plain"
        day = "soon" if n % 1000 == 999 else f"2024-{1 + n % 12:02d}-{1 + n % 28:02d}T10:00:00+00:00"
        write.writerow([f"p{n % 997}", day, f"visit {n % 40}", f"Ward {n % 30}", note])
    return out.getvalue()


@given(TABLES, st.booleans())
def test_cut_anywhere_a_table_gives_the_rows_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str]], loose: bool
) -> None:
    out = io.StringIO()
    if loose:  # quotes as they come, which csv reads in its own way
        out.write("x,y\n" + "".join(f"{a},{b}\n" for a, b in table))
    else:
        csv.writer(out, lineterminator="\r\n").writerows([("x", "y"), *table])
    path = tmp_path_factory.getbasetemp() / "cut.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")

    def read(stretches: list) -> list[tuple[object, ...]]:  # type: ignore[type-arg]
        return [
            row
            for stretch in stretches
            for lines in rows(path, lambda *_: None, lambda _: None, ",", None, None, stretch)
            for row in zip(lines.numbers, *lines.columns.values(), strict=True)
        ]

    assert read(of_table(path, ",", least=1)) == read([WHOLE])


def test_a_long_log_loads_to_the_same_tables_in_stretches_as_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log.csv").write_text(log(20_000), encoding="utf-8")
    load([str(tmp_path / "log.csv")], tmp_path / "whole")

    monkeypatch.setattr("joinedup.records.stretches.LEAST", 100_000)
    load([str(tmp_path / "log.csv")], tmp_path / "cut")

    for name in ("contacts", "organisations", "patients", "visits", "set_aside"):
        one, other = (
            pq.read_table(loading.generations.current(tmp_path / each) / f"{name}.parquet") for each in ("whole", "cut")
        )
        if name == "contacts":  # its ordinal counts what was written before it, which is more when cut
            one, other = one.drop_columns("ordinal"), other.drop_columns("ordinal")
        assert one.num_rows > 0
        assert one.equals(other)


def test_a_load_killed_in_the_middle_of_a_long_log_goes_on_where_it_was(tmp_path: Path) -> None:
    source, store = tmp_path / "log.csv", tmp_path / "store"
    source.write_text(log(150_000), encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from joinedup.records import load, planning, stretches; "
        "stretches.LEAST = planning.BATCH_BYTES = 500_000; load.load([sys.argv[1]], Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", program, str(source), str(store)]

    process = subprocess.Popen(command)
    until = time.monotonic() + 60
    while (
        len(finished := list((store / "parts").glob("v?-????????????????????????/files.parquet"))) < 3
        and time.monotonic() < until
    ):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = {path: path.stat().st_mtime_ns for path in finished}

    assert not (store / "current").exists()
    subprocess.run(command, check=True)

    assert len(before) >= 3
    assert {path: path.stat().st_mtime_ns for path in before} == before  # not read again
    with Store(store) as opened:
        assert opened.counts()["contacts"] == 150_000 - 150
        assert len(opened.set_aside()) == 150
