"""
A neighbourhood of 3,000 residents: its streets, its organisations, and everybody who works in them.

Neighbourhood 0 is Hathermere, with the fixed cast of `place.py`. A larger place is more neighbourhoods: each has its
own practices, charities, landlord, pharmacy and home care, while the trusts, the council and the hospice are shared
by twelve neighbourhoods (about 36,000 people), which each bring staff of their own to them.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from demo import names, place
from demo.chance import Chance
from demo.names import words
from demo.place import Organisation, Practitioner, Sector

RESIDENTS = 3_000
SHARING = 12
"""How many neighbourhoods share the trusts, the council and the hospice."""

_ABOUT = 1  # which run of chance is ours: see Chance

STAFFING: dict[Sector, tuple[tuple[str, int], ...]] = {
    Sector.GENERAL_PRACTICE: (
        (place.GP, 5),
        (place.ADVANCED_PRACTITIONER, 1),
        (place.PRACTICE_NURSE, 2),
        (place.HEALTHCARE_ASSISTANT, 1),
        (place.CLINICAL_PHARMACIST, 1),
        (place.LINK_WORKER, 1),
    ),
    Sector.COMMUNITY: (
        (place.CARE_COORDINATOR, 2),
        (place.COMMUNITY_MATRON, 2),
        (place.DISTRICT_NURSE, 13),
        (place.PHYSIOTHERAPIST, 6),
        (place.OCCUPATIONAL_THERAPIST, 5),
        (place.FALLS_PRACTITIONER, 2),
        (place.PODIATRIST, 2),
        (place.DIETITIAN, 1),
        (place.CONTINENCE_NURSE, 2),
        (place.TISSUE_VIABILITY_NURSE, 1),
        (place.HEART_FAILURE_NURSE, 2),
        (place.RESPIRATORY_NURSE, 2),
        (place.SPEECH_THERAPIST, 1),
    ),
    Sector.ACUTE: (
        (place.GERIATRICIAN, 3),
        (place.EMERGENCY_DOCTOR, 5),
        (place.EMERGENCY_NURSE, 3),
        (place.ACUTE_PHYSICIAN, 4),
        (place.CARDIOLOGIST, 2),
        (place.CHEST_PHYSICIAN, 2),
        (place.EYE_SURGEON, 2),
        (place.ORTHOPAEDIC_SURGEON, 2),
        (place.RENAL_PHYSICIAN, 1),
        (place.DIABETES_PHYSICIAN, 1),
        (place.NEUROLOGIST, 1),
        (place.RHEUMATOLOGIST, 1),
        (place.AUDIOLOGIST, 1),
        (place.DISCHARGE_COORDINATOR, 2),
    ),
    Sector.MENTAL_HEALTH: (
        (place.OLD_AGE_PSYCHIATRIST, 2),
        (place.MENTAL_HEALTH_NURSE, 5),
        (place.MEMORY_NURSE, 2),
        (place.PSYCHOLOGIST, 2),
    ),
    Sector.SOCIAL_CARE: ((place.SOCIAL_WORKER, 8), (place.COUNCIL_THERAPIST, 2), (place.REABLEMENT_WORKER, 4)),
    Sector.HOUSING: ((place.HOUSING_OFFICER, 4),),
    Sector.HOSPICE: ((place.HOSPICE_NURSE, 3),),
    Sector.PHARMACY: ((place.PHARMACIST, 2),),
    Sector.HOME_CARE: ((place.CARE_MANAGER, 1), (place.CARE_SUPERVISOR, 3)),
}
_NEIGHBOURS_STAFF = ((place.VOLUNTEERS_COORDINATOR, 1), (place.BEFRIENDING_WORKER, 3))
_CARERS_STAFF = ((place.CARERS_WORKER, 3),)


@dataclass(frozen=True)
class Area:
    """
    A few streets with a practice nearby. `fifth` is the deprivation fifth of its addresses: 1 is the most
    deprived fifth of England and 5 the least.
    """

    name: str
    fifth: int
    postcode: str
    streets: tuple[str, ...]
    practice: str
    team: int


@dataclass(frozen=True)
class Neighbourhood:
    """
    Where a resident lives, who could look after them, and which two neighbourhood teams there are.

    The first team rests on its `coordinator`, with `seconds` who know a few of its people; the second is the
    `circle`, several of whom share each person.
    """

    number: int
    name: str
    county: str
    areas: tuple[Area, ...]
    organisations: tuple[Organisation, ...]
    practitioners: tuple[Practitioner, ...]
    teams: tuple[str, str]
    team_names: tuple[str, str]
    coordinator: Practitioner
    seconds: tuple[Practitioner, ...]
    circle: tuple[Practitioner, ...]

    @cached_property
    def staff(self) -> dict[str, tuple[Practitioner, ...]]:
        """Everybody of each profession outside general practice, and for each practice its own people."""
        found: dict[str, list[Practitioner]] = {}
        practices = {one.key for one in self.organisations if one.sector is Sector.GENERAL_PRACTICE}
        for person in self.practitioners:
            where = f"{person.organisation}/" if person.organisation in practices else ""
            found.setdefault(where + person.profession, []).append(person)
        return {key: tuple(people) for key, people in found.items()}

    @cached_property
    def by_key(self) -> dict[str, Practitioner]:
        return {person.key: person for person in self.practitioners}

    def of_sector(self, sector: Sector) -> tuple[Organisation, ...]:
        return tuple(one for one in self.organisations if one.sector is sector)


def neighbourhood(seed: int, number: int) -> Neighbourhood:
    """Neighbourhood `number` of the place that `seed` makes. Number 0 is Hathermere, whatever the seed."""
    return hathermere() if number == 0 else _another(seed, number)


# ---- Hathermere --------------------------------------------------------------------------------------------------

_HATHERMERE_STREETS = {
    "Priory End": ("Priory Street", "Cloister Lane", "Almoner's Row", "Bellfounder Street", "Tithe Close"),
    "Millgate": ("Millgate", "Fuller's Yard", "Weir Street", "Loom Street", "Dyehouse Lane"),
    "Coldwell": ("Coldwell Road", "Springhead Avenue", "Larch Way", "Rowan Way", "Alder Court"),
    "Larkfield": ("Larkfield Road", "Skylark Rise", "Meadow Bank", "Orchard Drive", "Pear Tree Lane"),
    "Station Quarter": ("Station Road", "Signal Street", "Goods Yard Lane", "Platform Row", "Viaduct Street"),
    "Abbot's Mead": ("Abbot's Mead", "Heron Walk", "Osier Lane", "Kingfisher Drive", "Willow Bank"),
}
_FIFTHS = (2, 1, 3, 5, 1, 4)
_CAST_SEED = 1948  # fixed, so that Hathermere's staff are the same people whatever the records' seed


@lru_cache(maxsize=1)
def hathermere() -> Neighbourhood:
    practices = (place.PRIORY_END, place.MILLGATE, place.LARKFIELD)
    areas = tuple(
        Area(name, _FIFTHS[index], f"ZH{index + 1}", streets, practices[index // 2], index // 3)
        for index, (name, streets) in enumerate(_HATHERMERE_STREETS.items())
    )
    chance = Chance(_CAST_SEED, _ABOUT, 0)
    taken = {person.key for person in place.NAMED}
    people = list(place.NAMED)
    for organisation in place.ORGANISATIONS:
        for profession, number in _staffing(organisation):
            there = sum(one.organisation == organisation.key and one.profession == profession for one in people)
            while there < number:
                given, family = _name(chance)
                key = f"{given}-{family}".lower()
                if key not in taken:
                    taken.add(key)
                    people.append(Practitioner(key, given, family, profession, organisation.key))
                    there += 1
    return Neighbourhood(
        number=0,
        name=place.NAME,
        county=place.COUNTY,
        areas=areas,
        organisations=place.ORGANISATIONS,
        practitioners=tuple(people),
        teams=(place.PRIORY_TEAM.key, place.LARKFIELD_TEAM.key),
        team_names=(place.PRIORY_TEAM.name, place.LARKFIELD_TEAM.name),
        coordinator=place.ASHA,
        seconds=(place.GRACE, place.DEV, place.KASIA, place.HAMID, place.JOYCE, place.BEN),
        circle=(place.PRIYA, place.SAMIRA, place.UCHE, place.TOM, place.VERA, place.WINSTON),
    )


def _staffing(organisation: Organisation) -> tuple[tuple[str, int], ...]:
    if organisation.sector is Sector.VOLUNTARY:
        return _CARERS_STAFF if "Carers" in organisation.name else _NEIGHBOURS_STAFF
    return STAFFING[organisation.sector]


def _name(chance: Chance) -> tuple[str, str]:
    background = chance.weighted(names.STAFF)
    return names.given_name(background, chance.happens(0.72), chance.between(26, 66), chance), names.family_name(
        background, chance
    )


# ---- every other neighbourhood -----------------------------------------------------------------------------------

_BEGIN = words(
    "Brindle Ossel Tansel Merrick Pender Skell Thrum Umber Vesper Yarrel Corvel Dunnel Ether Farrel Gossam Harrel "
    "Iffel Quarrel Wessen Ambel"
)
_END = words(
    "moor mere dale combe stow bourne wick holt lea garth beck thorpe mead hurst ridge fold stead shaw cross wold"
)
_AREA_BEGIN = words("Abbey Bridge Chapel Forge Grange Kiln Manor Quarry Tannery Windmill Canal Dovecote")
_AREA_END = words("End Side Fields Green Cross Bank")
_STREETS = words(
    "Acorn Beech Cedar Cobbler Drover Elder Fern Glover Hazel Ivy Juniper Kite Linnet Maple Nettle Osprey Plover "
    "Quince Rook Saddler Thistle Upland Vine Weaver Yew Ropemaker Saltpan Cooper Chandler Heather"
)
_STREET_END = words("Street Road Lane Close Avenue Way Rise Court")
_OUTWARD = "ABCDEGJKLMNOPRSTUWY"  # not H: that is Hathermere's


def _place_name(number: int) -> str:
    return _BEGIN[number // len(_END) % len(_BEGIN)] + _END[number % len(_END)]


def _code(number: int) -> str:
    """ZZ and four letters, where Hathermere's own organisations have ZZ and three."""
    letters = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        letters = chr(65 + letter) + letters
    return "ZZ" + letters


