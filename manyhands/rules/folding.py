"""
Working out how things stand in a team from its acts.

`fold` is handed acts that were accepted, oldest first, and never judges them. It returns a new `Standing`; the one
it started from stays as it was, so that a standing can be kept and brought forward by the new acts only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from manyhands import acts, who
from manyhands.rules.days import day_of
from manyhands.rules.recording import as_concern, as_corrected, as_said
from manyhands.rules.standing import Standing
from manyhands.rules.things import (
    Answered,
    Attending,
    Changed,
    Closed,
    Concluded,
    ConditionStanding,
    Given,
    GroupStanding,
    HandOverStanding,
    Holding,
    MeetingStanding,
    Membership,
    ObjectionStanding,
    Offered,
    PaperStanding,
    Period,
    PollStanding,
    ProposalStanding,
    RecordedStanding,
    ResponsibilityStanding,
    ReviewAnswer,
    ReviewStanding,
    RoleStanding,
    SaidOfAPaper,
    Spell,
    Written,
)

LONGEST_TO_REVIEW = timedelta(days=28)
"""A decision made without an organisation is reviewed within 28 days (decisions: proceed without)."""


def fold(recorded: Iterable[acts.Recorded], start: Standing | None = None) -> Standing:
    """Bring a standing forward by acts that were accepted, oldest first."""
    now = start.going_on() if start is not None else Standing()
    for entry in recorded:
        _bring_forward(now, entry.number, entry.act)
        now.number, now.last_at = entry.number, entry.act.at
        now.writers[entry.number] = entry.act.by
    return now


def _bring_forward(now: Standing, number: int, act: acts.AnyAct) -> None:
    match act:
        case acts.Convene():
            now.coordinating = act.role
            now.memberships[act.by] = (Membership(act.for_organisation, Period(act.at)),)
            holding = Holding(act.by, as_deputy=False, period=Period(act.at))
            now.roles[act.role] = RoleStanding(act.role, act.for_organisation, act.kind, (holding,))
        case acts.Invite():
            now.invited[act.person, act.organisation] = act.by
        case acts.Join():
            now.invited.pop((act.by, act.for_organisation), None)
            membership = Membership(act.for_organisation, Period(act.at))
            now.memberships[act.by] = (*now.memberships.get(act.by, ()), membership)
        case acts.Leave():
            _part(now, act.by, act.at)
        case acts.Remove():
            _part(now, act.person, act.at)
        case acts.CreateRole():
            now.roles[act.role] = RoleStanding(act.role, act.organisation, act.kind)
        case acts.Hold():
            _release(now, act.role, act.person, act.at)
            _give(now, act.role, act.person, as_deputy=False, at=act.at)
        case acts.Deputise():
            _give(now, act.role, act.person, as_deputy=True, at=act.at)
        case acts.StepDown():
            _release(now, act.role, act.person, act.at)
        case acts.BeAway():
            period = Period(act.from_at, act.until_at)
            now.absences[act.person] = (*now.absences.get(act.person, ()), period)
        case acts.ComeBack():
            now.absences[act.person] = tuple(_cut_short(now.absences.get(act.person, ()), act.at))
        case acts.Gather():
            before = now.groups.get(act.group)
            rules = (*before.rules, act.rule) if before else (act.rule,)
            patients = frozenset(included.patient for included in act.patients)
            now.groups[act.group] = GroupStanding(act.group, rules, patients, act.called)
        case acts.Include():
            group = now.groups[act.group]
            now.groups[act.group] = replace(group, patients=group.patients | {act.patient})
        case acts.Release():
            group = now.groups[act.group]
            now.groups[act.group] = replace(group, patients=group.patients - {act.patient})
        case acts.Raise():
            now.matters[act.matter] = act.by
            now.written[number] = Written(act.by, None, act.matter)
        case acts.Propose():
            assert act.in_role is not None  # the rule lets nobody propose outside a role
            now.proposals[act.proposal] = ProposalStanding(
                act.proposal,
                act.group,
                act.by,
                act.in_role,
                act.for_organisation,
                act.at,
                act.terms,
                act.matter,
                act.poll,
                act.independent_until,
            )
        case acts.Amend():
            before_it = now.proposals[act.proposal]
            now.proposals[act.proposal] = replace(
                before_it,
                terms=act.terms,
                version=before_it.version + (1 if act.material else 0),
                changes=before_it.changes + 1,
            )
            now.written[number] = Written(act.by, act.proposal)
        case acts.Comment():
            now.written[number] = Written(act.by, act.proposal, act.matter)
        case (
            acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
        ):
            _take_position(now, number, act)
        case acts.RecordPosition():
            known = act.objection is None or act.objection in now.objections
            _take_position(now, number, as_said(act), act.by)
            now.recorded[number] = RecordedStanding(
                number=number,
                proposal=act.proposal,
                version=act.version,
                stance=act.stance,
                said_by=act.said_by,
                said_in=act.said_in,
                said_for=act.said_for,
                recorded_by=act.by,
                at=act.at,
                objection=None if known else act.objection,
            )
        case acts.ConfirmPosition():
            now.recorded[act.recorded] = replace(now.recorded[act.recorded], state="confirmed")
        case acts.CorrectPosition():
            _correct(now, number, act)
        case acts.BeMoved():
            pass  # said for others to read; no rule depends on it
        case acts.Fulfil():
            now.conditions[act.condition] = replace(now.conditions[act.condition], fulfilled_at=act.at)
        case acts.Resolve():
            how = "integrated" if act.safeguard is None else "accepted-with-a-safeguard"
            now.objections[act.objection] = replace(
                now.objections[act.objection],
                closed_as=how,
                closed_version=act.version,
                safeguard=act.safeguard,
            )
        case acts.TestObjection():
            now.objections[act.objection] = replace(now.objections[act.objection], tested=act.states)
        case acts.LowerToConcern():
            objection = now.objections[act.objection]
            now.objections[act.objection] = replace(objection, closed_as="became-a-concern", closed_version=act.version)
            _take_position(now, number, as_concern(act, objection.proposal, objection.because))
        case acts.WithdrawObjection():
            now.objections[act.objection] = replace(now.objections[act.objection], closed_as="withdrawn")
        case acts.Agree():
            _agree(now, act, "agreed", acts.NOTHING_SAID)
        case acts.ProceedWithout():
            _agree(now, act, "agreed-without", act.because)
        case acts.Withdraw():
            closed = Closed("withdrawn", act.at, act.by, act.in_role, act.because)
            now.proposals[act.proposal] = replace(now.proposals[act.proposal], closed=closed)
            for decision in now.decisions_replaced_by(act.proposal):
                _review(now, decision.proposal, replacement=None)
        case acts.OpenPoll():
            assert act.in_role is not None  # the rule lets nobody ask outside a role
            now.polls[act.poll] = PollStanding(act, act.in_role, number)
        case acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
            now.polls[act.poll] = _of_a_poll(now.polls[act.poll], number, act)
        case acts.OpenReview():
            _review(now, act.proposal, opened_at=act.at)
        case acts.AnswerReview():
            _answer_review(now, act)
        case acts.Renew():
            _decision(
                now,
                act.proposal,
                review_on=act.review_on,
                review_by=act.review_by,
                review=ReviewStanding(),
                renewed_at=act.at,
            )
        case acts.Replace():
            _review(now, act.proposal, replacement=act.replacement)
        case acts.End():
            _decision(now, act.proposal, over="ended", over_at=act.at)
        case acts.ShareCredit():
            now.shared[act.proposal] = number
        case acts.StopSharing():
            now.shared.pop(act.proposal, None)
        case acts.CallMeeting():
            assert act.in_role is not None  # the rule lets nobody call a meeting outside a role
            now.meetings[act.meeting] = MeetingStanding(
                act.meeting,
                act.called,
                act.starts_at,
                act.minutes,
                act.where,
                act.by,
                act.in_role,
                act.for_organisation,
                act.at,
            )
        case acts.Circulate() | acts.PutOn() | acts.Drop() | acts.Reorder():
            _change_agenda(now, act)
        case acts.Attend() | acts.NotThere():
            _change_who_is_there(now, act)
        case acts.Conclude():
            meeting = now.meetings[act.meeting]
            ended = Concluded(act.item, act.outcome, act.words, act.actions, act.by, act.at)
            others = tuple(each for each in meeting.outcomes if each.item != act.item)
            now.meetings[act.meeting] = replace(meeting, outcomes=(*others, ended))
        case acts.CloseMeeting():
            now.meetings[act.meeting] = replace(now.meetings[act.meeting], ended="closed", ended_at=act.at)
        case acts.CallOff():
            now.meetings[act.meeting] = replace(now.meetings[act.meeting], ended="called-off", ended_at=act.at)
        case acts.Publish() | acts.Revise() | acts.OpenTo() | acts.TakeDown():
            now.papers[act.paper] = _of_a_paper(now, act)
        case acts.Discuss():
            now.said_of_papers[number] = SaidOfAPaper(number, act.paper, act.by, act.question, act.answers)
        case acts.Retract():
            now.said_of_papers[act.said] = replace(now.said_of_papers[act.said], is_retracted=True)
        case acts.Settle():
            now.said_of_papers[act.question] = replace(now.said_of_papers[act.question], settled_by=act.answer)
        case acts.TakeUp():
            now.said_of_papers[act.said] = replace(now.said_of_papers[act.said], came_to=act.matter)
        case acts.Ask():
            _ask(now, act)
        case acts.TakeOn():
            _change(now, act.responsibility, state="taken-on", taken_on_at=act.at)
        case acts.Decline():
            _change(now, act.responsibility, state="declined", declined_at=act.at)
        case acts.Report():
            _change(
                now,
                act.responsibility,
                progress=act.progress,
                support_needed=act.support_needed,
                next_check_on=act.next_check_on or now.responsibilities[act.responsibility].next_check_on,
            )
        case acts.ReportOnPeople():
            now.reached |= dict.fromkeys(((act.responsibility, each) for each in act.patients), act.reached)
        case acts.Complete():
            _change(now, act.responsibility, state="closed", outcome=act.outcome, closed_at=act.at)
        case acts.HandOver():
            offered = tuple(Offered(item) for item in act.items)
            now.handovers[act.handover] = HandOverStanding(
                act.handover, act.by, act.to, offered, act.at, act.answer_by_on
            )
        case acts.Accept():
            _accept(now, act)
        case acts.GiveBack():
            _answer(now, act.handover, act.kind, act.which, "returned", act.at, act.because)
        case acts.TakeBack():
            for offer in now.handovers[act.handover].waiting:
                _answer(now, act.handover, offer.item.kind, offer.item.which, "taken-back", act.at)
        case acts.Withhold():
            if act.about is None:
                now.withheld |= {act.number}
            else:
                now.removed[act.about] = act.at
        case _:
            assert_never(act)


def _part(now: Standing, person: who.Person, at: datetime) -> None:
    """Belonging, roles and open offers end with the moment; positions and what was written stand."""
    now.memberships[person] = tuple(
        replace(m, period=replace(m.period, until_at=at)) if m.period.covers(at) else m
        for m in now.memberships.get(person, ())
    )
    for role in list(now.roles):
        _release(now, role, person, at)
    now.absences[person] = tuple(_cut_short(now.absences.get(person, ()), at))
    for handover in list(now.handovers.values()):
        if person in (handover.giver, handover.receiver):
            for offer in handover.waiting:
                _answer(now, handover.handover, offer.item.kind, offer.item.which, "taken-back", at)


def _give(now: Standing, role: who.Role, person: who.Person, *, as_deputy: bool, at: datetime) -> None:
    held = now.roles[role]
    now.roles[role] = replace(held, holdings=(*held.holdings, Holding(person, as_deputy, Period(at))))


def _release(now: Standing, role: who.Role, person: who.Person, at: datetime) -> None:
    held = now.roles[role]
    if any(h.person == person and h.period.covers(at) for h in held.holdings):
        now.roles[role] = replace(
            held,
            holdings=tuple(
                replace(h, period=replace(h.period, until_at=at)) if h.person == person and h.period.covers(at) else h
                for h in held.holdings
            ),
        )


def _cut_short(absences: Iterable[Period], at: datetime) -> Iterator[Period]:
    for absence in absences:
        if absence.covers(at):
            yield replace(absence, until_at=at)
        elif absence.from_at < at:
            yield absence


def _correct(now: Standing, number: int, act: acts.CorrectPosition) -> None:
    """
    The corrected position takes the place of the one written down. An objection that was only written down is closed;
    one that stands against a decision is said in its review, which opens at once.
    """
    recorded = now.recorded[act.recorded]
    now.recorded[act.recorded] = replace(recorded, state="corrected")
    if recorded.objection is not None and now.objections[recorded.objection].is_open:
        now.objections[recorded.objection] = replace(now.objections[recorded.objection], closed_as="corrected")
    _take_position(now, number, as_corrected(act, recorded))
    now.changed.pop(number, None)  # it puts right what was written down, and changes nothing that was thought
    closed = now.proposals[act.proposal].closed
    if closed is None or act.stance is not acts.Stance.OBJECT:
        return
    assert act.objection is not None  # the rule lets nobody object without a name for it
    now.objections[act.objection] = replace(now.objections[act.objection], closed_as="taken-to-review")
    said = ReviewAnswer(act.by, recorded.said_in, recorded.said_for, acts.Works.NO, False, act.because, act.at)
    others = tuple(answer for answer in closed.review.answers if answer.role != recorded.said_in)
    _review(now, act.proposal, opened_at=closed.review.opened_at or act.at, answers=(*others, said))


def _take_position(now: Standing, number: int, act: acts.Position, recorded_by: who.Person | None = None) -> None:
    assert act.in_role is not None  # the rule lets nobody take a position outside a role
    proposal, role, organisation = now.proposals[act.proposal], act.in_role, act.for_organisation
    given = Given(act.kind, act.by, role, organisation, act.version, act.at, number, act.because, recorded_by)
    others = tuple(earlier for earlier in proposal.positions if earlier.role != role)
    before = proposal.position_of(role)
    if before is not None and before.recorded_by is not None and now.recorded[before.number].state == "recorded":
        now.recorded[before.number] = replace(now.recorded[before.number], state="answered-anew")
    if before is not None and before.by == act.by and before.kind != act.kind:
        now.changed[number] = Changed(act.proposal, act.by, role, before.kind, act.kind, act.at)
    now.written[number] = Written(act.by, act.proposal)
    now.proposals[act.proposal] = replace(proposal, positions=(*others, given))
    for condition in list(now.conditions.values()):
        if condition.proposal == act.proposal and condition.role == role and condition.is_open:
            now.conditions[condition.condition] = replace(condition, dropped=True)
    if isinstance(act, acts.Object) and act.objection not in now.objections:
        now.objections[act.objection] = ObjectionStanding(
            act.objection, act.proposal, role, organisation, act.by, act.version, proposal.changes, act.because
        )
    if isinstance(act, acts.ConsentIf):
        known = now.conditions.get(act.condition)
        met = known.fulfilled_at if known is not None else None  # confirmed on a new version, it stays fulfilled
        now.conditions[act.condition] = ConditionStanding(
            act.condition, act.proposal, role, organisation, act.fulfilled_by, act.because, met
        )


def _agree(now: Standing, act: acts.Agree | acts.ProceedWithout, how: str, because: acts.Words) -> None:
    proposal = now.proposals[act.proposal]
    terms = proposal.terms
    group = now.groups.get(proposal.group) if proposal.group is not None else None
    latest = day_of(act.at) + LONGEST_TO_REVIEW
    review_on = terms.review_on
    if how == "agreed-without":
        ahead = review_on is not None and review_on >= day_of(act.at)
        review_on = min(review_on, latest) if review_on is not None and ahead else latest
    closed = Closed(
        how=how,
        at=act.at,
        by=act.by,
        role=act.in_role,
        because=because,
        review_on=review_on,
        review_by=terms.review_by,
        unheard=tuple(proposal.not_yet_heard()),
        entitled=tuple(
            (organisation, role.role, person)
            for organisation in terms.affected
            for role in now.roles_for(organisation)
            for person in now.people_in(role.role, act.at)
        ),
        group_rule=group.rules[-1] if group else None,
        group_version=group.version if group else None,
        group_size=len(group.patients) if group else None,
    )
    now.proposals[act.proposal] = replace(proposal, closed=closed)
    for decision in now.decisions_replaced_by(act.proposal):
        _decision(now, decision.proposal, over="changed", over_at=act.at, replaced_by=act.proposal)
    for follows in terms.follows:
        assert follows.role is not None  # the rule agrees to nothing that is left without hands
        assert follows.deputy_role is not None
        assert follows.first_check_on is not None
        now.responsibilities[follows.responsibility] = ResponsibilityStanding(
            responsibility=follows.responsibility,
            what=follows.what,
            spells=(Spell(act.at, follows.role, follows.deputy_role),),
            asked_at=act.at,
            first_check_on=follows.first_check_on,
            proposal=act.proposal,
            group=proposal.group,
        )


def _decision(now: Standing, proposal: who.Proposal, **to: object) -> None:
    stands = now.proposals[proposal]
    assert stands.closed is not None  # the rule reviews nothing but decisions
    now.proposals[proposal] = replace(stands, closed=replace(stands.closed, **to))  # type: ignore[arg-type]


def _review(now: Standing, proposal: who.Proposal, **to: object) -> None:
    closed = now.proposals[proposal].closed
    assert closed is not None  # as above
    _decision(now, proposal, review=replace(closed.review, **to))  # type: ignore[arg-type]


def _answer_review(now: Standing, act: acts.AnswerReview) -> None:
    closed = now.proposals[act.proposal].closed
    assert closed is not None  # as above
    assert act.in_role is not None  # nobody answers for an organisation outside a role
    given = ReviewAnswer(act.by, act.in_role, act.for_organisation, act.works, act.safe, act.because, act.at)
    others = tuple(answer for answer in closed.review.answers if answer.role != act.in_role)
    _review(now, act.proposal, answers=(*others, given))


def _change_agenda(now: Standing, act: acts.Circulate | acts.PutOn | acts.Drop | acts.Reorder) -> None:
    meeting = now.meetings[act.meeting]
    match act:
        case acts.Circulate():
            meeting = replace(meeting, items=act.items, circulated_at=act.at)
        case acts.PutOn():
            meeting = replace(meeting, items=(*meeting.items, act.item))
        case acts.Drop():
            gone = meeting.find(act.item)
            assert gone is not None  # the rule drops nothing that is not there
            kept = tuple(each for each in meeting.items if each.item != act.item)
            meeting = replace(meeting, items=kept, dropped=(*meeting.dropped, (gone, act.because)))
        case acts.Reorder():
            places = {item: place for place, item in enumerate(act.order)}
            meeting = replace(meeting, items=tuple(sorted(meeting.items, key=lambda each: places[each.item])))
    now.meetings[act.meeting] = meeting


def _change_who_is_there(now: Standing, act: acts.Attend | acts.NotThere) -> None:
    meeting = now.meetings[act.meeting]
    others = tuple(each for each in meeting.attending if each.person != act.person)
    if isinstance(act, acts.Attend):
        before = next((each for each in meeting.attending if each.person == act.person), None)
        organisations = now.organisations_of(act.person, act.at)
        organisation = now.roles[act.role].organisation if act.role is not None else organisations[0]
        since = before.since if before else act.at
        others = (*others, Attending(act.person, act.role, organisation, act.part, since))
    now.meetings[act.meeting] = replace(meeting, attending=others)


def _ask(now: Standing, act: acts.Ask) -> None:
    spell = Spell(act.at, act.role, act.deputy_role)
    before = now.responsibilities.get(act.responsibility)
    if before is not None:
        now.responsibilities[act.responsibility] = replace(
            before,
            what=act.what,
            spells=(*before.spells, spell),
            state="asked",
            declined_at=None,
            first_check_on=act.first_check_on,
        )
        return
    now.responsibilities[act.responsibility] = ResponsibilityStanding(
        responsibility=act.responsibility,
        what=act.what,
        spells=(spell,),
        asked_at=act.at,
        first_check_on=act.first_check_on,
        group=act.group,
        patient=act.patient,
    )


def _change(now: Standing, responsibility: who.Responsibility, **to: object) -> None:
    now.responsibilities[responsibility] = replace(now.responsibilities[responsibility], **to)  # type: ignore[arg-type]


def _answer(
    now: Standing,
    handover: who.HandOver,
    kind: acts.Kind,
    which: str,
    state: str,
    at: datetime,
    because: acts.Words = acts.NOTHING_SAID,
) -> None:
    held = now.handovers[handover]
    now.handovers[handover] = replace(
        held,
        offered=tuple(
            replace(o, state=state, answered_at=at, because=because)
            if o.item.kind == kind and o.item.which == which and o.state == "offered"
            else o
            for o in held.offered
        ),
    )


def _accept(now: Standing, act: acts.Accept) -> None:
    """What is accepted moves at that moment; things that go with a role move when the role itself is accepted."""
    handover = now.handovers[act.handover]
    offer = handover.find(act.kind, act.which)
    assert offer is not None  # the rule lets nobody accept what was not offered
    _answer(now, act.handover, act.kind, act.which, "accepted", act.at)
    giver, receiver, role = handover.giver, handover.receiver, offer.item.to_role
    match act.kind:
        case acts.Kind.ROLE:
            _release(now, role, giver, act.at)
            _release(now, role, receiver, act.at)
            _give(now, role, receiver, as_deputy=False, at=act.at)
        case acts.Kind.DEPUTY:
            _release(now, role, giver, act.at)
            _give(now, role, receiver, as_deputy=True, at=act.at)
        case acts.Kind.RESPONSIBILITY:
            _move(now, who.Responsibility(act.which), role, act.at)
        case acts.Kind.OBJECTION:
            objection = who.Objection(act.which)
            now.objections[objection] = replace(now.objections[objection], role=role)
        case acts.Kind.CONDITION:
            condition = who.Condition(act.which)
            now.conditions[condition] = replace(now.conditions[condition], fulfilled_by=role)
        case acts.Kind.REVIEW:
            proposal = now.proposals[who.Proposal(act.which)]
            assert proposal.closed is not None  # only a decision has a review
            now.proposals[proposal.proposal] = replace(proposal, closed=replace(proposal.closed, review_by=role))
        case _:
            assert_never(act.kind)


def _move(now: Standing, responsibility: who.Responsibility, to: who.Role, at: datetime) -> None:
    held = now.responsibilities[responsibility]
    if held.role == to:
        return  # read back together with the role that holds it
    stands_in = held.role if held.deputy_role == to else held.deputy_role
    _change(now, responsibility, spells=(*held.spells, Spell(at, to, stands_in)))


def _of_a_paper(now: Standing, act: acts.Publish | acts.Revise | acts.OpenTo | acts.TakeDown) -> PaperStanding:
    if isinstance(act, acts.Publish):
        return PaperStanding(act.paper, act.by, act.for_organisation, 1, act.organisations, act.teams)
    paper = now.papers[act.paper]
    if isinstance(act, acts.Revise):
        return replace(paper, version=paper.version + 1)
    if isinstance(act, acts.OpenTo):
        return replace(paper, organisations=act.organisations, teams=act.teams)
    return replace(paper, is_down=True)


def _of_a_poll(
    poll: PollStanding, number: int, act: acts.AnswerPoll | acts.ClosePoll | acts.CallPollOff
) -> PollStanding:
    if isinstance(act, acts.AnswerPoll):
        assert act.in_role is not None  # the rule lets nobody answer outside a role
        said = Answered(act.by, act.in_role, act.for_organisation, act.marks, act.because, act.at, number)
        return replace(poll, answers=(*(answer for answer in poll.answers if answer.by != act.by), said))
    how, chosen = ("closed", act.chosen) if isinstance(act, acts.ClosePoll) else ("called-off", ())
    return replace(poll, ended=how, ended_at=act.at, ended_by=act.by, chosen=chosen, because=act.because)
