"""
The fixed cast, and what they can do in a story.

Asha convenes, for the practice, as care coordinator. Ben is her deputy. Carol is in the team for community nursing
and Dev for adult social care, with Ines as his deputy. Fay is in the team for a charity. Esi is outside and must
never get in.

A verb such as `proposes("carol")` says who does what; the story gives it the time and the role to speak in.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from manyhands import acts, who
from manyhands.rules.days import day_of

if TYPE_CHECKING:
    from tests.story import Story

Doing = Callable[["Story"], acts.AnyAct]

TEAM = who.Team("riverside")
PRACTICE, NURSING, COUNCIL, CHARITY = map(who.Organisation, ("practice", "nursing", "council", "charity"))
COORDINATOR, MATRON, SOCIAL_WORKER, LINK_WORKER = map(
    who.Role, ("coordinator", "matron", "social-worker", "link-worker")
)
ORGANISATION_OF = {
    "asha": PRACTICE,
    "ben": PRACTICE,
    "carol": NURSING,
    "dev": COUNCIL,
    "ines": COUNCIL,
    "fay": CHARITY,
    "esi": who.Organisation("elsewhere"),
}
EVERYONE_AFFECTED = (PRACTICE, NURSING, COUNCIL)


def words(text: str) -> acts.Words:
    return acts.Words(text)


@dataclass(frozen=True)
class Verb:
    """What somebody does, still to be given a time and a role."""

    person: str
    act: type[acts.AnyAct]
    fields: dict[str, Any]
    in_role: str | None = None
    for_organisation: str | None = None

    def __call__(self, story: "Story") -> acts.AnyAct:
        return self.act(**story.speaking(self.person, self.in_role, self.for_organisation), **self.fields)

    def speaking_as(self, role: str) -> "Verb":
        return replace(self, in_role=role)

    def speaking_for(self, organisation: str) -> "Verb":
        return replace(self, for_organisation=organisation)

    def but(self, **fields: Any) -> "Verb":
        return replace(self, fields=self.fields | fields)


# ---- belonging ---------------------------------------------------------------------------------------------------


def convenes(person: str) -> Verb:
    purpose = words("Frail older people by the river")
    return Verb(person, acts.Convene, {"role": COORDINATOR, "kind": "care-coordinator", "purpose": purpose})


def invites(person: str, whom: str, organisation: who.Organisation | None = None) -> Verb:
    return Verb(
        person,
        acts.Invite,
        {"person": who.Person(whom), "organisation": organisation or ORGANISATION_OF[whom]},
    )


def joins(person: str) -> Verb:
    return Verb(person, acts.Join, {}, for_organisation=ORGANISATION_OF[person])


def leaves(person: str) -> Verb:
    return Verb(person, acts.Leave, {})


def removes(person: str, whom: str) -> Verb:
    return Verb(person, acts.Remove, {"person": who.Person(whom), "because": words("Has left the organisation")})


def creates_role(person: str, role: str, organisation: who.Organisation) -> Verb:
    return Verb(person, acts.CreateRole, {"role": who.Role(role), "organisation": organisation, "kind": "nurse"})


def gives(person: str, role: str, to: str) -> Verb:
    return Verb(person, acts.Hold, {"role": who.Role(role), "person": who.Person(to)})


def makes_deputy(person: str, role: str, whom: str) -> Verb:
    return Verb(person, acts.Deputise, {"role": who.Role(role), "person": who.Person(whom)})


def steps_down(person: str, role: str, whom: str | None = None) -> Verb:
    return Verb(person, acts.StepDown, {"role": who.Role(role), "person": who.Person(whom or person)})


def goes_away(person: str, whom: str | None = None, days: float | None = 7, in_days: float = 0) -> Doing:
    def doing(story: "Story") -> acts.AnyAct:
        from_at = story.now + timedelta(days=in_days)
        until_at = None if days is None else from_at + timedelta(days=days)
        fields = {"person": who.Person(whom or person), "from_at": from_at, "until_at": until_at}
        return Verb(person, acts.BeAway, fields)(story)

    return doing


def comes_back(person: str, whom: str | None = None) -> Verb:
    return Verb(person, acts.ComeBack, {"person": who.Person(whom or person)})


# ---- groups ------------------------------------------------------------------------------------------------------

RULE = acts.GroupRule(
    sentence="Aged 65 or over, with at least 4 conditions, seen by at least 3 organisations in 24 months",
    terms=(("aged", "65"), ("conditions", "4"), ("organisations", "3"), ("within_months", "24")),
    as_at=date(2026, 2, 28),
    found=12,
    considered=3000,
    records="0a1b2c",
)


def gathers(person: str, *patients: str, group: str = "frail", found: int = 12) -> Verb:
    included = tuple(
        acts.Included(patient=who.Patient(p), because=words("5 conditions, 4 organisations"))
        for p in patients or ("ruth", "sam")
    )
    fields = {"group": who.Group(group), "called": words("Frail, and in pieces"), "patients": included}
    return Verb(person, acts.Gather, {**fields, "rule": replace(RULE, found=found)})


def includes(person: str, patient: str, because: str = "Her daughter rang") -> Verb:
    fields = {"group": who.Group("frail"), "patient": who.Patient(patient), "because": words(because)}
    return Verb(person, acts.Include, fields)


def releases(person: str, patient: str, because: str = "Moved away") -> Verb:
    fields = {"group": who.Group("frail"), "patient": who.Patient(patient), "because": words(because)}
    return Verb(person, acts.Release, fields)


# ---- deciding ----------------------------------------------------------------------------------------------------

CARRY_ON = acts.Option(option="as-now", words=words("Carry on as now"), carry_on=True)
WEEKLY = acts.Option(option="weekly", words=words("One weekly visit, shared between nursing and social care"))
VISIT = acts.FollowOn(
    responsibility=who.Responsibility("visit"),
    what=words("Visit each person once a week"),
    role=MATRON,
    deputy_role=SOCIAL_WORKER,
    first_check_on=date(2026, 3, 30),
    known_by=words("A visit each week in the record"),
)
TERMS = acts.Terms(
    question=words("Shall one of us visit each week on behalf of all?"),
    options=(CARRY_ON, WEEKLY),
    proposed="weekly",
    affected=EVERYONE_AFFECTED,
    follows=(VISIT,),
    review_on=date(2026, 6, 1),
    review_by=COORDINATOR,
)


def raises(person: str, matter: str = "visits") -> Verb:
    return Verb(person, acts.Raise, {"matter": who.Matter(matter), "words": words("Four of us visit Ruth in a week")})


def proposes(person: str, proposal: str = "visits", **terms: Any) -> Verb:
    fields = {"proposal": who.Proposal(proposal), "terms": replace(TERMS, **terms)}
    return Verb(person, acts.Propose, fields)


def amends(person: str, proposal: str = "visits", material: bool = True, version: int = 1, **terms: Any) -> Doing:
    """Changes the proposal as it stands; says which version it changes."""

    def doing(story: "Story") -> acts.AnyAct:
        known = story.standing.proposals.get(who.Proposal(proposal))
        before = known.terms if known else TERMS
        changed = terms or {"question": words("Shall one of us visit each week, never alone after dark?")}
        fields = {
            "proposal": who.Proposal(proposal),
            "version": version,
            "material": material,
            "terms": replace(before, **changed),
            "because": words("Dev’s concern about lone visits"),
        }
        return Verb(person, acts.Amend, fields)(story)

    return doing


def comments(person: str, proposal: str = "visits", says: str = "How many of us is that?") -> Verb:
    return Verb(person, acts.Comment, {"proposal": who.Proposal(proposal), "words": words(says)})


def _position(person: str, kind: type[acts.AnyAct], proposal: str, version: int, because: str, **more: Any) -> Verb:
    fields = {"proposal": who.Proposal(proposal), "version": version, "because": words(because)}
    return Verb(person, kind, fields | more)


def consents(person: str, proposal: str = "visits", version: int = 1) -> Verb:
    return _position(person, acts.Consent, proposal, version, "")


def has_a_concern(person: str, proposal: str = "visits", version: int = 1, because: str = "Parking") -> Verb:
    return _position(person, acts.ConsentWithConcern, proposal, version, because)


def consents_if(person: str, proposal: str = "visits", version: int = 1, because: str = "A shared diary") -> Verb:
    more = {"condition": who.Condition("diary"), "fulfilled_by": COORDINATOR}
    return _position(person, acts.ConsentIf, proposal, version, because, **more)


def objects(
    person: str,
    proposal: str = "visits",
    version: int = 1,
    objection: str = "lone-visits",
    because: str = "Visiting alone after dark puts our staff at risk",
) -> Verb:
    return _position(person, acts.Object, proposal, version, because, objection=who.Objection(objection))


def stands_aside(person: str, proposal: str = "visits", version: int = 1) -> Verb:
    return _position(person, acts.StandAside, proposal, version, "")


def gives_no_view(person: str, proposal: str = "visits", version: int = 1) -> Verb:
    return _position(person, acts.GiveNoView, proposal, version, "")


def records(
    person: str,
    said_by: str,
    stance: acts.Stance = acts.Stance.CONSENT,
    said_in: who.Role = SOCIAL_WORKER,
    proposal: str = "visits",
    version: int = 1,
    because: str = "",
    **more: Any,
) -> Verb:
    """Writes down what somebody else says in the room."""
    fields = {
        "proposal": who.Proposal(proposal),
        "version": version,
        "stance": stance,
        "said_by": who.Person(said_by),
        "said_in": said_in,
        "said_for": ORGANISATION_OF[said_by],
        "because": words(because),
    }
    return Verb(person, acts.RecordPosition, fields | more)


def confirms(person: str, recorded: int, proposal: str = "visits") -> Verb:
    return Verb(person, acts.ConfirmPosition, {"proposal": who.Proposal(proposal), "recorded": recorded})


def corrects(
    person: str,
    recorded: int,
    stance: acts.Stance = acts.Stance.CONSENT,
    because: str = "",
    proposal: str = "visits",
    **more: Any,
) -> Verb:
    fields = {"proposal": who.Proposal(proposal), "recorded": recorded, "stance": stance, "because": words(because)}
    return Verb(person, acts.CorrectPosition, fields | more)


def is_moved(whom: str, position: int, proposal: str = "visits", **by: Any) -> Verb:
    return Verb(whom, acts.BeMoved, {"proposal": who.Proposal(proposal), "position": position, **by})


def fulfils(person: str, condition: str = "diary") -> Verb:
    return Verb(person, acts.Fulfil, {"condition": who.Condition(condition)})


def resolves(person: str, objection: str = "lone-visits", version: int = 2, safeguard: str | None = None) -> Verb:
    fields = {
        "objection": who.Objection(objection),
        "version": version,
        "safeguard": who.Responsibility(safeguard) if safeguard else None,
    }
    return Verb(person, acts.Resolve, fields)


def says_it_states(
    person: str, states: acts.Criterion = acts.Criterion.HARM, objection: str = "lone-visits", because: str = ""
) -> Verb:
    """Says what an objection states."""
    fields = {"objection": who.Objection(objection), "states": states, "because": words(because)}
    return Verb(person, acts.TestObjection, fields)


def lowers(person: str, objection: str = "lone-visits", version: int = 1) -> Verb:
    return Verb(person, acts.LowerToConcern, {"objection": who.Objection(objection), "version": version})


def withdraws_objection(person: str, objection: str = "lone-visits", because: str = "I misread it") -> Verb:
    return Verb(person, acts.WithdrawObjection, {"objection": who.Objection(objection), "because": words(because)})


def agrees(person: str, proposal: str = "visits", version: int = 1) -> Verb:
    return Verb(person, acts.Agree, {"proposal": who.Proposal(proposal), "version": version})


def proceeds_without(person: str, proposal: str = "visits", version: int = 1, because: str = "Winter is here") -> Verb:
    fields = {"proposal": who.Proposal(proposal), "version": version, "because": words(because)}
    return Verb(person, acts.ProceedWithout, fields)


def withdraws(person: str, proposal: str = "visits", because: str = "Overtaken by events") -> Verb:
    return Verb(person, acts.Withdraw, {"proposal": who.Proposal(proposal), "because": words(because)})


# ---- reviewing ---------------------------------------------------------------------------------------------------


def opens_review(person: str, proposal: str = "visits", because: str = "Two falls after a missed visit") -> Verb:
    return Verb(person, acts.OpenReview, {"proposal": who.Proposal(proposal), "because": words(because)})


def answers_review(
    person: str,
    proposal: str = "visits",
    works: acts.Works = acts.Works.YES,
    safe: bool = True,
    because: str = "",
) -> Verb:
    fields = {"proposal": who.Proposal(proposal), "works": works, "safe": safe, "because": words(because)}
    return Verb(person, acts.AnswerReview, fields)


def renews(
    person: str, proposal: str = "visits", in_days: int = 90, by: who.Role = COORDINATOR, because: str = ""
) -> Doing:
    def doing(story: "Story") -> acts.AnyAct:
        fields = {
            "proposal": who.Proposal(proposal),
            "review_on": (story.now + timedelta(days=in_days)).date(),
            "review_by": by,
            "because": words(because),
        }
        return Verb(person, acts.Renew, fields)(story)

    return doing


def replaces(
    person: str, proposal: str = "visits", replacement: str = "fortnightly", because: str = "Weekly is too often"
) -> Verb:
    fields = {"replacement": who.Proposal(replacement), "because": words(because)}
    return Verb(person, acts.Replace, {"proposal": who.Proposal(proposal)} | fields)


def ends(person: str, proposal: str = "visits", because: str = "Nobody needs it any more") -> Verb:
    return Verb(person, acts.End, {"proposal": who.Proposal(proposal), "because": words(because)})


# ---- giving credit -----------------------------------------------------------------------------------------------


def shares_credit(person: str, proposal: str = "visits", called: str = "One weekly visit instead of four") -> Verb:
    return Verb(person, acts.ShareCredit, {"proposal": who.Proposal(proposal), "called": words(called)})


def stops_sharing(person: str, proposal: str = "visits") -> Verb:
    return Verb(person, acts.StopSharing, {"proposal": who.Proposal(proposal)})


# ---- meeting -----------------------------------------------------------------------------------------------------


def topic(says: str = "Parking at the surgery", item: str = "parking") -> acts.AgendaItem:
    return acts.AgendaItem(item=who.AgendaItem(item), about=acts.About.TOPIC, words=words(says))


def calls_a_meeting(person: str, meeting: str = "thursday", in_days: float = 0, minutes: int = 60) -> Doing:
    def doing(story: "Story") -> acts.AnyAct:
        fields = {
            "meeting": who.Meeting(meeting),
            "called": words("Our weekly hour"),
            "starts_at": story.now + timedelta(days=in_days),
            "minutes": minutes,
            "where": words("The library, or by telephone"),
        }
        return Verb(person, acts.CallMeeting, fields)(story)

    return doing


def circulates(person: str, *items: acts.AgendaItem, meeting: str = "thursday", by_itself: bool = False) -> Verb:
    fields = {"meeting": who.Meeting(meeting), "items": items or (topic(),), "by_itself": by_itself}
    return Verb(person, acts.Circulate, fields)


def puts_on(person: str, item: acts.AgendaItem, meeting: str = "thursday") -> Verb:
    return Verb(person, acts.PutOn, {"meeting": who.Meeting(meeting), "item": item})


def drops(person: str, item: str = "parking", because: str = "Sorted", meeting: str = "thursday") -> Verb:
    fields = {"meeting": who.Meeting(meeting), "item": who.AgendaItem(item), "because": words(because)}
    return Verb(person, acts.Drop, fields)


def reorders(person: str, *order: str, meeting: str = "thursday") -> Verb:
    fields = {"meeting": who.Meeting(meeting), "order": tuple(map(who.AgendaItem, order))}
    return Verb(person, acts.Reorder, fields)


def attends(
    person: str, whom: str | None = None, part: str = "takes-part", role: str | None = None, meeting: str = "thursday"
) -> Verb:
    fields = {
        "meeting": who.Meeting(meeting),
        "person": who.Person(whom or person),
        "role": who.Role(role) if role else None,
        "part": acts.Part(part),
    }
    return Verb(person, acts.Attend, fields)


def is_not_there(person: str, whom: str | None = None, meeting: str = "thursday") -> Verb:
    return Verb(person, acts.NotThere, {"meeting": who.Meeting(meeting), "person": who.Person(whom or person)})


def concludes(
    person: str,
    item: str = "parking",
    outcome: str = "noted",
    says: str = "The bays at the back are ours from Monday",
    actions: tuple[str, ...] = (),
    meeting: str = "thursday",
) -> Verb:
    fields = {
        "meeting": who.Meeting(meeting),
        "item": who.AgendaItem(item),
        "outcome": acts.ItemOutcome(outcome),
        "words": words(says),
        "actions": tuple(map(who.Responsibility, actions)),
    }
    return Verb(person, acts.Conclude, fields)


def closes_the_meeting(person: str, meeting: str = "thursday") -> Verb:
    return Verb(person, acts.CloseMeeting, {"meeting": who.Meeting(meeting)})


def calls_off(person: str, because: str = "Snow", meeting: str = "thursday") -> Verb:
    return Verb(person, acts.CallOff, {"meeting": who.Meeting(meeting), "because": words(because)})


# ---- holding -----------------------------------------------------------------------------------------------------


def asks(
    person: str,
    responsibility: str = "ring",
    role: who.Role = MATRON,
    deputy_role: who.Role = SOCIAL_WORKER,
    in_days: int = 14,
    group: str | None = None,
) -> Doing:
    def doing(story: "Story") -> acts.AnyAct:
        fields = {
            "responsibility": who.Responsibility(responsibility),
            "group": who.Group(group) if group else None,
            "what": words("Ring Ruth after her fall"),
            "role": role,
            "deputy_role": deputy_role,
            "first_check_on": (story.now + timedelta(days=in_days)).date(),
            "known_by": words("Ruth says that she was rung"),
        }
        return Verb(person, acts.Ask, fields)(story)

    return doing


def takes_on(person: str, responsibility: str = "ring") -> Verb:
    return Verb(person, acts.TakeOn, {"responsibility": who.Responsibility(responsibility)})


def declines(person: str, responsibility: str = "ring", because: str = "We have nobody on that day") -> Verb:
    fields = {"responsibility": who.Responsibility(responsibility), "because": words(because)}
    return Verb(person, acts.Decline, fields)


def reports(
    person: str,
    responsibility: str = "ring",
    progress: acts.Progress = acts.Progress.IN_PROGRESS,
    says: str = "No answer yet",
) -> Verb:
    fields = {"responsibility": who.Responsibility(responsibility), "progress": progress, "words": words(says)}
    return Verb(person, acts.Report, fields)


def reports_on(
    person: str,
    *patients: str,
    responsibility: str = "ring",
    reached: acts.Reached = acts.Reached.DONE,
    because: str = "",
) -> Verb:
    """Says how far something for the group has come for some of its people."""
    fields = {"responsibility": who.Responsibility(responsibility), "patients": tuple(map(who.Patient, patients))}
    return Verb(person, acts.ReportOnPeople, fields | {"reached": reached, "because": words(because)})


def completes(person: str, responsibility: str = "ring", outcome: acts.Outcome = acts.Outcome.DONE) -> Verb:
    fields = {"responsibility": who.Responsibility(responsibility), "outcome": outcome}
    return Verb(person, acts.Complete, fields | {"what_happened": words("She is up and about")})


# ---- handing over ------------------------------------------------------------------------------------------------


def item(kind: str, which: str, from_role: str, to_role: str | None = None) -> acts.Item:
    return acts.Item(
        kind=acts.Kind(kind), which=which, from_role=who.Role(from_role), to_role=who.Role(to_role or from_role)
    )


def offers(person: str, to: str, *items: acts.Item, handover: str = "going", in_days: int = 7) -> Doing:
    def doing(story: "Story") -> acts.AnyAct:
        fields = {
            "handover": who.HandOver(handover),
            "to": who.Person(to),
            "items": items,
            "answer_by_on": (story.now + timedelta(days=in_days)).date(),
        }
        return Verb(person, acts.HandOver, fields)(story)

    return doing


def accepts(person: str, kind: str, which: str, handover: str = "going") -> Verb:
    fields = {"handover": who.HandOver(handover), "kind": acts.Kind(kind), "which": which}
    return Verb(person, acts.Accept, fields)


def returns(person: str, kind: str, which: str, handover: str = "going", because: str = "I have no car") -> Verb:
    fields = {"handover": who.HandOver(handover), "kind": acts.Kind(kind), "which": which}
    return Verb(person, acts.GiveBack, fields | {"because": words(because)})


def takes_back(person: str, handover: str = "going") -> Verb:
    return Verb(person, acts.TakeBack, {"handover": who.HandOver(handover)})


def withholds(person: str, number: int, because: str = "It named a neighbour") -> Verb:
    return Verb(person, acts.Withhold, {"number": number, "because": words(because)})


def removes_the_record(person: str, number: int, patient: str, because: str = "She asked for it") -> Verb:
    return Verb(person, acts.Withhold, {"number": number, "because": words(because), "about": who.Patient(patient)})


THE_TEAM: tuple[Doing, ...] = (
    convenes("asha"),
    invites("asha", "ben"),
    joins("ben"),
    makes_deputy("asha", COORDINATOR, "ben"),
    invites("asha", "carol"),
    joins("carol"),
    creates_role("carol", MATRON, NURSING),
    gives("carol", MATRON, "carol"),
    invites("asha", "dev"),
    joins("dev"),
    creates_role("dev", SOCIAL_WORKER, COUNCIL),
    gives("dev", SOCIAL_WORKER, "dev"),
    invites("dev", "ines"),
    joins("ines"),
    makes_deputy("dev", SOCIAL_WORKER, "ines"),
)
"""How the team of the stories came together. Fay's charity is not in it until a story invites her."""

