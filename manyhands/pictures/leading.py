"""
Leading: in which ways a team is led, by which organisations and roles, and who follows.

Of the team as a whole, and of its organisations and roles. Of a person it gives only what they did themselves, to
themselves, one thing after another: nothing here counts, sums or ranks a person.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from manyhands import acts, who

WAYS = ("raises", "proposes", "challenges", "moves others", "takes on", "carries out", "chairs", "records")
"""The ways of leading, in the order in which a matter goes; as in joinedup/measures/leading.py, by a test."""

FOLLOWS = "follows"
MOVED = "was moved"
CARRIED_OUT = (acts.Outcome.DONE, acts.Outcome.PARTLY)

Speaker = tuple[who.Person, who.Role | None, who.Organisation]


@dataclass(frozen=True, slots=True)
class Done:
    """
    One time that somebody led, or followed: in which way, when, in which role, and for which organisation. `across`: it
    went beyond their own organisation, where that can be said. `number` is the entry it rests on.
    """

    way: str
    number: int
    at: datetime
    person: who.Person
    role: who.Role | None
    organisation: who.Organisation
    proposal: who.Proposal | None = None
    across: bool | None = None
    by_whom: who.Organisation | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a responsibility ended, and how many kinds of roles had answered the proposal it follows from, if any."""

    at: datetime
    carried_out: bool
    professions: int | None


@dataclass(frozen=True, slots=True)
class Chaired:
    """A meeting that was held, and who chaired it; nobody, where nobody said so."""

    meeting: who.Meeting
    starts_at: datetime
    chairs: frozenset[who.Person]


@dataclass(slots=True)
class Leading:
    """
    `done`: everything that somebody led or followed in, by what is said only once of it, oldest first; `ended`:
    responsibilities that were closed; `chaired`: meetings held, in the order in which they were closed.
    """

    done: dict[Hashable, Done] = field(default_factory=dict)
    ended: dict[who.Responsibility, Ended] = field(default_factory=dict)
    chaired: tuple[Chaired, ...] = ()
    speakers: dict[int, Speaker] = field(default_factory=dict)
    homes: dict[who.Person, who.Organisation] = field(default_factory=dict)
    kinds: dict[who.Role, str] = field(default_factory=dict)
    proposed: dict[who.Proposal, tuple[who.Person, who.Organisation, acts.Terms]] = field(default_factory=dict)
    answered: dict[who.Proposal, frozenset[str]] = field(default_factory=dict)
    asked: dict[who.Responsibility, tuple[who.Person, who.Organisation, int | None]] = field(default_factory=dict)
    meetings: dict[who.Meeting, datetime] = field(default_factory=dict)

    def going_on(self) -> "Leading":
        shelves = ("done", "ended", "speakers", "homes", "kinds", "proposed", "answered", "asked", "meetings")
        return Leading(chaired=self.chaired, **{shelf: dict(getattr(self, shelf)) for shelf in shelves})

    def since(self, at: datetime) -> list[Done]:
        """What was done since a moment, oldest first."""
        return sorted((done for done in self.done.values() if done.at >= at), key=lambda done: done.number)


def fold(recorded: Iterable[acts.Recorded], start: Leading | None = None) -> Leading:
    """Bring the picture forward by acts that were accepted, oldest first."""
    now = start.going_on() if start is not None else Leading()
    for entry in recorded:
        _bring_forward(now, entry.number, entry.act)
    return now


