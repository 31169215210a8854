"""
What identifiers are called, read in a fixed number of queries for a whole page.

Patients are not here: their names are given out only by `manyhands.access`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from manyhands import who
from manyhands.people.models import Organisation, Person, Role, Team


@dataclass(frozen=True, slots=True)
class Names:
    """What people, organisations, roles and teams are called. Something nobody knows any more is called so."""

    people: dict[str, str]
    organisations: dict[str, str]
    roles: dict[str, str]
    teams: dict[str, str]

    def person(self, person: who.Person) -> str:
        return self.people.get(person, "somebody no longer here")

    def organisation(self, organisation: who.Organisation) -> str:
        return self.organisations.get(organisation, "an organisation no longer here")

    def role(self, role: who.Role) -> str:
        return self.roles.get(role, "a role no longer here")

    def team(self, team: who.Team) -> str:
        return self.teams.get(team, "a team no longer here")


def names_in(teams: Iterable[who.Team]) -> Names:
    """The names a page about these teams needs: four queries, however many people, roles and teams there are."""
    teams = list(teams)
    return Names(
        people=dict(Person.objects.values_list("id", "name")),
        organisations=dict(Organisation.objects.values_list("id", "name")),
        roles=dict(Role.objects.filter(team_id__in=teams).values_list("id", "title")),
        teams=dict(Team.objects.filter(id__in=teams).values_list("id", "name")),
    )
