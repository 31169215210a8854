"""Every row about measures, one after the other, and the part of the page that they make."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.measures import continuity, density, drill, engines, growth, handover, network, report
from benchmarks.measures.contacts import home
from benchmarks.measures.page import Row, reached, section, versions

PICTURE = Path(__file__).parent.parent.parent / "docs" / "images" / "growth.svg"
PEERS = ("pm4py", "networkx", "igraph", "scipy", "rustworkx", "polars", "pandas")

ABOUT = """## Measures

Contacts are the demo's, in any number: `benchmarks/measures/contacts.py` says how. Each of those who are compared is in
a process of its own, and they take turns, so that whatever else the machine does meets all alike. Medians of so many
rounds; the first, in which code is compiled and files are first read, is not counted. Before any time is believed, the
answers have been found equal, and ours equal to the plain formula on as many people as that has time for. Peak memory
is of the whole process while it works, with the interpreter, its libraries and what it was given. Where a figure is to
be reached beside a peer, the less flattering of seconds by the clock and seconds of the processors counts, unless the
row names one.
"""


class NoPeers(Exception):
    """What is to be measured against is not installed."""


def measured(long: bool) -> Iterator[str]:
    """
    The part of the page so far, as Markdown, after each work: a run that is stopped loses only what it has not come to.
    Raises NoPeers, saying what to do.
    """
    if missing := [name for name in PEERS if importlib.util.find_spec(name) is None]:
        raise NoPeers(f"{', '.join(missing)} not installed: `.ci/peers` installs what is measured against.")
    where = home()
    where.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    for make in _works(where):
        rows += make()
        print(reached(rows), file=sys.stderr, flush=True)
        yield _page(rows)
    lines = growth.grown(where, [10**power for power in range(5, 9 if long else 8)])
    drawing = {name: [(contacts, took.cpu) for contacts, took in line] for name, line in lines.items()}
    PICTURE.write_text(growth.draw(drawing), encoding="utf-8")
    said = _growth(lines, drawing, long)
    yield _page(rows, said)
    spark = [section(row) for row in engines.rows(where)] or ["Spark was not measured: there is no Java here.\n"]
    yield _page(rows, said, *spark)


def _page(rows: Sequence[Row], *further: str) -> str:
    busy = f"Load average of the last quarter of an hour at the end: {os.getloadavg()[2]:.1f}.\n"
    parts = [
        versions() + ".",
        busy,
        "### What was to be reached\n",
        reached(rows) + "\n",
        *map(section, rows),
        *further,
    ]
    return "\n".join([ABOUT, *parts])


def _works(where: Path) -> Iterator[Callable[[], list[Row]]]:
    yield lambda: [continuity.row(where, 10_000_000)]
    yield lambda: [density.row(where, 1_000_000)]
    yield lambda: [handover.row(where, 1_000_000)]
    yield lambda: [network.row(where, 1_000_000), network.row(where, 10_000_000), network.thinned(where, 10_000_000)]
    yield lambda: drill.rows(where)
    yield lambda: [report.row(where, 10_000_000)]


def _growth(lines: growth.Lines, drawing: dict[str, list[tuple[int, float]]], long: bool) -> str:
    slopes = ", ".join(f"{name} {growth.exponent(*zip(*line, strict=True)):.2f}" for name, line in drawing.items())
    further = "" if long else " `make bench LONG=1` goes on to 100,000,000."
    return (
        "### Growth with the number of contacts\n\n"
        f"![Processor seconds by number of contacts, both by powers of ten](../images/{PICTURE.name})\n\n"
        f"Fitted exponents of processor seconds: {slopes}. 1 is a straight line; below it, what does not grow still "
        f"weighs.{further}\n\n{growth.table(lines)}\n"
    )
