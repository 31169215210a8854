"""How `joinedup find --rule` shows whom it found: on the screen, CSV, JSON, Parquet, FHIR Group; and `--compare`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.cli.answers import Answer, give
from joinedup.cli.listing import end_left_out, listing
from joinedup.cli.writing import as_csv, put
from joinedup.finding.compared import compared
from joinedup.finding.people import People, columns
from joinedup.finding.remembered import Since
from joinedup.finding.rule_file import WrittenRule
from joinedup.period import Period, spoken


def show_compared(people: People, form: str, out: Path | None) -> None:
    """The people found beside everybody: a table that may be shown."""
    answer = beside_everybody(people)
    if form == "table":
        ends = zip(answer.table["what"].to_pylist(), answer.table["of_which"].to_pylist(), strict=True)
        names = [one if one == which else f"{one}: {which}" for one, which in ends]
        table = answer.table.add_column(0, "group", pa.array(names, pa.string()))
        answer = replace(answer, table=table, columns=[("group", "group"), *answer.columns[2:]])
    give(answer, form, out, answer.table.num_rows)


def beside_everybody(people: People) -> Answer:
    """The people found beside everybody, as an answer."""
    found = compared(people)
    counts = [(name, name) for name in ("what", "of_which", "found", "everybody", "share", "ratio")]
    headings = [*counts, ("ratio_low", "from"), ("ratio_high", "to")]
    return Answer("find-compare", found.said, found.table, headings, Period.back_from(people.as_at, None))


def as_answer(people: People) -> Answer:
    """Whom a rule found, as an answer."""
    numbers = [(name, _heading(people.rule, name)) for name in columns(people.rule)]
    period = Period.back_from(people.as_at, None)
    return Answer("find", said(people, None), people.table, [("patient", "person"), *numbers], period)


def show_people(people: People, since: Since | None, form: str, out: Path | None, rows: int) -> None:
    """Whom the rule found, each with the reason; and who entered and left since the last list."""
    for line in said(people, since):
        click.echo(line, err=form != "table" and out is None)
    if since is not None and form != "json":
        _show_moved(since, rows, aside=form != "table" and out is None)
    table = people.table if since is None else _with_since(people, since)
    if form == "fhir-group":
        put(json.dumps(as_group(people), indent=2, ensure_ascii=False) + "\n", out)
    elif form == "json":
        put(json.dumps(as_json(people, since), indent=2, ensure_ascii=False) + "\n", out)
    elif form == "parquet" and out is not None:
        pq.write_table(table, out, compression="zstd")
        click.echo(f"Written to {out}.", err=True)
    elif form == "csv" or out is not None:
        put(as_csv(table.column_names, [list(row.values()) for row in table.to_pylist()]), out)
    elif rows and table.num_rows:
        _on_screen(people, rows)


def said(people: People, since: Since | None) -> list[str]:
    """Who was looked for, on which day, how many were found, why the others were not, and what changed."""
    rule = people.rule
    lines = [
        rule.sentence(),
        f"For: {rule.purpose} By {rule.author}, {spoken(rule.written_on)}.",
        f"As at {spoken(people.as_at)}. {len(people.rows):,} found of {people.considered:,} people.",
    ]
    if people.left_out:
        said_of = {why: why.replace("do not", "does not", 1) if n == 1 else why for why, n in people.left_out.items()}
        left_out = "; ".join(f"{number:,} {said_of[why]}" for why, number in people.left_out.items())
        lines.append(f"Left out, each for the first reason that applies: {left_out}.")
    return [*lines, *(since.said if since else ())]


def _show_moved(since: Since, rows: int, aside: bool) -> None:
    entered = [f"{each.patient} entered{_by(each.by_rule, since)}: {each.why}" for each in since.entered]
    left = [f"{each.patient} left{_by(each.by_rule, since)}: {each.why}" for each in since.left]
    for lines in (left, entered):
        for line in lines[:rows]:
            click.echo(f"  {line}", err=aside)
        if len(lines) > rows > 0:
            click.echo(f"  … and {len(lines) - rows:,} more: --format json has all.", err=aside)


def _by(rule: bool, since: Since) -> str:
    return "" if not since.rule_changed else " by the change of the rule" if rule else " by what the records say now"


def _with_since(people: People, since: Since) -> pa.Table:
    entered = {each.patient for each in since.entered}
    moved = ["entered" if key in entered else "stayed" for key in people.keys]
    return people.table.append_column("since_last_time", pa.array(moved, pa.string()))


def _on_screen(people: People, rows: int) -> None:
    table = people.table.slice(0, rows)
    numbers = list(columns(people.rule))[:4]
    listed = [
        (" ".join(part for part in (row["given_names"], row["family_name"]) if part) or None, *map(row.get, numbers))
        for row in table.to_pylist()
    ]
    below = [f"{row['patient']}: {row['reason']}" for row in table.to_pylist()]
    filler: list[tuple[Any, ...]] = [("", *[""] * len(numbers))] * (people.table.num_rows - table.num_rows)
    header = ["name", *(_heading(people.rule, name) for name in numbers)]
    listing(header, [*listed, *filler], rows, end_left_out, below=below)


def _heading(rule: WrittenRule, column: str) -> str:
    criterion = columns(rule)[column]
    return criterion.measure.called(criterion.by)


def as_group(people: People) -> dict[str, Any]:
    """A FHIR R4 Group of the people found, with the rule as its characteristic."""
    table = people.table
    return {
        "resourceType": "Group",
        "type": "person",
        "actual": True,
        "active": True,
        "name": people.rule.sentence(),
        "quantity": len(people.rows),
        "characteristic": [
            {
                "code": {"text": "joinedup find"},
                "valueCodeableConcept": {"text": json.dumps(about(people.rule), sort_keys=True, ensure_ascii=False)},
                "exclude": False,
            }
        ],
        "member": [
            {"entity": {"reference": key, "display": reason}}
            for key, reason in zip(people.keys, table["reason"].to_pylist(), strict=True)
        ],
    }


def about(rule: WrittenRule) -> dict[str, Any]:
    """The rule as plain values."""
    return {
        "name": rule.name,
        "version": rule.version,
        "digest": rule.digest,
        "purpose": rule.purpose,
        "author": rule.author,
        "written_on": rule.written_on.isoformat(),
        "why": rule.why,
        "asks": rule.criteria.words(),
    }


def as_json(people: People, since: Since | None) -> dict[str, Any]:
    """Everything that is known of the answer."""
    rows: Sequence[dict[str, Any]] = people.table.to_pylist()
    answer: dict[str, Any] = {
        "rule": about(people.rule),
        "as_at": people.as_at.isoformat(),
        "store": people.everybody.store.digest,
        "found": len(people.rows),
        "considered": people.considered,
        "left_out": people.left_out,
        "people": [row | {"born_on": row["born_on"].isoformat() if row["born_on"] else None} for row in rows],
    }
    if since is not None:
        answer["since_last_time"] = {
            "said": list(since.said),
            "as_at": since.before.as_at,
            "kept_at": since.before.at,
            "rule": {"name": since.before.rule, "version": since.before.version, "digest": since.before.digest},
            "rule_changed": since.rule_changed,
            "entered": [{"patient": e.patient, "why": e.why, "by_rule": e.by_rule} for e in since.entered],
            "left": [
                {"patient": e.patient, "why": e.why, "found_because": e.found_because, "by_rule": e.by_rule}
                for e in since.left
            ],
            "stayed": since.stayed,
        }
    return answer
