"""
The OMOP Common Data Model, version 5, as tables of text or Parquet: one file for each of its tables, in any order.

    person                 patients
    provider               practitioners
    care_site              organisations
    visit_occurrence       contacts
    condition_occurrence   conditions

A file is told by the columns that only its table has; other tables of the model are passed over. Identifiers are the
model's own whole numbers; 0 and nothing are nobody. A condition keeps the code that its source gave, with the system
that the code shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.records import contact_tables
from joinedup.records.codes import ICD10, SNOMED, system_of
from joinedup.records.delimited import Lines
from joinedup.records.files import Unreadable
from joinedup.records.moments import Moments

if TYPE_CHECKING:
    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

Values = list[str | None]
Row = dict[str, Values]

TOLD_BY = {
    "visit_occurrence": {"visit_occurrence_id", "person_id", "visit_concept_id"},
    "condition_occurrence": {"condition_occurrence_id", "person_id", "condition_concept_id"},
    "person": {"person_id", "year_of_birth", "gender_concept_id"},
    "provider": {"provider_id", "specialty_concept_id"},
    "care_site": {"care_site_id", "place_of_service_concept_id"},
}
"""The columns that tell a file of each table, in the order in which they are looked for."""

_GENDERS = {"8507": "male", "8532": "female"}
_RACES = {
    "8515": "Asian",
    "8516": "Black or African American",
    "8527": "White",
    "8557": "Native Hawaiian or Other Pacific Islander",
    "8657": "American Indian or Alaska Native",
}
_CLASSES = {
    "9201": "IMP", "262": "IMP", "8717": "IMP", "32037": "IMP", "9202": "AMB", "9203": "EMER", "581476": "HH",
    "5083": "VR", "722455": "VR",
}  # fmt: skip
"""Concepts of the Visit domain to the classes of contacts (HL7 v3 ActCode)."""


def table_of(header: Iterable[str]) -> str | None:
    """Which table of the model a file with these columns is; None when it is none of those that are read."""
    names = {name.strip().lower() for name in header}
    return next((table for table, told in TOLD_BY.items() if told <= names), None)


def read(file: File, sheets: Sheets, seen: Callable[[int], None]) -> None:
    """Write the rows of one table of the model. Raises Unreadable for a file that is none of those that are read."""
    table = table_of(contact_tables.header(file.path, file.mapping))
    if table is None:
        raise Unreadable(f"none of the tables {', '.join(TOLD_BY)} of OMOP: its columns tell none")
    write, moments = _WRITERS[table], Moments()
    for lines in contact_tables.lines(file, sheets, seen):
        if lines.numbers:
            write(_Rows(lines, moments), sheets)


class _Rows:
    """Some rows, by the names of their columns in small letters; empty values are None, and 0 is no identifier."""

    def __init__(self, lines: Lines, moments: Moments) -> None:
        self.numbers, self.moments = lines.numbers, moments
        self._columns = {name.strip().lower(): values for name, values in lines.columns.items()}

    def text(self, name: str) -> Values:
        found = self._columns.get(name)
        if found is None:
            return [None] * len(self.numbers)
        return [(value or "").strip() or None for value in found]

    def identifier(self, name: str) -> Values:
        return [None if value is None or _whole(value) == "0" else _whole(value) for value in self.text(name)]

    def first(self, *names: str) -> Values:
        """The first of these columns that has a value, row by row."""
        by_row = zip(*map(self.text, names), strict=True)
        return [next((value for value in row if value is not None), None) for row in by_row]

    def moment(self, *names: str, sheets: Sheets) -> pa.Array:
        """Moments, from the first of these columns that has a value; one that cannot be read is doubted, and null."""
        said = self.first(*names)
        found = self.moments.of(pa.array(said, pa.string()))
        for at in pc.indices_nonzero(pc.is_null(found)).to_pylist():
            if said[at] is not None:
                sheets.doubt(f"line {self.numbers[at]}", "", f"{names[-1]} is not a date and was left out")
        return found

    def known_both(self, ones: Values, one: str, others: Values, other: str, sheets: Sheets) -> list[int]:
        """The rows that have both identifiers; the others are set aside."""
        for number, here, there in zip(self.numbers, ones, others, strict=True):
            if here is not None and there is None:
                sheets.set_aside(f"line {number}", f"{other} is empty")
        return [at for at in self.known(ones, sheets, one) if others[at] is not None]

    def known(self, identifiers: Values, sheets: Sheets, of_what: str) -> list[int]:
        """The rows that have an identifier; the others are set aside."""
        for number, each in zip(self.numbers, identifiers, strict=True):
            if each is None:
                sheets.set_aside(f"line {number}", f"{of_what} is empty")
        return [at for at, each in enumerate(identifiers) if each is not None]


def _whole(text: str) -> str:
    """An identifier as a whole number: some tools write 12 as 12.0."""
    return text.removesuffix(".0")


def _of(values: Values, which: list[int]) -> pa.Array:
    return pa.array([values[at] for at in which], pa.string())


def _known(called: dict[str, str], concepts: Values, which: list[int]) -> pa.Array:
    """Concepts in words; null for one that is not known."""
    return pa.array([called.get(_whole(concepts[at] or "")) for at in which], pa.string())


def _person(rows: _Rows, sheets: Sheets) -> None:
    who = rows.identifier("person_id")
    there = rows.known(who, sheets, "person_id")
    year, month, day = (rows.text(name) for name in ("year_of_birth", "month_of_birth", "day_of_birth"))
    born = [_born(year[at], month[at], day[at]) for at in there]
    sheets.add(
        "patients",
        {
            "patient": sheets.key("patients", _of(who, there)),
            "nhs_number_state": pa.repeat("absent", len(there)),
            "gender": _known(_GENDERS, rows.text("gender_concept_id"), there),
            "born_on": pa.array([each[0] for each in born], pa.string()).cast(pa.date32()),
            "born_on_known_to": pa.array([each[1] for each in born], pa.string()),
            "ethnicity": _known(_RACES, rows.text("race_concept_id"), there),
        },
    )


def _born(year: str | None, month: str | None, day: str | None) -> tuple[str | None, str | None]:
    """The first day that a birth can be, and what is known of it."""
    try:
        y, m, d = (int(float(each)) if each else 0 for each in (year, month, day))
    except ValueError:
        return None, None
    for parts, known in (((y, m, d), "day"), ((y, m, 1), "month"), ((y, 1, 1), "year")):
        try:
            return date(*parts).isoformat(), known
        except ValueError:
            continue
    return None, None


def _provider(rows: _Rows, sheets: Sheets) -> None:
    who = rows.identifier("provider_id")
    there = rows.known(who, sheets, "provider_id")
    names, professions = rows.text("provider_name"), rows.text("specialty_source_value")
    sheets.add(
        "practitioners",
        {
            "practitioner": sheets.key("practitioners", _of(who, there)),
            "name": _of(names, there),
            "profession": _of(professions, there),
        },
    )


def _care_site(rows: _Rows, sheets: Sheets) -> None:
    where = rows.identifier("care_site_id")
    there = rows.known(where, sheets, "care_site_id")
    sheets.add(
        "organisations",
        {
            "organisation": sheets.key("organisations", _of(where, there)),
            "name": _of(rows.text("care_site_name"), there),
            "type": _of(rows.text("place_of_service_source_value"), there),
        },
    )


def _visits(rows: _Rows, sheets: Sheets) -> None:
    who, contact = rows.identifier("person_id"), rows.identifier("visit_occurrence_id")
    there = rows.known_both(who, "person_id", contact, "visit_occurrence_id", sheets)
    here = pa.array(there, pa.int64())
    columns: dict[str, pa.Array] = {
        "contact": sheets.key("contacts", _of(contact, there)),
        "patient": _named(who, there, "patients", sheets),
        "started_at": rows.moment("visit_start_datetime", "visit_start_date", sheets=sheets).take(here),
        "ended_at": rows.moment("visit_end_datetime", "visit_end_date", sheets=sheets).take(here),
        "class": _known(_CLASSES, rows.text("visit_concept_id"), there),
    }
    for column, table, name in (
        ("organisation", "organisations", "care_site_id"),
        ("practitioner", "practitioners", "provider_id"),
    ):
        whom = rows.identifier(name)
        columns[column] = _named(whom, there, table, sheets)
        columns[f"{column}_as_given"] = _of(whom, there)
    sheets.add("contacts", columns)


def _named(identifiers: Values, there: list[int], table: str, sheets: Sheets) -> pa.Array:
    """Keys of those named; each becomes a row of its table, of which its own record says more."""
    keys = sheets.key(table, _of(identifiers, there))
    columns = {{"patients": "patient", "organisations": "organisation", "practitioners": "practitioner"}[table]: keys}
    if table == "patients":
        columns["nhs_number_state"] = pa.repeat("absent", len(keys))
    else:
        columns["name"] = _of(identifiers, there)
    sheets.add_new(table, columns, told=False)
    return keys


def _conditions(rows: _Rows, sheets: Sheets) -> None:
    who, condition = rows.identifier("person_id"), rows.identifier("condition_occurrence_id")
    there = rows.known_both(who, "person_id", condition, "condition_occurrence_id", sheets)
    here = pa.array(there, pa.int64())
    codes = rows.text("condition_source_value")
    systems: Values = [None if code is None else system_of(code) for code in codes]
    started = rows.moment("condition_start_datetime", "condition_start_date", sheets=sheets).take(
        pa.array(there, pa.int64())
    )
    ended = rows.moment("condition_end_datetime", "condition_end_date", sheets=sheets).take(here)
    key = sheets.key("conditions", _of(condition, there))
    place = sheets.add(
        "conditions",
        {
            "condition": key,
            "patient": _named(who, there, "patients", sheets),
            "contact": sheets.key("contacts", _of(rows.identifier("visit_occurrence_id"), there)),
            "system": _of(systems, there),
            "code": _of(codes, there),
            "snomed_code": pa.array([codes[at] if systems[at] == SNOMED else None for at in there], pa.string()),
            "icd10_code": pa.array([codes[at] if systems[at] == ICD10 else None for at in there], pa.string()),
            "onset_on": started.cast(pa.date32(), safe=False),
            "abated_on": ended.cast(pa.date32(), safe=False),
            "recorded_on": started.cast(pa.date32(), safe=False),
        },
    )
    coded = pa.array([number for number, at in enumerate(there) if codes[at] is not None], pa.int64())
    sheets.add_listed(
        "condition_codes",
        {
            "condition": key.take(coded),
            "position": pa.repeat(0, len(coded)),
            "system": _of(systems, there).take(coded),
            "code": _of(codes, there).take(coded),
        },
        place.take(coded),
    )


_WRITERS: dict[str, Callable[[_Rows, Sheets], None]] = {
    "person": _person,
    "provider": _provider,
    "care_site": _care_site,
    "visit_occurrence": _visits,
    "condition_occurrence": _conditions,
}
