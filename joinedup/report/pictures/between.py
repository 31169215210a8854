"""
A map of who passes care on to whom: two bowed columns of names, arrows as wide as there are hand-offs between them.

Names of one sector stand together. How long people wait is told by colour and by how an arrow is broken: whole, in long
pieces, in long and short ones; in dots where it is not known. The same names and arrows always give the same picture.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from joinedup.report.pictures.drawing import BLUE, GREY, INK, ORANGE, SECOND, line, short, shortened, svg, text

WIDTH, SIDE, TOP, BOTTOM = 980, 270, 64, 92
CLOSEST, TALLEST = 44, 520
"""Names stand at least so far apart; where there are few, over so much in all."""
MOST_ARROWS = 40
SHORT, LONG = 14.0, 42.0
"""Days at which a wait is drawn as another: two weeks, six weeks."""

RED = "#8a1538"
BANDS: tuple[tuple[str, str, str], ...] = (
    ("not known", GREY, "2 3"),
    (f"under {SHORT:g} days", BLUE, ""),
    (f"{SHORT:g} to {LONG:g} days", ORANGE, "14 4"),
    (f"over {LONG:g} days", RED, "14 3 3 3"),
)
SHAPES = ("circle", "square", "diamond", "up", "down")


@dataclass(frozen=True)
class Arrow:
    """Care that passed from one to another so many times; `days`: how long people wait there, None where not known."""

    start: str
    end: str
    times: int
    days: float | None


def draw(names: Mapping[str, str], sectors: Mapping[str, str], arrows: Sequence[Arrow], title: str, waits: str) -> str:
    """
    The map as SVG. `names`: what is written at each key; `sectors`: by key, '' where not known; `waits`: what the days
    are. Only the widest MOST_ARROWS are drawn. Raises ValueError when there is nobody.
    """
    if not names:
        raise ValueError("there is nobody to draw")
    drawn = sorted(arrows, key=lambda each: (-each.times, each.start, each.end))[:MOST_ARROWS]
    left, right = columns(names, sectors, drawn)
    rows = max(len(left), len(right))
    tall = max(CLOSEST * rows, TALLEST)
    height = TOP + tall + BOTTOM
    at = _places(left, right, tall)
    most = max((arrow.times for arrow in drawn), default=1)
    parts = [text(16, 26, title, 16, more='font-weight="bold"')]
    parts += [_arrow(arrow, at, most, WIDTH / 2) for arrow in reversed(drawn)]
    shape = {sector: SHAPES[place % len(SHAPES)] for place, sector in enumerate(sorted(set(sectors.values())))}
    for keys, anchor, away in ((left, "end", -14), (right, "start", 14)):
        for key in keys:
            x, y = at[key]
            sector = sectors.get(key, "")
            parts.append(_node(x, y, shape.get(sector, "circle")))
            parts.append(text(x + away, y + (0 if sector else 5), shortened(names[key], 36), 13, anchor))
            if sector:
                parts.append(text(x + away, y + 15, shortened(sector, 38), 11, anchor, SECOND))
    parts += _key(height, most, waits)
    return svg(WIDTH, height, title, described(names, drawn, len(arrows), waits), parts)


def columns(
    names: Mapping[str, str], sectors: Mapping[str, str], arrows: Sequence[Arrow]
) -> tuple[list[str], list[str]]:
    """
    Who stands left and who right, downwards: sectors with most hand-offs first, each on the side with fewer so far.
    """
    weight: Counter[str] = Counter()
    for arrow in arrows:
        weight[arrow.start] += arrow.times
        weight[arrow.end] += arrow.times
    by_sector: dict[str, list[str]] = defaultdict(list)
    for key in sorted(names, key=lambda key: (-weight[key], names[key], key)):
        by_sector[sectors.get(key, "") or key].append(key)
    left: list[str] = []
    right: list[str] = []
    for sector in sorted(by_sector, key=lambda each: (-sum(weight[key] for key in by_sector[each]), each)):
        (left if len(left) <= len(right) else right).extend(by_sector[sector])
    while len(left) - len(right) > 1:
        right.append(left.pop())
    while len(right) - len(left) > 1:
        left.append(right.pop())
    return left, right


def described(names: Mapping[str, str], drawn: Sequence[Arrow], all_arrows: int, waits: str) -> str:
    """The map for those who do not see it: how many there are, and the widest arrows."""
    said = [
        f"{names[arrow.start]} to {names[arrow.end]}, {short(arrow.times)} times"
        + (f", {waits} {short(round(arrow.days))} days" if arrow.days is not None else "")
        for arrow in drawn[:5]
    ]
    return f"{len(names)} names and {len(drawn)} of {all_arrows} arrows. The widest: {'; '.join(said) or 'none'}."


def band(days: float | None) -> int:
    """
    Which of BANDS a wait is drawn as.

    >>> band(None), band(3), band(14), band(42), band(43)
    (0, 1, 2, 2, 3)
    """
    if days is None:
        return 0
    return 1 if days < SHORT else 2 if days <= LONG else 3


def _places(left: Sequence[str], right: Sequence[str], tall: float) -> dict[str, tuple[float, float]]:
    """Points on two bows, evenly spaced downwards so that no name covers another."""
    found = {}
    for keys, way in ((left, -1), (right, 1)):
        for place, key in enumerate(keys):
            down = (place + 0.5) / len(keys)
            bow = WIDTH / 2 - SIDE - 70 + 70 * math.sqrt(1 - (2 * down - 1) ** 2)
            found[key] = (WIDTH / 2 + way * bow, TOP + tall * down)
    return found


def _arrow(arrow: Arrow, at: Mapping[str, tuple[float, float]], most: int, middle: float) -> str:
    """A bow that bends to its own right, so that the two ways between two names lie apart."""
    (x1, y1), (x2, y2) = at[arrow.start], at[arrow.end]
    wide = 1 + 8 * math.sqrt(arrow.times / most)
    _, colour, broken = BANDS[band(arrow.days)]
    long = math.hypot(x2 - x1, y2 - y1) or 1
    aside = min(26.0, long / 6)
    bend_x = (x1 + x2) / 2 - (y2 - y1) / long * aside
    bend_y = (y1 + y2) / 2 + (x2 - x1) / long * aside
    if abs(x1 - x2) < WIDTH / 4:  # both on one side: inwards, the further apart the further in
        bend_x += (middle - (x1 + x2) / 2) * min(0.9, 0.25 + long / 600)
    x1, y1 = _towards(x1, y1, bend_x, bend_y, 10)
    x2, y2 = _towards(x2, y2, bend_x, bend_y, 10)
    head = 5 + 1.2 * wide
    neck_x, neck_y = _towards(x2, y2, bend_x, bend_y, head)
    out_x, out_y = (y2 - neck_y) / head, -(x2 - neck_x) / head
    half = 2.5 + wide * 0.75
    sides = ((x2, y2), (neck_x + out_x * half, neck_y + out_y * half), (neck_x - out_x * half, neck_y - out_y * half))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in sides)
    dashes = f' stroke-dasharray="{broken}"' if broken else ""
    return (
        f'<path d="M{x1:.1f} {y1:.1f}Q{bend_x:.1f} {bend_y:.1f} {neck_x:.1f} {neck_y:.1f}" fill="none" '
        f'stroke="{colour}" stroke-width="{wide:.1f}" stroke-opacity="{0.5 if arrow.days is None else 0.85}"{dashes}/>'
        f'<polygon points="{points}" fill="{colour}" fill-opacity="{0.5 if arrow.days is None else 1}"/>'
    )


def _towards(x: float, y: float, to_x: float, to_y: float, by: float) -> tuple[float, float]:
    long = math.hypot(to_x - x, to_y - y) or 1
    return x + (to_x - x) * by / long, y + (to_y - y) * by / long


def _node(x: float, y: float, shape: str) -> str:
    if shape == "square":
        return f'<rect x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12" fill="{INK}"/>'
    if shape == "diamond":
        return f'<path d="M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8z" fill="{INK}"/>'
    if shape in ("up", "down"):
        way = 1 if shape == "up" else -1
        return f'<path d="M{x:.1f} {y - 8 * way:.1f}l8 {14 * way}h-16z" fill="{INK}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{INK}"/>'


def _key(height: float, most: int, waits: str) -> list[str]:
    """What width, colour and pieces say."""
    y = height - 58
    parts = [text(16, y, f"Colour and pieces: {waits}", 12, more='font-weight="bold"')]
    for place, (said, colour, broken) in enumerate(BANDS):
        x = 16 + 180 * place
        dashes = f'stroke-dasharray="{broken}"' if broken else ""
        parts.append(line(x, y + 18, x + 44, y + 18, colour, 4, dashes))
        parts.append(text(x + 52, y + 22, said, 12))
    said = f"Width: hand-offs, the widest {short(most)}"
    parts.append(text(16, y + 46, said, 12, more='font-weight="bold"'))
    return parts
