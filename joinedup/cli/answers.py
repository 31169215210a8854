"""
An answer in every form that it can be asked for: on the screen, CSV, JSON, Parquet, FHIR MeasureReport.

A command about a store is a function that is handed an `Asked` and gives an `Answer`; `@question` adds the options that
all of them share, opens the store and the engine, and puts the answer where it was asked for.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.cli.listing import folded, listing, middle_left_out
from joinedup.cli.writing import Day, Months, Out, as_csv, put
from joinedup.engines.distributed import LOCAL, Distributed
from joinedup.engines.embedded import Embedded
from joinedup.engines.limits import ENGINES
from joinedup.engines.tongue import LEVELS, Engine
from joinedup.measures.asking import Level
from joinedup.period import Period, spoken
from joinedup.records.store import Store

FORMS = ("table", "csv", "json", "parquet", "measure-report")


@dataclass(frozen=True)
class Asked:
    """What was asked: of which store, at which level, over which months, by which engine."""

    store: Store
    by: Level
    within: int | None
    as_at: date | None
    engine: Engine


@dataclass(frozen=True)
class Score:
    """One number of the whole answer: what it is, and over how many."""

    what: str
    value: float | None
    unit: str = "1"
    of: int | None = None


@dataclass(frozen=True)
class Answer:
    """
    `said`: sentences that must be read with it. `table`: all of it. `columns`: what is shown on the screen, (column,
    heading), the first of them text. `scores`: the answer in a few numbers, for a MeasureReport.
    """

    measure: str
    said: Sequence[str]
    table: pa.Table
    columns: Sequence[tuple[str, str]]
    period: Period
    scores: Sequence[Score] = field(default=())


Ask = Callable[..., Answer]


def question(
    levels: Sequence[str] = LEVELS, by: str = "organisation", within: str | None = "ever", engines: bool = True
) -> Callable[[Ask], Callable[..., None]]:
    """
    The options that questions about a store share; `levels` empty when it is not asked at a level, `within` None when
    it is about a day.
    """

    def with_options(ask: Ask) -> Callable[..., None]:
        @functools.wraps(ask)
        def command(
            store: Path,
            as_at: date | None,
            form: str,
            out: Path | None,
            rows: int,
            within: int | None = None,
            by: Level = "organisation",
            engine: str = "duckdb",
            master: str = LOCAL,
            **more: Any,
        ) -> None:
            need_a_file(form, out)
            with Store(store) as opened:
                chosen = Distributed(opened, master) if engine == "spark" else Embedded(opened)
                try:
                    answer = ask(Asked(opened, by, within, as_at, chosen), **more)
                finally:
                    chosen.close()
            give(answer, form, out, rows)

        shared = [
            click.argument("store", type=click.Path(path_type=Path)),
            click.option("--as-at", type=Day(), help="The day to look back from. By default that of the last contact."),
            click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True),
            click.option("--out", type=Out(), help="A file to write to."),
            click.option("--rows", type=click.IntRange(0), default=20, show_default=True, help="How many to show."),
        ]
        if within is not None:
            back = click.option("--within", type=Months(), default=within, show_default=True, help="As in “24 months”.")
            shared.insert(1, back)
        if levels:
            shared.append(click.option("--by", type=click.Choice(levels), default=by, show_default=True))
        if engines:
            shared.append(click.option("--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True))
            shared.append(
                click.option("--master", default=LOCAL, help="Spark's address: spark://host:7077, sc://host.")
            )
        decorated: Callable[..., None] = command
        for option in reversed(shared):
            decorated = option(decorated)
        return decorated

    return with_options


def need_a_file(form: str, out: Path | None) -> None:
    """Raises UsageError for what nobody can read on a screen."""
    if form == "parquet" and out is None:
        raise click.UsageError("Parquet is not for reading on a screen. Say where to with --out FILE.")


def give(answer: Answer, form: str, out: Path | None, rows: int) -> None:
    """Put an answer where it was asked for. What must be said with it goes to the screen, whatever the form."""
    for line in answer.said:
        click.echo(line, err=form != "table" and out is None)
    if form == "parquet" and out is not None:
        pq.write_table(answer.table, out, compression="zstd")
        click.echo(f"Written to {out}.", err=True)
    elif form == "measure-report":
        put(json.dumps(as_measure_report(answer), indent=2, ensure_ascii=False) + "\n", out)
    elif form == "json":
        put(json.dumps(as_json(answer), indent=2, ensure_ascii=False) + "\n", out)
    elif form == "csv" or out is not None:
        listed = answer.table.to_pylist()
        put(as_csv(answer.table.column_names, [list(row.values()) for row in listed]), out)
    elif not answer.table.num_rows:
        click.echo("No row answers to that.")
    elif rows:
        names = [name for name, _ in answer.columns]
        shown = answer.table.select(names).slice(0, rows).to_pylist()
        short = [
            [_named(row[name]) if number == 0 else _for_reading(name, row[name]) for number, name in enumerate(names)]
            for row in shown
        ]
        filler = [[""] * len(names)] * max(0, answer.table.num_rows - len(short))
        listing(
            [heading for _, heading in answer.columns],
            [*short, *filler],
            rows,
            middle_left_out if names[0] == "patient" else folded,
        )


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer with what must be read with it."""
    return {
        "measure": answer.measure,
        "said": list(answer.said),
        "since": answer.period.since.isoformat() if answer.period.since else None,
        "until": answer.period.until.isoformat(),
        "rows": [{name: _plain(value) for name, value in row.items()} for row in answer.table.to_pylist()],
    }


def as_measure_report(answer: Answer) -> dict[str, Any]:
    """
    A FHIR R4 MeasureReport of type summary: a group for each score of the answer; without scores, one for each number
    of each row, coded by the row's name and the column.
    """
    groups = []
    if answer.scores:
        for score in answer.scores:
            group: dict[str, Any] = {"code": {"text": score.what}}
            if score.of is not None:
                group["population"] = [{"code": {"text": "measured"}, "count": score.of}]
            if score.value is not None:
                group["measureScore"] = {"value": score.value, "unit": score.unit}
            groups.append(group)
    else:
        (first, _), *rest = answer.columns
        for row in answer.table.to_pylist():
            for name, heading in rest:
                if isinstance(row[name], int | float) and not isinstance(row[name], bool):
                    text = f"{heading}, {_named(row[first])}"
                    groups.append({"code": {"text": text}, "measureScore": {"value": _plain(row[name])}})
    period = {"end": _day_before(answer.period.until)}
    if answer.period.since:
        period["start"] = answer.period.since.isoformat()
    return {
        "resourceType": "MeasureReport",
        "status": "complete",
        "type": "summary",
        "measure": f"https://manyhands.example/Measure/{answer.measure}",
        "date": answer.period.until.isoformat(),
        "period": period,
        "group": groups,
    }


def between(period: Period, as_at: date) -> str:
    """The days looked at, in words."""
    return f"from {spoken(period.since) if period.since else 'the beginning of the records'} to {spoken(as_at)}"


def _day_before(day: date) -> str:
    return (day if day == date.max else date.fromordinal(day.toordinal() - 1)).isoformat()


def _for_reading(name: str, value: Any) -> Any:
    """Days to a tenth, from one day on: nobody reads the ten-thousandth of a day. The other forms have them whole."""
    return f"{value:,.1f}" if "days" in name.split("_") and isinstance(value, float) and value >= 1 else value


def _named(value: Any) -> str:
    return "–" if value is None else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.isoformat() if isinstance(value, date | datetime) else value
