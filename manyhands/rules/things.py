"""
The things that the rules ask about: a role and who has held it, a proposal and where everyone stands on it, a
responsibility and whose it has been. Each is frozen; an act replaces it by the next.

Periods are half-open: something from 9 until 10 is over at 10.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from manyhands import acts, who
from manyhands.rules.days import day_of

TO_CORRECT = timedelta(days=7)
"""How long whoever said something that another wrote down can confirm or correct it (decisions: in the room)."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment until another; `until_at` is missing while there is no end."""

    from_at: datetime
    until_at: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.from_at <= at and (self.until_at is None or at < self.until_at)


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's belonging to the team for one organisation."""

    organisation: who.Organisation
    period: Period


@dataclass(frozen=True, slots=True)
class Holding:
    """A person's time in a role, as its holder or as a deputy."""

    person: who.Person
    as_deputy: bool
    period: Period


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """A role, the organisation it is for, and everyone who has held it."""

    role: who.Role
    organisation: who.Organisation
    kind: str
    holdings: tuple[Holding, ...] = ()

    def holder(self, at: datetime) -> who.Person | None:
        """The person who holds the role, present or not."""
        held = (h.person for h in self.holdings if not h.as_deputy and h.period.covers(at))
        return next(held, None)

    def deputies(self, at: datetime) -> tuple[who.Person, ...]:
        return tuple(h.person for h in self.holdings if h.as_deputy and h.period.covers(at))

    def people(self, at: datetime) -> tuple[who.Person, ...]:
        """Whoever may speak in the role: its holder first, then its deputies."""
        holder = self.holder(at)
        return (() if holder is None else (holder,)) + self.deputies(at)


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """A group: each version of its rule, who is in it now, and what it is called."""

    group: who.Group
    rules: tuple[acts.GroupRule, ...]
    patients: frozenset[who.Patient]
    called: acts.Words = acts.NOTHING_SAID

    @property
    def version(self) -> int:
        return len(self.rules)


@dataclass(frozen=True, slots=True)
class Given:
    """A position as it was given: by whom, in which role, on which version."""

    kind: str
    by: who.Person
    role: who.Role
    organisation: who.Organisation
    version: int
    at: datetime
    number: int
    because: acts.Words
    recorded_by: who.Person | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """That somebody changed their position: on what, in which role, from which kind to which."""

    proposal: who.Proposal
    by: who.Person
    role: who.Role
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """Something written on a proposal or a matter that others could be moved by, and by whom."""

    by: who.Person
    proposal: who.Proposal | None
    matter: who.Matter | None = None


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """A paper: who published it, its version, and which organisations and teams besides its own read it."""

    paper: who.Paper
    by: who.Person
    organisation: who.Organisation
    version: int
    organisations: tuple[who.Organisation, ...]
    teams: tuple[who.Team, ...]
    is_down: bool = False


@dataclass(frozen=True, slots=True)
class SaidOfAPaper:
    """Something said about a paper, by the number of its entry; `came_to` is the matter that it was taken up as."""

    number: int
    paper: who.Paper
    by: who.Person
    is_question: bool
    answers: int | None
    is_retracted: bool = False
    settled_by: int | None = None
    came_to: who.Matter | None = None


@dataclass(frozen=True, slots=True)
class RecordedStanding:
    """
    A position that somebody wrote down for whoever said it, by the number of its entry: "recorded", "confirmed",
    "corrected", or "answered-anew" when its role has answered since. `objection` is the one that was raised by it, if
    any was.
    """

    number: int
    proposal: who.Proposal
    version: int
    stance: acts.Stance
    said_by: who.Person
    said_in: who.Role
    said_for: who.Organisation
    recorded_by: who.Person
    at: datetime
    state: str = "recorded"
    objection: who.Objection | None = None

    @property
    def until(self) -> datetime:
        """Until when it can be confirmed or corrected."""
        return self.at + TO_CORRECT

    def waits(self, at: datetime) -> bool:
        return self.state == "recorded" and at < self.until


@dataclass(frozen=True, slots=True)
class ObjectionStanding:
    """
    An objection, held by a role so that nobody's leaving orphans it: what it was found to state (`tested`), how it
    ended (`closed_as`), and the responsibility that is its `safeguard` if it was accepted with one.
    """

    objection: who.Objection
    proposal: who.Proposal
    role: who.Role
    organisation: who.Organisation
    by: who.Person
    version: int
    changes_then: int
    because: acts.Words
    closed_as: str | None = None
    closed_version: int | None = None
    tested: acts.Criterion | None = None
    safeguard: who.Responsibility | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_as is None


