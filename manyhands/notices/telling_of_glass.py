"""Telling at once of a broken glass: those who lead, those who hold something about the patient, privacy officers."""

from collections.abc import Iterator

from manyhands import who
from manyhands.access.models import BrokenGlass, Registration
from manyhands.notices import models, reaching
from manyhands.notices.gathering import row_of
from manyhands.notices.kinds import ABOUT_GLASS, Kind, Thing
from manyhands.notices.notice import Notice
from manyhands.people.models import Organisation, Person
from manyhands.rules.standing import Standing


def tell(glass: BrokenGlass, standings: dict[who.Team, Standing]) -> int:
    """
    Write down who is told, in whichever teams have the patient in hand. Gives how many: nobody is no reason not to let
    somebody see a patient in an emergency, and is shown as an alarm to every privacy officer.
    """
    found: dict[tuple[who.Team, who.Person], Notice] = {}
    for team, standing in standings.items():
        for person, role in _in_a_team(glass, team, standing):
            found.setdefault((team, person), _notice(glass, Kind.GLASS, person, role))
    for officer in Person.objects.filter(is_privacy_officer=True, is_active=True).values_list("id", flat=True):
        key = (who.Team(glass.team), who.Person(officer))
        found[key] = _notice(glass, Kind.GLASS_TO_REVIEW, who.Person(officer), None)
    rows = [row_of(team, notice, glass.at) for (team, person), notice in found.items() if person != glass.person]
    return len(models.Notice.objects.bulk_create(rows))


def _in_a_team(glass: BrokenGlass, team: who.Team, standing: Standing) -> Iterator[reaching.Reached]:
    """Whoever leads where it was broken or the patient is in hand, holds something of theirs, or is of the practice."""
    patient, at = who.Patient(glass.patient), glass.at
    held = [each for each in standing.open_responsibilities() if each.patient == patient]
    if glass.team == team:  # whoever leads where it was broken is told of it in any case
        yield from reaching.roles([standing.coordinating], standing, at)
    if not held and not any(patient in group.patients for group in standing.groups.values()):
        return
    yield from reaching.roles([standing.coordinating, *(each.role for each in held)], standing, at)
    registered = Registration.objects.filter(patient=patient).values_list("practice", flat=True).first()
    practices = Organisation.objects.filter(record__contains=registered) if registered else []
    yield from reaching.organisations((who.Organisation(each.id) for each in practices), standing, at)


def _notice(glass: BrokenGlass, kind: Kind, person: who.Person, role: who.Role | None) -> Notice:
    return Notice(f"{kind}/{glass.id}", kind, person, Thing.GLASS, glass.id, glass.at, role)


def was_told(glasses: list[BrokenGlass]) -> set[str]:
    """Of which of these anybody was told. One query."""
    return set(
        models.Notice.objects.filter(kind__in=ABOUT_GLASS, which__in=[each.id for each in glasses]).values_list(
            "which", flat=True
        )
    )
