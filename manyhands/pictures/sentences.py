"""
What each act did, in a sentence: "raised a safety concern on “Shall one of us visit each week?”".

A sentence holds identifiers in gaps; `say` puts in the names. Patients are never named in one: whoever may see them
reads about them on their own page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from manyhands import acts, who
from manyhands.pictures.called import Called
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Names, day, short, what_it_is

Gaps = tuple[tuple[str, str], ...]

PROGRESS = {
    acts.Progress.NOT_STARTED: "not started",
    acts.Progress.IN_PROGRESS: "in progress",
    acts.Progress.CANNOT_YET: "cannot be done yet",
}
REACHED = {
    acts.Reached.NOT_STARTED: "not started",
    acts.Reached.IN_PROGRESS: "in progress",
    acts.Reached.DONE: "done",
    acts.Reached.CANNOT: "cannot be done",
    acts.Reached.EXCEPTION: "an exception",
}
OUTCOME = {
    acts.Outcome.DONE: "done",
    acts.Outcome.PARTLY: "partly done",
    acts.Outcome.NOT_DONE: "not done",
    acts.Outcome.NO_LONGER_NEEDED: "no longer needed",
}


@dataclass(frozen=True, slots=True)
class Told:
    """
    What an act did. `wrote` is what its author wrote, in full, to be quoted below it; `people`, `roles` and
    `organisations` are whom it is about, by the name of their gap. `unquoted`: it holds words about patients, which are
    not quoted below it.
    """

    did: str
    people: tuple[tuple[str, who.Person], ...] = ()
    roles: tuple[tuple[str, who.Role], ...] = ()
    organisations: tuple[tuple[str, who.Organisation], ...] = ()
    words: Gaps = ()
    wrote: tuple[acts.Words, ...] = ()
    proposal: who.Proposal | None = None
    unquoted: bool = False

    def say(self, names: Names) -> str:
        gaps = dict(self.words)
        gaps |= {gap: names.person(person) for gap, person in self.people}
        gaps |= {gap: names.role(role) for gap, role in self.roles}
        gaps |= {gap: names.organisation(organisation) for gap, organisation in self.organisations}
        return self.did.format_map(gaps)


def told(act: acts.AnyAct, called: Called) -> Told:
    """What an act did. Every act has a sentence."""
    match act:
        case acts.Convene():
            did = "brought the team together, and holds the role {role}"
            return Told(did, roles=(("role", act.role),), wrote=(act.purpose,))
        case acts.Invite():
            did = "invited {person} to join for {organisation}"
            return Told(did, people=_person(act.person), organisations=(("organisation", act.organisation),))
        case acts.Join():
            return Told("joined the team")
        case acts.Leave():
            return Told("left the team")
        case acts.Remove():
            return Told("took {person} off the team", people=_person(act.person), wrote=(act.because,))
        case acts.CreateRole():
            organisations = (("organisation", act.organisation),)
            return Told("created the role {role} for {organisation}", (), _role(act.role), organisations)
        case acts.Hold():
            did = "took the role {role}" if act.person == act.by else "gave the role {role} to {person}"
            return Told(did, _person(act.person), _role(act.role))
        case acts.Deputise():
            did = "became deputy" if act.person == act.by else "made {person} deputy"
            return Told(did + " for the role {role}", _person(act.person), _role(act.role))
        case acts.StepDown():
            did = "stepped down from" if act.person == act.by else "took {person} out of"
            return Told(did + " the role {role}", _person(act.person), _role(act.role))
        case acts.BeAway():
            did = "said that {person} is away" if act.person != act.by else "said they are away"
            until = day(day_of(act.until_at)) if act.until_at else "further notice"
            days = (("from", day(day_of(act.from_at))), ("until", until))
            return Told(did + " from {from} until {until}", _person(act.person), words=days)
        case acts.ComeBack():
            did = "said that {person} is back" if act.person != act.by else "came back"
            return Told(did, _person(act.person))
        case acts.Gather() | acts.Include() | acts.Release():
            return _grouping(act, called)
        case acts.Raise():
            return Told("raised a matter", wrote=(act.words,))
        case acts.Comment():
            about = (
                called.questions.get(act.proposal) if act.proposal else called.matters.get(act.matter or who.Matter(""))
            )
            return Told("commented on “{what}”", words=_what(about), wrote=(act.words,), proposal=act.proposal)
        case (
            acts.Propose()
            | acts.Amend()
            | acts.Consent()
            | acts.ConsentWithConcern()
            | acts.ConsentIf()
            | acts.Object()
            | acts.StandAside()
            | acts.GiveNoView()
            | acts.Agree()
            | acts.ProceedWithout()
            | acts.Withdraw()
        ):
            return _deciding(act, called)
        case acts.RecordPosition() | acts.ConfirmPosition() | acts.CorrectPosition():
            return _recording(act, called)
        case acts.BeMoved():
            return _being_moved(act, called)
        case acts.Fulfil() | acts.TestObjection() | acts.LowerToConcern() | acts.Resolve() | acts.WithdrawObjection():
            return _closing(act, called)
        case acts.OpenPoll() | acts.AnswerPoll() | acts.ClosePoll() | acts.CallPollOff():
            return _of_a_poll(act, called)
        case acts.OpenReview() | acts.AnswerReview() | acts.Renew() | acts.Replace() | acts.End():
            return _reviewing(act, called)
        case acts.ShareCredit():
            did = "shared a page that credits everyone who gave something to “{what}”"
            words = _what(called.questions.get(act.proposal))
            return Told(did, words=words, wrote=(act.called,), proposal=act.proposal)
        case acts.StopSharing():
            did = "took back the shared page about “{what}”"
            return Told(did, words=_what(called.questions.get(act.proposal)), proposal=act.proposal)
        case acts.Ask() | acts.TakeOn() | acts.Decline() | acts.Report() | acts.ReportOnPeople() | acts.Complete():
            return _holding(act, called)
        case acts.HandOver() | acts.Accept() | acts.GiveBack() | acts.TakeBack():
            return _handing_over(act, called)
        case (
            acts.CallMeeting()
            | acts.Circulate()
            | acts.PutOn()
            | acts.Drop()
            | acts.Reorder()
            | acts.Attend()
            | acts.NotThere()
            | acts.Conclude()
            | acts.CloseMeeting()
            | acts.CallOff()
        ):
            return _meeting(act, called)
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
            return _of_a_paper(act, called)
        case acts.Withhold():
            number = (("number", str(act.number)),)
            what = "what entry {number} said of a patient" if act.about else "the words of entry {number}"
            return Told(f"removed {what}", words=number, wrote=(act.because,))
        case _:
            assert_never(act)


def _person(person: who.Person) -> tuple[tuple[str, who.Person], ...]:
    return (("person", person),)


def _role(role: who.Role) -> tuple[tuple[str, who.Role], ...]:
    return (("role", role),)


def _what(words: str | None) -> Gaps:
    return (("what", short(words or "")),)


def _grouping(act: acts.Gather | acts.Include | acts.Release, called: Called) -> Told:
    """About groups. Who is in them, and why, is for those to read who may see the person."""
    what = _what(called.groups.get(act.group))
    if isinstance(act, acts.Include):
        return Told("added a person to the group “{what}”", words=what)
    if isinstance(act, acts.Release):
        return Told("let a person go from the group “{what}”", words=what)
    counted = (("people", str(len(act.patients))), ("found", str(act.rule.found)), ("rule", act.rule.sentence))
    did = "gathered the group “{what}”: {people} of the {found} people found by the rule “{rule}”"
    return Told(did, words=what + counted)


Deciding = (
    acts.Propose
    | acts.Amend
    | acts.Consent
    | acts.ConsentWithConcern
    | acts.ConsentIf
    | acts.Object
    | acts.StandAside
    | acts.GiveNoView
    | acts.Agree
    | acts.ProceedWithout
    | acts.Withdraw
)

DECIDING: Mapping[type[Deciding], str] = {
    acts.Propose: "proposed an answer to “{what}”",
    acts.Amend: "changed the wording of the proposal “{what}”",
    acts.Consent: "consented to “{what}”",
    acts.ConsentWithConcern: "consented, with a concern, to “{what}”",
    acts.ConsentIf: "consented, on a condition for {role} to say fulfilled, to “{what}”",
    acts.Object: "raised a safety concern on “{what}”",
    acts.StandAside: "stood aside from “{what}”",
    acts.GiveNoView: "read “{what}” and had nothing to add",
    acts.Agree: "closed “{what}” as agreed",
    acts.ProceedWithout: "closed “{what}” as agreed, although not every organisation had been heard",
    acts.Withdraw: "took back the proposal “{what}”",
}


def _deciding(act: Deciding, called: Called) -> Told:
    did = DECIDING[type(act)]
    if isinstance(act, acts.Amend) and act.material:
        did = "changed the proposal “{what}”, on which everyone is to be heard again"
    roles = _role(act.fulfilled_by) if isinstance(act, acts.ConsentIf) else ()
    organisations: tuple[tuple[str, who.Organisation], ...] = ()
    if isinstance(act, acts.Propose | acts.Amend):
        organisations = tuple((f"affected {n}", o) for n, o in enumerate(act.terms.affected))
    wrote = () if isinstance(act, acts.Propose | acts.Agree) else (act.because,)
    return Told(did, (), roles, organisations, _what(called.questions.get(act.proposal)), wrote, act.proposal)


STANCES = {
    acts.Stance.CONSENT: "consent",
    acts.Stance.CONCERN: "consent with a concern",
    acts.Stance.CONDITION: "consent on a condition",
    acts.Stance.OBJECT: "a safety concern",
    acts.Stance.STAND_ASIDE: "stands aside",
    acts.Stance.NO_VIEW: "no view",
}


def _recording(act: acts.RecordPosition | acts.ConfirmPosition | acts.CorrectPosition, called: Called) -> Told:
    """About positions written down for whoever said them."""
    words = _what(called.questions.get(act.proposal))
    if isinstance(act, acts.ConfirmPosition):
        words += (("entry", str(act.recorded)),)
        return Told("confirmed what entry {entry} says of them on “{what}”", words=words, proposal=act.proposal)
    words += (("stance", STANCES[act.stance]),)
    if isinstance(act, acts.CorrectPosition):
        words += (("entry", str(act.recorded)),)
        did = "corrected what entry {entry} says of them on “{what}”: {stance}"
        return Told(did, words=words, wrote=(act.because,), proposal=act.proposal)
    did = "wrote down what {person} said as {role} on “{what}”: {stance}"
    return Told(did, _person(act.said_by), _role(act.said_in), words=words, wrote=(act.because,), proposal=act.proposal)


def _being_moved(act: acts.BeMoved, called: Called) -> Told:
    """About what moved somebody: what was written goes by its entry, so that whoever reads it can go there."""
    words = _what(called.questions.get(act.proposal))
    if act.entry is not None:
        did = "said that entry {entry} moved them to change their position on “{what}”"
        return Told(did, words=(*words, ("entry", str(act.entry))), proposal=act.proposal)
    if act.person is not None:
        did = "said that {person} moved them to change their position on “{what}”"
        return Told(did, _person(act.person), words=words, proposal=act.proposal)
    if act.visited_on is not None:
        did = "said that a visit on {day} moved them to change their position on “{what}”"
        return Told(did, words=(*words, ("day", day(act.visited_on))), proposal=act.proposal)
    return Told("took back what they had said moved them on “{what}”", words=words, proposal=act.proposal)


STATES = {
    acts.Criterion.HARM: "harm to patients in this group",
    acts.Criterion.DUTY: "a risk to an organisation’s duty",
    acts.Criterion.NEITHER: "neither harm nor a risk to a duty",
}


def _closing(
    act: acts.Fulfil | acts.TestObjection | acts.LowerToConcern | acts.Resolve | acts.WithdrawObjection, called: Called
) -> Told:
    """About conditions and safety concerns."""
    if isinstance(act, acts.TestObjection | acts.LowerToConcern):
        what, proposal = called.thing(acts.Kind.OBJECTION, act.objection)
        if isinstance(act, acts.LowerToConcern):
            return Told("made the safety concern “{what}” a concern", words=_what(what), proposal=proposal)
        words = (*_what(what), ("states", STATES[act.states]))
        did = "said that the safety concern “{what}” states {states}"
        return Told(did, words=words, wrote=(act.because,), proposal=proposal)
    if isinstance(act, acts.Fulfil):
        what, proposal = called.thing(acts.Kind.CONDITION, act.condition)
        did = "said that the condition “{what}” is fulfilled"
    else:
        what, proposal = called.thing(acts.Kind.OBJECTION, act.objection)
        did = "took back the safety concern “{what}”"
    if isinstance(act, acts.Resolve):
        by = "by a safeguard" if act.safeguard else "by the change made"
        did = "said that the safety concern “{what}” has been met " + by
    return Told(did, words=_what(what), wrote=(act.because,), proposal=proposal)


def _of_a_poll(act: acts.OpenPoll | acts.AnswerPoll | acts.ClosePoll | acts.CallPollOff, called: Called) -> Told:
    """About polls. What somebody answered is seen on the page of the poll, by those who may see it by then."""
    what = _what(called.polls.get(act.poll))
    match act:
        case acts.OpenPoll():
            organisations = tuple((f"asked {n}", o) for n, o in enumerate(act.asked))
            return Told("asked “{what}” of {many} organisations", (), (), organisations, (*what, *_many(act.asked)))
        case acts.AnswerPoll():
            return Told("answered “{what}”", words=what)
        case acts.ClosePoll():
            return Told("closed the poll “{what}”", words=what, wrote=(act.because,))
        case acts.CallPollOff():
            return Told("called off the poll “{what}”", words=what, wrote=(act.because,))
        case _:
            assert_never(act)


def _many(organisations: tuple[who.Organisation, ...]) -> Gaps:
    return (("many", str(len(organisations))),)


WORKS = {acts.Works.YES: "still works", acts.Works.PARTLY: "works in part", acts.Works.NO: "does not work"}


def _reviewing(act: acts.OpenReview | acts.AnswerReview | acts.Renew | acts.Replace | acts.End, called: Called) -> Told:
    """About reviews of decisions."""
    words = _what(called.questions.get(act.proposal))
    roles: tuple[tuple[str, who.Role], ...] = ()
    match act:
        case acts.OpenReview():
            did = "asked for a review of “{what}” before its day"
        case acts.AnswerReview():
            did = "said in the review of “{what}” that it {works} and is {safe}"
            words += (("works", WORKS[act.works]), ("safe", "safe" if act.safe else "not safe"))
        case acts.Renew():
            did = "renewed “{what}” until a review on {day} by the role {role}"
            words, roles = (*words, ("day", day(act.review_on))), _role(act.review_by)
        case acts.Replace():
            did = "put “{change}” in the place of “{what}”, once it is agreed"
            words += (("change", short(called.questions.get(act.replacement, ""))),)
        case acts.End():
            did = "ended “{what}”"
        case _:
            assert_never(act)
    return Told(did, (), roles, words=words, wrote=(act.because,), proposal=act.proposal)


Holding = acts.Ask | acts.TakeOn | acts.Decline | acts.Report | acts.ReportOnPeople | acts.Complete


def _holding(act: Holding, called: Called) -> Told:
    """About responsibilities. For whom in a group, and why not, is for those to read who may see the person."""
    what, proposal = called.thing(acts.Kind.RESPONSIBILITY, act.responsibility)
    told_of = Told("took on “{what}”", words=_what(what), proposal=proposal)
    match act:
        case acts.TakeOn():
            return told_of
        case acts.Ask():
            did = "asked the role {role} to take on “{what}”, with the role {deputy} to stand in; first check {check}"
            roles = (("role", act.role), ("deputy", act.deputy_role))
            words = (*_what(what), ("check", day(act.first_check_on)))
            return Told(did, roles=roles, words=words, wrote=(act.known_by,))
        case acts.Decline():
            return Told("declined “{what}”", words=_what(what), wrote=(act.because,), proposal=proposal)
        case acts.Report():
            needed = ", and that support is needed" if act.support_needed else ""
            told = "has an answer from a partner outside the team about" if act.answered_by else "reported on"
            did = told + " “{what}”: {progress}" + needed
            words = (*_what(what), ("progress", PROGRESS[act.progress]))
            wrote = (act.answered_by, act.words) if act.answered_by else (act.words,)
            return Told(did, words=words, wrote=wrote, proposal=proposal)
        case acts.ReportOnPeople():
            number = "1 person" if len(act.patients) == 1 else f"{len(act.patients)} people"
            words = (*_what(what), ("people", number), ("reached", REACHED[act.reached]))
            did = "reported on “{what}” for {people} of the group: {reached}"
            return Told(did, words=words, proposal=proposal, unquoted=bool(act.because))
        case acts.Complete():
            words = (*_what(what), ("outcome", OUTCOME[act.outcome]))
            wrote = (act.what_happened,)
            return Told("closed “{what}”: {outcome}", words=words, wrote=wrote, proposal=proposal)
        case _:
            assert_never(act)


Meeting = (
    acts.CallMeeting
    | acts.Circulate
    | acts.PutOn
    | acts.Drop
    | acts.Reorder
    | acts.Attend
    | acts.NotThere
    | acts.Conclude
    | acts.CloseMeeting
    | acts.CallOff
)

PART = {
    acts.Part.CHAIRS: "{person} chairs “{meeting}”",
    acts.Part.RECORDS: "{person} records what is said in “{meeting}”",
    acts.Part.TAKES_PART: "{person} is in “{meeting}”",
}
ITEM_OUTCOME = {
    acts.ItemOutcome.DECIDED: "decided",
    acts.ItemOutcome.ACTION: "somebody was asked to act",
    acts.ItemOutcome.NOTED: "noted",
    acts.ItemOutcome.CARRIED_OVER: "carried over",
}


def _meeting(act: Meeting, called: Called) -> Told:
    """About meetings. Who among the patients an item is about is not said."""
    words: Gaps = (("meeting", short(called.meetings.get(act.meeting, acts.NOTHING_SAID))),)
    match act:
        case acts.CallMeeting():
            on = (("day", day(day_of(act.starts_at))), ("minutes", str(act.minutes)))
            return Told("called the meeting “{meeting}” for {day}, {minutes} minutes", words=words + on)
        case acts.Circulate():
            number = (("number", str(len(act.items))),)
            if act.by_itself:
                said = "answers for “{meeting}”, whose agenda went before everyone by itself: {number} items"
                return Told(said, words=words + number)
            return Told("put the agenda of “{meeting}” before everyone: {number} items", words=words + number)
        case acts.PutOn():
            wrote = (act.item.words,)
            item = _on_agenda(act.item.item, called)
            return Told("put {item} on the agenda of “{meeting}”", words=words + item, wrote=wrote)
        case acts.Drop():
            item = _on_agenda(act.item, called)
            return Told("took {item} off the agenda of “{meeting}”", words=words + item, wrote=(act.because,))
        case acts.Reorder():
            return Told("put the agenda of “{meeting}” in another order", words=words)
        case acts.Attend():
            return Told("said that " + PART[act.part], _person(act.person), words=words)
        case acts.NotThere():
            return Told("said that {person} is not in “{meeting}”", _person(act.person), words=words)
        case acts.Conclude():
            ended = (("outcome", ITEM_OUTCOME[act.outcome]),)
            did = "recorded in “{meeting}”, on {item}: {outcome}"
            return Told(did, words=words + _on_agenda(act.item, called) + ended, wrote=(act.words,))
        case acts.CloseMeeting():
            return Told("closed the meeting “{meeting}”", words=words)
        case acts.CallOff():
            return Told("called the meeting “{meeting}” off", words=words, wrote=(act.because,))
        case _:
            assert_never(act)


KINDS_OF_ITEM = {
    acts.About.OBJECTION: "the safety concern “{}”",
    acts.About.PROPOSAL: "the proposal “{}”",
    acts.About.REVIEW: "the review of “{}”",
    acts.About.RESPONSIBILITY: "the responsibility “{}”",
    acts.About.HANDOVER: "a hand-over",
    acts.About.MATTER: "the matter “{}”",
    acts.About.PATIENT: "a person in one of the groups",
    acts.About.TOPIC: "“{}”",
}


def _on_agenda(item: who.AgendaItem, called: Called) -> Gaps:
    known = called.items.get(item)
    if known is None:
        return (("item", "something"),)
    return (("item", KINDS_OF_ITEM[known.about].format(short(called.item(known)))),)


def _handing_over(act: acts.HandOver | acts.Accept | acts.GiveBack | acts.TakeBack, called: Called) -> Told:
    """About hand-overs, item by item."""
    offer = called.offers[act.handover]
    if isinstance(act, acts.HandOver):
        items = [_item(item, number) for number, item in enumerate(act.items)]
        did = "offered to {person}: " + "; ".join(text for text, _ in items)
        roles = tuple(role for _, role in items)
        return Told(did, _person(act.to), roles, words=_item_words(act.items, called), wrote=(act.words,))
    if isinstance(act, acts.TakeBack):
        return Told("took back what {person} had not answered of an offer", _person(offer.to))
    found = [item for item in offer.items if (item.kind, item.which) == (act.kind, act.which)]
    text, role = _item(found[0], 0)
    words, proposal = _item_words(tuple(found[:1]), called), called.thing(act.kind, act.which)[1]
    if isinstance(act, acts.Accept):
        return Told(f"accepted {text} from {{person}}", _person(offer.by), (role,), words=words, proposal=proposal)
    did = f"returned {text} to {{person}}"
    return Told(did, _person(offer.by), (role,), words=words, wrote=(act.because,), proposal=proposal)


def _item(item: acts.Item, number: int) -> tuple[str, tuple[str, who.Role]]:
    """An item with gaps for its role and its words, since what people wrote may hold braces."""
    role = (f"role {number}", item.from_role)
    if item.kind is acts.Kind.ROLE:
        return f"the role {{role {number}}}", role
    if item.kind is acts.Kind.DEPUTY:
        return f"the place as deputy for {{role {number}}}", role
    return f"{{item {number}}}", role


def _item_words(items: tuple[acts.Item, ...], called: Called) -> Gaps:
    return tuple(
        (f"item {number}", what_it_is(item.kind, called.thing(item.kind, item.which)[0]))
        for number, item in enumerate(items)
    )


OfAPaper = (
    acts.Publish | acts.Revise | acts.OpenTo | acts.Discuss | acts.Retract | acts.Settle | acts.TakeUp | acts.TakeDown
)


def _of_a_paper(act: OfAPaper, called: Called) -> Told:
    """What was done with a paper, and said about it. The paper itself is read on its page."""
    what = _what(called.papers.get(act.paper))
    match act:
        case acts.Publish():
            return Told("published the paper “{what}”", words=what)
        case acts.Revise():
            version = (("version", str(act.version + 1)),)
            return Told("published version {version} of the paper “{what}”", words=what + version, wrote=(act.because,))
        case acts.OpenTo():
            many = (("many", str(len(act.organisations) + len(act.teams))),)
            return Told("opened the paper “{what}” to {many} organisations and teams besides this", words=what + many)
        case acts.Discuss():
            did = "answered in" if act.answers is not None else "asked about" if act.question else "commented on"
            return Told(did + " the paper “{what}”", words=what, wrote=(act.words,))
        case acts.Retract():
            return Told("took back what they said about the paper “{what}”", words=what)
        case acts.Settle():
            return Told("said which answer settles a question about the paper “{what}”", words=what)
        case acts.TakeUp():
            return Told("took up as a matter what was said about the paper “{what}”", words=what)
        case acts.TakeDown():
            return Told("took down the paper “{what}”", words=what, wrote=(act.because,))
        case _:
            assert_never(act)
