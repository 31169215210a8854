"""
FHIR lines to Parquet, and a whole load, beside what only parses: `python -m benchmarks.reading --megabytes 300`.

On a bulk export of the demo place. Each runs on one core, in a process of its own, which first does the same with a
small export, so that what has to be imported or compiled is there; then with the large one, in each round.

    reading         joinedup's reader: every row of every kind of resource in Parquet files, as a load does it
    whole load      the same, and what comes before and after: digests, merging, the finished tables
    simdjson        the limit: each line of the same files is parsed, and nothing taken out of it
    orjson          each line is made Python's dicts and lists
    DuckDB          read_json of the fields that joinedup reads, with their types, written to Parquet
    fhir.resources  each line is made a model, which checks it; a sample of the lines

Figures are megabytes of lines in a second of processor time: the median of all rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import typing
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.results import Result, table, told

SAMPLE = 40
"""fhir.resources reads one line in so many: at some 2 MB in a second, all of them would take minutes."""

PEOPLE_A_MEGABYTE = 63
NEEDS = {"simdjson": "simdjson", "orjson": "orjson", "fhir.resources": "fhir.resources"}
PACKAGES = {"simdjson": "pysimdjson", "orjson": "orjson", "DuckDB": "duckdb", "fhir.resources": "fhir.resources"}


def reading(folder: Path, into: Path) -> int:
    from joinedup.records import load, parts, planning

    wanted = planning.not_yet_known(load.given([str(folder)])[0], [], lambda *_: None, None)
    for batch in planning.in_batches(wanted, 1):
        parts.write(batch, into)
    return sum(path.stat().st_size for path in _files(folder))


def whole_load(folder: Path, into: Path) -> int:
    from joinedup.records.load import load

    load([str(folder)], into)
    return sum(path.stat().st_size for path in _files(folder))


def by_simdjson(folder: Path, into: Path) -> int:
    import simdjson

    parser = simdjson.Parser()
    return _each(_lines(folder), lambda _, line: parser.parse(line))


def by_orjson(folder: Path, into: Path) -> int:
    import orjson

    return _each(_lines(folder), lambda _, line: orjson.loads(line))


def by_fhir_resources(folder: Path, into: Path) -> int:
    from fhir.resources.R4B import get_fhir_model_class

    sampled = ((kind, line) for number, (kind, line) in enumerate(_lines(folder)) if number % SAMPLE == 0)
    return _each(sampled, lambda kind, line: get_fhir_model_class(kind).model_validate_json(line))


def by_duckdb(folder: Path, into: Path) -> int:
    import duckdb

    from joinedup.records.fhir.reader import KEPT

    read = 0
    into.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:", config={"threads": 1}) as db:
        for path in _files(folder):
            if path.stem in KEPT:
                columns = "{'resourceType': 'VARCHAR', 'id': 'VARCHAR', " + _columns(KEPT[path.stem][0]) + "}"
                source = f"read_json('{path}', format = 'newline_delimited', columns = {columns})"
                db.execute(f"COPY (FROM {source}) TO '{into / path.stem}.parquet' (FORMAT parquet, COMPRESSION zstd)")
                read += path.stat().st_size
    return read


DO: dict[str, Callable[[Path, Path], int]] = {
    "reading": reading,
    "whole load": whole_load,
    "simdjson": by_simdjson,
    "orjson": by_orjson,
    "DuckDB": by_duckdb,
    "fhir.resources": by_fhir_resources,
}
"""Each goes through an export, may write into a folder that is not there yet, and gives how many bytes it read."""


def _columns(shape: type[Any], deep: int = 0) -> str:
    types = typing.get_type_hints(shape)
    fields = [(each.encode_name, _type(types[each.name], deep)) for each in msgspec.structs.fields(shape)]
    return ", ".join(f"'{name}': '{kind}'" for name, kind in fields)


def _type(hint: Any, deep: int) -> str:
    """DuckDB's type for that of a field; extensions inside extensions are read as they stand after the second."""
    (kind, *_) = [each for each in typing.get_args(hint) if each is not type(None)] or [hint]
    if typing.get_origin(kind) is list:
        return _type(typing.get_args(kind)[0], deep) + "[]"
    if kind in (str, bool, int, float):
        return {str: "VARCHAR", bool: "BOOLEAN"}.get(kind, "DOUBLE")
    if deep > 5:
        return "JSON"
    types = typing.get_type_hints(kind)
    inner = [
        (each.encode_name, "JSON" if types[each.name] == hint and deep > 2 else _type(types[each.name], deep + 1))
        for each in msgspec.structs.fields(kind)
    ]
    return "STRUCT(" + ", ".join(f'"{name}" {type}' for name, type in inner) + ")"


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ndjson"))


