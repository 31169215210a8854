"""
Making the demo ready: a folder with the records, the store that `joinedup` loaded from them, and the database.

    export/               the made-up records, as FHIR (none when the demo opens over other records)
    records/              the store
    mail/                 messages to its people, each in a file
    manyhands.sqlite3     accounts, names and the log of acts
    made.json             what it was made from: written last, so that what was interrupted is begun again
    earlier/              databases of earlier versions in which somebody had done something: kept, never made anew

Where only the reading of records has changed, the store alone is made anew, and every act stays.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from demo import earlier
from demo.records import SEED, UNTIL, Wanted, write

STAMP = "made.json"
_ROOT = Path(__file__).parent.parent
_MADE_OF = ("demo/*.py", "manyhands/acts.py", "manyhands/*/migrations/*.py")
_READ_BY = ("joinedup/records/**/*.py",)

Say = Callable[[str], object]


class InUse(Exception):
    """Another process serves, or is making, the demo in this folder."""


class NothingToOpen(Exception):
    """The records that were given hold nothing that can be read."""


@dataclass(frozen=True)
class Ready:
    """A demo that can be served. `made_now` is false when there was nothing to do."""

    home: Path
    made_now: bool
    who_can_be_signed_in_as: tuple[str, ...]


def made_ready(
    home: Path, *, people: int = 3000, records: Path | None = None, say: Say = print, today: date | None = None
) -> Ready:
    """
    Make the demo ready in the folder `home`, unless that has been done from the same things, and set Django up on it.

    `people` is how many residents to make up; with `records`, FHIR records to open over instead. The acts end the
    day before `today`, which is the present day unless it is given. `say` is told what is being done.

    The folder is kept from being made anew by another process until this one ends. Raises InUse when another process
    has it, and NothingToOpen, with an earlier demo left as it is, when the records hold nothing to open over.
    No act that somebody did in it is ever lost: see demo/earlier.py.
    """
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    source = {
        "made_by": _digest(_MADE_OF),
        "read_by": _digest(_READ_BY),
        "seed": SEED,
        **({"people": people} if records is None else _given(records)),
    }
    _settle(home, records)
    stamp = home / STAMP
    before = json.loads(stamp.read_text()) if stamp.exists() else {}
    acts = before.pop("acts", None)
    made_now = before != source
    kept = _kept(home, alone=made_now)
    if made_now:
        if records is not None:
            _need_care_in(records)
        if before and before | {"read_by": source["read_by"]} == source:
            _load_anew(home, records, say)
        else:
            earlier.keep(home, acts, finished=stamp.exists(), say=say)
            _clear(home)
            _make(home, people, records, say, today or datetime.now(UTC).date())
            acts = earlier.acts_in(home / earlier.DATABASE)
        stamp.write_text(json.dumps(source | {"acts": acts}, indent=2) + "\n")
        fcntl.flock(kept, fcntl.LOCK_SH)
    return Ready(home, made_now, _who_can_be_signed_in_as())


def _kept(home: Path, *, alone: bool) -> int:
    """A lock on the folder until this process ends: shared with others that serve it, or alone to make it anew."""
    lock = os.open(home / ".in-use", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        doing = "would have to be made anew, and it is open" if alone else "is being made"
        raise InUse(
            f"The demo in {home.name} {doing} in another window. Stop it there first, or keep this one apart with "
            "--home FOLDER."
        ) from None
    return lock


def _load_anew(home: Path, records: Path | None, say: Say) -> None:
    """The store again, from the records that are still there, because this version reads them differently."""
    from joinedup.records.load import load

    say("This version reads records differently: loading them again. Nothing that was done is lost …")
    shutil.rmtree(home / "records", ignore_errors=True)
    loaded = load([str(records or home / "export")], home / "records")
    say(f"  {loaded.rows['patients']:,} people, {loaded.rows['contacts']:,} contacts, {loaded.set_aside:,} set aside")


def _make(home: Path, people: int, records: Path | None, say: Say, today: date) -> None:
    from joinedup.records.load import load  # with DuckDB, half a second: not when there is nothing to do

    if records is None:
        say(f"Making up {people:,} residents of Hathermere and three years of their care …")
        write(Wanted(people, SEED, UNTIL), home / "export")
    say("Loading the records …")
    loaded = load([str(records or home / "export")], home / "records")
    say(f"  {loaded.rows['patients']:,} people, {loaded.rows['contacts']:,} contacts, {loaded.set_aside:,} set aside")

    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)

    from django.db import connections

    from demo.workspace import furnish

    say("Recording a year of two neighbourhood teams' acts …")
    furnish(today, ours=records is None)
    connections.close_all()


def _settle(home: Path, records: Path | None) -> None:
    """Point the settings at this folder, and set Django up."""
    os.environ["MANYHANDS_HOME"] = str(home)
    os.environ["MANYHANDS_RECORDS"] = str(home / "records")
    os.environ["MANYHANDS_DATABASE"] = f"sqlite:///{home / 'manyhands.sqlite3'}"
    os.environ["MANYHANDS_DEMO"] = "1"
    os.environ["MANYHANDS_MAIL"] = (home / "mail").as_uri()  # whoever is made up here is never written to elsewhere
    os.environ["MANYHANDS_DEMO_RECORDS"] = records.resolve().name if records else ""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manyhands.site.settings")
    import django
    from django.conf import settings

    if settings.configured and Path(settings.HOME) != home:
        raise RuntimeError(f"Django is set up on {settings.HOME} already; a demo at {home} needs a process of its own.")
    django.setup()


def _clear(home: Path) -> None:
    """Take away what an earlier or interrupted start has left, and nothing else."""
    for name in (STAMP, *earlier.FILES):
        (home / name).unlink(missing_ok=True)
    for name in ("export", "records", "mail"):
        shutil.rmtree(home / name, ignore_errors=True)


def _digest(of: tuple[str, ...]) -> str:
    """A digest of what decides what the demo looks like, or how records are read, so that a newer version is seen."""
    digest = hashlib.sha256()
    for pattern in of:
        for path in sorted(_ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _need_care_in(records: Path) -> None:
    """Raises NothingToOpen unless one of the files, at least, is FHIR that goes into a table."""
    from joinedup.records import recognising, sources

    try:
        given, _ = sources.given([str(records)])
    except sources.NothingThere as nothing:
        raise NothingToOpen(str(nothing)) from nothing
    if any(recognising.tells_of_care(each.path) for each in given if each.is_record):
        return
    many = (
        f"None of the {len(given):,} files in {records} is FHIR" if len(given) > 1 else f"No file in {records} is FHIR"
    )
    raise NothingToOpen(
        f"{f'{records} is not FHIR' if records.is_file() else many}: give patients and their care as FHIR R4, in files "
        "named .json, .ndjson or .jsonl, or these with .gz."
    )


def _given(records: Path) -> dict[str, object]:
    """Which records these are: their folder, how many files there are, and how large they are together."""
    files = [path for path in (records.rglob("*") if records.is_dir() else [records]) if path.is_file()]
    return {"records": str(records.resolve()), "files": len(files), "bytes": sum(path.stat().st_size for path in files)}


def _who_can_be_signed_in_as() -> tuple[str, ...]:
    from demo.place import ASHA, BEN, CAROL, DEV, ESI, GRACE, HAMID, PRIYA, Practitioner
    from demo.workspace import PASSWORD, PRIVACY_OFFICER

    def line(who: Practitioner, why: str) -> str:
        return f"  {who.email:<30} {who.name}, {who.profession}: {why}"

    return (
        f"Everybody's password is: {PASSWORD}",
        line(ASHA, "convened the Priory End team, which leans on her"),
        line(BEN, "her deputy"),
        line(CAROL, "in the same team, for Priory End Surgery"),
        line(DEV, "in the same team, for Adult Social Care; away just now"),
        line(HAMID, "leaving, half-way through handing over"),
        line(GRACE, "to whom he is handing over"),
        line(PRIYA, "convened the Larkfield team, whose work is shared"),
        line(PRIVACY_OFFICER, "in that team too, and a privacy officer: reviews broken glass in others"),
        line(ESI, "in neither team, and sees neither"),
    )
