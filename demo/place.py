"""
Hathermere: the fixed cast. Its organisations, everybody who works in them, and who is in its two neighbourhood teams.

Hathermere does not exist, nor does Wendmoor, the county around it. Organisation codes are five letters beginning
ZZ, a shape that no real organisation's code has. Everybody's e-mail address is at example.org.

The keys are the identifiers everywhere: `Organisation.key` and `Practitioner.key` are the FHIR ids in the records,
and the organisation and person identifiers in the workspace's acts.
"""

from dataclasses import dataclass
from enum import StrEnum


class Sector(StrEnum):
    """What kind of organisation it is."""

    GENERAL_PRACTICE = "general-practice"
    COMMUNITY = "community"
    ACUTE = "acute"
    MENTAL_HEALTH = "mental-health"
    SOCIAL_CARE = "social-care"
    VOLUNTARY = "voluntary"
    HOUSING = "housing"
    HOSPICE = "hospice"
    PHARMACY = "pharmacy"
    HOME_CARE = "home-care"

    @property
    def says(self) -> str:
        return _SECTORS[self]


_SECTORS = {
    Sector.GENERAL_PRACTICE: "General practice",
    Sector.COMMUNITY: "Community health services",
    Sector.ACUTE: "Acute hospital",
    Sector.MENTAL_HEALTH: "Mental health services",
    Sector.SOCIAL_CARE: "Adult social care",
    Sector.VOLUNTARY: "Voluntary sector",
    Sector.HOUSING: "Housing association",
    Sector.HOSPICE: "Hospice",
    Sector.PHARMACY: "Community pharmacy",
    Sector.HOME_CARE: "Home care",
}
NOT_IN_ODS = frozenset({Sector.SOCIAL_CARE, Sector.VOLUNTARY, Sector.HOUSING, Sector.HOME_CARE})
"""Councils, care providers, charities and landlords are not in the ODS files: their codes are local."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the place."""

    key: str
    name: str
    sector: Sector
    code: str


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Somebody who works for one of the organisations."""

    key: str
    given: str
    family: str
    profession: str
    organisation: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        return f"{self.key.replace('-', '.')}@example.org"


NAME = "Hathermere"
COUNTY = "Wendmoor"

PRIORY_END = "priory-end-surgery"
MILLGATE = "millgate-health-centre"
LARKFIELD = "larkfield-medical-practice"
COMMUNITY = "wendmoor-community"
HOSPITAL = "wendmoor-general"
MENTAL_HEALTH = "wendmoor-mental-health"
SOCIAL_CARE = "wendmoor-adult-social-care"
GOOD_NEIGHBOURS = "hathermere-good-neighbours"
CARERS = "carers-circle"
HOUSING = "coldwell-homes"
HOSPICE = "lantern-house"
PHARMACY = "millgate-pharmacy"
HOME_CARE = "hearthside-home-care"

ORGANISATIONS = (
    Organisation(PRIORY_END, "Priory End Surgery", Sector.GENERAL_PRACTICE, "ZZPRE"),
    Organisation(MILLGATE, "Millgate Health Centre", Sector.GENERAL_PRACTICE, "ZZMIL"),
    Organisation(LARKFIELD, "Larkfield Medical Practice", Sector.GENERAL_PRACTICE, "ZZLRK"),
    Organisation(COMMUNITY, "Wendmoor Community Health NHS Trust", Sector.COMMUNITY, "ZZCOM"),
    Organisation(HOSPITAL, "Wendmoor General Hospital NHS Trust", Sector.ACUTE, "ZZHOS"),
    Organisation(MENTAL_HEALTH, "Wendmoor Mental Health NHS Trust", Sector.MENTAL_HEALTH, "ZZMHT"),
    Organisation(SOCIAL_CARE, "Wendmoor Council Adult Social Care", Sector.SOCIAL_CARE, "ZZCOU"),
    Organisation(GOOD_NEIGHBOURS, "Hathermere Good Neighbours", Sector.VOLUNTARY, "ZZNEI"),
    Organisation(CARERS, "Carers' Circle Wendmoor", Sector.VOLUNTARY, "ZZCAR"),
    Organisation(HOUSING, "Coldwell Homes", Sector.HOUSING, "ZZCOL"),
    Organisation(HOSPICE, "Lantern House Hospice", Sector.HOSPICE, "ZZLAN"),
    Organisation(PHARMACY, "Millgate Pharmacy", Sector.PHARMACY, "ZZPHA"),
    Organisation(HOME_CARE, "Hearthside Home Care", Sector.HOME_CARE, "ZZHEA"),
)

GP = "general practitioner"
PRACTICE_NURSE = "practice nurse"
ADVANCED_PRACTITIONER = "advanced nurse practitioner"
HEALTHCARE_ASSISTANT = "healthcare assistant"
CLINICAL_PHARMACIST = "clinical pharmacist"
LINK_WORKER = "social prescribing link worker"
CARE_COORDINATOR = "care coordinator"
COMMUNITY_MATRON = "community matron"
DISTRICT_NURSE = "district nurse"
PHYSIOTHERAPIST = "physiotherapist"
OCCUPATIONAL_THERAPIST = "occupational therapist"
FALLS_PRACTITIONER = "falls practitioner"
PODIATRIST = "podiatrist"
DIETITIAN = "dietitian"
CONTINENCE_NURSE = "continence nurse"
TISSUE_VIABILITY_NURSE = "tissue viability nurse"
HEART_FAILURE_NURSE = "heart failure nurse"
RESPIRATORY_NURSE = "respiratory nurse"
SPEECH_THERAPIST = "speech and language therapist"
GERIATRICIAN = "geriatrician"
EMERGENCY_DOCTOR = "emergency physician"
EMERGENCY_NURSE = "emergency nurse"
ACUTE_PHYSICIAN = "acute physician"
CARDIOLOGIST = "cardiologist"
CHEST_PHYSICIAN = "chest physician"
EYE_SURGEON = "ophthalmologist"
ORTHOPAEDIC_SURGEON = "orthopaedic surgeon"
RENAL_PHYSICIAN = "renal physician"
DIABETES_PHYSICIAN = "diabetes physician"
NEUROLOGIST = "neurologist"
RHEUMATOLOGIST = "rheumatologist"
AUDIOLOGIST = "audiologist"
DISCHARGE_COORDINATOR = "discharge coordinator"
OLD_AGE_PSYCHIATRIST = "old age psychiatrist"
MENTAL_HEALTH_NURSE = "community mental health nurse"
MEMORY_NURSE = "memory clinic nurse"
PSYCHOLOGIST = "clinical psychologist"
SOCIAL_WORKER = "social worker"
COUNCIL_THERAPIST = "council occupational therapist"
REABLEMENT_WORKER = "reablement worker"
VOLUNTEERS_COORDINATOR = "volunteers' coordinator"
BEFRIENDING_WORKER = "befriending worker"
CARERS_WORKER = "carers' support worker"
HOUSING_OFFICER = "housing officer"
HOSPICE_NURSE = "hospice nurse"
PHARMACIST = "pharmacist"
CARE_SUPERVISOR = "home care supervisor"
CARE_MANAGER = "home care manager"


def _cast(given: str, family: str, profession: str, organisation: str) -> Practitioner:
    return Practitioner(f"{given}-{family}".lower().replace(" ", "-"), given, family, profession, organisation)


ASHA = _cast("Asha", "Nair", CARE_COORDINATOR, COMMUNITY)
BEN = _cast("Ben", "Whitlock", COMMUNITY_MATRON, COMMUNITY)
CAROL = _cast("Carol", "Hughes", GP, PRIORY_END)
DEV = _cast("Dev", "Patel", SOCIAL_WORKER, SOCIAL_CARE)
INES = _cast("Ines", "Roy", SOCIAL_WORKER, SOCIAL_CARE)
ESI = _cast("Esi", "Owusu", CARE_MANAGER, HOME_CARE)
FEMI = _cast("Femi", "Adeyemi", GP, MILLGATE)
GRACE = _cast("Grace", "Okonkwo", DISTRICT_NURSE, COMMUNITY)
HAMID = _cast("Hamid", "Rahimi", PHYSIOTHERAPIST, COMMUNITY)
JOYCE = _cast("Joyce", "Campbell", VOLUNTEERS_COORDINATOR, GOOD_NEIGHBOURS)
KASIA = _cast("Kasia", "Nowak", MENTAL_HEALTH_NURSE, MENTAL_HEALTH)
LIAM = _cast("Liam", "Doherty", HOUSING_OFFICER, HOUSING)
MEI = _cast("Mei", "Chen", GERIATRICIAN, HOSPITAL)
NASREEN = _cast("Nasreen", "Begum", LINK_WORKER, PRIORY_END)

OWEN = _cast("Owen", "Pritchard", GP, LARKFIELD)
PRIYA = _cast("Priya", "Raman", COMMUNITY_MATRON, COMMUNITY)
RUTH = _cast("Ruth", "Adler", DISCHARGE_COORDINATOR, HOSPITAL)
SAMIRA = _cast("Samira", "Hassan", SOCIAL_WORKER, SOCIAL_CARE)
TOM = _cast("Tom", "Ashworth", MENTAL_HEALTH_NURSE, MENTAL_HEALTH)
UCHE = _cast("Uche", "Eze", OCCUPATIONAL_THERAPIST, COMMUNITY)
VERA = _cast("Vera", "Petrova", CARERS_WORKER, CARERS)
WINSTON = _cast("Winston", "Clarke", BEFRIENDING_WORKER, GOOD_NEIGHBOURS)
YASMIN = _cast("Yasmin", "Khan", CLINICAL_PHARMACIST, LARKFIELD)
ZOFIA = _cast("Zofia", "Kaminska", HOSPICE_NURSE, HOSPICE)
MARCUS = _cast("Marcus", "Bell", HOUSING_OFFICER, HOUSING)

NAMED = (
    ASHA, BEN, CAROL, DEV, INES, ESI, FEMI, GRACE, HAMID, JOYCE, KASIA, LIAM, MEI, NASREEN,
    OWEN, PRIYA, RUTH, SAMIRA, TOM, UCHE, VERA, WINSTON, YASMIN, ZOFIA, MARCUS,
)  # fmt: skip
"""Those who are in a team or in the story. Everybody else in the place is made by `neighbourhood.hathermere()`."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a team: the role, whom it speaks for, who holds it, and who deputises for it."""

    role: str
    title: str
    kind: str
    organisation: str
    holder: Practitioner
    deputies: tuple[Practitioner, ...] = ()


