"""`joinedup chart`: any measure month by month as an XmR chart, by the NHS rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import click
import pyarrow as pa

from joinedup.cli.answers import Answer, give, need_a_file
from joinedup.cli.deciding import sentences
from joinedup.cli.groups import People, those_in
from joinedup.cli.writing import Day, Months, Out
from joinedup.engines.distributed import LOCAL, Distributed
from joinedup.engines.embedded import Embedded
from joinedup.engines.limits import ENGINES
from joinedup.engines.tongue import LEVELS
from joinedup.measures import before_and_after as changing
from joinedup.measures import charted, continuity, leading_over_time
from joinedup.measures.asking import Level
from joinedup.measures.xmr import Assurance, Better, Chart
from joinedup.period import Period, spoken
from joinedup.records.store import Store
from joinedup.report.pictures import xmr as picture
from joinedup.report.pictures.png import as_png

Charting = charted.Name | leading_over_time.Name

FORMS = ("table", "csv", "json", "parquet", "measure-report", "svg", "png")

NO_MONTH = "There is no whole month with a value in this window. Look back further, or from another day."


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("measure", metavar="MEASURE", type=click.Choice((*charted.NAMES, *leading_over_time.NAMES)))
@click.option("--by", type=click.Choice(LEVELS), default="organisation", show_default=True)
@click.option("--of", "name", help="Of which one at that level, by its name or key; of everybody when left out.")
@click.option("--people", type=People(), help="Of the people in a file alone: keys, CSV or FHIR Group.")
@click.option("--within", type=Months(), default="36 months", show_default=True, help="Look-back: “24 months”.")
@click.option("--as-at", type=Day(), help="The day to look back from. By default that of the last contact.")
@click.option("--target", type=float, help="What is aimed for: will it be met, as things go?")
@click.option("--better", type=click.Choice(["higher", "lower"]), help="What to aim for, where it is open.")
@click.option(
    "--recalculate-from", "recalculate", type=Day(), multiple=True, help="New limits from this day on; may be repeated."
)
@click.option("--decision", type=Day(), help="Draw a line at this day, and say what differs since.")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True)
@click.option("--master", default=LOCAL, help="Spark's address: spark://host:7077, sc://host.")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option("--out", type=Out(), help="A file to write to.")
def chart(
    store: Path,
    measure: Charting,
    by: Level,
    name: str | None,
    people: list[str] | None,
    within: int | None,
    as_at: date | None,
    target: float | None,
    better: Better | None,
    recalculate: tuple[date, ...],
    decision: date | None,
    engine: str,
    master: str,
    form: str,
    out: Path | None,
) -> None:
    """
    A measure month by month as an XmR chart: is a change more than chance?

    \b
    MEASURE is one of: contacts, people, hand-offs, "in pieces", coc, upc, secon, mmci, "care density", returns,
    referrals, refused, wait, admissions, "unplanned admissions", falls; or, of teams' acts, "leading shared", reach,
    "taken on across", follow-through.

    Limits hold until somebody knows why they should be worked out again; then say from when, and write down why.

    \b
    joinedup chart store hand-offs
    joinedup chart store "in pieces" --target 5 --format svg --out pieces.svg
    joinedup chart store contacts --by team --of "Priory End neighbourhood team" --format png --out contacts.png
    joinedup chart store coc --people found.csv --decision 2025-06-01 --recalculate-from 2025-06-01
    """
    if form == "png" and out is None:
        raise click.UsageError("A picture is not for reading on a screen. Say where to with --out FILE.")
    need_a_file(form, out)
    with Store(store) as opened:
        on = (lambda those: Distributed(those, master)) if engine == "spark" else Embedded
        made = drawn(opened, measure, by, name, people, within, as_at, target, better, recalculate, decision, on)
    if form in ("svg", "png"):
        for line in made.lines if decision is not None else made.more:
            click.echo(line, err=True)
        _put_picture(made.svg(), form, out)
        return
    give(made.answer(), form, out, len(made.chart.points))


@dataclass(frozen=True)
class Drawn:
    """A chart, the sentences to read with it (`more`: of the people asked about alone), and its title and unit."""

    chart: Chart
    title: str
    unit: str
    lines: tuple[str, ...]
    more: tuple[str, ...]
    decision: date | None
    period: Period

    def svg(self) -> str:
        return picture.draw(self.chart, self.title, self.unit, self.decision)

    def answer(self) -> Answer:
        return Answer("chart", self.lines, as_table(self.chart), COLUMNS, self.period)


def drawn(
    store: Store,
    measure: Charting,
    by: Level = "organisation",
    name: str | None = None,
    people: list[str] | None = None,
    within: int | None = 36,
    as_at: date | None = None,
    target: float | None = None,
    better: Better | None = None,
    recalculate: Sequence[date] = (),
    decision: date | None = None,
    engine: charted.EngineOf = Embedded,
) -> Drawn:
    """A measure's months as a chart. Raises ClickException where there is nobody, or no month, to draw."""
    more: list[str] = []
    if people is not None:
        people, more = those_in(store, people)
    if measure in leading_over_time.NAMES:
        if name is not None or people is not None:
            raise click.UsageError(f"{measure} is of all teams together: leave out --of and --people.")
        found, unit, usual = of_teams(store, measure, within, as_at, engine)
    else:
        of_care = cast(charted.Name, measure)
        found = charted.charted(store, of_care, by, name, people, within, as_at, engine)
        unit, usual = charted.UNITS[of_care], charted.BETTER[of_care]
    if not found.known:
        raise click.ClickException(NO_MONTH)
    chart = found.chart(target, recalculate, better or usual)
    named = measure.upper() if measure in continuity.MEASURES else f"{measure[0].upper()}{measure[1:]}"
    title = f"{named} each month, {found.of}"
    lines = [*more, *said(chart, title)]
    if decision is not None:
        lines += since(found, decision)
    return Drawn(chart, title, unit, tuple(lines), tuple(more), decision, found.window.period)


