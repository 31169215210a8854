"""
How eight writers could take turns, each way for five seconds: what docs/decisions/0006-writers-take-turns.md rests on.

    python -m benchmarks.turns

Bare connections, with half a millisecond of work between reading and writing where the rules would be.
"""

import contextlib
import fcntl
import multiprocessing
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

from benchmarks.places import postgresql

WRITERS, SECONDS = 8, 5.0
ROW = "x" * 900


def on_sqlite(file: str, way: str, _: str) -> Callable[[], int]:
    """One act on SQLite: nothing but BEGIN IMMEDIATE, a lock on a file first, or asking for that every so often."""
    database = sqlite3.connect(file, timeout=60, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    ways: dict[str, Callable[[int], AbstractContextManager[None]]] = {
        "no queue": lambda turn: contextlib.nullcontext(),
        "a lock on a file, in the system's queue": _waiting,
        "a lock on a file, asked for every 1 ms": _asking,
    }
    turn = os.open(f"{file}-turn", os.O_RDWR | os.O_CREAT)

    def act() -> int:
        with ways[way](turn):
            database.execute("BEGIN IMMEDIATE")
            (last,) = database.execute("SELECT COALESCE(MAX(number), 0) FROM entry").fetchone()
            _judge()
            database.execute("INSERT INTO entry VALUES ('t', ?, ?)", (last + 1, ROW))
            database.execute("COMMIT")
        return 1

    return act


@contextlib.contextmanager
def _waiting(turn: int) -> Iterator[None]:
    fcntl.flock(turn, fcntl.LOCK_EX)
    yield
    fcntl.flock(turn, fcntl.LOCK_UN)


@contextlib.contextmanager
def _asking(turn: int) -> Iterator[None]:
    while True:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            time.sleep(0.001 * random.uniform(0.5, 1.5))
    yield
    fcntl.flock(turn, fcntl.LOCK_UN)


def on_postgresql(address: str, way: str, team: str) -> Callable[[], int]:
    """One act on PostgreSQL: a lock on the team first, or trying until nobody else had the number."""
    import psycopg

    database = psycopg.connect(address, autocommit=True)

    def act() -> int:
        for tries in count(1):
            with contextlib.suppress(psycopg.errors.UniqueViolation), database.transaction():
                if way == "a lock on the team":
                    database.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [team])
                asked = database.execute("SELECT COALESCE(MAX(number), 0) FROM entry WHERE team = %s", [team])
                (last,) = asked.fetchone() or (0,)
                _judge()
                database.execute("INSERT INTO entry VALUES (%s, %s, %s)", [team, last + 1, ROW])
                return tries
        raise AssertionError("counting never ends")

    return act


def _judge() -> None:
    until = time.perf_counter() + 0.0005
    while time.perf_counter() < until:
        pass


def _writer(doing, where, way, team, start, results) -> None:  # type: ignore[no-untyped-def]
    act, waits, tries = doing(where, way, team), [], 0
    time.sleep(max(0.0, start - time.time()))
    until = time.time() + SECONDS
    while time.time() < until:
        began = time.perf_counter()
        tries += act()
        waits.append(time.perf_counter() - began)
    results.put((waits, tries))


def _crowd(name: str, doing, where: str, way: str, teams: int) -> None:  # type: ignore[no-untyped-def]
    results: multiprocessing.Queue[tuple[list[float], int]] = multiprocessing.Queue()
    start = time.time() + 2
    crowd = [
        multiprocessing.Process(target=_writer, args=(doing, where, way, f"t{i % teams}", start, results))
        for i in range(WRITERS)
    ]
    for each in crowd:
        each.start()
    each_ones = [results.get() for _ in crowd]
    for each in crowd:
        each.join()
    waits = sorted(wait for ones, _ in each_ones for wait in ones)
    a_hundredth = waits[int(len(waits) * 0.99)]
    counts = sorted(len(ones) for ones, _ in each_ones)
    print(
        f"{name:10} {teams} team(s)  {way:40} {len(waits) / SECONDS:6.0f} acts/s   99 in 100 within "
        f"{a_hundredth * 1000:6.1f} ms   longest {waits[-1] * 1000:7.1f} ms   "
        f"{sum(tries for _, tries in each_ones) / len(waits):.1f} tries an act   "
        f"least and most by one writer {counts[0]}, {counts[-1]}",
        flush=True,
    )


def main() -> None:
    table = "CREATE TABLE entry (team text, number integer, content text, PRIMARY KEY (team, number))"
    with tempfile.TemporaryDirectory(prefix="manyhands-turns-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        for i, way in enumerate(
            ("no queue", "a lock on a file, in the system's queue", "a lock on a file, asked for every 1 ms")
        ):
            file = f"{folder}/{i}.sqlite3"
            sqlite3.connect(file).execute(table)
            _crowd("SQLite", on_sqlite, file, way, teams=1)
        server = postgresql(Path(folder) / "postgresql")
        if server is None:
            return
        import psycopg

        for teams in (1, WRITERS):
            for way in ("a lock on the team", "trying again"):
                with psycopg.connect(server.get_uri(), autocommit=True) as database:
                    database.execute("DROP TABLE IF EXISTS entry")
                    database.execute(table)
                _crowd("PostgreSQL", on_postgresql, server.get_uri(), way, teams)
        server.cleanup()


if __name__ == "__main__":
    main()
