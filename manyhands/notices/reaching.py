"""
Whom a role is reached by at a moment: its holder while present, else whoever stands in. So while somebody is away
their deputy is told, and they are not.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from manyhands import who
from manyhands.pictures.who_holds_what import Carried
from manyhands.rules.standing import Standing
from manyhands.rules.things import ProposalStanding

Reached = tuple[who.Person, who.Role | None]
"""Somebody, and the role that they are told in; none where it is for them themselves."""


def roles(which: Iterable[who.Role | None], standing: Standing, at: datetime) -> Iterator[Reached]:
    """Whoever answers for each of these roles. Nobody where everyone in it is away: an alarm says so in time."""
    for role in which:
        for person in standing.present_in(role, at)[:1]:
            yield person, role


def organisations(which: Iterable[who.Organisation], standing: Standing, at: datetime) -> Iterator[Reached]:
    """Whoever answers for each role that could speak for these organisations."""
    for organisation in which:
        yield from roles((role.role for role in standing.roles_for(organisation)), standing, at)


def everyone_in(which: Iterable[who.Organisation], standing: Standing, at: datetime) -> Iterator[Reached]:
    """Everyone present who holds a role of these organisations, or is its deputy."""
    for organisation in which:
        for role in standing.roles_for(organisation):
            yield from ((person, role.role) for person in standing.present_in(role.role, at))


def answered(proposal: ProposalStanding, standing: Standing, at: datetime) -> Iterator[Reached]:
    """
    Whoever answers now for each role that gave a position on any version, consenting or objecting: those who left are
    not asked, and their successors are.
    """
    yield from roles(dict.fromkeys(given.role for given in proposal.positions), standing, at)


def members(standing: Standing, at: datetime) -> Iterator[Reached]:
    """Everyone who is here. Whoever is away finds it on coming back."""
    yield from ((person, None) for person in standing.members(at) if standing.is_present(person, at))


def holding(responsibility: who.Responsibility, standing: Standing, at: datetime) -> Iterator[Reached]:
    """Whoever answers for a responsibility, or would on taking it on."""
    answering = standing.answering(responsibility, at)
    if answering is not None and answering.person is not None:
        yield answering.person, answering.for_role


def asked_for(
    responsibility: who.Responsibility, carried: Carried, standing: Standing, at: datetime
) -> Iterator[Reached]:
    """Whoever answers for the role that asked for a responsibility."""
    yield from roles([carried.responsibilities[responsibility].asked.by.role], standing, at)
