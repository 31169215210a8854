"""
Taking in what was written out: into an empty place, all of it or nothing.

Each file has to give the digest in the manifest. Acts are added one after the other, as the database wants them, and
every chain is followed before anything is kept; so what was changed on the way is not taken in.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from django.db import DatabaseError, connection, models, transaction

from manyhands import who
from manyhands.access import verify as reads
from manyhands.exchange.everything.acts_with_words import from_line
from manyhands.exchange.everything.tables import TABLES, Table
from manyhands.exchange.everything.writing_out import MANIFEST, VERSION, Manifest
from manyhands.log.models import Entry
from manyhands.log.rows import append
from manyhands.log.verify import verify
from manyhands.people.models import Organisation, Person
from manyhands.people.second_wall import opened_for_the_site

AT_ONCE = 500
Tell = Callable[[str, int], None]


class CannotTakeIn(Exception):
    """What is in the way, with file, line and field."""


def take_in(folder: Path, tell: Tell = lambda file, lines: None) -> Manifest:
    """
    Take in everything in `folder`, which `write_out` wrote. `tell` hears of each file as it is taken in.

    Raises CannotTakeIn, and then nothing has been taken in. Nobody can sign in until they have a new password.
    """
    manifest = _manifest(folder)
    for name in ("acts.ndjson", *(table.file for table in TABLES)):
        _check(folder, name, manifest)
    if Entry.objects.exists() or Person.objects.exists() or Organisation.objects.exists():
        raise CannotTakeIn("There is something here already. Take it in where nothing is: a new MANYHANDS_HOME.")
    with transaction.atomic(), opened_for_the_site():
        for table in TABLES:
            _fill(folder, table, tell)
        _acts(folder, tell)
        _verify(manifest)
    return manifest


def _manifest(folder: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError as missing:
        raise CannotTakeIn(
            f"{folder} has no {MANIFEST}: it was not written by manyhands export, or not whole."
        ) from missing
    except msgspec.MsgspecError as problem:
        raise CannotTakeIn(f"{folder / MANIFEST} cannot be read: {problem}") from problem
    if manifest.manyhands > VERSION:
        raise CannotTakeIn(f"{folder} was written by a newer Manyhands than this. Install that one first.")
    return manifest


def _check(folder: Path, name: str, manifest: Manifest) -> None:
    if name not in manifest.files:
        raise CannotTakeIn(f"{MANIFEST} does not name {name}.")
    digest = sha256()
    try:
        with (folder / name).open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
    except OSError as problem:
        raise CannotTakeIn(f"{folder / name} cannot be read: {problem.strerror}.") from problem
    if digest.hexdigest() != manifest.files[name]["sha256"]:
        raise CannotTakeIn(f"{folder / name} is not the file that was written: its digest is another.")


def _lines(folder: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with (folder / name).open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield number, msgspec.json.decode(line, type=dict[str, Any])
            except msgspec.MsgspecError as problem:
                raise CannotTakeIn(f"{folder / name}, line {number}: {problem}") from problem


def _fill(folder: Path, table: Table, tell: Tell) -> None:
    lines = _lines(folder, table.file)
    taken = 0
    while some := list(islice(lines, AT_ONCE)):
        rows: list[models.Model] = []
        for number, said in some:
            with _said_where(folder / table.file, number):
                row = table.row(said)
                if isinstance(row, Person):
                    row.set_unusable_password()
                rows.append(row)
        with _said_where(folder / table.file, some[0][0], some[-1][0]):
            table.kind._default_manager.bulk_create(rows)
        taken += len(rows)
        tell(table.file, taken)


def _acts(folder: Path, tell: Tell) -> None:
    name = "acts.ndjson"
    lines = _lines(folder, name)
    taken = 0
    while some := list(islice(lines, AT_ONCE)):
        entries, words = [], []
        for number, said in some:
            with _said_where(folder / name, number):
                entry, beside = from_line(said)
                entries.append(entry)
                words += beside
        with _said_where(folder / name, some[0][0], some[-1][0]):
            append(entries, words)
        taken += len(entries)
        tell(name, taken)


@contextmanager
def _said_where(file: Path, line: int, last: int | None = None) -> Iterator[None]:
    where = f"{file}, line {line}" if last in (None, line) else f"{file}, lines {line} to {last}"
    try:
        yield
    except KeyError as missing:
        raise CannotTakeIn(f"{where}: {missing.args[0]} is missing") from missing
    except (ValueError, TypeError, DatabaseError) as problem:
        raise CannotTakeIn(f"{where}: {problem}") from problem


def _verify(manifest: Manifest) -> None:
    """Every chain fits, and ends where it ended."""
    noted = {(who.Team(team), int(str(each["entries"]))): str(each["digest"]) for team, each in manifest.teams.items()}
    for team in verify(against=noted):
        if team.misfit:
            raise CannotTakeIn(f"{team.team}, entry {team.misfit.number}: {team.misfit.why}.")
    for seen in reads.verify():
        if seen.misfit:
            raise CannotTakeIn(f"the reads of {seen.team}, entry {seen.misfit.number}: {seen.misfit.why}.")
    if connection.vendor == "postgresql":  # rows with a number of their own were given it
        with connection.cursor() as cursor:
            for table in TABLES:
                key = table.kind._meta.auto_field
                if key is not None:
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, %s), (SELECT COALESCE(MAX(id), 1) FROM "
                        f"{table.kind._meta.db_table}))",
                        [table.kind._meta.db_table, key.column],
                    )
