"""
The parts of FHIR R4 resources that the tables keep, as typed shapes; everything else in a resource is skipped unread.

A resource whose kept parts have another type than FHIR's (an object for a list, a number for a text) does not fit its
shape and is set aside with the place where it does not fit. Lists may hold nulls, as FHIR allows.
"""

from __future__ import annotations

import msgspec


class Shape(msgspec.Struct, kw_only=True, gc=False):
    """A part of FHIR; camelCase names are FHIR's."""


class Coding(Shape):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(Shape):
    coding: list[Coding | None] | None = None
    text: str | None = None


class Period(Shape):
    start: str | None = None
    end: str | None = None


class Extension(Shape):
    url: str | None = None
    extension: list[Extension | None] | None = None
    value_concept: Concept | None = msgspec.field(default=None, name="valueCodeableConcept")
    value_coding: Coding | None = msgspec.field(default=None, name="valueCoding")
    value_text: str | None = msgspec.field(default=None, name="valueString")
    value_code: str | None = msgspec.field(default=None, name="valueCode")
    value_whole: int | float | None = msgspec.field(default=None, name="valueInteger")
    value_yes: bool | None = msgspec.field(default=None, name="valueBoolean")


class Identifier(Shape):
    system: str | None = None
    value: str | None = None
    use: str | None = None
    extension: list[Extension | None] | None = None


class Reference(Shape):
    reference: str | None = None
    type: str | None = None
    identifier: Identifier | None = None
    display: str | None = None


class HumanName(Shape):
    use: str | None = None
    text: str | None = None
    family: str | None = None
    given: list[str | None] | None = None
    prefix: list[str | None] | None = None


class Address(Shape):
    use: str | None = None
    postcode: str | None = msgspec.field(default=None, name="postalCode")


class Meta(Shape):
    last_updated: str | None = msgspec.field(default=None, name="lastUpdated")


class Head(Shape):
    """What every resource may have, read first. `resourceType` decides the rest."""

    resource_type: str | None = msgspec.field(default=None, name="resourceType")
    id: str | None = None
    meta: Meta | None = None
    contained: list[msgspec.Raw] | None = None


class Named(Shape):
    """A resource of a type that is only counted: its identifiers are read so that references to it resolve."""

    identifier: list[Identifier | None] | Identifier | None = None


class Communication(Shape):
    language: Concept | None = None
    preferred: bool | None = None


class Patient(Shape):
    identifier: list[Identifier | None] | None = None
    extension: list[Extension | None] | None = None
    name: list[HumanName | None] | None = None
    gender: str | None = None
    birth_date: str | None = msgspec.field(default=None, name="birthDate")
    deceased: bool | None = msgspec.field(default=None, name="deceasedBoolean")
    died: str | None = msgspec.field(default=None, name="deceasedDateTime")
    address: list[Address | None] | None = None
    communication: list[Communication | None] | None = None
    general_practitioner: list[Reference | None] | None = msgspec.field(default=None, name="generalPractitioner")


class Organization(Shape):
    identifier: list[Identifier | None] | None = None
    active: bool | None = None
    type: list[Concept | None] | None = None
    name: str | None = None
    part_of: Reference | None = msgspec.field(default=None, name="partOf")
    address: list[Address | None] | None = None


class Qualification(Shape):
    code: Concept | None = None


class Practitioner(Shape):
    identifier: list[Identifier | None] | None = None
    active: bool | None = None
    name: list[HumanName | None] | None = None
    qualification: list[Qualification | None] | None = None


class PractitionerRole(Shape):
    identifier: list[Identifier | None] | None = None
    active: bool | None = None
    period: Period | None = None
    practitioner: Reference | None = None
    organization: Reference | None = None
    code: list[Concept | None] | None = None
    specialty: list[Concept | None] | None = None
    location: list[Reference | None] | None = None


class Location(Shape):
    identifier: list[Identifier | None] | None = None
    name: str | None = None
    type: list[Concept | None] | None = None
    physical_type: Concept | None = msgspec.field(default=None, name="physicalType")
    address: Address | None = None
    managing: Reference | None = msgspec.field(default=None, name="managingOrganization")


class EncounterParticipant(Shape):
    type: list[Concept | None] | None = None
    individual: Reference | None = None


class EncounterLocation(Shape):
    location: Reference | None = None


class Encounter(Shape):
    identifier: list[Identifier | None] | None = None
    status: str | None = None
    class_: Coding | None = msgspec.field(default=None, name="class")
    type: list[Concept | None] | None = None
    service_type: Concept | None = msgspec.field(default=None, name="serviceType")
    subject: Reference | None = None
    based_on: list[Reference | None] | None = msgspec.field(default=None, name="basedOn")
    participant: list[EncounterParticipant | None] | None = None
    period: Period | None = None
    reason: list[Concept | None] | None = msgspec.field(default=None, name="reasonCode")
    location: list[EncounterLocation | None] | None = None
    service_provider: Reference | None = msgspec.field(default=None, name="serviceProvider")
    part_of: Reference | None = msgspec.field(default=None, name="partOf")