EVERYONE_CONSENTS = (consents("asha"), consents("carol"), consents("dev"))

FAY_COMES: tuple[Doing, ...] = (
    invites("asha", "fay"),
    joins("fay"),
    creates_role("fay", LINK_WORKER, CHARITY),
    gives("fay", LINK_WORKER, "fay"),
)


# ---- papers ------------------------------------------------------------------------------------------------------


def publishes(
    person: str,
    paper: str = "falls",
    title: str = "Who assesses falls?",
    body: str = "# Now\n\nThree of us do, and none knows of the others.",
    **more: Any,
) -> Verb:
    fields = {"paper": who.Paper(paper), "title": words(title), "body": words(body), **more}
    return Verb(person, acts.Publish, fields)


def revises(person: str, paper: str = "falls", version: int = 1, because: str = "Numbers added", **more: Any) -> Verb:
    said = {"title": words("Who assesses falls?"), "body": words("Three of us do, 40 times a month."), **more}
    return Verb(person, acts.Revise, {"paper": who.Paper(paper), "version": version, "because": words(because), **said})


def opens_to(person: str, *organisations: who.Organisation, teams: tuple[str, ...] = (), paper: str = "falls") -> Verb:
    fields = {"paper": who.Paper(paper), "organisations": organisations, "teams": tuple(map(who.Team, teams))}
    return Verb(person, acts.OpenTo, fields)


