"""
What people are referred to: each service, who gives it, how many visits it takes and how long people wait for it.

Waits are guesses of the right order: days for nursing at home, months for hospital clinics, memory clinics and
equipment. In the most deprived fifth they are a third longer than in the middle (`WAITS_BY_FIFTH`).
"""

from dataclasses import dataclass

from demo import codes, place
from demo.codes import Way
from demo.place import Sector


@dataclass(frozen=True)
class Service:
    """A service that people are referred to. `gap` is the usual number of days from one visit to the next."""

    name: str
    profession: str
    sector: Sector
    wait: int
    visits: tuple[int, int]
    gap: int
    first: Way = codes.FIRST
    later: Way = codes.CLINIC
    urgent: bool = False


def _at_home(name: str, profession: str, sector: Sector, wait: int, visits: tuple[int, int], gap: int) -> Service:
    return Service(name, profession, sector, wait, visits, gap, codes.HOME, codes.HOME)


def _clinic(name: str, profession: str, wait: int, visits: tuple[int, int] = (1, 4), gap: int = 150) -> Service:
    return Service(name, profession, Sector.ACUTE, wait, visits, gap)


_C, _M, _S, _V = Sector.COMMUNITY, Sector.MENTAL_HEALTH, Sector.SOCIAL_CARE, Sector.VOLUNTARY

PHYSIOTHERAPY = Service("Physiotherapy", place.PHYSIOTHERAPIST, _C, 45, (3, 6), 14)
OCCUPATIONAL_THERAPY = _at_home("Occupational therapy at home", place.OCCUPATIONAL_THERAPIST, _C, 60, (2, 3), 21)
FALLS = _at_home("Falls prevention", place.FALLS_PRACTITIONER, _C, 40, (2, 4), 14)
NURSING = Service("District nursing", place.DISTRICT_NURSE, _C, 3, (6, 22), 5, codes.HOME, codes.HOME, urgent=True)
HEART_NURSE = _at_home("Community heart failure nursing", place.HEART_FAILURE_NURSE, _C, 14, (4, 8), 30)
RESPIRATORY_NURSE = _at_home("Community respiratory nursing", place.RESPIRATORY_NURSE, _C, 21, (2, 5), 30)
PODIATRY = Service("Podiatry", place.PODIATRIST, _C, 50, (3, 8), 80)
CONTINENCE = Service("Continence advice", place.CONTINENCE_NURSE, _C, 70, (2, 3), 45)
DIETETICS = Service("Dietetics", place.DIETITIAN, _C, 55, (1, 3), 40)
WOUNDS = _at_home("Tissue viability", place.TISSUE_VIABILITY_NURSE, _C, 14, (1, 3), 21)
SPEECH = Service("Speech and language therapy", place.SPEECH_THERAPIST, _C, 30, (2, 4), 21)

GERIATRICS = _clinic("Care of older people clinic", place.GERIATRICIAN, 60, (1, 3), 120)
CARDIOLOGY = _clinic("Cardiology", place.CARDIOLOGIST, 100)
CHEST = _clinic("Respiratory medicine", place.CHEST_PHYSICIAN, 110)
EYES = _clinic("Eye clinic", place.EYE_SURGEON, 120, (2, 7), 110)
ORTHOPAEDICS = _clinic("Orthopaedics", place.ORTHOPAEDIC_SURGEON, 150, (1, 3), 90)
RENAL = _clinic("Kidney clinic", place.RENAL_PHYSICIAN, 90)
DIABETES = _clinic("Diabetes clinic", place.DIABETES_PHYSICIAN, 80)
NEUROLOGY = _clinic("Neurology", place.NEUROLOGIST, 130)
RHEUMATOLOGY = _clinic("Rheumatology", place.RHEUMATOLOGIST, 95, (3, 7), 120)
AUDIOLOGY = _clinic("Hearing clinic", place.AUDIOLOGIST, 75, (2, 3), 60)

MEMORY = Service("Memory clinic", place.MEMORY_NURSE, _M, 95, (2, 4), 50)
MENTAL_HEALTH = _at_home("Community mental health nursing", place.MENTAL_HEALTH_NURSE, _M, 40, (6, 12), 18)
OLD_AGE_PSYCHIATRY = Service("Old age psychiatry", place.OLD_AGE_PSYCHIATRIST, _M, 45, (1, 3), 60)
TALKING = Service("Talking therapy", place.PSYCHOLOGIST, _M, 80, (4, 8), 10)

SOCIAL_WORK = _at_home("Care Act assessment", place.SOCIAL_WORKER, _S, 55, (2, 4), 35)
EQUIPMENT = _at_home("Equipment and adaptations", place.COUNCIL_THERAPIST, _S, 80, (1, 2), 35)
REABLEMENT = Service(
    "Reablement at home", place.REABLEMENT_WORKER, _S, 2, (6, 12), 3, codes.HOME, codes.HOME, urgent=True
)
HOME_CARE = _at_home("Home care", place.CARE_SUPERVISOR, Sector.HOME_CARE, 14, (5, 10), 28)

BEFRIENDING = _at_home("Befriending", place.BEFRIENDING_WORKER, _V, 30, (6, 20), 14)
CARERS = Service("Carers' support", place.CARERS_WORKER, _V, 25, (3, 6), 30, codes.FIRST, codes.PHONE)
HOUSING = _at_home("Housing support", place.HOUSING_OFFICER, Sector.HOUSING, 35, (2, 5), 30)
HOSPICE = Service(
    "Hospice at home", place.HOSPICE_NURSE, Sector.HOSPICE, 5, (4, 10), 7, codes.HOME, codes.HOME, urgent=True
)
MEDICINES = Service("Medicines use review", place.PHARMACIST, Sector.PHARMACY, 20, (1, 3), 200)

