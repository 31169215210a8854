"""
The place in FHIR R4, in the shape of UK Core: one function for each kind of thing, giving resources as plain dicts.

What UK Core has no element for is in extensions and code systems under `OURS`, an address that does not exist:

    Patient          `deprivation-decile` (1 the most deprived; fifth = (decile + 1) // 2)
    Organization     type from `sector`
    PractitionerRole code from `profession`
    CareTeam         identifier of system `neighbourhood-team`: which team's list the person is on

Parts that recur in many resources (a coding, a reference) are encoded once and kept.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

import msgspec

from demo.care import Action, Contact, History, Reason, Referral
from demo.codes import ICD10, SNOMED, Diagnosis, Illness, Way
from demo.days import Days
from demo.health import Health
from demo.neighbourhood import Neighbourhood
from demo.place import NOT_IN_ODS, Organisation, Practitioner
from demo.referrals import Service
from demo.residents import Resident

Resource = dict[str, object]

OURS = "https://manyhands.example"
UK = "https://fhir.hl7.org.uk"
HL7 = "http://terminology.hl7.org/CodeSystem"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
STAFF_NUMBER = "https://fhir.nhs.uk/Id/sds-user-id"
LOCAL = f"{OURS}/Id/organisation"
TEAM = f"{OURS}/Id/neighbourhood-team"

_encode = msgspec.json.Encoder().encode


def raw(value: object) -> msgspec.Raw:
    """A part encoded once, to be used in many resources."""
    return msgspec.Raw(_encode(value))


def _profile(name: str) -> msgspec.Raw:
    return raw({"profile": [f"{UK}/StructureDefinition/UKCore-{name}"]})


_PATIENT, _ORGANISATION, _PRACTITIONER = _profile("Patient"), _profile("Organization"), _profile("Practitioner")
_ROLE, _ENCOUNTER, _CONDITION = _profile("PractitionerRole"), _profile("Encounter"), _profile("Condition")
_REQUEST, _TASK, _CARE_TEAM = _profile("ServiceRequest"), _profile("Task"), _profile("CareTeam")
_RELATED, _EPISODE, _FLAG = _profile("RelatedPerson"), _profile("EpisodeOfCare"), _profile("Flag")


def coding(system: str, code: str, display: str) -> dict[str, str]:
    return {"system": system, "code": code, "display": display}


def concept(system: str, code: str, display: str, text: str | None = None) -> dict[str, object]:
    said: dict[str, object] = {"coding": [coding(system, code, display)]}
    if text:
        said["text"] = text
    return said


def to_patient(key: str) -> dict[str, str]:
    return {"reference": f"Patient/{key}"}


@lru_cache(maxsize=8192)
def to_practitioner(who: Practitioner) -> msgspec.Raw:
    return raw({"reference": f"Practitioner/{who.key}", "display": who.name})


@lru_cache(maxsize=512)
def _to_organisation(key: str, name: str) -> msgspec.Raw:
    return raw({"reference": f"Organization/{key}", "display": name})


def to_organisation(there: Neighbourhood, key: str) -> msgspec.Raw:
    return _to_organisation(key, next(one.name for one in there.organisations if one.key == key))


# ---- organisations and professionals -----------------------------------------------------------------------------


def organisation(one: Organisation, there: Neighbourhood) -> Resource:
    local = one.sector in NOT_IN_ODS
    return {
        "resourceType": "Organization",
        "id": one.key,
        "meta": _ORGANISATION,
        "identifier": [{"system": LOCAL if local else ODS, "value": one.code}],
        "active": True,
        "type": [concept(f"{OURS}/CodeSystem/sector", one.sector.value, one.sector.says, one.sector.says)],
        "name": one.name,
        "telecom": [{"system": "phone", "value": "01632 960" + f"{sum(map(ord, one.key)) % 1000:03d}", "use": "work"}],
        "address": [
            {
                "use": "work",
                "line": [f"{1 + len(one.name)} {there.areas[len(one.key) % 6].streets[0]}"],
                "city": there.name,
                "district": there.county,
                "postalCode": f"{there.areas[len(one.key) % 6].postcode} 1ZZ",
            }
        ],
    }


def practitioner(who: Practitioner, number: int) -> Resource:
    return {
        "resourceType": "Practitioner",
        "id": who.key,
        "meta": _PRACTITIONER,
        "identifier": [{"system": STAFF_NUMBER, "value": f"999{number:09d}"}],
        "active": True,
        "name": [{"use": "official", "text": who.name, "family": who.family, "given": [who.given]}],
        "telecom": [{"system": "email", "value": who.email, "use": "work"}],
    }


def practitioner_role(who: Practitioner, there: Neighbourhood, days: Days) -> Resource:
    code = who.profession.replace("'", "").replace(" ", "-")
    says = who.profession.capitalize()
    return {
        "resourceType": "PractitionerRole",
        "id": f"{who.key}-role",
        "meta": _ROLE,
        "active": True,
        "period": {"start": (days.first - timedelta(days=400 + 37 * len(who.name))).isoformat()},
        "practitioner": to_practitioner(who),
        "organization": to_organisation(there, who.organisation),
        "code": [concept(f"{OURS}/CodeSystem/profession", code, says, says)],
        "telecom": [{"system": "email", "value": who.email, "use": "work"}],
    }


# ---- residents ---------------------------------------------------------------------------------------------------

_VERIFIED = raw(
    [
        {
            "url": f"{UK}/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
            "valueCodeableConcept": concept(
                f"{UK}/CodeSystem/UKCore-NHSNumberVerificationStatusEngland", "01", "Number present and verified"
            ),
        }
    ]
)


@lru_cache(maxsize=32)
def _ethnicity(code: str, display: str) -> msgspec.Raw:
    return raw(
        {
            "url": f"{UK}/StructureDefinition/Extension-UKCore-EthnicCategory",
            "valueCodeableConcept": concept(f"{UK}/CodeSystem/UKCore-EthnicCategory", code, display),
        }
    )


@lru_cache(maxsize=16)
def _decile(decile: int) -> msgspec.Raw:
    return raw({"url": f"{OURS}/StructureDefinition/deprivation-decile", "valueInteger": decile})


_INTERPRETER = raw({"url": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", "valueBoolean": True})


def patient(person: Resident, health: Health, history: History, there: Neighbourhood, days: Days) -> Resource:
    area = person.home.area
    extensions: list[object] = [
        _ethnicity(person.ethnicity.code, person.ethnicity.display),
        _decile(area.fifth * 2 - person.number % 2),
    ]
    said: Resource = {
        "resourceType": "Patient",
        "id": person.key,
        "meta": _PATIENT,
        "extension": extensions,
        "identifier": [{"extension": _VERIFIED, "system": NHS_NUMBER, "value": person.nhs}],
        "active": True,
        "name": [{"use": "official", "family": person.family, "given": [person.given], "prefix": [person.title]}],
        "telecom": [{"system": "phone", "value": f"07700 900{person.number % 1000:03d}", "use": "mobile"}],
        "gender": "female" if person.female else "male",
        "birthDate": person.born.isoformat(),
    }
    if health.died is not None:
        said["deceasedDateTime"] = days.moment(health.died, 60 * (person.number % 24) + 15)
    said["address"] = [
        {
            "use": "home",
            "line": [person.home.line, area.name],
            "city": there.name,
            "district": there.county,
            "postalCode": person.home.postcode,
        }
    ]
    if person.language is not None:
        extensions.append(_INTERPRETER)
        code, says = person.language
        language = concept(f"{UK}/CodeSystem/UKCore-HumanLanguage", code, says)
        said["communication"] = [{"language": language, "preferred": True}]
    said["generalPractitioner"] = [to_organisation(there, area.practice), to_practitioner(history.usual)]
    return said


def related_persons(person: Resident) -> Iterator[Resource]:
    """Whoever cares for an older person: a husband or wife at home, and somebody living elsewhere."""
    found: list[tuple[str, str, dict[str, object], str]] = []
    if person.spouse_name is not None and person.age >= 70:
        code, word = ("HUSB", "husband") if person.female else ("WIFE", "wife")
        given, family = person.spouse_name
        found.append((code, word, {"use": "official", "family": family, "given": [given]}, person.home.line))
    if person.carer is not None:
        code, word, name = person.carer
        given, _, family = name.partition(" ")
        found.append((code, word, {"use": "official", "family": family, "given": [given]}, ""))
    for number, (code, word, spoken, line) in enumerate(found, 1):
        said: Resource = {
            "resourceType": "RelatedPerson",
            "id": f"{person.key}-rp{number}",
            "meta": _RELATED,
            "active": True,
            "patient": to_patient(person.key),
            "relationship": [concept(f"{HL7}/v3-RoleCode", code, word, word)],
            "name": [spoken],
            "telecom": [{"system": "phone", "value": f"07700 900{(person.number * 7 + number) % 1000:03d}"}],
        }
        if line:
            said["address"] = [{"use": "home", "line": [line], "postalCode": person.home.postcode}]
        yield said


_HEARING, _SIGHT = "15188001", ("267718000", "23986001")
_NEEDS = raw([{"text": "Communication and support"}])


def flags(person: Resident, health: Health, days: Days) -> Iterator[Resource]:
    """What has to be known when meeting somebody."""
    says: list[str] = []
    lives_with = {illness.snomed for illness, _ in health.conditions}
    if _HEARING in lives_with and person.age >= 65:
        says.append("Hard of hearing: face the person, speak slowly, and do not rely on the telephone")
    if lives_with.intersection(_SIGHT) and person.age >= 65:
        says.append("Needs letters in large print")
    if person.language is not None:
        says.append(f"Needs an interpreter: {person.language[1]}")
    if health.frailty == 3 and person.number % 3 == 0:
        says.append("Key safe by the back door: ring before visiting")
    for number, text in enumerate(says, 1):
        yield {
            "resourceType": "Flag",
            "id": f"{person.key}-f{number}",
            "meta": _FLAG,
            "status": "active" if health.died is None else "inactive",
            "category": _NEEDS,
            "code": {"text": text},
            "subject": to_patient(person.key),
            "period": {"start": days.date_of(0)},
        }


# ---- illnesses ---------------------------------------------------------------------------------------------------

_ACTIVE = raw(concept(f"{HL7}/condition-clinical", "active", "Active"))
_RESOLVED = raw(concept(f"{HL7}/condition-clinical", "resolved", "Resolved"))
_CONFIRMED = raw(concept(f"{HL7}/condition-ver-status", "confirmed", "Confirmed"))
_PROBLEM = raw([concept(f"{HL7}/condition-category", "problem-list-item", "Problem List Item")])
_DIAGNOSIS = raw([concept(f"{HL7}/condition-category", "encounter-diagnosis", "Encounter Diagnosis")])


@lru_cache(maxsize=128)
def _illness(one: Illness | Diagnosis) -> msgspec.Raw:
    return raw({"coding": [coding(SNOMED, one.snomed, one.says), coding(ICD10, one.icd10, one.says)], "text": one.says})


def conditions(person: Resident, health: Health, history: History, days: Days) -> Iterator[Resource]:
    """What the person lives with, then what they were admitted to hospital for."""
    number = 0
    for illness, began in health.conditions:
        if health.died is not None and began >= health.died:
            continue
        number += 1
        onset = max(days.first + timedelta(days=began), person.born + timedelta(days=200))
        yield {
            "resourceType": "Condition",
            "id": f"{person.key}-c{number}",
            "meta": _CONDITION,
            "clinicalStatus": _ACTIVE,
            "verificationStatus": _CONFIRMED,
            "category": _PROBLEM,
            "code": _illness(illness),
            "subject": to_patient(person.key),
            "onsetDateTime": onset.isoformat(),
            "recordedDate": min(onset + timedelta(days=9), days.until).isoformat(),
            "recorder": to_practitioner(history.usual),
        }
    for index, contact in enumerate(history.contacts, 1):
        if contact.diagnosis is None:
            continue
        number += 1
        over = contact.minutes is not None
        said: Resource = {
            "resourceType": "Condition",
            "id": f"{person.key}-c{number}",
            "meta": _CONDITION,
            "clinicalStatus": _RESOLVED if over else _ACTIVE,
            "verificationStatus": _CONFIRMED,
            "category": _DIAGNOSIS,
            "code": _illness(contact.diagnosis),
            "subject": to_patient(person.key),
            "encounter": {"reference": f"Encounter/{person.key}-e{index}"},
            "onsetDateTime": days.moment(contact.day, contact.minute),
            "recorder": to_practitioner(contact.who),
        }
        if contact.minutes is not None:
            said["abatementDateTime"] = days.moment(contact.day, contact.minute + contact.minutes)
        yield said


# ---- contacts ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _class(way: Way) -> msgspec.Raw:
    return raw(coding(f"{HL7}/v3-ActCode", way.klass, way.class_says))


@lru_cache(maxsize=16)
def _type(way: Way) -> msgspec.Raw:
    return raw([concept(SNOMED, way.snomed, way.says)])


@lru_cache(maxsize=256)
def _reason(reason: Reason) -> msgspec.Raw:
    return raw([concept(SNOMED, *reason)])


@lru_cache(maxsize=8192)
def _participant(who: Practitioner) -> msgspec.Raw:
    part = concept(f"{HL7}/v3-ParticipationType", "PPRF", "primary performer")
    return raw([{"type": [part], "individual": to_practitioner(who)}])


_WENT_HOME = raw({"dischargeDisposition": {"text": "Usual place of residence"}})


def encounter(
    person: Resident, number: int, contact: Contact, subject: object, there: Neighbourhood, days: Days
) -> Resource:
    began = days.moment(contact.day, contact.minute)
    if contact.minutes is None:
        status, period = "in-progress", {"start": began}
    else:
        status = "finished"
        period = {"start": began, "end": days.moment(contact.day, contact.minute + contact.minutes)}
    said: Resource = {
        "resourceType": "Encounter",
        "id": f"{person.key}-e{number}",
        "meta": _ENCOUNTER,
        "status": status,
        "class": _class(contact.way),
        "type": _type(contact.way),
        "subject": subject,
        "participant": _participant(contact.who),
        "period": period,
        "serviceProvider": to_organisation(there, contact.who.organisation),
    }
    if contact.reason is not None:
        said["reasonCode"] = _reason(contact.reason)
    if contact.referral is not None:
        said["basedOn"] = [{"reference": f"ServiceRequest/{person.key}-r{contact.referral}"}]
    if contact.diagnosis is not None and contact.minutes is not None:
        said["hospitalization"] = _WENT_HOME
    return said


# ---- referrals and agreed actions --------------------------------------------------------------------------------

_REFERRED = raw([concept(SNOMED, "3457005", "Patient referral")])
_FULFIL = raw(concept(f"{HL7}/CodeSystem/task-code", "fulfill", "Fulfill the focal request"))


@lru_cache(maxsize=64)
def _service(service: Service) -> msgspec.Raw:
    return raw(concept(SNOMED, "3457005", "Patient referral", service.name))


def service_request(person: Resident, one: Referral, died: int | None, there: Neighbourhood, days: Days) -> Resource:
    over = one.closed is not None
    gone = died is not None and not over
    said: Resource = {
        "resourceType": "ServiceRequest",
        "id": f"{person.key}-r{one.number}",
        "meta": _REQUEST,
        "status": "revoked" if one.refused or one.failed or gone else "completed" if over else "active",
        "intent": "order",
        "category": _REFERRED,
        "priority": "urgent" if one.service.urgent else "routine",
        "code": _service(one.service),
        "subject": to_patient(person.key),
        "authoredOn": days.moment(one.asked, 990),
        "requester": to_practitioner(one.by),
        "performer": [_to_organisation(one.to.key, one.to.name)],
    }
    if one.reason is not None:
        said["reasonCode"] = _reason(one.reason)
    return said


def referral_task(person: Resident, one: Referral, died: int | None, days: Days) -> Resource:
    """The fulfilment of a referral: whether it was accepted, since when somebody has been seen, how it ended."""
    status, stage, why = _standing(one, died)
    said: Resource = {
        "resourceType": "Task",
        "id": f"{person.key}-t{one.number}",
        "meta": _TASK,
        "status": status,
        "businessStatus": {"text": stage},
        "intent": "order",
        "priority": "urgent" if one.service.urgent else "routine",
        "code": _FULFIL,
        "description": one.service.name,
        "basedOn": [{"reference": f"ServiceRequest/{person.key}-r{one.number}"}],
        "focus": {"reference": f"ServiceRequest/{person.key}-r{one.number}"},
        "for": to_patient(person.key),
        "authoredOn": days.moment(one.asked, 990),
        "requester": to_practitioner(one.by),
        "owner": _to_organisation(one.to.key, one.to.name),
    }
    if why:
        said["statusReason"] = {"text": why}
    period: dict[str, str] = {}
    if one.seen is not None:
        period["start"] = days.moment(one.seen, 480)
    if one.closed is not None:
        period["end"] = days.moment(one.closed, 1080)
    if period:
        said["executionPeriod"] = period
    changed = one.closed if one.closed is not None else one.seen if one.seen is not None else one.asked
    said["lastModified"] = days.moment(changed, 1080)
    return said


def _standing(one: Referral, died: int | None) -> tuple[str, str, str | None]:
    """A referral's task status, its stage in words, and the reason if it was not carried out."""
    if one.refused is not None:
        return "rejected", "Not accepted", one.refused
    if one.failed is not None:
        return "failed", "Closed, not carried out", one.failed
    if one.closed is not None:
        return "completed", "Seen, finished", None
    if died is not None:
        return "cancelled", "Died before it was finished", "The person has died"
    return ("in-progress", "Seen, under way", None) if one.seen is not None else ("accepted", "Waiting", None)


