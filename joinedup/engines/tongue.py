"""
The SQL files of the measures, and what an engine is.

A file is written in the tongue that DuckDB and Spark share: `:name` stands for a value, `{by}` for the name of a level
(practitioner, team, organisation, sector or profession), `{rows of list}` for the rows of a list that is shipped
(code_lists/), and these words mean the same on both, defined in each engine
where it lacks them:

    percentile(x, p)      exact, with linear interpolation; nulls left out
    days_between(a, b)    days from a to b, with fractions
    month_of(t)           the day on which the month of t begins, UTC
    said(about, place)    what JSON says at a place such as 'terms.affected': a text, or JSON as text; else null
    contains(x, y)        whether text x holds text y

Every ORDER BY says where nulls go; decimals are written with an exponent (1e-1), so that no engine takes them for exact
decimals; a sum of whole numbers is cast to BIGINT; and nothing depends on the order of rows that is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import pyarrow as pa

LEVELS = ("practitioner", "team", "organisation", "sector", "profession")
"""Whom a contact can be said to be with, from the narrowest to the widest, and the profession across them."""

EVER = date(1000, 1, 1)
"""Before every record, for a window without a beginning; a day that every engine can hold."""

_PLACE = re.compile(r"\{([a-z_]+)\}")
_ROWS = re.compile(r"\{rows of ([a-z_]+)\}")
_VALUE = re.compile(r"(?<![:\w]):([a-z_]+)\b")


class Engine(Protocol):
    """Somewhere to run a measure over the tables of one store."""

    name: str

    def run(self, sql: str, **given: Any) -> pa.Table:
        """The answer of one statement, with values for its `:names`. Moments are UTC."""

    def close(self) -> None:
        """Let go of what it holds."""


@cache
def statement(measure: str, **levels: str) -> str:
    """
    The SQL of joinedup/measures/<measure>.sql, with the names of levels put in.

    Raises ValueError for a level that is none, or that the file does not ask for.
    """
    text = files("joinedup.measures").joinpath(f"{measure}.sql").read_text(encoding="utf-8")
    asked = set(_PLACE.findall(text))
    if asked != set(levels):
        raise ValueError(f"{measure}.sql asks for {sorted(asked)}, and was given {sorted(levels)}")
    for name, level in levels.items():
        if level not in LEVELS:
            raise ValueError(f"“{level}” is not a level. Levels are {', '.join(LEVELS)}.")
        text = text.replace("{" + name + "}", level)
    return text


def with_rows(sql: str, **listed: Sequence[Sequence[str | float]]) -> str:
    """
    A statement with rows put in where it has `{rows of name}`, as `VALUES` takes them: for lists that are shipped.

    Raises ValueError for a list that the statement does not ask for, or one that it asks for and is not given; and for
    a text that the engines would not read alike.

    >>> with_rows("SELECT * FROM (VALUES {rows of weights}) AS w(code, weight)", weights=[("F00", 7.1), ("G81", 4.4)])
    "SELECT * FROM (VALUES ('F00', 7.1e0), ('G81', 4.4e0)) AS w(code, weight)"
    """
    if set(_ROWS.findall(sql)) != set(listed):
        raise ValueError(f"the statement asks for rows of {sorted(set(_ROWS.findall(sql)))}, not of {sorted(listed)}")
    return _ROWS.sub(lambda place: ", ".join(_row(each) for each in listed[place[1]]), sql)


def _row(values: Sequence[str | float]) -> str:
    return "(" + ", ".join(_literal(value) for value in values) + ")"


def _literal(value: str | float) -> str:
    if not isinstance(value, str):
        return f"{float(value)!r}e0"
    if "'" in value or "\\" in value:
        raise ValueError(f"“{value}” has a quote or a backslash in it, which engines read differently")
    return f"'{value}'"


def with_dollars(sql: str) -> str:
    """The same with `$name` for `:name`, as DuckDB writes values. Comments and text in quotes are left."""
    parts = re.split(r"(--[^\n]*|'[^']*')", sql)
    return "".join(part if number % 2 else _VALUE.sub(r"$\1", part) for number, part in enumerate(parts))


def values_of(sql: str) -> set[str]:
    """The names of the values that a statement asks for."""
    return set(_VALUE.findall("".join(re.split(r"--[^\n]*|'[^']*'", sql))))


def moment(day: date | None) -> datetime:
    """The beginning of a day, UTC; of no day, before every record."""
    return datetime.combine(day or EVER, datetime.min.time(), UTC)
