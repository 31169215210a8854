"""`joinedup chart`: a monthly series as an XmR chart, by the NHS rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pyarrow as pa

from joinedup.cli.answers import Answer, give
from joinedup.cli.writing import Day, Months, Out
from joinedup.engines.tongue import LEVELS
from joinedup.measures import series as monthly_series
from joinedup.measures.asking import Level, Window
from joinedup.measures.xmr import Chart
from joinedup.records.store import Store
from joinedup.report.pictures import xmr as picture
from joinedup.report.pictures.png import as_png

FORMS = ("table", "csv", "json", "svg", "png")


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("series", type=click.Choice(monthly_series.NAMES))
@click.option("--by", type=click.Choice(LEVELS), default="organisation", show_default=True)
@click.option("--of", "name", help="Of which one at that level, by its name or key; of everybody when left out.")
@click.option("--within", type=Months(), default="36 months", show_default=True, help="Look-back: “24 months”.")
@click.option("--as-at", type=Day(), help="The day to look back from. By default that of the last contact.")
@click.option("--target", type=float, help="What is aimed for.")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option("--out", type=Out(), help="A file to write to.")
def chart(
    store: Path,
    series: monthly_series.Series,
    by: Level,
    name: str | None,
    within: int | None,
    as_at: date | None,
    target: float | None,
    form: str,
    out: Path | None,
) -> None:
    """
    A monthly series as an XmR chart: is a change more than chance?

    \b
    joinedup chart store hand-offs
    joinedup chart store "in pieces" --target 5 --format svg --out pieces.svg
    joinedup chart store contacts --by team --of "Priory End neighbourhood team" --format png --out contacts.png
    """
    if form == "png" and out is None:
        raise click.UsageError("A picture is not for reading on a screen. Say where to with --out FILE.")
    with Store(store) as opened:
        found = monthly_series.monthly(opened, by, within, as_at)
        window = Window.of(opened, within, as_at)
    number = _number(found, by, name) if name else None
    drawn = found.chart(series, number, target)
    title = f"{series[0].upper()}{series[1:]} each month, {name or 'everybody'}"
    if not drawn.points:
        raise click.ClickException("There is no whole month with a contact in this window.")
    if form in ("svg", "png"):
        svg = picture.draw(drawn, title, monthly_series.UNITS[series])
        _put_picture(svg, form, out)
        return
    give(Answer("chart", said(drawn, title), as_table(drawn), COLUMNS, window.period), form, out, len(drawn.points))


COLUMNS = [
    ("month", "month"),
    ("value", "value"),
    ("mean", "mean"),
    ("lower", "lower limit"),
    ("upper", "upper limit"),
    ("label", "label"),
    ("variation", "variation"),
]


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
        lines.append(f"Target {drawn.target:g}: {drawn.assurance}.")
    if drawn.trial:
        lines.append("Fewer than 13 points: these are trial limits.")
    return lines


def _number(found: monthly_series.Monthly, by: str, name: str) -> int:
    rows = found.table.to_pylist()
    match = [
        row["number"] for row in rows if row["number"] is not None and name in (row["number_name"], row["number_key"])
    ]
    if not match:
        there = sorted({str(row["number_name"] or row["number_key"]) for row in rows if row["number"] is not None})
        raise click.UsageError(f"There is no {by} called “{name}”. There are: {', '.join(there[:20])}.")
    return int(match[0])


def _put_picture(svg: str, form: str, out: Path | None) -> None:
    if out is None:
        click.echo(svg)
        return
    out.write_bytes(as_png(svg) if form == "png" else svg.encode())
    click.echo(f"Written to {out}.", err=True)
