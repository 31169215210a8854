"""People and where they work: Patient, RelatedPerson, Practitioner, PractitionerRole, Organization, Location, Flag."""

from __future__ import annotations

from joinedup.records import nhs_number, when
from joinedup.records.fhir import shapes
from joinedup.records.fhir.rows import Rows, chosen, code, first, words

ODS_SYSTEMS = ("https://fhir.nhs.uk/id/ods-organization-code", "https://fhir.nhs.uk/id/ods-site-code")
_NOT_NOW = ("old", "maiden", "temp")
_NAME_ORDER = {"official": 0, "usual": 1, None: 2, "nickname": 4, "anonymous": 5}


def official(names: list[shapes.HumanName | None] | None) -> shapes.HumanName:
    """The name to call somebody by in a list: official, usual, then any, and only then one no longer used."""
    listed = [name for name in names or () if name is not None]
    listed.sort(key=lambda name: 9 if name.use in _NOT_NOW else _NAME_ORDER.get(name.use, 3))
    return listed[0] if listed else shapes.HumanName()


def given(name: shapes.HumanName) -> str | None:
    return " ".join(part for part in name.given or () if part) or None


def spoken(name: shapes.HumanName) -> str | None:
    prefix = [part for part in name.prefix or () if part]
    parts = [*prefix, given(name), name.family]
    return name.text or " ".join(part for part in parts if part) or None


def identifier(identifiers: list[shapes.Identifier | None] | None, *systems: str) -> shapes.Identifier | None:
    """The first identifier of one of these systems, compared without regard to case."""
    for each in identifiers or ():
        if each is not None and each.value and (each.system or "").lower() in systems and each.use != "old":
            return each
    return None


def extension(listed: list[shapes.Extension | None] | None, *ends: str) -> shapes.Extension | None:
    """The first extension whose address ends in one of these."""
    for each in listed or ():
        if each is not None and each.url and each.url.endswith(ends):
            return each
    return None


def extension_concept(found: shapes.Extension | None) -> shapes.Concept | None:
    """The concept in an extension: its own, its coding, or that of its parts 'text' and 'ombCategory' (US Core)."""
    if found is None:
        return None
    if found.value_concept or found.value_coding:
        return found.value_concept or shapes.Concept(coding=[found.value_coding])
    text, category = extension(found.extension, "text"), extension(found.extension, "ombCategory")
    if text or category:
        return shapes.Concept(
            coding=[category.value_coding] if category else None, text=text.value_text if text else None
        )
    return shapes.Concept(text=found.value_text or found.value_code)


def _postcode(addresses: list[shapes.Address | None] | None) -> str | None:
    listed = [address for address in addresses or () if address is not None and address.postcode]
    listed.sort(key=lambda address: (address.use == "old", address.use != "home"))
    return listed[0].postcode if listed else None


def _language(listed: list[shapes.Communication | None] | None) -> str | None:
    spoken = sorted((each for each in listed or () if each is not None), key=lambda each: not each.preferred)
    return next((words(each.language) for each in spoken if words(each.language)), None)


def patient(read: shapes.Patient, rows: Rows) -> None:
    number = identifier(read.identifier, nhs_number.SYSTEM)
    state = nhs_number.state(number.value if number else None)
    if state == "invalid":
        rows.doubt("the NHS number fails its check digit, or is not one: kept, and never matched by")
    status = extension(number.extension if number else None, "NHSNumberVerificationStatus")
    name = official(read.name)
    born_on, known_to = when.day(read.birth_date)
    if read.birth_date and born_on is None:
        rows.doubt("birthDate is not a date and was left out")
    elif known_to in ("year", "month"):
        rows.doubt(f"birthDate is known only to the {known_to}: taken as its first day")
    died_at = rows.moment(read.died, "deceasedDateTime")
    if died_at and born_on and died_at.date() < born_on:
        rows.doubt("died before being born")
    ethnicity = extension_concept(extension(read.extension, "EthnicCategory", "us-core-ethnicity"))
    decile = extension(read.extension, "DeprivationDecile", "deprivation-decile", "imd-decile", "IMDDecile")
    need = extension(read.extension, "InterpreterRequired", "patient-interpreterRequired", "CommunicationNeed")
    practices = [each for each in read.general_practitioner or () if each is not None]
    practice = [each for each in practices if "Organization" in (each.type or each.reference or "Organization")]
    person = [each for each in practices if "Practitioner" in (each.type or each.reference or "")]
    rows.add(
        "patients",
        {
            "patient": rows.around.key,
            "nhs_number": nhs_number.plain(number.value) if number else None,
            "nhs_number_state": state,
            "nhs_number_status": code(extension_concept(status)),
            "family_name": name.family or (None if name.given else name.text),
            "given_names": given(name),
            "gender": read.gender,
            "born_on": born_on,
            "born_on_known_to": known_to,
            "deceased": True if read.died or read.deceased else read.deceased,
            "died_at": died_at,
            "postcode": _postcode(read.address),
            "ethnicity_code": code(ethnicity),
            "ethnicity": words(ethnicity),
            "language": _language(read.communication),
            "communication_need": _need(need),
            "deprivation_decile": _decile(decile, rows),
            "general_practice": rows.first([*practice], "Organization")[0],
            "general_practitioner": rows.first([*person], "Practitioner")[0],
        },
    )


