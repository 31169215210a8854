"""
How many people there are in each organisation, sector and profession, and in all, as it may be released together.

Organisations make up sectors, sectors make up everybody, and so do professions: what is hidden in one list can be
worked out from another, so all are protected at once. Each person counts once in each place (an organisation and a
profession) that they have. A table of that kind is a flow that goes round, from everybody through sectors and
organisations to the places, and back through professions (protecting.py says what can be worked out of it).

Source    as tables.py
Beware    as tables.py: ask of whole quarters only, or what is shown on one day can be taken from the next
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from joinedup.release.protecting import Cell
from joinedup.release.tables import ROUNDED_TO, THRESHOLD, protected


@dataclass(frozen=True)
class Place:
    """Where one person is counted."""

    organisation: str
    sector: str
    profession: str


@dataclass(frozen=True)
class Nested:
    """How many in each, rounded, None where hidden; and how many numbers are hidden."""

    everybody: int | None
    sectors: dict[str, int | None]
    organisations: dict[str, int | None]
    professions: dict[str, int | None]
    hidden: int


def nested(places: Iterable[Place], threshold: int = THRESHOLD, rounded_to: int = ROUNDED_TO) -> Nested:
    """
    What may be shown of how many there are: a place for each person. An organisation is of one sector.

    >>> nurses = [Place("trust", "community", "nurse")] * 20
    >>> found = nested([*nurses, *[Place("council", "council", "social worker")] * 3])
    >>> found.everybody, found.sectors
    (25, {'community': None, 'council': None})
    """
    listed = list(places)
    of = {place.organisation: place.sector for place in listed}
    organisations, professions = Counter(p.organisation for p in listed), Counter(p.profession for p in listed)
    sectors = Counter(of[p.organisation] for p in listed)

    def cell(start: Hashable, end: Hashable, count: int) -> Cell:
        return Cell(start, end, count, 0 < count < threshold)

    cells = [cell("total", "all", len(listed))]
    cells += [cell("all", ("sector", each), sectors[each]) for each in sorted(sectors)]
    cells += [cell(("sector", of[each]), "places", organisations[each]) for each in sorted(organisations)]
    cells += [cell("places", "total", professions[each]) for each in sorted(professions)]
    shown = [
        None if each.hidden else rounded_to * ((each.count + rounded_to // 2) // rounded_to)
        for each in protected(cells, threshold)
    ]
    numbers = iter(shown)
    everybody = next(numbers)
    return Nested(
        everybody,
        {each: next(numbers) for each in sorted(sectors)},
        {each: next(numbers) for each in sorted(organisations)},
        {each: next(numbers) for each in sorted(professions)},
        shown.count(None),
    )
