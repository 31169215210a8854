"""
The one decision: may this person do this, about this patient, now, and on what basis?

Worked out each time from what has been done and what is known beside, and never kept: whoever steps down, leaves, or
closes a responsibility, and whoever's organisation leaves the sharing agreement, sees no more from that moment on.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from manyhands import who
from manyhands.access.bases import NEEDS, Action, Basis, Decision, Ground, Level
from manyhands.access.circumstances import NOTHING_BESIDES, Circumstances
from manyhands.access.grounds import GROUNDS, Looking
from manyhands.access.searching import Search
from manyhands.rules.standing import Standing
from manyhands.rules.things import RoleStanding

NOT_A_MEMBER = "not in this team"
NO_ROLE = "in no role here: only somebody who holds a role, or deputises for one, sees who the people are"
NO_GROUND = "in none of the team's groups, and nothing about them is held by a role of theirs"
NOT_SO_MUCH = "what there is gives less than this takes"
NOT_UNDER_AGREEMENT = "their organisation is under no sharing agreement now"
SEARCH_OVER = "the search is over, or somebody else's: search again"

PASSES_OBJECTION = (Basis.REGISTERED_PRACTICE, Basis.PERSON_INVITED, Basis.BREAK_GLASS)
"""What somebody's objection to sharing leaves: their own practice, whom they asked themselves, and an emergency."""


def decide(
    person: who.Person,
    action: Action,
    patient: who.Patient | str,
    standing: Standing,
    at: datetime,
    search: Search | None = None,
    circumstances: Circumstances = NOTHING_BESIDES,
) -> Decision:
    """
    A member of a team sees a patient for as long as any ground for it remains, at the level of the highest, and does
    what that level allows. A ground ends with its role, its group, its responsibility, its meeting; with the sharing
    agreement of its organisation; and where the patient objects or is restricted, unless it is one that passes that.
    Whoever has just searched looks over the people found, who are named by their key in the records (`search`).
    """
    if not standing.is_member(person, at):
        return Decision(False, reasons=(NOT_A_MEMBER,))
    roles = standing.roles_of(person, at)
    if action is Action.REVIEW:
        return _look_over(person, str(patient), roles, at, search, circumstances)
    looking = Looking(person, who.Patient(patient), roles, standing, at, circumstances)
    there = tuple(ground for collect in GROUNDS for ground in collect(looking))
    grounds = tuple(_left(there, looking))
    good = tuple(each for each in grounds if _is_enough(each, action))
    if good:
        return Decision(True, grounds=good)
    return Decision(False, reasons=(_why_not(looking, there, grounds),))


def _look_over(
    person: who.Person,
    record: str,
    roles: tuple[RoleStanding, ...],
    at: datetime,
    search: Search | None,
    circumstances: Circumstances,
) -> Decision:
    able = [role for role in roles if circumstances.shares(role.organisation)]
    if not able:
        return Decision(False, reasons=(NOT_UNDER_AGREEMENT if roles else NO_ROLE,))
    if search is None or search.by != person or search.is_over(at) or record not in search.found:
        return Decision(False, reasons=(SEARCH_OVER,))
    return Decision(True, grounds=(Ground(Basis.COHORT_REVIEW, able[0].role, able[0].organisation, Level.INVITED),))


def _is_enough(ground: Ground, action: Action) -> bool:
    """Whoever broke the glass reads, and writes no more than an emergency note."""
    if action is Action.LEAD:
        return ground.leads
    return ground.level >= NEEDS[action] and not (action is Action.CONTRIBUTE and ground.basis is Basis.BREAK_GLASS)


def _left(grounds: tuple[Ground, ...], looking: Looking) -> Iterator[Ground]:
    """
    The grounds that neither the agreements, nor what the patient has said, nor the removal of their record have ended.
    Whoever leads keeps as much as it takes to see what was said, and to write down that it was taken back.
    """
    removed_at = looking.standing.removed.get(looking.patient)
    objects_since = looking.circumstances.objects.get(looking.patient)
    only = looking.circumstances.restricted.get(looking.patient)
    for ground in grounds:
        if ground.basis is not Basis.PERSON_INVITED and not looking.circumstances.shares(ground.organisation):
            continue
        if removed_at is not None and ground.since is not None and ground.since <= removed_at:
            continue
        if only is not None and ground.basis is not Basis.BREAK_GLASS and ground.role not in only:
            continue
        if objects_since is not None and not _passes(ground, objects_since):
            if ground.leads:
                yield replace(ground, level=Level.INFORMED)
            continue
        yield ground


def _passes(ground: Ground, objects_since: datetime) -> bool:
    """What somebody took on before the patient objected goes on; nothing new begins."""
    begun = ground.basis is Basis.DIRECT_CARE_TASK and ground.since is not None and ground.since < objects_since
    return begun or ground.basis in PASSES_OBJECTION


def _why_not(looking: Looking, there: tuple[Ground, ...], left: tuple[Ground, ...]) -> str:
    if left:
        return NOT_SO_MUCH
    if there and not any(looking.circumstances.shares(each.organisation) for each in there):
        return NOT_UNDER_AGREEMENT
    return NO_GROUND if looking.roles else NO_ROLE


def who_would_see(
    standing: Standing, at: datetime, circumstances: Circumstances = NOTHING_BESIDES
) -> dict[who.Person, tuple[RoleStanding, ...]]:
    """Every member who sees whoever is put in a group of the team, with the roles that they do so in."""
    roles = {
        person: tuple(role for role in standing.roles_of(person, at) if circumstances.shares(role.organisation))
        for person in standing.members(at)
    }
    return {person: theirs for person, theirs in roles.items() if theirs}


def who_can_see(
    patient: who.Patient, standing: Standing, at: datetime, circumstances: Circumstances = NOTHING_BESIDES
) -> dict[who.Person, Decision]:
    """Every member who may read about a patient, with why."""
    decisions = {
        person: decide(person, Action.READ, patient, standing, at, circumstances=circumstances)
        for person in standing.members(at)
    }
    return {person: decision for person, decision in decisions.items() if decision.allowed}
