"""
Everything that anyone can do.

An act is one thing that one person did, speaking for an organisation (and, for most acts, in a role), within a
team, at a time. Acts are frozen; an accepted act *is* the fact. When an act is allowed is in `rules/`; what the
acts add up to is in `pictures/`; keeping them for good is in `log/`.

What people wrote is `Words`: the log keeps a salted digest of it, and the text beside the log, so that a text can
lawfully be removed later without the record coming apart. Everything else in an act stays for ever, and so holds
identifiers and never names.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NewType, TypeAlias

from manyhands import who

Words = NewType("Words", str)
"""What a person wrote. May be removed later by `Withhold`; the rest of the act stays."""

NOTHING_SAID = Words("")

WITHHELD = Words("[These words have been removed]")
"""What is read in the place of words that were removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """
    One thing that one person did.

    `at` is when, in UTC. `in_role` is the role that the person spoke in, which must be one that they hold or
    deputise for; the few acts that need no role (joining, being away, leaving) may leave it out.
    """

    team: who.Team
    by: who.Person
    for_organisation: who.Organisation
    at: datetime
    in_role: who.Role | None = None
    together: who.Reference | None = None


# ---- belonging ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Convene(Act):
    """
    Bring a team into being. Always the first act of a team.

    The convener becomes its first member and holds `role`, the coordinating role: the one that is told when
    nobody present can answer for something.
    """

    role: who.Role
    kind: str
    purpose: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(Act):
    """Ask a person to join the team on behalf of an organisation."""

    person: who.Person
    organisation: who.Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Act):
    """Accept an invitation, and become a member for the organisation that one was invited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Act):
    """Leave the team. Refused while anything is still in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove(Act):
    """Take somebody off the team who cannot hand over: what they held falls to deputies, or raises an alarm."""

    person: who.Person
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateRole(Act):
    """
    Create a role in the team for an organisation.

    `kind` says what it is ("care-coordinator", "social-worker", …).
    """

    role: who.Role
    organisation: who.Organisation
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Act):
    """Give a vacant role to a member for its organisation, who from now on answers for all it has taken on."""

    role: who.Role
    person: who.Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputise(Act):
    """Make a member the deputy of a role: they answer for it whenever its holder is away or missing."""

    role: who.Role
    person: who.Person


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDown(Act):
    """Stop holding a role, or deputising for it. A role left with nobody raises an alarm."""

    role: who.Role
    person: who.Person


@dataclass(frozen=True, slots=True, kw_only=True)
class BeAway(Act):
    """Be away from a moment, until another or until further notice. Deputies hold meanwhile."""

    person: who.Person
    from_at: datetime
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeBack(Act):
    """Be back, now, from an absence that is running or was still to come."""

    person: who.Person


