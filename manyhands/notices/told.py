"""
Who is told about an act, after it is recorded: a match over every act there is, the ones that tell nobody with the
reason. It is decided from the act and from how things stood before and after it, and never by asking anything else.

Nobody is told of what they did themselves (what was done only in their name, they are), or twice of one act. Whom a
role is reached by is worked out for the moment of the act, so that deciding again later tells the same people.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, assert_never

from manyhands import acts, who
from manyhands.notices import reaching
from manyhands.notices.kinds import Kind, Thing
from manyhands.notices.notice import Notice
from manyhands.notices.reaching import Reached
from manyhands.pictures.my_work import could_agree, still_theirs
from manyhands.pictures.who_holds_what import Carried
from manyhands.rules import polling
from manyhands.rules.days import day_of
from manyhands.rules.reviewing import silent_in_review
from manyhands.rules.standing import Standing
from manyhands.rules.things import Closed, PollStanding, ProposalStanding


class Tells(NamedTuple):
    """What an act tells these people, and where the link leads."""

    kind: Kind
    thing: Thing
    which: str
    to: Iterable[Reached]


def told(entry: acts.Recorded, before: Standing, after: Standing, carried: Carried) -> tuple[Notice, ...]:
    """Everyone who is told about an act; `carried` is who holds what after it."""
    notices: dict[tuple[str, who.Person], Notice] = {}
    by_itself = isinstance(entry.act, acts.Circulate) and entry.act.by_itself
    for tells in _telling(entry.act, before, after, carried):
        key = f"{entry.number}/{tells.kind}/{tells.which}"
        for person, role in tells.to:
            if person != entry.act.by or by_itself:
                notice = Notice(key, tells.kind, person, tells.thing, tells.which, entry.act.at, role)
                notices.setdefault((key, person), notice)
    return tuple(notices.values())


def _telling(act: acts.AnyAct, before: Standing, after: Standing, carried: Carried) -> Iterator[Tells]:
    at = act.at
    match act:
        case acts.Convene() | acts.CreateRole():
            pass  # there is nobody else yet; a role that stays without a holder is told of in time
        case acts.Invite():
            yield Tells(Kind.INVITED, Thing.INVITATION, act.team, [(act.person, None)])
        case acts.Join() | acts.Leave() | acts.Remove() | acts.StepDown():
            pass  # whoever stands in from now on is told so in time, as is the team of what nobody answers for
        case acts.Hold():
            yield Tells(Kind.ROLE, Thing.MEMBERS, act.role, [(act.person, act.role)])
        case acts.Deputise():
            yield Tells(Kind.DEPUTY, Thing.MEMBERS, act.role, [(act.person, act.role)])
        case acts.BeAway() | acts.ComeBack():
            pass  # the moment itself tells those who stand in, and whoever comes back: it may be still to come
        case acts.Gather() | acts.Include() | acts.Release():
            pass  # whom a team looks after is for its pages, where a basis is asked for
        case acts.Raise():
            yield Tells(Kind.RAISED, Thing.MATTER, act.matter, reaching.members(after, at))
        case acts.Propose():
            yield from _to_hear(after.proposals[act.proposal], (), after, at)
        case acts.Amend():
            yield from _amended(act, before, after)
        case acts.Comment():
            yield from _said(act, after)
        case (
            acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
        ):
            yield from _position(act, act.proposal, before, after)
        case acts.RecordPosition():
            yield Tells(Kind.CONFIRM, Thing.PROPOSAL, act.proposal, [(act.said_by, act.said_in)])
            yield from _position(act, act.proposal, before, after)
        case acts.BeMoved():
            moved_by = act.person or (after.writers.get(act.entry) if act.entry is not None else None)
            if moved_by is not None:
                yield Tells(Kind.MOVED, Thing.PROPOSAL, act.proposal, _if_here(moved_by, after, at))
        case acts.ConfirmPosition():
            yield from _ready(act, act.proposal, before, after)  # no longer only the word of whoever wrote it down
        case acts.CorrectPosition():
            recorded = before.recorded[act.recorded].recorded_by
            yield Tells(Kind.CORRECTED, Thing.PROPOSAL, act.proposal, _if_here(recorded, after, at))
            yield from _position(act, act.proposal, before, after)
            yield from _review_opened(act.proposal, before, after, at)
            if not after.proposals[act.proposal].is_open and act.stance is acts.Stance.OBJECT:
                yield _to_whoever_owes(Kind.UNSAFE, act.proposal, after, at)
        case acts.Fulfil():
            condition = after.conditions[act.condition]
            yield _to_role(Kind.CONDITION_MET, condition.proposal, condition.role, after, at)
            yield from _ready(act, condition.proposal, before, after)
        case acts.TestObjection():
            objection = after.objections[act.objection]
            yield _to_role(Kind.CONCERN_TESTED, objection.proposal, objection.role, after, at)
        case acts.LowerToConcern() | acts.Resolve() | acts.WithdrawObjection():
            proposal = after.objections[act.objection].proposal
            yield _to_role(Kind.CONCERN_CLOSED, proposal, after.proposals[proposal].role, after, at)
            yield from _ready(act, proposal, before, after)
        case acts.Agree() | acts.ProceedWithout():
            yield from _decided(act, before, after)
        case acts.Withdraw():
            proposed = after.proposals[act.proposal]
            yield Tells(Kind.TAKEN_BACK, Thing.PROPOSAL, act.proposal, reaching.answered(proposed, after, at))
            for decision in before.decisions_replaced_by(act.proposal):
                yield from _in_review(decision.proposal, after, at)  # which goes on where it was
        case acts.OpenPoll():
            yield Tells(Kind.POLL, Thing.POLL, act.poll, polling.asked_by(after.polls[act.poll], after, at))
        case acts.AnswerPoll():
            if polling.organisations_yet_to_answer(before.polls[act.poll]):
                yield from _poll_to_close(after.polls[act.poll], after, at)
        case acts.ClosePoll() | acts.CallPollOff():
            roles = dict.fromkeys(answer.role for answer in after.polls[act.poll].answers)
            yield Tells(Kind.POLL_CLOSED, Thing.POLL, act.poll, reaching.roles(roles, after, at))
        case acts.OpenReview():
            yield from _review_opened(act.proposal, before, after, at)
        case acts.AnswerReview():
            if not act.safe:
                yield _to_whoever_owes(Kind.UNSAFE, act.proposal, after, at)
        case acts.Renew() | acts.Replace() | acts.End():
            reviewed = after.proposals[act.proposal]
            yield Tells(Kind.REVIEWED, Thing.REVIEW, act.proposal, reaching.answered(reviewed, after, at))
        case acts.ShareCredit():
            credited = reaching.answered(after.proposals[act.proposal], after, at)
            yield Tells(Kind.CREDITED, Thing.PROPOSAL, act.proposal, credited)
        case acts.StopSharing():
            pass  # nothing is asked of anybody by it, and nothing that they gave is undone
        case acts.CallMeeting():
            yield Tells(Kind.MEETING_CALLED, Thing.MEETING, act.meeting, reaching.members(after, at))
        case acts.Circulate():
            yield Tells(Kind.AGENDA, Thing.MEETING, act.meeting, reaching.members(after, at))
        case acts.PutOn() | acts.Drop() | acts.Reorder() | acts.Attend() | acts.NotThere() | acts.Conclude():
            pass  # the meeting's own page shows it to everyone who is there as it happens
        case acts.CloseMeeting():
            yield Tells(Kind.MINUTES, Thing.MINUTES, act.meeting, reaching.members(after, at))
        case acts.CallOff():
            yield Tells(Kind.MEETING_OFF, Thing.MEETING, act.meeting, reaching.members(after, at))
        case acts.Ask():
            yield _asked(act.responsibility, after, at)
        case acts.TakeOn():
            asker = reaching.asked_for(act.responsibility, carried, after, at)
            yield Tells(Kind.TAKEN_ON, Thing.RESPONSIBILITY, act.responsibility, asker)
        case acts.Decline():
            asker = reaching.asked_for(act.responsibility, carried, after, at)
            yield Tells(Kind.ASK_AGAIN, Thing.RESPONSIBILITY, act.responsibility, asker)
        case acts.Report():
            if act.support_needed:
                asker = reaching.asked_for(act.responsibility, carried, after, at)
                stands_in = reaching.roles([after.responsibilities[act.responsibility].deputy_role], after, at)
                yield Tells(Kind.SUPPORT, Thing.RESPONSIBILITY, act.responsibility, (*asker, *stands_in))
        case acts.ReportOnPeople():
            pass  # how far it has come is on its page, whenever somebody looks; each person is not news by themselves
        case acts.Complete():
            yield from _came_to(act, after, carried)
        case acts.HandOver():
            yield Tells(Kind.OFFERED, Thing.HAND_OVER, act.handover, [(act.to, None)])
        case acts.Accept():
            yield from _accepted(act, after)
        case acts.GiveBack():
            handover = after.handovers[act.handover]
            came_back = (
                each.item for each in handover.offered if (each.item.kind, each.item.which) == (act.kind, act.which)
            )
            if any(still_theirs(item, handover.giver, after, at) for item in came_back):
                yield Tells(Kind.RETURNED, Thing.HAND_OVER, act.handover, [(handover.giver, None)])
        case acts.TakeBack():
            pass  # nothing waits any more for whoever it was offered to
        case acts.Publish() | acts.Revise():
            yield Tells(Kind.PAPER, Thing.PAPER, act.paper, reaching.members(after, at))
        case acts.Discuss():
            yield from _of_a_paper(act, after)
        case acts.Settle():
            answered = after.said_of_papers[act.answer].by
            yield Tells(Kind.PAPER_ANSWERED, Thing.PAPER, act.paper, _if_here(answered, after, at))
        case acts.TakeUp():
            said_by = after.said_of_papers[act.said].by
            yield Tells(Kind.PAPER_TAKEN_UP, Thing.PAPER, act.paper, _if_here(said_by, after, at))
        case acts.OpenTo() | acts.Retract() | acts.TakeDown():
            pass  # who reads it, and what is gone from it, is seen where the paper is
        case acts.Withhold():
            pass  # of what was removed the less is said the better; the record itself says that it was
        case _:
            assert_never(act)


# ---- deciding ----------------------------------------------------------------------------------------------------


def _to_hear(
    proposal: ProposalStanding, asked_before: Iterable[who.Organisation], standing: Standing, at: datetime
) -> Iterator[Tells]:
    asked = [each for each in proposal.not_yet_heard() if each not in asked_before]
    to = reaching.organisations(asked, standing, at)
    yield Tells(Kind.HEAR, Thing.PROPOSAL, proposal.proposal, to)


def _poll_to_close(poll: PollStanding, standing: Standing, at: datetime) -> Iterator[Tells]:
    """The role that asked is told once the last organisation has answered."""
    if not polling.organisations_yet_to_answer(poll):
        yield Tells(Kind.POLL_TO_CLOSE, Thing.POLL, poll.poll, reaching.roles([poll.role], standing, at))


def _amended(act: acts.Amend, before: Standing, after: Standing) -> Iterator[Tells]:
    """
    Everyone who answered an earlier version is told that it changed, by a link to what changed and only that. Others
    are asked where their organisation waits to be heard and did not wait before.
    """
    was, now = before.proposals[act.proposal], after.proposals[act.proposal]
    kind = Kind.CHANGED if act.material else Kind.REWORDED
    answered = tuple(reaching.answered(now, after, act.at))
    yield Tells(kind, Thing.PROPOSAL, act.proposal, answered)
    knowing = {person for person, _ in answered}
    for tells in _to_hear(now, tuple(was.not_yet_heard()), after, act.at):
        yield tells._replace(to=[reached for reached in tells.to if reached[0] not in knowing])
    yield from _ready(act, act.proposal, before, after)


def _said(act: acts.Comment, standing: Standing) -> Iterator[Tells]:
    if act.proposal is not None:
        role = standing.proposals[act.proposal].role
        yield _to_role(Kind.SAID, act.proposal, role, standing, act.at)
    elif act.matter is not None:
        raised_by = _if_here(standing.matters[act.matter], standing, act.at)
        yield Tells(Kind.SAID, Thing.MATTER, act.matter, raised_by)


def _of_a_paper(act: acts.Discuss, standing: Standing) -> Iterator[Tells]:
    """Whoever published it is told, and whoever is answered. Guests find it on their list of papers."""
    if act.answers is not None:
        answered = standing.said_of_papers[act.answers].by
        yield Tells(Kind.PAPER_ANSWERED, Thing.PAPER, act.paper, _if_here(answered, standing, act.at))
    published = standing.papers[act.paper].by
    yield Tells(Kind.PAPER_ASKED, Thing.PAPER, act.paper, _if_here(published, standing, act.at))


def _position(act: acts.AnyAct, proposal: who.Proposal, before: Standing, after: Standing) -> Iterator[Tells]:
    """What a position brings with it: a safety concern, a condition, or that everyone has now been heard."""
    if not after.proposals[proposal].is_open:
        return
    new = [o for o in after.objections.values() if o.objection not in before.objections]
    for objection in new:
        yield _to_role(Kind.CONCERN, objection.proposal, after.proposals[proposal].role, after, act.at)
    for condition in after.conditions.values():
        if condition.condition not in before.conditions:
            yield _to_role(Kind.CONDITION, proposal, condition.fulfilled_by, after, act.at)
    yield from _ready(act, proposal, before, after)


def _ready(act: acts.AnyAct, proposal: who.Proposal, before: Standing, after: Standing) -> Iterator[Tells]:
    """The rule would let whoever proposed agree it now, and would not have before."""
    was, now = before.proposals[proposal], after.proposals[proposal]
    for person, role in reaching.roles([now.role], after, act.at):
        if could_agree(act.team, person, now, after, act.at) and not could_agree(act.team, person, was, before, act.at):
            yield Tells(Kind.READY, Thing.PROPOSAL, proposal, [(person, role)])


def _decided(act: acts.Agree | acts.ProceedWithout, before: Standing, after: Standing) -> Iterator[Tells]:
    """Whoever answered, consenting or objecting; the unheard; those asked to hold what follows; and whom it changes."""
    it = after.proposals[act.proposal]
    assert it.closed is not None  # it has just been
    unheard = tuple(reaching.everyone_in(it.closed.unheard, after, act.at))
    yield Tells(Kind.DECIDED_WITHOUT, Thing.PROPOSAL, act.proposal, unheard)
    yield Tells(
        Kind.DECIDED,
        Thing.PROPOSAL,
        act.proposal,
        (*reaching.answered(it, after, act.at), *reaching.roles([it.role], after, act.at)),
    )
    for follows in it.terms.follows:
        yield _asked(follows.responsibility, after, act.at)
    for decision in before.decisions_replaced_by(act.proposal):
        yield Tells(Kind.REVIEWED, Thing.REVIEW, decision.proposal, reaching.answered(decision, after, act.at))


def _to_role(kind: Kind, proposal: who.Proposal, role: who.Role, standing: Standing, at: datetime) -> Tells:
    return Tells(kind, Thing.PROPOSAL, proposal, reaching.roles([role], standing, at))


def _if_here(person: who.Person, standing: Standing, at: datetime) -> list[Reached]:
    return [(person, None)] if standing.is_member(person, at) else []


# ---- reviewing ---------------------------------------------------------------------------------------------------


def _review_opened(proposal: who.Proposal, before: Standing, after: Standing, at: datetime) -> Iterator[Tells]:
    was, now = before.proposals[proposal].closed, after.proposals[proposal].closed
    if now is not None and now.is_under_review(day_of(at)) and not _under_review(was, at):
        yield from _in_review(proposal, after, at)


def _in_review(proposal: who.Proposal, standing: Standing, at: datetime) -> Iterator[Tells]:
    """Whoever owes a review that is open, and every organisation that has not answered in it."""
    it = standing.proposals[proposal]
    if not _under_review(it.closed, at):
        return
    yield _to_whoever_owes(Kind.REVIEW_OWED, proposal, standing, at)
    silent = reaching.organisations(silent_in_review(it), standing, at)
    yield Tells(Kind.REVIEW_OPEN, Thing.REVIEW, proposal, silent)


def _under_review(closed: Closed | None, at: datetime) -> bool:
    return closed is not None and closed.is_under_review(day_of(at))


def _to_whoever_owes(kind: Kind, proposal: who.Proposal, standing: Standing, at: datetime) -> Tells:
    closed = standing.proposals[proposal].closed
    owes = closed.review_by if closed is not None else None
    return Tells(kind, Thing.REVIEW, proposal, reaching.roles([owes], standing, at))


# ---- holding -----------------------------------------------------------------------------------------------------


def _asked(responsibility: who.Responsibility, standing: Standing, at: datetime) -> Tells:
    """The role that was asked, which alone can take it on or decline."""
    to = reaching.roles([standing.responsibilities[responsibility].role], standing, at)
    return Tells(Kind.ASKED, Thing.RESPONSIBILITY, responsibility, to)


def _came_to(act: acts.Complete, standing: Standing, carried: Carried) -> Iterator[Tells]:
    """Whoever asked for it; and where it follows from a decision, everyone who answered that, objectors too."""
    to = list(reaching.asked_for(act.responsibility, carried, standing, act.at))
    decision = standing.responsibilities[act.responsibility].proposal
    if decision is not None:
        to += reaching.answered(standing.proposals[decision], standing, act.at)
    yield Tells(Kind.CAME_TO, Thing.RESPONSIBILITY, act.responsibility, to)


def _accepted(act: acts.Accept, standing: Standing) -> Iterator[Tells]:
    handover = standing.handovers[act.handover]
    yield Tells(Kind.ACCEPTED, Thing.HAND_OVER, act.handover, _if_here(handover.giver, standing, act.at))
    offer = handover.find(act.kind, act.which)
    assert offer is not None  # it was just accepted
    to = reaching.roles([offer.item.to_role], standing, act.at)
    yield Tells(Kind.PASSED, Thing.MY_WORK, act.which, [(p, role) for p, role in to if p != handover.giver])
