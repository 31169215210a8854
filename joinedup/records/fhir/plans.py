"""What is agreed around a person: CareTeam, CarePlan, Goal."""

from __future__ import annotations

from joinedup.records.fhir import shapes
from joinedup.records.fhir.naming import as_given
from joinedup.records.fhir.rows import Rows, code, first, words


def care_team(read: shapes.CareTeam, rows: Rows) -> None:
    started_at, ended_at = rows.period(read.period, "period")
    rows.add(
        "care_teams",
        {
            "care_team": rows.around.key,
            "patient": rows.refer(read.subject, "Patient"),
            "name": read.name,
            "status": read.status,
            "category": words(first(read.category)),
            "organisation": rows.first(read.managing, "Organization")[0],
            "started_at": started_at,
            "ended_at": ended_at,
        },
    )
    members = [each for each in read.participant or () if each is not None]
    for position, each in enumerate(members):
        role = first(each.role)
        rows.add(
            "care_team_members",
            {
                "care_team": rows.around.key,
                "position": position,
                "member": rows.refer(each.member, "Practitioner"),
                "member_as_given": as_given(each.member),
                "role_code": code(role),
                "role": words(role),
                "on_behalf_of": rows.refer(each.on_behalf_of, "Organization"),
            },
        )


def care_plan(read: shapes.CarePlan, rows: Rows) -> None:
    started_at, ended_at = rows.period(read.period, "period")
    category = first(read.category)
    rows.add(
        "care_plans",
        {
            "care_plan": rows.around.key,
            "patient": rows.refer(read.subject, "Patient"),
            "title": read.title or words(category),
            "description": read.description,
            "category_code": code(category),
            "status": read.status,
            "intent": read.intent,
            "started_at": started_at,
            "ended_at": ended_at,
            "author": rows.refer(read.author, "Practitioner"),
        },
    )
    links = [
        *(("care team", rows.refer(each, "CareTeam")) for each in read.care_team or ()),
        *(("goal", rows.refer(each, "Goal")) for each in read.goal or ()),
        *(("condition", rows.refer(each, "Condition")) for each in read.addresses or ()),
    ]
    for position, (what, record) in enumerate(links):
        row = {"care_plan": rows.around.key, "position": position, "what": what, "record": record}
        rows.add("care_plan_links", row)


def goal(read: shapes.Goal, rows: Rows) -> None:
    due = next((each.due for each in read.target or () if each is not None and each.due), None)
    rows.add(
        "goals",
        {
            "goal": rows.around.key,
            "patient": rows.refer(read.subject, "Patient"),
            "description": words(read.description),
            "lifecycle_status": read.lifecycle_status,
            "achievement_status": code(read.achievement_status) or words(read.achievement_status),
            "started_on": rows.day(read.start, "startDate"),
            "due_on": rows.day(due, "target.dueDate"),
            "expressed_by": rows.refer(read.expressed_by, "Patient"),
        },
    )