class Condition(Shape):
    identifier: list[Identifier | None] | None = None
    clinical_status: Concept | None = msgspec.field(default=None, name="clinicalStatus")
    verification_status: Concept | None = msgspec.field(default=None, name="verificationStatus")
    category: list[Concept | None] | None = None
    code: Concept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    onset: str | None = msgspec.field(default=None, name="onsetDateTime")
    onset_period: Period | None = msgspec.field(default=None, name="onsetPeriod")
    abated: str | None = msgspec.field(default=None, name="abatementDateTime")
    abated_period: Period | None = msgspec.field(default=None, name="abatementPeriod")
    recorded: str | None = msgspec.field(default=None, name="recordedDate")


class CareTeamParticipant(Shape):
    role: list[Concept | None] | None = None
    member: Reference | None = None
    on_behalf_of: Reference | None = msgspec.field(default=None, name="onBehalfOf")


class CareTeam(Shape):
    identifier: list[Identifier | None] | None = None
    status: str | None = None
    category: list[Concept | None] | None = None
    name: str | None = None
    subject: Reference | None = None
    period: Period | None = None
    participant: list[CareTeamParticipant | None] | None = None
    managing: list[Reference | None] | None = msgspec.field(default=None, name="managingOrganization")


class CarePlan(Shape):
    identifier: list[Identifier | None] | None = None
    status: str | None = None
    intent: str | None = None
    category: list[Concept | None] | None = None
    title: str | None = None
    description: str | None = None
    subject: Reference | None = None
    period: Period | None = None
    author: Reference | None = None
    care_team: list[Reference | None] | None = msgspec.field(default=None, name="careTeam")
    addresses: list[Reference | None] | None = None
    goal: list[Reference | None] | None = None


class GoalTarget(Shape):
    due: str | None = msgspec.field(default=None, name="dueDate")


class Goal(Shape):
    identifier: list[Identifier | None] | None = None
    lifecycle_status: str | None = msgspec.field(default=None, name="lifecycleStatus")
    achievement_status: Concept | None = msgspec.field(default=None, name="achievementStatus")
    description: Concept | None = None
    subject: Reference | None = None
    start: str | None = msgspec.field(default=None, name="startDate")
    target: list[GoalTarget | None] | None = None
    expressed_by: Reference | None = msgspec.field(default=None, name="expressedBy")


class ServiceRequest(Shape):
    identifier: list[Identifier | None] | None = None
    based_on: list[Reference | None] | None = msgspec.field(default=None, name="basedOn")
    status: str | None = None
    intent: str | None = None
    priority: str | None = None
    category: list[Concept | None] | None = None
    code: Concept | None = None
    subject: Reference | None = None
    occurrence: str | None = msgspec.field(default=None, name="occurrenceDateTime")
    occurrence_period: Period | None = msgspec.field(default=None, name="occurrencePeriod")
    authored: str | None = msgspec.field(default=None, name="authoredOn")
    requester: Reference | None = None
    performer: list[Reference | None] | None = None
    reason: list[Concept | None] | None = msgspec.field(default=None, name="reasonCode")


class Task(Shape):
    identifier: list[Identifier | None] | None = None
    based_on: list[Reference | None] | None = msgspec.field(default=None, name="basedOn")
    part_of: list[Reference | None] | None = msgspec.field(default=None, name="partOf")
    status: str | None = None
    business_status: Concept | None = msgspec.field(default=None, name="businessStatus")
    intent: str | None = None
    priority: str | None = None
    code: Concept | None = None
    description: str | None = None
    focus: Reference | None = None
    for_: Reference | None = msgspec.field(default=None, name="for")
    execution: Period | None = msgspec.field(default=None, name="executionPeriod")
    authored: str | None = msgspec.field(default=None, name="authoredOn")
    modified: str | None = msgspec.field(default=None, name="lastModified")
    requester: Reference | None = None
    owner: Reference | None = None


class AppointmentParticipant(Shape):
    actor: Reference | None = None


class Appointment(Shape):
    identifier: list[Identifier | None] | None = None
    status: str | None = None
    service_type: list[Concept | None] | None = msgspec.field(default=None, name="serviceType")
    description: str | None = None
    start: str | None = None
    end: str | None = None
    based_on: list[Reference | None] | None = msgspec.field(default=None, name="basedOn")
    participant: list[AppointmentParticipant | None] | None = None


class RelatedPerson(Shape):
    identifier: list[Identifier | None] | None = None
    patient: Reference | None = None
    relationship: list[Concept | None] | None = None
    name: list[HumanName | None] | None = None


class Flag(Shape):
    identifier: list[Identifier | None] | None = None
    status: str | None = None
    category: list[Concept | None] | None = None
    code: Concept | None = None
    subject: Reference | None = None
    period: Period | None = None


class Request(Shape):
    method: str | None = None
    url: str | None = None


class Entry(Shape):
    full_url: str | None = msgspec.field(default=None, name="fullUrl")
    resource: msgspec.Raw = msgspec.Raw(b"")
    request: Request | None = None


class Bundle(Shape):
    """A bundle with its entries still unread, so that one bad entry does not spoil the rest."""

    type: str | None = None
    entry: list[msgspec.Raw] | None = None
