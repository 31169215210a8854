"""
The basis that a search gives: whoever searched may look over whom it found, for a while, and nobody else may.

What they see is the least that choosing takes (docs/decisions/0020-people-found-have-no-names.md), of people whom an
organisation of the team has seen (docs/decisions/0022-who-can-be-found.md).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from manyhands import who
from manyhands.rules.standing import Standing

LASTS = timedelta(minutes=30)
"""How long a search may be looked over: long enough to choose with care, short of a shift. A guess."""


def reach(
    standing: Standing, at: datetime, sharing: frozenset[who.Organisation] | None = None
) -> frozenset[who.Organisation]:
    """
    The organisations whose people a team may find or put in a group: those that a member who is present speaks for,
    in a role, and that are under the sharing agreement (`sharing`, where anybody has recorded one). Whoever none of
    them has seen is nobody's to find here.
    """
    return frozenset(
        role.organisation
        for role in standing.roles.values()
        for person in role.people(at)
        if standing.is_present(person, at) and role.organisation in standing.organisations_of(person, at)
        if sharing is None or role.organisation in sharing
    )


@dataclass(frozen=True, slots=True)
class Search:
    """A search of the loaded records: who made it, in which team, when, and the records of those it found."""

    by: who.Person
    team: who.Team
    made_at: datetime
    found: frozenset[str]

    def is_over(self, at: datetime) -> bool:
        return not self.made_at <= at < self.made_at + LASTS
