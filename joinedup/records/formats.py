"""
Which reader a file goes to: told by its name and how it begins, or asked for.

    fhir       FHIR R4 as JSON: resources, bundles, NDJSON
    xes        event logs as IEEE 1849 (XES)
    contacts   tables of contacts, and event logs as CSV or Parquet: a row for each contact or event; of conditions, a
               row for each; or of people
    omop       tables of the OMOP Common Data Model, as CSV or Parquet
    ods        lists of the NHS Organisation Data Service, as CSV
    turned-to  who turns to whom, as people said when asked, as CSV: a row for each tie, or for each member
    acts       acts done in teams, as `manyhands export-acts` writes them

A table is passed over when no column says whose each row is, or none says something of a contact, a condition or the
person.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from joinedup.records import acts, contact_tables, delimited, ods, omop, turned_to, xes
from joinedup.records import stretches as cut
from joinedup.records.files import WHOLE, Stretch, Unreadable
from joinedup.records.mapping import Mapping, tells_enough

if TYPE_CHECKING:
    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

Reader = Callable[["File", "Sheets", Callable[[int], None]], None]

READERS: dict[str, Reader] = {
    "xes": xes.read,
    "contacts": contact_tables.read,
    "omop": omop.read,
    "ods": ods.read,
    "turned-to": turned_to.read,
    "acts": acts.read,
}
"""The reader of each format but FHIR, whose rows are gathered by the resource."""

FORMATS = ("fhir", *READERS)

_TABLES = (".csv", ".tsv", ".parquet")
_NAMED = 12
"""How many columns of a table that is passed over are named."""

_BY_ROW = ("contacts", "omop")
"""Formats in which every row can be read by itself, once the header is known."""


def recognised(path: Path, mapping: Mapping) -> str | None:
    """The format of a file; None for one that is not a record, as far as can be told."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".xes"):
        return "xes"
    if name.endswith(_TABLES):
        try:
            header = contact_tables.header(path, mapping)
        except Unreadable:
            return "contacts"  # which is where it is set aside, with the reason
        if omop.table_of(header) and not mapping.columns:
            return "omop"
        if ods.list_of(header) and not mapping.columns:
            return "ods"
        if turned_to.list_of(path, header) and not mapping.columns:
            return "turned-to"
        return "contacts" if header and (mapping.columns or tells_enough(mapping.found_in(header))) else None
    return "acts" if acts.begins(path) else "fhir"


def why_not(path: Path, mapping: Mapping) -> str | None:
    """Why a table is passed over, in words for whoever gave it; None for a file that is no table by its name."""
    if not path.name.lower().removesuffix(".gz").endswith(_TABLES):
        return None
    header = [name.strip() for name in contact_tables.header(path, mapping)]
    if not any(header):
        return "it is empty"
    tells = "no known column says whose each row is and what is told of them: say it in a --mapping"
    if any(not name or name[0].isdigit() for name in header):
        # A row about somebody, perhaps, in a table without a header: not to be repeated.
        return f"{tells}. Its first line does not look like the names of its {len(header)} columns"
    named = ", ".join(header[:_NAMED]) + (f" and {len(header) - _NAMED} more" if len(header) > _NAMED else "")
    return f"{tells}. It has {named}"


def stretches(path: Path, kind: str | None, mapping: Mapping) -> list[Stretch]:
    """The stretches of a file in which it is read side by side, and goes on in the middle after a kill."""
    if kind not in _BY_ROW:
        return [WHOLE]
    return cut.of_table(path, mapping.delimiter or delimited.delimiter_of(path), mapping.encoding)
