"""`joinedup load`: records into a store."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from joinedup.records import load as loading
from joinedup.records.formats import FORMATS
from joinedup.records.mapping import NO_MAPPING, Mapping
from joinedup.records.sources import Left

Seen = Callable[[str, int, int], None]

_MOST_NAMED = 20


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--into", required=True, type=click.Path(path_type=Path), help="The store: a folder, made when new.")
@click.option(
    "--jobs", type=click.IntRange(1), default=None, help="How many processes read; one a processor by default."
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="What the files are, when it is not to be told.")
@click.option(
    "--mapping", type=click.Path(path_type=Path, exists=True), help="Which column of a table says what: TOML."
)
@click.option("--from", "system", help="A name for the system these come from, when its ids may be another's too.")
def load(
    sources: tuple[str, ...], into: Path, jobs: int | None, form: str | None, mapping: Path | None, system: str | None
) -> None:
    """
    Load records of care into a store.

    SOURCES are files, folders or patterns, plain or gzipped. Folders are read with all that is in them, links followed.
    Repeats are merged, references resolved, and what cannot be read is set aside with its file, position and reason:
    `joinedup tables STORE --set-aside` lists it.

    \b
    FHIR R4 as JSON     single resources, bundles of any kind, NDJSON
    XES                 event logs (IEEE 1849): a trace is a person, org:group the organisation
    CSV, TSV, Parquet   a row for each contact or event; --mapping says which column says what,
                        where the columns do not have the usual names
    OMOP CDM            person, visit_occurrence, condition_occurrence … as CSV or Parquet
    NHS ODS             lists of organisations, the practice map, practices of primary care networks
    Ties                who turns to whom: columns from and to; members in a file called …_nodes
    Acts of teams       as `manyhands export-acts` writes them

    \b
    joinedup load export/ --into store
    joinedup load "bundles/2024-*.json.gz" organisations.json --into store
    joinedup load log.xes.gz --into store
    joinedup load contacts.csv --mapping mapping.toml --into store
    \b
    A mapping:
      [columns]
      patient = "case_id"
      started_at = "timestamp"
      organisation = "group"
      team = "producer_code"
      [reading]
      blank = "(blank)"
      [leave_out]
      group = ["General Lab Clinical Chemistry"]
    """
    if system is not None and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", system):
        raise click.UsageError("--from takes a short name in small letters, digits and hyphens, like “st-elsewhere”.")
    if into.exists() and not into.is_dir():
        raise click.UsageError(f"{into} is a file. --into takes a folder.")
    said = Mapping.read(mapping) if mapping else NO_MAPPING
    with _bar() as seen:
        done = loading.load(sources, into, seen, jobs or os.cpu_count() or 1, system, form, said)
    if not done.changed:
        click.echo(_nothing_new(done))
        _say_left(done.left)
        return
    rows = done.rows
    read = f"Read {_many(done.new_files - done.passed_over, 'new file')} ({done.bytes / 1e6:,.1f} MB)."
    click.echo(read if done.new_files else "Went on with what an earlier load had read.")
    click.echo(
        f"{into} now holds {_many(rows['patients'], 'person', 'people')}, {_many(rows['contacts'], 'contact')}, "
        f"{_many(rows['conditions'], 'condition')}, {_many(rows['organisations'], 'organisation')} "
        f"and {_many(rows['practitioners'], 'practitioner')}."
    )
    if besides := [_many(rows[name], *words) for name, words in BESIDES.items() if rows[name]]:
        click.echo(f"Besides: {', '.join(besides)}.")
    if done.passed_over_by_name:
        names = "not a record by its name" if done.passed_over_by_name == 1 else "not records by their names"
        click.echo(f"{_many(done.passed_over_by_name, 'file')} passed over: {names}.")
    for what, option in (("set_aside", "set aside"), ("unresolved", "not resolved"), ("doubts", "doubtful")):
        if rows[what]:
            flag = f"--{what.replace('_', '-')}"
            click.echo(f"{rows[what]:,} {option}: joinedup tables {into} {flag}")
    _say_left(done.left)


def _nothing_new(done: loading.Loaded) -> str:
    if done.files == 0:
        return "Nothing new: there was no file to read."
    were = "the one file was" if done.files == 1 else f"all {done.files:,} files were"
    return f"Nothing new: {were} in {done.store} already."


def _say_left(left: list[Left]) -> None:
    """Name what was not read, with the reason."""
    if left:
        click.echo(f"{len(left):,} not read:")
    for each in left[:_MOST_NAMED]:
        click.echo(f"  {each.name}: {each.why}")
    if len(left) > _MOST_NAMED:
        click.echo(f"  … and {len(left) - _MOST_NAMED:,} more")


@contextmanager
def _bar() -> Iterator[Seen]:
    """A progress bar with rate and time left; nothing at all where there is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda what, now, total: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        tasks: dict[str, int] = {}

        def seen(what: str, now: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total or None)
            progress.advance(tasks[what], now)  # type: ignore[arg-type]

        yield seen


BESIDES = {
    "memberships": ("membership of an organisation", "memberships of organisations"),
    "acts": ("act of a team", "acts of teams"),
    "turned_to": ("tie of who turns to whom", "ties of who turns to whom"),
}
"""What is said of the tables that few records have, where they hold something."""


def _many(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
