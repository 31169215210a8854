"""
Contacts in any number, spread over people, practitioners and organisations as those of the demo are.

The demo's generator (demo/care.py) makes one county: twelve neighbourhoods of 3,000 people, who share their trusts. It
is written as FHIR and loaded as any other records are. Every further county is as many of its people drawn again, some
twice and some not at all, each with all of their care, moved back by up to four weeks, and with practitioners and
organisations of the county's own. So whatever is true of a person's care in the demo (a few people with very many
contacts, a few practitioners with very many people) is true at every size; tests/joinedup/test_benchmarks.py holds it
to the demo of another seed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

import demo
from demo.neighbourhood import RESIDENTS, SHARING
from joinedup import records
from joinedup.records import generations
from joinedup.records.load import MEMORY
from joinedup.records.merging import copied
from joinedup.records.tables import ALL_TABLES, BY_NAME
from joinedup.records.visits import LEVELS

ROOT = Path(__file__).parent.parent.parent
COUNTY = SHARING * RESIDENTS
SEED = 2011
A_DAY = 24 * 60 * 60 * 1_000_000

Draw = tuple[int, NDArray[np.int64], NDArray[np.int64]]
"""A county: its number, which of the first county's people its own are, and the days by which each is moved back."""


def county(home: Path, people: int = COUNTY) -> Path:
    """A store of the demo's own records, made once."""
    store = home / f"county-{people}"
    if not (store / "current").exists():
        records = home / f"records-{people}"
        for arguments in (
            ["demo", "records", "--people", str(people), "--into", str(records)],
            ["joinedup", "load", str(records), "--into", str(store), "--jobs", str(os.cpu_count() or 1)],
        ):
            subprocess.run([sys.executable, "-m", *arguments], check=True, stderr=subprocess.DEVNULL)
        shutil.rmtree(records)
    return store


def store_of(contacts: int, home: Path, people: int = COUNTY, whole: bool = False) -> Path:
    """
    A store of at least so many contacts, made once: the last person's are not cut short.

    It holds visits, numbers and patients; with `whole`, also contacts, conditions, referrals, tasks and those whom they
    name. The other tables are the first county's.
    """
    store = home / f"{contacts}{'-whole' if whole else ''}"
    if (store / "current").exists():
        return store
    first = generations.current(county(home, people))
    making = home / f"{store.name}.making" / "generations" / "generated"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for table in ALL_TABLES:
        shutil.copy(first / f"{table.name}.parquet", making)
    base = pq.read_table(first / "visits.parquet")
    draws = list(drawn(base["patient"].to_numpy(), pq.read_metadata(first / "patients.parquet").num_rows, contacts))
    with duckdb.connect(":memory:") as db:
        db.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{home / 'scratch'}'; SET TimeZone = 'UTC'")
        reader = pa.RecordBatchReader.from_batches(_NUMBERED, visits(base, draws, _numbers(first)))
        db.register("reader", reader)
        db.execute(copied(BY_NAME["visits"], "SELECT * FROM reader", making))
        db.register("draw", _as_table(draws))
        for name in ("numbers", "patients", *(WHOLE if whole else ())):
            db.execute(f"CREATE VIEW base_{name} AS FROM read_parquet('{first}/{name}.parquet')")
            db.execute(copied(BY_NAME[name], REWRITTEN[name], making))
    (making.parent.parent / "current").write_text("generated\n")
    making.parent.parent.rename(store)
    return store


def file_of(store: Path) -> str:
    """Its visits, as Parquet."""
    return str(generations.current(store) / "visits.parquet")


def drawn(patient: NDArray[np.int32], people: int, contacts: int, seed: int = SEED) -> Iterator[Draw]:
    """Counties until there are so many contacts; `patient` is whose each contact of the first county is."""
    each = np.bincount(patient, minlength=people)
    chance = np.random.default_rng(seed)
    number = left = 0
    left = contacts
    while left > 0:
        if number == 0:
            whom, back = np.arange(people), np.zeros(people, np.int64)
        else:
            whom, back = chance.integers(0, people, people), chance.integers(0, 28, people)
        whom = whom[: int(np.searchsorted(np.cumsum(each[whom]), left)) + 1]
        yield number, whom, back[: len(whom)]
        left -= int(each[whom].sum())
        number += 1


def visits(base: pa.Table, draws: list[Draw], there: dict[str, int]) -> Iterator[pa.RecordBatch]:
    """The visits of each county. `there`: how many of each level one county has of its own."""
    column = {name: base[name].to_numpy(zero_copy_only=False) for name in ("patient", "ordinal")}
    started = base["started_at"].cast(pa.int64()).to_numpy()
    starts = np.searchsorted(column["patient"], np.arange(int(column["patient"][-1]) + 2))
    rows_so_far = people_so_far = 0
    for number, whom, back in draws:
        size = starts[whom + 1] - starts[whom]
        first = np.repeat(starts[whom] - np.concatenate([[0], np.cumsum(size)[:-1]]), size)
        taken = first + np.arange(len(first))
        arrays = [
            pa.array(np.arange(len(taken)) + rows_so_far),
            pa.array((np.repeat(np.arange(len(whom)), size) + people_so_far).astype(np.int32)),
            pa.array(started[taken] - np.repeat(back, size) * A_DAY).cast(_NUMBERED.field("started_at").type),
        ]
        for level in LEVELS:
            values = base[level].combine_chunks().take(pa.array(taken))
            arrays.append(pc.add(values, pa.scalar(number * there.get(level, 0), pa.int32())))
        yield pa.RecordBatch.from_arrays(arrays, schema=_NUMBERED)
        rows_so_far += len(taken)
        people_so_far += len(whom)


