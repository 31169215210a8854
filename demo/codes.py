"""
The codes that the records are written in: SNOMED CT and ICD-10 for what people live with, SNOMED CT for contacts.

Only codes in common use. ICD-10 is the WHO edition as used in England.
"""

from dataclasses import dataclass

SNOMED = "http://snomed.info/sct"
ICD10 = "http://hl7.org/fhir/sid/icd-10"


@dataclass(frozen=True)
class Illness:
    """
    Something that people live with for years, and how common it is: the share of people at about 30, 50, 65, 75
    and 88 years. `women` is how many times as common it is among women as among men. `deprived` is how much more
    common with each fifth towards the most deprived. Shares are rounded from what general practice sees, not
    from any one table.
    """

    snomed: str
    icd10: str
    says: str
    shares: tuple[float, float, float, float, float]
    women: float = 1.0
    deprived: float = 0.0


ILLNESSES = (
    Illness("59621000", "I10", "Essential hypertension", (0.03, 0.18, 0.37, 0.50, 0.56), deprived=0.04),
    Illness("44054006", "E11.9", "Type 2 diabetes mellitus", (0.01, 0.06, 0.13, 0.17, 0.15), 0.8, 0.12),
    Illness("13645005", "J44.9", "Chronic obstructive lung disease", (0, 0.02, 0.06, 0.09, 0.08), deprived=0.2),
    Illness("195967001", "J45.9", "Asthma", (0.07, 0.07, 0.07, 0.07, 0.06), 1.2, 0.05),
    Illness("49436004", "I48.9", "Atrial fibrillation", (0, 0.01, 0.05, 0.11, 0.19), 0.8),
    Illness("84114007", "I50.9", "Heart failure", (0, 0.005, 0.02, 0.06, 0.14), 0.8, 0.1),
    Illness("414545008", "I25.9", "Ischaemic heart disease", (0, 0.03, 0.09, 0.15, 0.19), 0.6, 0.1),
    Illness("433144002", "N18.3", "Chronic kidney disease stage 3", (0, 0.01, 0.07, 0.19, 0.31), 1.1),
    Illness("230690007", "I64", "Cerebrovascular accident", (0, 0.01, 0.03, 0.06, 0.11), deprived=0.08),
    Illness("266257000", "G45.9", "Transient ischaemic attack", (0, 0.004, 0.02, 0.04, 0.06)),
    Illness("26929004", "G30.9", "Alzheimer's disease", (0, 0, 0.008, 0.035, 0.13), 1.2),
    Illness("429998004", "F01.9", "Vascular dementia", (0, 0, 0.004, 0.018, 0.05), deprived=0.1),
    Illness("49049000", "G20", "Parkinson's disease", (0, 0.001, 0.006, 0.014, 0.02), 0.7),
    Illness("396275006", "M19.9", "Osteoarthritis", (0.01, 0.09, 0.22, 0.33, 0.40), 1.3, 0.03),
    Illness("64859006", "M81.9", "Osteoporosis", (0, 0.01, 0.05, 0.10, 0.16), 3.0),
    Illness("69896004", "M06.9", "Rheumatoid arthritis", (0.002, 0.009, 0.016, 0.02, 0.02), 2.2),
    Illness("35489007", "F32.9", "Depressive disorder", (0.10, 0.13, 0.11, 0.10, 0.10), 1.5, 0.1),
    Illness("197480006", "F41.9", "Anxiety disorder", (0.09, 0.09, 0.07, 0.06, 0.05), 1.6, 0.08),
    Illness("40930008", "E03.9", "Hypothyroidism", (0.015, 0.04, 0.07, 0.09, 0.11), 3.5),
    Illness("87522002", "D50.9", "Iron deficiency anaemia", (0.02, 0.03, 0.03, 0.05, 0.09), 1.5),
    Illness("414916001", "E66.9", "Obesity", (0.07, 0.13, 0.13, 0.10, 0.04), 1.1, 0.12),
    Illness("267718000", "H35.3", "Age-related macular degeneration", (0, 0, 0.01, 0.05, 0.16), 1.2),
    Illness("193570009", "H26.9", "Cataract", (0, 0.01, 0.06, 0.17, 0.26)),
    Illness("23986001", "H40.9", "Glaucoma", (0, 0.01, 0.025, 0.05, 0.08)),
    Illness("15188001", "H91.9", "Hearing loss", (0.01, 0.04, 0.10, 0.20, 0.36), 0.9),
    Illness("165232002", "R32", "Urinary incontinence", (0, 0.02, 0.04, 0.07, 0.15), 1.8),
    Illness("95344007", "L97", "Ulcer of lower extremity", (0, 0.003, 0.008, 0.018, 0.04), 1.2, 0.1),
    Illness("84757009", "G40.9", "Epilepsy", (0.009, 0.009, 0.009, 0.01, 0.011), deprived=0.1),
    Illness("37796009", "G43.9", "Migraine", (0.07, 0.07, 0.03, 0.02, 0.01), 2.2),
    Illness("43116000", "L30.9", "Eczema", (0.05, 0.04, 0.04, 0.04, 0.04)),
)