OUTSIDE_HOSPITAL = frozenset(
    {_C, _M, _S, _V, Sector.HOUSING, Sector.HOME_CARE, Sector.HOSPICE},
)
"""The community and social side: everything but the practice, the pharmacy and the hospital."""

WAITS_BY_FIFTH = (0.0, 1.35, 1.15, 1.0, 0.95, 0.85)
"""How much longer or shorter people of each deprivation fifth wait, 1 the most deprived."""

_NEEDS_BY_SNOMED: dict[str, tuple[tuple[Service, float], ...]] = {
    "49436004": ((CARDIOLOGY, 0.25),),
    "84114007": ((CARDIOLOGY, 0.40), (HEART_NURSE, 0.35)),
    "414545008": ((CARDIOLOGY, 0.22),),
    "13645005": ((RESPIRATORY_NURSE, 0.22), (CHEST, 0.2)),
    "195967001": ((CHEST, 0.05),),
    "44054006": ((PODIATRY, 0.25), (DIABETES, 0.12), (DIETETICS, 0.1)),
    "433144002": ((RENAL, 0.12),),
    "230690007": ((NEUROLOGY, 0.2), (PHYSIOTHERAPY, 0.22), (SPEECH, 0.12)),
    "266257000": ((NEUROLOGY, 0.15),),
    "26929004": ((MEMORY, 0.45), (SOCIAL_WORK, 0.25), (CARERS, 0.2), (OLD_AGE_PSYCHIATRY, 0.12)),
    "429998004": ((MEMORY, 0.45), (SOCIAL_WORK, 0.25), (CARERS, 0.2)),
    "49049000": ((NEUROLOGY, 0.6), (PHYSIOTHERAPY, 0.3), (SPEECH, 0.15)),
    "396275006": ((PHYSIOTHERAPY, 0.18), (ORTHOPAEDICS, 0.16)),
    "64859006": ((FALLS, 0.08), (RHEUMATOLOGY, 0.06)),
    "69896004": ((RHEUMATOLOGY, 0.8),),
    "35489007": ((TALKING, 0.12), (MENTAL_HEALTH, 0.05)),
    "197480006": ((TALKING, 0.1),),
    "267718000": ((EYES, 0.6),),
    "193570009": ((EYES, 0.3),),
    "23986001": ((EYES, 0.6),),
    "15188001": ((AUDIOLOGY, 0.15),),
    "165232002": ((CONTINENCE, 0.18),),
    "95344007": ((NURSING, 0.75), (WOUNDS, 0.25)),
    "84757009": ((NEUROLOGY, 0.25),),
    "414916001": ((DIETETICS, 0.06),),
    codes.FRAILTY.snomed: (
        (GERIATRICS, 0.12),
        (OCCUPATIONAL_THERAPY, 0.12),
        (SOCIAL_WORK, 0.14),
        (HOME_CARE, 0.14),
        (BEFRIENDING, 0.08),
        (EQUIPMENT, 0.1),
        (HOUSING, 0.14),
        (MEDICINES, 0.3),
    ),
    codes.FALLS.snomed: ((FALLS, 0.35), (PHYSIOTHERAPY, 0.2), (GERIATRICS, 0.08)),
}
NEEDS = _NEEDS_BY_SNOMED
"""For each illness, by its SNOMED CT code: the services it leads to, and how often within three years."""

IN_PIECES = (
    SOCIAL_WORK,
    PHYSIOTHERAPY,
    OCCUPATIONAL_THERAPY,
    FALLS,
    NURSING,
    MENTAL_HEALTH,
    EQUIPMENT,
    BEFRIENDING,
    HOUSING,
    HOME_CARE,
    GERIATRICS,
    MEMORY,
    CARERS,
    PODIATRY,
)
"""What somebody whose care is in pieces is sent to and fro between, whatever they live with."""

NOT_ACCEPTED = (
    "Does not meet the criteria for this service",
    "Referred to another service instead",
    "Not enough information: please refer again",
    "Could not be reached by telephone: closed",
    "Lives outside the area of this team",
)
NOT_CARRIED_OUT = (
    "Did not attend, closed",
    "Could not be reached, closed",
    "Admitted to hospital meanwhile, not taken up again",
    "Service had no capacity",
    "Declined by the person on the day",
)

CARRIED_OUT = (0.0, 0.73, 0.76, 0.82, 0.82, 0.85)
"""The share of what was agreed that was carried out, by deprivation fifth, 1 the most deprived (Raine et al. 2014)."""

ACTIONS = (
    "Medicines review at home",
    "Falls check of the home, with grab rails where needed",
    "Blood pressure lying and standing",
    "Ring the daughter or son about what worries them",
    "Care Act assessment of needs",
    "Carer's assessment",
    "Key safe and pendant alarm",
    "Talk about what matters most, and write it down",
    "Advance care plan offered",
    "Continence assessment",
    "Hearing aids checked and batteries replaced",
    "Lunch club or befriender offered",
    "Damp in the bedroom looked at by the landlord",
    "Weight and appetite checked monthly",
    "Dementia assessment arranged",
    "Exercise class for strength and balance",
    "One list of appointments on the fridge door",
    "Transport to the hospital clinic arranged",
)
"""What a neighbourhood team agrees to do for one person."""
