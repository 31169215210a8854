"""
Emptying the database between tests that really commit.

The log's guards refuse to let anything go, which is their purpose, so they are put down for as long as Django
empties the tables, and up again before the next test.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.db import connection


def with_guards_down(teardown: Callable[..., None]) -> Callable[..., None]:
    """Django's own emptying, with the guards down around it."""

    @wraps(teardown)
    def emptied(*args: object) -> None:
        with guards_down():
            teardown(*args)

    return emptied


@contextmanager
def guards_down() -> Iterator[None]:
    """On SQLite triggers are dropped and made again as they were; PostgreSQL can be told to let them rest."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in guards:
            cursor.execute(statement)
