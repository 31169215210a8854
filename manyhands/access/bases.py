"""
Why somebody may see a patient: the closed list of bases, and the ground that each rests on, in words.

Several may be true at once; a person may see somebody for as long as any of them is.
"""

from dataclasses import dataclass
from enum import StrEnum

from manyhands import acts, who
from manyhands.people.naming import Names


class Action(StrEnum):
    """What somebody does that shows them a patient."""

    LIST = "list"
    """Sees name, date of birth and NHS number among others."""
    READ = "read"
    """Opens the page about one person."""
    REVIEW = "review"
    """Looks over people whom a search found, without their names."""
    READ_THE_READS = "read-the-reads"
    """Sees who has seen one person."""


class Basis(StrEnum):
    """A reason that counts. The names stay in the log of reads for ever: none is changed or used again."""

    CASELOAD_ALLOCATION = "caseload-allocation"
    """The person's team has the patient in a group, and the person is in a role there."""
    DIRECT_CARE_TASK = "direct-care-task"
    """A role of the person's has taken on a responsibility about the patient, or stands in for it."""
    COHORT_REVIEW = "cohort-review"
    """The person has just searched, in a role, and looks over whom the search found: minimum data, for a while."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One basis as it is true here: in which role, and by which group or responsibility."""

    basis: Basis
    role: who.Role
    organisation: who.Organisation
    group: who.Group | None = None
    called: acts.Words = acts.NOTHING_SAID
    responsibility: who.Responsibility | None = None
    standing_in: bool = False

    def say(self, team: who.Team, names: Names) -> str:
        """The end of the sentence "You can see this because …"."""
        match self.basis:
            case Basis.CASELOAD_ALLOCATION:
                return f"the team {names.team(team)} has them in the group “{self.called}”"
            case Basis.DIRECT_CARE_TASK:
                does = "stands in for" if self.standing_in else "has taken on"
                return f"your role {names.role(self.role)} {does} “{self.called}”"
            case Basis.COHORT_REVIEW:
                return "you have just searched for people whose care is in pieces"


@dataclass(frozen=True, slots=True)
class Decision:
    """
    Whether somebody may. When they may, `grounds` says why, the first being the one that is written down; when they
    may not, `reasons` says what is in the way.
    """

    allowed: bool
    grounds: tuple[Ground, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def basis(self) -> Basis | None:
        return self.grounds[0].basis if self.grounds else None
