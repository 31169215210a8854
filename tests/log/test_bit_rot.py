"""A byte of the database's file that is not what it was: either it is found, or it made no difference to any act."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from manyhands.log.kept import SHELF
from manyhands.log.models import Entry
from manyhands.log.read import read
from manyhands.log.record import record
from manyhands.log.verify import verify
from tests.log.conftest import rows
from tests.log.elsewhere import bytes_of

FLIPS = 120

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the files of a server are not ours to alter while it runs"
)


@contextmanager
def on(file: Path) -> Iterator[None]:
    """With the database in another file."""
    as_it_was = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = file
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = as_it_was


def test_one_altered_byte_anywhere_in_the_file_is_found_or_changes_no_act(committed, tmp_path):
    record(*(committed.say(f"{i}: she is steadier on the stairs – “well done”") for i in range(12)))
    record(committed.withhold(5))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = bytes_of(Path(str(connection.settings_dict["NAME"])))
    acts, everything = list(read(committed.team)), rows(committed)
    chance, found = random.Random(7), 0

    for flip in range(FLIPS):
        at = _somewhere_in_the_log(whole, chance)
        altered = tmp_path / f"{flip}.sqlite3"
        altered.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        SHELF.forget()
        with on(altered):
            try:
                misfits = [checked.misfit for checked in verify(committed.team)]
            except DatabaseError:
                found += 1  # the file itself is broken, and SQLite says so
                continue
            if misfits == [None]:
                assert (list(read(committed.team)), rows(committed)) == (acts, everything), f"byte {at} went unseen"
            else:
                found += 1

    assert found > FLIPS / 3, "most of the bytes tried should matter"


def _somewhere_in_the_log(whole: bytes, chance: random.Random) -> int:
    """In or just before the bytes of some entry."""
    entry = chance.choice(list(Entry.objects.only("payload", "digest")))
    start = whole.find(entry.payload.encode())
    assert start > 0
    return start + chance.randrange(-120, len(entry.payload) + 200)
