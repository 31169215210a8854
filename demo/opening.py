"""
Making the demo ready to open: records, a store, a database, and a year of a team's acts.

A demo is named by a digest of all that it is made from: the code, the number of people, and the records given, if
any. While none of these change, it is made once. A folder is ready when it holds `who.txt`, which is written last;
whatever stops the making of it, a folder without is made anew, and nothing half-made is ever opened.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from demo import records as made_up

CODE = Path(__file__).parent.parent
MADE_FROM = (
    "demo",
    "joinedup",
    *(f"manyhands/{part}" for part in ("acts.py", "who.py", "rules", "log", "people", "access")),
)
WHO = "who.txt"
KEPT = 3  # demos of other sizes, records or versions that are kept for coming back to

Say = Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """Where a demo is, and whom one can be signed in as, a line each."""

    home: Path
    who_can_be_signed_in_as: list[str]


def made_ready(home: Path, *, people: int, records: Path | None, say: Say) -> Place:
    """
    The demo of that many people, or over those records, made now unless it was made before; and this process's
    environment set to it.
    """
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    place = home / _name(people, records)
    _point_at(place, records)
    with _one_at_a_time(home, say):
        if not (place / WHO).exists():
            _make(place, people, records, say)
        place.touch()
        _forget_all_but_the_latest(home)
    return Place(place, (place / WHO).read_text().splitlines())


def _make(place: Path, people: int, records: Path | None, say: Say) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    if records is None:
        say(f"Making up {people:,} residents and their care ...")
        records = place / "fhir"
        made_up.write(made_up.Wanted(people), records)
    say("Reading the records ...")
    _run("joinedup", "load", str(records), "--into", str(place / "records"))
    _run("manyhands", "migrate", "--quiet")
    said = ""
    if find_spec("demo.workspace"):
        say("Letting a team work for a year ...")
        said = _run("demo.workspace", output=True)
    (place / WHO).write_text(said)


def _forget_all_but_the_latest(home: Path) -> None:
    places = [each for each in home.iterdir() if each.is_dir()]
    for old in sorted(places, key=lambda each: each.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _run(module: str, *arguments: str, output: bool = False) -> str:
    """A step in a process of its own, which has its own memory and its own Django; with what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    finished = subprocess.run(command, check=False, text=True, stdout=subprocess.PIPE if output else None)
    if finished.returncode != 0:
        raise SystemExit(f"`python -m {module} {' '.join(arguments)}` did not finish; see above.")
    return finished.stdout or ""


def _point_at(place: Path, records: Path | None) -> None:
    os.environ |= {
        "MANYHANDS_HOME": str(place),
        "MANYHANDS_RECORDS": str(place / "records"),
        "MANYHANDS_DEMO": "1",
        "MANYHANDS_DEMO_RECORDS": records.name if records else "",
    }
    os.environ.pop("MANYHANDS_DATABASE", None)


def _name(people: int, records: Path | None) -> str:
    """Twelve digits and letters that differ whenever anything differs from which the demo is made."""
    made_from = hashlib.sha256()
    for folder in MADE_FROM:
        for file in sorted((CODE / folder).rglob("*.py")) or [CODE / folder]:
            made_from.update(file.relative_to(CODE).as_posix().encode() + file.read_bytes())
    if records is None:
        made_from.update(f"{people} made up".encode())
    else:
        for file in sorted(records.rglob("*")) if records.is_dir() else [records]:
            said = file.stat()
            made_from.update(f"{file} {said.st_size} {said.st_mtime_ns}".encode())
    return made_from.hexdigest()[:12]


@contextmanager
def _one_at_a_time(home: Path, say: Say) -> Iterator[None]:
    """Two demos started at once in one folder: the second waits for the first to be ready."""
    with (home / "being-made.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another demo is being made ready here. Waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
