"""
The map of a place: who is in it, in a ring by sector, with arrows for how care passes between them.

An arrow is as wide as there are hand-offs along it, and as dark as people wait at it: pale and dashed where no wait is
known, blue up to 6 weeks, orange beyond, with the days written in the table beside the map.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.report.pictures.drawing import BLUE, GREY, INK, ORANGE, PAPER, SECOND, shortened, svg, text

WIDE, TALL, RING = 980, 720, 250
LONG_WAIT_DAYS = 42


@dataclass(frozen=True)
class Node:
    """Somebody on the map: name, sector, contacts."""

    name: str
    sector: str
    contacts: int


@dataclass(frozen=True)
class Arrow:
    """Care passing from one node to another (places in the list of nodes): how often, and the median wait in days."""

    start: int
    end: int
    times: int
    days: float | None


def draw(nodes: Sequence[Node], arrows: Sequence[Arrow], title: str) -> str:
    """The map as SVG: nodes in the order given, clockwise from the top; every arrow of those given."""
    middle = WIDE / 2
    centre_y = TALL / 2 + 10
    most_times = max((arrow.times for arrow in arrows), default=1)
    most_contacts = max((node.contacts for node in nodes), default=1) or 1
    angles = [2 * math.pi * number / max(1, len(nodes)) - math.pi / 2 for number in range(len(nodes))]
    places = [(middle + RING * math.cos(angle), centre_y + RING * math.sin(angle), angle) for angle in angles]
    parts = [text(8, 22, title, 16, more='font-weight="bold"')]
    centre = (middle, centre_y)
    quiet_first = sorted(arrows, key=lambda each: each.times)
    parts += [_arrow(places[each.start], places[each.end], each, most_times, centre) for each in quiet_first]
    for node, (x, y, angle) in zip(nodes, places, strict=True):
        size = 7 + 13 * math.sqrt(node.contacts / most_contacts)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{BLUE}" stroke="{PAPER}" stroke-width="2"/>'
        )
        anchor = "middle" if abs(math.cos(angle)) < 0.25 else "start" if math.cos(angle) > 0 else "end"
        away = size + 8
        label_x, label_y = x + away * math.cos(angle), y + away * math.sin(angle) + (10 if math.sin(angle) > 0.2 else 0)
        parts.append(text(label_x, label_y, shortened(node.name, 24), 12, anchor, INK, 'font-weight="bold"'))
        parts.append(text(label_x, label_y + 14, shortened(node.sector, 26), 10, anchor, SECOND))
    parts += _key(TALL)
    busiest = sorted(arrows, key=lambda each: -each.times)[:5]
    said = "; ".join(
        f"{nodes[each.start].name} to {nodes[each.end].name} {each.times:,} times"
        + (f", median wait {each.days:.0f} days" if each.days is not None else "")
        for each in busiest
    )
    return svg(WIDE, TALL + 40, title, f"{len(nodes)} nodes in a ring. The busiest ways: {said}.", parts)


def _arrow(
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    arrow: Arrow,
    most: int,
    centre: tuple[float, float],
) -> str:
    """A bent line, to the left of the straight one, so that the way there and the way back are two."""
    (x1, y1, _), (x2, y2, _) = start, end
    long = math.hypot(x2 - x1, y2 - y1) or 1
    bend = 0.13 * long
    across_x, across_y = (y2 - y1) / long, -(x2 - x1) / long
    mid_x = (x1 + x2) / 2 + across_x * bend + (centre[0] - (x1 + x2) / 2) * 0.15
    mid_y = (y1 + y2) / 2 + across_y * bend + (centre[1] - (y1 + y2) / 2) * 0.15
    colour = GREY if arrow.days is None else ORANGE if arrow.days > LONG_WAIT_DAYS else BLUE
    width = 0.8 + 7 * arrow.times / most
    dashed = ' stroke-dasharray="5 4"' if arrow.days is None else ""
    near = math.hypot(x2 - mid_x, y2 - mid_y) or 1
    back = 20 + width
    tip_x, tip_y = x2 - (x2 - mid_x) / near * back, y2 - (y2 - mid_y) / near * back
    way_x, way_y = (x2 - mid_x) / near, (y2 - mid_y) / near
    head = 4 + width
    points = " ".join(
        f"{x:.1f},{y:.1f}"
        for x, y in (
            (tip_x + way_x * head, tip_y + way_y * head),
            (tip_x - way_y * head * 0.6, tip_y + way_x * head * 0.6),
            (tip_x + way_y * head * 0.6, tip_y - way_x * head * 0.6),
        )
    )
    return (
        f'<path d="M{x1:.1f} {y1:.1f}Q{mid_x:.1f} {mid_y:.1f} {tip_x:.1f} {tip_y:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="{width:.1f}" stroke-opacity="0.7"{dashed}/><polygon points="{points}" fill="{colour}"/>'
    )


def _key(height: float) -> list[str]:
    shown = (
        (BLUE, "", f"median wait up to {LONG_WAIT_DAYS} days"),
        (ORANGE, "", "longer"),
        (GREY, ' stroke-dasharray="5 4"', "no wait known"),
    )
    parts, x = [], 8.0
    for colour, dashed, said in shown:
        parts.append(f'<path d="M{x} {height + 20}h34" stroke="{colour}" stroke-width="4"{dashed}/>')
        parts.append(text(x + 42, height + 24, said, 12, colour=SECOND))
        x += 60 + 7.2 * len(said)
    return parts
