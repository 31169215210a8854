"""Lengths to compare: a bar for each name, its number beside it, and a line for how uncertain it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.report.pictures.drawing import BLUE, INK, SECOND, line, short, shortened, steps, svg, text

WIDTH, NAMES, RIGHT, TOP, EACH = 760, 240, 110, 60, 28


@dataclass(frozen=True)
class Bar:
    """A name and its number, None where it is not shown; `interval`: between what it may lie."""

    name: str
    value: float | None
    interval: tuple[float, float] | None = None
    group: str = ""
    """Bars of one group stand together under its name."""


def draw(bars: Sequence[Bar], title: str, unit: str, not_shown: str = "[c]") -> str:
    """The bars as SVG, in the order given. Raises ValueError when there is nothing to draw."""
    if not bars:
        raise ValueError("there is no bar to draw")
    highest = max((max(bar.value or 0, bar.interval[1] if bar.interval else 0) for bar in bars), default=0)
    top = steps(0, highest or 1, 4)[-1]
    wide = WIDTH - NAMES - RIGHT
    parts = [text(0, 22, title, 16, more='font-weight="bold"'), text(0, 42, unit, 12, colour=SECOND)]
    y, group = float(TOP), ""
    for bar in bars:
        if bar.group != group:
            group, y = bar.group, y + 24
            parts.append(text(0, y - 6, group, 13, more='font-weight="bold"'))
        parts.append(text(NAMES - 8, y + 17, shortened(bar.name, 31), 12, "end"))
        parts += _length(bar, y, wide / top, not_shown)
        y += EACH
    parts.append(line(NAMES, TOP, NAMES, y, INK))
    return svg(WIDTH, y + 12, title, described(bars, unit, not_shown), parts)


def described(bars: Sequence[Bar], unit: str, not_shown: str = "[c]") -> str:
    """The bars for those who do not see them."""
    said = [f"{bar.name} {not_shown if bar.value is None else short(bar.value)}" for bar in bars]
    return f"{unit}: {'; '.join(said)}."


def _length(bar: Bar, y: float, scale: float, not_shown: str) -> list[str]:
    if bar.value is None:
        return [text(NAMES + 6, y + 17, not_shown, 12, colour=SECOND)]
    long = bar.value * scale
    parts = [f'<rect x="{NAMES}" y="{y + 3:.1f}" width="{long:.1f}" height="{EACH - 8}" fill="{BLUE}"/>']
    end = NAMES + long
    if bar.interval:
        low, high = (NAMES + each * scale for each in bar.interval)
        middle = y + EACH / 2 - 1
        parts.append(line(low, middle, high, middle, INK, 2))
        parts += [line(each, middle - 4, each, middle + 4, INK, 2) for each in (low, high)]
        end = max(end, high)
    return [*parts, text(end + 6, y + 17, short(bar.value), 12)]