def action_task(
    person: Resident, number: int, one: Action, team: str, died: int | None, there: Neighbourhood, days: Days
) -> Resource:
    """Something that a neighbourhood team agreed to do for the person: whose, is in the group identifier."""
    if one.ended is None:
        status = "cancelled" if died is not None else "in-progress"
    else:
        status = "failed" if one.failed else "completed"
    due = (days.first + timedelta(days=one.due)).isoformat()
    said: Resource = {
        "resourceType": "Task",
        "id": f"{person.key}-a{number}",
        "meta": _TASK,
        "groupIdentifier": {"system": TEAM, "value": team},
        "status": status,
        "intent": "plan",
        "priority": "routine",
        "code": {"text": one.what},
        "description": one.what,
        "for": to_patient(person.key),
        "authoredOn": days.moment(one.agreed, 690),
        "lastModified": days.moment(one.agreed if one.ended is None else one.ended, 1050),
        "requester": to_organisation(there, one.by.organisation),
        "owner": to_practitioner(one.by),
        "restriction": {"period": {"end": due}},
    }
    if one.failed:
        said["statusReason"] = {"text": one.failed}
    if one.ended is not None:
        said["executionPeriod"] = {"start": days.moment(one.agreed, 690), "end": days.moment(one.ended, 1050)}
    return said


