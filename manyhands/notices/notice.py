"""A notice as it is decided: who is told what, by which link, and a name that makes it the same wherever it is met."""

from dataclasses import dataclass
from datetime import datetime

from manyhands import who
from manyhands.notices.kinds import Kind, Thing


@dataclass(frozen=True, slots=True)
class Notice:
    """
    One thing that one person is told. `key` names it within its team, for ever: by the number of the act, or by the
    step that the time brought, so that deciding again gives the same key. `role` is the role they are told it in.
    """

    key: str
    kind: Kind
    to: who.Person
    thing: Thing
    which: str
    at: datetime
    role: who.Role | None = None
