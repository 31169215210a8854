"""What people chose, as it is kept: read leniently, since what is kept may be older than the choices there are now."""

from collections.abc import Iterable

from manyhands.notices.choosing import HOURS, USUAL_HOUR, Choices, Way
from manyhands.notices.kinds import Sort
from manyhands.people.models import NoticeChoices


def choices_of(people: Iterable[str]) -> dict[str, Choices]:
    """What each of these people chose, or the usual. One query."""
    kept = {row.person_id: row for row in NoticeChoices.objects.filter(person_id__in=list(people))}
    return {person: _read(kept[person]) if person in kept else Choices() for person in people}


def keep(person: str, choices: Choices) -> None:
    ways = {sort.value: way.value for sort, way in choices.ways.items()}
    NoticeChoices.objects.update_or_create(person_id=person, defaults={"hour": choices.hour, "ways": ways})


def nothing_by_email(choices: Choices) -> Choices:
    """The same choices, with none of it by e-mail; all of it stays on My work."""
    return Choices(choices.hour, dict.fromkeys(Sort, Way.NONE))


def _read(row: NoticeChoices) -> Choices:
    ways = row.ways if isinstance(row.ways, dict) else {}
    known = {Sort(sort): Way(way) for sort, way in ways.items() if sort in set(Sort) and way in set(Way)}
    return Choices(row.hour if row.hour in HOURS else USUAL_HOUR, known)
