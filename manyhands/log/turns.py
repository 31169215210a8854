"""
How writers take turns: a transaction in which nobody else adds to the teams it is for.

PostgreSQL: a lock on each team, taken first and in the order of their keys, given back by the database at the end of
the transaction. Whoever waits is served in the order of coming, and other teams are not held up.

SQLite: the whole file has one writer. BEGIN IMMEDIATE takes that place, but waiting for it is a lottery that favours
late comers; a lock on a file beside the database, taken first, makes it a queue. Why, with figures:
docs/decisions/ (how writers take turns).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import DatabaseError, connection, transaction

from manyhands import who
from manyhands.log.guards import MESSAGES

LONGEST_WAIT = 10.0
"""Seconds that a writer waits for its turn before being told to try again."""


class Lost(Exception):
    """Somebody else got in first, or the turn did not come in time. Nothing was written."""


@contextmanager
def taken(teams: Iterable[who.Team]) -> Iterator[None]:
    """
    A transaction in which nobody else adds to these teams. Inside another transaction it becomes a part of that.

    Raises Lost when the turn does not come within `LONGEST_WAIT` seconds, or when somebody came in between.
    """
    try:
        with _queued(), transaction.atomic():
            if connection.vendor == "postgresql":
                _lock_teams(teams)
            yield
    except DatabaseError as problem:
        if _is_lost(problem):
            raise Lost from problem
        raise


def _lock_teams(teams: Iterable[who.Team]) -> None:
    keys = sorted({int.from_bytes(sha256(f"log {team}".encode()).digest()[:8], signed=True) for team in teams})
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LONGEST_WAIT:.0f}s"])
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


@contextmanager
def _queued() -> Iterator[None]:
    yield


SERIALISATION_FAILED, DEADLOCK, LOCK_NOT_AVAILABLE, NOT_UNIQUE = "40001", "40P01", "55P03", "23505"
LOST_ON_POSTGRESQL = {SERIALISATION_FAILED, DEADLOCK, LOCK_NOT_AVAILABLE, NOT_UNIQUE}
LOST_ON_SQLITE = ("database is locked", "UNIQUE constraint failed: log_entry")


def _is_lost(problem: DatabaseError) -> bool:
    """Whether this is what a database says when somebody else got in first, or a turn did not come in time."""
    if MESSAGES["log_entry_follows"] in str(problem):
        return True
    if connection.vendor == "postgresql":
        return getattr(problem.__cause__, "sqlstate", None) in LOST_ON_POSTGRESQL
    return any(said in str(problem) for said in LOST_ON_SQLITE)