def _lines(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in _files(folder):
        with path.open("rb") as file:
            for line in file:
                yield path.stem, line


def _each(lines: Iterator[tuple[str, bytes]], do: Callable[[str, bytes], object]) -> int:
    read = 0
    for kind, line in lines:
        do(kind, line)
        read += len(line)
    return read


def _one(name: str, small: Path, large: Path) -> None:
    """Run one, in this process, and tell bytes, seconds of processor time and of the clock, and the most memory."""
    with tempfile.TemporaryDirectory() as folder:
        DO[name](small, Path(folder) / "small")
        before, began = time.process_time(), time.perf_counter()
        read = DO[name](large, Path(folder) / "large")
        took = {"bytes": read, "cpu": time.process_time() - before, "wall": time.perf_counter() - began}
    print(json.dumps(took | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


def measured(megabytes: int, rounds: int) -> list[Result]:
    there = [name for name in DO if name not in NEEDS or find_spec(NEEDS[name].split(".", 1)[0])]
    for name in sorted(set(DO) - set(there)):
        print(f"{name} is not here: pip install -r requirements-peers.txt; left out.", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        for people, into in ((1200, small), (megabytes * PEOPLE_A_MEGABYTE, large)):
            subprocess.run(
                [sys.executable, "-m", "demo", "records", "--people", str(people), "--into", str(into)],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in there}
        for _ in range(rounds):
            for name in there:
                runs[name].append(_in_a_process(name, small, large))
        size = sum(path.stat().st_size for path in _files(large)) / 1e6
    return [*_results(runs, f"{size:,.0f} MB of lines of the demo place")]


def _in_a_process(name: str, small: Path, large: Path) -> dict[str, float]:
    one_core = {"OMP_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", "--one", name, str(small), str(large)],
        env=os.environ | one_core,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _results(runs: dict[str, list[dict[str, float]]], place: str) -> Iterator[Result]:
    """Each of ours beside each peer, by processor time; clock and memory are in the note."""
    rate = {name: statistics.median(run["bytes"] / run["cpu"] for run in some) / 1e6 for name, some in runs.items()}
    for ours in ("reading", "whole load"):
        for name in runs:
            if name in PACKAGES:
                against = f"{name} {version(PACKAGES[name])}" + (" (a sample)" if name == "fhir.resources" else "")
                note = f"{_told(runs[ours])}; {name}: {_told(runs[name])}"
                yield Result(f"FHIR lines, {ours}", place, rate[ours], rate[name], "MB/s of CPU", against, note)


def _told(some: list[dict[str, float]]) -> str:
    clock = statistics.median(run["bytes"] / run["wall"] for run in some) / 1e6
    memory = statistics.median(run["memory"] for run in some) / 1e6
    return f"{clock:,.3g} MB/s by the clock, {memory:,.0f} MB of memory at most"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("place", nargs="?", help="not needed: no database is")
    parser.add_argument("--megabytes", type=int, default=300, help="of lines to read (default 300)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default 3)")
    parser.add_argument("--told", action="store_true", help="as JSON, for the process that writes the page")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        _one(asked.one[0], Path(asked.one[1]), Path(asked.one[2]))
        return
    results = measured(asked.megabytes, asked.rounds)
    if asked.told:
        told(results)
    else:
        print(table(results))


if __name__ == "__main__":
    main()