def of_teams(
    store: Store, measure: leading_over_time.Name, within: int | None, as_at: date | None, engine: charted.EngineOf
) -> tuple[charted.Charted, str, Better | None]:
    """A measure of teams' acts, its unit, and what to aim for."""
    months, values, window = leading_over_time.monthly(store, measure, within, as_at, engine(store))
    return charted.Charted(measure, "all teams", months, values, window), *_read_as(measure)


def _read_as(measure: leading_over_time.Name) -> tuple[str, Better | None]:
    return leading_over_time.UNITS[measure], leading_over_time.BETTER[measure]


def since(found: charted.Charted, decision: date) -> list[str]:
    """What differs since a decision, and what chance would do; that there are too few months, where there are."""
    before, after, _ = changing.around(found.months, found.values, decision)
    try:
        change = changing.of_series(before, after)
    except changing.TooFew as few:
        return [f"Decided on {spoken(decision)}. {few}"]
    return [f"Since the decision on {spoken(decision)}:", *sentences(change, "months")]


COLUMNS = [
    ("month", "month"),
    ("value", "value"),
    ("mean", "mean"),
    ("lower", "lower limit"),
    ("upper", "upper limit"),
    ("label", "label"),
    ("variation", "variation"),
]


ASSURED: dict[Assurance, str] = {
    "passing": "it will be met each month, as things go (passing).",
    "failing": "it will not be met, as things go (failing).",
    "hit and miss": "it will be met in some months and not in others, by chance (hit and miss).",
}


def as_table(drawn: Chart) -> pa.Table:
    """month, value, mean, lower, upper (numbers), label and variation (text): a row for each point."""
    return pa.table(
        {
            "month": pa.array([point.on.isoformat()[:7] if point.on else None for point in drawn.points], pa.string()),
            **{name: [getattr(point, name) for point in drawn.points] for name, _ in COLUMNS[1:]},
        }
    )


def said(drawn: Chart, title: str) -> list[str]:
    """The chart in sentences."""
    lines = [f"{title}: {len(drawn.points)} months. The last: {drawn.variation}."]
    if drawn.assurance:
        lines.append(f"Target {drawn.target:g}: {ASSURED[drawn.assurance]}")
    elif drawn.target is not None:
        lines.append(f"Target {drawn.target:g}: say with --better whether higher or lower is better.")
    again = [drawn.points[place].on for place in drawn.recalculated_at]
    lines += [f"Limits worked out again from {month:%B %Y}." for month in again]
    if drawn.trial:
        lines.append("Fewer than 13 points: these are trial limits.")
    return lines


def _put_picture(svg: str, form: str, out: Path | None) -> None:
    if out is None:
        click.echo(svg)
        return
    out.write_bytes(as_png(svg) if form == "png" else svg.encode())
    click.echo(f"Written to {out}.", err=True)