# ---- groups ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """
    The rule that a group was gathered by, frozen: the sentence people read, its terms, and the records it ran on.

    `found` is how many people met the rule, `considered` how many were looked at, `as_at` the day it was run for,
    `records` the digest of the loaded records.
    """

    sentence: str
    terms: tuple[tuple[str, str], ...]
    as_at: date
    found: int
    considered: int
    records: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Included:
    """One patient of a group, with the reason that they are in it."""

    patient: who.Patient
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Gather(Act):
    """
    Gather a group of patients by a rule. Gathering the same group again makes the next version of its rule;
    decisions made on an earlier version keep that version's wording and count.
    """

    group: who.Group
    called: Words
    rule: GroupRule
    patients: tuple[Included, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Include(Act):
    """Add one patient to a group, with the reason."""

    group: who.Group
    patient: who.Patient
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Act):
    """Let one patient go from a group, with the reason."""

    group: who.Group
    patient: who.Patient
    because: Words


# ---- deciding ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise(Act):
    """Raise a matter: something that ought to be talked about, before anyone proposes what to do."""

    matter: who.Matter
    group: who.Group | None = None
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that could be done. `carry_on` marks "carry on as now", which is always among the options."""

    option: str
    words: Words
    carry_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowOn:
    """A responsibility that follows if a proposal is agreed: who would hold it, who would stand in, and by when."""

    responsibility: who.Responsibility
    what: Words
    role: who.Role | None
    deputy_role: who.Role | None
    first_check_on: date | None
    known_by: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """
    What is put to the organisations: the question, the options and which of them is proposed, the organisations
    that it affects, what would follow, and when and by which role it would be reviewed.
    """

    question: Words
    options: tuple[Option, ...]
    proposed: str
    affected: tuple[who.Organisation, ...]
    follows: tuple[FollowOn, ...]
    review_on: date | None
    review_by: who.Role | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose(Act):
    """
    Put a proposal about a group to the organisations that it affects. This is version 1. `poll` is the one that it
    came of, if it did. Until the end of `independent_until`, or until every organisation has been heard if that is
    before, everybody sees only their own answer.
    """

    proposal: who.Proposal
    group: who.Group | None = None
    matter: who.Matter | None = None
    poll: who.Poll | None = None
    independent_until: date | None = None
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Act):
    """
    Change a proposal. A material change makes a new version, on which everyone is to be heard again; a change of
    wording leaves the positions given as they are. No position is ever lost.
    """

    proposal: who.Proposal
    version: int
    material: bool
    terms: Terms
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Act):
    """Say something about a proposal or a matter, without taking a position."""

    proposal: who.Proposal | None = None
    matter: who.Matter | None = None
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Act):
    """
    Where an organisation stands on one version of a proposal, said by a person in a role of that organisation.
    The newest position in a role replaces that role's earlier one; the earlier ones stay in the history.
    """

    kind: ClassVar[str]
    proposal: who.Proposal
    version: int
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Position):
    """Workable for now and safe to try."""

    kind: ClassVar[str] = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithConcern(Position):
    """Consent, with a worry put on the record. The worry is the reason, and has to be given."""

    kind: ClassVar[str] = "concern"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentIf(Position):
    """Consent if something is done, naming the role that can say when it is. Stays in sight until it is."""

    kind: ClassVar[str] = "condition"
    condition: who.Condition
    fulfilled_by: who.Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Object(Position):
    """
    Going ahead would do harm. People read it as a *safety concern*. Nothing is agreed until it is closed.
    `objection` names it; a role whose objection is still open says again with the same name.
    """

    kind: ClassVar[str] = "object"
    objection: who.Objection


@dataclass(frozen=True, slots=True, kw_only=True)
class StandAside(Position):
    """I do not agree and will not stop it."""

    kind: ClassVar[str] = "stand-aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveNoView(Position):
    """Read it, nothing to add. Heard, and not a vote."""

    kind: ClassVar[str] = "no-view"


class Stance(StrEnum):
    """The six positions, as they are written down for somebody else."""

    CONSENT = "consent"
    CONCERN = "concern"
    CONDITION = "condition"
    OBJECT = "object"
    STAND_ASIDE = "stand-aside"
    NO_VIEW = "no-view"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPosition(Act):
    """
    Write down the position that somebody else took in the room: `said_by` them, `said_in` their role, `said_for` its
    organisation. It counts as heard at once, and stays marked with who wrote it down; for seven days whoever said it
    can confirm or correct it.
    """

    proposal: who.Proposal
    version: int
    stance: Stance
    said_by: who.Person
    said_in: who.Role
    said_for: who.Organisation
    because: Words = NOTHING_SAID
    condition: who.Condition | None = None
    fulfilled_by: who.Role | None = None
    objection: who.Objection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPosition(Act):
    """Say that a position that was written down for oneself (the entry `recorded`) is what one said."""

    proposal: who.Proposal
    recorded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPosition(Act):
    """
    Put right a position that was written down for oneself (the entry `recorded`), within seven days, also when the
    proposal has been agreed meanwhile. Corrected to an objection, it opens a review of the decision at once.
    """

    proposal: who.Proposal
    recorded: int
    stance: Stance
    because: Words = NOTHING_SAID
    condition: who.Condition | None = None
    fulfilled_by: who.Role | None = None
    objection: who.Objection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeMoved(Act):
    """
    Say what moved one to change one's position (the entry `position`): what somebody else wrote (`entry`), a `person`,
    or a visit to somebody (`visited_on`). Said again, the newest holds; with none of them, it is taken back.
    """

    proposal: who.Proposal
    position: int
    entry: int | None = None
    person: who.Person | None = None
    visited_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfil(Act):
    """Say that a condition has been met, by the role that it named."""

    condition: who.Condition
    because: Words = NOTHING_SAID


