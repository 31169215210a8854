"""
"We did it ourselves": everyone who gave something to a decision, and what each gave, in no order of merit.

From the acts alone: who raised, proposed, commented, objected, changed their mind, took on, carried out, recorded,
chaired. What each gave is said once, however often they did. Whoever has left stands with the role they had then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

from manyhands import acts, who
from manyhands.rules.giving_credit import CARRIED_OUT
from manyhands.rules.recording import as_said

GAVE = (
    "raised it",
    "asked it in a poll",
    "answered in a poll",
    "proposed it",
    "commented",
    "answered",
    "had a safety concern",
    "had a concern",
    "set a condition",
    "said what a safety concern states",
    "changed the proposal",
    "changed their mind",
    "said that a condition was met",
    "recorded",
    "chaired",
    "took it on",
    "reported how it went",
    "carried it out",
    "looked at it again",
)
"""What there is to give, in the order in which a matter goes."""

STANCES = {"object": "had a safety concern", "concern": "had a concern", "condition": "set a condition"}
Place = tuple[who.Role | None, who.Organisation]


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody who gave something: as what, for which organisations, and what, in the order of `GAVE`."""

    person: who.Person
    places: tuple[Place, ...]
    gave: tuple[str, ...]


@dataclass(slots=True)
class Credit:
    """What everyone gave to each proposal, and to each matter and poll before there was one."""

    gave: dict[tuple[str, who.Person], tuple[frozenset[str], tuple[Place, ...]]] = field(default_factory=dict)
    came_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    stances: dict[tuple[str, who.Person, who.Role | None], str] = field(default_factory=dict)
    homes: dict[who.Person, who.Organisation] = field(default_factory=dict)
    parts: dict[tuple[who.Meeting, who.Person], acts.Attend] = field(default_factory=dict)
    items: dict[who.AgendaItem, acts.AgendaItem] = field(default_factory=dict)
    talked_of: dict[who.Meeting, frozenset[str]] = field(default_factory=dict)
    terms: dict[str, acts.Terms] = field(default_factory=dict)

    def going_on(self) -> "Credit":
        return Credit(**{shelf: dict(getattr(self, shelf)) for shelf in self.__slots__})

    def givers(self, proposal: who.Proposal) -> list[Giver]:
        """Everyone who gave something to a proposal, or to the matter or the poll it came from, each once."""
        found: dict[who.Person, tuple[frozenset[str], tuple[Place, ...]]] = {}
        for thing in (str(proposal), *self.came_of.get(proposal, ())):
            for (given_to, person), (gave, places) in self.gave.items():
                if given_to == thing:
                    before, where = found.get(person, (frozenset[str](), ()))
                    found[person] = before | gave, tuple(dict.fromkeys((*where, *places)))
        return [
            Giver(person, _without_bare(places), tuple(each for each in GAVE if each in gave))
            for person, (gave, places) in found.items()
        ]