def _bring_forward(now: Leading, number: int, act: acts.AnyAct) -> None:
    match act:
        case acts.Convene():
            now.homes[act.by], now.kinds[act.role] = act.for_organisation, act.kind
        case acts.Join():
            now.homes.setdefault(act.by, act.for_organisation)
        case acts.CreateRole():
            now.kinds[act.role] = act.kind
        case acts.Raise():
            _speaks(now, number, act)
            _did(now, "raises", number, act)
        case acts.OpenPoll():
            across = any(organisation != act.for_organisation for organisation in act.asked)
            _did(now, "raises", number, act, across=across)
        case acts.Propose():
            now.proposed[act.proposal] = (act.by, act.for_organisation, act.terms)
            now.answered[act.proposal] = _with(now, act.proposal, act.in_role)
            across = any(organisation != act.for_organisation for organisation in act.terms.affected)
            _did(now, "proposes", number, act, act.proposal, across)
        case acts.Amend():
            _speaks(now, number, act)
            by, organisation, _ = now.proposed[act.proposal]
            now.proposed[act.proposal] = (by, organisation, act.terms)
        case acts.Comment():
            _speaks(now, number, act)
            if act.proposal is not None:
                _follows(now, number, act.proposal, (act.by, act.in_role, act.for_organisation), act.at)
        case acts.Consent() | acts.ConsentWithConcern() | acts.ConsentIf() | acts.Object():
            _answers(now, number, act.proposal, acts.Stance(act.kind), (act.by, act.in_role, act.for_organisation), act)
        case acts.StandAside() | acts.GiveNoView():
            _answers(now, number, act.proposal, acts.Stance(act.kind), (act.by, act.in_role, act.for_organisation), act)
        case acts.RecordPosition():
            _answers(now, number, act.proposal, act.stance, (act.said_by, act.said_in, act.said_for), act)
        case acts.LowerToConcern() | acts.CorrectPosition():
            _speaks(now, number, act)
        case acts.BeMoved():
            _is_moved(now, number, act)
        case acts.OpenReview():
            _did(now, "challenges", number, act, act.proposal)
        case acts.Agree() | acts.ProceedWithout():
            by, organisation, terms = now.proposed[act.proposal]
            heard = len(now.answered.get(act.proposal, ()))
            for follows in terms.follows:
                now.asked[follows.responsibility] = (by, organisation, heard)
        case acts.Ask():
            _, _, professions = now.asked.get(act.responsibility, (act.by, act.for_organisation, None))
            now.asked[act.responsibility] = (act.by, act.for_organisation, professions)
        case acts.TakeOn():
            by, organisation, _ = now.asked[act.responsibility]
            _did(now, "takes on", number, act, across=organisation != act.for_organisation)
            if by != act.by:
                now.done[FOLLOWS, number] = Done(FOLLOWS, number, act.at, act.by, act.in_role, act.for_organisation)
        case acts.Complete():
            _completes(now, number, act)
        case acts.CallMeeting():
            now.meetings[act.meeting] = act.starts_at
        case acts.Attend() | acts.NotThere():
            _is_there(now, number, act)
        case acts.CloseMeeting():
            chairs = frozenset(
                done.person for key, done in now.done.items() if key == (act.meeting, done.person, "chairs")
            )
            now.chaired = (*now.chaired, Chaired(act.meeting, now.meetings[act.meeting], chairs))
        case acts.Invite() | acts.Leave() | acts.Remove() | acts.Hold() | acts.Deputise() | acts.StepDown():
            pass  # what somebody did stays where they did it
        case acts.BeAway() | acts.ComeBack():
            pass  # being away is no way of leading, nor of not leading
        case acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
            pass  # a preference is neither leading nor following; what comes of the count is proposed, and counted then
        case acts.Gather() | acts.Include() | acts.Release():
            pass  # who is in a group is found by a rule, and anybody may look
        case acts.ConfirmPosition() | acts.Fulfil() | acts.TestObjection() | acts.Resolve() | acts.WithdrawObjection():
            pass  # closes what was opened by an act of its own
        case acts.Withdraw() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
            pass  # what a review asks of everybody says nothing of who leads
        case acts.ShareCredit() | acts.StopSharing():
            pass  # credit is for what was done, and is no doing of it
        case acts.Circulate() | acts.PutOn() | acts.Drop() | acts.Reorder() | acts.Conclude() | acts.CallOff():
            pass  # the agenda makes itself; who chairs and records is said by being there
        case acts.Decline() | acts.Report() | acts.ReportOnPeople():
            pass  # how it is getting on; how it ends is said at its end
        case acts.HandOver() | acts.Accept() | acts.GiveBack() | acts.TakeBack():
            pass  # what passes on was taken on before
        case (
            acts.Publish()
            | acts.Revise()
            | acts.OpenTo()
            | acts.Discuss()
            | acts.Retract()
            | acts.Settle()
            | acts.TakeUp()
            | acts.TakeDown()
        ):
            pass  # talk that nobody has to answer; what comes of it is raised, and counted then
        case acts.Withhold():
            pass  # that it was said stays; only the words are gone
        case _:
            assert_never(act)


