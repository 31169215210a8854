"""
The place's records of care as a bulk export: one file for each FHIR type, one resource on each line.

Written neighbourhood by neighbourhood and resident by resident, so that a million residents take no more memory than
three thousand. Above 24 neighbourhoods (72,000 residents) each type is split into numbered files, as bulk exports
are, one for each 24 neighbourhoods. Parts are written side by side when there is more than one processor; which
process writes which part changes no byte.
"""

import gzip
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from demo import fhir
from demo.care import history
from demo.days import Days, days_until
from demo.health import health
from demo.neighbourhood import RESIDENTS, Neighbourhood, is_first_of_sharing, neighbourhood
from demo.place import Sector
from demo.residents import Resident, residents

UNTIL = date(2026, 10, 31)
SEED = 2011
NEIGHBOURHOODS_IN_A_PART = 24  # a multiple of those that share trusts, so that each part can be read alone
TYPES = (
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Patient",
    "RelatedPerson",
    "Flag",
    "Condition",
    "Encounter",
    "ServiceRequest",
    "Task",
    "CareTeam",
    "EpisodeOfCare",
)
_AT_ONCE = 1 << 20

Told = Callable[[int], None]
"""Called now and then with the number of residents written since it was last called."""


@dataclass(frozen=True)
class Wanted:
    """What to generate: how many people, from which seed, until which day, plain or gzipped."""

    people: int
    seed: int = SEED
    until: date = UNTIL
    gzipped: bool = False

    @property
    def neighbourhoods(self) -> int:
        return -(-self.people // RESIDENTS)

    @property
    def parts(self) -> int:
        return -(-self.neighbourhoods // NEIGHBOURHOODS_IN_A_PART)


@dataclass(frozen=True)
class Written:
    """What was generated."""

    people: int
    resources: int
    bytes: int


class _Files:
    """The open files of one part: a buffer for each type, emptied when it holds a mebibyte."""

    def __init__(self, into: Path, part: int | None, gzipped: bool, stack: ExitStack) -> None:
        self.resources = self.bytes = 0
        self._buffers: dict[str, bytearray] = {}
        self._files: dict[str, BinaryIO | gzip.GzipFile] = {}
        self._encode = msgspec.json.Encoder().encode_into
        for name in TYPES:
            number = "" if part is None else f".{part:03d}"
            path = into / f"{name}{number}.ndjson{'.gz' if gzipped else ''}"
            plain = stack.enter_context(path.open("wb"))
            self._buffers[name] = bytearray()
            self._files[name] = stack.enter_context(gzip.GzipFile("", "wb", 5, plain, mtime=0)) if gzipped else plain
        stack.callback(self.flush)

    def put(self, resource: fhir.Resource) -> None:
        name = str(resource["resourceType"])
        buffer = self._buffers[name]
        self._encode(resource, buffer, -1)
        buffer += b"\n"
        self.resources += 1
        if len(buffer) > _AT_ONCE:
            self._empty(name)

    def _empty(self, name: str) -> None:
        self.bytes += len(self._buffers[name])
        self._files[name].write(self._buffers[name])
        self._buffers[name].clear()

    def flush(self) -> None:
        for name in TYPES:
            self._empty(name)


def write(wanted: Wanted, into: Path, processes: int | None = None, told: Told = lambda people: None) -> Written:
    """Write the records of `wanted` into the folder `into`, in `processes` (as many as there are processors)."""
    if wanted.people < 1:
        raise ValueError("there has to be at least one resident")
    into.mkdir(parents=True, exist_ok=True)
    for path in into.glob("*.ndjson*"):
        path.unlink()
    parts = range(wanted.parts)
    processes = min(processes or os.cpu_count() or 1, len(parts))
    if processes == 1:
        return _together(_write_part(wanted, part, into, told) for part in parts)

    def finished(pool: ProcessPoolExecutor) -> Iterator[Written]:
        for written in pool.map(_write_part, [wanted] * len(parts), parts, [into] * len(parts)):
            told(written.people)
            yield written

    with ProcessPoolExecutor(processes) as pool:
        return _together(finished(pool))


def _together(parts: Iterator[Written]) -> Written:
    people = resources = size = 0
    for part in parts:
        people, resources, size = people + part.people, resources + part.resources, size + part.bytes
    return Written(people, resources, size)


def _write_part(wanted: Wanted, part: int, into: Path, told: Told | None = None) -> Written:
    days = days_until(wanted.until)
    people = 0
    first = part * NEIGHBOURHOODS_IN_A_PART
    last = min(first + NEIGHBOURHOODS_IN_A_PART, wanted.neighbourhoods)
    with ExitStack() as stack:
        files = _Files(into, part if wanted.parts > 1 else None, wanted.gzipped, stack)
        for number in range(first, last):
            there = neighbourhood(wanted.seed, number)
            _put_staff(there, days, files)
            living = min(RESIDENTS, wanted.people - number * RESIDENTS)
            for person in residents(wanted.seed, there, wanted.until, living):
                _put_resident(person, there, days, files)
                people += 1
                if told is not None and people % 100 == 0:
                    told(100)
        files.flush()
    return Written(people, files.resources, files.bytes)


def _put_staff(there: Neighbourhood, days: Days, files: _Files) -> None:
    shared = {Sector.COMMUNITY, Sector.ACUTE, Sector.MENTAL_HEALTH, Sector.SOCIAL_CARE, Sector.HOSPICE}
    for one in there.organisations:
        if one.sector not in shared or is_first_of_sharing(there.number):
            files.put(fhir.organisation(one, there))
    for number, who in enumerate(there.practitioners):
        files.put(fhir.practitioner(who, there.number * 1000 + number))
        files.put(fhir.practitioner_role(who, there, days))


def _put_resident(person: Resident, there: Neighbourhood, days: Days, files: _Files) -> None:
    lives_with = health(person, days.number)
    care = history(person, lives_with, there, days)
    put = files.put
    put(fhir.patient(person, lives_with, care, there, days))
    for related in fhir.related_persons(person):
        put(related)
    for flag in fhir.flags(person, lives_with, days):
        put(flag)
    for condition in fhir.conditions(person, lives_with, care, days):
        put(condition)
    subject = fhir.raw(fhir.to_patient(person.key))
    for number, contact in enumerate(care.contacts, 1):
        put(fhir.encounter(person, number, contact, subject, there, days))
    for referral in care.referrals:
        put(fhir.service_request(person, referral, lives_with.died, there, days))
        put(fhir.referral_task(person, referral, lives_with.died, days))
    whose = there.teams[care.membership.team] if care.membership else ""
    for number, action in enumerate(care.actions, 1):
        put(fhir.action_task(person, number, action, whose, lives_with.died, there, days))
    for team in fhir.care_team(person, care, there, days):
        put(team)
    for episode in fhir.episode(person, care, there, days):
        put(episode)
