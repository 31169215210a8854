"""
The one decision: may this person do this, about this patient, now, and on what basis?

Worked out each time from what has been done, and never kept: whoever steps down, leaves, or closes a responsibility
sees no more from that moment on.
"""

from collections.abc import Iterator
from datetime import datetime

from manyhands import who
from manyhands.access.bases import Action, Basis, Decision, Ground
from manyhands.access.searching import Search
from manyhands.rules.standing import Standing
from manyhands.rules.things import RoleStanding

NOT_A_MEMBER = "not in this team"
NO_ROLE = "in no role here: only somebody who holds a role, or deputises for one, sees who the people are"
NO_GROUND = "in none of the team's groups, and nothing about them is held by a role of theirs"
SEARCH_OVER = "the search is over, or somebody else's: search again"


def decide(
    person: who.Person,
    action: Action,
    patient: who.Patient | str,
    standing: Standing,
    at: datetime,
    search: Search | None = None,
) -> Decision:
    """
    A member of a team who holds a role in it, or deputises for one, sees the patients of that team's groups, and the
    patient of a responsibility that a role of theirs has taken on, until it is closed. Whoever has just searched
    looks over the people found, who are named by their key in the records (`search`). Nobody else sees anybody.
    """
    if not standing.is_member(person, at):
        return Decision(False, reasons=(NOT_A_MEMBER,))
    roles = standing.roles_of(person, at)
    if not roles:
        return Decision(False, reasons=(NO_ROLE,))
    if action is Action.REVIEW:
        if search is None or search.by != person or search.is_over(at) or patient not in search.found:
            return Decision(False, reasons=(SEARCH_OVER,))
        return Decision(True, grounds=(Ground(Basis.COHORT_REVIEW, roles[0].role, roles[0].organisation),))
    grounds = (*_tasks(roles, who.Patient(patient), standing), *_groups(roles[0], who.Patient(patient), standing))
    return Decision(True, grounds=grounds) if grounds else Decision(False, reasons=(NO_GROUND,))


def who_would_see(standing: Standing, at: datetime) -> dict[who.Person, tuple[RoleStanding, ...]]:
    """Every member who sees whoever is put in a group of the team, with the roles that they do so in."""
    roles = {person: standing.roles_of(person, at) for person in standing.members(at)}
    return {person: theirs for person, theirs in roles.items() if theirs}


def who_can_see(patient: who.Patient, standing: Standing, at: datetime) -> dict[who.Person, Decision]:
    """Every member who may read about a patient, with why."""
    decisions = {person: decide(person, Action.READ, patient, standing, at) for person in standing.members(at)}
    return {person: decision for person, decision in decisions.items() if decision.allowed}


def _tasks(roles: tuple[RoleStanding, ...], patient: who.Patient, standing: Standing) -> Iterator[Ground]:
    """Responsibilities about the patient that these roles have taken on, then those that they stand in for."""
    about = [r for r in standing.responsibilities.values() if r.patient == patient and r.state == "taken-on"]
    for standing_in in (False, True):
        for held in about:
            answering = held.deputy_role if standing_in else held.role
            for role in roles:
                if role.role == answering:
                    yield Ground(
                        Basis.DIRECT_CARE_TASK,
                        role.role,
                        role.organisation,
                        called=held.what,
                        responsibility=held.responsibility,
                        standing_in=standing_in,
                    )


def _groups(role: RoleStanding, patient: who.Patient, standing: Standing) -> Iterator[Ground]:
    """The groups of the team that the patient is in."""
    for group in standing.groups.values():
        if patient in group.patients:
            yield Ground(
                Basis.CASELOAD_ALLOCATION, role.role, role.organisation, group=group.group, called=group.called
            )
