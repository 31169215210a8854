"""
Loading: files in, a new generation of the store out.

    1  which files were given, and which of them (by digest) are not in the store yet
    2  read those, a batch at a time, into parts: what is finished survives a kill
    3  merge all parts, old and new, into the tables of a new generation, and point to it

Loading the same files again changes nothing. Loading others adds them, and resolves references across all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from joinedup.records import files, generations, merging, parts
from joinedup.records.tables import ALL_TABLES

BATCH_BYTES = 64 << 20
BATCH_FILES = 500
MEMORY = "2GB"
"""DuckDB's share while merging; beyond it, it works on disk beside the store."""

Progress = Callable[[str, int, int], None]
"""Told (what is being done, bytes done now, bytes in all); all is 0 when not known."""


@dataclass
class Loaded:
    """What a load did. `changed` is false when every file was in the store already."""

    store: Path
    generation: str
    changed: bool
    files: int = 0
    new_files: int = 0
    bytes: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    set_aside: int = 0
    passed_over: int = 0


def load(sources: Iterable[str], into: Path, progress: Progress = lambda *_: None) -> Loaded:
    """
    Load sources (files, folders or patterns) into the store at `into`.

    Raises files.NothingThere when a source does not exist, generations.StoreBusy when another load is writing.
    """
    given = files.given(sources)
    with generations.writing(into):
        _tidy(into)
        before, unused = _already(into)
        fresh = _not_yet_read(given, before | unused, progress)
        total = sum(file.bytes for file in fresh)
        made = [
            parts.write(batch, into / "parts", lambda n: progress("Reading", n, total)) for batch in _batches(fresh)
        ]
        if not made and not unused and (into / "current").exists():
            return Loaded(into, generations.current(into).name, changed=False, files=len(given))
        loads = _loads(into, before, unused, fresh)
        everything = sorted(path for path in (into / "parts").iterdir() if (path / "files.parquet").exists())
        everything = [path for path in everything if path.name.startswith(f"v{parts.READER_VERSION}-")]
        progress("Merging", 0, 0)
        name = _merge(into, everything, loads)
        found = Loaded(into, name, changed=True, files=len(given), new_files=len(fresh), bytes=total)
        _sum_up(found, into)
        return found


@dataclass(frozen=True)
class _Known:
    ordinal: int
    load: int


def _already(store: Path) -> tuple[dict[str, _Known], dict[str, _Known]]:
    """Digests in the store's current generation, and those in parts that a killed load left behind (load 0)."""
    loads: dict[int, int] = {}
    if (store / "current").exists():
        table = pq.read_table(generations.current(store) / "sources.parquet", columns=["ordinal", "load"])
        loads = dict(zip(table["ordinal"].to_pylist(), table["load"].to_pylist(), strict=True))
    used: dict[str, _Known] = {}
    unused: dict[str, _Known] = {}
    for part in sorted((store / "parts").glob(f"v{parts.READER_VERSION}-*")):
        if not (part / "files.parquet").exists():
            continue
        table = pq.read_table(part / "files.parquet", columns=["digest", "ordinal"])
        for digest, ordinal in zip(table["digest"].to_pylist(), table["ordinal"].to_pylist(), strict=True):
            known = _Known(ordinal, loads.get(ordinal, 0))
            (used if known.load else unused).setdefault(digest, known)
    return used, unused


def _not_yet_read(given: list[files.Given], known: dict[str, _Known], progress: Progress) -> list[parts.File]:
    total = sum(each.path.stat().st_size for each in given)
    ordinal = 1 + max((each.ordinal for each in known.values()), default=-1)
    fresh: list[parts.File] = []
    first_called: dict[str, str] = {}
    for each in given:
        digest = files.digest(each.path, lambda n: progress("Looking", n, total))
        if digest in known:
            continue
        size, same_as = each.path.stat().st_size, first_called.get(digest)
        fresh.append(parts.File(each.path, each.name, ordinal, digest, size, each.is_record, same_as))
        first_called.setdefault(digest, each.name)
        ordinal += 1
    return fresh


def _batches(fresh: list[parts.File]) -> Iterable[list[parts.File]]:
    batch: list[parts.File] = []
    size = 0
    for file in fresh:
        if batch and (size + file.bytes > BATCH_BYTES or len(batch) >= BATCH_FILES):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.bytes
    if batch:
        yield batch


def _loads(
    store: Path, before: dict[str, _Known], unused: dict[str, _Known], fresh: list[parts.File]
) -> dict[int, int]:
    """The load that each file belongs to: this one for what is new, and for what a killed load left behind."""
    this = 1 + max((each.load for each in before.values()), default=0)
    loads = {file.ordinal: this for file in fresh} | {each.ordinal: this for each in unused.values()}
    for part in (store / "parts").glob(f"v{parts.READER_VERSION}-*/files.parquet"):
        for ordinal in pq.read_table(part, columns=["ordinal"])["ordinal"].to_pylist():
            loads.setdefault(ordinal, this)
    return loads | {each.ordinal: each.load for each in before.values()}


def _merge(store: Path, made_from: list[Path], loads: dict[int, int]) -> str:
    """Write a new generation from these parts and point to it. Its name."""
    text = "\n".join([str(parts.READER_VERSION), *(path.name for path in made_from), *map(str, sorted(loads.items()))])
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    making = store / "generations" / f"{name}.making-{os.getpid()}"
    making.mkdir(parents=True)
    scratch = store / "generations" / f"{name}.scratch-{os.getpid()}"
    with duckdb.connect(":memory:") as db:
        db.execute(f"SET memory_limit = '{MEMORY}'")
        db.execute("SET temp_directory = '" + str(scratch).replace("'", "''") + "'")
        db.execute("SET TimeZone = 'UTC'")
        merging.merge(db, made_from, loads)
        for table in ALL_TABLES:
            path = str(making / f"{table.name}.parquet").replace("'", "''")
            db.execute(f"COPY ({merging.ordered(table)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    shutil.rmtree(scratch, ignore_errors=True)
    generations.publish(store, making, name)
    return name


def _tidy(store: Path) -> None:
    """Remove what a killed load left half-written."""
    for folder in (store / "parts", store / "generations"):
        for left in [*folder.glob("*.making-*"), *folder.glob("*.scratch-*")]:
            shutil.rmtree(left, ignore_errors=True)


def _sum_up(found: Loaded, store: Path) -> None:
    folder = generations.current(store)
    for table in ALL_TABLES:
        found.rows[table.name] = pq.read_metadata(folder / f"{table.name}.parquet").num_rows
    found.set_aside = found.rows["set_aside"]
    outcomes = pq.read_table(folder / "sources.parquet", columns=["outcome"])["outcome"].to_pylist()
    found.passed_over = outcomes.count("passed over")
