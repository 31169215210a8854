"""`joinedup find`: the people whose care is in pieces."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from joinedup.cli.listing import end_left_out, listing
from joinedup.cli.writing import Day, Months, Out, as_csv, put
from joinedup.find import Findings, Found, Rule
from joinedup.find import find as find_people
from joinedup.period import spoken
from joinedup.records.store import Store

COLUMNS = (
    "patient",
    "nhs_number",
    "family_name",
    "given_names",
    "born_on",
    "gender",
    "age",
    "conditions",
    "organisations",
    "contacts",
    "coc",
    "reason",
    "organisation_keys",
)


@click.command(short_help="Find the people whose care is in pieces.")
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--aged", type=click.IntRange(0), default=65, show_default=True, help="At least this old, in years.")
@click.option("--conditions", type=click.IntRange(0), default=4, show_default=True, help="At least so many.")
@click.option("--organisations", type=click.IntRange(0), default=3, show_default=True, help="At least so many.")
@click.option("--within", type=Months(), default="24 months", show_default=True, help="Look-back window, or “ever”.")
@click.option("--as-at", type=Day(), help="The day to look back from. By default that of the last contact.")
@click.option("--resolved-too", is_flag=True, help="Count conditions that are over as well.")
@click.option("--dead-too", is_flag=True, help="Include people who have died, at the age at which they died.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "fhir-group"]), default="table", show_default=True)
@click.option("--out", type=Out(), help="A file to write to.")
@click.option("--rows", type=click.IntRange(0), default=20, show_default=True, help="How many to show on the screen.")
def find(
    store: Path,
    aged: int,
    conditions: int,
    organisations: int,
    within: int | None,
    as_at: date | None,
    resolved_too: bool,
    dead_too: bool,
    form: str,
    out: Path | None,
    rows: int,
) -> None:
    """
    Find the people who are old enough, with enough conditions, seen by enough organisations.

    Each is given with age, number of conditions, organisations and contacts, continuity of care (COC: 1 is always the
    same organisation, 0 never the same twice) and the reason in a sentence. Conditions are different conditions that
    the person has on the day; contacts are those that took place in the window; a stay and its parts are one contact.

    \b
    joinedup find store --aged 65 --conditions 4 --organisations 3 --within "24 months"
    joinedup find store --as-at 2023-12-31 --format csv --out found.csv
    joinedup find store --format fhir-group --out group.json
    """
    rule = Rule(aged, conditions, organisations, within, as_at, resolved_too, dead_too)
    with Store(store) as opened:
        findings = find_people(opened, rule)
    for line in summary(findings, asked=as_at):
        click.echo(line, err=form != "table" and out is None)
    if form == "fhir-group":
        put(json.dumps(as_group(findings), indent=2, ensure_ascii=False) + "\n", out)
    elif form == "csv" or out is not None:
        put(as_csv(COLUMNS, map(_line, findings.found)), out)
    elif rows and findings.found:
        header = ("name", "age", "conditions", "organisations", "contacts", "COC")
        reasons = [f"{found.patient}: {found.reason[0].lower()}{found.reason[1:]}" for found in findings.found]
        listing(header, [_on_screen(found) for found in findings.found], rows, end_left_out, below=reasons)


def summary(findings: Findings, asked: date | None) -> list[str]:
    """Who was looked for, on which day, how many were found, and why the others were not."""
    day = spoken(findings.as_at)
    settled = f"As at {day}." if asked else f"As at {day}, the day of the last contact in the store."
    lines = [findings.rule.sentence(), settled, f"{len(findings.found):,} found of {findings.considered:,} people."]
    left_out = "; ".join(f"{number:,} {why}" for why, number in findings.left_out.items())
    return [*lines, f"Left out, each for the first reason that applies: {left_out}."] if left_out else lines


def as_group(findings: Findings) -> dict[str, Any]:
    """A FHIR R4 Group of the people found, with the rule as its characteristic."""
    return {
        "resourceType": "Group",
        "type": "person",
        "actual": True,
        "active": True,
        "name": findings.rule.sentence(),
        "quantity": len(findings.found),
        "characteristic": [
            {
                "code": {"text": "joinedup find"},
                "valueCodeableConcept": {"text": json.dumps(findings.rule.as_dict(), sort_keys=True)},
                "exclude": False,
            }
        ],
        "member": [{"entity": {"reference": found.patient, "display": found.reason}} for found in findings.found],
    }


def _line(found: Found) -> list[Any]:
    values = {name: getattr(found, name) for name in COLUMNS}
    return list((values | {"organisation_keys": " ".join(found.organisation_keys)}).values())


def _on_screen(found: Found) -> tuple[Any, ...]:
    name = " ".join(part for part in (found.given_names, found.family_name) if part) or None
    return name, found.age, found.conditions, found.organisations, found.contacts, found.coc