class Criterion(StrEnum):
    """What an objection states: one of the two things that make it one, or neither."""

    HARM = "harm-to-patients"
    DUTY = "risk-to-a-duty"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestObjection(Act):
    """
    Say what an objection states: harm to patients in this group, or a risk to an organisation's duty. One that states
    neither stays open, and its raiser may say more, or make it a concern. The newest word on it holds.
    """

    objection: who.Objection
    states: Criterion
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerToConcern(Act):
    """
    Make one's own objection a concern: consent on the version in hand, with the words of the objection as a worry on
    the record. Only the role that objected can.
    """

    objection: who.Objection
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve(Act):
    """
    Close an objection because it has been answered: by the `version` that met it, or by a `safeguard`, one of
    the responsibilities that follow. Only the role that objected can say so.
    """

    objection: who.Objection
    version: int
    safeguard: who.Responsibility | None = None
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawObjection(Act):
    """Take an objection back, saying why. Only the role that objected can."""

    objection: who.Objection
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Agree(Act):
    """
    Close a proposal as agreed. What follows from it is asked of the roles named. Who could have spoken for each
    organisation at this moment is worked out from the acts before it, and so is frozen with the decision.
    """

    proposal: who.Proposal
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedWithout(Act):
    """
    Close a proposal as agreed although an organisation has stayed silent, saying why. The review comes within
    28 days. Passes over silence only, never over an objection.
    """

    proposal: who.Proposal
    version: int
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Act):
    """Take a proposal back. Its positions and objections stay on the record."""

    proposal: who.Proposal
    because: Words


# ---- asking by a method of counting --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """
    One option of a poll. `carry_on` marks "carry on as now"; `starts_at` is the time that it stands for, when it is
    asked when to meet; `person` the member, when it is asked who takes a role.
    """

    option: str
    words: Words = NOTHING_SAID
    carry_on: bool = False
    starts_at: datetime | None = None
    person: who.Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoll(Act):
    """
    Put a question to organisations, to be answered and counted by a method. All that can change a result is settled
    here and stands on the ballot: the options, how many `places` there are, what leaving one out means (`unranked`),
    by which order ties go, how fine a scale is (`steps`), until when, and from when answers and results are seen.
    `role` is the one to be filled, where the method chooses who takes a role.
    """

    poll: who.Poll
    method: str
    question: Words
    options: tuple[Choice, ...] = ()
    asked: tuple[who.Organisation, ...]
    closes_on: date
    group: who.Group | None = None
    matter: who.Matter | None = None
    role: who.Role | None = None
    places: int = 1
    unranked: str = "last"
    ties_go_by: tuple[str, ...] = ()
    steps: int | None = None
    independent_first: bool = False
    results_from: str = "at-once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A number beside an option: a place in an order, a score, a step of a scale, a tick. The method says which."""

    option: str
    mark: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPoll(Act):
    """
    Answer a poll, for an organisation that is asked. Without a mark or a word it is "no view": heard, and not a vote.
    Somebody's newest answer takes the place of their earlier one.
    """

    poll: who.Poll
    marks: tuple[Marked, ...] = ()
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePoll(Act):
    """
    Close a poll. The count is worked out from the answers. `chosen` is what was decided together where options tie,
    or where the method counts nothing and somebody proposes from the reasons; `because` says why.
    """

    poll: who.Poll
    chosen: tuple[str, ...] = ()
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPollOff(Act):
    """Stop asking a poll, saying why. What was answered stays on the record, and is not counted."""

    poll: who.Poll
    because: Words


# ---- reviewing ---------------------------------------------------------------------------------------------------


