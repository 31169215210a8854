"""
Why somebody may see a patient, and how much: the levels, the closed list of bases, and the ground that each rests on.

Several may be true at once; a person may see somebody for as long as any of them is.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import assert_never

from manyhands import acts, who
from manyhands.people.naming import Names
from manyhands.rules.days import day_of
from manyhands.rules.refusals import day


class Level(IntEnum):
    """How much of somebody a basis shows; each includes the one before."""

    INVITED = 1
    """What is asked, the age band and the place where they live: nothing that says who they are."""
    INFORMED = 2
    """Who they are, what matters to them, what is decided and in hand about them."""
    CONTRIBUTOR = 3
    """Everything: what has happened to them, and who is involved."""
    LEAD = 4
    """And what the person has said about who may see them."""


class Action(StrEnum):
    """What somebody does that shows them a patient."""

    GLIMPSE = "glimpse"
    """Sees age band and place of somebody about whom they are asked, before accepting."""
    LIST = "list"
    """Sees name, date of birth and NHS number among others."""
    READ = "read"
    """Opens the page about one person."""
    CONTRIBUTE = "contribute"
    """Asks for something about one person, or puts them in a group."""
    LEAD = "lead"
    """Writes down what the person has said about who may see them."""
    REVIEW = "review"
    """Looks over people whom a search found, without their names."""
    SEARCH = "search"
    """Looks for one person by NHS number and date of birth, and nobody within reach matches."""
    READ_THE_READS = "read-the-reads"
    """Sees who has seen one person."""


NEEDS = {
    Action.GLIMPSE: Level.INVITED,
    Action.LIST: Level.INFORMED,
    Action.READ: Level.INFORMED,
    Action.READ_THE_READS: Level.INFORMED,
    Action.CONTRIBUTE: Level.CONTRIBUTOR,
    Action.LEAD: Level.LEAD,
}
"""The level that each action takes. `REVIEW` is of people who are nobody's here yet: a search gives it."""


class Basis(StrEnum):
    """A reason that counts. The names stay in the log of reads for ever: none is changed or used again."""

    DIRECT_CARE_TASK = "direct-care-task"
    """A role of the person's was asked, or has taken on, a responsibility about the patient, or stands in for it."""
    CASELOAD_ALLOCATION = "caseload-allocation"
    """The person's team has the patient in a group, and the person is in a role there."""
    REGISTERED_PRACTICE = "registered-practice"
    """The person is in a role for the practice that the patient is registered with, and the team has them in hand."""
    MEETING = "meeting"
    """The patient is on the agenda of a meeting, from its circulation until some days after."""
    COHORT_REVIEW = "cohort-review"
    """The person has just searched, in a role, and looks over whom the search found: minimum data, for a while."""
    PERSON_INVITED = "person-invited"
    """The patient has asked for this person to know: a carer, an advocate."""
    BREAK_GLASS = "break-glass"
    """The person has broken the glass in an emergency, said why, and is reviewed for it."""
    PRIVACY_OFFICER = "privacy-officer"
    """The person looks at the log of reads for everybody here. It is a basis for no patient, and no ground gives it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """
    One basis as it is true here: at which level, in which role, and by which group, responsibility or meeting. `since`
    and `until` are when it began and ends, where that is known. `leads` stays true where what the person said has
    lowered the level: whoever leads is to see what was said.
    """

    basis: Basis
    role: who.Role | None
    organisation: who.Organisation
    level: Level = Level.CONTRIBUTOR
    group: who.Group | None = None
    called: acts.Words = acts.NOTHING_SAID
    responsibility: who.Responsibility | None = None
    standing_in: bool = False
    since: datetime | None = None
    until: datetime | None = None
    leads: bool = False
    closed: bool = False

    def say(self, team: who.Team, names: Names) -> str:
        """The end of the sentence "You can see this because …"."""
        until = f", until {day(day_of(self.until))}" if self.until else ""
        match self.basis:
            case Basis.CASELOAD_ALLOCATION:
                return f"the team {names.team(team)} has them in the group “{self.called}”"
            case Basis.DIRECT_CARE_TASK:
                return f"your role {names.role(self.role or who.Role(''))} {self._does} “{self.called}”{until}"
            case Basis.REGISTERED_PRACTICE:
                return f"they are registered with {names.organisation(self.organisation)}"
            case Basis.MEETING:
                return f"they are on the agenda of “{self.called}”{until}"
            case Basis.COHORT_REVIEW:
                return "you have just searched for people whose care is in pieces"
            case Basis.PERSON_INVITED:
                return f"they asked for you to know{until}"
            case Basis.BREAK_GLASS:
                return f"you broke the glass, and will be asked why{until}"
            case Basis.PRIVACY_OFFICER:
                return "you are a privacy officer"
            case _:
                assert_never(self.basis)

    @property
    def _does(self) -> str:
        if self.level is Level.INVITED:
            return "is asked to stand in for" if self.standing_in else "is asked for"
        if self.closed:
            return "stood in for" if self.standing_in else "carried"
        return "stands in for" if self.standing_in else "has taken on"


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

    @property
    def level(self) -> Level | None:
        """The highest level that any of the grounds gives."""
        return max((ground.level for ground in self.grounds), default=None)

    @property
    def leads(self) -> bool:
        return any(ground.leads for ground in self.grounds)
