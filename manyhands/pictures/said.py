"""Who did something, in which role and for which organisation, and when: what stands beside every word in a picture."""

from dataclasses import dataclass
from datetime import datetime

from manyhands import acts, who


@dataclass(frozen=True, slots=True)
class By:
    """Whose act it was. `number` is its number in the team, for a link to the record."""

    person: who.Person
    role: who.Role | None
    organisation: who.Organisation
    at: datetime
    number: int


def by(entry: acts.Recorded) -> By:
    act = entry.act
    return By(act.by, act.in_role, act.for_organisation, act.at, entry.number)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, and whose it was."""

    by: By
    words: acts.Words