# ---- teams -------------------------------------------------------------------------------------------------------


def care_team(person: Resident, history: History, there: Neighbourhood, days: Days) -> Iterator[Resource]:
    """The team around somebody on a neighbourhood team's list, and their time on it."""
    membership = history.membership
    if membership is None:
        return
    period: dict[str, str] = {"start": days.date_of(membership.since)}
    if membership.until is not None:
        period["end"] = days.date_of(membership.until)
    participants: list[dict[str, object]] = [
        {
            "role": [{"text": who.profession.capitalize()}],
            "member": to_practitioner(who),
            "onBehalfOf": to_organisation(there, who.organisation),
            "period": period,
        }
        for who in (*membership.members, history.usual)
    ]
    participants.append({"role": [{"text": "The person"}], "member": to_patient(person.key)})
    participants += [
        {"role": [{"text": "Carer"}], "member": {"reference": f"RelatedPerson/{related['id']}"}}
        for related in related_persons(person)
    ]
    status = "active" if membership.until is None else "inactive"
    managing = to_organisation(there, membership.members[0].organisation)
    yield {
        "resourceType": "CareTeam",
        "id": f"{person.key}-team",
        "meta": _CARE_TEAM,
        "identifier": [{"system": TEAM, "value": there.teams[membership.team]}],
        "status": status,
        "category": [{"text": "Neighbourhood team"}],
        "name": there.team_names[membership.team],
        "subject": to_patient(person.key),
        "period": period,
        "participant": participants,
        "managingOrganization": [managing],
    }


def episode(person: Resident, history: History, there: Neighbourhood, days: Days) -> Iterator[Resource]:
    membership = history.membership
    if membership is None:
        return
    period: dict[str, str] = {"start": days.date_of(membership.since)}
    if membership.until is not None:
        period["end"] = days.date_of(membership.until)
    yield {
        "resourceType": "EpisodeOfCare",
        "id": f"{person.key}-episode",
        "meta": _EPISODE,
        "status": "active" if membership.until is None else "finished",
        "type": [{"text": "Proactive care by a neighbourhood team"}],
        "patient": to_patient(person.key),
        "managingOrganization": to_organisation(there, membership.members[0].organisation),
        "period": period,
        "careManager": to_practitioner(membership.members[0]),
        "team": [{"reference": f"CareTeam/{person.key}-team"}],
    }
