"""Who has seen a patient, as it is given to them: rows for a spreadsheet, and FHIR R4 AuditEvents."""

import csv
import io
from collections.abc import Iterable

from manyhands import who
from manyhands.access.bases import Action, Basis
from manyhands.access.reports import Opened
from manyhands.exchange.everything.fhir import Resource
from manyhands.exchange.everything.sheets import as_text
from manyhands.people.naming import Names
from manyhands.rules.days import HERE

PAGES = {
    "ask": "asking for something about them",
    "find-people": "people whom a search found",
    "group": "the people of a group",
    "hand-over": "a hand-over",
    "person": "the page about them",
    "remove-patient": "removing their record",
    "responsibility": "a responsibility about them",
    "what-if": "what would happen if somebody left",
    "who-has-seen": "who has seen them",
    "who-may-see": "what they have said about who may see them",
}
"""What was looked at, by the name that the log has for the page."""

BECAUSE = {
    Basis.DIRECT_CARE_TASK: "had something in hand about them",
    Basis.CASELOAD_ALLOCATION: "the team has them in a group",
    Basis.REGISTERED_PRACTICE: "they are registered with the practice",
    Basis.MEETING: "they were on the agenda of a meeting",
    Basis.COHORT_REVIEW: "had searched for people whose care is in pieces, and saw no name",
    Basis.PERSON_INVITED: "they asked for this person to know",
    Basis.BREAK_GLASS: "an emergency",
    Basis.PRIVACY_OFFICER: "looks after who sees whom here",
}
"""Why somebody was shown them, in the words of the report."""

HEADINGS = ("When", "Who", "Role", "Organisation", "Team", "What they looked at", "Why")
REFUSED = "refused: nothing was shown"
DCM, REASONS = "http://dicom.nema.org/resources/ontology/DCM", "http://terminology.hl7.org/CodeSystem/v3-ActReason"


def looked_at(page: Opened) -> str:
    return PAGES.get(page.page, page.page)


def because(page: Opened) -> str:
    return BECAUSE[page.basis] if page.basis else REFUSED


def sheet(pages: Iterable[Opened], names: Names) -> bytes:
    """One line for each time, in a spreadsheet's CSV; times are local, to the second."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for page in pages:
        cells = (
            page.at.astimezone(HERE).strftime("%Y-%m-%d %H:%M:%S"),
            names.person(page.person),
            names.role(page.role) if page.role else "",
            names.organisation(page.organisation) if page.organisation else "",
            names.team(page.team),
            looked_at(page),
            because(page),
        )
        writer.writerow([as_text(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def audit_events(patient: who.Patient, pages: Iterable[Opened], names: Names) -> Resource:
    """A FHIR R4 Bundle with an AuditEvent for each time: DICOM's "Patient Record", with why as ActReason."""
    entries = [{"resource": _event(patient, page, names)} for page in pages]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _event(patient: who.Patient, page: Opened, names: Names) -> Resource:
    reason = "BTG" if page.basis is Basis.BREAK_GLASS else "TREAT"
    agent: Resource = {
        "who": {"reference": f"Practitioner/{page.person}", "display": names.person(page.person)},
        "requestor": True,
    }
    if page.role:
        agent["role"] = [{"text": names.role(page.role)}]
    return {
        "resourceType": "AuditEvent",
        "type": {"system": DCM, "code": "110110", "display": "Patient Record"},
        "subtype": [{"system": "urn:manyhands:action", "code": str(action)} for action in page.actions],
        "action": "E" if page.actions == (Action.REVIEW,) else "R",
        "recorded": page.at.isoformat(),
        "outcome": "0" if page.basis else "4",
        "outcomeDesc": because(page),
        "purposeOfEvent": [{"coding": [{"system": REASONS, "code": reason}]}],
        "agent": [agent],
        "source": {"site": names.team(page.team), "observer": {"display": "Manyhands"}},
        "entity": [{"what": {"reference": f"Patient/{patient}"}, "description": looked_at(page)}],
    }
