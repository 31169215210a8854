"""
Agreements and wishes as they are kept, and read as `Circumstances`: a fixed number of queries, however many patients.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from manyhands import who
from manyhands.access.breaking_glass import open_glass
from manyhands.access.circumstances import Circumstances, Invited
from manyhands.access.models import Agreement, Registration, Wish
from manyhands.people.models import Organisation
from manyhands.rules.days import day_of

OBJECTS, RESTRICTS, INVITES = "objects", "restricts", "invites"


def known_of(patients: Iterable[who.Patient], at: datetime) -> Circumstances:
    """What is known beside the log of acts about these patients at a moment."""
    about = list(dict.fromkeys(patients))
    standing = wishes(about, at)
    return Circumstances(
        sharing=sharing(day_of(at)),
        practices=_practices(about),
        objects={who.Patient(each.patient): each.at for each in standing if each.kind == OBJECTS},
        restricted=_restricted(standing),
        invited=_invited(standing),
        glass=open_glass(about, at) if about else {},
    )


def sharing(on: date) -> frozenset[who.Organisation] | None:
    """The organisations under the sharing agreement on a day; nothing while nobody has recorded any."""
    rows = list(Agreement.objects.order_by("at"))
    if not rows:
        return None
    ended = {row.ends: row.until_on for row in rows if row.ends}
    return frozenset(
        who.Organisation(row.organisation)
        for row in rows
        if not row.ends
        and row.from_on <= on
        and all(until is None or on < until for until in (row.until_on, ended.get(row.id)))
    )


def agree_on_sharing(organisation: str, from_on: date, until_on: date | None, at: datetime) -> Agreement:
    """Write down that an organisation is under the sharing agreement, from a day until another or for good."""
    return Agreement.objects.create(
        id=secrets.token_urlsafe(9), organisation=organisation, from_on=from_on, until_on=until_on, at=at
    )


def end_sharing(organisation: str, on: date, at: datetime) -> int:
    """Write down that an organisation leaves the sharing agreement on a day. Gives how many rows that ends."""
    rows = list(Agreement.objects.filter(organisation=organisation))
    ended = {row.ends for row in rows if row.ends}
    running = [
        row for row in rows if not row.ends and row.id not in ended and (row.until_on is None or row.until_on > on)
    ]
    Agreement.objects.bulk_create(
        Agreement(
            id=secrets.token_urlsafe(9),
            organisation=organisation,
            from_on=row.from_on,
            until_on=on,
            ends=row.id,
            at=at,
        )
        for row in running
    )
    return len(running)


def wishes(patients: Iterable[who.Patient], at: datetime) -> list[Wish]:
    """What these patients have said and not taken back, the oldest first. One query."""
    rows = list(Wish.objects.filter(patient__in=list(patients), at__lte=at).order_by("at", "id"))
    over = {row.ends for row in rows if row.ends}
    return [row for row in rows if not row.ends and row.id not in over and (row.until_at is None or at < row.until_at)]


def say(
    kind: str,
    patient: who.Patient,
    *,
    team: who.Team,
    by: who.Person,
    in_role: who.Role,
    because: str,
    at: datetime,
    person: who.Person | None = None,
    roles: Iterable[who.Role] = (),
    until_at: datetime | None = None,
) -> Wish:
    """Write down what a patient has said."""
    return Wish.objects.create(
        id=secrets.token_urlsafe(9),
        kind=kind,
        patient=patient,
        team=team,
        person=person or "",
        roles=" ".join(roles),
        until_at=until_at,
        by=by,
        in_role=in_role,
        because=because,
        at=at,
    )


def take_back(wish: Wish, *, team: who.Team, by: who.Person, in_role: who.Role, because: str, at: datetime) -> None:
    """Write down that what a patient had said is over."""
    Wish.objects.create(
        id=secrets.token_urlsafe(9),
        kind=wish.kind,
        patient=wish.patient,
        team=team,
        ends=wish.id,
        by=by,
        in_role=in_role,
        because=because,
        at=at,
    )


def _restricted(standing: list[Wish]) -> dict[who.Patient, frozenset[who.Role]]:
    """Restricted twice, only the roles that both name may see somebody."""
    named: dict[who.Patient, frozenset[who.Role]] = {}
    for each in standing:
        if each.kind == RESTRICTS:
            roles, patient = frozenset(map(who.Role, each.roles.split())), who.Patient(each.patient)
            named[patient] = named.get(patient, roles) & roles
    return named


def _invited(standing: list[Wish]) -> dict[who.Patient, tuple[Invited, ...]]:
    found: defaultdict[who.Patient, list[Invited]] = defaultdict(list)
    for each in standing:
        if each.kind == INVITES:
            found[who.Patient(each.patient)].append(Invited(who.Person(each.person), each.at, each.until_at))
    return {patient: tuple(people) for patient, people in found.items()}


def _practices(patients: list[who.Patient]) -> dict[who.Patient, frozenset[who.Organisation]]:
    """The organisations here that the records call by the key of somebody's practice."""
    registered = dict(Registration.objects.filter(patient__in=patients).values_list("patient", "practice"))
    if not registered:
        return {}
    there = Organisation.objects.filter(~Q(record="")).values_list("id", "record")
    called = [(who.Organisation(id), set(record.splitlines())) for id, record in there]
    return {
        who.Patient(patient): frozenset(organisation for organisation, keys in called if practice in keys)
        for patient, practice in registered.items()
    }