def discusses(person: str, says: str = "We do them too", paper: str = "falls", version: int = 1, **more: Any) -> Verb:
    return Verb(person, acts.Discuss, {"paper": who.Paper(paper), "version": version, "words": words(says), **more})


def asks_about(person: str, says: str = "Could one of us do them for all?", paper: str = "falls") -> Verb:
    return discusses(person, says, paper, question=True)


def retracts(person: str, said: int, paper: str = "falls") -> Verb:
    return Verb(person, acts.Retract, {"paper": who.Paper(paper), "said": said})


def settles(person: str, question: int, answer: int, paper: str = "falls") -> Verb:
    return Verb(person, acts.Settle, {"paper": who.Paper(paper), "question": question, "answer": answer})


def takes_up(person: str, said: int, matter: str = "visits", paper: str = "falls") -> Verb:
    return Verb(person, acts.TakeUp, {"paper": who.Paper(paper), "said": said, "matter": who.Matter(matter)})


def takes_down(person: str, paper: str = "falls", because: str = "The numbers were wrong") -> Verb:
    return Verb(person, acts.TakeDown, {"paper": who.Paper(paper), "because": words(because)})


# ---- polls -------------------------------------------------------------------------------------------------------

AS_NOW = acts.Choice(option="as-now", words=words("Carry on as now"), carry_on=True)
WEEKLY = acts.Choice(option="weekly", words=words("One of us visits every week"))
MONTHLY = acts.Choice(option="monthly", words=words("One of us visits every month"))