@dataclass(frozen=True, slots=True)
class NeighbourhoodTeam:
    """People of several organisations who look after the same people together."""

    key: str
    name: str
    purpose: str
    seats: tuple[Seat, ...]

    @property
    def members(self) -> tuple[Practitioner, ...]:
        """Everybody who holds or deputises, once each, in the order of the seats."""
        everybody = [person for seat in self.seats for person in (seat.holder, *seat.deputies)]
        return tuple(dict.fromkeys(everybody))


PRIORY_TEAM = NeighbourhoodTeam(
    "priory-end",
    "Priory End neighbourhood team",
    "To look after people in Priory End and Millgate who live with frailty, so that each has one plan, one person "
    "to ring, and no need to tell their story twice.",
    (
        Seat("pe-coordinator", "Care coordinator", "care-coordinator", COMMUNITY, ASHA, (BEN,)),
        Seat("pe-matron", "Community matron", "community-matron", COMMUNITY, BEN, (GRACE,)),
        Seat("pe-gp", "GP lead, Priory End", "gp-lead", PRIORY_END, CAROL, (NASREEN,)),
        Seat("pe-millgate-gp", "GP lead, Millgate", "gp-lead", MILLGATE, FEMI),
        Seat("pe-social-worker", "Social worker", "social-worker", SOCIAL_CARE, DEV, (INES,)),
        Seat("pe-nursing", "District nursing lead", "district-nurse", COMMUNITY, GRACE, (BEN,)),
        Seat("pe-falls", "Falls physiotherapist", "physiotherapist", COMMUNITY, HAMID, (GRACE,)),
        Seat("pe-mental-health", "Mental health nurse", "mental-health-practitioner", MENTAL_HEALTH, KASIA),
        Seat("pe-volunteers", "Volunteers' coordinator", "voluntary-sector-worker", GOOD_NEIGHBOURS, JOYCE),
        Seat("pe-housing", "Housing officer", "housing-officer", HOUSING, LIAM),
        Seat("pe-geriatrician", "Geriatrician", "geriatrician", HOSPITAL, MEI),
        Seat("pe-link-worker", "Link worker", "social-prescribing-link-worker", PRIORY_END, NASREEN, (CAROL,)),
    ),
)
"""The team that depends on one person: for most of the people it looks after, Asha is the only one they know."""

