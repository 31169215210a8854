"""What happens between people and services: Encounter, Condition, Appointment, ServiceRequest, Task."""

from __future__ import annotations

from joinedup.records.fhir import shapes
from joinedup.records.fhir.naming import as_given
from joinedup.records.fhir.rows import ICD10, SNOMED, Rows, chosen, code, codings, first, words


def encounter(read: shapes.Encounter, rows: Rows) -> None:
    started_at, ended_at = rows.period(read.period, "period")
    people = _participants(read, rows)
    kind = first([*(read.type or ()), read.service_type])
    reason = first(read.reason)
    places = [each.location for each in read.location or () if each is not None]
    seen = people[0] if people else (None, None, None, None)
    rows.add(
        "contacts",
        {
            "contact": rows.around.key,
            "patient": rows.refer(read.subject, "Patient"),
            "organisation": rows.refer(read.service_provider, "Organization"),
            "practitioner": seen[0],
            "started_at": started_at,
            "ended_at": ended_at,
            "status": read.status,
            "class": read.class_.code if read.class_ else None,
            "type_system": chosen(kind).system,
            "type_code": code(kind),
            "type": words(kind),
            "reason_code": code(reason),
            "reason": words(reason),
            "part_of": rows.refer(read.part_of, "Encounter"),
            "referral": rows.prefer([*(read.based_on or ())], "ServiceRequest"),
            "location": rows.first(places, "Location")[0],
            "practitioner_role": seen[1],
            "team": None,
            "activity": None,
            "sequence": None,
            "organisation_as_given": as_given(read.service_provider),
            "practitioner_as_given": seen[3],
        },
    )
    for position, (person, post, part_played, _) in enumerate(people):
        rows.add(
            "contact_practitioners",
            {
                "contact": rows.around.key,
                "position": position,
                "practitioner": person,
                "practitioner_role": post,
                "part_played": part_played,
            },
        )


Participant = tuple[str | None, str | None, str | None, str | None]


def _participants(read: shapes.Encounter, rows: Rows) -> list[Participant]:
    """Professionals in order: (practitioner, post, part played, as given). Carers and relatives are not among them."""
    found: list[Participant] = []
    for each in read.participant or ():
        text = rows.refer(each.individual, "Practitioner") if each is not None else None
        if each is None or text is None:
            continue
        kind = (each.individual.type if each.individual else None) or _kind(text)
        if kind == "RelatedPerson":
            continue
        part_played, given = code(first(each.type)), as_given(each.individual)
        is_post = kind == "PractitionerRole"
        found.append((None if is_post else text, text if is_post else None, part_played, given))
    return found


def _kind(text: str) -> str:
    """The type named in a reference: Type/id, https://…/Type/id or Type?identifier=…; else ''."""
    parts = text.split("?", 1)[0].split("/")
    return parts[0] if "?" in text else parts[-2] if len(parts) > 1 else ""


def condition(read: shapes.Condition, rows: Rows) -> None:
    onset = read.onset or (read.onset_period.start if read.onset_period else None)
    abated = read.abated or (read.abated_period.end if read.abated_period else None)
    onset_on, abated_on = rows.day(onset, "onset"), rows.day(abated, "abatement")
    if onset_on and abated_on and abated_on < onset_on:
        rows.doubt("abated before its onset")
    listed, main = codings(read.code), chosen(read.code)
    rows.add(
        "conditions",
        {
            "condition": rows.around.key,
            "patient": rows.refer(read.subject, "Patient"),
            "system": main.system,
            "code": main.code,
            "display": words(read.code),
            "snomed_code": next((each.code for each in listed if each.system == SNOMED), None),
            "icd10_code": next((each.code for each in listed if (each.system or "").startswith(ICD10)), None),
            "onset_on": onset_on,
            "abated_on": abated_on,
            "recorded_on": rows.day(read.recorded, "recordedDate"),
            "clinical_status": code(read.clinical_status),
            "verification_status": code(read.verification_status),
            "category": code(first(read.category)),
            "contact": rows.refer(read.encounter, "Encounter"),
        },
    )
    for position, coding in enumerate(listed):
        rows.add(
            "condition_codes",
            {
                "condition": rows.around.key,
                "position": position,
                "system": coding.system,
                "code": coding.code,
                "display": coding.display,
            },
        )


def appointment(read: shapes.Appointment, rows: Rows) -> None:
    actors = [each.actor for each in read.participant or () if each is not None and each.actor is not None]
    met = [(rows.refer(actor, actor.type or "Patient"), actor.type) for actor in actors]
    by_kind = {kind or _kind(text): text for text, kind in reversed(met) if text}
    rows.add(
        "appointments",
        {
            "appointment": rows.around.key,
            "patient": by_kind.get("Patient"),
            "status": read.status,
            "service": words(first(read.service_type)) or read.description,
            "starts_at": rows.moment(read.start, "start"),
            "ends_at": rows.moment(read.end, "end"),
            "practitioner": by_kind.get("Practitioner") or by_kind.get("PractitionerRole"),
            "location": by_kind.get("Location"),
            "referral": rows.prefer([*(read.based_on or ())], "ServiceRequest"),
        },
    )


def service_request(read: shapes.ServiceRequest, rows: Rows) -> None:
    performer, performer_as_given = rows.first(read.performer, "Organization")
    wanted = read.occurrence or (read.occurrence_period.start if read.occurrence_period else None)
    rows.add(
        "referrals",
        {
            "referral": rows.around.key,
            "patient": rows.refer(read.subject, "Patient"),
            "asked_at": rows.moment(read.authored, "authoredOn"),
            "wanted_at": rows.moment(wanted, "occurrence"),
            "status": read.status,
            "intent": read.intent,
            "priority": read.priority,
            "category": words(first(read.category)),
            "code_system": chosen(read.code).system,
            "code": code(read.code),
            "service": words(read.code),
            "reason": words(first(read.reason)),
            "requester": rows.refer(read.requester, "Practitioner"),
            "performer": performer,
            "requester_as_given": as_given(read.requester),
            "performer_as_given": performer_as_given,
            "part_of": rows.prefer([*(read.based_on or ())], "ServiceRequest"),
        },
    )


def task(read: shapes.Task, rows: Rows) -> None:
    started_at, ended_at = rows.period(read.execution, "executionPeriod")
    rows.add(
        "tasks",
        {
            "task": rows.around.key,
            "patient": rows.refer(read.for_, "Patient"),
            "code": code(read.code),
            "description": words(read.code) or read.description,
            "status": read.status,
            "business_status": words(read.business_status),
            "intent": read.intent,
            "priority": read.priority,
            "asked_at": rows.moment(read.authored, "authoredOn"),
            "changed_at": rows.moment(read.modified, "lastModified"),
            "started_at": started_at,
            "ended_at": ended_at,
            "requester": rows.refer(read.requester, "Practitioner"),
            "owner": rows.refer(read.owner, "Organization"),
            "referral": rows.prefer([read.focus, *(read.based_on or ())], "ServiceRequest"),
            "part_of": rows.first(read.part_of, "Task")[0],
        },
    )
