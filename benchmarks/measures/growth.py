"""How time grows with the number of contacts: an exponent fitted to what was measured, and a drawing of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.measures.contacts import file_of, store_of
from benchmarks.measures.contest import Entrant, Took, contest
from benchmarks.measures.page import seconds
from benchmarks.results import table_of

COLOURS = ("#005eb8", "#00703c", "#b1480b", "#6f2c91", "#d5281b")
WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 70, 250, 24, 56


WORKS = {
    "continuity": "benchmarks.measures.continuity:ours",
    "network": "benchmarks.measures.network:ours",
    "care density": "benchmarks.measures.density:ours",
    "handover of work": "benchmarks.measures.handover:ours",
}


Lines = dict[str, list[tuple[int, Took]]]
"""For each work, how long it took with how many contacts."""


def grown(home: Path, sizes: Sequence[int], rounds: int = 5) -> Lines:
    """Each work at each number of contacts, one after the other."""
    lines: Lines = {name: [] for name in WORKS}
    for contacts in sizes:
        store = store_of(contacts, home)
        for name, function in WORKS.items():
            given = {"store": str(store)} if name == "continuity" else {"file": file_of(store)}
            (took,) = contest([Entrant(f"{name}, {contacts:,}", function, given)], rounds)
            lines[name].append((contacts, took))
    return lines


def table(lines: Lines) -> str:
    rows = [
        (name, f"{contacts:,}", seconds(took.wall), seconds(took.cpu), f"{took.peak:,.0f}", str(took.rounds))
        for name, line in lines.items()
        for contacts, took in line
    ]
    return table_of(("Work", "Contacts", "Seconds", "Processor seconds", "Peak MB", "Rounds"), rows)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """b of seconds = a × sizeᵇ, fitted to the logarithms by least squares."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def draw(lines: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Contacts across and seconds up, both by powers of ten; a line for each work, its exponent beside it."""
    points = [point for line in lines.values() for point in line]
    x0, x1 = _powers([size for size, _ in points])
    y0, y1 = _powers([took for _, took in points])

    def across(size: float) -> float:
        return LEFT + (np.log10(size) - x0) / (x1 - x0) * (WIDE - LEFT - RIGHT)

    def up(took: float) -> float:
        return HIGH - BOTTOM - (np.log10(took) - y0) / (y1 - y0) * (HIGH - TOP - BOTTOM)

    drawn = []
    for power in range(x0, x1 + 1):
        x = across(10.0**power)
        drawn.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HIGH - BOTTOM}" stroke="#d8dde0"/>')
        drawn.append(f'<text x="{x:.1f}" y="{HIGH - BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>')
    for power in range(y0, y1 + 1):
        y = up(10.0**power)
        drawn.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDE - RIGHT}" y2="{y:.1f}" stroke="#d8dde0"/>')
        drawn.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    ends = _apart([up(line[-1][1]) for line in lines.values()])
    for (name, line), colour, end in zip(lines.items(), COLOURS, ends, strict=False):
        path = " ".join(f"{across(size):.1f},{up(took):.1f}" for size, took in line)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{across(size):.1f}" cy="{up(took):.1f}" r="4" fill="{colour}"/>' for size, took in line]
        slope = exponent([size for size, _ in line], [took for _, took in line])
        drawn.append(f'<text x="{WIDE - RIGHT + 12}" y="{end + 4:.1f}" fill="{colour}">{name}: {slope:.2f}</text>')
    middle = (LEFT + WIDE - RIGHT) / 2
    drawn.append(f'<text x="{middle}" y="{HIGH - 12}" text-anchor="middle">contacts</text>')
    drawn.append(
        f'<text x="16" y="{HIGH / 2}" text-anchor="middle" transform="rotate(-90 16 {HIGH / 2})">seconds</text>'
    )
    inside = "\n".join(drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" '
        f'font-family="Arial, sans-serif" font-size="13" fill="#212b32">'
        f"<title>Processor seconds by number of contacts</title>\n"
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>\n{inside}\n</svg>\n'
    )


def _powers(values: Sequence[float]) -> tuple[int, int]:
    low, high = int(np.floor(np.log10(min(values)) + 1e-9)), int(np.ceil(np.log10(max(values)) - 1e-9))
    return low, max(high, low + 1)


def _apart(ends: Sequence[float], least: float = 18) -> list[float]:
    """Places for the names beside the lines, none on top of another."""
    placed = dict.fromkeys(range(len(ends)), 0.0)
    last = -np.inf
    for at in sorted(range(len(ends)), key=lambda at: ends[at]):
        last = placed[at] = max(ends[at], last + least)
    return list(placed.values())