def _decile(found: shapes.Extension | None, rows: Rows) -> int | None:
    if found is None or found.value_whole is None:
        return None
    if found.value_whole in range(1, 11):
        return int(found.value_whole)
    rows.doubt("the deprivation decile is not a number from 1 to 10 and was left out")
    return None


def _need(found: shapes.Extension | None) -> str | None:
    if found is None:
        return None
    if found.value_yes is not None:
        return "interpreter required" if found.value_yes else None
    return words(extension_concept(found))


def related_person(read: shapes.RelatedPerson, rows: Rows) -> None:
    relationship = first(read.relationship)
    rows.add(
        "related_persons",
        {
            "related_person": rows.around.key,
            "patient": rows.refer(read.patient, "Patient"),
            "name": spoken(official(read.name)),
            "relationship_code": code(relationship),
            "relationship": words(relationship),
        },
    )


def practitioner(read: shapes.Practitioner, rows: Rows) -> None:
    name = official(read.name)
    profession = first([each.code for each in read.qualification or () if each is not None])
    rows.add(
        "practitioners",
        {
            "practitioner": rows.around.key,
            "name": spoken(name),
            "family_name": name.family,
            "given_names": given(name),
            "profession_code": code(profession),
            "profession": words(profession),
            "active": read.active,
        },
    )


def practitioner_role(read: shapes.PractitionerRole, rows: Rows) -> None:
    role, specialty = first(read.code), first(read.specialty)
    started_at, ended_at = rows.period(read.period, "period")
    rows.add(
        "practitioner_roles",
        {
            "practitioner_role": rows.around.key,
            "practitioner": rows.refer(read.practitioner, "Practitioner"),
            "organisation": rows.refer(read.organization, "Organization"),
            "role_code": code(role),
            "role": words(role),
            "specialty_code": code(specialty),
            "specialty": words(specialty),
            "location": rows.first(read.location, "Location")[0],
            "started_at": started_at,
            "ended_at": ended_at,
            "active": read.active,
        },
    )


def organization(read: shapes.Organization, rows: Rows) -> None:
    ods, kind = identifier(read.identifier, *ODS_SYSTEMS), first(read.type)
    rows.add(
        "organisations",
        {
            "organisation": rows.around.key,
            "name": read.name,
            "ods_code": ods.value.strip().upper() if ods and ods.value else None,
            "type_code": code(kind),
            "type": words(kind),
            "sector": None,
            "part_of": rows.refer(read.part_of, "Organization"),
            "postcode": _postcode(read.address),
            "active": read.active,
        },
    )


def location(read: shapes.Location, rows: Rows) -> None:
    kind = first(read.type)
    homes = ("PTRES", "ho", "264362003")  # HL7 patient's residence; HL7 house; SNOMED CT home
    rows.add(
        "locations",
        {
            "location": rows.around.key,
            "name": read.name,
            "organisation": rows.refer(read.managing, "Organization"),
            "type_code": code(kind),
            "type": words(kind),
            "postcode": read.address.postcode if read.address else None,
            "home": chosen(kind).code in homes or chosen(read.physical_type).code in homes,
        },
    )


def flag(read: shapes.Flag, rows: Rows) -> None:
    started_at, ended_at = rows.period(read.period, "period")
    rows.add(
        "flags",
        {
            "flag": rows.around.key,
            "patient": rows.refer(read.subject, "Patient"),
            "status": read.status,
            "category": words(first(read.category)),
            "code": code(read.code),
            "display": words(read.code),
            "started_at": started_at,
            "ended_at": ended_at,
        },
    )
