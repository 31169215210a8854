"""Writing everything out: into a folder that is there as a whole or not at all."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from django.db.models import Max

from manyhands import who
from manyhands.exchange.everything import fhir, sheets
from manyhands.exchange.everything.acts_with_words import lines_of
from manyhands.exchange.everything.snapshot import as_of_now
from manyhands.exchange.everything.tables import TABLES
from manyhands.log.models import Entry
from manyhands.people.second_wall import opened_for_the_site

VERSION = 1
MANIFEST = "manifest.json"


class CannotWriteOut(Exception):
    """There is something in the way, which the message names."""


@dataclass(slots=True)
class Manifest:
    """What each file holds, and how each team's chain ends."""

    manyhands: int
    written_at: str
    files: dict[str, dict[str, object]] = field(default_factory=dict)
    teams: dict[str, dict[str, object]] = field(default_factory=dict)


def write_out(folder: Path, tell: Callable[[str, int], None] = lambda file, lines: None) -> Manifest:
    """
    Write everything into `folder`, which must not be there yet. `tell` hears of each file as it grows.

    Raises CannotWriteOut. What is half-written lies beside it under another name, and is put away the next time.
    """
    if folder.exists():
        raise CannotWriteOut(f"{folder} is there already. Name a folder that is not there yet.")
    half = folder.with_name(folder.name + ".being-written")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    manifest = Manifest(VERSION, datetime.now(UTC).isoformat(timespec="seconds"))
    with as_of_now(), opened_for_the_site():
        teams = list(Entry.objects.order_by("team").values_list("team", flat=True).distinct())
        _write(half, "acts.ndjson", (line for team in teams for line in lines_of(who.Team(team))), manifest, tell)
        for table in TABLES:
            _write(half, table.file, table.rows(), manifest, tell)
        for name, resources in fhir.everything(teams):
            _write(half, f"fhir/{name}.ndjson", resources, manifest, tell)
        for name, rows in sheets.everything():
            (half / "sheets").mkdir(exist_ok=True)
            sheets.write(half / "sheets" / f"{name}.csv", rows)
        last = Entry.objects.values("team").annotate(last=Max("number")).order_by("team")
        ends = {each["team"]: each["last"] for each in last}
        digests = dict(
            Entry.objects.filter(team__in=ends).order_by("team", "number").values_list("team", "digest")
        )  # the last of each team stands
        manifest.teams = {team: {"entries": ends[team], "digest": digests[team]} for team in ends}
    (half / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    _to_disk(half)
    half.rename(folder)
    return manifest


def _write(
    half: Path, name: str, lines: Iterable[dict[str, object]], manifest: Manifest, tell: Callable[[str, int], None]
) -> None:
    file = half / name
    file.parent.mkdir(exist_ok=True)
    digest, count = sha256(), 0
    with file.open("wb") as out:
        for line in lines:
            data = msgspec.json.encode(line) + b"\n"
            out.write(data)
            digest.update(data)
            count += 1
            if count % 1000 == 0:
                tell(name, count)
    tell(name, count)
    manifest.files[name] = {"lines": count, "sha256": digest.hexdigest()}


def _to_disk(folder: Path) -> None:
    for each in _files(folder):
        with each.open("rb") as file:
            os.fsync(file.fileno())


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())
