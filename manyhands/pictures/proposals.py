"""
Proposals and matters: every version and what was said on each, safety concerns and how they ended, conditions, and how
it all closed.

Nothing here judges. What is allowed now is for the rules; what was allowed then was judged on the way in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from manyhands import acts, who
from manyhands.pictures import reviews as reviewing
from manyhands.pictures.said import By, Remark, by
from manyhands.rules.recording import as_concern, as_said, corrected


@dataclass(frozen=True, slots=True)
class Wording:
    """What was put at one time. `change` counts changes of either sort, `version` the material ones."""

    version: int
    change: int
    material: bool
    terms: acts.Terms
    by: By
    because: acts.Words = acts.NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Moved:
    """
    What somebody said moved them: what was written (`entry`, and what it was: "comment", "answer", "change", "matter"),
    with the `person` who wrote it; a person; or a visit on a day.
    """

    entry: int | None = None
    what: str = ""
    person: who.Person | None = None
    visited_on: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """
    A position as it was given, on the version and wording of that moment. It stays, whatever comes after. `recorded_by`
    is who wrote it down for whoever said it; `corrects` the entry of what had been written down and was not so.
    """

    by: By
    kind: str
    version: int
    change: int
    because: acts.Words
    condition: who.Condition | None = None
    fulfilled_by: who.Role | None = None
    objection: who.Objection | None = None
    recorded_by: By | None = None
    confirmed: bool = False
    corrects: int | None = None
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """How a safety concern ended, or a whole proposal: by whom, and in which words."""

    how: str
    by: By
    because: acts.Words
    version: int | None = None
    safeguard: who.Responsibility | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    """What somebody found a safety concern to state."""

    states: acts.Criterion
    by: By
    because: acts.Words


@dataclass(frozen=True, slots=True)
class Concern:
    """A safety concern (an objection): when it was raised, in which words, what it states, and how it ended."""

    objection: who.Objection
    raised: By
    version: int
    words: acts.Words
    closed: Closing | None = None
    tests: tuple["Tested", ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of somebody's consent, and when it was said to be fulfilled; `dropped` when they answered anew."""

    condition: who.Condition
    set_by: By
    words: acts.Words
    fulfilled: By | None = None
    fulfilled_words: acts.Words = acts.NOTHING_SAID
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class ProposalStory:
    """A proposal from beginning to end."""

    proposal: who.Proposal
    group: who.Group | None
    matter: who.Matter | None
    proposed: By
    wordings: tuple[Wording, ...]
    positions: tuple[Said, ...] = ()
    comments: tuple[Remark, ...] = ()
    concerns: tuple[Concern, ...] = ()
    conditions: tuple[Condition, ...] = ()
    closed: Closing | None = None
    reviews: reviewing.Reviews = ()
    replaces: tuple[who.Proposal, ...] = ()

    @property
    def now(self) -> Wording:
        return self.wordings[-1]

    @property
    def terms(self) -> acts.Terms:
        return self.now.terms

    def newest_in(self, role: who.Role) -> Said | None:
        return next((said for said in reversed(self.positions) if said.by.role == role), None)

    def is_newest(self, said: Said) -> bool:
        return said.by.role is not None and self.newest_in(said.by.role) == said


@dataclass(frozen=True, slots=True)
class MatterStory:
    """A matter somebody raised, what was said about it, and the proposals that came of it."""

    matter: who.Matter
    group: who.Group | None
    raised: By
    words: acts.Words
    comments: tuple[Remark, ...] = ()
    proposals: tuple[who.Proposal, ...] = ()
    came_of: tuple[who.Paper, int] | None = None
    """The paper, and the number of what was said about it, that it was taken up from."""


@dataclass(slots=True)
class Proposals:
    """Every proposal and matter of a team, in the order in which they came."""

    proposals: dict[who.Proposal, ProposalStory] = field(default_factory=dict)
    matters: dict[who.Matter, MatterStory] = field(default_factory=dict)
    proposal_of: dict[who.Objection | who.Condition, who.Proposal] = field(default_factory=dict)


def fold(recorded: Iterable[acts.Recorded], start: Proposals | None = None) -> Proposals:
    """Bring the proposals forward by acts that were accepted, oldest first."""
    now = (
        Proposals(dict(start.proposals), dict(start.matters), dict(start.proposal_of))
        if start is not None
        else Proposals()
    )
    for entry in recorded:
        _bring_forward(now, entry)
    return now


