"""
Three years of one resident's care: contacts, referrals with their waits, and what was agreed to be done.

How care goes depends on the need and on the pattern it falls into:

    ordinary    a usual general practitioner much of the time; a service when an illness calls for one
    in pieces   no usual practitioner; sent to and fro between many organisations; a referral refused and sent again
    joined up   on the list of a neighbourhood team: fewer referrals, the same people each time, agreed actions

The two neighbourhood teams differ in one thing. In the first, nearly everybody on the list sees its care
coordinator and nobody else on the community and social side. In the second, several members share each person.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from demo import codes, place, referrals
from demo.chance import Chance
from demo.codes import Diagnosis, Way
from demo.days import Days
from demo.health import Health
from demo.neighbourhood import Neighbourhood
from demo.place import Organisation, Practitioner
from demo.referrals import Service
from demo.residents import Resident


class Pattern(Enum):
    """How somebody's care goes."""

    ORDINARY = auto()
    IN_PIECES = auto()
    JOINED_UP = auto()


Reason = tuple[str, str]
"""A SNOMED CT code and its words."""


class Contact(NamedTuple):
    """One contact: day and minute it began, how many minutes it lasted (None: not over yet), and with whom."""

    day: int
    minute: int
    minutes: int | None
    way: Way
    who: Practitioner
    reason: Reason | None
    referral: int | None = None
    diagnosis: Diagnosis | None = None


class Referral(NamedTuple):
    """
    One referral. `seen` is the day of the first contact and `closed` the day it ended, both None while they lie
    ahead; `refused` and `failed` are the reason when it was not accepted, or accepted and not carried out.
    """

    number: int
    service: Service
    to: Organisation
    asked: int
    by: Practitioner
    reason: Reason | None
    seen: int | None
    closed: int | None
    refused: str | None
    failed: str | None


class Action(NamedTuple):
    """Something a neighbourhood team agreed to do for one person; `failed` says why it was not done."""

    what: str
    agreed: int
    due: int
    by: Practitioner
    ended: int | None
    failed: str | None


@dataclass(slots=True)
class Membership:
    """Being on a neighbourhood team's list: which team (0 or 1), from which day, and who in it looks after them."""

    team: int
    since: int
    until: int | None
    members: tuple[Practitioner, ...]


@dataclass(slots=True)
class History:
    """All that happened in the three years."""

    pattern: Pattern
    usual: Practitioner
    membership: Membership | None = None
    contacts: list[Contact] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