class Works(StrEnum):
    """Whether a decision still works, as an organisation sees it."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReview(Act):
    """Ask for a review of a decision before its day, saying why. On its day, a review is open by itself."""

    proposal: who.Proposal
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReview(Act):
    """
    Say in a review, for one's organisation, whether a decision still works and is still safe. The newest answer in a
    role replaces that role's earlier one in the same review.
    """

    proposal: who.Proposal
    works: Works
    safe: bool
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Renew(Act):
    """Close a review by going on as decided, until another review: on a day, and owed to a role."""

    proposal: who.Proposal
    review_on: date
    review_by: who.Role
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace(Act):
    """
    Close a review by changing the decision: a new proposal is to take its place, and does so when it is agreed. Until
    then the decision goes on.
    """

    proposal: who.Proposal
    replacement: who.Proposal
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Act):
    """Close a review by ending the decision, saying why. What follows from it is closed by whoever holds it."""

    proposal: who.Proposal
    because: Words


# ---- giving credit -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCredit(Act):
    """
    Share a page, outside the team too, that credits everyone who gave something to a decision that was carried out.
    `called` says what was done, in words for everybody: nothing else that was written is on it.
    """

    proposal: who.Proposal
    called: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class StopSharing(Act):
    """Take the shared page of a decision back: its address leads nowhere from now on, also when it is shared again."""

    proposal: who.Proposal


# ---- meeting -----------------------------------------------------------------------------------------------------


class About(StrEnum):
    """What an item of an agenda is about."""

    OBJECTION = "objection"
    PROPOSAL = "proposal"
    RESPONSIBILITY = "responsibility"
    HANDOVER = "hand-over"
    REVIEW = "review"
    PATIENT = "patient"
    MATTER = "matter"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """
    One thing on an agenda. `which` is the identifier of what it is about (a review goes by its proposal); a topic of
    its own has none, and says in `words` what it is.
    """

    item: who.AgendaItem
    about: About
    which: str = ""
    words: Words = NOTHING_SAID


class Part(StrEnum):
    """What somebody does in a meeting besides taking part."""

    CHAIRS = "chairs"
    RECORDS = "records"
    TAKES_PART = "takes-part"


class ItemOutcome(StrEnum):
    """How an item of an agenda ended in a meeting."""

    DECIDED = "decided"
    ACTION = "action"
    NOTED = "noted"
    CARRIED_OVER = "carried-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMeeting(Act):
    """Call the team together: what for, when, for how many minutes, and where or at which number to ring."""

    meeting: who.Meeting
    called: Words
    starts_at: datetime
    minutes: int
    where: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulate(Act):
    """
    Put a meeting's agenda, which made itself from what is open, before everyone. From now on acts change it.
    `by_itself`: nobody pressed anything, it was the day before, and so it went out in the name of whoever answers for
    the role that called the meeting.
    """

    meeting: who.Meeting
    items: tuple[AgendaItem, ...]
    by_itself: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOn(Act):
    """Put something on a meeting's agenda, at its end."""

    meeting: who.Meeting
    item: AgendaItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop(Act):
    """Take something off a meeting's agenda, saying why."""

    meeting: who.Meeting
    item: who.AgendaItem
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorder(Act):
    """Put the items of a meeting's agenda in another order."""

    meeting: who.Meeting
    order: tuple[who.AgendaItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attend(Act):
    """
    Say that somebody is in the meeting: oneself, or whoever records says it of another. `role` is the role they are
    there in, if they have one. Said again, the newest holds.
    """

    meeting: who.Meeting
    person: who.Person
    role: who.Role | None = None
    part: Part = Part.TAKES_PART


@dataclass(frozen=True, slots=True, kw_only=True)
class NotThere(Act):
    """Say that somebody is not in the meeting after all."""

    meeting: who.Meeting
    person: who.Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclude(Act):
    """
    Say how an item of the agenda ended, with what was said, and the responsibilities that were asked for in the
    meeting because of it. Said again before the meeting closes, the newest holds.
    """

    meeting: who.Meeting
    item: who.AgendaItem
    outcome: ItemOutcome
    words: Words = NOTHING_SAID
    actions: tuple[who.Responsibility, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseMeeting(Act):
    """Close a meeting, when each item has an outcome and each action has hands. Its minutes are what was said."""

    meeting: who.Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOff(Act):
    """Call a meeting off before it has begun, saying why. What was on its agenda comes up again by itself."""

    meeting: who.Meeting
    because: Words


# ---- papers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that is on, which a paper has to do with: a talk, a visit, a meeting elsewhere."""

    called: Words
    starts_at: datetime
    minutes: int
    where: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish(Act):
    """
    Publish a paper, in Markdown, with its topics and the events that it has to do with. The team reads it, and so do
    the organisations and teams that it is open to. This is version 1.
    """

    paper: who.Paper
    title: Words
    body: Words
    topics: tuple[Words, ...] = ()
    events: tuple[Event, ...] = ()
    organisations: tuple[who.Organisation, ...] = ()
    teams: tuple[who.Team, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revise(Act):
    """Publish a paper's next version, saying what changed. The earlier ones can still be read."""

    paper: who.Paper
    version: int
    title: Words
    body: Words
    topics: tuple[Words, ...] = ()
    events: tuple[Event, ...] = ()
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTo(Act):
    """Say which organisations and teams besides its own a paper is open to, from now on."""

    paper: who.Paper
    organisations: tuple[who.Organisation, ...] = ()
    teams: tuple[who.Team, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discuss(Act):
    """
    Say something about a paper, or ask something, or answer what was said (by the number of its entry). Whoever reads
    it as a guest says of which team, and in which role there, if any.
    """

    paper: who.Paper
    version: int
    words: Words
    question: bool = False
    answers: int | None = None
    guest_of: who.Team | None = None
    guest_role: who.Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract(Act):
    """Take back what one said about a paper. That something was said there stays, and so do the answers to it."""

    paper: who.Paper
    said: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Act):
    """Say which answer settles a question that was asked of a paper."""

    paper: who.Paper
    question: int
    answer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUp(Act):
    """Take up what was said about a paper as a matter of the team; a proposal can come of that."""

    paper: who.Paper
    said: int
    matter: who.Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDown(Act):
    """Take a paper down, saying why. Guests no longer read it; the team still can."""

    paper: who.Paper
    because: Words


# ---- holding -----------------------------------------------------------------------------------------------------


class Progress(StrEnum):
    """How something in hand is getting on."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    CANNOT_YET = "cannot-be-done-yet"


class Outcome(StrEnum):
    """How something in hand ended."""

    DONE = "done"
    PARTLY = "partly-done"
    NOT_DONE = "not-done"
    NO_LONGER_NEEDED = "no-longer-needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Act):
    """
    Ask a role to take something on, naming the role that stands in for it. With a responsibility that was
    declined before, asks another role.
    """

    responsibility: who.Responsibility
    what: Words
    role: who.Role
    deputy_role: who.Role
    first_check_on: date
    known_by: Words
    group: who.Group | None = None
    patient: who.Patient | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOn(Act):
    """Accept a responsibility on behalf of the role that was asked."""

    responsibility: who.Responsibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Act):
    """Say that the role asked cannot take a responsibility on, and why. Somebody else has to be asked."""

    responsibility: who.Responsibility
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Act):
    """
    Say how a responsibility is getting on, and whether support is needed. Does not make it any younger.

    `answered_by` is a partner outside the team, whose answer to what whoever reports asked of them is recorded so.
    """

    responsibility: who.Responsibility
    progress: Progress
    words: Words
    support_needed: bool = False
    next_check_on: date | None = None
    answered_by: Words = NOTHING_SAID


class Reached(StrEnum):
    """How far a responsibility about a group has come for one person of it."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    CANNOT = "cannot-be-done"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOnPeople(Act):
    """
    Say how far a responsibility about a group has come for one or several people of it: done, under way, cannot be
    done, or an exception, which is somebody to whom what was decided does not apply, with the reason. The newest word
    on a person holds. Whoever comes into the group later has a line too, not started.
    """

    responsibility: who.Responsibility
    patients: tuple[who.Patient, ...]
    reached: Reached
    because: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(Act):
    """Close a responsibility with what happened."""

    responsibility: who.Responsibility
    outcome: Outcome
    what_happened: Words


# ---- handing over ------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What can be handed over."""

    RESPONSIBILITY = "responsibility"
    OBJECTION = "objection"
    CONDITION = "condition"
    REVIEW = "review"
    DEPUTY = "deputy"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    One thing in hand: a responsibility, an open objection, a condition to say fulfilled, a review owed, a place as
    deputy, or a role itself. `which` is its identifier (a review goes by its proposal). `from_role` is the role it
    is held in; `to_role` the role it goes to, the same one when the role itself is being passed on.
    """

    kind: Kind
    which: str
    from_role: who.Role
    to_role: who.Role


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Act):
    """
    Offer what one holds to somebody, item by item. Whoever offers stays answerable until each item is accepted;
    an offer not answered by `answer_by_on` is brought to the coordinating role.
    """

    handover: who.HandOver
    to: who.Person
    items: tuple[Item, ...]
    answer_by_on: date
    words: Words = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Act):
    """
    Accept one item of a hand-over. It passes at this moment; what goes with a role is read back now, and passes
    when the role itself is accepted.
    """

    handover: who.HandOver
    kind: Kind
    which: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack(Act):
    """Return one item of a hand-over, saying why. It stays with whoever offered it."""

    handover: who.HandOver
    kind: Kind
    which: str
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(Act):
    """Stop offering what has not been answered yet. What was accepted stays accepted."""

    handover: who.HandOver


# ---- the record itself -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Withhold(Act):
    """
    Remove the words of an earlier act, for a lawful reason. That there were words, whose, and why they were
    removed stays on the record. `about`: only those that are about one patient, whose record is being removed.
    """

    number: int
    because: Words
    about: who.Patient | None = None


AnyAct: TypeAlias = (
    Convene
    | Invite
    | Join
    | Leave
    | Remove
    | CreateRole
    | Hold
    | Deputise
    | StepDown
    | BeAway
    | ComeBack
    | Gather
    | Include
    | Release
    | Raise
    | Propose
    | Amend
    | Comment
    | Consent
    | ConsentWithConcern
    | ConsentIf
    | Object
    | StandAside
    | GiveNoView
    | RecordPosition
    | ConfirmPosition
    | CorrectPosition
    | BeMoved
    | Fulfil
    | TestObjection
    | LowerToConcern
    | Resolve
    | WithdrawObjection
    | Agree
    | ProceedWithout
    | Withdraw
    | OpenPoll
    | AnswerPoll
    | ClosePoll
    | CallPollOff
    | OpenReview
    | AnswerReview
    | Renew
    | Replace
    | End
    | ShareCredit
    | StopSharing
    | CallMeeting
    | Circulate
    | PutOn
    | Drop
    | Reorder
    | Attend
    | NotThere
    | Conclude
    | CloseMeeting
    | CallOff
    | Publish
    | Revise
    | OpenTo
    | Discuss
    | Retract
    | Settle
    | TakeUp
    | TakeDown
    | Ask
    | TakeOn
    | Decline
    | Report
    | ReportOnPeople
    | Complete
    | HandOver
    | Accept
    | GiveBack
    | TakeBack
    | Withhold
)
"""Every act there is, so that a `match` on it can be seen to be complete."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act that was accepted, with its number in its team."""

    number: int
    act: AnyAct


NAMES: dict[str, type[AnyAct]] = {
    "convene": Convene,
    "invite": Invite,
    "join": Join,
    "leave": Leave,
    "remove": Remove,
    "create-role": CreateRole,
    "hold": Hold,
    "deputise": Deputise,
    "step-down": StepDown,
    "be-away": BeAway,
    "come-back": ComeBack,
    "gather": Gather,
    "include": Include,
    "release": Release,
    "raise": Raise,
    "propose": Propose,
    "amend": Amend,
    "comment": Comment,
    "consent": Consent,
    "consent-with-concern": ConsentWithConcern,
    "consent-if": ConsentIf,
    "object": Object,
    "stand-aside": StandAside,
    "give-no-view": GiveNoView,
    "record-position": RecordPosition,
    "confirm-position": ConfirmPosition,
    "correct-position": CorrectPosition,
    "be-moved": BeMoved,
    "fulfil": Fulfil,
    "test-objection": TestObjection,
    "lower-to-concern": LowerToConcern,
    "resolve": Resolve,
    "withdraw-objection": WithdrawObjection,
    "agree": Agree,
    "proceed-without": ProceedWithout,
    "withdraw": Withdraw,
    "open-poll": OpenPoll,
    "answer-poll": AnswerPoll,
    "close-poll": ClosePoll,
    "call-poll-off": CallPollOff,
    "open-review": OpenReview,
    "answer-review": AnswerReview,
    "renew": Renew,
    "replace": Replace,
    "end": End,
    "share-credit": ShareCredit,
    "stop-sharing": StopSharing,
    "call-meeting": CallMeeting,
    "circulate": Circulate,
    "put-on": PutOn,
    "drop": Drop,
    "reorder": Reorder,
    "attend": Attend,
    "not-there": NotThere,
    "conclude": Conclude,
    "close-meeting": CloseMeeting,
    "call-off": CallOff,
    "publish": Publish,
    "revise": Revise,
    "open-to": OpenTo,
    "discuss": Discuss,
    "retract": Retract,
    "settle": Settle,
    "take-up": TakeUp,
    "take-down": TakeDown,
    "ask": Ask,
    "take-on": TakeOn,
    "decline": Decline,
    "report": Report,
    "report-on-people": ReportOnPeople,
    "complete": Complete,
    "hand-over": HandOver,
    "accept": Accept,
    "give-back": GiveBack,
    "take-back": TakeBack,
    "withhold": Withhold,
}
"""The name of each act in the log. A name is never changed or used again for something else."""
