"""`joinedup report`: one page for a place, to read, to print and to keep."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from joinedup.cli.writing import Day, Months, Out
from joinedup.engines.distributed import LOCAL, Distributed
from joinedup.engines.embedded import Embedded
from joinedup.engines.limits import ENGINES
from joinedup.measures import departure
from joinedup.records.store import Store
from joinedup.report.page import page


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--out", type=Out(), required=True, help="The file to write: report.html.")
@click.option("--name", default="this place", show_default=True, help="What the place is called.")
@click.option("--within", type=Months(), default="24 months", show_default=True, help="Look-back: “24 months”.")
@click.option("--as-at", type=Day(), help="The day to look back from. By default that of the last contact.")
@click.option("--practitioners", is_flag=True, help="Name practitioners; the page is then not to be handed on.")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True)
@click.option("--master", default=LOCAL, help="Spark's address: spark://host:7077, sc://host.")
def report(
    store: Path,
    out: Path,
    name: str,
    within: int | None,
    as_at: date | None,
    practitioners: bool,
    engine: str,
    master: str,
) -> None:
    """
    The report of a place: how care passes between organisations, where it is in pieces, whom the place could not do
    without, and how that changed. One page that needs nothing else, for reading on a screen or printing.

    \b
    joinedup report store --name Hathermere --out hathermere.html
    """
    if practitioners:
        click.echo(departure.CAUTION, err=True)
    with Store(store) as opened:
        chosen = Distributed(opened, master) if engine == "spark" else Embedded(opened)
        try:
            out.write_text(page(opened, name, within, as_at, practitioners, chosen), encoding="utf-8")
        finally:
            chosen.close()
    click.echo(f"Written to {out}.", err=True)
