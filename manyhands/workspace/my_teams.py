"""The teams somebody belongs to, and those they have been invited to: worked out from the log, as everything is."""

from dataclasses import dataclass
from datetime import datetime

from manyhands import who
from manyhands.log.read import several
from manyhands.people.models import Team
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody was asked to join a team for an organisation, and has not done so yet."""

    team: who.Team
    organisation: who.Organisation
    invited_by: who.Person


@dataclass(frozen=True, slots=True)
class MyTeams:
    """How things stand in each team that somebody is in, and where they are invited to."""

    standings: dict[who.Team, Standing]
    invitations: tuple[Invitation, ...]


def teams_of(person: who.Person, at: datetime) -> MyTeams:
    """Two queries, however many teams there are, and one more where something new has been done in any of them."""
    everywhere = [who.Team(team) for team in Team.objects.order_by("name", "id").values_list("id", flat=True)]
    standings = several(everywhere, fold)
    return MyTeams(
        standings={team: standings[team] for team in everywhere if standings[team].is_member(person, at)},
        invitations=tuple(
            Invitation(team, organisation, by)
            for team in everywhere
            for (invited, organisation), by in standings[team].invited.items()
            if invited == person
        ),
    )