def _bring_forward(now: Proposals, entry: acts.Recorded) -> None:
    match act := entry.act:
        case acts.Raise():
            now.matters[act.matter] = MatterStory(act.matter, act.group, by(entry), act.words)
        case acts.Propose():
            first = Wording(1, 0, True, act.terms, by(entry))
            story = ProposalStory(act.proposal, act.group, act.matter, by(entry), (first,))
            now.proposals[act.proposal] = story
            if act.matter is not None:
                matter = now.matters[act.matter]
                now.matters[act.matter] = replace(matter, proposals=(*matter.proposals, act.proposal))
        case acts.TakeUp():
            now.matters[act.matter] = replace(now.matters[act.matter], came_of=(act.paper, act.said))
        case acts.Amend():
            story = now.proposals[act.proposal]
            version = story.now.version + (1 if act.material else 0)
            wording = Wording(version, story.now.change + 1, act.material, act.terms, by(entry), act.because)
            now.proposals[act.proposal] = replace(story, wordings=(*story.wordings, wording))
        case acts.Comment():
            _comment(now, act, Remark(by(entry), act.words))
        case (
            acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
        ):
            now.proposals[act.proposal] = _answered(now, now.proposals[act.proposal], act, by(entry))
        case acts.RecordPosition():
            said_by = By(act.said_by, act.said_in, act.said_for, act.at, entry.number)
            story = _answered(now, now.proposals[act.proposal], as_said(act), said_by)
            now.proposals[act.proposal] = _newest(story, recorded_by=by(entry))
        case acts.ConfirmPosition():
            now.proposals[act.proposal] = _confirmed(now.proposals[act.proposal], act.recorded)
        case acts.CorrectPosition():
            _correct(now, act, by(entry))
        case acts.BeMoved():
            _moved(now, act)
        case acts.Fulfil():
            _fulfil(now, act, by(entry))
        case acts.TestObjection():
            story = now.proposals[now.proposal_of[act.objection]]
            tested = Tested(act.states, by(entry), act.because)
            concerns = tuple(
                replace(c, tests=(*c.tests, tested)) if c.objection == act.objection else c for c in story.concerns
            )
            now.proposals[story.proposal] = replace(story, concerns=concerns)
        case acts.LowerToConcern():
            story = now.proposals[now.proposal_of[act.objection]]
            words = next(c.words for c in story.concerns if c.objection == act.objection)
            position = as_concern(act, story.proposal, words)
            now.proposals[story.proposal] = _answered(now, story, position, by(entry))
            _close(now, act.objection, Closing("became-a-concern", by(entry), acts.NOTHING_SAID, act.version))
        case acts.Resolve():
            how = "integrated" if act.safeguard is None else "accepted-with-a-safeguard"
            _close(now, act.objection, Closing(how, by(entry), act.because, act.version, act.safeguard))
        case acts.WithdrawObjection():
            _close(now, act.objection, Closing("withdrawn", by(entry), act.because))
        case acts.Agree():
            _end(now, act.proposal, Closing("agreed", by(entry), acts.NOTHING_SAID, act.version))
        case acts.ProceedWithout():
            _end(now, act.proposal, Closing("agreed-without", by(entry), act.because, act.version))
        case acts.Withdraw():
            _end(now, act.proposal, Closing("withdrawn", by(entry), act.because))
        case acts.OpenReview() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
            _review(now, act, by(entry))
        case (
            acts.Convene()
            | acts.Invite()
            | acts.Join()
            | acts.Leave()
            | acts.Remove()
            | acts.CreateRole()
            | acts.Hold()
            | acts.Deputise()
            | acts.StepDown()
            | acts.BeAway()
            | acts.ComeBack()
        ):
            pass  # who is here changes who may speak, never what was said
        case acts.Gather() | acts.Include() | acts.Release():
            pass  # a decision keeps the rule and the count it was made on, in how things stand
        case acts.OpenPoll() | acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
            pass  # a poll comes before the proposal that says what it came to
        case acts.ShareCredit() | acts.StopSharing():
            pass  # who is thanked for a decision changes nothing that was said on it
        case acts.Ask() | acts.TakeOn() | acts.Decline() | acts.Report() | acts.ReportOnPeople() | acts.Complete():
            pass  # what follows from a decision is in who holds what
        case acts.HandOver() | acts.Accept() | acts.GiveBack() | acts.TakeBack():
            pass  # which role a concern or a condition is with now is in how things stand
        case (
            acts.CallMeeting()
            | acts.Circulate()
            | acts.PutOn()
            | acts.Drop()
            | acts.Reorder()
            | acts.Attend()
            | acts.NotThere()
            | acts.Conclude()
            | acts.CloseMeeting()
            | acts.CallOff()
        ):
            pass  # a meeting talks about proposals; what comes of it is said by acts of their own
        case (
            acts.Publish()
            | acts.Revise()
            | acts.OpenTo()
            | acts.Discuss()
            | acts.Retract()
            | acts.Settle()
            | acts.TakeDown()
        ):
            pass  # papers have a picture of their own
        case acts.Withhold():
            pass  # words that were removed are read as removed from the beginning
        case _:
            assert_never(act)


