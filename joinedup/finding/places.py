"""
On which line of a TOML file each field stands, so that what is wrong can be pointed at.

    >>> text = 'name = "x"\\n\\n[[all]]\\nmeasure = "age"\\n[[all]]\\nany = [\\n  { measure = "falls" },\\n]\\n'
    >>> lines = lines_of(text)
    >>> lines["name",], lines["all", 0, "measure"], lines["all", 1, "any", 0, "measure"]
    (1, 4, 7)
"""

from __future__ import annotations

import re

Place = tuple[str | int, ...]
"""Names of fields, and positions in lists from 0."""

_WORDS = re.compile(
    r"""
      (?P<text>\"{3}(?:\\.|[\s\S])*?\"{3} | '{3}[\s\S]*?'{3} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<comment>\#[^\n]*)
    | (?P<line>\n)
    | (?P<mark>[\[\]{}=,])
    | (?P<word>[^\s\[\]{}=,\#"']+)
    """,
    re.VERBOSE,
)


def lines_of(text: str) -> dict[Place, int]:
    """Where each field, table and element of a list begins, lines from 1. The text has to be TOML."""
    lines: dict[Place, int] = {}
    listed: dict[Place, int] = {}
    table: Place = ()
    inside: list[tuple[str, Place, int]] = []  # what is open: "[" or "{", the place it fills, elements so far
    pending = ""
    value_of: Place | None = None
    line, begins = 1, True
    words = list(_WORDS.finditer(text))
    at = 0
    while at < len(words):
        word = words[at][0]
        kind = words[at].lastgroup
        at += 1
        if kind == "line":
            line += 1
            if not inside:
                pending, value_of, begins = "", None, True
            continue
        if kind == "comment":
            continue
        if kind == "mark" and word == "[" and begins and not inside:
            header, closing = "", 0
            while words[at].lastgroup != "line":
                header += words[at][0] if words[at].lastgroup != "comment" else ""
                at += 1
                if at == len(words):
                    break
            many = header.startswith("[")
            closing = 2 if many else 1
            table = _within(_keys(header.strip("[")[:-closing]), listed)
            if many:
                lines.setdefault(table, line)
                listed[table] = listed.get(table, -1) + 1
                table = (*table, listed[table])
            lines.setdefault(table, line)
            begins = False
            continue
        begins = False
        place = inside[-1][1] if inside else table
        if word == "=" and kind == "mark":
            value_of = (*place, *_keys(pending))
            lines.setdefault(value_of, line)
            pending = ""
        elif kind == "mark" and word in "[{":
            here = value_of if value_of is not None else _next(inside)
            lines.setdefault(here, line)
            inside.append((word, here, 0))
            value_of = None
        elif kind == "mark" and word in "]}":
            inside.pop()
            value_of, pending = None, ""
        elif kind == "mark":
            if inside and inside[-1][0] == "[":
                inside[-1] = (inside[-1][0], inside[-1][1], inside[-1][2] + 1)
            value_of, pending = None, ""
        else:
            if value_of is None:
                pending += word
            line += word.count("\n")
    return lines


def _next(inside: list[tuple[str, Place, int]]) -> Place:
    """The place of the element of a list that begins here."""
    return (*inside[-1][1], inside[-1][2]) if inside else ()


def _keys(dotted: str) -> Place:
    return tuple(each.strip().strip("\"'") for each in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", dotted))


def _within(keys: Place, listed: dict[Place, int]) -> Place:
    """A header's place: in the last of each list on the way."""
    place: Place = ()
    for number, key in enumerate(keys):
        place = (*place, key)
        if number < len(keys) - 1 and place in listed:
            place = (*place, listed[place])
    return place
