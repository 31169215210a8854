"""A group of people given in a file: one key a line, a CSV with the column patient, or a FHIR Group."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click

from joinedup.cli.writing import from_csv
from joinedup.records.store import Store


class People(click.ParamType[list[str]]):
    """A file to keys of people, in its order."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> list[str]:
        if isinstance(value, list):
            return value
        path = Path(str(value))
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self.fail(f"There is no file {path}.", param, ctx)
        except (OSError, UnicodeDecodeError) as wrong:
            self.fail(f"{path} cannot be read as text ({wrong}).", param, ctx)
        keys = _of_group(text) if text.lstrip().startswith("{") else _of_lines(text)
        if not keys:
            self.fail(
                f"{path} names nobody. Give one key a line, a CSV with the column patient (as `joinedup find --format "
                "csv` writes), or a FHIR Group.",
                param,
                ctx,
            )
        return keys


def _of_group(text: str) -> list[str]:
    try:
        said = json.loads(text)
        members = said.get("member") or []
        return [each["entity"]["reference"] for each in members if not each.get("inactive")]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


def _of_lines(text: str) -> list[str]:
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    if not rows:
        return []
    header = [name.strip().lower() for name in rows[0]]
    if "patient" in header:
        where = header.index("patient")
        return [from_csv(row[where].strip()) for row in rows[1:] if len(row) > where and row[where].strip()]
    return [from_csv(row[0].strip()) for row in rows if len(row) == 1 and row[0].strip()]


def those_in(store: Store, keys: list[str]) -> tuple[list[str], list[str]]:
    """The keys of people in these records, each once and by the key in use now; and what must be said of the others."""
    known = list(dict.fromkeys(store.known_as(keys)[key] for key in dict.fromkeys(keys)))
    found = {each.patient for each in store.patients(known)}
    there = [key for key in known if key in found]
    if not there:
        raise click.ClickException("None of the people in the file is in these records.")
    missing = len(known) - len(there)
    are = "is" if missing == 1 else "are"
    return there, [f"{missing:,} of those in the file {are} not in these records."] if missing else []
