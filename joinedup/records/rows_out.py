"""What a store answers with: small frozen records, whose fields are the columns of records/tables.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PatientRecord:
    patient: str
    nhs_number: str | None
    nhs_number_state: str
    family_name: str | None
    given_names: str | None
    gender: str | None
    born_on: date | None
    deceased: bool | None
    died_at: datetime | None
    postcode: str | None
    ethnicity: str | None
    language: str | None
    communication_need: str | None
    deprivation_decile: int | None
    general_practice: str | None
    general_practice_name: str | None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    contact: str
    patient: str
    started_at: datetime | None
    ended_at: datetime | None
    organisation: str | None
    organisation_name: str | None
    organisation_from: str | None
    practitioner: str | None
    practitioner_name: str | None
    profession: str | None
    class_: str | None
    type: str | None
    reason: str | None
    status: str | None
    part_of: str | None


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    condition: str
    patient: str
    system: str | None
    code: str | None
    display: str | None
    snomed_code: str | None
    icd10_code: str | None
    onset_on: date | None
    abated_on: date | None
    clinical_status: str | None
    verification_status: str | None


@dataclass(frozen=True, slots=True)
class ReferralRecord:
    referral: str
    patient: str
    asked_at: datetime | None
    status: str | None
    priority: str | None
    service: str | None
    reason: str | None
    from_organisation: str | None
    from_organisation_name: str | None
    to_organisation: str | None
    to_organisation_name: str | None
    requester_as_given: str | None
    performer_as_given: str | None
    seen_at: datetime | None
    days_waiting: float | None


@dataclass(frozen=True, slots=True)
class MemberRecord:
    member: str | None
    member_type: str | None
    member_as_given: str | None
    name: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class CareTeamRecord:
    care_team: str
    patient: str | None
    name: str | None
    status: str | None
    category: str | None
    members: tuple[MemberRecord, ...]


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    organisation: str
    name: str | None
    ods_code: str | None
    type: str | None
    part_of: str | None
    known_from: str


@dataclass(frozen=True, slots=True)
class PractitionerRecord:
    practitioner: str
    name: str | None
    profession: str | None
    organisations: tuple[str, ...]
    """Keys of the organisations of this professional's posts, else of the contacts: the most frequent first."""


@dataclass(frozen=True, slots=True)
class Knows:
    patient: str
    practitioner: str
    organisation: str | None
    contacts: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Source:
    source: str
    load: int
    digest: str
    bytes: int
    outcome: str
    resources: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Aside:
    source: str
    position: str
    reason: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Counted:
    source: str
    resource_type: str
    contained: bool
    outcome: str
    number: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    reference: str
    from_type: str
    example: str
    source: str
    times: int
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    source: str
    position: str
    record: str
    doubt: str
