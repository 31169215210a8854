"""`joinedup tables`: what is in a store, where it came from, and what was set aside."""

from __future__ import annotations

from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import click

from joinedup.cli.writing import show
from joinedup.records.store import Store
from joinedup.records.tables import BY_NAME

_LISTS = ("sources", "counted", "set_aside", "unresolved", "doubts")


@click.command(short_help="What is in a store, and what was set aside.")
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("table", required=False)
@click.option("--sources", "what", flag_value="sources", help="The files, when they came and what became of them.")
@click.option("--counted", "what", flag_value="counted", help="Resources by file and type, those kept in no table too.")
@click.option("--set-aside", "what", flag_value="set_aside", help="What could not be read: file, position, reason.")
@click.option("--unresolved", "what", flag_value="unresolved", help="References to which nothing answers.")
@click.option("--doubts", "what", flag_value="doubts", help="Values kept, or left out, that should not be trusted.")
@click.option("--rows", type=click.IntRange(0), default=50, show_default=True, help="How many to show on the screen.")
def tables(store: Path, table: str | None, what: str | None, rows: int) -> None:
    """
    What is in a store: the rows of each table; or, with the name of a TABLE, what its columns mean.

    \b
    joinedup tables store
    joinedup tables store contacts
    joinedup tables store --set-aside
    """
    if table is not None and table not in BY_NAME:
        raise click.UsageError(f"There is no table {table}. There are: {', '.join(BY_NAME)}.")
    with Store(store) as opened:
        if what:
            _list(getattr(opened, what)(), rows)
        elif table:
            _columns(opened, table)
        else:
            _counts(opened)


def _counts(store: Store) -> None:
    click.echo(f"{store.path}, generation {store.digest}, in {store.folder}")
    show(("table", "rows", "one row for"), [(name, n, BY_NAME[name].row) for name, n in store.counts().items()], 99)
    last = store.last_contact_on()
    if last:
        click.echo(f"The last contact was on {last.isoformat()}.")


def _columns(store: Store, name: str) -> None:
    table = BY_NAME[name]
    click.echo(f"{name}: {store.counts()[name]:,} rows, one for {table.row}; {store.folder / (name + '.parquet')}")
    show(("column", "kind", "meaning"), [(column.name, column.kind, column.meaning) for column in table.columns], 99)


def _list(listed: list[Any], rows: int) -> None:
    if not listed:
        click.echo("None.")
        return
    show([field.name.replace("_", " ") for field in fields(listed[0])], [astuple(each) for each in listed], rows)


assert all(name in BY_NAME for name in _LISTS)
