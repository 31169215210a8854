"""
What a resident lives with: illnesses, frailty, falls, and when they died if they did.

Illnesses gather in the same people: each resident has a liability that raises or lowers every chance together, and
it goes up with each deprivation fifth, so that people in the most deprived streets have several illnesses some ten
years sooner.
"""

import math
from dataclasses import dataclass

from demo import codes
from demo.codes import Illness
from demo.residents import Resident

_AGES = (30.0, 50.0, 65.0, 75.0, 88.0)
_DYING = ((65, 0.004), (75, 0.03), (85, 0.09), (92, 0.22), (200, 0.40))
"""By age below which: the chance of dying within the three years."""


@dataclass(slots=True)
class Health:
    """`conditions` with the day each began (before 0 is before the three years); `frailty` 0 none to 3 severe."""

    conditions: list[tuple[Illness, int]]
    frailty: int
    falls: bool
    died: int | None

    def has(self, illness: Illness) -> bool:
        return any(one is illness for one, _ in self.conditions)


def _share(illness: Illness, age: float) -> float:
    """How common an illness is at this age: straight lines between the ages of the table."""
    shares = illness.shares
    if age <= _AGES[0]:
        return shares[0] * max(age, 2) / _AGES[0]
    for index in range(1, len(_AGES)):
        if age <= _AGES[index]:
            along = (age - _AGES[index - 1]) / (_AGES[index] - _AGES[index - 1])
            return shares[index - 1] + along * (shares[index] - shares[index - 1])
    return shares[-1]


_BY_AGE: list[list[tuple[Illness, float, float]]] = [
    [
        (illness, _share(illness, age) * 2 / (1 + illness.women), _share(illness, age) * 2 / (1 + 1 / illness.women))
        for illness in codes.ILLNESSES
        if _share(illness, age) > 0
    ]
    for age in range(105)
]
"""For each year of age: the illnesses that occur at it, with the chance for a man and for a woman."""


def health(person: Resident, days: int) -> Health:
    """What `person` lives with, over records of this many days."""
    chance, age = person.chance, int(person.age)
    poorer = 3 - person.home.area.fifth
    liability = math.exp(0.5 * chance.normal() - 0.3) * (1.35 if person.home.care_home else 1.0)
    conditions: list[tuple[Illness, int]] = []
    for illness, man, woman in _BY_AGE[min(age, 104)]:
        share = (woman if person.female else man) * liability * (1 + illness.deprived * poorer)
        if chance.roll() < share:
            years = min(person.age * 0.45, 14.0) * chance.roll()
            conditions.append((illness, days - 1 - int(years * 365) - 20))
    frailty = _frailty(person, len(conditions))
    falls = age >= 65 and chance.happens((0.05, 0.16, 0.34, 0.5)[frailty])
    if frailty:
        conditions.append((codes.FRAILTY, days - 60 - chance.below(1500)))
    if falls:
        conditions.append((codes.FALLS, days - 30 - chance.below(1000)))
    return Health(conditions, frailty, falls, _died(person, frailty, days))


def _frailty(person: Resident, number: int) -> int:
    if person.age < 65:
        return 0
    score = (person.age - 65) / 11 + 0.55 * number + person.chance.normal() * 0.7
    score += 1.5 if person.home.care_home else 0.0
    return 0 if score < 3.0 else 1 if score < 4.2 else 2 if score < 5.4 else 3


def _died(person: Resident, frailty: int, days: int) -> int | None:
    chance = next(share for below, share in _DYING if person.age < below) * (1 + 0.35 * frailty)
    return 1 + int((days - 3) * person.chance.roll()) if person.chance.happens(chance * 0.7) else None