def _comment(now: Proposals, act: acts.Comment, remark: Remark) -> None:
    if act.proposal is not None and act.proposal in now.proposals:
        story = now.proposals[act.proposal]
        now.proposals[act.proposal] = replace(story, comments=(*story.comments, remark))
    if act.matter is not None and act.matter in now.matters:
        matter = now.matters[act.matter]
        now.matters[act.matter] = replace(matter, comments=(*matter.comments, remark))


def _answered(now: Proposals, story: ProposalStory, act: acts.Position, said_by: By) -> ProposalStory:
    said = Said(said_by, act.kind, act.version, story.now.change, act.because)
    conditions = tuple(
        replace(c, dropped=True) if c.set_by.role == act.in_role and c.fulfilled is None else c
        for c in story.conditions
    )
    concerns = story.concerns
    if isinstance(act, acts.Object):
        said = replace(said, objection=act.objection)
        if act.objection not in now.proposal_of:
            concerns = (*concerns, Concern(act.objection, said_by, act.version, act.because))
            now.proposal_of[act.objection] = act.proposal
    if isinstance(act, acts.ConsentIf):
        said = replace(said, condition=act.condition, fulfilled_by=act.fulfilled_by)
        met = next((c for c in story.conditions if c.condition == act.condition), None)
        conditions = tuple(c for c in conditions if c.condition != act.condition)
        if met is not None and met.fulfilled is not None:  # confirmed on a new version, it stays fulfilled
            again = replace(met, set_by=said_by, words=act.because)
        else:
            again = Condition(act.condition, said_by, act.because)
        conditions = (*conditions, again)
        now.proposal_of[act.condition] = act.proposal
    return replace(story, positions=(*story.positions, said), concerns=concerns, conditions=conditions)


def _newest(story: ProposalStory, **to: object) -> ProposalStory:
    """The story with something more said of the position that was given last."""
    *earlier, last = story.positions
    return replace(story, positions=(*earlier, replace(last, **to)))  # type: ignore[arg-type]


def _confirmed(story: ProposalStory, recorded: int) -> ProposalStory:
    positions = tuple(replace(s, confirmed=True) if s.by.number == recorded else s for s in story.positions)
    return replace(story, positions=positions)


def _correct(now: Proposals, act: acts.CorrectPosition, said_by: By) -> None:
    """What was written down stays in the history; a safety concern that was only written down is closed."""
    story = now.proposals[act.proposal]
    before = next(said for said in story.positions if said.by.number == act.recorded)
    said_by = replace(said_by, role=before.by.role, organisation=before.by.organisation)
    closing = Closing("corrected", said_by, act.because)
    concerns = tuple(
        replace(c, closed=closing) if c.raised.number == act.recorded and c.closed is None else c
        for c in story.concerns
    )
    assert before.by.role is not None  # the rule lets nobody take a position outside a role
    position = corrected(act, before.by.role, before.by.organisation, before.version)
    story = _newest(_answered(now, replace(story, concerns=concerns), position, said_by), corrects=act.recorded)
    now.proposals[act.proposal] = story
    if story.closed is not None and act.stance is acts.Stance.OBJECT and act.objection is not None:
        _close(now, act.objection, Closing("taken-to-review", said_by, acts.NOTHING_SAID))
        said = reviewing.SaidInReview(said_by, acts.Works.NO, False, act.because)
        story = now.proposals[act.proposal]
        reviews = story.reviews
        if not reviews or reviews[-1].is_over or reviews[-1].asked is None:
            reviews = reviewing.asked_for(reviews, said_by, act.because, by_correcting=True)
        now.proposals[act.proposal] = replace(story, reviews=reviewing.answered(reviews, said))


