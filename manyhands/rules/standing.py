"""
How things stand in a team: the least that the rules must know, and what they ask of it. `folding.py` works it out
from the acts.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import datetime

from manyhands import acts, who
from manyhands.rules.things import (
    Changed,
    ConditionStanding,
    GroupStanding,
    HandOverStanding,
    MeetingStanding,
    Membership,
    ObjectionStanding,
    PaperStanding,
    Period,
    PollStanding,
    ProposalStanding,
    RecordedStanding,
    ResponsibilityStanding,
    RoleStanding,
    SaidOfAPaper,
    Written,
)


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
    polls: dict[who.Poll, PollStanding] = field(default_factory=dict)
    objections: dict[who.Objection, ObjectionStanding] = field(default_factory=dict)
    recorded: dict[int, RecordedStanding] = field(default_factory=dict)
    conditions: dict[who.Condition, ConditionStanding] = field(default_factory=dict)
    responsibilities: dict[who.Responsibility, ResponsibilityStanding] = field(default_factory=dict)
    reached: dict[tuple[who.Responsibility, who.Patient], acts.Reached] = field(default_factory=dict)
    handovers: dict[who.HandOver, HandOverStanding] = field(default_factory=dict)
    meetings: dict[who.Meeting, MeetingStanding] = field(default_factory=dict)
    papers: dict[who.Paper, PaperStanding] = field(default_factory=dict)
    said_of_papers: dict[int, SaidOfAPaper] = field(default_factory=dict)
    changed: dict[int, Changed] = field(default_factory=dict)
    written: dict[int, Written] = field(default_factory=dict)
    shared: dict[who.Proposal, int] = field(default_factory=dict)
    writers: dict[int, who.Person] = field(default_factory=dict)
    withheld: frozenset[int] = frozenset()
    removed: dict[who.Patient, datetime] = field(default_factory=dict)

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

    def other_hats(self, person: who.Person, role: who.Role | None, at: datetime) -> tuple[RoleStanding, ...]:
        """The roles that somebody could have spoken in at a moment, besides the one that they did speak in."""
        return tuple(each for each in self.roles_of(person, at) if role is not None and each.role != role)

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

    def looks_after(self, patient: who.Patient) -> bool:
        """Whether somebody is in a group, or anything is in hand about them."""
        return any(patient in group.patients for group in self.groups.values()) or any(
            held.patient == patient for held in self.open_responsibilities()
        )

    def people_of(self, held: ResponsibilityStanding) -> frozenset[who.Patient]:
        """Whom a responsibility about a group is for now: everybody who is in the group."""
        group = self.groups.get(held.group) if held.group is not None and held.is_about_a_group else None
        return group.patients if group is not None else frozenset()

    def not_yet_reached(self, held: ResponsibilityStanding) -> frozenset[who.Patient]:
        """The people in the group for whom it is neither done nor an exception."""
        settled = (acts.Reached.DONE, acts.Reached.EXCEPTION)
        people = self.people_of(held)
        return frozenset(each for each in people if self.reached.get((held.responsibility, each)) not in settled)

    def open_objections(self, proposal: who.Proposal) -> tuple[ObjectionStanding, ...]:
        return tuple(o for o in self.objections.values() if o.proposal == proposal and o.is_open)

    def open_objection_of(self, role: who.Role, proposal: who.Proposal) -> ObjectionStanding | None:
        return next((o for o in self.open_objections(proposal) if o.role == role), None)

    def decisions_replaced_by(self, proposal: who.Proposal) -> tuple[ProposalStanding, ...]:
        """The decisions that hold, and that a proposal is to take the place of when it is agreed."""
        return tuple(
            decision
            for decision in self.proposals.values()
            if decision.closed is not None and decision.closed.is_live
            if decision.closed.review.replacement == proposal
        )

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