def polls(person: str, method: str = "schulze", days: int = 7, **more: Any) -> Doing:
    """Asks how often to visit, of everyone affected, until so many days from now."""

    def doing(story: "Story") -> acts.AnyAct:
        fields = {
            "poll": who.Poll("how-often"),
            "method": method,
            "question": words("How often shall we visit?"),
            "options": (AS_NOW, WEEKLY, MONTHLY),
            "asked": EVERYONE_AFFECTED,
            "closes_on": day_of(story.now + timedelta(days=days)),
        }
        return Verb(person, acts.OpenPoll, fields | more)(story)

    return doing


def votes(person: str, because: str = "", poll: str = "how-often", **marks: int) -> Verb:
    """Answers: `weekly=1, monthly=2`; `as_now` for carrying on as now. Nothing is "no view"."""
    marked = tuple(acts.Marked(option=option.replace("_", "-"), mark=mark) for option, mark in marks.items())
    return Verb(person, acts.AnswerPoll, {"poll": who.Poll(poll), "marks": marked, "because": words(because)})


def closes_the_poll(person: str, *chosen: str, because: str = "", poll: str = "how-often") -> Verb:
    return Verb(person, acts.ClosePoll, {"poll": who.Poll(poll), "chosen": chosen, "because": words(because)})


def calls_the_poll_off(person: str, because: str = "We know already", poll: str = "how-often") -> Verb:
    return Verb(person, acts.CallPollOff, {"poll": who.Poll(poll), "because": words(because)})
