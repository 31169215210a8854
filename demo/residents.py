"""
Who lives in a neighbourhood: households at addresses, and everybody in them.

A neighbourhood's households are always laid out for all 3,000 residents, from the seed and the neighbourhood's
number alone, so resident 1,234 is the same person whether 2,000 or a million people are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo import names
from demo.chance import Chance
from demo.names import BRITISH, Background, Ethnicity
from demo.neighbourhood import RESIDENTS, Area, Neighbourhood
from demo.nhs_numbers import nhs_number

_ABOUT_HOMES = 2
_ABOUT_RESIDENT = 3

CARE_HOME_RESIDENTS = 24
_CARE_HOME_AREA = 2


@dataclass(slots=True)
class Home:
    """An address, and how many live there."""

    area: Area
    line: str
    postcode: str
    care_home: bool = False
    people: int = 0


@dataclass(slots=True)
class _Place:
    """Somebody's place in a household, before anything but age, sex and family is known."""

    home: Home
    age: float
    female: bool
    ethnicity: Ethnicity
    background: Background
    family: str
    spouse: int | None = None


@dataclass(slots=True)
class Resident:
    """One resident. `born` and `died` are dates; `spouse` is the number of the resident they are married to."""

    number: int
    key: str
    nhs: str
    given: str
    family: str
    female: bool
    born: date
    age: float
    ethnicity: Ethnicity
    language: tuple[str, str] | None
    home: Home
    spouse: int | None
    spouse_name: tuple[str, str] | None
    carer: tuple[str, str, str] | None
    chance: Chance

    @property
    def title(self) -> str:
        return ("Mrs" if self.spouse is not None or self.age > 60 else "Ms") if self.female else "Mr"


def residents(seed: int, there: Neighbourhood, until: date, how_many: int = RESIDENTS) -> Iterator[Resident]:
    """The first `how_many` residents of a neighbourhood, in order."""
    places = _places(seed, there)
    for slot in range(how_many):
        yield _resident(seed, there.number * RESIDENTS + slot, slot, places, until)


def resident_key(number: int) -> str:
    return f"p{number:07d}"


def _resident(seed: int, number: int, slot: int, places: list[_Place], until: date) -> Resident:
    place = places[slot]
    chance = Chance(seed, _ABOUT_RESIDENT, number)
    age = int(place.age)
    language = None
    if place.background.languages and chance.happens(0.3 if age > 60 else 0.12):
        language = chance.pick(place.background.languages)
    return Resident(
        number=number,
        key=resident_key(number),
        nhs=nhs_number(number),
        given=_given(seed, number, place),
        family=place.family,
        female=place.female,
        born=until - timedelta(days=int(place.age * 365.2425) + 1),
        age=place.age,
        ethnicity=place.ethnicity,
        language=language,
        home=place.home,
        spouse=None if place.spouse is None else number - slot + place.spouse,
        spouse_name=_spouse_name(seed, number - slot, place, places),
        carer=_carer(place, chance) if age >= 70 else None,
        chance=chance,
    )


def _spouse_name(seed: int, first: int, place: _Place, places: list[_Place]) -> tuple[str, str] | None:
    if place.spouse is None:
        return None
    spouse = places[place.spouse]
    return _given(seed, first + place.spouse, spouse), spouse.family


def _given(seed: int, number: int, place: _Place) -> str:
    """The given name, by a run of chance of its own, so that a husband can say his wife's name before she is met."""
    return names.given_name(place.background, place.female, int(place.age), Chance(seed, 4, number))


_CARERS = (
    (("DAU", "daughter", True), 42),
    (("SON", "son", False), 27),
    (("NBOR", "neighbour", True), 11),
    (("FRND", "friend", True), 10),
    (("CHLDINLAW", "daughter-in-law", True), 10),
)


def _carer(place: _Place, chance: Chance) -> tuple[str, str, str] | None:
    """Somebody living elsewhere who helps: how they are related (code, word) and their name."""
    if not chance.happens(0.5 if place.spouse is None else 0.25):
        return None
    code, word, female = chance.weighted(_CARERS)
    given = names.given_name(place.background, female, max(30, int(place.age) - 28), chance)
    same_family = code in ("SON", "CHLDINLAW") or (code == "DAU" and chance.happens(0.4))
    family = place.family if same_family else names.family_name(place.background, chance)
    return code, word, f"{given} {family}"


# ---- households --------------------------------------------------------------------------------------------------

_HOUSEHOLDS = (
    ("older-alone", 20.0),
    ("older-couple", 17.0),
    ("couple-in-middle-age", 14.0),
    ("young-couple", 8.0),
    ("alone", 16.0),
    ("family", 16.0),
    ("one-parent", 6.0),
    ("sharers", 3.0),
    ("older-with-child", 2.5),
    ("three-generations", 2.0),
)
"""Kinds of household and how many in each hundred: makes about a quarter of the residents 65 or over."""
_OLDER = (((65, 75), 50.0), ((75, 85), 34.0), ((85, 98), 16.0))
_OLDER_ALONE = (((65, 75), 36.0), ((75, 85), 37.0), ((85, 100), 27.0))


