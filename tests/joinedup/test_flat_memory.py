"""However long a file is, reading it takes no more memory; what does not fit while merging is put on disk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.records import load as loading
from tests.joinedup.making import contact, files_of, load_into, to

SHORT, LONG = 210_000, 700_000
"""Rows: both are more than are held at once."""
MOST_GROWTH = 32 << 20
"""Bytes. Less than the longer file has more than the shorter: it is not held, let alone as objects."""

READS = """
import resource, sys
from pathlib import Path
from joinedup.records import parts, planning, sources
wanted = planning.not_yet_known(sources.given([sys.argv[1]])[0], [], lambda *_: None, None)
for batch in planning.in_batches(wanted, 1):
    parts.write(batch, Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def contacts_table(rows: int) -> Iterator[str]:
    yield "patient,started_at,organisation,practitioner,activity,note\n"
    for n in range(rows):
        yield f"p{n % 5000},2024-03-{1 + n % 28:02d}T10:{n % 60:02d}:00Z,Ward {n % 300},Dr {n % 900},visit,{'w' * 60}\n"


def event_log(rows: int) -> Iterator[str]:
    yield "<log>"
    for n in range(0, rows, 20):
        yield f'<trace><string key="concept:name" value="p{n % 5000}"/>'
        for m in range(n, n + 20):
            yield (
                f'<event><string key="concept:name" value="visit"/><string key="org:group" value="Ward {m % 300}"/>'
                f'<date key="time:timestamp" value="2024-03-{1 + m % 28:02d}T10:{m % 60:02d}:00+01:00"/></event>\n'
            )
        yield "</trace>"
    yield "</log>"


def visit_occurrence(rows: int) -> Iterator[str]:
    yield "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,provider_id,care_site_id,note\n"
    for n in range(rows):
        yield f"{n + 1},{1 + n % 5000},9202,2024-03-{1 + n % 28:02d},{1 + n % 900},{1 + n % 300},{'w' * 60}\n"


def fhir_lines(rows: int) -> Iterator[str]:
    for n in range(rows):
        at = f"2024-03-{1 + n % 28:02d}T10:{n % 60:02d}:00Z"
        yield json.dumps(contact(f"e{n}", at, subject=to(f"Patient/{n % 5000}"))) + "\n"


def acts_lines(rows: int) -> Iterator[str]:
    for n in range(rows):
        at = f"2024-03-{1 + n % 28:02d}T10:{n % 60:02d}:00Z"
        act = {"team": "a", "number": n, "at": at, "act": "propose", "by": "carol", "for_organisation": "nursing"}
        yield json.dumps(act | {"about": {"proposal": "w" * 60}}) + "\n"


def written(path: Path, lines: Iterator[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    return path


def peak(path: Path) -> int:
    """The most memory that reading a file into parts took, in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", READS, str(path), str(path) + ".parts"], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("contacts.csv", contacts_table),
        ("log.xes", event_log),
        ("visit_occurrence.csv", visit_occurrence),
        ("Encounter.ndjson", fhir_lines),
        ("acts.ndjson", acts_lines),
    ],
)
def test_a_file_three_times_as_long_takes_no_more_memory(
    tmp_path: Path, name: str, lines: Callable[[int], Iterator[str]]
) -> None:
    short = written(tmp_path / f"short-{name}", lines(SHORT))
    long = written(tmp_path / f"long-{name}", lines(LONG))

    growth = peak(long) - peak(short)

    assert long.stat().st_size - short.stat().st_size > MOST_GROWTH > growth


def test_a_parquet_file_three_times_as_long_takes_no_more_memory(tmp_path: Path) -> None:
    for name, rows in (("short", SHORT), ("long", LONG)):
        lines = contacts_table(rows)
        header = next(lines).strip().split(",")
        columns = zip(*(line.strip().split(",") for line in lines), strict=True)
        table = pa.table(dict(zip(header, map(list, columns), strict=True)))
        pq.write_table(table, tmp_path / f"{name}.parquet", row_group_size=100_000)

    assert peak(tmp_path / "long.parquet") - peak(tmp_path / "short.parquet") < MOST_GROWTH


def test_what_does_not_fit_in_memory_is_merged_on_disk_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "contacts.csv", contacts_table(120_000))
    load_into(tmp_path / "roomy", source)

    monkeypatch.setattr(loading, "MEMORY", "120MB")
    load_into(tmp_path / "narrow", source)

    assert files_of(tmp_path / "narrow") == files_of(tmp_path / "roomy")
