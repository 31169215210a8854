"""
Removing words for good, by a recorded act: `record` calls this when it takes in a `Withhold`, in the same
transaction. The digest stays in the entry, so the chain still fits; salt and text go.
"""

from django.db import connection, transaction

from manyhands import who
from manyhands.log.kept import SHELF
from manyhands.log.models import Wording

LONGEST_WAIT = 1.0  # seconds for readers to finish; other writers wait meanwhile


def erase(team: who.Team, number: int) -> None:
    """Erase all the words of an entry, and what is kept in memory of its team."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # not every SQLite is built with this as its default
    Wording.objects.filter(team=team, number=number).update(salt=None, text=None)
    SHELF.forget(team)
    transaction.on_commit(_sweep)


def _sweep() -> None:
    """
    Leave nothing behind in the database's own files, as far as it can be told to: SQLite overwrites what it frees
    (`secure_delete`), and its write-ahead log, which may still hold the page as it was, is emptied into the file. A
    page that somebody is reading just then may hold that up; it is not waited for, and the log is overwritten later.
    PostgreSQL frees the row at once and overwrites it when VACUUM and later rows come by.
    """
    if connection.vendor == "sqlite":
        usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT * 1000:.0f}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {usual * 1000:.0f}")
