"""
How things stand in a team: the least that the rules must know, folded from its acts.

`fold` is handed acts that were accepted, oldest first, and never judges them. It returns a new `Standing`; the one
it started from stays as it was, so that a standing can be kept and brought forward by the new acts only.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import assert_never

from manyhands import acts, who
from manyhands.rules.days import day_of
from manyhands.rules.things import (
    Closed,
    ConditionStanding,
    Given,
    GroupStanding,
    HandOverStanding,
    Holding,
    Membership,
    ObjectionStanding,
    Offered,
    Period,
    ProposalStanding,
    ResponsibilityStanding,
    RoleStanding,
    Spell,
)

LONGEST_TO_REVIEW = timedelta(days=28)
"""A decision made without an organisation is reviewed within 28 days (decisions: proceed without)."""


@dataclass(frozen=True, slots=True)
class Answering:
    """
    Who answers for something at a moment. `person` is missing when nobody present can: then `told` names whoever
    in the coordinating role is told. `standing_in` is true of a deputy, and `for_role` says in which role.
    """

    person: who.Person | None
    for_role: who.Role
    standing_in: bool
    told: who.Person | None = None


@dataclass(slots=True)
class Standing:
    """Where everything in a team stands after its last act."""

    number: int = 0
    last_at: datetime | None = None
    coordinating: who.Role | None = None
    invited: dict[tuple[who.Person, who.Organisation], who.Person] = field(default_factory=dict)
    memberships: dict[who.Person, tuple[Membership, ...]] = field(default_factory=dict)
    absences: dict[who.Person, tuple[Period, ...]] = field(default_factory=dict)
    roles: dict[who.Role, RoleStanding] = field(default_factory=dict)
    groups: dict[who.Group, GroupStanding] = field(default_factory=dict)
    matters: dict[who.Matter, who.Person] = field(default_factory=dict)
    proposals: dict[who.Proposal, ProposalStanding] = field(default_factory=dict)
    objections: dict[who.Objection, ObjectionStanding] = field(default_factory=dict)
    conditions: dict[who.Condition, ConditionStanding] = field(default_factory=dict)
    responsibilities: dict[who.Responsibility, ResponsibilityStanding] = field(default_factory=dict)
    handovers: dict[who.HandOver, HandOverStanding] = field(default_factory=dict)
    writers: dict[int, who.Person] = field(default_factory=dict)
    withheld: frozenset[int] = frozenset()

    def going_on(self) -> "Standing":
        """A standing that can go on without this one changing: the things in it are frozen, the shelves are not."""
        on = copy(self)
        for shelf in fields(self):
            if isinstance(kept := getattr(self, shelf.name), dict):
                setattr(on, shelf.name, dict(kept))
        return on

    # ---- who is here -----------------------------------------------------------------------------------------

    def organisations_of(self, person: who.Person, at: datetime) -> tuple[who.Organisation, ...]:
        return tuple(m.organisation for m in self.memberships.get(person, ()) if m.period.covers(at))

    def is_member(self, person: who.Person, at: datetime) -> bool:
        return bool(self.organisations_of(person, at))

    def members(self, at: datetime) -> tuple[who.Person, ...]:
        return tuple(person for person in self.memberships if self.is_member(person, at))

    def organisations(self, at: datetime) -> tuple[who.Organisation, ...]:
        """Organisations that somebody belongs to the team for, in the order in which they came."""
        return tuple(dict.fromkeys(o for person in self.memberships for o in self.organisations_of(person, at)))

    def is_away(self, person: who.Person, at: datetime) -> bool:
        return any(period.covers(at) for period in self.absences.get(person, ()))

    def is_present(self, person: who.Person, at: datetime) -> bool:
        return self.is_member(person, at) and not self.is_away(person, at)

    def away_until(self, person: who.Person, at: datetime) -> datetime | None:
        """When somebody who is away is expected back; missing if nobody has said."""
        running = [period.until_at for period in self.absences.get(person, ()) if period.covers(at)]
        known = [until for until in running if until is not None]
        return None if not known or None in running else max(known)

    # ---- who may speak in a role, and who answers for it -----------------------------------------------------

    def people_in(self, role: who.Role | None, at: datetime) -> tuple[who.Person, ...]:
        """Members who may speak in a role: its holder first, then its deputies."""
        if role is None or role not in self.roles:
            return ()
        return tuple(p for p in self.roles[role].people(at) if self.is_member(p, at))

    def roles_of(self, person: who.Person, at: datetime) -> tuple[RoleStanding, ...]:
        """The roles somebody may speak in, those they hold before those they deputise for."""
        if not self.is_member(person, at):
            return ()
        mine = [role for role in self.roles.values() if person in role.people(at)]
        return tuple(sorted(mine, key=lambda role: role.holder(at) != person))

    def roles_for(self, organisation: who.Organisation) -> tuple[RoleStanding, ...]:
        return tuple(role for role in self.roles.values() if role.organisation == organisation)

    def who_could_speak_for(self, organisation: who.Organisation, at: datetime) -> tuple[who.Person, ...]:
        """Those present first, then those away, each once."""
        people = dict.fromkeys(p for role in self.roles_for(organisation) for p in self.people_in(role.role, at))
        return tuple(sorted(people, key=lambda person: self.is_away(person, at)))

    def present_in(self, role: who.Role | None, at: datetime) -> tuple[who.Person, ...]:
        return tuple(p for p in self.people_in(role, at) if not self.is_away(p, at))

    def answering_for(self, role: who.Role, deputy_role: who.Role | None, at: datetime) -> Answering:
        """
        Who answers for what a role holds: its holder; else a deputy of the role; else whoever is in the role named
        as deputy; else nobody, and the coordinating role is told.
        """
        holder = self.roles[role].holder(at) if role in self.roles else None
        for candidate_role in (role, deputy_role):
            if present := self.present_in(candidate_role, at):
                assert candidate_role is not None  # nobody is in no role
                return Answering(present[0], candidate_role, standing_in=present[0] != holder)
        return self._nobody(role, at)

    def _nobody(self, role: who.Role, at: datetime) -> Answering:
        return Answering(None, role, standing_in=False, told=next(iter(self.present_in(self.coordinating, at)), None))

    def answering(self, responsibility: who.Responsibility, at: datetime) -> Answering | None:
        """Who answers for a responsibility at a moment; nothing if it was not open then, nobody if it was declined."""
        held = self.responsibilities[responsibility]
        spell = held.spell(at)
        if spell is None:
            return None
        if held.declined_at is not None and held.declined_at <= at:
            return self._nobody(spell.role, at)
        return self.answering_for(spell.role, spell.deputy_role, at)

    def could_carry(self, role: who.Role, deputy_role: who.Role | None, at: datetime) -> tuple[who.Person, ...]:
        """Everyone present who could answer for something tomorrow, each once: holders and deputies only."""
        return tuple(dict.fromkeys(self.present_in(role, at) + self.present_in(deputy_role, at)))

    # ---- what is in hand -------------------------------------------------------------------------------------

    def open_responsibilities(self) -> Iterator[ResponsibilityStanding]:
        return (r for r in self.responsibilities.values() if r.is_open)

    def open_objections(self, proposal: who.Proposal) -> tuple[ObjectionStanding, ...]:
        return tuple(o for o in self.objections.values() if o.proposal == proposal and o.is_open)

    def open_objection_of(self, role: who.Role, proposal: who.Proposal) -> ObjectionStanding | None:
        return next((o for o in self.open_objections(proposal) if o.role == role), None)

    def in_hand(self, role: who.Role) -> tuple[tuple[acts.Kind, str], ...]:
        """Everything open that a role answers for, the things that somebody has to take over if it is passed on."""
        return (
            *(
                (acts.Kind.RESPONSIBILITY, str(r.responsibility))
                for r in self.open_responsibilities()
                if r.role == role and r.state != "declined"
            ),
            *(
                (acts.Kind.OBJECTION, str(o.objection))
                for o in self.objections.values()
                if o.role == role and o.is_open and self.proposals[o.proposal].is_open
            ),
            *(
                (acts.Kind.CONDITION, str(c.condition))
                for c in self.conditions.values()
                if c.fulfilled_by == role and c.is_open and self._is_alive(c.proposal)
            ),
            *(
                (acts.Kind.REVIEW, str(p.proposal))
                for p in self.proposals.values()
                if p.closed is not None and p.closed.is_live and p.closed.review_by == role
            ),
        )

    def _is_alive(self, proposal: who.Proposal) -> bool:
        closed = self.proposals[proposal].closed
        return closed is None or closed.is_live

    def places_of(self, person: who.Person, at: datetime) -> Iterator[acts.Item]:
        """The roles somebody holds and the places they have as deputy, as things that can be handed over."""
        for role in self.roles_of(person, at):
            kind = acts.Kind.ROLE if role.holder(at) == person else acts.Kind.DEPUTY
            yield acts.Item(kind=kind, which=str(role.role), from_role=role.role, to_role=role.role)

    def offers_of(self, giver: who.Person) -> Iterator[HandOverStanding]:
        return (h for h in self.handovers.values() if h.giver == giver and h.waiting)

    def read_back(self, giver: who.Person, receiver: who.Person, role: who.Role) -> set[tuple[acts.Kind, str]]:
        """
        What the receiver has accepted of all that goes with a role, in any hand-over between the two since the giver
        came to hold it: a role that went and came back is read back anew.
        """
        holdings = self.roles[role].holdings if role in self.roles else ()
        held_from = [h.period.from_at for h in holdings if h.person == giver and h.period.until_at is None]
        return {
            (o.item.kind, o.item.which)
            for h in self.handovers.values()
            if h.giver == giver and h.receiver == receiver
            for o in h.offered
            if o.state == "accepted"
            and o.item.to_role == role
            and o.answered_at is not None
            and o.answered_at >= max(held_from, default=o.answered_at)
        }


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
        case acts.Propose():
            assert act.in_role is not None  # the rule lets nobody propose outside a role
            now.proposals[act.proposal] = ProposalStanding(
                act.proposal, act.group, act.by, act.in_role, act.for_organisation, act.at, act.terms
            )
        case acts.Amend():
            before_it = now.proposals[act.proposal]
            now.proposals[act.proposal] = replace(
                before_it,
                terms=act.terms,
                version=before_it.version + (1 if act.material else 0),
                changes=before_it.changes + 1,
            )
        case acts.Comment():
            pass  # said for others to read; no rule depends on it
        case (
            acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
        ):
            _take_position(now, number, act)
        case acts.Fulfil():
            now.conditions[act.condition] = replace(now.conditions[act.condition], fulfilled_at=act.at)
        case acts.Resolve():
            how = "integrated" if act.safeguard is None else "accepted-with-a-safeguard"
            now.objections[act.objection] = replace(
                now.objections[act.objection], closed_as=how, closed_version=act.version
            )
        case acts.WithdrawObjection():
            now.objections[act.objection] = replace(now.objections[act.objection], closed_as="withdrawn")
        case acts.Agree():
            _agree(now, act, "agreed", acts.NOTHING_SAID)
        case acts.ProceedWithout():
            _agree(now, act, "agreed-without", act.because)
        case acts.Withdraw():
            closed = Closed("withdrawn", act.at, act.by, act.in_role, act.because)
            now.proposals[act.proposal] = replace(now.proposals[act.proposal], closed=closed)
        case acts.Ask():
            _ask(now, act)
        case acts.TakeOn():
            _change(now, act.responsibility, state="taken-on")
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
            now.withheld |= {act.number}
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


def _take_position(now: Standing, number: int, act: acts.Position) -> None:
    assert act.in_role is not None  # the rule lets nobody take a position outside a role
    proposal, role, organisation = now.proposals[act.proposal], act.in_role, act.for_organisation
    given = Given(act.kind, act.by, role, organisation, act.version, act.at, number, act.because)
    others = tuple(earlier for earlier in proposal.positions if earlier.role != role)
    now.proposals[act.proposal] = replace(proposal, positions=(*others, given))
    for condition in list(now.conditions.values()):
        if condition.proposal == act.proposal and condition.role == role and condition.is_open:
            now.conditions[condition.condition] = replace(condition, dropped=True)
    if isinstance(act, acts.Object) and act.objection not in now.objections:
        now.objections[act.objection] = ObjectionStanding(
            act.objection, act.proposal, role, organisation, act.by, act.version, proposal.changes, act.because
        )
    if isinstance(act, acts.ConsentIf):
        now.conditions[act.condition] = ConditionStanding(
            act.condition, act.proposal, role, organisation, act.fulfilled_by, act.because
        )


def _agree(now: Standing, act: acts.Agree | acts.ProceedWithout, how: str, because: acts.Words) -> None:
    proposal = now.proposals[act.proposal]
    terms = proposal.terms
    group = now.groups.get(proposal.group) if proposal.group is not None else None
    soonest = day_of(act.at) + LONGEST_TO_REVIEW
    review_on = terms.review_on
    if how == "agreed-without":
        review_on = soonest if review_on is None else min(review_on, soonest)
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