def _another(seed: int, number: int) -> Neighbourhood:
    chance = Chance(seed, _ABOUT, number)
    name = _place_name(number)
    home = number // SHARING * SHARING
    county = place.COUNTY if home == 0 else f"{_place_name(home)}shire"
    practices = tuple(f"n{number}-practice-{index + 1}" for index in range(3))
    fifths = chance.some((1, 1, 2, 3, 4, 5), 6)
    area_names = chance.some([f"{begin} {end}" for begin in _AREA_BEGIN for end in _AREA_END], 6)
    areas = tuple(
        Area(
            area,
            fifths[index],
            f"Z{_OUTWARD[number // 16 % len(_OUTWARD)]}{number % 16 * 6 + index + 1}",
            tuple(f"{street} {chance.pick(_STREET_END)}" for street in chance.some(_STREETS, 5)),
            practices[index // 2],
            index // 3,
        )
        for index, area in enumerate(area_names)
    )
    organisations = (*_practices(number, practices, areas), *_local(number, name), *_shared(home, county))
    people: list[Practitioner] = []
    for organisation in organisations:
        for profession, staff in _staffing(organisation):
            for _ in range(staff):
                given, family = _name(chance)
                key = f"n{number}-{len(people) + 1:03d}"
                people.append(Practitioner(key, given, family, profession, organisation.key))

    def first(profession: str) -> Practitioner:
        return next(person for person in people if person.profession == profession)

    return Neighbourhood(
        number=number,
        name=name,
        county=county,
        areas=areas,
        organisations=organisations,
        practitioners=tuple(people),
        teams=(f"n{number}-team-1", f"n{number}-team-2"),
        team_names=(f"{areas[0].name} neighbourhood team", f"{areas[3].name} neighbourhood team"),
        coordinator=first(place.CARE_COORDINATOR),
        seconds=(first(place.DISTRICT_NURSE), first(place.PHYSIOTHERAPIST), first(place.VOLUNTEERS_COORDINATOR)),
        circle=tuple(
            first(profession)
            for profession in (
                place.COMMUNITY_MATRON,
                place.SOCIAL_WORKER,
                place.OCCUPATIONAL_THERAPIST,
                place.MENTAL_HEALTH_NURSE,
                place.CARERS_WORKER,
                place.BEFRIENDING_WORKER,
            )
        ),
    )


def _practices(number: int, keys: tuple[str, ...], areas: tuple[Area, ...]) -> list[Organisation]:
    kinds = ("Surgery", "Health Centre", "Medical Practice")
    return [
        Organisation(
            key, f"{areas[index * 2].name} {kinds[index]}", Sector.GENERAL_PRACTICE, _code(number * 16 + index)
        )
        for index, key in enumerate(keys)
    ]


def _local(number: int, name: str) -> list[Organisation]:
    kinds = (
        ("good-neighbours", f"{name} Good Neighbours", Sector.VOLUNTARY),
        ("carers", f"Carers' Circle {name}", Sector.VOLUNTARY),
        ("housing", f"{name} Homes", Sector.HOUSING),
        ("pharmacy", f"{name} Pharmacy", Sector.PHARMACY),
        ("home-care", f"{name} Home Care", Sector.HOME_CARE),
    )
    return [
        Organisation(f"n{number}-{key}", says, sector, _code(number * 16 + 3 + index))
        for index, (key, says, sector) in enumerate(kinds)
    ]


def _shared(home: int, county: str) -> list[Organisation]:
    """The organisations shared by `SHARING` neighbourhoods: Hathermere's own when it is one of them."""
    shared = (Sector.COMMUNITY, Sector.ACUTE, Sector.MENTAL_HEALTH, Sector.SOCIAL_CARE, Sector.HOSPICE)
    if home == 0:
        return [one for one in place.ORGANISATIONS if one.sector in shared]
    says = (
        f"{county} Community Health NHS Trust",
        f"{county} General Hospital NHS Trust",
        f"{county} Mental Health NHS Trust",
        f"{county} Council Adult Social Care",
        f"{county} Hospice",
    )
    return [
        Organisation(f"n{home}-{sector}", name, sector, _code(home * 16 + 8 + index))
        for index, (sector, name) in enumerate(zip(shared, says, strict=True))
    ]


def is_first_of_sharing(number: int) -> bool:
    """Whether this neighbourhood's file lists the organisations that it shares with the eleven after it."""
    return number % SHARING == 0
