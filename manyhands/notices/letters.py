"""
What is known of each letter, and what is promised about it.

A mail server cannot be told to take a message exactly once: whoever sends may end after it has been taken and before
that could be written down. So a letter is claimed first, then sent, then marked. Whatever ends in between leaves it
claimed, and the next sender, who is alone, calls it "unknown": it may have arrived, and is not sent again by itself.
It is not lost either: what is in it waits on My work, the page of notices says so, and so does the next letter.

What the server refused, or was never handed, is known not to have arrived, and is tried again, for days.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.db.models import F, QuerySet

from manyhands.notices.models import Letter

if sys.platform != "win32":
    import fcntl

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
LONGEST_TRIED = timedelta(days=5)
"""After this long without a server that takes it, a letter is given up, as mail servers themselves do."""


@contextmanager
def alone() -> Iterator[bool]:
    """
    Whether nobody else is sending just now; while this lasts, nobody else begins to. It ends by itself when the
    process does: a lock on a file beside an SQLite file, or one that PostgreSQL keeps for the connection.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(sha256(b"manyhands letters").digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            (got,) = cursor.fetchone()
        try:
            yield bool(got)
        finally:
            if got:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
        return
    file = str(connection.settings_dict["NAME"])
    if sys.platform == "win32" or "memory" in file:
        yield True
        return
    place = os.open(f"{file}-letters", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(place)


def left_by_the_dead() -> int:
    """
    To be asked by whoever is alone: letters that somebody claimed and never came back to. Nobody can say whether they
    were sent, so they are not sent again.
    """
    return Letter.objects.filter(state="sending").update(state="unknown", said="ended-while-sending")


def to_send(at: datetime) -> Iterator[Letter]:
    """The letters whose time it is, the oldest first, each claimed before it is given."""
    ready = Letter.objects.filter(state="ready", next_try_at__lte=at, person__is_active=True).order_by("made_at", "id")
    for letter in ready.select_related("person"):
        if claim(letter, at):
            yield letter


def claim(letter: Letter, at: datetime) -> bool:
    """Take a letter to send it: only one ever succeeds, and it is on the disk before anything is sent."""
    taken = Letter.objects.filter(id=letter.id, state="ready").update(
        state="sending", claimed_at=at, tries=F("tries") + 1
    )
    letter.tries += taken
    return taken == 1


def sent(letter: Letter, at: datetime) -> None:
    """The server took it. That is true also where somebody has called it unknown meanwhile."""
    ours = Letter.objects.filter(id=letter.id, state__in=["sending", "unknown"])
    ours.update(state="sent", sent_at=at, said="")


def not_sent(letter: Letter, at: datetime, said: str) -> None:
    """The server has not taken it, and that is known: it is tried again, a little later each time."""
    state = "given-up" if at - letter.made_at > LONGEST_TRIED else "ready"
    wait = min(FIRST_WAIT * 2 ** min(letter.tries - 1, 10), LONGEST_WAIT)
    _of_ours(letter).update(state=state, next_try_at=at + wait, said=said)


def refused(letter: Letter, said: str) -> None:
    """The server said that it will never take it."""
    _of_ours(letter).update(state="refused", said=said)


def unknown(letter: Letter, said: str) -> None:
    """The connection ended before the server said whether it took it."""
    _of_ours(letter).update(state="unknown", said=said)


def _of_ours(letter: Letter) -> QuerySet[Letter]:
    return Letter.objects.filter(id=letter.id, state="sending")


# ---- what somebody who looks after the site can do ---------------------------------------------------------------


def send_again(id: str, at: datetime) -> bool:
    """Send a letter of which nobody knows whether it arrived, or that was refused, because somebody decided to."""
    stuck = Letter.objects.filter(id=id, state__in=["unknown", "refused", "given-up"])
    return bool(stuck.update(state="ready", next_try_at=at, made_at=at))


def give_up(id: str) -> bool:
    """Let a letter be, because somebody decided to."""
    return bool(Letter.objects.filter(id=id, state__in=["unknown", "refused", "ready"]).update(state="given-up"))
