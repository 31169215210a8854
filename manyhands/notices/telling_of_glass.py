"""
Telling of a broken glass: at once, those who lead, those who hold something about the patient, and privacy officers;
and when nobody has reviewed it in time, the privacy officers again, who leads the team, and who broke it.
"""

from collections.abc import Iterator
from datetime import datetime

from manyhands import who
from manyhands.access.models import BrokenGlass, Registration
from manyhands.log.read import several
from manyhands.notices import models, reaching
from manyhands.notices.gathering import row_of
from manyhands.notices.kinds import GLASS_AT_ONCE, Kind, Thing
from manyhands.notices.notice import Notice
from manyhands.people.models import Organisation, Person
from manyhands.rules.folding import fold
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
    for officer in _privacy_officers():
        found[who.Team(glass.team), officer] = _notice(glass, Kind.GLASS_TO_REVIEW, officer, None)
    rows = [row_of(team, notice, glass.at) for (team, person), notice in found.items() if person != glass.person]
    return len(models.Notice.objects.bulk_create(rows))


def tell_overdue(at: datetime) -> int:
    """
    Write down, once for each broken glass that nobody has reviewed in time, who is told of it: privacy officers, who
    coordinates the team where it was broken, and who broke it, since they break no other until somebody has. Gives how
    many notices are new. One question to the database where there are none.
    """
    told = models.Notice.objects.filter(kind=Kind.GLASS_OVERDUE).values("which")
    late = list(BrokenGlass.objects.filter(review_by__lte=at, review__isnull=True).exclude(id__in=told))
    if not late:
        return 0
    officers = _privacy_officers()
    standings = several({who.Team(glass.team) for glass in late}, fold)
    found: dict[tuple[str, who.Person], models.Notice] = {}
    for glass in late:
        team, breaker = who.Team(glass.team), who.Person(glass.person)
        coordinates = reaching.roles([standings[team].coordinating], standings[team], at)
        for person, role in ((breaker, who.Role(glass.role)), *((each, None) for each in officers), *coordinates):
            notice = Notice(
                f"{Kind.GLASS_OVERDUE}/{glass.id}",
                Kind.GLASS_OVERDUE,
                person,
                Thing.GLASS,
                glass.id,
                glass.review_by,
                role,
            )
            found.setdefault((glass.id, person), row_of(team, notice, at))
    active = set(Person.objects.filter(is_active=True, id__in={p for _, p in found}).values_list("id", flat=True))
    rows = [row for (_, person), row in found.items() if person in active]
    models.Notice.objects.bulk_create(rows, ignore_conflicts=True)  # another process may have told of it just now
    return len(rows)


def _privacy_officers() -> list[who.Person]:
    active = Person.objects.filter(is_privacy_officer=True, is_active=True)
    return [who.Person(each) for each in active.values_list("id", flat=True)]


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
        models.Notice.objects.filter(kind__in=GLASS_AT_ONCE, which__in=[each.id for each in glasses]).values_list(
            "which", flat=True
        )
    )
