"""
Power cut at any moment: of what a disk was made sure to hold, every act that somebody was told of can be read again.

    python -m tests.soak.power --cuts 200 --acts 300 --database sqlite
    python -m tests.soak.power --cuts 10 --acts 300 --database postgresql

SQLite: what it writes and makes sure of is noted in order (disk.py), then the files are built as they may be left at
moments drawn by chance, opened with the site's settings, checked by SQLite itself, and their chains followed.

PostgreSQL: beside the writers the server is asked, again and again, up to where its log of writes is made sure of.
Afterwards a copy of the server from before gets that log up to there and not a byte further, and recovers from it.
Then the server is killed outright and started again; and by its archive it is brought back to moments in between,
which have what was acknowledged before and nothing that was begun later.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.soak.disk import Disk
from tests.soak.postgresql import ARCHIVING, Server, running

TEAM = "team-0"
SEGMENT = 16 * 1024 * 1024
"""Bytes of one file of PostgreSQL's log of writes."""


@dataclass
class Figures:
    """What came of it. `lost` counts acts that somebody had been told of, over all cuts."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    went_back_to: int = 0
    seconds: float = 0.0


# ---- SQLite --------------------------------------------------------------------------------------------------------


def cut_off_sqlite(cuts: int, acts_said: int, chance: int, synchronous: str = "FULL") -> Figures:
    """`synchronous` is for showing that this harness finds what is lost where a database makes sure of less."""
    from django.db import connection

    from tests.soak.place import made_ready

    began, figures, drawn, disk = time.monotonic(), Figures(), random.Random(chance), Disk()
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", f"synchronous={synchronous}")
    connection.close()
    with disk.under_sqlite():
        made_ready(teams=1, people=2)
        ready = len(disk.events)
        for number in range(acts_said):
            for entry in _say(f"{number}"):
                disk.said(entry)
        connection.close()
    name = Path(connection.settings_dict["NAME"]).name
    for _ in range(cuts):
        with tempfile.TemporaryDirectory() as folder:
            said = disk.left_after(drawn.randrange(ready, len(disk.events)), Path(folder), drawn)
            with _opened({"NAME": Path(folder) / name}):
                _count(figures, said)
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


# ---- PostgreSQL ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """Up to where the log of writes was made sure of, at what time, and what had been said by then."""

    made_sure_of: int
    at: datetime
    said: frozenset[int]


def cut_off_postgresql(cuts: int, acts_said: int, chance: int, synchronous: str = "FULL") -> Figures:
    """Raises CalledProcessError where the server cannot be started here. `synchronous` as for SQLite."""
    began, figures, drawn = time.monotonic(), Figures(), random.Random(chance)
    with tempfile.TemporaryDirectory(prefix="manyhands-power-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        archive = Path(folder) / "archive"
        archive.mkdir(mode=0o777)
        archive.chmod(0o777)
        settings = ARCHIVING.format(archive=archive) + ("synchronous_commit = off\n" if synchronous == "OFF" else "")
        with running(Path(folder) / "first", settings) as server:
            with _opened(_at(server)):
                moments = _used(server, Path(folder) / "base", acts_said)
                _finish_archiving(archive)
            server.kill()
            _come_back(Path(folder), server, moments, drawn.sample(moments, min(cuts, len(moments))), figures)
            server.start()
            with _opened(_at(server)):
                _count(figures, set(moments[-1].said))
            server.stop()
        for moment in drawn.sample(moments, min(max(1, cuts // 4), len(moments))):
            _go_back(Path(folder), archive, moment, moments, figures)
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def _used(server: Server, base: Path, acts_said: int) -> list[Moment]:
    """Copy the server, then have several write while it is asked how far its log is made sure of."""
    import psycopg
    from django.db import connections

    from tests.soak.place import made_ready

    made_ready(teams=1, people=2)
    base.parent.chmod(0o777)
    server.copied(base)
    said: set[int] = set()
    lock, moments = threading.Lock(), []

    def say(which: int) -> None:
        try:
            for number in range(acts_said // 4):
                entries = _say(f"{which} {number}")
                with lock:
                    said.update(entries)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=say, args=(which,)) for which in range(4)]
    for writer in writers:
        writer.start()
    asking = "SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn, clock_timestamp()"
    with psycopg.connect(server.address, autocommit=True) as connection:
        while any(writer.is_alive() for writer in writers):
            with lock:
                known = frozenset(said)
            made_sure_of, at = connection.execute(asking).fetchone()  # type: ignore[misc]
            moments.append(Moment(int(made_sure_of), at, known))
            time.sleep(0.005)
        for writer in writers:
            writer.join()
        made_sure_of, at = connection.execute(asking).fetchone()  # type: ignore[misc]
        moments.append(Moment(int(made_sure_of), at, frozenset(said)))
    _say("after the last moment")  # going back needs something to stop before
    return moments


def _come_back(folder: Path, server: Server, moments: list[Moment], chosen: list[Moment], figures: Figures) -> None:
    """From the copy, and the log of writes as far as it was made sure of at that moment."""
    for number, moment in enumerate(chosen):
        another = Server(folder / f"cut-{number}")
        another.put_in_place(folder / "base")
        for segment in (server.data / "pg_wal").iterdir():
            if segment.is_file() and len(segment.name) == 24:
                _up_to(segment, another.data / "pg_wal" / segment.name, moment.made_sure_of)
        another._give(another.folder)
        another.start()
        with _opened(_at(another)):
            _count(figures, set(moment.said))
        another.stop()


def _up_to(segment: Path, copy: Path, made_sure_of: int) -> None:
    """The bytes of a file of the log before a place in it; nothing after."""
    high, low = int(segment.name[8:16], 16), int(segment.name[16:24], 16)
    begins = high * 2**32 + low * SEGMENT
    keep = max(0, min(SEGMENT, made_sure_of - begins))
    if keep:
        copy.write_bytes(segment.read_bytes()[:keep] + bytes(SEGMENT - keep))


def _go_back(folder: Path, archive: Path, moment: Moment, moments: list[Moment], figures: Figures) -> None:
    """As docs/how-to/back-up-and-restore.md has it: the copy, the archive, and a time to stop at."""
    another = Server(folder / f"back-{figures.went_back_to}")
    another.put_in_place(
        folder / "base",
        f"\nrestore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment.at.isoformat(sep=' ')}'\n"
        "recovery_target_action = 'promote'\n",
    )
    (another.data / "recovery.signal").touch()
    another._give(another.folder)
    another.start()
    with _opened(_at(another)):
        there = _count(figures, set(moment.said))
        later = {n for n, at in there.items() if at > moment.at + timedelta(seconds=1)}
        assert not later, f"{len(later)} acts are there that were recorded after the moment gone back to"
    another.stop()
    figures.went_back_to += 1


def _finish_archiving(archive: Path) -> None:
    """Have the server put the last of its log of writes into the archive. Raises TimeoutError."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_switch_wal())")
        (last,) = cursor.fetchone()
    until = time.monotonic() + 60
    while not (archive / last).exists():
        if time.monotonic() > until:
            raise TimeoutError(f"the server did not archive {last}")
        time.sleep(0.1)
    time.sleep(0.2)  # it is copied, and not moved, into its place


