"""
How writers take turns: a transaction in which nobody else adds to the teams it is for.

PostgreSQL: a lock on each team, taken first and in the order of their keys, given back by the database at the end of
the transaction. Whoever waits is served in the order of coming, and other teams are not held up.

SQLite: the whole file has one writer. BEGIN IMMEDIATE takes that place, but waiting for it is a lottery that favours
late comers; a lock on a file beside the database, taken first, makes it a queue. Why, with figures:
docs/decisions/0006-writers-take-turns.md.
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import DatabaseError, connection, transaction

from manyhands import who
from manyhands.log.guards import DOES_NOT_FOLLOW_SAYS

if sys.platform != "win32":  # there, SQLite's own lock keeps every act right, and only the queue is lost
    import fcntl

LONGEST_WAIT = 10.0
"""Seconds that a writer waits for its turn before being told to try again."""


class Lost(Exception):
    """Somebody else got in first. Nothing was written."""


class WaitedTooLong(Lost):
    """The turn did not come in time. Nothing was written."""


@contextmanager
def taken(teams: Iterable[who.Team]) -> Iterator[None]:
    """
    A transaction in which nobody else adds to these teams. Inside another transaction it becomes a part of that.

    Raises WaitedTooLong when the turn does not come within `LONGEST_WAIT` seconds, Lost when somebody came in between.
    """
    try:
        with _queued(), transaction.atomic():
            if connection.vendor == "postgresql":
                _lock_teams(teams)
            yield
    except DatabaseError as problem:
        if any(said in _said(problem) for said in TOO_LONG):
            raise WaitedTooLong from problem
        if any(said in _said(problem) for said in CAME_IN_BETWEEN):
            raise Lost from problem
        raise


def _lock_teams(teams: Iterable[who.Team]) -> None:
    """All in one message to the server: whoever is next in the queue waits for as long as this takes."""
    keys = sorted({int.from_bytes(sha256(f"log {team}".encode()).digest()[:8], signed=True) for team in teams})
    messages = [f"SET LOCAL lock_timeout = '{LONGEST_WAIT:.0f}s'"]
    messages += [f"SELECT pg_advisory_xact_lock({key:d})" for key in keys]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(messages))


@contextmanager
def _queued() -> Iterator[None]:
    """
    On SQLite, a place in the queue for writing. The file that it is a lock on stays empty, and stays.

    Inside another transaction the writer's place is taken already, and to queue for it then would be to hang. The
    wait is in the system's own queue, which cannot be left early, so whoever waited too long leaves on reaching
    the front: after one writer that was stuck, the rest do not add up.
    """
    file = str(connection.settings_dict["NAME"])
    if sys.platform == "win32" or connection.vendor != "sqlite" or connection.in_atomic_block or "memory" in file:
        yield
        return
    turn = os.open(f"{file}-turn", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        came = time.monotonic()
        fcntl.flock(turn, fcntl.LOCK_EX)
        if time.monotonic() - came > LONGEST_WAIT:
            raise WaitedTooLong
        yield
    finally:
        os.close(turn)  # gives the turn back, as does the system when a writer is killed


TOO_LONG = ("55P03", "database is locked")
CAME_IN_BETWEEN = (
    "40001",  # serialisation failed
    "40P01",  # deadlock
    'unique constraint "log_entry_pkey"',
    "UNIQUE constraint failed: log_entry",
    DOES_NOT_FOLLOW_SAYS,
)


def _said(problem: DatabaseError) -> str:
    """What the database said, with PostgreSQL's code for it."""
    return f"{getattr(problem.__cause__, 'sqlstate', '')} {problem}"
