"""What was measured, put as tables: for each row of the page who took how long, and what was to be reached."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measures.contest import Took
from benchmarks.results import table_of


@dataclass(frozen=True)
class Target:
    """A figure that was to be reached, and what it came to: "at most 1.1", 0.7."""

    what: str
    wanted: float
    measured: float
    at_least: bool = False

    @property
    def reached(self) -> bool:
        return self.measured >= self.wanted if self.at_least else self.measured <= self.wanted


@dataclass(frozen=True)
class Row:
    """One row of the issue's table: the work, everybody who did it, ours first, and what was to be reached."""

    about: str
    took: Sequence[Took]
    targets: Sequence[Target] = ()
    notes: Sequence[str] = field(default_factory=list)


def figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def seconds(value: float) -> str:
    return f"{value:,.1f}" if value >= 100 else f"{value:.3g}"


def reached(rows: Iterable[Row]) -> str:
    """Every target beside what was measured."""
    return reached_of((row.about, target) for row in rows for target in row.targets)


def reached_of(targets: Iterable[tuple[str, Target]]) -> str:
    """The same, of targets with the work that each is of."""
    found = [
        (
            about,
            f"{figure(target.wanted)} {target.what}",
            figure(target.measured),
            "reached" if target.reached else "**not reached**",
        )
        for about, target in targets
    ]
    return table_of(("Work", "To reach", "Measured", ""), found)


def section(row: Row) -> str:
    """One row's times, each beside ours."""
    first = row.took[0]
    rows = [
        (
            each.name,
            seconds(each.wall),
            seconds(each.cpu),
            f"{each.peak:,.0f}" if each.peak else "",
            ""
            if each is first
            else f"{figure(each.wall / first.wall)} × by the clock, "
            f"{figure(each.cpu / max(first.cpu, 1e-9))} × of the processors",
            str(each.rounds) if each.rounds else "worked out",
        )
        for each in row.took
    ]
    head = ("Who", "Seconds", "Processor seconds", "Peak MB", "Beside joinedup", "Rounds")
    notes = "".join(f"\n{note}\n" for note in row.notes)
    return f"### {row.about}\n\n{table_of(head, rows)}\n{notes}"


PEERS = (
    "duckdb", "pyarrow", "numpy", "numba", "pandas", "polars", "pm4py", "networkx", "igraph", "scipy", "rustworkx",
    "pyspark", "pysimdjson", "orjson", "fhir.resources",
)  # fmt: skip


def versions() -> str:
    """What was measured with: Python, the processor, and every peer that is installed."""
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {processor()}; "
        + ", ".join(found)
    )


def processor() -> str:
    """How many processors of which kind, as far as the system says."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    kinds = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{os.cpu_count()} processors" + (f" ({kinds[0]})" if kinds else "")
