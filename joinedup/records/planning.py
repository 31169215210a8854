"""
What a load has to read: the files that the store does not hold, less those that a killed load had finished, in batches.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from joinedup.records import files, formats, generations, parts, sources
from joinedup.records.mapping import NO_MAPPING, Mapping

Progress = Callable[[str, int, int], None]
"""Told (what is being done, bytes done now, bytes in all); all is 0 when not known."""

BATCH_BYTES = 64 << 20
BATCH_FILES = 500


def whole_parts(store: Path) -> list[Path]:
    """The parts that this reader wrote and finished."""
    return sorted(path.parent for path in (store / "parts").glob(f"v{parts.READER_VERSION}-*/files.parquet"))


@dataclass(frozen=True)
class Known:
    """A file that the store holds."""

    digest: str
    ordinal: int
    load: int


def known_to(store: Path) -> list[Known]:
    if not (store / "current").exists():
        return []
    table = pq.read_table(generations.current(store) / "sources.parquet", columns=["digest", "ordinal", "load"])
    return [Known(**row) for row in table.to_pylist()]


def all_here(known: list[Known], store: Path) -> None:
    """Raises StoreOfAnotherVersion when not all that the store holds could be merged again."""
    held = {
        ordinal
        for part in whole_parts(store)
        for ordinal in pq.read_table(part / "files.parquet", columns=["ordinal"])["ordinal"].to_pylist()
    }
    missing = [each for each in known if each.ordinal not in held]
    if missing:
        raise generations.StoreOfAnotherVersion(
            f"{store} was made by another version of joinedup, or files in its folder parts are gone: {len(missing)} "
            f"of {len(known)} files would have to be read again. It can still be read. Load all into a new store."
        )


def not_yet_known(
    given: list[sources.Given],
    known: list[Known],
    progress: Progress,
    system: str | None,
    format: str | None = None,
    mapping: Mapping = NO_MAPPING,
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
        kind = (format or formats.recognised(each.path, mapping)) if each.is_record else None
        if kind not in ("fhir", None) and mapping != NO_MAPPING:
            digest = f"{mapping.digest}:{digest}"
        digest = f"{system}:{digest}" if system else digest
        if digest in held:
            continue
        for stretch in stretches if kind == "fhir" else formats.stretches(each.path, kind, mapping):
            length = (stretch.end or size) - stretch.start
            wanted.append(
                parts.File(
                    each.path, each.name, ordinal, digest, length, bool(kind), system, stretch, kind or "fhir", mapping
                )
            )
        ordinal += 1
    return wanted


def without_finished(wanted: list[parts.File], store: Path, known: list[Known]) -> list[parts.File]:
    """What is still to be read when a killed load is begun again. Parts of other unfinished loads are removed."""
    held = {each.ordinal for each in known}
    places = {(file.ordinal, file.stretch.start, file.digest, file.name) for file in wanted}
    finished: set[tuple[int, int]] = set()
    for part in whole_parts(store):
        table = pq.read_table(part / "files.parquet", columns=["ordinal", "start", "digest", "source"])
        inside = {tuple(row.values()) for row in table.to_pylist()}
        if {ordinal for ordinal, *_ in inside} <= held:
            continue
        if inside <= places:
            finished |= {(ordinal, start) for ordinal, start, *_ in inside}
        else:
            shutil.rmtree(part)
    return [file for file in wanted if (file.ordinal, file.stretch.start) not in finished]


def in_batches(fresh: list[parts.File], jobs: int) -> list[list[parts.File]]:
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