def _without_bare(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places with a role; one without only where there is none with one for its organisation."""
    in_a_role = {organisation for role, organisation in places if role is not None}
    return tuple((role, at) for role, at in places if role is not None or at not in in_a_role)


def fold(recorded: Iterable[acts.Recorded], start: Credit | None = None) -> Credit:
    """Bring what everyone gave forward by acts that were accepted, oldest first."""
    now = start.going_on() if start is not None else Credit()
    for entry in recorded:
        _bring_forward(now, entry.act)
    return now


def _bring_forward(now: Credit, act: acts.AnyAct) -> None:
    match act:
        case acts.Convene() | acts.Join():
            now.homes[act.by] = act.for_organisation
        case acts.Raise():
            _gave(now, act.matter, act, "raised it")
        case acts.Propose():
            now.terms[act.proposal] = act.terms
            now.came_of[act.proposal] = tuple(str(each) for each in (act.matter, act.poll) if each is not None)
            _gave(now, act.proposal, act, "proposed it")
        case acts.Amend():
            now.terms[act.proposal] = act.terms
            _gave(now, act.proposal, act, "changed the proposal")
        case acts.Comment():
            for thing in (act.proposal, act.matter):
                if thing is not None:
                    _gave(now, thing, act, "commented")
        case (
            acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
        ):
            _answers(now, act)
        case acts.RecordPosition():
            _answers(now, as_said(act))
            _gave(now, act.proposal, act, "recorded")
        case acts.CorrectPosition():
            _gave(now, act.proposal, act, STANCES.get(act.stance.value, "answered"))
            if act.objection is not None:
                now.about[act.objection] = act.proposal
        case acts.Fulfil():
            _gave(now, now.about[act.condition], act, "said that a condition was met")
        case acts.TestObjection():
            _gave(now, now.about[act.objection], act, "said what a safety concern states")
        case acts.LowerToConcern():
            _gave(now, now.about[act.objection], act, "changed their mind")
        case acts.Agree() | acts.ProceedWithout():
            for follows in now.terms[act.proposal].follows:
                now.about[follows.responsibility] = act.proposal
        case acts.OpenPoll():
            _gave(now, act.poll, act, "asked it in a poll")
        case acts.AnswerPoll():
            _gave(now, act.poll, act, "answered in a poll")
        case acts.ClosePoll() | acts.CallPollOff():
            pass  # whoever asked is counted for having asked
        case acts.OpenReview() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
            _gave(now, act.proposal, act, "looked at it again")
        case acts.TakeOn():
            _gave_to_what_follows(now, act, "took it on")
        case acts.Report() | acts.ReportOnPeople():
            _gave_to_what_follows(now, act, "reported how it went")
        case acts.Complete():
            _gave_to_what_follows(now, act, "carried it out" if act.outcome in CARRIED_OUT else "reported how it went")
        case acts.Circulate():
            now.items |= {item.item: item for item in act.items}
        case acts.PutOn():
            now.items[act.item.item] = act.item
        case acts.Attend():
            now.parts[act.meeting, act.person] = act
        case acts.NotThere():
            now.parts.pop((act.meeting, act.person), None)
        case acts.Conclude():
            about = _what_it_is_about(now, now.items[act.item])
            now.talked_of[act.meeting] = now.talked_of.get(act.meeting, frozenset()) | about
        case acts.CloseMeeting():
            _closes(now, act)
        case acts.Invite() | acts.Leave() | acts.Remove() | acts.CreateRole() | acts.Hold() | acts.Deputise():
            pass  # belonging is what everybody has; what they gave is said where they gave it
        case acts.StepDown() | acts.BeAway() | acts.ComeBack():
            pass  # nobody gives less for having been away
        case acts.Gather() | acts.Include() | acts.Release() | acts.Ask() | acts.Decline():
            pass  # not of any one decision
        case acts.ConfirmPosition() | acts.BeMoved() | acts.Resolve() | acts.WithdrawObjection() | acts.Withdraw():
            pass  # goes with an answer that is counted already
        case acts.CallMeeting() | acts.Drop() | acts.Reorder() | acts.CallOff():
            pass  # who chaired and who recorded says more
        case acts.HandOver() | acts.Accept() | acts.GiveBack() | acts.TakeBack():
            pass  # whoever carried it out in the end is counted for that
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
            pass  # before anything was proposed; what came of it is counted as a matter
        case acts.ShareCredit() | acts.StopSharing() | acts.Withhold():
            pass  # comes after, and gives nothing to it
        case _:
            assert_never(act)


def _gave(now: Credit, thing: str, act: acts.AnyAct, what: str) -> None:
    _add(now, thing, act.by, (act.in_role, act.for_organisation), what)


def _add(now: Credit, thing: str, person: who.Person, place: Place, what: str) -> None:
    gave, places = now.gave.get((thing, person), (frozenset[str](), ()))
    now.gave[thing, person] = gave | {what}, tuple(dict.fromkeys((*places, place)))


def _answers(now: Credit, act: acts.Position) -> None:
    """An answer, by whoever said it; another one in the same role, later, is a change of mind."""
    place = (act.in_role, act.for_organisation)
    _add(now, act.proposal, act.by, place, STANCES.get(act.kind, "answered"))
    before = now.stances.get((act.proposal, act.by, act.in_role), act.kind)
    if before != act.kind:
        _add(now, act.proposal, act.by, place, "changed their mind")
    now.stances[act.proposal, act.by, act.in_role] = act.kind
    if isinstance(act, acts.Object):
        now.about[act.objection] = act.proposal
    if isinstance(act, acts.ConsentIf):
        now.about[act.condition] = act.proposal


def _gave_to_what_follows(
    now: Credit, act: acts.TakeOn | acts.Report | acts.ReportOnPeople | acts.Complete, what: str
) -> None:
    """Of a responsibility that follows from a decision; others are of none."""
    decision = now.about.get(act.responsibility)
    if decision is not None:
        _gave(now, decision, act, what)


def _what_it_is_about(now: Credit, item: acts.AgendaItem) -> frozenset[str]:
    """The proposal or matter that an item of an agenda is about, if it is about one."""
    if item.about in (acts.About.PROPOSAL, acts.About.REVIEW, acts.About.MATTER):
        return frozenset({item.which})
    if item.about in (acts.About.OBJECTION, acts.About.RESPONSIBILITY):
        return frozenset({now.about[item.which]} if item.which in now.about else ())
    return frozenset()


def _closes(now: Credit, act: acts.CloseMeeting) -> None:
    """Whoever chaired and recorded when it was talked about gave that."""
    for (meeting, person), there in list(now.parts.items()):
        if meeting == act.meeting and there.part is not acts.Part.TAKES_PART:
            what = "chaired" if there.part is acts.Part.CHAIRS else "recorded"
            for thing in now.talked_of.get(meeting, ()):
                _add(now, thing, person, (there.role, now.homes[person]), what)