@dataclass(frozen=True, slots=True)
class ConditionStanding:
    """A condition set with a position, and the role that says when it is fulfilled."""

    condition: who.Condition
    proposal: who.Proposal
    role: who.Role
    organisation: who.Organisation
    fulfilled_by: who.Role
    because: acts.Words
    fulfilled_at: datetime | None = None
    dropped: bool = False

    @property
    def is_open(self) -> bool:
        return self.fulfilled_at is None and not self.dropped


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """What a role said in a review: whether the decision still works, and is still safe."""

    by: who.Person
    role: who.Role
    organisation: who.Organisation
    works: acts.Works
    safe: bool
    because: acts.Words
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewStanding:
    """
    The review that a decision is in, or that is coming: opened early or not, what has been answered since the last one,
    and the proposal that is to take the decision's place, while that is being asked.
    """

    opened_at: datetime | None = None
    answers: tuple[ReviewAnswer, ...] = ()
    replacement: who.Proposal | None = None

    def answered(self) -> frozenset[who.Organisation]:
        return frozenset(answer.organisation for answer in self.answers)

    def unsafe(self) -> tuple[who.Organisation, ...]:
        """The organisations of which a role says that it is not safe."""
        return tuple(dict.fromkeys(answer.organisation for answer in self.answers if not answer.safe))


@dataclass(frozen=True, slots=True)
class Closed:
    """
    How a proposal was closed. What it rested on is frozen here: who could have spoken, and the group's rule. `over` is
    how a decision came to its end in a review ("changed", "ended"), if it has; `replaced_by` what took its place.
    """

    how: str  # "agreed", "agreed-without", "withdrawn"
    at: datetime
    by: who.Person
    role: who.Role | None
    because: acts.Words = acts.NOTHING_SAID
    review_on: date | None = None
    review_by: who.Role | None = None
    unheard: tuple[who.Organisation, ...] = ()
    entitled: tuple[tuple[who.Organisation, who.Role, who.Person], ...] = ()
    group_rule: acts.GroupRule | None = None
    group_version: int | None = None
    group_size: int | None = None
    review: ReviewStanding = ReviewStanding()
    renewed_at: datetime | None = None
    over: str | None = None
    over_at: datetime | None = None
    replaced_by: who.Proposal | None = None

    @property
    def is_decision(self) -> bool:
        return self.how in ("agreed", "agreed-without")

    @property
    def is_live(self) -> bool:
        """A decision that holds: not ended, and not changed for another."""
        return self.is_decision and self.over is None

    def is_under_review(self, on: date) -> bool:
        """From the day of the review on, or since a role asked for it."""
        return self.is_live and (
            self.review.opened_at is not None or (self.review_on is not None and self.review_on <= on)
        )


