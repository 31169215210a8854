"""
Papers: each with its versions, and what was said about it, in threads one deep: what was said first, and the answers.

Somebody who reads as a guest is shown with the team that they are of.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from manyhands import acts, who
from manyhands.pictures.said import By, by


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a paper, as it was published, and what changed in it."""

    version: int
    by: By
    title: acts.Words
    body: acts.Words
    topics: tuple[acts.Words, ...]
    events: tuple[acts.Event, ...]
    because: acts.Words = acts.NOTHING_SAID


@dataclass(frozen=True, slots=True)
class SaidThere:
    """
    Something said about a paper, on which version; `settled_by` is the answer that settles a question, `came_to` the
    matter that it was taken up as.
    """

    by: By
    version: int
    words: acts.Words
    is_question: bool
    guest_of: who.Team | None
    answers: tuple["SaidThere", ...] = ()
    is_retracted: bool = False
    settled_by: int | None = None
    came_to: who.Matter | None = None

    @property
    def number(self) -> int:
        return self.by.number


@dataclass(frozen=True, slots=True)
class PaperStory:
    """A paper from its first version to its newest, whom it is open to, and what was said about it, oldest first."""

    paper: who.Paper
    editions: tuple[Edition, ...]
    organisations: tuple[who.Organisation, ...]
    teams: tuple[who.Team, ...]
    said: tuple[SaidThere, ...] = ()
    taken_down: tuple[By, acts.Words] | None = None

    @property
    def now(self) -> Edition:
        return self.editions[-1]

    @property
    def first(self) -> Edition:
        return self.editions[0]

    @property
    def writers(self) -> tuple[By, ...]:
        """Whoever published a version of it, each once, in the order in which they did."""
        return tuple({each.by.person: each.by for each in reversed(self.editions)}.values())[::-1]

    @property
    def answers(self) -> int:
        """How much was said about it, and not taken back."""
        return sum(not each.is_retracted for first in self.said for each in (first, *first.answers))

    @property
    def open_questions(self) -> int:
        return sum(each.is_question and not each.is_retracted and each.settled_by is None for each in self.said)

    @property
    def last_at(self) -> datetime:
        """When something last happened to it."""
        return max(
            self.now.by.at, *(each.by.at for first in self.said for each in (first, *first.answers)), self.first.by.at
        )


@dataclass(slots=True)
class Papers:
    """Every paper of a team, in the order in which they came."""

    papers: dict[who.Paper, PaperStory] = field(default_factory=dict)


def fold(recorded: Iterable[acts.Recorded], start: Papers | None = None) -> Papers:
    """Bring the papers forward by acts that were accepted, oldest first."""
    now = copy(start) if start is not None else Papers()
    now.papers = dict(now.papers)
    for entry in recorded:
        _bring_forward(now.papers, entry)
    return now


def _bring_forward(papers: dict[who.Paper, PaperStory], entry: acts.Recorded) -> None:
    match act := entry.act:
        case acts.Publish():
            first = Edition(1, by(entry), act.title, act.body, act.topics, act.events)
            papers[act.paper] = PaperStory(act.paper, (first,), act.organisations, act.teams)
        case acts.Revise():
            story = papers[act.paper]
            now = Edition(act.version + 1, by(entry), act.title, act.body, act.topics, act.events, act.because)
            papers[act.paper] = replace(story, editions=(*story.editions, now))
        case acts.OpenTo():
            papers[act.paper] = replace(papers[act.paper], organisations=act.organisations, teams=act.teams)
        case acts.TakeDown():
            papers[act.paper] = replace(papers[act.paper], taken_down=(by(entry), act.because))
        case acts.Discuss():
            papers[act.paper] = _with(papers[act.paper], act, by(entry))
        case acts.Retract():
            papers[act.paper] = _changed(papers[act.paper], act.said, is_retracted=True)
        case acts.Settle():
            papers[act.paper] = _changed(papers[act.paper], act.question, settled_by=act.answer)
        case acts.TakeUp():
            papers[act.paper] = _changed(papers[act.paper], act.said, came_to=act.matter)
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
            | acts.Gather()
            | acts.Include()
            | acts.Release()
            | acts.Raise()
            | acts.Propose()
            | acts.Amend()
            | acts.Comment()
            | acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
            | acts.RecordPosition()
            | acts.ConfirmPosition()
            | acts.CorrectPosition()
            | acts.BeMoved()
            | acts.Fulfil()
            | acts.TestObjection()
            | acts.LowerToConcern()
            | acts.Resolve()
            | acts.WithdrawObjection()
            | acts.Agree()
            | acts.ProceedWithout()
            | acts.Withdraw()
            | acts.OpenPoll()
            | acts.AnswerPoll()
            | acts.ClosePoll()
            | acts.CallPollOff()
            | acts.OpenReview()
            | acts.AnswerReview()
            | acts.Renew()
            | acts.Replace()
            | acts.End()
            | acts.CallMeeting()
            | acts.Circulate()
            | acts.PutOn()
            | acts.Drop()
            | acts.Reorder()
            | acts.Attend()
            | acts.NotThere()
            | acts.Conclude()
            | acts.CloseMeeting()
            | acts.CallOff()
            | acts.ShareCredit()
            | acts.StopSharing()
            | acts.Ask()
            | acts.TakeOn()
            | acts.Decline()
            | acts.Report()
            | acts.ReportOnPeople()
            | acts.Complete()
            | acts.HandOver()
            | acts.Accept()
            | acts.GiveBack()
            | acts.TakeBack()
        ):
            pass  # not about papers
        case acts.Withhold():
            pass  # words that were removed are read as removed from the beginning
        case _:
            assert_never(act)


def _with(story: PaperStory, act: acts.Discuss, said_by: By) -> PaperStory:
    spoken = replace(said_by, role=act.guest_role) if act.guest_role else said_by
    said = SaidThere(spoken, act.version, act.words, act.question, act.guest_of)
    if act.answers is None:
        return replace(story, said=(*story.said, said))
    return replace(
        story,
        said=tuple(
            replace(each, answers=(*each.answers, said)) if each.number == act.answers else each for each in story.said
        ),
    )


def _changed(story: PaperStory, number: int, **changes: object) -> PaperStory:
    def changed(each: SaidThere) -> SaidThere:
        if each.number == number:
            return replace(each, **changes)  # type: ignore[arg-type]  # each is a field of it
        return replace(each, answers=tuple(changed(answer) for answer in each.answers)) if each.answers else each

    return replace(story, said=tuple(changed(each) for each in story.said))
