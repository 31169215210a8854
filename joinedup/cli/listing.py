"""People one below the other on the screen, each on one line however narrow it is, with what is said of them below."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import click
from rich.cells import cell_len, set_cell_size

from joinedup.cli.writing import said, say_how_many_more

_GAP = "  "
_LEAST = 12
_NO_END = 100_000
"""How wide it is where there is no screen: what is piped on is not broken."""

Shorten = Callable[[str, int], str]


def end_left_out(text: str, room: int) -> str:
    """As a name is shortened: its beginning tells most."""
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"


def middle_left_out(text: str, room: int) -> str:
    """As a key is shortened: keys begin alike, and their ends differ."""
    if cell_len(text) <= room:
        return text
    before = (room - 1) // 3
    return f"{text[:before]}…{text[len(text) - (room - 1 - before) :]}"


def listing(
    header: Sequence[str], rows: Sequence[Sequence[Any]], most: int, shorten: Shorten, below: Sequence[str] = ()
) -> None:
    """
    The first so many rows: the first column is text, shortened to the room that there is, the others are numbers.
    `below` says something of each row, indented under it.
    """
    shown = [[said(value) for value in row] for row in rows[:most]]
    screen = shutil.get_terminal_size((_NO_END, 24)).columns
    widths = [max(map(cell_len, column)) for column in zip(header, *shown, strict=True)]
    room = max(_LEAST, screen - sum(widths[1:]) - len(_GAP) * (len(widths) - 1))
    first = min(widths[0], room)
    click.secho(_line([header[0], *header[1:]], first, widths), bold=True)
    for number, row in enumerate(shown):
        click.echo(_line([shorten(row[0], first), *row[1:]], first, widths))
        if below:
            click.echo(textwrap.fill(below[number], screen, initial_indent="    ", subsequent_indent="    "))
    if widths[0] > room and shorten is middle_left_out:
        click.echo("Keys are shortened to the screen: --format csv has them whole.")
    say_how_many_more(len(rows), most)


def _line(cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    numbers = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return _GAP.join([set_cell_size(cells[0], first), *numbers])
