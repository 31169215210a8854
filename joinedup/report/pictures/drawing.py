"""What pictures are made of: text made safe, numbers short, scales with round steps."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

FONT = "font-family: 'DejaVu Sans', Frutiger, Arial, sans-serif"
INK, SECOND, LINE, PAPER = "#212b32", "#4c6272", "#aeb7bd", "#ffffff"
BLUE, ORANGE, GREY = "#005eb8", "#b35900", "#768692"
"""NHS blue; an orange dark enough to be read on white; a grey."""


def svg(width: float, height: float, title: str, description: str, parts: Iterable[str]) -> str:
    """A whole picture, which grows and shrinks with the room that there is."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" style="max-width: 100%; height: auto; {FONT}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def text(
    x: float, y: float, said: str, size: float = 13, anchor: str = "start", colour: str = INK, more: str = ""
) -> str:
    """A line of words."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{colour}" {more}>'
        f"{escape(said)}</text>"
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE, width: float = 1, more: str = "") -> str:
    """A straight line."""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}" {more}/>'


def short(value: float) -> str:
    """
    A number as it is read at a glance.

    >>> short(1234567), short(12.345), short(0.01234), short(-3)
    ('1,234,567', '12.3', '0.0123', '-3')
    """
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"


def steps(low: float, high: float, about: int = 5) -> list[float]:
    """
    Round numbers from at or below the lowest to at or above the highest.

    >>> steps(0, 47)
    [0, 10, 20, 30, 40, 50]
    """
    if high <= low:
        high = low + (abs(low) or 1)
    rough = (high - low) / about
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= rough)
    first = math.floor(low / step)
    return [number * step for number in range(first, math.ceil(high / step) + 1)]


def shortened(said: str, most: int) -> str:
    """
    A name that fits.

    >>> shortened("Wendmoor General Hospital", 12)
    'Wendmoor Ge…'
    """
    return said if len(said) <= most else said[: most - 1] + "…"