FRAILTY = Illness("248279007", "R54", "Frailty", (0, 0, 0, 0, 0))
FALLS = Illness("161898004", "R29.6", "Falls", (0, 0, 0, 0, 0))


@dataclass(frozen=True)
class Diagnosis:
    """Why somebody was admitted to hospital."""

    snomed: str
    icd10: str
    says: str


HIP_FRACTURE = Diagnosis("5913000", "S72.0", "Fracture of neck of femur")
ADMISSIONS: tuple[tuple[Diagnosis, float], ...] = (
    (Diagnosis("233604007", "J18.9", "Pneumonia"), 20),
    (Diagnosis("68566005", "N39.0", "Urinary tract infectious disease"), 18),
    (Diagnosis("84114007", "I50.9", "Heart failure"), 12),
    (Diagnosis("2776000", "F05.9", "Delirium"), 8),
    (Diagnosis("128045006", "L03.9", "Cellulitis"), 8),
    (Diagnosis("271594007", "R55", "Syncope"), 8),
    (Diagnosis("13645005", "J44.1", "Chronic obstructive lung disease"), 10),
    (Diagnosis("14760008", "K59.0", "Constipation"), 5),
    (Diagnosis("82271004", "S09.9", "Injury of head"), 6),
    (Diagnosis("29857009", "R07.4", "Chest pain"), 9),
    (Diagnosis("21522001", "R10.4", "Abdominal pain"), 9),
)
FALLEN_ADMISSIONS: tuple[tuple[Diagnosis, float], ...] = (
    (HIP_FRACTURE, 28),
    (Diagnosis("82271004", "S09.9", "Injury of head"), 22),
    (Diagnosis("271594007", "R55", "Syncope"), 25),
    (Diagnosis("68566005", "N39.0", "Urinary tract infectious disease"), 25),
)

FALL = ("161898004", "Falls")
COMPLAINTS = (
    ("49727002", "Cough"),
    ("161891005", "Backache"),
    ("21522001", "Abdominal pain"),
    ("84229001", "Fatigue"),
    ("25064002", "Headache"),
    ("404640003", "Dizziness"),
    ("271807003", "Eruption of skin"),
    ("162397003", "Pain in throat"),
    ("48694002", "Feeling anxious"),
    ("30989003", "Knee pain"),
    ("267036007", "Breathlessness"),
    ("386661006", "Fever"),
)
"""What people come to the practice with when it is not one of the illnesses that they live with."""
COMPLAINTS_OF_CHILDREN = (
    ("49727002", "Cough"),
    ("21522001", "Abdominal pain"),
    ("271807003", "Eruption of skin"),
    ("162397003", "Pain in throat"),
    ("386661006", "Fever"),
)
EMERGENCIES = (
    ("29857009", "Chest pain"),
    ("267036007", "Breathlessness"),
    ("82271004", "Injury of head"),
    ("21522001", "Abdominal pain"),
    ("271594007", "Syncope"),
    ("386661006", "Fever"),
)
EMERGENCIES_OF_CHILDREN = (
    ("267036007", "Breathlessness"),
    ("82271004", "Injury of head"),
    ("21522001", "Abdominal pain"),
    ("386661006", "Fever"),
)
MEDICATION_REVIEW = ("182836005", "Review of medication")


@dataclass(frozen=True)
class Way:
    """A way in which a contact happens: FHIR's class of encounter, its type in SNOMED CT, usual minutes."""

    klass: str
    class_says: str
    snomed: str
    says: str
    minutes: int


SURGERY = Way("AMB", "ambulatory", "185345009", "Encounter for symptom", 10)
CHECK = Way("AMB", "ambulatory", "185349003", "Encounter for check up", 20)
PHONE = Way("VR", "virtual", "185317003", "Telephone encounter", 10)
HOME = Way("HH", "home health", "439708006", "Home visit", 40)
CLINIC = Way("AMB", "ambulatory", "390906007", "Follow-up encounter", 20)
FIRST = Way("AMB", "ambulatory", "11429006", "Consultation", 40)
EMERGENCY = Way("EMER", "emergency", "50849002", "Emergency room admission", 260)
ADMISSION = Way("IMP", "inpatient encounter", "32485007", "Hospital admission", 0)
WAYS = (SURGERY, CHECK, PHONE, HOME, CLINIC, FIRST, EMERGENCY, ADMISSION)
