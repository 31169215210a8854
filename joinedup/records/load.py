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
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
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


def load(
    sources: Iterable[str], into: Path, progress: Progress = lambda *_: None, jobs: int = 1, system: str | None = None
) -> Loaded:
    """
    Load sources (files, folders or patterns) into the store at `into`, reading in so many processes. `system`: a name
    for the system that these files come from, when its ids may be another's too.

    Raises files.NothingThere when a source does not exist, generations.StoreBusy when another load is writing.
    """
    given = files.given(sources)
    with generations.writing(into):
        _tidy(into)
        known = _known(into)
        _all_here(known, into)
        wanted = _not_yet_known(given, known, progress, system)
        fresh = _without_finished(wanted, into, known)
        total = sum(file.bytes for file in fresh)
        _read(_batches(fresh, jobs), into / "parts", lambda n: progress("Reading", n, total), jobs)
        if not wanted and (into / "current").exists():
            return Loaded(into, generations.current(into).name, changed=False, files=len(given))
        this = 1 + max((each.load for each in known), default=0)
        loads = {each.ordinal: each.load for each in known} | {file.ordinal: this for file in wanted}
        progress("Merging", 0, 0)
        name = _merge(into, _whole_parts(into), loads)
        found = Loaded(
            into, name, changed=True, files=len(given), new_files=len({file.ordinal for file in fresh}), bytes=total
        )
        _sum_up(found, into)
        return found


def _whole_parts(store: Path) -> list[Path]:
    """The parts that this reader wrote and finished."""
    return sorted(path.parent for path in (store / "parts").glob(f"v{parts.READER_VERSION}-*/files.parquet"))


@dataclass(frozen=True)
class _Known:
    """A file that the store holds."""

    digest: str
    ordinal: int
    load: int


def _known(store: Path) -> list[_Known]:
    if not (store / "current").exists():
        return []
    table = pq.read_table(generations.current(store) / "sources.parquet", columns=["digest", "ordinal", "load"])
    return [_Known(**row) for row in table.to_pylist()]


def _all_here(known: list[_Known], store: Path) -> None:
    """Raises StoreOfAnotherVersion when not all that the store holds could be merged again."""
    held = {
        ordinal
        for part in _whole_parts(store)
        for ordinal in pq.read_table(part / "files.parquet", columns=["ordinal"])["ordinal"].to_pylist()
    }
    missing = [each for each in known if each.ordinal not in held]
    if missing:
        raise generations.StoreOfAnotherVersion(
            f"{store} was made by another version of joinedup, or files in its folder parts are gone: {len(missing)} "
            f"of {len(known)} files would have to be read again. It can still be read. Load all into a new store."
        )


def _not_yet_known(
    given: list[files.Given], known: list[_Known], progress: Progress, system: str | None
) -> list[parts.File]:
    """
    The files that the store does not hold, with their places: the same sources get the same places when a killed load
    is begun again. Two files of one load with the same content are both read, and merged like any repeat.
    """
    total = sum(each.path.stat().st_size for each in given)
    held = {each.digest for each in known}
    ordinal = 1 + max((each.ordinal for each in known), default=-1)
    wanted: list[parts.File] = []
    for each in given:
        size = each.path.stat().st_size
        digest, stretches = files.digest(each.path, lambda n: progress("Looking", n, total))
        digest = f"{system}:{digest}" if system else digest
        if digest in held:
            continue
        for stretch in stretches if each.is_record else stretches[:1]:
            length = (stretch.end or size) - stretch.start
            wanted.append(parts.File(each.path, each.name, ordinal, digest, length, each.is_record, system, stretch))
        ordinal += 1
    return wanted


def _without_finished(wanted: list[parts.File], store: Path, known: list[_Known]) -> list[parts.File]:
    """What is still to be read when a killed load is begun again. Parts of other unfinished loads are removed."""
    held = {each.ordinal for each in known}
    places = {(file.ordinal, file.stretch.start, file.digest, file.name) for file in wanted}
    finished: set[tuple[int, int]] = set()
    for part in _whole_parts(store):
        table = pq.read_table(part / "files.parquet", columns=["ordinal", "start", "digest", "source"])
        inside = {tuple(row.values()) for row in table.to_pylist()}
        if {ordinal for ordinal, *_ in inside} <= held:
            continue
        if inside <= places:
            finished |= {(ordinal, start) for ordinal, start, *_ in inside}
        else:
            shutil.rmtree(part)
    return [file for file in wanted if (file.ordinal, file.stretch.start) not in finished]


def _batches(fresh: list[parts.File], jobs: int) -> list[list[parts.File]]:
    """Files in order, in batches small enough that a kill loses little and every process has something to do."""
    most = BATCH_BYTES if jobs == 1 else min(BATCH_BYTES, sum(file.bytes for file in fresh) // (4 * jobs))
    batches: list[list[parts.File]] = []
    size = 0
    for file in fresh:
        if not batches or size + file.bytes > most or len(batches[-1]) >= BATCH_FILES:
            batches.append([])
            size = 0
        batches[-1].append(file)
        size += file.bytes
    return batches


def _read(batches: list[list[parts.File]], into: Path, seen: Callable[[int], None], jobs: int) -> int:
    """Read every batch into its part; the largest first where several are read at once. How many there were."""
    if jobs == 1 or len(batches) < 2:
        for batch in batches:
            parts.write(batch, into, seen)
        return len(batches)
    size = {id(batch): sum(file.bytes for file in batch) for batch in batches}
    with ProcessPoolExecutor(min(jobs, len(batches)), mp_context=get_context("spawn")) as pool:
        doing = {
            pool.submit(parts.write, batch, into): size[id(batch)]
            for batch in sorted(batches, key=lambda batch: -size[id(batch)])
        }
        try:
            for done in as_completed(doing):
                done.result()
                seen(doing[done])
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return len(batches)


def _merge(store: Path, made_from: list[Path], loads: dict[int, int]) -> str:
    """Write a new generation from these parts and point to it. Its name."""
    name = _digest(made_from, loads)
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


def _digest(made_from: list[Path], loads: dict[int, int]) -> str:
    """The name of a generation: of the reader, and of every file's name, content, order and load."""
    rows: list[str] = []
    for part in made_from:
        table = pq.read_table(part / "files.parquet", columns=["ordinal", "digest", "source"])
        rows += [
            f"{row['ordinal']:012d} {row['digest']} {loads[row['ordinal']]} {row['source']}"
            for row in table.to_pylist()
        ]
    text = "\n".join([str(parts.READER_VERSION), *sorted(set(rows))])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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
