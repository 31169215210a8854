"""
The grounds on which somebody sees a patient in a team, one small function each: all that are true at a moment, before
anything is taken away by agreements or by what the patient has said (`deciding.py`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from manyhands import acts, who
from manyhands.access.bases import Basis, Ground, Level
from manyhands.access.circumstances import Circumstances
from manyhands.rules.standing import Standing
from manyhands.rules.things import MeetingStanding, ResponsibilityStanding, RoleStanding

FOLLOW_UP = timedelta(days=28)
"""How long whoever carried a responsibility about somebody stays informed after it is closed. A guess."""

AFTER_A_MEETING = timedelta(days=7)
"""How long whoever was in a meeting that talked about somebody stays informed: while minutes are put right. A guess."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who would see a patient: in which roles, how things stand, when, and what is known beside."""

    person: who.Person
    patient: who.Patient
    roles: tuple[RoleStanding, ...]
    standing: Standing
    at: datetime
    circumstances: Circumstances


def tasks(looking: Looking) -> Iterator[Ground]:
    """
    A responsibility about the patient. Asking gives the least; accepting gives all, until it is closed; whoever carried
    it then stays informed for a while, unless it turned out not to be needed. Holders before those who stand in; what
    is open before what is closed.
    """
    about = [each for each in looking.standing.responsibilities.values() if each.patient == looking.patient]
    for level, closed in ((Level.CONTRIBUTOR, False), (Level.INFORMED, True), (Level.INVITED, False)):
        for standing_in in (False, True):
            for held in about:
                if _gives(held, looking.at) == (level, closed):
                    yield from _task(held, level, closed, standing_in, looking)


def _gives(held: ResponsibilityStanding, at: datetime) -> tuple[Level, bool] | None:
    """The level that a responsibility gives at a moment, and whether it is over."""
    if held.state == "asked":
        return Level.INVITED, False
    if held.state == "taken-on":
        return Level.CONTRIBUTOR, False
    if held.outcome is acts.Outcome.NO_LONGER_NEEDED:
        return None
    over = held.closed_at is not None and held.taken_on_at is not None and at < held.closed_at + FOLLOW_UP
    return (Level.INFORMED, True) if over else None


def _task(
    held: ResponsibilityStanding, level: Level, closed: bool, standing_in: bool, looking: Looking
) -> Iterator[Ground]:
    answering = held.deputy_role if standing_in else held.role
    for role in looking.roles:
        if role.role == answering:
            yield Ground(
                Basis.DIRECT_CARE_TASK,
                role.role,
                role.organisation,
                level,
                called=held.what,
                responsibility=held.responsibility,
                standing_in=standing_in,
                since=held.taken_on_at,
                until=held.closed_at + FOLLOW_UP if closed and held.closed_at else None,
                closed=closed,
            )


def groups(looking: Looking) -> Iterator[Ground]:
    """A group of the team that the patient is in: for everybody in a role; the coordinating role leads."""
    coordinating = [role for role in looking.roles if role.role == looking.standing.coordinating]
    for role in (*coordinating, *looking.roles)[:1]:
        for group in looking.standing.groups.values():
            if looking.patient in group.patients:
                yield Ground(
                    Basis.CASELOAD_ALLOCATION,
                    role.role,
                    role.organisation,
                    Level.LEAD if coordinating else Level.CONTRIBUTOR,
                    group=group.group,
                    called=group.called,
                    leads=bool(coordinating),
                )


def practice(looking: Looking) -> Iterator[Ground]:
    """The practice that the patient is registered with stays informed of whatever the team has in hand about them."""
    registered = looking.circumstances.practices.get(looking.patient, frozenset())
    if not registered or not looking.standing.looks_after(looking.patient):
        return
    for role in looking.roles:
        if role.organisation in registered:
            yield Ground(Basis.REGISTERED_PRACTICE, role.role, role.organisation, Level.INFORMED)
            return


def meetings(looking: Looking) -> Iterator[Ground]:
    """
    The agenda of a meeting that the patient is on: for everybody in a role from its circulation until it begins, then
    for those who were there, until a week after.
    """
    for meeting in looking.standing.meetings.values():
        for role in looking.roles[:1]:
            if _talks_of(meeting, looking.patient) and _is_for(meeting, looking):
                yield Ground(
                    Basis.MEETING,
                    role.role,
                    role.organisation,
                    Level.INFORMED,
                    called=meeting.called,
                    since=meeting.circulated_at,
                    until=meeting.starts_at + AFTER_A_MEETING,
                )


def _talks_of(meeting: MeetingStanding, patient: who.Patient) -> bool:
    return any(item.about is acts.About.PATIENT and item.which == patient for item in meeting.items)


def _is_for(meeting: MeetingStanding, looking: Looking) -> bool:
    if meeting.circulated_at is None or meeting.ended == "called-off":
        return False
    if not meeting.circulated_at <= looking.at < meeting.starts_at + AFTER_A_MEETING:
        return False
    return (meeting.ended is None and looking.at < meeting.starts_at) or meeting.is_there(looking.person)


def invited(looking: Looking) -> Iterator[Ground]:
    """Whom the patient has asked to know, in a role or without one."""
    organisations = looking.standing.organisations_of(looking.person, looking.at)
    for each in looking.circumstances.invited.get(looking.patient, ()):
        if each.person == looking.person and (each.until is None or looking.at < each.until):
            role = looking.roles[0] if looking.roles else None
            yield Ground(
                Basis.PERSON_INVITED,
                role.role if role else None,
                role.organisation if role else organisations[0],
                Level.INFORMED,
                since=each.since,
                until=each.until,
            )


def glass(looking: Looking) -> Iterator[Ground]:
    """The glass that somebody broke, in a role that they still hold, until its time is up."""
    mine = {role.role for role in looking.roles}
    for each in looking.circumstances.glass.get(looking.patient, ()):
        if each.person == looking.person and each.role in mine and each.since <= looking.at < each.until:
            yield Ground(
                Basis.BREAK_GLASS,
                each.role,
                each.organisation,
                Level.CONTRIBUTOR,
                since=each.since,
                until=each.until,
            )


GROUNDS: tuple[Callable[[Looking], Iterator[Ground]], ...] = (tasks, groups, practice, meetings, invited, glass)
"""All of them, in the order in which they are told; the first that allows something is the one written down."""
