"""Everything as it stood at one moment, while others go on recording."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def as_of_now() -> Iterator[None]:
    """
    What is read inside is as it stood at the beginning. Nobody who records waits: on SQLite, Django's own
    transactions would take the turn to write, so this one says that it only reads.
    """
    if connection.in_atomic_block:  # a test's
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
