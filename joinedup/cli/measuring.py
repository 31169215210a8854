"""`joinedup measure`: numbers about care, one subcommand for each family of measures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pyarrow.parquet as pq

from joinedup.cli.listing import listing, middle_left_out
from joinedup.cli.writing import Day, Months, Out, as_csv, put
from joinedup.engines.common import LEVELS
from joinedup.measures import continuity as measuring
from joinedup.measures.asking import Level
from joinedup.period import spoken
from joinedup.records.store import Store

_MEASURES = ("coc", "upc", "secon", "mmci")


@click.group()
def measure() -> None:
    """Measure the care of everybody in a store."""


@measure.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--by", type=click.Choice(LEVELS), default="organisation", show_default=True)
@click.option("--within", type=Months(), default="ever", show_default=True, help="Look-back window: “24 months”.")
@click.option("--as-at", type=Day(), help="The day to look back from. By default that of the last contact.")
@click.option("--minimum", type=click.IntRange(1), default=2, show_default=True, help="Fewest contacts to be measured.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "parquet"]), default="table", show_default=True)
@click.option("--out", type=Out(), help="A file to write to.")
@click.option("--rows", type=click.IntRange(0), default=20, show_default=True, help="How many to show on the screen.")
def continuity(
    store: Path,
    by: Level,
    within: int | None,
    as_at: date | None,
    minimum: int,
    form: str,
    out: Path | None,
    rows: int,
) -> None:
    """
    Continuity of care of each person, by organisation or by practitioner.

    \b
    COC    (Σn² − N) / (N(N − 1))    1 always the same, 0 never the same twice (Bice and Boxerman 1977)
    UPC    max n / N                 share of contacts with the one seen most
    SECON  stays / (N − 1)           how often the next contact is with the same one
    MMCI   few for many contacts     (Magill and Senf 1987)
    \b
    With fewer than 2 contacts these are missing, not 0; studies use at least 3 or 4 (--minimum).
    \b
    joinedup measure continuity store --within "24 months" --minimum 4
    joinedup measure continuity store --by practitioner --format parquet --out continuity.parquet
    """
    if form == "parquet" and out is None:
        raise click.UsageError("Parquet is not for reading on a screen. Say where to with --out FILE.")
    with Store(store) as opened:
        found = measuring.measure(opened, by, within, as_at, minimum)
    for line in summary(found, within):
        click.echo(line, err=form != "table" and out is None)
    if form == "parquet" and out is not None:
        pq.write_table(found.table, out, compression="zstd")
        click.echo(f"Written to {out}.", err=True)
        return
    listed = [tuple(row.values()) for row in found.table.to_pylist()]
    if form == "csv" or out is not None:
        put(as_csv(found.table.column_names, listed), out)
    elif rows and listed:
        header = ("person", "contacts", f"{by}s", "COC", "UPC", "SECON", "MMCI", "hand-offs")
        listing(header, [row[: len(header)] for row in listed], rows, middle_left_out)


def summary(found: measuring.Measured, within: int | None) -> list[str]:
    """What was measured over whom, the means and medians, and who was left out."""
    since = spoken(found.period.since) if found.period.since else "the beginning of the records"
    people = found.table.num_rows
    counted = f"{people:,} people with at least {found.minimum} contacts; {found.left_out:,} with fewer left out."
    lines = [f"Continuity by {found.by}, from {since} to {spoken(found.as_at)}: {counted}"]
    if not people:
        return lines
    each = [(name.upper(), found.mean(name), found.median(name)) for name in _MEASURES]
    said = "; ".join(f"{name} {mean:.4f} ({half:.4f})" for name, mean, half in each if mean is not None)
    lines.append(f"Mean (median): {said}.")
    if found.pairs:
        share = found.hand_offs / found.pairs
        lines.append(f"{found.hand_offs:,} hand-offs in {found.pairs:,} pairs of a contact and the next ({share:.1%}).")
    return lines
