"""
Telling a year of a team's acts: who did what, so many days ago, in which role.

A year is told in the words of the team and written out as acts for `manyhands.log.record`, so that the rules judge
each one as they judge everybody's. Days are counted back from the day the demo is made ready, so that whoever is away
is away now. What falls on a weekend happened on the Friday before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from demo.place import NeighbourhoodTeam, Practitioner
from manyhands import acts, who
from manyhands.acts import Words
from manyhands.rules.days import HERE

STEP = timedelta(minutes=6)
"""How long after one act of a day the next one comes."""

CARRY_ON = "Carry on as now"
OWN = "own"
"""Stands for the role that somebody has in the team."""


@dataclass(frozen=True, slots=True)
class Follows:
    """What would follow from a proposal: what, who holds it, who stands in, first check in so many days from now."""

    key: str
    what: str
    role: str
    deputy_role: str | None
    check_in: int
    known_by: str


def _time(number: int, day: date, hour: int) -> acts.Choice:
    at = datetime.combine(day, time(hour), HERE)
    words = Words(f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M}")
    return acts.Choice(option=f"time-{number}", words=words, starts_at=at)


def _chosen(act: acts.Gather) -> list[who.Patient]:
    return [included.patient for included in act.patients]


@dataclass
class Telling:
    """One team's year as it is told: each verb adds an act, in the role that its person has in the team."""

    team: NeighbourhoodTeam
    today: date
    told: list[acts.AnyAct] = field(default_factory=list)
    _now: datetime = field(default_factory=lambda: datetime.min.replace(tzinfo=UTC))
    _terms: dict[str, acts.Terms] = field(default_factory=dict)
    _versions: dict[str, int] = field(default_factory=dict)
    _for_group: dict[str, str] = field(default_factory=dict)

    def in_order(self) -> list[acts.AnyAct]:
        """Everything told, oldest first; what refers to an entry then has its number in that order."""
        order = sorted(range(len(self.told)), key=lambda told: self.told[told].at)
        number = {told: number for number, told in enumerate(order, 1)}
        return [_renumbered(self.told[told], number) for told in order]

    def _latest(self, by: Practitioner, *kinds: type[acts.Act]) -> int:
        """The place among all that was told so far of somebody's latest act of a kind."""
        return next(
            at
            for at, act in reversed(list(enumerate(self.told)))
            if act.by == who.Person(by.key) and isinstance(act, kinds)
        )

    # ---- when, and as whom ----

    def on(self, days_ago: int, hour: int = 9, minute: int = 0) -> None:
        """From here on it is so many days ago, at this hour (UTC)."""
        day = self.in_days(-days_ago)
        self.on_day(day - timedelta(days=max(0, day.weekday() - 4)), hour, minute)

    def on_day(self, day: date, hour: int = 8, minute: int = 0) -> None:
        self._now = datetime.combine(day, time(hour, minute), UTC)

    def in_days(self, days: int) -> date:
        """The day so many days from now; back from now when negative."""
        return self.today + timedelta(days=days)

    def _working_day(self, days: int) -> date:
        """The day so many days from now; of a weekend, the Friday before, or the Monday after where it is to come."""
        day = self.in_days(days)
        over = max(0, day.weekday() - 4)
        return day if not over else day + timedelta(days=-over if days < 0 else 3 - over)

    def role_of(self, person: Practitioner) -> str:
        """The role that somebody speaks in: the first they hold, else the first they deputise for."""
        held = [seat.role for seat in self.team.seats if seat.holder == person]
        deputised = [seat.role for seat in self.team.seats if person in seat.deputies]
        return (held + deputised)[0]

    def _does(self, verb: type[acts.Act], by: Practitioner, in_role: str | None = OWN, /, **fields: Any) -> None:
        """Add an act. `in_role` None is an act of a member as such."""
        spoken_in = self.role_of(by) if in_role == OWN else in_role
        seat = next((seat for seat in self.team.seats if seat.role == spoken_in), None)
        act: Any = verb(
            team=who.Team(self.team.key),
            by=who.Person(by.key),
            for_organisation=who.Organisation(seat.organisation if seat else by.organisation),
            at=self._now,
            in_role=who.Role(spoken_in) if spoken_in else None,
            **fields,
        )
        self.told.append(act)
        self._now += STEP

    # ---- belonging ----

    def convenes(self) -> None:
        """The first seat's holder brings the team into being."""
        first = self.team.seats[0]
        purpose = Words(self.team.purpose)
        self._does(acts.Convene, first.holder, None, role=who.Role(first.role), kind=first.kind, purpose=purpose)

    def everybody_joins(self) -> None:
        """Invited by whoever convened, each joins; then the roles are made, given and deputised for."""
        first = self.team.seats[0]
        others = [person for person in self.team.members if person != first.holder]
        for person in others:
            there = who.Organisation(person.organisation)
            self._does(acts.Invite, first.holder, None, person=who.Person(person.key), organisation=there)
        for person in others:
            self._does(acts.Join, person, None)
        for seat in self.team.seats:
            role = who.Role(seat.role)
            if seat != first:
                there = who.Organisation(seat.organisation)
                self._does(acts.CreateRole, first.holder, role=role, organisation=there, kind=seat.kind)
                self._does(acts.Hold, seat.holder, None, role=role, person=who.Person(seat.holder.key))
            for deputy in seat.deputies:
                self._does(acts.Deputise, seat.holder, None, role=role, person=who.Person(deputy.key))

    def steps_down(self, by: Practitioner, role: str) -> None:
        self._does(acts.StepDown, by, role=who.Role(role), person=who.Person(by.key))

    def is_away(self, by: Practitioner, from_in: int, until_in: int | None) -> None:
        """Away from the morning of one day until the morning of another, in so many days from now."""
        until = None if until_in is None else datetime.combine(self.in_days(until_in), time(8), UTC)
        from_at = datetime.combine(self.in_days(from_in), time(8), UTC)
        self._does(acts.BeAway, by, person=who.Person(by.key), from_at=from_at, until_at=until)

    # ---- groups ----

    def gathers(
        self, by: Practitioner, group: str, called: str, rule: acts.GroupRule, people: Sequence[tuple[who.Patient, str]]
    ) -> None:
        chosen = tuple(acts.Included(patient=patient, because=Words(because)) for patient, because in people)
        self._does(acts.Gather, by, group=who.Group(group), called=Words(called), rule=rule, patients=chosen)

    def includes(self, by: Practitioner, group: str, patient: who.Patient, because: str) -> None:
        self._does(acts.Include, by, group=who.Group(group), patient=patient, because=Words(because))

    def releases(self, by: Practitioner, group: str, patient: who.Patient, because: str) -> None:
        self._does(acts.Release, by, group=who.Group(group), patient=patient, because=Words(because))

    # ---- deciding ----

    def raises(self, by: Practitioner, matter: str, words: str, group: str | None = None) -> None:
        about = who.Group(group) if group else None
        self._does(acts.Raise, by, matter=who.Matter(matter), group=about, words=Words(words))

    def proposes(
        self,
        by: Practitioner,
        proposal: str,
        question: str,
        proposed: str,
        *others: str,
        affected: Sequence[str],
        follows: Sequence[Follows],
        review: tuple[int, str] | None,
        group: str | None = None,
        matter: str | None = None,
    ) -> None:
        """Propose one option beside `others` and carrying on. `review` is in so many days, owed by the role named."""
        options = [
            acts.Option(option=f"{proposal}-{letter}", words=Words(words))
            for letter, words in zip("abc", (proposed, *others), strict=False)
        ]
        options.append(acts.Option(option=f"{proposal}-now", words=Words(CARRY_ON), carry_on=True))
        terms = acts.Terms(
            question=Words(question),
            options=tuple(options),
            proposed=f"{proposal}-a",
            affected=tuple(map(who.Organisation, affected)),
            follows=tuple(self._following(each) for each in follows),
            review_on=self.in_days(review[0]) if review else None,
            review_by=who.Role(review[1]) if review else None,
        )
        self._terms[proposal], self._versions[proposal] = terms, 1
        self._for_group |= {each.key: group for each in follows if group}
        self._does(
            acts.Propose,
            by,
            proposal=who.Proposal(proposal),
            group=who.Group(group) if group else None,
            matter=who.Matter(matter) if matter else None,
            terms=terms,
        )

    def _following(self, each: Follows) -> acts.FollowOn:
        return acts.FollowOn(
            responsibility=who.Responsibility(each.key),
            what=Words(each.what),
            role=who.Role(each.role),
            deputy_role=who.Role(each.deputy_role) if each.deputy_role else None,
            first_check_on=self.in_days(each.check_in),
            known_by=Words(each.known_by),
        )

    def amends(
        self, by: Practitioner, proposal: str, proposed: str, because: str, follows: Sequence[Follows] = ()
    ) -> None:
        """Change what is proposed, materially; what would follow can grow with it."""
        group = self._for_group.get(self._terms[proposal].follows[0].responsibility) if follows else None
        self._for_group |= {each.key: group for each in follows if group}
        before, version = self._terms[proposal], self._versions[proposal]
        first = replace(before.options[0], words=Words(proposed))
        more = tuple(self._following(each) for each in follows)
        terms = replace(before, options=(first, *before.options[1:]), follows=before.follows + more)
        self._does(
            acts.Amend,
            by,
            proposal=who.Proposal(proposal),
            version=version,
            material=True,
            terms=terms,
            because=Words(because),
        )
        self._terms[proposal], self._versions[proposal] = terms, version + 1

    def comments(self, by: Practitioner, words: str, *, proposal: str | None = None, matter: str | None = None) -> None:
        about = who.Proposal(proposal) if proposal else None
        on = who.Matter(matter) if matter else None
        self._does(acts.Comment, by, proposal=about, matter=on, words=Words(words))

    # ---- papers ----

    def publishes(
        self,
        by: Practitioner,
        paper: str,
        title: str,
        body: str,
        topics: Sequence[str] = (),
        events: Sequence[acts.Event] = (),
        teams: Sequence[str] = (),
    ) -> None:
        self._versions[paper] = 1
        self._does(
            acts.Publish,
            by,
            paper=who.Paper(paper),
            title=Words(title),
            body=Words(body.strip()),
            topics=tuple(map(Words, topics)),
            events=tuple(events),
            teams=tuple(map(who.Team, teams)),
        )

    def revises(self, by: Practitioner, paper: str, title: str, body: str, because: str) -> None:
        version = self._versions[paper]
        self._versions[paper] = version + 1
        said = {"title": Words(title), "body": Words(body.strip()), "because": Words(because)}
        self._does(acts.Revise, by, paper=who.Paper(paper), version=version, **said)

    def opens_to(self, by: Practitioner, paper: str, teams: Sequence[str]) -> None:
        self._does(acts.OpenTo, by, paper=who.Paper(paper), teams=tuple(map(who.Team, teams)))

    def discusses(
        self,
        by: Practitioner,
        paper: str,
        words: str,
        *,
        question: bool = False,
        answers: int | None = None,
        guest_of: str | None = None,
        guest_role: str | None = None,
    ) -> int:
        """Gives the place in the telling, for what answers it."""
        guest = {"guest_of": who.Team(guest_of), "guest_role": who.Role(guest_role or "")} if guest_of else {}
        said = {"version": self._versions[paper], "words": Words(words), "question": question, "answers": answers}
        self._does(acts.Discuss, by, None if guest_of else OWN, paper=who.Paper(paper), **said, **guest)
        return len(self.told) - 1

    def settles(self, by: Practitioner, paper: str, question: int, answer: int) -> None:
        self._does(acts.Settle, by, paper=who.Paper(paper), question=question, answer=answer)

    def takes_up(self, by: Practitioner, paper: str, said: int, matter: str, words: str) -> None:
        self.raises(by, matter, words)
        self._does(acts.TakeUp, by, paper=who.Paper(paper), said=said, matter=who.Matter(matter))

    def polls(
        self,
        by: Practitioner,
        poll: str,
        method: str,
        question: str,
        options: Sequence[str],
        asked: Sequence[str],
        closes_in: int,
        times: Sequence[tuple[int, int]] = (),
        **more: Any,
    ) -> None:
        """Options are words, after "carry on as now"; or times: in how many days, at which hour."""
        as_now = acts.Choice(option="as-now", words=Words("Carry on as now"), carry_on=True)
        written = [acts.Choice(option=str(n), words=Words(each)) for n, each in enumerate(options, 1)]
        when = [_time(n, self._working_day(days), hour) for n, (days, hour) in enumerate(times, 1)]
        self._does(
            acts.OpenPoll,
            by,
            poll=who.Poll(poll),
            method=method,
            question=Words(question),
            options=tuple(when) or (as_now, *written),
            asked=tuple(map(who.Organisation, asked)),
            closes_on=self.in_days(closes_in),
            **more,
        )

    def votes(self, by: Practitioner, poll: str, marks: Mapping[str, int], words: str = "") -> None:
        marked = tuple(acts.Marked(option=option, mark=mark) for option, mark in marks.items())
        self._does(acts.AnswerPoll, by, poll=who.Poll(poll), marks=marked, because=Words(words))

    def closes_poll(self, by: Practitioner, poll: str, words: str = "", *chosen: str) -> None:
        self._does(acts.ClosePoll, by, poll=who.Poll(poll), chosen=chosen, because=Words(words))

    def _answers(
        self, kind: type[acts.Position], by: Practitioner, proposal: str, words: str, role: str, **fields: Any
    ) -> None:
        version = self._versions[proposal]
        self._does(kind, by, role, proposal=who.Proposal(proposal), version=version, because=Words(words), **fields)

    def consents(self, by: Practitioner, proposal: str, words: str = "", role: str = OWN) -> None:
        self._answers(acts.Consent, by, proposal, words, role)

    def worries(self, by: Practitioner, proposal: str, words: str, role: str = OWN) -> None:
        self._answers(acts.ConsentWithConcern, by, proposal, words, role)

    def consents_if(self, by: Practitioner, proposal: str, condition: str, fulfilled_by: str, words: str) -> None:
        named = {"condition": who.Condition(condition), "fulfilled_by": who.Role(fulfilled_by)}
        self._answers(acts.ConsentIf, by, proposal, words, OWN, **named)

    def objects(self, by: Practitioner, proposal: str, objection: str, words: str, role: str = OWN) -> None:
        self._answers(acts.Object, by, proposal, words, role, objection=who.Objection(objection))

    def stands_aside(self, by: Practitioner, proposal: str, words: str = "", role: str = OWN) -> None:
        self._answers(acts.StandAside, by, proposal, words, role)

    def gives_no_view(self, by: Practitioner, proposal: str, role: str = OWN) -> None:
        self._answers(acts.GiveNoView, by, proposal, "", role)

    def writes_down(
        self, by: Practitioner, said_by: Practitioner, proposal: str, stance: acts.Stance, words: str
    ) -> None:
        """What somebody said on the call, written down for them by another."""
        said_in = next(seat for seat in self.team.seats if seat.role == self.role_of(said_by))
        said = {
            "proposal": who.Proposal(proposal),
            "version": self._versions[proposal],
            "stance": stance,
            "said_by": who.Person(said_by.key),
            "said_in": who.Role(said_in.role),
            "said_for": who.Organisation(said_in.organisation),
            "because": Words(words),
        }
        self._does(acts.RecordPosition, by, **said)

    def fulfils(self, by: Practitioner, condition: str, words: str, role: str = OWN) -> None:
        self._does(acts.Fulfil, by, role, condition=who.Condition(condition), because=Words(words))

    def is_moved(self, by: Practitioner, proposal: str, writer: Practitioner, *kinds: type[acts.Act]) -> None:
        """Says that what `writer` wrote last, of these kinds, moved them to the position that they took just now."""
        position, entry = self._latest(by, acts.Position), self._latest(writer, *kinds)
        self._does(acts.BeMoved, by, None, proposal=who.Proposal(proposal), position=position, entry=entry)

    def finds(self, by: Practitioner, objection: str, states: acts.Criterion) -> None:
        """What somebody finds a safety concern to state."""
        self._does(acts.TestObjection, by, objection=who.Objection(objection), states=states)

    def resolves(self, by: Practitioner, proposal: str, objection: str, words: str, role: str = OWN) -> None:
        version = self._versions[proposal]
        self._does(acts.Resolve, by, role, objection=who.Objection(objection), version=version, because=Words(words))

    def agrees(self, by: Practitioner, proposal: str) -> None:
        self._does(acts.Agree, by, proposal=who.Proposal(proposal), version=self._versions[proposal])

    def proceeds_without(self, by: Practitioner, proposal: str, because: str) -> None:
        version = self._versions[proposal]
        self._does(acts.ProceedWithout, by, proposal=who.Proposal(proposal), version=version, because=Words(because))

    def withdraws(self, by: Practitioner, proposal: str, because: str) -> None:
        self._does(acts.Withdraw, by, proposal=who.Proposal(proposal), because=Words(because))

    def shares_credit(self, by: Practitioner, proposal: str, called: str) -> None:
        """Shares the page that credits everyone, by a title of its own."""
        self._does(acts.ShareCredit, by, proposal=who.Proposal(proposal), called=Words(called))

    # ---- reviewing ----

    def opens_review(self, by: Practitioner, proposal: str, because: str) -> None:
        self._does(acts.OpenReview, by, proposal=who.Proposal(proposal), because=Words(because))

    def answers_review(
        self, by: Practitioner, proposal: str, words: str = "", works: acts.Works = acts.Works.YES, safe: bool = True
    ) -> None:
        answer = {"proposal": who.Proposal(proposal), "works": works, "safe": safe, "because": Words(words)}
        self._does(acts.AnswerReview, by, **answer)

    def renews(self, by: Practitioner, proposal: str, review_in: int, review_by: str, words: str) -> None:
        again = {"review_on": self.in_days(review_in), "review_by": who.Role(review_by), "because": Words(words)}
        self._does(acts.Renew, by, proposal=who.Proposal(proposal), **again)

    # ---- meeting ----

    def calls_a_meeting(
        self, by: Practitioner, key: str, called: str, in_days: int, hour: int = 12, minutes: int = 45
    ) -> None:
        self._does(
            acts.CallMeeting,
            by,
            meeting=who.Meeting(key),
            called=Words(called),
            starts_at=datetime.combine(self._working_day(in_days), time(hour), UTC),
            minutes=minutes,
            where=Words("The room above the library, or by telephone"),
        )

    def circulates(self, by: Practitioner, key: str, *items: acts.AgendaItem) -> None:
        self._does(acts.Circulate, by, meeting=who.Meeting(key), items=items)

    def puts_on(self, by: Practitioner, key: str, item: acts.AgendaItem) -> None:
        self._does(acts.PutOn, by, meeting=who.Meeting(key), item=item)

    def drops(self, by: Practitioner, key: str, item: str, because: str) -> None:
        self._does(acts.Drop, by, meeting=who.Meeting(key), item=who.AgendaItem(item), because=Words(because))

    def reorders(self, by: Practitioner, key: str, *order: str) -> None:
        self._does(acts.Reorder, by, meeting=who.Meeting(key), order=tuple(map(who.AgendaItem, order)))

    def is_in(
        self,
        by: Practitioner,
        key: str,
        person: Practitioner | None = None,
        part: acts.Part = acts.Part.TAKES_PART,
    ) -> None:
        """Says that they are there; or, of somebody who never types, that they are."""
        there = person or by
        fields = {"person": who.Person(there.key), "role": who.Role(self.role_of(there)), "part": part}
        self._does(acts.Attend, by, meeting=who.Meeting(key), **fields)

    def concludes(
        self, by: Practitioner, key: str, item: str, outcome: acts.ItemOutcome, words: str = "", *actions: str
    ) -> None:
        self._does(
            acts.Conclude,
            by,
            meeting=who.Meeting(key),
            item=who.AgendaItem(item),
            outcome=outcome,
            words=Words(words),
            actions=tuple(map(who.Responsibility, actions)),
        )

    def closes_the_meeting(self, by: Practitioner, key: str) -> None:
        self._does(acts.CloseMeeting, by, meeting=who.Meeting(key))

    # ---- holding ----

    def asks(
        self,
        by: Practitioner,
        responsibility: str,
        what: str,
        role: str,
        deputy_role: str,
        check_in: int,
        known_by: str,
        *,
        group: str | None = None,
        patient: who.Patient | None = None,
    ) -> None:
        self._for_group |= {responsibility: group} if group else {}
        self._does(
            acts.Ask,
            by,
            responsibility=who.Responsibility(responsibility),
            what=Words(what),
            role=who.Role(role),
            deputy_role=who.Role(deputy_role),
            first_check_on=self.in_days(check_in),
            known_by=Words(known_by),
            group=who.Group(group) if group else None,
            patient=patient,
        )

    def takes_on(self, by: Practitioner, responsibility: str, role: str = OWN) -> None:
        self._does(acts.TakeOn, by, role, responsibility=who.Responsibility(responsibility))

    def declines(self, by: Practitioner, responsibility: str, because: str, role: str = OWN) -> None:
        self._does(acts.Decline, by, role, responsibility=who.Responsibility(responsibility), because=Words(because))

    def reports(
        self,
        by: Practitioner,
        responsibility: str,
        progress: acts.Progress,
        words: str,
        *,
        support: bool = False,
        next_check: int | None = None,
        role: str = OWN,
    ) -> None:
        self._does(
            acts.Report,
            by,
            role,
            responsibility=who.Responsibility(responsibility),
            progress=progress,
            words=Words(words),
            support_needed=support,
            next_check_on=None if next_check is None else self.in_days(next_check),
        )

    def reaches(
        self,
        by: Practitioner,
        responsibility: str,
        reached: acts.Reached,
        people: slice,
        because: str = "",
        role: str = OWN,
    ) -> None:
        """How far something has come for some of the people in its group, those who came first being first."""
        patients = self._in_group(self._for_group.get(responsibility, ""))[people]
        if patients:
            which = who.Responsibility(responsibility)
            fields = {"responsibility": which, "patients": tuple(patients), "reached": reached}
            self._does(acts.ReportOnPeople, by, role, **fields, because=Words(because))

    def _in_group(self, group: str) -> list[who.Patient]:
        """Who is in a group by now, those who came first being first: it is told out of order, and done in order."""
        there: dict[who.Patient, None] = {}
        for act in self.in_order():
            if act.at > self._now:
                break
            if isinstance(act, acts.Gather) and act.group == group:
                there = {**{p: None for p in there if p in _chosen(act)}, **dict.fromkeys(_chosen(act))}
            elif isinstance(act, acts.Include) and act.group == group:
                there[act.patient] = None
            elif isinstance(act, acts.Release) and act.group == group:
                there.pop(act.patient, None)
        return list(there)

    def completes(
        self, by: Practitioner, responsibility: str, outcome: acts.Outcome, what_happened: str, role: str = OWN
    ) -> None:
        """Close something; what is done for a group is done for everybody in it of whom nothing else was said."""
        happened = Words(what_happened)
        if outcome is acts.Outcome.DONE:
            self._reaches_the_rest(by, responsibility, role)
        self._does(
            acts.Complete,
            by,
            role,
            responsibility=who.Responsibility(responsibility),
            outcome=outcome,
            what_happened=happened,
        )

    def _reaches_the_rest(self, by: Practitioner, responsibility: str, role: str) -> None:
        newest = {
            patient: act.reached
            for act in self.told
            if isinstance(act, acts.ReportOnPeople) and act.responsibility == responsibility
            for patient in act.patients
        }
        people = self._in_group(self._for_group.get(responsibility, ""))
        left = tuple(p for p in people if newest.get(p) not in (acts.Reached.DONE, acts.Reached.EXCEPTION))
        if left:
            which = who.Responsibility(responsibility)
            self._does(acts.ReportOnPeople, by, role, responsibility=which, patients=left, reached=acts.Reached.DONE)

    # ---- handing over ----

    def hands_over(
        self,
        by: Practitioner,
        to: Practitioner,
        handover: str,
        role: str,
        responsibilities: Sequence[str],
        reviews: Sequence[str],
        answer_in: int,
        words: str,
    ) -> None:
        """Offer a role, and with it each responsibility that it holds and each review that it owes."""
        here = who.Role(role)
        things = [
            *((acts.Kind.RESPONSIBILITY, each) for each in responsibilities),
            *((acts.Kind.REVIEW, each) for each in reviews),
            (acts.Kind.ROLE, role),
        ]
        offered = [acts.Item(kind=kind, which=which, from_role=here, to_role=here) for kind, which in things]
        self._does(
            acts.HandOver,
            by,
            role,
            handover=who.HandOver(handover),
            to=who.Person(to.key),
            items=tuple(offered),
            answer_by_on=self.in_days(answer_in),
            words=Words(words),
        )

    def accepts(self, by: Practitioner, handover: str, responsibility: str) -> None:
        self._does(
            acts.Accept, by, handover=who.HandOver(handover), kind=acts.Kind.RESPONSIBILITY, which=responsibility
        )

    def gives_back(self, by: Practitioner, handover: str, responsibility: str, because: str) -> None:
        self._does(
            acts.GiveBack,
            by,
            handover=who.HandOver(handover),
            kind=acts.Kind.RESPONSIBILITY,
            which=responsibility,
            because=Words(because),
        )


def _renumbered(act: acts.AnyAct, number: dict[int, int]) -> acts.AnyAct:
    """What refers to an entry goes by places in the telling: here it gets the numbers of the log."""
    if isinstance(act, acts.Discuss) and act.answers is not None:
        return replace(act, answers=number[act.answers])
    if isinstance(act, acts.Settle):
        return replace(act, question=number[act.question], answer=number[act.answer])
    if isinstance(act, acts.TakeUp):
        return replace(act, said=number[act.said])
    if not isinstance(act, acts.BeMoved):
        return act
    return replace(act, position=number[act.position], entry=None if act.entry is None else number[act.entry])
