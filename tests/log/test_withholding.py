"""Words that were removed are gone: from what is read, from the tables, and from the database's own files."""

from pathlib import Path
from time import sleep

import pytest
from django.db import connection

from manyhands import acts
from manyhands.log.models import Entry, Wording
from manyhands.log.read import read
from manyhands.log.record import Refused, record
from manyhands.log.verify import verify
from tests.log.elsewhere import bytes_of

SECRET = "Mrs Unlikelyname at number 12 drinks"


def test_removed_words_are_gone_and_the_act_stays(committed):
    record(committed.say(SECRET))
    before = Entry.objects.get(team=committed.team, number=3)

    record(committed.withhold(3))

    said = list(read(committed.team))
    assert said[2].act.words == acts.WITHHELD
    assert said[3].act.because == "It named a neighbour"
    assert list(Entry.objects.filter(team=committed.team, number=3)) == [before]
    assert Wording.objects.get(team=committed.team, number=3).text is None
    assert Wording.objects.get(team=committed.team, number=3).salt is None


def test_the_chain_still_fits_after_words_were_removed(committed):
    record(committed.say(SECRET), committed.say("other"))
    record(committed.withhold(3), committed.say("after"))

    (checked,) = verify(committed.team)

    assert (checked.fitting, checked.misfit) == (6, None)


def test_all_the_words_of_an_entry_go_and_no_others(committed):
    record(committed.withhold(1), committed.say("stays"))

    left = Wording.objects.filter(team=committed.team, text__isnull=False).order_by("number")
    assert [words.number for words in left] == [2, 3, 4]


def test_words_given_together_with_their_removal_are_never_seen(committed):
    record(committed.say(SECRET), committed.withhold(3))

    assert list(read(committed.team))[2].act.words == acts.WITHHELD


def test_a_removal_that_is_refused_removes_nothing(committed):
    record(committed.say(SECRET))

    with pytest.raises(Refused):
        record(committed.withhold(3), committed.withhold(99))

    assert list(read(committed.team))[2].act.words == SECRET


def test_the_reason_for_a_removal_can_itself_be_removed(committed):
    record(committed.say(SECRET))
    record(committed.withhold(3))
    record(committed.withhold(4))

    assert list(read(committed.team))[3].act.because == acts.WITHHELD
    assert [checked.misfit for checked in verify(committed.team)] == [None]


def test_removed_words_are_gone_from_the_files_of_the_database(committed):
    """A short text and one of several pages, with others around them, so that pages split and overflow."""
    long = f"{SECRET}. " * 400
    record(*(committed.say(f"{i} " + "and so on " * (i % 40)) for i in range(60)))
    record(committed.say(SECRET), committed.say(long))
    record(*(committed.say(f"{i} " + "and so on " * (i % 40)) for i in range(60)))
    assert _in_files(SECRET)

    record(committed.withhold(63), committed.withhold(64))

    most = 1_500 if connection.vendor == "postgresql" else 1  # five minutes: other tests may be in long transactions
    assert any(not _in_files(SECRET) or sleep(0.2) for _ in range(most))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")
def test_what_is_freed_in_the_file_is_overwritten(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,), "add PRAGMA secure_delete=ON to what manyhands/site/databases.py begins with"


def _in_files(text: str) -> bool:
    """Whether a text is in any file of the database, once what it still has in memory has been written out."""
    if connection.vendor == "postgresql":
        return _in_table_file(text)
    database = Path(str(connection.settings_dict["NAME"]))
    return any(text.encode() in bytes_of(file) for file in database.parent.glob(f"{database.name}*"))


def _in_table_file(text: str) -> bool:
    """
    PostgreSQL gives the place of an erased row back at VACUUM and overwrites it when another row comes by; rewriting
    the table is what empties it for sure, as soon as nobody on the server is in a transaction that began before, in
    another database even. The server's write-ahead log keeps its own time.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL log_wording")
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        (folder,) = cursor.fetchone()
        cursor.execute(
            "SELECT pg_relation_filepath('log_wording'), reltoastrelid::regclass::text FROM pg_class"
            " WHERE relname = 'log_wording'"
        )
        table, beside = cursor.fetchone()
        cursor.execute("SELECT pg_relation_filepath(%s)", [beside])
        (long_texts,) = cursor.fetchone()
    return any(text.encode() in Path(folder, file).read_bytes() for file in (table, long_texts))
