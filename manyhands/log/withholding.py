"""
Removing words for good, by a recorded act: `record` calls this when it takes in a `Withhold`, in the same
transaction. The digest stays in the entry, so the chain still fits; salt and text go.
"""

from django.db import connection, transaction
from django.db.models import QuerySet

from manyhands import acts, who
from manyhands.log.kept import SHELF
from manyhands.log.models import Entry, Wording
from manyhands.log.wording import fields_of

LONGEST_WAIT = 1.0  # seconds for readers to finish; other writers wait meanwhile


def erase(act: acts.Withhold) -> None:
    """Erase the words that it names, and what is kept in memory of its team."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # not every SQLite is built with this as its default
    named = Wording.objects.filter(team=act.team, number=act.number)
    if act.about is not None:
        named = named.filter(place__in=_about(act.team, act.number, act.about, named))
    named.update(salt=None, text=None)
    SHELF.forget(act.team)
    transaction.on_commit(_sweep)


def _about(team: who.Team, number: int, patient: who.Patient, words: QuerySet[Wording]) -> list[str]:
    """
    The places of an entry's words that are about one patient: of those that stand beside a patient's name, only
    theirs; everything, where there is no such place.
    """
    fields = fields_of(Entry.objects.get(team=team, number=number).payload)
    places = list(words.values_list("place", flat=True))
    beside = {f"patients.{n}." for n, each in enumerate(fields.get("patients", ())) if isinstance(each, dict)}
    if not beside:
        return places
    theirs = tuple(f"patients.{n}." for n, each in enumerate(fields["patients"]) if each.get("patient") == patient)
    return [place for place in places if theirs and place.startswith(theirs)]


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
