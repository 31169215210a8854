"""
Records of care small enough to know by heart, for tests of what the workspace shows of them.

Ruth is 87, with 6 conditions, seen by the practice, nursing, the council and the charity; Sam is 79, with 5, seen
by three of them; Tess is 70, with 4, seen by three. Una was seen by two only, Vic is 50, and Wyn has died. The last
contact is on 27 February 2026. Carol and Dev are in them as professionals; Ruth speaks Welsh.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from joinedup.records.load import load

ORGANISATIONS = {
    "practice": "Mill Lane Surgery",
    "nursing": "Riverside Community Nursing",
    "council": "Riverside Adult Social Care",
    "charity": "Good Neighbours",
}
PROFESSIONALS = {
    "asha": ("Asha", "Rao", "Care coordinator"),
    "carol": ("Carol", "Jones", "Community matron"),
    "dev": ("Dev", "Patel", "Social worker"),
    "gita": ("Gita", "Bose", "General practitioner"),
}
BORN = {
    "ruth": "1938-03-04",
    "sam": "1947-01-09",
    "tess": "1956-05-05",
    "una": "1960-02-02",
    "vic": "1976-06-06",
    "wyn": "1936-07-07",
}
CONDITIONS = {"ruth": 6, "sam": 5, "tess": 4, "una": 4, "vic": 6, "wyn": 7}
CODES = [
    ("38341003", "High blood pressure"),
    ("73211009", "Diabetes"),
    ("13645005", "COPD"),
    ("49436004", "Atrial fibrillation"),
    ("52448006", "Dementia"),
    ("84114007", "Heart failure"),
    ("90560007", "Gout"),
]
# (patient, organisation, professional, day), oldest first for each
CONTACTS = [
    ("ruth", "practice", "gita", "2024-06-03"),
    ("ruth", "nursing", "carol", "2024-12-12"),
    ("ruth", "council", "dev", "2025-08-01"),
    ("ruth", "nursing", "carol", "2026-01-10"),
    ("ruth", "charity", "", "2026-02-02"),
    ("ruth", "nursing", "carol", "2026-02-27"),
    ("sam", "practice", "gita", "2025-05-15"),
    ("sam", "nursing", "carol", "2025-07-15"),
    ("sam", "council", "dev", "2025-09-15"),
    ("tess", "practice", "gita", "2025-06-01"),
    ("tess", "nursing", "", "2025-06-08"),
    ("tess", "charity", "", "2025-06-15"),
    ("una", "practice", "gita", "2025-10-01"),
    ("una", "nursing", "carol", "2025-10-08"),
    ("vic", "practice", "gita", "2025-10-01"),
    ("wyn", "practice", "gita", "2025-05-01"),
]
NHS_NUMBERS = {
    "ruth": "9990000018",
    "sam": "9990000026",
    "tess": "9990000034",
    "una": "9990000042",
    "vic": "9990000050",
    "wyn": "9990000069",
}


def write_and_load(into: Path) -> Path:
    """The folder of a store with these records in it."""
    source = into / "fhir" / "all.ndjson"
    source.parent.mkdir(parents=True)
    source.write_text("\n".join(json.dumps(resource) for resource in resources()) + "\nthis line is no record\n")
    load([str(source)], into / "records")
    return into / "records"


def resources() -> Iterator[dict[str, Any]]:
    for key, name in ORGANISATIONS.items():
        yield {"resourceType": "Organization", "id": key, "name": name}
    for key, (given, family, profession) in PROFESSIONALS.items():
        name = [{"given": [given], "family": family, "text": f"{given} {family}"}]
        yield {
            "resourceType": "Practitioner",
            "id": key,
            "name": name,
            "qualification": [{"code": {"text": profession}}],
        }
    for key in BORN:
        yield _patient(key)
        for code, display in CODES[: CONDITIONS[key]]:
            yield _condition(key, code, display)
    for number, (patient, organisation, professional, day) in enumerate(CONTACTS):
        yield _contact(number, patient, organisation, professional, day)
    yield _contact(900, "ruth", "practice", "gita", "2026-02-26") | {"status": "cancelled"}
    yield {
        "resourceType": "ServiceRequest",
        "id": "falls-clinic",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/ruth"},
        "authoredOn": "2025-12-01",
        "code": {"text": "Falls clinic"},
        "requester": {"reference": "Organization/practice"},
        "performer": [{"reference": "Organization/nursing"}],
    }
    yield {
        "resourceType": "CareTeam",
        "id": "ruths-team",
        "status": "active",
        "name": "Ruth’s own team",
        "subject": {"reference": "Patient/ruth"},
        "participant": [{"member": {"reference": "Practitioner/carol"}, "role": [{"text": "Named nurse"}]}],
    }


def _patient(key: str) -> dict[str, Any]:
    patient: dict[str, Any] = {
        "resourceType": "Patient",
        "id": key,
        "name": [{"use": "official", "given": [key.title()], "family": "Moss"}],
        "birthDate": BORN[key],
        "gender": "female",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NHS_NUMBERS[key]}],
    }
    if key == "wyn":
        patient["deceasedDateTime"] = "2025-11-01"
    if key == "ruth":
        patient["communication"] = [{"language": {"coding": [{"code": "cy"}], "text": "Welsh"}, "preferred": True}]
    return patient


def _condition(patient: str, code: str, display: str) -> dict[str, Any]:
    return {
        "resourceType": "Condition",
        "id": f"{patient}-{code}",
        "subject": {"reference": f"Patient/{patient}"},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": code, "display": display}]},
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "verificationStatus": {"coding": [{"code": "confirmed"}]},
        "onsetDateTime": "2015-01-01",
    }


def _contact(number: int, patient: str, organisation: str, professional: str, day: str) -> dict[str, Any]:
    contact: dict[str, Any] = {
        "resourceType": "Encounter",
        "id": f"e{number}",
        "status": "finished",
        "class": {"code": "AMB"},
        "type": [{"text": "Visit"}],
        "subject": {"reference": f"Patient/{patient}"},
        "serviceProvider": {"reference": f"Organization/{organisation}"},
        "period": {"start": f"{day}T10:00:00Z", "end": f"{day}T10:30:00Z"},
    }
    if professional:
        contact["participant"] = [{"individual": {"reference": f"Practitioner/{professional}"}}]
    return contact


def settle(settings: Any, store: Path) -> None:
    """Let the site read this store, and know Carol and Dev in it."""
    from manyhands.exchange.records import opening
    from manyhands.people.models import Organisation, Person

    settings.RECORDS = store
    opening.forget()
    for person in ("carol", "dev"):
        Person.objects.filter(id=person).update(record=f"Practitioner/{person}")
    for organisation in ORGANISATIONS:
        Organisation.objects.filter(id=organisation).update(record=f"Organization/{organisation}")