LARKFIELD_TEAM = NeighbourhoodTeam(
    "larkfield",
    "Larkfield neighbourhood team",
    "To look after people in Larkfield and the Station Quarter who live with frailty or are near the end of life, "
    "at home for as long as they want to be there.",
    (
        Seat("lf-matron", "Community matron", "community-matron", COMMUNITY, PRIYA, (UCHE,)),
        Seat("lf-gp", "GP lead", "gp-lead", LARKFIELD, OWEN, (YASMIN,)),
        Seat("lf-pharmacist", "Pharmacist", "pharmacist", LARKFIELD, YASMIN, (OWEN,)),
        Seat("lf-social-worker", "Social worker", "social-worker", SOCIAL_CARE, SAMIRA, (INES,)),
        Seat("lf-therapist", "Occupational therapist", "occupational-therapist", COMMUNITY, UCHE, (PRIYA,)),
        Seat("lf-mental-health", "Mental health nurse", "mental-health-practitioner", MENTAL_HEALTH, TOM, (KASIA,)),
        Seat("lf-carers", "Carers' support worker", "voluntary-sector-worker", CARERS, VERA),
        Seat("lf-befriending", "Befriending worker", "voluntary-sector-worker", GOOD_NEIGHBOURS, WINSTON, (JOYCE,)),
        Seat("lf-hospice", "Hospice nurse", "hospice-nurse", HOSPICE, ZOFIA),
        Seat("lf-discharge", "Discharge coordinator", "discharge-coordinator", HOSPITAL, RUTH, (MEI,)),
        Seat("lf-housing", "Housing officer", "housing-officer", HOUSING, MARCUS, (LIAM,)),
    ),
)
"""The team that does not: the people it looks after each know several of its members."""

TEAMS = (PRIORY_TEAM, LARKFIELD_TEAM)