def _at(server: Server) -> dict[str, Any]:
    return {"NAME": "postgres", "HOST": str(server.folder)}


# ---- both ----------------------------------------------------------------------------------------------------------


def _say(words: str) -> list[int]:
    """Two acts at once; their numbers, once they are recorded."""
    from django.utils import timezone

    from manyhands import acts, who
    from manyhands.log.record import record

    of: dict[str, Any] = {
        "team": who.Team(TEAM),
        "by": who.Person("person-0-0"),
        "for_organisation": who.Organisation("practice"),
        "in_role": who.Role("role-person-0-0"),
        "at": timezone.now(),
        "matter": who.Matter("falls"),
    }
    both = [acts.Comment(**of, words=acts.Words(f"{words}.{part} " + "and so on " * 20)) for part in (1, 2)]
    return [entry.number for entry in record(*both)]


@contextmanager
def _opened(where: dict[str, Any]) -> Iterator[None]:
    """Everything that asks the database meanwhile asks another one."""
    from django.db import connection

    before = dict(connection.settings_dict)
    before["OPTIONS"] = {name: value for name, value in before["OPTIONS"].items() if name != "pool"}
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    connection.settings_dict.update(before | where)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def _count(figures: Figures, said: set[int]) -> dict[int, datetime]:
    """What is there, and when it was recorded: whole, in pairs, fitting; and what is not there that was said."""
    from django.db import DatabaseError, connection

    from manyhands.log.models import Entry, Wording
    from manyhands.log.verify import verify

    figures.cuts += 1
    figures.acknowledged += len(said)
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                figures.torn += cursor.fetchone()[0] != "ok"
        tables = connection.introspection.table_names()
    except DatabaseError:  # not even a database
        tables = []
    if "log_entry" not in tables:
        figures.lost += len(said)
        figures.torn += 1
        return {}
    there: dict[int, datetime] = dict(Entry.objects.filter(team=TEAM).values_list("number", "recorded_at"))
    figures.lost += len(said - set(there))
    alone = Entry.objects.filter(team=TEAM, name="comment").count() % 2
    wordless = set(there) - set(Wording.objects.filter(team=TEAM).values_list("number", flat=True))
    wordless -= set(Entry.objects.filter(team=TEAM).exclude(name="comment").values_list("number", flat=True))
    figures.torn += alone + len(wordless) + sum(checked.misfit is not None for checked in verify())
    return there


def main() -> None:
    import django

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cuts", type=int, default=100)
    options.add_argument("--acts", type=int, default=300)
    options.add_argument("--chance", type=int, default=1, help="what the moments are drawn with")
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--synchronous", choices=("FULL", "NORMAL", "OFF"), default="FULL")
    chosen = options.parse_args()
    django.setup()
    if chosen.database == "sqlite":
        figures = cut_off_sqlite(chosen.cuts, chosen.acts, chosen.chance, chosen.synchronous)
    else:
        figures = cut_off_postgresql(chosen.cuts, chosen.acts, chosen.chance, chosen.synchronous)
    json.dump(asdict(figures), sys.stdout)


if __name__ == "__main__":
    main()
