"""
The SQL files of the measures, and what an engine is.

A file is written in the tongue that DuckDB and Spark share: `:name` stands for a value, `{by}` for the name of a level
(practitioner, team, organisation, sector or profession), and these words mean the same on both, defined in each engine
where it lacks them:

    percentile(x, p)      exact, with linear interpolation; nulls left out
    days_between(a, b)    days from a to b, with fractions
    month_of(t)           the day on which the month of t begins, UTC

Every ORDER BY says where nulls go; decimals are written with an exponent (1e-1), so that no engine takes them for exact
decimals; a sum of whole numbers is cast to BIGINT; and nothing depends on the order of rows that is not asked for.
"""

from __future__ import annotations

import re
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