@dataclass(frozen=True, slots=True)
class ProposalStanding:
    """
    A proposal: what is put now, and the newest position in each role. `version` counts material changes,
    `changes` counts changes of either sort.
    """

    proposal: who.Proposal
    group: who.Group | None
    by: who.Person
    role: who.Role
    organisation: who.Organisation
    at: datetime
    terms: acts.Terms
    matter: who.Matter | None = None
    poll: who.Poll | None = None
    independent_until: date | None = None
    version: int = 1
    changes: int = 0
    positions: tuple[Given, ...] = ()
    closed: Closed | None = None

    @property
    def is_open(self) -> bool:
        return self.closed is None

    def is_independent(self, at: datetime) -> bool:
        """Whether everybody still gives their own view first: on the first version, until all are heard or the day."""
        return (
            self.is_open
            and self.version == 1
            and self.independent_until is not None
            and day_of(at) <= self.independent_until
            and any(True for _ in self.not_yet_heard())
        )

    def position_of(self, role: who.Role) -> Given | None:
        return next((given for given in self.positions if given.role == role), None)

    def heard(self) -> frozenset[who.Organisation]:
        """The organisations with a position on the version in hand, whatever that position is."""
        return frozenset(given.organisation for given in self.positions if given.version == self.version)

    def not_yet_heard(self) -> Iterator[who.Organisation]:
        heard = self.heard()
        return (organisation for organisation in self.terms.affected if organisation not in heard)


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered in a poll: their newest answer."""

    by: who.Person
    role: who.Role
    organisation: who.Organisation
    marks: tuple[acts.Marked, ...]
    because: acts.Words
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class PollStanding:
    """
    A poll as it was put, the newest answer of everybody who has answered, and how it ended: "closed" or "called-off",
    with what was decided together then (`chosen`) and why.
    """

    put: acts.OpenPoll
    role: who.Role
    number: int
    answers: tuple[Answered, ...] = ()
    ended: str | None = None
    ended_at: datetime | None = None
    ended_by: who.Person | None = None
    chosen: tuple[str, ...] = ()
    because: acts.Words = acts.NOTHING_SAID

    @property
    def poll(self) -> who.Poll:
        return self.put.poll

    @property
    def is_open(self) -> bool:
        return self.ended is None

    def answer_of(self, person: who.Person) -> Answered | None:
        return next((answer for answer in self.answers if answer.by == person), None)

    def option(self, option: str) -> acts.Choice | None:
        return next((choice for choice in self.put.options if choice.option == option), None)


@dataclass(frozen=True, slots=True)
class Spell:
    """From when a responsibility has been with these roles."""

    from_at: datetime
    role: who.Role
    deputy_role: who.Role


@dataclass(frozen=True, slots=True)
class ResponsibilityStanding:
    """
    A responsibility and whose it has been. `state` is "asked", "taken-on", "declined" or "closed"; `asked_at` never
    changes, so that no note makes it look younger than it is.
    """

    responsibility: who.Responsibility
    what: acts.Words
    spells: tuple[Spell, ...]
    asked_at: datetime
    first_check_on: date
    state: str = "asked"
    progress: acts.Progress = acts.Progress.NOT_STARTED
    next_check_on: date | None = None
    support_needed: bool = False
    outcome: acts.Outcome | None = None
    taken_on_at: datetime | None = None
    closed_at: datetime | None = None
    declined_at: datetime | None = None
    proposal: who.Proposal | None = None
    group: who.Group | None = None
    patient: who.Patient | None = None

    @property
    def role(self) -> who.Role:
        return self.spells[-1].role

    @property
    def deputy_role(self) -> who.Role:
        return self.spells[-1].deputy_role

    @property
    def is_open(self) -> bool:
        return self.state != "closed"

    @property
    def is_about_a_group(self) -> bool:
        """Whether it is something for each person in a group."""
        return self.group is not None and self.patient is None

    @property
    def check_on(self) -> date:
        return self.next_check_on or self.first_check_on

    def spell(self, at: datetime) -> Spell | None:
        """The roles it was with at a moment, if it was open then."""
        if self.closed_at is not None and at >= self.closed_at:
            return None
        return next((spell for spell in reversed(self.spells) if spell.from_at <= at), None)


@dataclass(frozen=True, slots=True)
class Offered:
    """One item of a hand-over, and how it was answered: "offered", "accepted", "returned" or "taken-back"."""

    item: acts.Item
    state: str = "offered"
    because: acts.Words = acts.NOTHING_SAID
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandOverStanding:
    """A hand-over: who offers, to whom, and each item with its answer."""

    handover: who.HandOver
    giver: who.Person
    receiver: who.Person
    offered: tuple[Offered, ...]
    at: datetime
    answer_by_on: date

    def find(self, kind: acts.Kind, which: str) -> Offered | None:
        return next((o for o in self.offered if o.item.kind == kind and o.item.which == which), None)

    @property
    def waiting(self) -> tuple[Offered, ...]:
        return tuple(o for o in self.offered if o.state == "offered")


@dataclass(frozen=True, slots=True)
class Attending:
    """Somebody who is in a meeting: in which role, and whether they chair or record."""

    person: who.Person
    role: who.Role | None
    organisation: who.Organisation
    part: acts.Part
    since: datetime


@dataclass(frozen=True, slots=True)
class Concluded:
    """How an item of an agenda ended: what was said, by whom it was recorded, and what was asked for."""

    item: who.AgendaItem
    outcome: acts.ItemOutcome
    words: acts.Words
    actions: tuple[who.Responsibility, ...]
    recorded_by: who.Person
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingStanding:
    """A meeting: who called it, its agenda once it is before everyone, who is there, and how each item ended."""

    meeting: who.Meeting
    called: acts.Words
    starts_at: datetime
    minutes: int
    where: acts.Words
    by: who.Person
    role: who.Role
    organisation: who.Organisation
    called_at: datetime
    items: tuple[acts.AgendaItem, ...] = ()
    dropped: tuple[tuple[acts.AgendaItem, acts.Words], ...] = ()
    circulated_at: datetime | None = None
    attending: tuple[Attending, ...] = ()
    outcomes: tuple[Concluded, ...] = ()
    ended: str | None = None  # "closed", "called-off"
    ended_at: datetime | None = None

    def find(self, item: who.AgendaItem) -> acts.AgendaItem | None:
        return next((each for each in self.items if each.item == item), None)

    def concluded(self, item: who.AgendaItem) -> Concluded | None:
        return next((each for each in self.outcomes if each.item == item), None)

    def is_there(self, person: who.Person) -> bool:
        return any(each.person == person for each in self.attending)

    def runs(self, person: who.Person) -> bool:
        """Whether somebody chairs or records."""
        return any(each.person == person and each.part is not acts.Part.TAKES_PART for each in self.attending)
