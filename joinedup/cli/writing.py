"""What the commands share: options for a day and a period, and where the answer goes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from joinedup.period import NoSuchPeriod, months_of


class Day(click.ParamType[date]):
    """A day, as 2024-12-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            self.fail(f"“{value}” is not a day. Write it like 2024-12-31.", param, ctx)


class Months(click.ParamType[int | None]):
    """A length of time in months, or 'ever'."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        if value is None or isinstance(value, int):
            return value
        try:
            return None if value.strip().lower() == "ever" else months_of(value)
        except NoSuchPeriod as wrong:
            self.fail(str(wrong), param, ctx)


class Out(click.ParamType[Path]):
    """A file to write to, in a folder that is there."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.is_dir():
            self.fail(f"{path} is a folder. Say which file in it to write to.", param, ctx)
        if not path.parent.exists():
            self.fail(f"There is no folder {path.parent} to write {path.name} in. Make it first.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"{path.parent} is not a folder, so that {path.name} cannot be written in it.", param, ctx)
        return path


RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """
    Comma-separated text with a header; missing values are empty, and lines end in LF. Text that a spreadsheet would run
    as a formula (a name in somebody's records may begin like one) is led by an apostrophe; `from_csv` takes it off.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_as_cell(value) for value in row])
    return out.getvalue()


def _as_cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(RUNS):
        return f"'{value}"
    return "" if value is None else value


def from_csv(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RUNS) else cell


def put(text: str, out: Path | None) -> None:
    """To the file, or to the screen."""
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"Written to {out}.", err=True)


def show(header: Sequence[str], rows: Sequence[Sequence[Any]], most: int) -> None:
    """A table on the screen, of the first so many rows; says how many more there are."""
    console = Console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        number = any(isinstance(row[header.index(name)], int | float) for row in rows[:most])
        table.add_column(Text(name), justify="right" if number else "left", overflow="fold")
    for row in rows[:most]:
        table.add_row(*(Text(said(value)) for value in row))
    console.print(table)
    say_how_many_more(len(rows), most)


def say_how_many_more(rows: int, most: int) -> None:
    """When only so many of the rows were shown, how to see the others."""
    if rows > most:
        click.echo(f"… and {rows - most:,} more: --rows {rows} shows all, --format csv --out FILE keeps them.")


def said(value: Any) -> str:
    """A value as it is said on the screen."""
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
