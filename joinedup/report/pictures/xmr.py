"""
An XmR chart in the manner of NHS England's Making Data Count: points, mean, limits, target, and two icons.

Improvement is a blue diamond, concern an orange square, common cause a grey dot; high and low, where neither is better,
are triangles that point up and down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from joinedup.measures.xmr import Chart, Point
from joinedup.period import months_before, spoken
from joinedup.report.pictures.drawing import BLUE, GREY, INK, ORANGE, SECOND, line, short, steps, svg, text

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 62, 96, 64, 48

RED = "#aa2a2a"
COLOURS = {"common cause": GREY, "improvement": BLUE, "concern": ORANGE, "high": BLUE, "low": BLUE}
ASSURED = {"passing": BLUE, "failing": ORANGE, "hit and miss": GREY}


def draw(chart: Chart, title: str, unit: str, decided_on: date | None = None) -> str:
    """The chart as SVG, with a line at the day of a decision, if any. Raises ValueError for one without points."""
    if not chart.points:
        raise ValueError("there is no point to draw")
    values = [value for point in chart.points for value in (point.value, point.lower, point.upper)]
    if chart.target is not None:
        values.append(chart.target)
    scale = steps(min(values), max(values))
    low, high = scale[0], scale[-1]
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def across(place: float) -> float:
        return LEFT + wide * (place + 0.5) / len(chart.points)

    def up(value: float) -> float:
        return TOP + tall * (1 - (value - low) / ((high - low) or 1))

    parts = [text(LEFT, 22, title, 16, more='font-weight="bold"'), text(LEFT, 42, unit, 12, colour=SECOND)]
    for value in scale:
        parts.append(line(LEFT, up(value), WIDTH - RIGHT, up(value), "#e8edee"))
        parts.append(text(LEFT - 8, up(value) + 4, short(value), 11, "end", SECOND))
    parts += _limits(chart, across, up)
    last = chart.points[-1]
    for value, said in ((last.upper, "upper limit"), (last.mean, "mean"), (last.lower, "lower limit")):
        parts.append(text(WIDTH - RIGHT + 6, up(value) + 4, f"{said} {short(value)}", 10, colour=SECOND))
    if chart.target is not None:
        at = up(chart.target)
        near = any(abs(at - up(value)) < 12 for value in (last.upper, last.mean, last.lower))
        parts.append(line(LEFT, at, WIDTH - RIGHT, at, RED, 1.5, 'stroke-dasharray="8 4"'))
        parts.append(text(WIDTH - RIGHT + 6, at + (16 if near else 4), f"target {short(chart.target)}", 10, colour=RED))
    path = " ".join(f"{across(place):.1f},{up(point.value):.1f}" for place, point in enumerate(chart.points))
    parts.append(f'<polyline points="{path}" fill="none" stroke="{GREY}" stroke-width="1.5"/>')
    parts += [_mark(across(place), up(point.value), point) for place, point in enumerate(chart.points)]
    every = max(1, len(chart.points) // 9)
    for place, point in enumerate(chart.points):
        if point.on and place % every == 0:
            parts.append(text(across(place), HEIGHT - BOTTOM + 18, f"{point.on:%b %Y}", 10, "middle", SECOND))
    parts += _icons(chart)
    said = described(chart, unit)
    if decided_on is not None and (decided := _place(chart, decided_on)) is not None:
        x, near_the_end = across(decided), decided > len(chart.points) * 0.7
        parts.append(line(x, TOP - 4, x, HEIGHT - BOTTOM, INK, 1.5))
        label = f"decided {spoken(decided_on)}"
        parts.append(text(x + (-5 if near_the_end else 5), TOP - 8, label, 11, "end" if near_the_end else "start", INK))
        said += f" A line marks a decision on {spoken(decided_on)}."
    return svg(WIDTH, HEIGHT, title, said, parts)


def _place(chart: Chart, day: date) -> float | None:
    """Where a day lies among months, the middle of the first being 0; None outside the chart."""
    months = [point.on for point in chart.points if point.on]
    if len(months) < len(chart.points) or not months or day < months[0] or day >= months_before(months[-1], -1):
        return None
    there = sum(at <= day for at in months) - 1
    length = (months_before(months[there], -1) - months[there]).days
    return there - 0.5 + min(1.0, (day - months[there]).days / length)


def described(chart: Chart, unit: str) -> str:
    """The chart for those who do not see it: its mean and limits, what stands out, and the icons."""
    last = chart.points[-1]
    odd = [f"{point.on:%B %Y} {point.label}" for point in chart.points if point.on and point.label != "common cause"]
    limits = f"Mean {short(last.mean)}, limits {short(last.lower)} to {short(last.upper)}."
    said = (
        f"{len(chart.points)} points, {unit}. {limits} "
        f"{'; '.join(odd) if odd else 'Every point is common cause'}. The last: {chart.variation}."
    )
    return said + (f" Target {short(chart.target)}: {chart.assurance}." if chart.target is not None else "")


def _limits(chart: Chart, across: Callable[[float], float], up: Callable[[float], float]) -> list[str]:
    """Mean and limits, broken where they were worked out again."""
    parts = []
    begins = [0, *chart.recalculated_at, len(chart.points)]
    for start, end in pairwise(begins):
        point = chart.points[start]
        left, right = across(start - 0.5), across(end - 0.5)
        parts.append(line(left, up(point.mean), right, up(point.mean), INK, 1.2))
        dashed = 'stroke-dasharray="3 3"'
        parts += [line(left, up(limit), right, up(limit), SECOND, 1.2, dashed) for limit in (point.lower, point.upper)]
    return parts


def _mark(x: float, y: float, point: Point) -> str:
    colour = COLOURS[point.variation]
    if point.variation == "improvement":
        return f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" fill="{colour}"/>'
    if point.variation == "concern":
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{colour}"/>'
    if point.variation in ("high", "low"):
        way = -1 if point.variation == "high" else 1
        return f'<path d="M{x - 6:.1f} {y - 4 * way:.1f}h12l-6 {10 * way:.1f}z" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'


def _icons(chart: Chart) -> list[str]:
    """The variation of the last point, and whether the target will be met."""
    parts = []
    at = WIDTH - RIGHT - 8
    shown: list[tuple[str, dict[str, str]]] = [(chart.variation, COLOURS)] if chart.variation else []
    if chart.assurance:
        shown.insert(0, (chart.assurance, ASSURED))
    for number, (said, colours) in enumerate(reversed(shown)):
        x = at - 118 * number
        colour = colours[said]
        parts.append(f'<circle cx="{x:.1f}" cy="22" r="11" fill="none" stroke="{colour}" stroke-width="3"/>')
        parts.append(text(x, 27, _letter(said), 13, "middle", colour, 'font-weight="bold"'))
        parts.append(text(x - 16, 27, said, 11, "end", SECOND))
    return parts


def _letter(said: str) -> str:
    return {"passing": "P", "failing": "F", "hit and miss": "?", "high": "H", "low": "L", "improvement": "✓"}.get(
        said, "!" if said == "concern" else "~"
    )