class _Care:
    """Puts one resident's history together."""

    __slots__ = ("chance", "days", "end", "fate", "health", "history", "minutes", "person", "start", "there")

    def __init__(self, person: Resident, health: Health, there: Neighbourhood, days: Days) -> None:
        self.person, self.health, self.there, self.days = person, health, there, days
        self.chance: Chance = person.chance
        self.fate = self.chance.roll()
        self.start = max(0, (person.born - days.first).days)
        self.end = days.number if health.died is None else health.died
        usual = self.chance.pick(there.staff[f"{person.home.area.practice}/{place.GP}"])
        self.history = History(self._pattern(), usual)

    def _pattern(self) -> Pattern:
        conditions, frailty = len(self.health.conditions), self.health.frailty
        if self.person.age < 65 or conditions < 4 or frailty < 1:
            return Pattern.ORDINARY
        roll = self.chance.roll() * (1.0 if frailty > 1 else 3.0)
        return Pattern.JOINED_UP if roll < 0.46 else Pattern.IN_PIECES if roll < 0.78 else Pattern.ORDINARY

    # ---- small steps ----

    def _meet(
        self,
        day: int,
        way: Way,
        who: Practitioner,
        reason: Reason | None,
        referral: int | None = None,
    ) -> bool:
        """A contact on the first working day from `day`, if the person is still there; says whether it happened."""
        if day >= self.days.number:
            return False
        day = self.days.next_working[day]
        if not self.start <= day < self.end:
            return False
        roll = self.chance.roll()
        minutes = max(5, int(way.minutes * (0.6 + 0.8 * roll)) // 5 * 5)
        minute = 8 * 60 + 30 + 10 * int(50 * self.chance.roll())
        self.history.contacts.append(Contact(day, minute, minutes, way, who, reason, referral))
        return True

    def _some_day(self) -> int:
        return self.days.working[int(self.chance.roll() * len(self.days.working))]

    def _reason(self) -> Reason:
        conditions = self.health.conditions
        if conditions and self.chance.happens(0.55):
            illness = self.chance.pick(conditions)[0]
            return illness.snomed, illness.says
        return self.chance.pick(codes.COMPLAINTS_OF_CHILDREN if self.person.age < 14 else codes.COMPLAINTS)

    def _carried_out(self) -> bool:
        """
        Whether the next thing agreed is carried out, at the rate of the person's deprivation fifth.

        The golden ratio spreads one person's fates evenly, so that a neighbourhood of 3,000 already shows the
        rates that a million would.
        """
        self.fate = (self.fate + 0.6180339887498949) % 1
        return self.fate < referrals.CARRIED_OUT[self.person.home.area.fifth]

    # ---- general practice ----

    def practice(self) -> None:
        """Contacts with the practice: with a usual practitioner as far as the pattern goes, else with anybody."""
        chance, person = self.chance, self.person
        age, number = person.age, len(self.health.conditions)
        a_year = (2.2 if age < 16 else 2.0 if age < 45 else 2.4) + 0.7 * number + 0.8 * self.health.frailty
        usual = {Pattern.ORDINARY: 0.55, Pattern.IN_PIECES: 0.18, Pattern.JOINED_UP: 0.9}[self.history.pattern]
        staff, practice = self.there.staff, person.home.area.practice
        doctors = staff[f"{practice}/{place.GP}"]
        others = (
            *staff[f"{practice}/{place.PRACTICE_NURSE}"],
            *staff[f"{practice}/{place.ADVANCED_PRACTITIONER}"],
            *staff[f"{practice}/{place.CLINICAL_PHARMACIST}"],
            *staff[f"{practice}/{place.HEALTHCARE_ASSISTANT}"],
        )
        at_home = person.home.care_home or self.health.frailty == 3
        for _ in range(chance.count(a_year * self.days.number / 365)):
            if number and chance.happens(0.3):
                who, way = chance.pick(others), codes.CHECK
            else:
                who = self.history.usual if chance.happens(usual) else chance.pick(doctors)
                roll = chance.roll()
                way = codes.PHONE if roll < 0.3 else codes.HOME if at_home and roll < 0.75 else codes.SURGERY
            review = number > 3 and who.profession == place.CLINICAL_PHARMACIST
            self._meet(self._some_day(), way, who, codes.MEDICATION_REVIEW if review else self._reason())

    # ---- being referred ----

    def services(self) -> None:
        """What the illnesses lead to; for somebody in pieces much more, refused and sent again."""
        chance, pattern = self.chance, self.history.pattern
        more = {Pattern.ORDINARY: 0.24, Pattern.IN_PIECES: 1.3, Pattern.JOINED_UP: 0.6}[pattern]
        membership = self.history.membership
        for illness, _ in self.health.conditions:
            for service, share in referrals.NEEDS.get(illness.snomed, ()):
                if not chance.happens(share * more):
                    continue
                if membership is not None and service.sector in referrals.OUTSIDE_HOSPITAL and not chance.happens(0.2):
                    continue  # the team sees to it
                self.refer(service, self._some_day(), (illness.snomed, illness.says))
        if pattern is Pattern.IN_PIECES:
            for service in chance.some(referrals.IN_PIECES, chance.between(4, 7)):
                self.refer(service, self._some_day(), self._reason())
                if chance.happens(0.45):
                    self.refer(service, self._some_day(), self._reason())

    def refer(self, service: Service, asked: int, reason: Reason | None, by: Practitioner | None = None) -> None:
        """One referral and what came of it: refused, carried out, given up, or still waiting."""
        if not self.start <= asked < self.end:
            return
        chance, pattern = self.chance, self.history.pattern
        fifth = self.person.home.area.fifth
        by = by or self.history.usual
        staff = self.there.staff[service.profession]
        visitor = chance.pick(staff)
        to = next(one for one in self.there.organisations if one.key == visitor.organisation)
        number = len(self.history.referrals) + 1
        refuse = {Pattern.ORDINARY: 0.07, Pattern.IN_PIECES: 0.3, Pattern.JOINED_UP: 0.03}[pattern]
        if not service.urgent and chance.happens(refuse):
            refused = asked + chance.days(12)
            why = chance.pick(referrals.NOT_ACCEPTED)
            if refused >= self.end:
                self.history.referrals.append(Referral(number, service, to, asked, by, reason, None, None, None, None))
                return
            self.history.referrals.append(Referral(number, service, to, asked, by, reason, None, refused, why, None))
            if chance.happens(0.8):
                self.refer(service, refused + chance.between(10, 60), reason, by)
            return
        wait = max(1, chance.days(service.wait * referrals.WAITS_BY_FIFTH[fifth]))
        first = self.days.next_working[asked + wait] if asked + wait < self.days.number else asked + wait
        if not self._carried_out():
            ended = first + chance.between(0, 14)
            over = ended if ended < self.end else None
            failed = chance.pick(referrals.NOT_CARRIED_OUT) if over is not None else None
            self.history.referrals.append(Referral(number, service, to, asked, by, reason, None, over, None, failed))
            return
        last = self._visits(service, number, first, visitor, staff, reason)
        seen = first if first < self.end else None
        closed = last if last is not None and last < self.end else None
        self.history.referrals.append(Referral(number, service, to, asked, by, reason, seen, closed, None, None))

    def _visits(
        self,
        service: Service,
        number: int,
        first: int,
        visitor: Practitioner,
        staff: tuple[Practitioner, ...],
        reason: Reason | None,
    ) -> int | None:
        """The visits of one referral; gives the day of the last, or None when they are not over."""
        chance = self.chance
        same = {Pattern.ORDINARY: 0.65, Pattern.IN_PIECES: 0.15, Pattern.JOINED_UP: 0.92}[self.history.pattern]
        team = [one for one in staff if one.organisation == visitor.organisation]
        day = last = first
        for visit in range(chance.between(*service.visits)):
            who = visitor if visit == 0 or chance.happens(same) else chance.pick(team)
            way = service.first if visit == 0 else service.later
            if not self._meet(day, way, who, reason, number if visit == 0 else None):
                return None
            last, day = day, day + max(1, int(service.gap * (0.6 + 0.8 * chance.roll())))
        return self.days.next_working[last]

    # ---- falls, emergencies and the hospital ----

    def emergencies(self) -> None:
        """A&E attendances and admissions; more of them when frail, and in the more deprived fifths."""
        chance, health = self.chance, self.health
        poorer = 1 + 0.12 * (3 - self.person.home.area.fifth)
        pieces = self.history.pattern is Pattern.IN_PIECES
        a_year = (0.16 + 0.12 * health.frailty + 0.02 * len(health.conditions)) * poorer * (1.7 if pieces else 1.0)
        years = self.days.number / 365
        for _ in range(chance.count(a_year * years)):
            old = self.person.age >= 65
            reasons = codes.EMERGENCIES_OF_CHILDREN if self.person.age < 14 else codes.EMERGENCIES
            self._attend(chance.pick(reasons), 0.22 + 0.1 * health.frailty if old else 0.08, False)
        if health.falls:
            for _ in range(1 + chance.count(0.25 * years * (1 + 0.4 * health.frailty))):
                self._attend(codes.FALL, 0.3, True)
        if health.died is not None and self.person.age >= 65 and chance.happens(0.4):
            self._attend(chance.pick(codes.EMERGENCIES), 1.0, False, health.died - chance.between(4, 30))

    def _attend(self, reason: Reason, admitted: float, fallen: bool, day: int | None = None) -> None:
        chance = self.chance
        day = chance.below(self.days.number) if day is None else day
        if not self.start <= day < self.end - 1:
            return
        minute = chance.below(1200)
        minutes = chance.between(70, 560)
        acute = self.there.staff[chance.pick((place.EMERGENCY_DOCTOR, place.EMERGENCY_DOCTOR, place.EMERGENCY_NURSE))]
        if day + 2 >= self.days.number:
            return
        self.history.contacts.append(Contact(day, minute, minutes, codes.EMERGENCY, chance.pick(acute), reason))
        if chance.happens(admitted):
            self._admit(day, minute + minutes, fallen)

    def _admit(self, day: int, minute: int, fallen: bool) -> None:
        chance = self.chance
        among = codes.FALLEN_ADMISSIONS if fallen and self.person.age >= 65 else codes.ADMISSIONS
        diagnosis = chance.weighted(among)
        old = self.person.age >= 75
        profession = place.GERIATRICIAN if old else place.ACUTE_PHYSICIAN
        stay = max(1, chance.days(7 if old else 3, 0.8))
        home = day + stay
        over = home + 1 < self.end
        minutes: int | None = stay * 1440 - minute + chance.between(10, 17) * 60 if over else None
        if minutes is not None and minutes <= 0:
            minutes = 600
        if not over and self.health.died is not None:
            minutes = max(60, (self.end - day) * 1440 - minute)
        who = chance.pick(self.there.staff[profession])
        reason = (diagnosis.snomed, diagnosis.says)
        self.history.contacts.append(Contact(day, minute, minutes, codes.ADMISSION, who, reason, diagnosis=diagnosis))
        if not over or self.person.age < 65:
            return
        membership = self.history.membership
        if membership is not None and home >= membership.since:
            self._meet(home + 2, codes.HOME, membership.members[0], reason)
        elif self.health.frailty >= 2 and chance.happens(0.5):
            coordinator = chance.pick(self.there.staff[place.DISCHARGE_COORDINATOR])
            self.refer(referrals.REABLEMENT, home, reason, coordinator)
            if self.history.pattern is Pattern.IN_PIECES:
                self.refer(referrals.SOCIAL_WORK, home + 1, reason, coordinator)
                self.refer(referrals.NURSING, home, reason, coordinator)

    def last_weeks(self) -> None:
        died = self.health.died
        if died is not None and self.person.age >= 60 and self.chance.happens(0.35):
            self.refer(referrals.HOSPICE, max(0, died - self.chance.between(25, 90)), None)

    # ---- the neighbourhood teams ----

    def join_team(self) -> None:
        """Come onto a neighbourhood team's list: most people at least fourteen months before the records end."""
        if self.history.pattern is not Pattern.JOINED_UP:
            return
        chance, there = self.chance, self.there
        latest = len(self.days.working) - (40 if chance.happens(0.15) else 305)
        since = self.days.working[chance.below(latest)]
        if not self.start <= since < self.end - 30:
            return
        team = self.person.home.area.team
        if team == 0:
            members: tuple[Practitioner, ...] = (there.coordinator,)
            if chance.happens(0.12):
                members += (chance.pick(there.seconds),)
        else:
            members = tuple(chance.some(there.circle, chance.between(3, 4)))
        self.history.membership = Membership(team, since, self.health.died, members)

    def team_contacts(self) -> None:
        membership = self.history.membership
        if membership is None:
            return
        chance = self.chance
        day = membership.since
        every = chance.between(14, 26)
        while day < self.end:
            who = membership.members[0] if len(membership.members) == 1 else chance.pick(membership.members)
            self._meet(day, codes.HOME if chance.happens(0.6) else codes.PHONE, who, self._reason())
            day += max(3, int(every * (0.6 + 0.8 * chance.roll())))
        self._actions(membership)

    def _actions(self, membership: Membership) -> None:
        chance = self.chance
        for what in chance.some(referrals.ACTIONS, chance.between(4, 9)):
            agreed = self.days.next_working[min(membership.since + chance.below(900), self.days.number - 8)]
            if agreed >= self.end - 1:
                continue
            due = agreed + 7 * chance.between(2, 8)
            ended = min(due + chance.between(-9, 12), self.end - 1)
            ended = max(ended, agreed)
            open_still = due + 12 >= self.days.number
            failed = None if open_still or self._carried_out() else chance.pick(referrals.NOT_CARRIED_OUT)
            who = chance.pick(membership.members)
            self.history.actions.append(Action(what, agreed, due, who, None if open_still else ended, failed))


def history(person: Resident, health: Health, there: Neighbourhood, days: Days) -> History:
    """The three years of `person`'s care, contacts oldest first."""
    care = _Care(person, health, there, days)
    care.join_team()
    care.practice()
    care.services()
    care.emergencies()
    care.last_weeks()
    care.team_contacts()
    care.history.contacts.sort(key=lambda contact: (contact.day, contact.minute))
    return care.history
