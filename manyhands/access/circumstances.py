"""
What is known beside the log of acts about who may see whom: which organisations are under a sharing agreement, with
which practice somebody is registered, and what somebody has said about who may see them. `kept.py` reads it from the
tables; here it is plain values, so that a decision can be made and tried without a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from manyhands import who


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody whom a patient has asked to know, until when."""

    person: who.Person
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Glass:
    """That somebody broke the glass for a patient, in a role, until when."""

    person: who.Person
    role: who.Role
    organisation: who.Organisation
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Circumstances:
    """
    `sharing` are the organisations under a sharing agreement now; missing while nobody has recorded any. `objects`
    says since when somebody objects to their record being shared, `restricted` which roles alone may see them.
    """

    sharing: frozenset[who.Organisation] | None = None
    practices: Mapping[who.Patient, frozenset[who.Organisation]] = field(default_factory=dict)
    objects: Mapping[who.Patient, datetime] = field(default_factory=dict)
    restricted: Mapping[who.Patient, frozenset[who.Role]] = field(default_factory=dict)
    invited: Mapping[who.Patient, tuple[Invited, ...]] = field(default_factory=dict)
    glass: Mapping[who.Patient, tuple[Glass, ...]] = field(default_factory=dict)

    def shares(self, organisation: who.Organisation) -> bool:
        return self.sharing is None or organisation in self.sharing


NOTHING_BESIDES = Circumstances()