def _moved(now: Proposals, act: acts.BeMoved) -> None:
    story = now.proposals[act.proposal]
    moved = Moved(person=act.person, visited_on=act.visited_on) if act.person or act.visited_on else None
    for entry, what, person in could_have_moved(story, now.matters.get(story.matter) if story.matter else None):
        if entry == act.entry:
            moved = Moved(entry, what, person)
    positions = tuple(replace(s, moved=moved) if s.by.number == act.position else s for s in story.positions)
    now.proposals[act.proposal] = replace(story, positions=positions)


def could_have_moved(story: ProposalStory, matter: "MatterStory | None") -> Iterator[tuple[int, str, who.Person]]:
    """Everything written on a proposal, and on the matter it came from: its entry, what it was, and who wrote it."""
    if matter is not None:
        yield matter.raised.number, "matter", matter.raised.person
        yield from ((remark.by.number, "comment", remark.by.person) for remark in matter.comments)
    yield from ((remark.by.number, "comment", remark.by.person) for remark in story.comments)
    yield from ((said.by.number, "answer", said.by.person) for said in story.positions)
    yield from ((made.by.number, "change", made.by.person) for made in story.wordings[1:])


def _fulfil(now: Proposals, act: acts.Fulfil, said_by: By) -> None:
    story = now.proposals[now.proposal_of[act.condition]]
    conditions = tuple(
        replace(c, fulfilled=said_by, fulfilled_words=act.because) if c.condition == act.condition else c
        for c in story.conditions
    )
    now.proposals[story.proposal] = replace(story, conditions=conditions)


def _close(now: Proposals, which: who.Objection, closing: Closing) -> None:
    story = now.proposals[now.proposal_of[which]]
    concerns = tuple(replace(c, closed=closing) if c.objection == which else c for c in story.concerns)
    now.proposals[story.proposal] = replace(story, concerns=concerns)


def _end(now: Proposals, which: who.Proposal, closing: Closing) -> None:
    now.proposals[which] = replace(now.proposals[which], closed=closing)
    for decision in now.proposals[which].replaces:
        _replaced(now, now.proposals[decision], which, closing)


def _review(
    now: Proposals,
    act: acts.OpenReview | acts.AnswerReview | acts.Renew | acts.Replace | acts.End,
    said_by: By,
) -> None:
    story = now.proposals[act.proposal]
    match act:
        case acts.OpenReview():
            reviews = reviewing.asked_for(story.reviews, said_by, act.because)
        case acts.AnswerReview():
            said = reviewing.SaidInReview(said_by, act.works, act.safe, act.because)
            reviews = reviewing.answered(story.reviews, said)
        case acts.Renew():
            came = reviewing.Came("renewed", said_by, act.because, act.review_on, act.review_by)
            reviews = reviewing.came_to(story.reviews, came)
        case acts.Replace():
            came = reviewing.Came("to-be-changed", said_by, act.because, replacement=act.replacement)
            reviews = reviewing.came_to(story.reviews, came)
            change = now.proposals[act.replacement]
            now.proposals[act.replacement] = replace(change, replaces=(*change.replaces, act.proposal))
        case acts.End():
            reviews = reviewing.came_to(story.reviews, reviewing.Came("ended", said_by, act.because))
        case _:
            assert_never(act)
    now.proposals[act.proposal] = replace(story, reviews=reviews)


def _replaced(now: Proposals, decision: ProposalStory, by_which: who.Proposal, closing: Closing) -> None:
    """What was to take a decision's place is closed: it does, or, taken back, leaves the review open again."""
    came = decision.reviews[-1].came if decision.reviews else None
    if came is None or (came.how, came.replacement) != ("to-be-changed", by_which):
        return
    after = replace(came, how="changed", by=closing.by) if closing.how != "withdrawn" else None
    reviews = reviewing.came_to(decision.reviews, after)
    now.proposals[decision.proposal] = replace(decision, reviews=reviews)
