"""
What somebody did in the demo is kept when a newer version has to make the demo anew: its database is put aside, whole.

    earlier/2026-11-26-1320/manyhands.sqlite3     the database as it was; `manyhands export` of that version reads it
"""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

DATABASE = "manyhands.sqlite3"
FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")


def keep(home: Path, acts_when_made: int | None, *, finished: bool, say: Callable[[str], object]) -> Path | None:
    """
    Put the database aside when there are acts in it beyond those it was made with, and say where. One that was not
    finished, or in which nobody has done anything, is not kept: it can be made again.
    """
    database = home / DATABASE
    if not finished or not database.exists() or acts_in(database) == acts_when_made:
        return None
    aside = _new_folder(home / "earlier")
    for name in FILES:
        if (home / name).exists():
            (home / name).rename(aside / name)
    where = aside.relative_to(home.parent)
    say(f"This version makes the demo anew. What was done in the one before is kept in {where}.")
    return aside


def acts_in(database: Path) -> int | None:
    """How many acts a database holds; None where that cannot be told."""
    try:
        with sqlite3.connect(database) as opened:
            return int(opened.execute("SELECT count(*) FROM log_entry").fetchone()[0])
    except sqlite3.DatabaseError:
        return None


def _new_folder(within: Path) -> Path:
    named = f"{datetime.now().astimezone():%Y-%m-%d-%H%M}"
    for number in range(1, 10_000):
        folder = within / (named if number == 1 else f"{named}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise FileExistsError(within / named)
