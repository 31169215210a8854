"""What a patient has said about who may see them, in words, for whoever leads."""

from dataclasses import dataclass
from datetime import datetime

from manyhands import who
from manyhands.access.kept import INVITES, OBJECTS, wishes
from manyhands.access.models import Wish
from manyhands.workspace.asking import Asking
from manyhands.workspace.plain_words import day


@dataclass(frozen=True)
class SaidByThem:
    """One thing that a patient has said, who wrote it down and when, and the reason."""

    id: str
    says: str
    by: who.Person
    in_role: who.Role
    at: datetime
    because: str


def said_by_them(asking: Asking, patient: who.Patient) -> list[SaidByThem]:
    """What somebody has said and not taken back, the oldest first. One query."""
    return [
        SaidByThem(each.id, _says(asking, each), who.Person(each.by), who.Role(each.in_role), each.at, each.because)
        for each in wishes([patient], asking.now)
    ]


def _says(asking: Asking, wish: Wish) -> str:
    names = asking.names
    if wish.kind == OBJECTS:
        return "They object to their record being shared"
    if wish.kind == INVITES:
        until = f", until {day(wish.until_at)}" if wish.until_at else ""
        return f"They asked for {names.person(who.Person(wish.person))} to know{until}"
    roles = (names.role(who.Role(each)) for each in wish.roles.split())
    return f"Only these roles may see them: {', '.join(roles)}"
