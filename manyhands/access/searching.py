"""
The basis that a search gives: whoever searched may look over whom it found, for a while, and nobody else may.

What they see is the least that choosing takes (docs/decisions/0020-people-found-have-no-names.md).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from manyhands import who

LASTS = timedelta(minutes=30)
"""How long a search may be looked over: long enough to choose with care, short of a shift. A guess."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search of the loaded records: who made it, in which team, when, and the records of those it found."""

    by: who.Person
    team: who.Team
    made_at: datetime
    found: frozenset[str]

    def is_over(self, at: datetime) -> bool:
        return not self.made_at <= at < self.made_at + LASTS
