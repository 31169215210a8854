"""
Which tables there are, in the order in which they can be filled, and a row of each as plain JSON and back.

A table that is not written out is named here with the reason, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField, Field, Model

from manyhands.access.models import Agreement, BrokenGlass, EmergencyNote, GlassReview, Registration, Sight, Wish
from manyhands.log.chain import moment
from manyhands.notices.models import Letter, Notice, ReadUpTo
from manyhands.people.models import Identity, NoticeChoices, Organisation, Patient, Person, Role, Team

SECRET = {"password", "last_login"}
"""Never written out: nobody is to try passwords on a copy. Everybody chooses a new one where it is taken in."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of lines, the table they are rows of, and the order in which they stand."""

    file: str
    kind: type[Model]
    order: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field[Any, Any], ...]:
        return tuple(each for each in self.kind._meta.concrete_fields if each.attname not in SECRET)

    def rows(self) -> Iterator[dict[str, object]]:
        """Each row as JSON has it, streamed."""
        fields = self.fields
        for row in self.kind._default_manager.order_by(*self.order).iterator(1000):
            yield {each.attname: _plain(getattr(row, each.attname)) for each in fields}

    def row(self, said: dict[str, object]) -> Model:
        """A row, out of what a line says. ValueError or TypeError where it is not one."""
        fields = {each.attname: each for each in self.fields}
        if unknown := sorted(said.keys() - fields.keys()):
            raise ValueError(f"{', '.join(unknown)} is not of this table")
        if missing := sorted(fields.keys() - said.keys()):
            raise ValueError(f"{', '.join(missing)} is missing")
        return self.kind(**{name: _read(fields[name], value) for name, value in said.items()})


WORKS_FOR = Person.organisations.through

TABLES = (
    Table("organisations.ndjson", Organisation, ("id",)),
    Table("people.ndjson", Person, ("id",)),
    Table("identities.ndjson", Identity, ("id",)),
    Table("works-for.ndjson", WORKS_FOR, ("person_id", "organisation_id")),
    Table("teams.ndjson", Team, ("id",)),
    Table("roles.ndjson", Role, ("id",)),
    Table("patients.ndjson", Patient, ("id",)),
    Table("registrations.ndjson", Registration, ("patient",)),
    Table("agreements.ndjson", Agreement, ("at", "id")),
    Table("wishes.ndjson", Wish, ("at", "id")),
    Table("broken-glass.ndjson", BrokenGlass, ("at", "id")),
    Table("glass-reviews.ndjson", GlassReview, ("at", "glass_id")),
    Table("emergency-notes.ndjson", EmergencyNote, ("at", "id")),
    Table("sights.ndjson", Sight, ("team", "number")),
    Table("notice-choices.ndjson", NoticeChoices, ("person_id",)),
    Table("read-for-notices.ndjson", ReadUpTo, ("team",)),
    Table("letters.ndjson", Letter, ("id",)),
    Table("notices.ndjson", Notice, ("id",)),
)

WITH_THE_ACTS = {"log.Entry", "log.Wording"}
"""In `acts.ndjson`, each act with its words."""

LEFT_OUT = {
    "workspace.FailedSignIn": "attempts at signing in are of no use elsewhere",
    "workspace.KeptForm": "kept for a day, for whoever was signed out before it was sent",
    "workspace.Sponsorship": "nobody signs in where it is taken in before somebody vouches for them anew",
    "workspace.PartnerLink": "a link leads to the place that it was made in; what was answered is in the log",
    "sessions.Session": "everybody signs in again",
    "mfa.Authenticator": "second factors are secrets, as passwords are: everybody sets theirs up again",
    "account.EmailAddress": "not used: an account has one address",
    "account.EmailConfirmation": "not used: whoever opens an account knows whose address it is",
    "contenttypes.ContentType": "made by the version that takes them in",
    "auth.Permission": "not used: what somebody may do is in the log",
    "auth.Group": "not used: what somebody may do is in the log",
    "auth.Group_permissions": "not used: what somebody may do is in the log",
}
"""Tables that are not written out, and why."""


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def _read(field: Field[Any, Any], value: object) -> object:
    if value is None or not isinstance(field, DateField):
        return value
    if not isinstance(value, str):
        raise TypeError(f"{field.attname} is not a {'moment' if isinstance(field, DateTimeField) else 'day'}")
    return datetime.fromisoformat(value) if isinstance(field, DateTimeField) else date.fromisoformat(value)