def _places(seed: int, there: Neighbourhood) -> list[_Place]:
    chance = Chance(seed, _ABOUT_HOMES, there.number)
    places: list[_Place] = []
    _care_home(there, chance, places)
    while len(places) < RESIDENTS:
        _household(there, chance, places)
    del places[RESIDENTS:]
    for place in places:
        if place.spouse is not None and place.spouse >= RESIDENTS:
            place.spouse = None
    return places


def _postcode(area: Area, chance: Chance) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"  # those that an inward code may have
    return f"{area.postcode} {chance.below(9) + 1}{chance.pick(letters)}{chance.pick(letters)}"


def _care_home(there: Neighbourhood, chance: Chance, places: list[_Place]) -> None:
    area = there.areas[_CARE_HOME_AREA]
    home = Home(area, f"Rowan Court, 2 {area.streets[-1]}", _postcode(area, chance), True, CARE_HOME_RESIDENTS)
    for _ in range(CARE_HOME_RESIDENTS):
        female = chance.happens(0.7)
        ethnicity, background = _ethnicity(chance, 85)
        family = names.family_name(background, chance)
        places.append(_Place(home, 76 + 24 * chance.roll(), female, ethnicity, background, family))


def _ethnicity(chance: Chance, age: float) -> tuple[Ethnicity, Background]:
    old = age >= 65
    ethnicity = chance.weighted([(one, one.old if old else one.young) for one in names.ETHNICITIES])
    return ethnicity, chance.pick(ethnicity.backgrounds)


def _household(there: Neighbourhood, chance: Chance, places: list[_Place]) -> None:
    kind = chance.weighted(_HOUSEHOLDS)
    area = chance.pick(there.areas)
    home = Home(area, f"{chance.between(1, 148)} {chance.pick(area.streets)}", _postcode(area, chance))
    ages = _ages(kind, chance)
    ethnicity, background = _ethnicity(chance, ages[0][0])
    family = names.family_name(background, chance)
    start = len(places)
    for age, female, related in ages:
        own = family if related else names.family_name(background, chance)
        if not related and background is BRITISH and chance.happens(0.25):
            ethnicity, background = _ethnicity(chance, age)
        places.append(_Place(home, age, female, ethnicity, background, own))
    home.people = len(ages)
    if kind in ("older-couple", "couple-in-middle-age", "family", "three-generations") and len(ages) > 1:
        places[start].spouse, places[start + 1].spouse = start + 1, start


def _within(chance: Chance, bounds: tuple[int, int]) -> float:
    return bounds[0] + (bounds[1] - bounds[0]) * chance.roll()


def _ages(kind: str, chance: Chance) -> list[tuple[float, bool, bool]]:
    """For each member of a household of this kind: age, whether female, and whether of the same family."""
    first = chance.happens(0.5)
    if kind == "older-alone":
        return [(_within(chance, chance.weighted(_OLDER_ALONE)), chance.happens(0.66), True)]
    if kind == "older-couple":
        age = _within(chance, chance.weighted(_OLDER))
        return [(age, False, True), (max(60.0, age - 6 + 8 * chance.roll()), True, True)]
    if kind == "couple-in-middle-age":
        age = _within(chance, (44, 66))
        return [(age, False, True), (age - 5 + 8 * chance.roll(), True, True)]
    if kind == "young-couple":
        age = _within(chance, (22, 40))
        return [(age, False, False), (age - 3 + 5 * chance.roll(), True, False)]
    if kind == "alone":
        return [(_within(chance, (22, 65)), first, True)]
    if kind == "sharers":
        return [(_within(chance, (19, 36)), chance.happens(0.5), False) for _ in range(3)]
    if kind == "older-with-child":
        age = _within(chance, (72, 95))
        return [(age, chance.happens(0.7), True), (age - 24 - 12 * chance.roll(), first, True)]
    mother = _within(chance, (24, 50))
    children = [
        (max(0.1, (mother - 23) * chance.roll()), chance.happens(0.49), True)
        for _ in range(chance.weighted(((1, 40.0), (2, 43.0), (3, 17.0))))
    ]
    children = [(age, female, related) for age, female, related in children if age < 20] or [(1.5, first, True)]
    if kind == "one-parent":
        return [(mother, chance.happens(0.88), True), *children]
    parents = [(mother + 6 * chance.roll() - 1, False, True), (mother, True, True)]
    if kind == "three-generations":
        return [*parents, *children, (mother + 22 + 10 * chance.roll(), chance.happens(0.65), True)]
    return [*parents, *children]
