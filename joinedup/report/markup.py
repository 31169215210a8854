"""What a page is written with: text made safe, tables that scroll by themselves, pictures with their tables below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from joinedup.report.pictures.drawing import short

CONFIDENTIAL = "[c]"
"""Not shown because it is about few people: the shorthand of the Government Analysis Function."""

Cell = str | int | float | None


class Days(float):
    """A length of time in days. Where it is shorter than one it is read in hours or minutes, with the unit."""

    def __str__(self) -> str:
        """
        >>> str(Days(0)), str(Days(0.0125)), str(Days(0.3)), str(Days(12.34))
        ('0', '18 min', '7.2 h', '12.3')
        """
        if not 0 < self < 1:
            return short(round(self, 1))
        return f"{max(round(self * 24 * 60), 1)} min" if self * 24 < 1 else f"{self * 24:.1f} h"


def paragraph(said: str, kind: str = "") -> str:
    """Words, which are made safe."""
    return f"<p{_kind(kind)}>{escape(said)}</p>"


def section(name: str, title: str, parts: Iterable[str]) -> str:
    """A part of the page under its heading, which the list of contents leads to."""
    head = f'<h2 id="{name}-h">{escape(title)}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-h">{head}{"".join(parts)}</section>'


def heading(said: str) -> str:
    return f"<h3>{escape(said)}</h3>"


def figure(svg: str, label: str) -> str:
    """A picture. On a narrow window it keeps a size that can be read, and is moved sideways, also by keyboard."""
    return f'<figure><div class="wide" role="region" aria-label="{escape(label)}" tabindex="0">{svg}</div></figure>'


def table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], note: str = "") -> str:
    """A table whose first column names its rows. A missing value is a dash; what is hidden says [c]."""
    if not rows:
        return paragraph(f"{caption}: none.", "note")
    numbers = [
        all(isinstance(row[at], int | float | None) or row[at] == CONFIDENTIAL for row in rows)
        for at in range(len(headings))
    ]
    head = "".join(
        f'<th scope="col"{_kind("n" if n else "")}>{escape(each)}</th>'
        for each, n in zip(headings, numbers, strict=True)
    )
    body = "".join(_row(row, numbers) for row in rows)
    below = paragraph(note, "note") if note else ""
    return (
        f'<div class="wide" role="region" aria-label="Table: {escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{below}"
    )


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Words with what they stand for."""
    return (
        "<dl>" + "".join(f"<div><dt>{escape(word)}</dt><dd>{escape(said)}</dd></div>" for word, said in pairs) + "</dl>"
    )


def hidden(value: Cell) -> Cell:
    """A count as it may be released: [c] where it is None."""
    return CONFIDENTIAL if value is None else value


def _row(row: Sequence[Cell], numbers: Sequence[bool]) -> str:
    first, *rest = row
    cells = "".join(
        f"<td{_kind('n' if n else '')}>{_shown(value)}</td>" for value, n in zip(rest, numbers[1:], strict=True)
    )
    return f'<tr><th scope="row">{_shown(first)}</th>{cells}</tr>'


def _shown(value: Cell) -> str:
    if value is None:
        return "–"
    return escape(str(value)) if isinstance(value, str | Days) else short(value)


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
