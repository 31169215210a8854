"""
Who works where, who is cared for, who does what, as FHIR R4 resources for other systems. It is made of the same rows
and acts as everything else, and says less: the log of acts has no like in FHIR.

Ids are those of the workspace. Words that people wrote stay out, but for what a responsibility and a group are called.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from manyhands import acts, who
from manyhands.log.chain import moment
from manyhands.log.read import brought_forward
from manyhands.people.models import Organisation, Patient, Person, Role, Team
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing
from manyhands.rules.things import Period, ResponsibilityStanding

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
OURS = "urn:manyhands:"
Resource = dict[str, object]

STATUS = {"asked": "requested", "declined": "rejected", "taken-on": "accepted"}
PROGRESS = {
    acts.Progress.NOT_STARTED: "accepted",
    acts.Progress.IN_PROGRESS: "in-progress",
    acts.Progress.CANNOT_YET: "on-hold",
}
OUTCOME = {
    acts.Outcome.DONE: "completed",
    acts.Outcome.PARTLY: "completed",
    acts.Outcome.NOT_DONE: "failed",
    acts.Outcome.NO_LONGER_NEEDED: "cancelled",
}


def everything(teams: Iterable[str]) -> Iterator[tuple[str, Iterable[Resource]]]:
    """Each type of resource, with all its resources."""
    standings = {team: brought_forward(who.Team(team), fold) for team in teams}
    titles = dict(Role.objects.values_list("id", "title"))
    names = dict(Team.objects.values_list("id", "name"))
    yield "Organization", map(_organization, Organisation.objects.order_by("id").iterator(1000))
    yield "Practitioner", map(_practitioner, Person.objects.order_by("id").iterator(1000))
    yield "Patient", map(_patient, Patient.objects.order_by("id").iterator(1000))
    yield "PractitionerRole", (each for standing in standings.values() for each in _held(standing, titles))
    yield "CareTeam", (_care_team(team, names.get(team, team), each) for team, each in standings.items())
    yield "Group", (each for standing in standings.values() for each in _groups(standing))
    yield "Task", (_task(each) for standing in standings.values() for each in standing.responsibilities.values())


def _organization(row: Organisation) -> Resource:
    return _with(
        {"resourceType": "Organization", "id": _id(row.id), "name": row.name},
        identifier=[{"system": ODS_CODE, "value": row.ods_code}] if row.ods_code else None,
        type=[{"text": row.sector}] if row.sector else None,
    )


def _practitioner(row: Person) -> Resource:
    return _with(
        {"resourceType": "Practitioner", "id": _id(row.id), "active": row.is_active, "name": [{"text": row.name}]},
        qualification=[{"code": {"text": row.profession}}] if row.profession else None,
    )


def _patient(row: Patient) -> Resource:
    identifier = [{"system": NHS_NUMBER, "value": row.nhs_number}] if row.nhs_number else []
    name = _with({}, family=row.family_name or None, given=row.given_names.split() or None)
    return _with(
        {"resourceType": "Patient", "id": _id(row.id)},
        identifier=[*identifier, {"system": f"{OURS}record", "value": row.record}],
        name=[name] if name else None,
        gender=row.gender if row.gender in ("male", "female", "other", "unknown") else None,
        birthDate=row.born_on.isoformat() if row.born_on else None,
        deceasedDateTime=row.died_on.isoformat() if row.died_on else None,
    )


def _held(standing: Standing, titles: dict[str, str]) -> Iterator[Resource]:
    """Each time that somebody held a role, or stood in, with its period."""
    now = standing.last_at or datetime.now(UTC)
    for role in standing.roles.values():
        for number, held in enumerate(role.holdings, start=1):
            deputy = ", deputy" if held.as_deputy else ""
            yield {
                "resourceType": "PractitionerRole",
                "id": _id(f"{role.role}-{number}"),
                "active": held.period.covers(now),
                "period": _period(held.period),
                "practitioner": _to("Practitioner", held.person),
                "organization": _to("Organization", role.organisation),
                "code": [{"text": f"{titles.get(role.role, role.kind)}{deputy}"}],
            }


def _care_team(team: str, name: str, standing: Standing) -> Resource:
    organisations = {each.organisation for memberships in standing.memberships.values() for each in memberships}
    participants = [
        {
            "member": _to("Practitioner", person),
            "onBehalfOf": _to("Organization", each.organisation),
            "period": _period(each.period),
        }
        for person, memberships in standing.memberships.items()
        for each in memberships
    ]
    return {
        "resourceType": "CareTeam",
        "id": _id(team),
        "status": "active",
        "name": name,
        "participant": participants,
        "managingOrganization": [_to("Organization", each) for each in sorted(organisations)],
    }


def _groups(standing: Standing) -> Iterator[Resource]:
    for group in standing.groups.values():
        yield _with(
            {"resourceType": "Group", "id": _id(group.group), "type": "person", "actual": True},
            name=str(group.called) or None,
            quantity=len(group.patients),
            member=[{"entity": _to("Patient", each)} for each in sorted(group.patients)] or None,
        )


def _task(each: ResponsibilityStanding) -> Resource:
    state = OUTCOME[each.outcome] if each.outcome else STATUS[each.state]
    about = ("Patient", each.patient) if each.patient else ("Group", each.group) if each.group else None
    return _with(
        {
            "resourceType": "Task",
            "id": _id(each.responsibility),
            "status": PROGRESS.get(each.progress, state) if each.state == "taken-on" else state,
            "intent": "order",
            "description": str(each.what),
            "authoredOn": moment(each.asked_at),
            "restriction": {"period": {"end": each.check_on.isoformat()}},
        },
        **{"for": _to(*about) if about else None},
        businessStatus={"text": (each.outcome or each.progress).value.replace("-", " ")},
        executionPeriod={"end": moment(each.closed_at)} if each.closed_at else None,
    )


def _to(kind: str, identifier: str) -> Resource:
    return {"reference": f"{kind}/{_id(identifier)}"}


def _period(period: Period) -> Resource:
    return _with({"start": moment(period.from_at)}, end=moment(period.until_at) if period.until_at else None)


def _id(identifier: str) -> str:
    """As FHIR wants ids: letters, digits, - and ., at most 64. Ours have _ besides."""
    return re.sub(r"[^A-Za-z0-9.-]", lambda sign: f".{ord(sign[0]):x}.", identifier)[:64]


def _with(resource: Resource, **more: object) -> Resource:
    return resource | {name: value for name, value in more.items() if value is not None}
