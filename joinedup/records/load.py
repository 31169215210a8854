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

from joinedup.records import formats, generations, merging, parts, planning
from joinedup.records.mapping import NO_MAPPING, Mapping
from joinedup.records.sources import Left, given
from joinedup.records.tables import ALL_TABLES

MEMORY = "2GB"
"""DuckDB's share while merging; beyond it, it works on disk beside the store."""


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
    passed_over_by_name: int = 0
    left: list[Left] = field(default_factory=list)
    """What was met among the sources and not read, and why: a link to nothing, a pipe, a table that tells nothing."""


def load(
    sources: Iterable[str],
    into: Path,
    progress: planning.Progress = lambda *_: None,
    jobs: int = 1,
    system: str | None = None,
    format: str | None = None,
    mapping: Mapping = NO_MAPPING,
) -> Loaded:
    """
    Load sources (files, folders or patterns) into the store at `into`, reading in so many processes. `system`: a name
    for the system that these files come from, when its ids may be another's too. `format` (formats.FORMATS) where it
    is not to be told from the files, and `mapping` for which column of a table says what.

    Raises sources.NothingThere when a source does not exist, generations.StoreBusy when another load is writing,
    generations.StoreOfAnotherVersion when the store cannot be added to, generations.NotAStore when `into` is a folder
    of other things.
    """
    read_from, left = given(sources)
    with generations.writing(into):
        _tidy(into)
        known = planning.known_to(into)
        planning.all_here(known, into)
        wanted = planning.not_yet_known(read_from, known, progress, system, format, mapping)
        fresh = planning.without_finished(wanted, into, known)
        total = sum(file.bytes for file in fresh)
        _read(planning.in_batches(fresh, jobs), into / "parts", lambda n: progress("Reading", n, total), jobs)
        if not wanted and (into / "current").exists():
            return Loaded(into, generations.current(into).name, changed=False, files=len(read_from), left=left)
        this = 1 + max((each.load for each in known), default=0)
        loads = {each.ordinal: each.load for each in known} | {file.ordinal: this for file in wanted}
        progress("Merging", 0, 0)
        name = _merge(into, planning.whole_parts(into), loads)
        found = Loaded(into, name, changed=True, files=len(read_from), bytes=total, left=left)
        found.new_files = len({file.ordinal for file in fresh})
        passed_over = {file.name: file.path for file in fresh if not file.is_record}
        tables = {name: why for name, path in passed_over.items() if (why := formats.why_not(path, mapping))}
        found.passed_over, found.passed_over_by_name = len(passed_over), len(passed_over) - len(tables)
        found.left += [Left(name, why) for name, why in tables.items()]
        _sum_up(found, into)
        return found


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
    scratch = store / "generations" / f"{name}.scratch-{os.getpid()}"
    for threads in (None, 1):  # as many as there are processors; what does not fit like that, with one
        making.mkdir(parents=True)
        scratch.mkdir()
        try:
            _merged(made_from, loads, scratch, making, threads)
            break
        except duckdb.OutOfMemoryException:
            if threads == 1:
                raise
            shutil.rmtree(making)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    generations.publish(store, making, name)
    return name


def _merged(made_from: list[Path], loads: dict[int, int], scratch: Path, into: Path, threads: int | None) -> None:
    """
    Merge parts into the tables of a folder, working in a database on disk: one in memory takes twice as much of it, and
    ends sooner. What threads hold at once cannot be put on disk, so that one gets by with less than several.
    """
    with duckdb.connect(str(scratch / "merging.duckdb")) as db:
        db.execute(f"SET memory_limit = '{MEMORY}'")
        if threads:
            db.execute(f"SET threads = {threads}")
        db.execute("SET temp_directory = '" + str(scratch / "spilled").replace("'", "''") + "'")
        db.execute("SET TimeZone = 'UTC'")
        merging.merge(db, made_from, loads)
        for table in ALL_TABLES:
            db.execute(merging.copied(table, merging.ordered(table), into))


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
