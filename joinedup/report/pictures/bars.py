"""Bars one below the other, each with its name before it and its number behind it."""

from __future__ import annotations

from collections.abc import Sequence

from joinedup.report.pictures.drawing import BLUE, SECOND, shortened, svg, text

WIDTH, ROW, LEFT, RIGHT, TOP = 640, 28, 210, 90, 40


def draw(bars: Sequence[tuple[str, float | None, str]], title: str) -> str:
    """The bars (name, value, what is said of it) as SVG. A value that is not shown is a name without a bar."""
    most = max((value for _, value, _ in bars if value is not None), default=0) or 1
    parts = [text(0, 20, title, 15, more='font-weight="bold"')]
    for number, (name, value, said) in enumerate(bars):
        y = TOP + ROW * number
        parts.append(text(LEFT - 8, y + 16, shortened(name, 30), 12, "end"))
        long = 0.0 if value is None else (WIDTH - LEFT - RIGHT) * value / most
        parts.append(f'<rect x="{LEFT}" y="{y + 2}" width="{long:.1f}" height="{ROW - 9}" fill="{BLUE}"/>')
        parts.append(text(LEFT + long + 6, y + 16, said, 12, colour=SECOND))
    described = "; ".join(f"{name}: {said}" for name, _, said in bars)
    return svg(WIDTH, TOP + ROW * len(bars) + 8, title, described, parts)
