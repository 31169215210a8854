"""
Lists of codes that a measure looks for: those shipped in code_lists/ with their SOURCE.md, or one of your own.

A list is CSV with the columns system (snomed or icd10), code and says, and for long-term conditions also condition. An
ICD-10 code stands for itself and all that begin with it (I10, I10.1), a SNOMED CT code for itself alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

SYSTEMS = ("snomed", "icd10")
_PLAIN = re.compile(r"[A-Z0-9]+", re.ASCII)


class BadCodeList(ValueError):
    """A list of codes that cannot be used; says where and why."""


def icd10_group(code: str) -> str:
    """
    An ICD-10 code to the three characters of its group.

    >>> icd10_group(" f00.1 ")
    'F00'
    """
    return plain(code)[:3]


def plain(code: str) -> str:
    """A code in capitals, without dots and blanks."""
    return re.sub(r"[.\s]", "", code).upper()


@cache
def shipped(name: str) -> tuple[dict[str, str], ...]:
    """The rows of code_lists/<name>.csv."""
    text = files("joinedup.measures").joinpath("code_lists", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


def codes(name: str, own: Path | None = None, columns: Sequence[str] = ()) -> tuple[tuple[str, ...], ...]:
    """
    A shipped list, or the one in the file `own`, as rows of system, plain code and the other `columns`.

    Raises BadCodeList for a list of one's own that lacks a column, has a system that is none, or a code with other than
    letters and digits in it.
    """
    if own is None:
        listed: Iterable[dict[str, str]] = shipped(name)
        where = name
    else:
        where = str(own)
        listed = list(csv.DictReader(io.StringIO(own.read_text(encoding="utf-8-sig"))))
    return tuple(dict.fromkeys(_row(where, line, row, columns) for line, row in enumerate(listed, 2)))


def _row(where: str, line: int, row: dict[str, str], columns: Sequence[str]) -> tuple[str, ...]:
    if missing := [each for each in ("system", "code", *columns) if not (row.get(each) or "").strip()]:
        raise BadCodeList(f"{where}, line {line}: {' and '.join(missing)} not given. A list has system,code,says.")
    system, code = row["system"].strip().lower(), plain(row["code"])
    if system not in SYSTEMS:
        raise BadCodeList(f"{where}, line {line}: the system is {' or '.join(SYSTEMS)}, not “{row['system']}”.")
    if not _PLAIN.fullmatch(code):
        raise BadCodeList(f"{where}, line {line}: “{row['code']}” is no code: letters, digits and dots.")
    return (system, code, *(re.sub(r"['\\]", "’", row[each].strip()) for each in columns))
