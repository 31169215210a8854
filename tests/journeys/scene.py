"""
Where the journeys happen: Hathermere with a few hundred residents, a clock, and a small team that has come together.

The people are the demo's, and so are their records of care: whoever is in the team is in the records too, so that
Find people and What if … left? have something true to show.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from demo import workspace
from demo.acts import Telling
from demo.place import (
    ASHA,
    BEN,
    CAROL,
    COMMUNITY,
    DEV,
    GOOD_NEIGHBOURS,
    INES,
    JOYCE,
    NAME,
    NASREEN,
    PRIORY_END,
    SOCIAL_CARE,
    NeighbourhoodTeam,
    Practitioner,
    Seat,
)
from demo.records import Wanted, write
from joinedup.records.load import load
from manyhands import acts, who
from manyhands.exchange.records import opening
from manyhands.log.record import record
from manyhands.people.models import Person, Role, Team
from manyhands.workspace.asking import standing_in
from manyhands.workspace.models import PartnerLink

MONDAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

CANAL_STREET = NeighbourhoodTeam(
    "canal-street",
    "Canal Street team",
    "To look after people by the canal whose care is in pieces.",
    (
        Seat("cs-coordinator", "Care coordinator", "care-coordinator", COMMUNITY, ASHA, (BEN,)),
        Seat("cs-gp", "GP lead", "gp", PRIORY_END, CAROL, (NASREEN,)),
        Seat("cs-social-worker", "Social worker", "social-worker", SOCIAL_CARE, DEV, (INES,)),
        Seat("cs-volunteers", "Volunteers' coordinator", "voluntary-sector-worker", GOOD_NEIGHBOURS, JOYCE),
    ),
)
"""Four organisations. Ben, Nasreen and Ines deputise; nobody does for Joyce."""

NEW = NeighbourhoodTeam(
    "brand-new",
    "Brand new team",
    "Nobody has done anything in it yet.",
    (Seat("bn", "Coordinator", "gp", COMMUNITY, ASHA),),
)
"""A team that has been convened, and nothing else: every page of it is empty."""


@dataclass
class Clock:
    """What the site takes for the time. It stands still until somebody waits."""

    now: datetime = field(default=MONDAY)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    @property
    def today(self) -> date:
        return self.now.date()


def write_and_load(into: Path, people: int) -> Path:
    """The folder of a store with the records of so many residents."""
    write(Wanted(people), into / "export", processes=1)
    load([str(into / "export")], into / "records")
    return into / "records"


def settle(settings: Any, store: Path) -> None:
    """Let the site read this store."""
    settings.RECORDS = store
    opening.forget()


def come_together(*teams: NeighbourhoodTeam, today: date) -> None:
    """Accounts for the demo's people, names for everything, and teams that came together two months ago."""
    workspace.name_everything(ours=True)
    workspace.open_accounts()
    for team in teams:
        Team.objects.create(id=team.key, name=team.name, place=NAME)
        Role.objects.bulk_create(Role(id=seat.role, team_id=team.key, title=seat.title) for seat in team.seats)
        say = Telling(team, today)
        say.on(60)
        say.convenes()
        say.on(59)
        say.everybody_joins()
        record(*say.in_order())


def invites(team: NeighbourhoodTeam, person: Practitioner, clock: Clock) -> None:
    """Whoever convened a team invites somebody to it."""
    first = team.seats[0]
    record(
        acts.Invite(
            team=who.Team(team.key),
            by=who.Person(first.holder.key),
            for_organisation=who.Organisation(first.organisation),
            at=clock.now,
            in_role=who.Role(first.role),
            person=who.Person(person.key),
            organisation=who.Organisation(person.organisation),
        )
    )


def sets_up_an_app(person: Practitioner) -> None:
    """Somebody has an app that makes codes, and recovery codes."""
    account = Person.objects.get(id=person.key)
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)


def asks_a_partner(team: NeighbourhoodTeam, clock: Clock) -> None:
    """Whoever holds the first responsibility that is in hand asks a food bank to do something about it."""
    standing = standing_in(who.Team(team.key))
    held = next(each for each in standing.responsibilities.values() if each.state == "taken-on")
    holder = standing.people_in(held.role, clock.now)[0]
    PartnerLink.objects.create(
        id="a-partner",
        team=team.key,
        responsibility=held.responsibility,
        partner="Jo at the food bank",
        what="Bring a parcel on Friday, and say whether it was wanted",
        asked_by_id=holder,
        in_role=held.role,
        made_at=clock.now,
        until_at=clock.now + timedelta(days=14),
    )
