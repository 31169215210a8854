"""
Rows one below the other on the screen, however narrow it is, with what is said of them below.

A person is on one line, the key shortened. Names of organisations begin alike ("Wendmoor …"), so that a pair of them is
folded onto further lines and never shortened; so are headings, where the screen has no room for them.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click
from rich.cells import cell_len, set_cell_size

from joinedup.cli.writing import said, say_how_many_more

_GAP = "  "
_LEAST = 12
_LEAST_OF_A_NAME = 24
_NO_END = 100_000
"""How wide it is where there is no screen: what is piped on is not broken."""

Shorten = Callable[[str, int], str]


def end_left_out(text: str, room: int) -> str:
    """As the name of a person is shortened: its beginning tells most."""
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"


def folded(text: str, room: int) -> str:
    """As a name that has to be read whole is folded: at blanks, onto further lines."""
    return "\n".join(textwrap.wrap(text, room)) or text


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
    if sum(widths) + len(_GAP) * (len(widths) - 1) > screen:
        header = [
            "\n".join(textwrap.wrap(heading, max([_LEAST, *widths]), break_long_words=False)) or heading
            for heading, *widths in _with_widths(header, shown)
        ]
        widths = [
            max([*map(cell_len, heading.split("\n")), *widths]) for heading, *widths in _with_widths(header, shown)
        ]
    least = _LEAST_OF_A_NAME if shorten is folded else _LEAST
    room = max(least, screen - sum(widths[1:]) - len(_GAP) * (len(widths) - 1))
    first = min(widths[0], room)
    for line in _lines(header, first, widths, last_down=True):
        click.secho(line, bold=True)
    for number, row in enumerate(shown):
        for line in _lines([shorten(row[0], first), *row[1:]], first, widths):
            click.echo(line)
        if below:
            click.echo(textwrap.fill(below[number], screen, initial_indent="    ", subsequent_indent="    "))
    if widths[0] > room and shorten is middle_left_out:
        click.echo("Keys are shortened to the screen: --format csv has them whole.")
    say_how_many_more(len(rows), most)


def _with_widths(header: Sequence[str], shown: Sequence[Sequence[str]]) -> Iterator[tuple[Any, ...]]:
    """Each heading, with how wide the cells under it are."""
    for place, heading in enumerate(header):
        yield (heading, *(cell_len(row[place]) for row in shown))


def _lines(cells: Sequence[str], first: int, widths: Sequence[int], last_down: bool = False) -> Iterator[str]:
    """One line, or as many as the cell of most lines has; `last_down`: the last line of each stands lowest."""
    split = [cell.split("\n") for cell in cells]
    most = max(map(len, split))
    padded = [[""] * (most - len(each)) + each if last_down else each + [""] * (most - len(each)) for each in split]
    for line in zip(*padded, strict=True):
        yield _line(line, first, widths).rstrip()


def _line(cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    numbers = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return _GAP.join([set_cell_size(cells[0], first), *numbers])
