"""
A story that happens in the workspace: its acts are recorded through the log's own door, its people can sign in, and
the pages read the time from the story's clock.
"""

import time
from datetime import timedelta

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from manyhands import acts
from manyhands.log.read import read
from manyhands.log.record import record
from manyhands.people.models import Organisation, Person, Role, Team
from manyhands.rules.folding import fold
from tests.cast import ORGANISATION_OF, TEAM, THE_TEAM, Doing
from tests.story import Story

A_MINUTE = timedelta(minutes=1)
NAMES = {
    "asha": "Asha Rahman",
    "ben": "Ben Osei",
    "carol": "Carol Jones",
    "dev": "Dev Patel",
    "ines": "Ines Roy",
    "fay": "Fay Adeyemi",
    "esi": "Esi Mensah",
}
ORGANISATIONS = {
    "practice": "Riverside Practice",
    "nursing": "Community Nursing",
    "council": "Adult Social Care",
    "charity": "Good Neighbours",
    "elsewhere": "Elsewhere Trust",
}
ROLES = {
    "coordinator": "Care coordinator",
    "matron": "Community matron",
    "social-worker": "Team manager",
    "link-worker": "Link worker",
    "reablement": "Reablement lead",
}


class Workplace(Story):
    """A story whose acts are kept for good; `as_` gives somebody's browser."""

    def does(self, *doings: Doing) -> None:
        for doing in doings:
            act = doing(self)
            record(act)
            self.catch_up()

    happened = does

    def catch_up(self) -> None:
        """Bring the story forward by what was done on pages."""
        self.recorded = list(read(TEAM))
        self.standing = fold(self.recorded)
        self.now += A_MINUTE

    def names_everyone(self) -> None:
        Organisation.objects.bulk_create(Organisation(id=id, name=name) for id, name in ORGANISATIONS.items())
        Team.objects.create(id=TEAM, name="Riverside team")
        Role.objects.bulk_create(Role(id=id, team_id=TEAM, title=title) for id, title in ROLES.items())
        for id, name in NAMES.items():
            theirs = [ORGANISATION_OF[id]]
            Person.objects.open(id, f"{id}@example.org", name, "correct horse battery staple", organisations=theirs)

    def as_(self, person: str) -> Client:
        """The browser of somebody who has signed in."""
        client = Client()
        sign_in(client, Person.objects.get(id=person))
        return client

    @property
    def acts_done(self) -> list[acts.AnyAct]:
        return [entry.act for entry in self.recorded]


def sign_in(client: Client, person: Person) -> None:
    """As after a password and a code from an app."""
    client.force_login(person)
    session = client.session
    shown = [{"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods"] = shown
    session["account_authentication_methods_user"] = person.pk
    session.save()


def code_for(secret: str, later: int = 0) -> str:
    """What an app shows just now that was set up with the secret, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def workplace() -> Workplace:
    """The cast in place, with names and accounts."""
    assert set(NAMES) == set(ORGANISATION_OF)
    place = Workplace()
    place.names_everyone()
    place.happened(*THE_TEAM)
    return place
