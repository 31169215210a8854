"""
The log of reads: writing down who was shown whom, and telling who has seen somebody lately.

One transaction for a page, however many people are on it. When it cannot be written, nothing is shown.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max

from manyhands import who
from manyhands.access.bases import Action, Ground
from manyhands.access.chain import COLUMNS, NOTHING_BEFORE, digest_of
from manyhands.access.models import Sight

PLACES = ", ".join(["%s"] * (len(COLUMNS) + 1))
ADD = f"INSERT INTO access_sight ({', '.join(COLUMNS)}, digest) VALUES ({PLACES})"


@dataclass(frozen=True, slots=True)
class Shown:
    """A patient about to be shown, and the ground; without one, refused. `record` for those who have no row yet."""

    action: Action
    ground: Ground | None
    patient: who.Patient | None = None
    record: str = ""


def note(person: who.Person, team: who.Team, page: str, shown: Sequence[Shown], at: datetime) -> None:
    """Write down each of these, in order, after the last sight in the team."""
    if not shown:
        return
    together = {
        "team": team,
        "at": at,
        "person": person,
        "page": page,
        "count": len({(each.patient, each.record) for each in shown}),
        "request": secrets.token_hex(8),
    }
    with transaction.atomic():
        number, previous = _last(team)
        rows = []
        for each in shown:
            number += 1
            row = together | _of(each) | {"number": number, "previous": previous}
            previous = digest_of(row)
            rows.append(row | {"digest": previous})
        _add(rows)


def _of(shown: Shown) -> dict[str, object]:
    ground = shown.ground
    return {
        "role": (ground.role or "") if ground else "",
        "organisation": ground.organisation if ground else "",
        "action": str(shown.action),
        "patient": shown.patient or "",
        "record": shown.record,
        "basis": str(ground.basis) if ground else "",
    }


def _last(team: who.Team) -> tuple[int, str]:
    """The last sight in the team, with nobody else adding to it until the transaction is over."""
    if connection.vendor == "postgresql":  # on SQLite the transaction has the whole file to itself
        key = int.from_bytes(sha256(f"reads {team}".encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
    last = Sight.objects.filter(team=team).order_by("-number").values_list("number", "digest").first()
    return last or (0, NOTHING_BEFORE)


def _add(rows: Iterable[dict[str, object]]) -> None:
    """All in one go. `bulk_create` would send a query for every sixty rows, for SQLite's sake."""
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [[_value(row[column]) for column in (*COLUMNS, "digest")] for row in rows])


def _value(value: object) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class Lately:
    """Somebody who has seen a patient: how often (pages, not rows), and when last."""

    person: who.Person
    times: int
    last_at: datetime


def lately(patient: who.Patient, team: who.Team, since: datetime) -> list[Lately]:
    """Who in a team has been shown a patient since a moment, the latest first. One query."""
    seen = (
        Sight.objects.filter(patient=patient, team=team, at__gte=since)
        .exclude(basis="")
        .values("person")
        .annotate(times=Count("request", distinct=True), last_at=Max("at"))
        .order_by("-last_at", "person")
    )
    return [Lately(who.Person(each["person"]), each["times"], each["last_at"]) for each in seen]
