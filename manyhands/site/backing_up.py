"""
A copy of the whole database in one file, made while others go on recording; and putting it back.

Of SQLite the copy is a database file as it would be written anew, so that nothing erased is left between its pages.
Of PostgreSQL it is what pg_dump writes in its own format; docs/how-to/back-up-and-restore.md says how to go back to any
moment besides. A copy holds what people wrote and who the patients are: it is as much to be guarded as the place.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from manyhands.access import verify as reads
from manyhands.log import guards
from manyhands.log.models import Entry
from manyhands.log.verify import verify
from manyhands.people.second_wall import EVERYBODY, SETTING

SQLITE_BEGINS = b"SQLite format 3\x00"
POSTGRESQL_BEGINS = b"PGDMP"


class InTheWay(Exception):
    """What is in the way of a copy, or of putting one back, and what to do."""


def back_up(to: Path) -> int:
    """
    Copy the database into the file `to`, which must not be there yet. Returns how many bytes it has.

    Raises InTheWay. The copy is there whole or not at all.
    """
    if to.exists():
        raise InTheWay(f"{to} is there already. Name a file that is not there yet; keep the older copies.")
    to.parent.mkdir(parents=True, exist_ok=True)
    half = to.with_name(to.name + ".being-written")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        if connection.vendor == "sqlite":
            _copy_sqlite(half)
        else:
            _run("pg_dump", "--format=custom", "--enable-row-security", f"--file={half}", *_database())
        with half.open("rb") as file:
            os.fsync(file.fileno())
        half.rename(to)
    finally:
        half.unlink(missing_ok=True)
    return to.stat().st_size


def put_back(copy: Path, *, replace: bool = False) -> dict[str, int]:
    """
    Put the database of a copy in place, bring it up to this version, and follow every chain in it. Returns how many
    acts each team has. What was there before is set aside beside it where `replace` says so (SQLite only).

    Raises InTheWay; then everything is as it was.
    """
    kind = _kind_of(copy)
    if kind != connection.vendor:
        raise InTheWay(
            f"{copy} is of {kind}, and MANYHANDS_DATABASE is of {connection.vendor}. To move from one to the other: "
            "manyhands export, then manyhands import."
        )
    return _put_sqlite_back(copy, replace) if kind == "sqlite" else _put_postgresql_back(copy)


def _kind_of(copy: Path) -> str:
    with copy.open("rb") as file:
        begins = file.read(len(SQLITE_BEGINS))
    if begins == SQLITE_BEGINS:
        return "sqlite"
    if begins.startswith(POSTGRESQL_BEGINS):
        return "postgresql"
    raise InTheWay(f"{copy} is no copy that manyhands backup made.")


# -- SQLite ------------------------------------------------------------------------------------------------


def _copy_sqlite(half: Path) -> None:
    file = Path(settings.DATABASES["default"]["NAME"])
    if not file.exists():
        raise InTheWay(f"There is no database at {file}.")
    half.unlink()
    previous = os.umask(0o077)
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.execute("VACUUM INTO ?", [str(half)])
    except sqlite3.Error as problem:
        raise InTheWay(f"{file} could not be copied: {problem}.") from problem
    finally:
        os.umask(previous)


def _put_sqlite_back(copy: Path, replace: bool) -> dict[str, int]:
    file = Path(settings.DATABASES["default"]["NAME"])
    if _sqlite_has_something(file) and not replace:
        raise InTheWay(f"There is a database at {file}. To put the copy in its place: --replace. It is set aside then.")
    connections.close_all()
    aside = _set_aside(file)
    half = file.with_name(file.name + ".being-put-back")
    try:
        shutil.copyfile(copy, half)
        half.chmod(0o600)
        with half.open("rb") as written:
            os.fsync(written.fileno())
        if damage := _damage(half):
            raise InTheWay(f"{copy} is damaged: {damage}.")
        half.rename(file)
        return _checked(copy)
    except (InTheWay, sqlite3.Error, OSError) as problem:
        connections.close_all()
        half.unlink(missing_ok=True)
        _discard(file)
        for name, old in aside.items():
            old.rename(name)
        if isinstance(problem, InTheWay):
            raise
        raise InTheWay(f"{copy} could not be put back: {problem}.") from problem


def _damage(file: Path) -> str:
    try:
        with closing(sqlite3.connect(file)) as database:
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        return str(problem)
    return "" if said == "ok" else str(said)


def _sqlite_has_something(file: Path) -> bool:
    if not file.exists():
        return False
    try:
        return Entry.objects.exists()
    except DatabaseError:  # a database without our tables
        return file.stat().st_size > 0


def _set_aside(file: Path) -> dict[Path, Path]:
    """Move what is there out of the way, having seen that nothing has it open."""
    if not file.exists():
        return {}
    try:
        with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode=DELETE")  # refused while anybody else has it open
    except sqlite3.OperationalError as problem:
        raise InTheWay(f"{file} is in use. Stop the site first ({problem}).") from problem
    old = file.with_name(f"{file.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}")
    file.rename(old)
    return {file: old}


def _discard(file: Path) -> None:
    for each in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        each.unlink(missing_ok=True)


# -- PostgreSQL --------------------------------------------------------------------------------------------


def _put_postgresql_back(copy: Path) -> dict[str, int]:
    if connection.introspection.table_names():
        raise InTheWay(
            "There are tables in this database already. Make a new, empty one (createdb), and name it in "
            "MANYHANDS_DATABASE."
        )
    connections.close_all()
    _run("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *_database(), str(copy))
    return _checked(copy)


def _database() -> tuple[str, ...]:
    set_up = settings.DATABASES["default"]
    said = (("--host", set_up["HOST"]), ("--port", set_up["PORT"]), ("--username", set_up["USER"]))
    return (*(f"{name}={value}" for name, value in said if value), f"--dbname={connection.settings_dict['NAME']}")


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise InTheWay(
            f"{program} is not on this machine. Install PostgreSQL's client programs, of the server's version or later."
        )
    behind_the_wall = f"-c {SETTING}={EVERYBODY}"
    environment = os.environ | {"PGPASSWORD": settings.DATABASES["default"]["PASSWORD"], "PGOPTIONS": behind_the_wall}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        raise InTheWay(f"{program}: {said[-1]}.")


# -- both --------------------------------------------------------------------------------------------------


def _checked(copy: Path) -> dict[str, int]:
    """How many acts each team has, once its chain has been followed from its first to its last."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
        teams = {}
        for team in verify():
            if team.misfit:
                raise InTheWay(f"{copy}: {team.team}, entry {team.misfit.number}: {team.misfit.why}.")
            teams[str(team.team)] = team.fitting
        for seen in reads.verify():
            if seen.misfit:
                raise InTheWay(f"{copy}: the reads of {seen.team}, entry {seen.misfit.number}: {seen.misfit.why}.")
        if missing := guards.missing() + reads.missing_guards():
            raise InTheWay(f"{copy}: the guard {missing[0]} is not in it.")
    except DatabaseError as problem:
        raise InTheWay(f"{copy} is no database of Manyhands: {problem}.") from problem
    return teams
