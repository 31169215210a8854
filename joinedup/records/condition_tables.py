"""
Tables of conditions: a row for each diagnosis, with the person's name in the file or the contact at which it was made.

One field may hold several codes, parted by commas, semicolons or bars: they are the codes of one condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from joinedup.records.codes import ICD10, SNOMED, named, system_of
from joinedup.records.delimited import Lines
from joinedup.records.moments import Moments

if TYPE_CHECKING:
    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

_PARTED = re.compile(r"[,;|]")


def read(lines: Iterator[Lines], found: dict[str, str], file: File, sheets: Sheets) -> None:
    """Write the conditions of a table. Rows without a code, or about nobody, are set aside and counted."""
    moments = Moments(file.mapping.time_format)
    for some in lines:
        text = {meaning: [value.strip() or None for value in _texts(some, name)] for meaning, name in found.items()}
        _write(some.numbers, text, moments, file, sheets)


def _texts(lines: Lines, name: str) -> list[str]:
    return [value or "" for value in lines.columns[name]]


def _write(numbers: list[int], text: dict[str, list[str | None]], moments: Moments, file: File, sheets: Sheets) -> None:
    nobody: list[str | None] = [None] * len(numbers)
    whose, contact = text.get("patient", nobody), text.get("contact", nobody)
    called, display = text.get("code_system", nobody), text.get("display", nobody)
    onset = moments.of(pa.array(text.get("onset_on", nobody), pa.string())).to_pylist()
    recorded = moments.of(pa.array(text.get("started_at", nobody), pa.string())).to_pylist()
    kept: list[int] = []
    codes: list[list[tuple[str | None, str]]] = []
    without_code = 0
    for at, number in enumerate(numbers):
        if whose[at] is None and contact[at] is None:
            sheets.set_aside(f"line {number}", "neither a person nor a contact: nobody knows whose condition it is")
            continue
        listed = [each.strip() for each in _PARTED.split(text["code"][at] or "") if each.strip()]
        if not listed and display[at] is None:
            without_code += 1
            continue
        kept.append(at)
        given = named(called[at])
        codes.append([(given or system_of(each), each) for each in listed])
    if without_code:
        sheets.set_aside("file", f"{without_code} rows have neither a code nor words for the condition")
    digest = file.digest.rpartition(":")[2][:16]
    key = sheets.key("conditions", pa.array([f"{digest}-{numbers[at]}" for at in kept], pa.string()))
    people = pa.array([whose[at] for at in kept], pa.string())
    if any(each is not None for each in people.to_pylist()):
        stubs = {"patient": sheets.key("patients", people), "nhs_number_state": pa.repeat("absent", len(people))}
        sheets.add_new("patients", stubs, told=False)
    place = sheets.add(
        "conditions",
        {
            "condition": key,
            "patient": sheets.key("patients", people),
            "contact": sheets.key("contacts", pa.array([contact[at] for at in kept], pa.string())),
            "system": pa.array([each[0][0] if each else None for each in codes], pa.string()),
            "code": pa.array([each[0][1] if each else None for each in codes], pa.string()),
            "display": pa.array([display[at] for at in kept], pa.string()),
            "snomed_code": pa.array([_first(each, SNOMED) for each in codes], pa.string()),
            "icd10_code": pa.array([_first(each, ICD10) for each in codes], pa.string()),
            "onset_on": pa.array([onset[at].date() if onset[at] else None for at in kept], pa.date32()),
            "recorded_on": pa.array([recorded[at].date() if recorded[at] else None for at in kept], pa.date32()),
        },
    )
    inside = pa.array([at for at, each in enumerate(codes) for _ in each], pa.int64())
    sheets.add_listed(
        "condition_codes",
        {
            "condition": key.take(inside),
            "position": pa.array([number for each in codes for number in range(len(each))], pa.int64()),
            "system": pa.array([system for each in codes for system, _ in each], pa.string()),
            "code": pa.array([code for each in codes for _, code in each], pa.string()),
        },
        place.take(inside),
    )


def _first(codes: list[tuple[str | None, str]], system: str) -> str | None:
    return next((code for known, code in codes if known == system), None)
