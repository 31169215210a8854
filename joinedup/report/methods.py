"""The part of a report about how it was counted: taken from the docstrings of the measures, so that it cannot drift."""

from __future__ import annotations

import re
from html import escape
from types import ModuleType

from joinedup.measures import (
    coc,
    departure,
    hand_offs,
    in_pieces,
    mmci,
    returns,
    secon,
    series,
    upc,
    waits,
    xmr,
)
from joinedup.release import intervals, tables
from joinedup.report.markup import listed, section

MEASURES: tuple[ModuleType, ...] = (
    *(hand_offs, returns, waits, in_pieces, coc, upc, secon, mmci, departure, series, xmr),
    *(tables, intervals),
)
FIELDS = ("Unit", "Better", "Needs", "Source", "Beware", "Example", "Shape", "Order")
_FIELD = re.compile(rf"^({'|'.join(FIELDS)}) {{2,}}(.*)$")


def methods() -> str:
    """The section: each measure with its formula, what it needs, where it is from and what to beware of."""
    return section("methods", "How this was counted, and what to beware of", map(method, MEASURES))


def method(measure: ModuleType) -> str:
    """One measure, from its docstring."""
    title, said, fields = taken_apart(measure.__doc__ or "")
    words = "".join(_block(block) for block in said)
    return f"<h3>{escape(title)}</h3>{words}{listed(fields)}"


def taken_apart(docstring: str) -> tuple[str, list[str], list[tuple[str, str]]]:
    """
    The first sentence, what follows in blocks, and the named fields.

    >>> taken_apart('''
    ... Waits: how long people waited.
    ...
    ...     S(t) = 1
    ...
    ... Unit      days
    ... Beware    a wait that
    ...           goes on
    ... ''')
    ('Waits: how long people waited.', ['    S(t) = 1'], [('Unit', 'days'), ('Beware', 'a wait that goes on')])
    """
    blocks = [block for block in re.split(r"\n\s*\n", docstring.strip("\n")) if block.strip()]
    said: list[str] = []
    fields: list[tuple[str, str]] = []
    for block in blocks:
        lines = block.split("\n")
        if not _FIELD.match(lines[0]):
            said.append(block)
            continue
        for line in lines:
            if found := _FIELD.match(line):
                fields.append((found[1], found[2]))
            else:
                name, words = fields[-1]
                fields[-1] = name, f"{words} {line.strip()}"
    title = " ".join(said[0].split()) if said else ""
    return title, said[1:], fields


def _block(block: str) -> str:
    if block.startswith("    "):
        lines = "\n".join(line.removeprefix("    ") for line in block.split("\n"))
        return f"<pre>{escape(lines)}</pre>"
    return f"<p>{escape(' '.join(block.split()))}</p>"
