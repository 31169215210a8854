"""`joinedup find`: people by a rule in a file, or by a few options, whose care is in pieces."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq
from click.core import ParameterSource

from joinedup.cli.found_by_rule import show_compared, show_people
from joinedup.cli.listing import end_left_out, listing
from joinedup.cli.writing import Day, Months, Out, as_csv, put
from joinedup.engines.distributed import LOCAL, Distributed
from joinedup.engines.embedded import Embedded
from joinedup.engines.limits import ENGINES
from joinedup.find import Findings, Found, Rule
from joinedup.find import find as find_people
from joinedup.finding import remembered
from joinedup.finding.options import as_written
from joinedup.finding.people import People, find_by
from joinedup.finding.rule_file import SHIPPED, named
from joinedup.finding.starting import USUAL, to_start_from
from joinedup.period import spoken
from joinedup.records.store import Store

FORMS = ("table", "csv", "json", "parquet", "fhir-group")
IN_THE_STORE = "in the store"
COMMANDLINE = ParameterSource.COMMANDLINE

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


@click.command(short_help="Find people by a rule that a clinician can read, or by a few options.")
@click.argument("store", type=click.Path(path_type=Path), required=False)
@click.option("--rule", metavar="FILE|NAME", help=f"A rule file, or one shipped: {', '.join(SHIPPED)}.")
@click.option("--write-rule", is_flag=True, help="Write a rule to start from (--rule NAME chooses which), and stop.")
@click.option("--compare", is_flag=True, help="Show the people found beside everybody, to be shown to others.")
@click.option(
    "--remember",
    is_flag=False,
    flag_value=IN_THE_STORE,
    metavar="[FILE]",
    help="Keep the list, and say who entered and left since the last. In the store, or in --remember=FILE.",
)
@click.option("--aged", type=click.IntRange(0), default=65, show_default=True, help="At least this old, in years.")
@click.option("--conditions", type=click.IntRange(0), default=4, show_default=True, help="At least so many.")
@click.option("--organisations", type=click.IntRange(0), default=3, show_default=True, help="At least so many.")
@click.option("--within", type=Months(), default="24 months", show_default=True, help="Look-back window, or “ever”.")
@click.option("--as-at", type=Day(), help="The day to look back from. By default that of the last contact.")
@click.option("--resolved-too", is_flag=True, help="Count conditions that are over as well.")
@click.option("--dead-too", is_flag=True, help="Include people who have died, at the age at which they died.")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option("--out", type=Out(), help="A file to write to.")
@click.option("--rows", type=click.IntRange(0), default=20, show_default=True, help="How many to show on the screen.")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True, help="For rules.")
@click.option("--master", default=LOCAL, help="Spark's address: spark://host:7077, sc://host.")
@click.pass_context
def find(
    context: click.Context,
    store: Path | None,
    rule: str | None,
    write_rule: bool,
    compare: bool,
    remember: str | None,
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
    engine: str,
    master: str,
) -> None:
    """
    Find people by a rule in a file, which a clinician can read, over every measure of a person.

    Each is given with the reason in a sentence, made of what the rule asks; what is not computable is said to be, and
    finds nobody. Everybody else is counted under the reason that left them out.

    \b
    joinedup find --write-rule --out my-rule.toml
    joinedup find store --rule my-rule.toml
    joinedup find store --rule care-in-pieces --format csv --out found.csv
    joinedup find store --rule care-in-pieces --remember     who entered and left since last time
    joinedup find store --rule care-in-pieces --compare      by age, sex, deprivation, ethnicity

    Without a rule: people who are old enough, with enough conditions, seen by enough organisations, with continuity of
    care (COC: 1 is always the same organisation, 0 never the same twice). Conditions are different conditions that the
    person has on the day; contacts are those that took place in the window; a stay and its parts are one contact.

    \b
    joinedup find store --aged 65 --conditions 4 --organisations 3 --within "24 months"
    joinedup find store --as-at 2023-12-31 --format csv --out found.csv
    joinedup find store --format fhir-group --out group.json
    """
    if write_rule:
        put(to_start_from(rule or USUAL), out)
        return
    if store is None:
        raise click.UsageError("Missing argument “STORE”: the folder that records were loaded into.")
    if form == "parquet" and out is None:
        raise click.UsageError("Parquet is not for reading on a screen. Say where to with --out FILE.")
    if compare and (remember or form == "fhir-group"):
        raise click.UsageError("--compare gives counts, no list of people: leave out --remember and fhir-group.")
    if rule is not None:
        _refuse_options(context)
    given = Rule(aged, conditions, organisations, within, as_at, resolved_too, dead_too)
    if rule is None and not compare and remember is None and engine == "duckdb":
        _by_options(store, given, form, out, rows)
        return
    asked = as_written(given) if rule is None else named(rule)
    with Store(store) as opened:
        chosen = Distributed(opened, master) if engine == "spark" else Embedded(opened)
        try:
            people = find_by(opened, asked, as_at, chosen)
            if compare:
                show_compared(people, form, out)
                return
            since = None if remember is None else _since(people, store, remember)
            show_people(people, since, form, out, rows)
            if since is None and remember is not None:
                click.echo("Kept: there is no other list to compare with yet.", err=True)
        finally:
            chosen.close()


def _refuse_options(context: click.Context) -> None:
    """A rule says all of what it asks: an option beside it would find others than the rule that was read."""
    says = ("aged", "conditions", "organisations", "within", "resolved_too", "dead_too")
    asked = [f"--{name.replace('_', '-')}" for name in says if context.get_parameter_source(name) is COMMANDLINE]
    if asked:
        raise click.UsageError(f"{' and '.join(asked)} cannot go with --rule: write it in the rule file.")


def _since(people: People, store: Path, remember: str) -> remembered.Since | None:
    """Keep the list, and what changed since the one before; None at the first time."""
    path = remembered.place_in(store, people.rule) if remember == IN_THE_STORE else Path(remember)
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder. Write --remember=FILE, or --remember last on the line.")
    before = remembered.keep(path, remembered.of(people))
    return None if before is None else remembered.since(before, people)


def _by_options(store: Path, rule: Rule, form: str, out: Path | None, rows: int) -> None:
    """What the options ask, as it has always been answered."""
    with Store(store) as opened:
        findings = find_people(opened, rule)
    for line in summary(findings, asked=rule.as_at):
        click.echo(line, err=form != "table" and out is None)
    lines = [_line(found) for found in findings.found]
    if form == "fhir-group":
        put(json.dumps(as_group(findings), indent=2, ensure_ascii=False) + "\n", out)
    elif form == "json":
        people = [dict(zip(COLUMNS, line, strict=True)) for line in lines]
        said = {"rule": findings.rule.as_dict(), "said": summary(findings, asked=rule.as_at), "people": people}
        put(json.dumps(said, indent=2, ensure_ascii=False, default=str) + "\n", out)
    elif form == "parquet" and out is not None:
        columns = list(zip(*lines, strict=True)) or [()] * len(COLUMNS)
        pq.write_table(pa.table(dict(zip(COLUMNS, columns, strict=True))), out, compression="zstd")
        click.echo(f"Written to {out}.", err=True)
    elif form == "csv" or out is not None:
        put(as_csv(COLUMNS, lines), out)
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