_NUMBERED = pa.schema(
    [
        ("ordinal", pa.int64()),
        ("patient", pa.int32()),
        ("started_at", pa.timestamp("us", tz="UTC")),
        *((level, pa.int32()) for level in LEVELS),
    ]
)

OWN = ("practitioner", "organisation", "team")
"""Levels of which each county has its own; sectors, professions and activities are the same everywhere."""


def _numbers(first: Path) -> dict[str, int]:
    numbers = pq.read_table(first / "numbers.parquet")["level"].to_pylist()
    return {level: numbers.count(level) for level in OWN}


def _as_table(draws: list[Draw]) -> pa.Table:
    so_far = np.concatenate([[0], np.cumsum([len(whom) for _, whom, _ in draws])])
    return pa.table(
        {
            "county": np.concatenate([np.full(len(whom), number) for number, whom, _ in draws]),
            "number": np.arange(so_far[-1]).astype(np.int32),
            "whom": np.concatenate([whom for _, whom, _ in draws]).astype(np.int32),
            "back": np.concatenate([back for _, _, back in draws]),
        }
    )


WHOLE = ("organisations", "practitioners", "contacts", "conditions", "condition_codes", "referrals", "tasks")

_PERSON = "'Patient/' || lpad(CAST(d.number AS VARCHAR), 9, '0')"
_COUNTIES = "(SELECT DISTINCT county FROM draw)"


def _theirs(column: str) -> str:
    """A key of the first county as a key of the county's own: that of a practitioner, organisation or team."""
    return f"replace({column}, '/', '/c' || lpad(CAST(d.county AS VARCHAR), 4, '0') || '-') AS {column}"


def _of_person(column: str) -> str:
    """A key of something that one person has, such as a contact."""
    return f"replace({column}, '/', '/' || lpad(CAST(d.number AS VARCHAR), 9, '0') || '-') AS {column}"


def _of_people(name: str, *changed: str, moments: tuple[str, ...] = ()) -> str:
    """A table with a row for something of a person's, in order of person."""
    earlier = [f"{moment} - to_days(CAST(d.back AS INTEGER)) AS {moment}" for moment in moments]
    replaced = ", ".join([f"{_PERSON} AS patient", *changed, *earlier])
    return (
        f"SELECT b.* REPLACE ({replaced}) FROM draw d JOIN base_patients p ON d.whom = p.number "
        f"JOIN base_{name} b ON b.patient = p.patient ORDER BY d.number"
    )


REWRITTEN = {
    "numbers": f"""
        SELECT b.level, CAST(b.number + d.county * n.own AS INTEGER) AS number,
               CASE WHEN n.own = 0 THEN b.key WHEN b.level = 'team' THEN 'c' || lpad(CAST(d.county AS VARCHAR), 4, '0')
                    || ' ' || b.key ELSE replace(b.key, '/', '/c' || lpad(CAST(d.county AS VARCHAR), 4, '0') || '-')
                    END AS key,
               b.name,
               CAST(CASE WHEN b.level = 'organisation' THEN b.within ELSE b.within + d.county * o.own END AS INTEGER)
                   AS within
        FROM {_COUNTIES} d, base_numbers b
        JOIN (SELECT level, CASE WHEN level IN {OWN} THEN count(*) ELSE 0 END AS own FROM base_numbers GROUP BY level) n
            ON b.level = n.level,
        (SELECT count(*) AS own FROM base_numbers WHERE level = 'organisation') o
        WHERE n.own > 0 OR d.county = 0
        ORDER BY level, 2
    """,
    "patients": f"""
        SELECT b.* REPLACE ({_PERSON} AS patient, d.number AS number, {_theirs("general_practice")})
        FROM draw d JOIN base_patients b ON d.whom = b.number ORDER BY d.number
    """,
    "organisations": f"""
        SELECT b.* REPLACE ({_theirs("organisation")}, {_theirs("part_of")})
        FROM {_COUNTIES} d, base_organisations b ORDER BY organisation
    """,
    "practitioners": f"""
        SELECT b.* REPLACE ({_theirs("practitioner")}) FROM {_COUNTIES} d, base_practitioners b ORDER BY practitioner
    """,
    "contacts": _of_people(
        "contacts",
        *(_theirs(name) for name in ("organisation", "practitioner")),
        *(_of_person(name) for name in ("contact", "part_of", "referral")),
        moments=("started_at", "ended_at"),
    ),
    "conditions": _of_people("conditions", *(_of_person(name) for name in ("condition", "contact"))),
    "condition_codes": f"""
        SELECT c.* REPLACE ({_of_person("condition").replace("(condition", "(c.condition")})
        FROM draw d JOIN base_patients p ON d.whom = p.number JOIN base_conditions b ON b.patient = p.patient
        JOIN base_condition_codes c ON b.condition = c.condition ORDER BY d.number
    """,
    "referrals": _of_people(
        "referrals",
        *(_theirs(name) for name in ("from_organisation", "to_organisation", "requester", "performer")),
        *(_of_person(name) for name in ("referral", "part_of")),
        moments=("asked_at", "wanted_at", "seen_at"),
    ),
    "tasks": _of_people(
        "tasks",
        *(_theirs(name) for name in ("requester", "owner")),
        *(_of_person(name) for name in ("task", "referral", "part_of")),
        moments=("asked_at", "changed_at", "started_at", "ended_at"),
    ),
}


def home() -> Path:
    """Where the records made for measuring are kept: made again when the demo, or what a store holds, is another."""
    made_by = [*Path(demo.__file__).parent.glob("*.py"), *Path(records.__file__).parent.rglob("*.py"), Path(__file__)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(made_by))).hexdigest()[:12]
    return ROOT / "var" / "benchmarks" / digest
