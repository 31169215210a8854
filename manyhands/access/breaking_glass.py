"""
Breaking the glass: in an emergency somebody clinically registered sees a patient whom they have no other basis to see.
They say why; it ends after four hours; those who lead, and the privacy officers, are told at once; and somebody else
says within three working days whether it was right. Whoever has one that is not reviewed in time breaks no other.
"""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.conf import settings

from manyhands import who
from manyhands.access.circumstances import Glass
from manyhands.access.models import BrokenGlass, EmergencyNote, GlassReview
from manyhands.rules.days import HERE, day_of
from manyhands.rules.standing import Standing
from manyhands.rules.things import RoleStanding

LASTS = timedelta(hours=4)
WORKING_DAYS_TO_REVIEW = 3
SATURDAY = 5

REASONS = {
    "emergency-treatment": "Emergency treatment",
    "safeguarding": "Safeguarding",
    "lead-unreachable": "Nobody who leads can be reached",
    "other": "Another reason",
}
FOUND = {"justified": "Justified", "not-justified": "Not justified", "follow-up": "To be followed up"}


def review_by(at: datetime) -> datetime:
    """
    The end of the third working day after a moment: Mondays to Fridays, bank holidays among them.

    >>> from datetime import UTC
    >>> review_by(datetime(2026, 3, 6, 9, tzinfo=UTC)).isoformat()  # a Friday
    '2026-03-12T00:00:00+00:00'
    """
    day, left = day_of(at), WORKING_DAYS_TO_REVIEW
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return datetime.combine(day + timedelta(days=1), time.min, HERE)


def roles_that_may(roles: Iterable[RoleStanding]) -> list[RoleStanding]:
    """Those of somebody's roles in which they could break the glass: the clinically registered kinds, as configured."""
    return [role for role in roles if role.kind in settings.BREAK_GLASS_KINDS]


def against_breaking(person: who.Person, roles: Iterable[RoleStanding], at: datetime) -> Iterator[str]:
    """Every reason why somebody cannot break the glass just now."""
    if not roles_that_may(roles):
        yield "Only somebody in a clinically registered role can break the glass. Ring the coordinator of the team."
    if overdue(person, at):
        yield (
            "The last time that you broke the glass has not been reviewed in time. Ask the privacy officer: until it "
            "is, you cannot break it again."
        )


def overdue(person: who.Person, at: datetime) -> bool:
    """Whether somebody has broken the glass and nobody has reviewed it by the day."""
    return BrokenGlass.objects.filter(person=person, review_by__lte=at, review__isnull=True).exists()


def break_glass(
    person: who.Person,
    team: who.Team,
    role: RoleStanding,
    patient: who.Patient,
    reason: str,
    because: str,
    at: datetime,
) -> BrokenGlass:
    """Write down that somebody breaks the glass. From this moment they see the patient."""
    return BrokenGlass.objects.create(
        id=secrets.token_urlsafe(9),
        team=team,
        patient=patient,
        person=person,
        role=role.role,
        organisation=role.organisation,
        reason=reason,
        because=because,
        at=at,
        until_at=at + LASTS,
        review_by=review_by(at),
    )


def open_glass(patients: Iterable[who.Patient], at: datetime) -> dict[who.Patient, tuple[Glass, ...]]:
    """The glass that is broken for these patients at a moment. One query."""
    found: dict[who.Patient, tuple[Glass, ...]] = {}
    for row in BrokenGlass.objects.filter(patient__in=list(patients), at__lte=at, until_at__gt=at):
        glass = Glass(
            who.Person(row.person), who.Role(row.role), who.Organisation(row.organisation), row.at, row.until_at
        )
        found[who.Patient(row.patient)] = (*found.get(who.Patient(row.patient), ()), glass)
    return found


def broken_by(person: who.Person, at: datetime) -> list[BrokenGlass]:
    """What somebody has broken that is still open: for the banner on every page."""
    return list(BrokenGlass.objects.filter(person=person, at__lte=at, until_at__gt=at).order_by("at"))


def add_note(glass: BrokenGlass, words: str, at: datetime) -> None:
    EmergencyNote.objects.create(id=secrets.token_urlsafe(9), glass=glass, patient=glass.patient, words=words, at=at)


def notes_about(patient: who.Patient) -> list[EmergencyNote]:
    """What was written about somebody in emergencies, the newest first."""
    return list(EmergencyNote.objects.filter(patient=patient).select_related("glass").order_by("-at"))


def against_reviewing(officer: who.Person, glass: BrokenGlass, standing: Standing) -> Iterator[str]:
    """A broken glass is reviewed once, by a privacy officer from outside the team of whoever broke it."""
    if GlassReview.objects.filter(glass=glass).exists():
        yield "Somebody has reviewed it already."
    if officer == glass.person:
        yield "You broke it yourself. Another privacy officer reviews it."
    elif officer in standing.memberships:
        yield "You are, or were, in that team. A privacy officer from outside it reviews it."
