"""
The agendas of meetings: as they make themselves at this moment, and before everyone by themselves the day before.
"""

from collections.abc import Iterator
from datetime import datetime

from manyhands import acts, who
from manyhands.log.read import brought_forward, several
from manyhands.log.record import Refused, TryAgain, record
from manyhands.people.models import Team
from manyhands.pictures import proposals
from manyhands.pictures.agenda import Line, agenda
from manyhands.rules.folding import fold
from manyhands.rules.meeting import by_itself_from
from manyhands.rules.standing import Standing
from manyhands.rules.things import MeetingStanding
from manyhands.workspace.known_here import who_knows

MOST_UNKNOWN = 5
"""People whom nobody here knows, on one agenda: more than these are not got through in an hour."""


def made_now(team: who.Team, meeting: MeetingStanding, standing: Standing, at: datetime) -> tuple[Line, ...]:
    """The agenda as it makes itself at this moment."""
    everyone = list(dict.fromkeys(p for group in standing.groups.values() for p in sorted(group.patients)))
    known = who_knows(everyone, standing, at)
    unknown = [patient for patient in everyone if known is not None and not known[patient]][:MOST_UNKNOWN]
    return agenda(meeting, brought_forward(team, proposals.fold), standing, unknown)


def put_before_everyone(at: datetime) -> int:
    """
    Put every agenda before everyone that nobody has, where it is the day before: in the name of whoever answers for the
    role that called the meeting, or else for the coordinating role. Gives how many. An agenda with nothing on it, and a
    meeting that nobody present answers for, are left to people. What is refused because somebody has just done it, or
    because many are writing in the team, is tried again the next time.
    """
    everywhere = [who.Team(team) for team in Team.objects.values_list("id", flat=True)]
    done = 0
    for team, standing in several(everywhere, fold).items():
        for act in _due(team, standing, at):
            try:
                record(act)
                done += 1
            except (Refused, TryAgain):
                continue
    return done


def _due(team: who.Team, standing: Standing, at: datetime) -> Iterator[acts.Circulate]:
    for meeting in standing.meetings.values():
        if meeting.circulated_at or meeting.ended or not by_itself_from(meeting) <= at < meeting.starts_at:
            continue
        roles = (meeting.role, standing.coordinating)
        names = [(role, person) for role in roles if role for person in standing.present_in(role, at)]
        items = tuple(line.item for line in made_now(team, meeting, standing, at)) if names else ()
        if items:
            role, person = names[0]
            yield acts.Circulate(
                team=team,
                by=person,
                for_organisation=standing.roles[role].organisation,
                in_role=role,
                at=at,
                meeting=meeting.meeting,
                items=items,
                by_itself=True,
            )