def _speaks(now: Leading, number: int, act: acts.AnyAct) -> None:
    now.speakers[number] = (act.by, act.in_role, act.for_organisation)


def _with(now: Leading, proposal: who.Proposal, role: who.Role | None) -> frozenset[str]:
    return now.answered.get(proposal, frozenset()) | ({now.kinds.get(role, "")} if role is not None else set())


def _did(
    now: Leading,
    way: str,
    number: int,
    act: acts.AnyAct,
    proposal: who.Proposal | None = None,
    across: bool | None = None,
) -> None:
    done = Done(way, number, act.at, act.by, act.in_role, act.for_organisation, proposal, across)
    now.done[way, number] = done


def _follows(now: Leading, number: int, proposal: who.Proposal, speaker: Speaker, at: datetime) -> None:
    """Somebody goes along with what another proposed. Going along with oneself is not following."""
    if now.proposed[proposal][0] != speaker[0]:
        now.done[FOLLOWS, number] = Done(FOLLOWS, number, at, *speaker, proposal)


def _answers(
    now: Leading, number: int, proposal: who.Proposal, stance: acts.Stance, speaker: Speaker, act: acts.AnyAct
) -> None:
    now.speakers[number] = speaker
    now.answered[proposal] = _with(now, proposal, speaker[1])
    if stance in (acts.Stance.OBJECT, acts.Stance.CONCERN, acts.Stance.CONDITION):
        now.done["challenges", number] = Done("challenges", number, act.at, *speaker, proposal)
    elif stance is acts.Stance.CONSENT:
        _follows(now, number, proposal, speaker, act.at)


def _is_moved(now: Leading, number: int, act: acts.BeMoved) -> None:
    """The newest word on a change of position holds: who moved, and who was moved."""
    for key in (("moved", act.position), (MOVED, act.position)):
        now.done.pop(key, None)
    speaker = now.speakers.get(act.entry) if act.entry is not None else None
    if act.person is not None and act.person in now.homes:
        speaker = (act.person, None, now.homes[act.person])
    mine = now.speakers[act.position]
    if speaker is not None:
        now.done["moved", act.position] = Done(
            "moves others", number, act.at, *speaker, act.proposal, speaker[2] != mine[2], by_whom=mine[2]
        )
    if speaker is not None or act.visited_on is not None:
        by_whom = speaker[2] if speaker is not None else None
        now.done[MOVED, act.position] = Done(MOVED, number, act.at, *mine, act.proposal, by_whom=by_whom)


def _completes(now: Leading, number: int, act: acts.Complete) -> None:
    if act.outcome in CARRIED_OUT:
        _did(now, "carries out", number, act)
    if act.outcome is not acts.Outcome.NO_LONGER_NEEDED:
        professions = now.asked[act.responsibility][2]
        now.ended[act.responsibility] = Ended(act.at, act.outcome in CARRIED_OUT, professions)


def _is_there(now: Leading, number: int, act: acts.Attend | acts.NotThere) -> None:
    """The last word on what somebody does in a meeting holds."""
    for part in ("chairs", "records"):
        now.done.pop((act.meeting, act.person, part), None)
    if isinstance(act, acts.Attend) and act.part is not acts.Part.TAKES_PART:
        organisation = now.homes[act.person]
        done = Done(act.part.value, number, act.at, act.person, act.role, organisation)
        now.done[act.meeting, act.person, act.part.value] = done


# ---- what is shown -----------------------------------------------------------------------------------------------


def in_both(done: Iterable[Done]) -> tuple[int, int]:
    """How many people lead as well as follow, and how many do either."""
    leads, follows = set(), set()
    for each in done:
        if each.way in ("raises", "proposes", "challenges", "chairs"):
            leads.add(each.person)
        elif each.way in (FOLLOWS, MOVED):
            follows.add(each.person)
    return len(leads & follows), len(leads | follows)


def in_a_row(chaired: tuple[Chaired, ...]) -> tuple[who.Person | None, int]:
    """Who has chaired every one of the last meetings held, and how many running: the one with the longest row."""
    longest: tuple[who.Person | None, int] = (None, 0)
    for person in sorted(chaired[-1].chairs if chaired else ()):
        running = 0
        for each in reversed(chaired):
            if person not in each.chairs:
                break
            running += 1
        if running > longest[1]:
            longest = (person, running)
    return longest
