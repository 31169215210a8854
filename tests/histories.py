"""
Any history: what a team might do, in any order, as far as the rules let it.

At each step a verb is drawn, everything that it could mean just then is put to the real rules, and one of the
things that they allow happens. So a history reaches deep into a team's life, and never holds what is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

from hypothesis import strategies as st

from manyhands import acts, who
from tests.cast import (
    CHARITY,
    COORDINATOR,
    COUNCIL,
    FAY_COMES,
    LINK_WORKER,
    MATRON,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    VISIT,
    Doing,
    accepts,
    agrees,
    amends,
    answers_review,
    asks,
    asks_about,
    attends,
    calls_a_meeting,
    calls_off,
    calls_the_poll_off,
    circulates,
    closes_the_meeting,
    closes_the_poll,
    comes_back,
    comments,
    completes,
    concludes,
    confirms,
    consents,
    consents_if,
    corrects,
    creates_role,
    declines,
    discusses,
    drops,
    ends,
    fulfils,
    gathers,
    gives,
    gives_no_view,
    goes_away,
    has_a_concern,
    includes,
    invites,
    is_moved,
    is_not_there,
    item,
    joins,
    leaves,
    lowers,
    makes_deputy,
    objects,
    offers,
    opens_review,
    opens_to,
    polls,
    proceeds_without,
    proposes,
    publishes,
    puts_on,
    raises,
    records,
    releases,
    removes,
    removes_the_record,
    renews,
    reorders,
    replaces,
    reports,
    reports_on,
    resolves,
    retracts,
    returns,
    revises,
    says_it_states,
    settles,
    shares_credit,
    stands_aside,
    steps_down,
    stops_sharing,
    takes_back,
    takes_down,
    takes_on,
    takes_up,
    topic,
    votes,
    withdraws,
    withdraws_objection,
    withholds,
)
from tests.story import Story, with_the_team

PEOPLE = ("asha", "ben", "carol", "dev", "ines", "fay", "esi")
ROLES = (COORDINATOR, MATRON, SOCIAL_WORKER, LINK_WORKER, who.Role("podiatrist"))
ORGANISATIONS = (PRACTICE, NURSING, COUNCIL, CHARITY)
RESPONSIBILITIES = ("ring", "door")

Doings = Iterator[Doing]


def _proposing(story: Story) -> Doings:
    for person, which, with_hands in product(PEOPLE, ("visits", "more"), (True, True, False)):
        visit = replace(VISIT, responsibility=who.Responsibility(f"visit-{which}"))
        affected = (PRACTICE, NURSING) if which == "more" else (PRACTICE, NURSING, COUNCIL)
        yield proposes(person, which, affected=affected, follows=(visit,) if with_hands else ())


def _about_open_proposals(story: Story, *verbs: Callable[..., Doing]) -> Doings:
    for proposal, person, verb in product(story.standing.proposals.values(), PEOPLE, verbs):
        if proposal.is_open:
            yield verb(person, proposal.proposal, version=proposal.version)


def _hearing(story: Story) -> Doings:
    """Somebody of an organisation that has not been heard yet answers."""
    for proposal in story.standing.proposals.values():
        for organisation in proposal.not_yet_heard() if proposal.is_open else ():
            for person in story.standing.who_could_speak_for(organisation, story.now):
                for verb in (consents, gives_no_view, has_a_concern):
                    yield verb(person, proposal.proposal, version=proposal.version)


def _objecting(story: Story) -> Doings:
    for proposal, person in product(story.standing.proposals.values(), PEOPLE):
        roles = story.standing.roles_of(who.Person(person), story.now)
        for role in roles[:1]:
            own = story.standing.open_objection_of(role.role, proposal.proposal)
            name = own.objection if own else f"objection-{len(story.standing.objections)}"
            yield objects(person, proposal.proposal, proposal.version, objection=name)


def _setting_conditions(story: Story) -> Doings:
    for proposal, person in product(story.standing.proposals.values(), PEOPLE):
        name = who.Condition(f"condition-{len(story.standing.conditions)}")
        yield consents_if(person, proposal.proposal, proposal.version).but(condition=name)


def _writing_down(story: Story) -> Doings:
    """What somebody says in the room, written down by another, in each of the six ways."""
    for proposal, person, said_by in product(story.standing.proposals.values(), ("asha", "carol"), PEOPLE):
        for role in story.standing.roles_of(who.Person(said_by), story.now)[:1]:
            own = story.standing.open_objection_of(role.role, proposal.proposal)
            yield from (
                records(
                    person, said_by, said_in=role.role, proposal=proposal.proposal, version=proposal.version, **said
                )
                for said in _said(story, own.objection if own else None)
            )


def _said(story: Story, own: str | None = None) -> list[dict[str, object]]:
    condition = who.Condition(f"condition-{len(story.standing.conditions)}")
    objection = own or f"objection-{len(story.standing.objections)}"
    return [
        {"stance": acts.Stance.CONSENT},
        {"stance": acts.Stance.CONDITION, "because": "A diary", "condition": condition, "fulfilled_by": MATRON},
        {"stance": acts.Stance.OBJECT, "because": "After dark", "objection": who.Objection(objection)},
    ]


def _putting_right(story: Story) -> Doings:
    for recorded in story.standing.recorded.values():
        yield confirms(recorded.said_by, recorded.number, recorded.proposal)
        for said in _said(story):
            yield corrects(recorded.said_by, recorded.number, proposal=recorded.proposal, **said)


def _saying_what_moved_them(story: Story) -> Doings:
    for number, changed in story.standing.changed.items():
        for person in (changed.by, "asha"):
            yield from (is_moved(person, number, changed.proposal, entry=entry) for entry in story.standing.written)
            yield is_moved(person, number, changed.proposal, person=who.Person("carol"))


def _closing_objections(story: Story) -> Doings:
    for objection, person in product(story.standing.objections.values(), PEOPLE):
        proposal = story.standing.proposals[objection.proposal]
        safeguard = next((follows.responsibility for follows in proposal.terms.follows), None)
        yield resolves(person, objection.objection, version=proposal.version)
        yield resolves(person, objection.objection, version=proposal.version, safeguard=safeguard)
        yield withdraws_objection(person, objection.objection)
        yield lowers(person, objection.objection, version=proposal.version)
        for states in acts.Criterion:
            yield says_it_states(person, states, objection.objection, because="As it is written")


def _amending(story: Story) -> Doings:
    for proposal, person, material in product(story.standing.proposals.values(), PEOPLE, (True, False)):
        changed = {"review_by": COORDINATOR if proposal.terms.review_by != COORDINATOR else MATRON}
        yield amends(person, proposal.proposal, material, proposal.version, **changed)


def _reviewing(story: Story) -> Doings:
    """Whatever can be done in the review of a decision; a change of it by any proposal that is open."""
    for decision, person in product(story.standing.proposals.values(), PEOPLE):
        yield opens_review(person, decision.proposal)
        yield renews(person, decision.proposal, in_days=20, because="Going well", by=MATRON)
        yield ends(person, decision.proposal)
        for replacement in story.standing.proposals:
            yield replaces(person, decision.proposal, replacement)


def _answering_reviews(story: Story) -> Doings:
    for decision, person, safe in product(story.standing.proposals, PEOPLE, (True, True, False)):
        yield answers_review(person, decision, safe=safe, because="As we see it")


def _answering_what_is_asked(story: Story) -> Doings:
    for held, person in product(story.standing.open_responsibilities(), PEOPLE):
        yield takes_on(person, held.responsibility)
        yield takes_on(person, held.responsibility)
        yield declines(person, held.responsibility)


def _working_on(story: Story) -> Doings:
    for held, person in product(story.standing.open_responsibilities(), PEOPLE):
        yield reports(person, held.responsibility)
        yield completes(person, held.responsibility)


def _offering_a_role(story: Story) -> Doings:
    """A role with all that it holds at that moment, as the page of hand-overs makes it."""
    for role, giver, to in product(ROLES, PEOPLE, PEOPLE):
        held = [item(kind, which, role) for kind, which in story.standing.in_hand(role)]
        yield offers(giver, to, *held, item("role", role, role), handover=f"handover-{len(story.standing.handovers)}")


def _offering_one_thing(story: Story) -> Doings:
    for role, to_role, giver, to in product(ROLES, ROLES, PEOPLE, PEOPLE):
        for kind, which in story.standing.in_hand(role) if role != to_role else ():
            name = f"handover-{len(story.standing.handovers)}"
            yield offers(giver, to, item(kind, which, role, to_role), handover=name)


def _accepting(story: Story) -> Doings:
    for handover in story.standing.handovers.values():
        for offer in handover.waiting:
            yield accepts(handover.receiver, offer.item.kind, offer.item.which, handover=handover.handover)


def _returning(story: Story) -> Doings:
    for handover in story.standing.handovers.values():
        yield takes_back(handover.giver, handover.handover)
        for offer in handover.waiting:
            yield returns(handover.receiver, offer.item.kind, offer.item.which, handover=handover.handover)


def _calling_meetings(story: Story) -> Doings:
    for person, in_days in product(PEOPLE, (0, 3)):
        yield calls_a_meeting(person, f"meeting-{len(story.standing.meetings)}", in_days)
    for meeting, person in product(story.standing.meetings, PEOPLE):
        yield circulates(person, topic(), topic("Keys", "keys"), meeting=meeting)


def _being_there(story: Story) -> Doings:
    for meeting, person, whom, part in product(story.standing.meetings, PEOPLE, PEOPLE, ("chairs", "takes-part")):
        yield attends(person, whom, part, meeting=meeting)


def _changing_agendas(story: Story) -> Doings:
    for meeting, person in product(story.standing.meetings.values(), PEOPLE):
        yield puts_on(person, topic("Lifts", "lifts"), meeting.meeting)
        yield is_not_there(person, meeting=meeting.meeting)
        yield calls_off(person, meeting=meeting.meeting)
        yield reorders(person, *reversed([each.item for each in meeting.items]), meeting=meeting.meeting)
        for each in meeting.items:
            yield drops(person, each.item, meeting=meeting.meeting)


def _concluding(story: Story) -> Doings:
    for meeting, person in product(story.standing.meetings.values(), PEOPLE):
        for each in meeting.items:
            yield concludes(person, each.item, meeting=meeting.meeting)
            yield concludes(person, each.item, "carried-over", "", meeting=meeting.meeting)
            for held in story.standing.responsibilities:
                yield concludes(person, each.item, "action", actions=(held,), meeting=meeting.meeting)


def _closing_meetings(story: Story) -> Doings:
    return (closes_the_meeting(person, meeting) for person, meeting in product(PEOPLE, story.standing.meetings))


def _publishing(story: Story) -> Doings:
    """A paper, open to the organisation of somebody outside; and whatever is done to it as a whole."""
    for person in PEOPLE:
        yield publishes(person, f"paper-{len(story.standing.papers)}", organisations=(who.Organisation("elsewhere"),))
    for paper, person in product(story.standing.papers.values(), PEOPLE):
        yield revises(person, paper.paper, paper.version)
        yield opens_to(person, CHARITY, paper=paper.paper)
        yield takes_down(person, paper.paper)


def _talking_of_papers(story: Story) -> Doings:
    for paper, person in product(story.standing.papers.values(), PEOPLE):
        yield discusses(person, paper=paper.paper, version=paper.version)
        yield asks_about(person, paper=paper.paper)
        for said in story.standing.said_of_papers.values():
            yield discusses(person, paper=paper.paper, version=paper.version, answers=said.number)


def _settling_what_was_said(story: Story) -> Doings:
    for said, person in product(story.standing.said_of_papers.values(), PEOPLE):
        yield retracts(person, said.number, said.paper)
        yield from (takes_up(person, said.number, matter, said.paper) for matter in story.standing.matters)
        if said.answers is not None:
            yield settles(person, said.answers, said.number, said.paper)


def _polling(story: Story) -> Doings:
    """Asking by one method or another, answering, also with what cannot be counted, and ending it."""
    for person, method, independent in product(PEOPLE, ("schulze", "approval", "score", "gradients"), (True, False)):
        name = who.Poll(f"poll-{len(story.standing.polls)}")
        yield polls(person, method, poll=name, independent_first=independent, days=1)
    for poll, person in product(story.standing.polls, PEOPLE):
        for marks in ({"weekly": 1, "monthly": 2}, {"monthly": 1}, {"as_now": 1, "weekly": 1, "monthly": 1}, {}):
            yield votes(person, poll=poll, **marks)


def _ending_polls(story: Story) -> Doings:
    for poll, person in product(story.standing.polls, PEOPLE):
        yield calls_the_poll_off(person, poll=poll)
        for chosen in ((), ("weekly",), ("monthly",), ("as-now",)):
            yield closes_the_poll(person, *chosen, because="Talked through", poll=poll)


def _reaching_people(story: Story) -> Doings:
    """Something for everyone in a group, and how far it has come for each."""
    yield asks("asha", "vaccinate", SOCIAL_WORKER, MATRON, group="frail")
    for held, person, reached in product(story.standing.open_responsibilities(), PEOPLE, acts.Reached):
        yield reports_on(person, "ruth", responsibility=held.responsibility, reached=reached, because="As it is")


def _sharing_credit(story: Story) -> Doings:
    for decision, person in product(story.standing.proposals, PEOPLE):
        yield shares_credit(person, decision)
        yield stops_sharing(person, decision)


def _removing_records(story: Story) -> Doings:
    gathered = [group.patients for group in story.standing.groups.values()]
    inside = {patient for patients in gathered for patient in patients}
    for person, patient in product(("asha", "ben", "carol"), {"ruth", "sam", "tess"} - inside):
        yield removes_the_record(person, 1, patient)


VERBS: tuple[Callable[[Story], Doings], ...] = (
    lambda story: (invites(a, b, o) for a, b, o in product(("asha", "dev"), PEOPLE, ORGANISATIONS) if b != "esi"),
    lambda story: (joins(person) for person in PEOPLE),
    lambda story: (leaves(person) for person in PEOPLE),
    lambda story: (removes(a, b) for a, b in product(("asha", "ben"), PEOPLE)),
    lambda story: (creates_role("asha", role, o) for role, o in product(ROLES, ORGANISATIONS)),
    lambda story: (gives(a, role, b) for a, role, b in product(("asha", "dev", "fay"), ROLES, PEOPLE)),
    lambda story: (makes_deputy(a, role, b) for a, role, b in product(("asha", "carol"), ROLES, PEOPLE)),
    lambda story: (steps_down(person, role) for person, role in product(PEOPLE, ROLES)),
    lambda story: (goes_away(p, days=d, in_days=i) for p, d, i in product(PEOPLE, (None, 3, 20), (0, 4))),
    lambda story: (comes_back(person) for person in PEOPLE),
    lambda story: (gathers(person) for person in PEOPLE),
    lambda story: (verb(p, who_) for verb, p, who_ in product((includes, releases), PEOPLE, ("ruth", "tom"))),
    lambda story: (raises(person) for person in PEOPLE),
    _proposing,
    _amending,
    lambda story: _about_open_proposals(story, lambda person, proposal, version: comments(person, proposal)),
    _hearing,
    _hearing,
    _hearing,
    lambda story: _about_open_proposals(story, stands_aside, consents),
    _objecting,
    _setting_conditions,
    _writing_down,
    _saying_what_moved_them,
    _putting_right,
    _putting_right,
    _closing_objections,
    lambda story: (fulfils(p, c) for p, c in product(PEOPLE, story.standing.conditions)),
    *[lambda story: _about_open_proposals(story, agrees, proceeds_without)] * 6,
    lambda story: (withdraws(p, which) for p, which in product(PEOPLE, story.standing.proposals)),
    _reviewing,
    _answering_reviews,
    _answering_reviews,
    lambda story: (asks("asha", r, a, b) for r, a, b in product(RESPONSIBILITIES, ROLES, ROLES)),
    _answering_what_is_asked,
    _answering_what_is_asked,
    _working_on,
    _offering_a_role,
    _offering_one_thing,
    _accepting,
    _accepting,
    _returning,
    _calling_meetings,
    _being_there,
    _changing_agendas,
    _concluding,
    _concluding,
    _closing_meetings,
    _publishing,
    _talking_of_papers,
    _settling_what_was_said,
    _polling,
    _ending_polls,
    _reaching_people,
    _sharing_credit,
    lambda story: (withholds(person, number) for person, number in product(PEOPLE, range(1, 40))),
    _removing_records,
)


Verbs = tuple[Callable[[Story], Doings], ...]

_HEARD = (proposes("carol"), consents("asha"), consents("carol"))
_AGREED = (*_HEARD, consents("dev"), agrees("asha"))
_ASKING: Verbs = (_hearing, _amending, _objecting, _closing_objections, _setting_conditions)
_ROOM: Verbs = (_being_there, _changing_agendas, _concluding, _concluding, _closing_meetings, _calling_meetings)
_WRITTEN: Verbs = (_writing_down, _putting_right, _putting_right, _saying_what_moved_them, _hearing)
_REVIEW: Verbs = (_reviewing, _reviewing, _answering_reviews, _answering_reviews, _proposing, _hearing)
_PAPERS: Verbs = (_publishing, _talking_of_papers, _talking_of_papers, _settling_what_was_said)
_POLL: Verbs = (_polling, _ending_polls, _ending_polls)
_IN_HAND: Verbs = (_answering_what_is_asked, _working_on, _offering_a_role, _offering_one_thing, _accepting, _returning)

SCENES: tuple[tuple[tuple[Doing, ...], Verbs], ...] = (
    ((), ()),
    (_HEARD, _ASKING),
    ((*_HEARD, consents("dev")), ()),
    ((*_HEARD, objects("dev")), _ASKING),
    ((*_HEARD, objects("dev")), (_closing_objections, _amending, _hearing, _saying_what_moved_them)),
    (
        (proposes("carol"), consents("carol"), records("carol", "dev"), records("carol", "asha", said_in=COORDINATOR)),
        _WRITTEN,
    ),
    ((*_AGREED, opens_review("dev")), _REVIEW),
    ((*_AGREED, takes_on("carol", "visit")), (_working_on, _sharing_credit, _sharing_credit)),
    ((asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev")), _IN_HAND),
    ((asks("asha"), takes_on("carol"), goes_away("dev"), goes_away("carol", days=None)), ()),
    ((*FAY_COMES, asks("asha", role=LINK_WORKER, deputy_role=MATRON), takes_on("fay"), gathers("asha")), _IN_HAND),
    ((gathers("asha"), asks("asha", group="frail"), takes_on("carol")), (_reaching_people, _working_on)),
    (
        (
            calls_a_meeting("asha", "meeting-0"),
            circulates("asha", topic(), topic("Keys", "keys"), meeting="meeting-0"),
            attends("asha", meeting="meeting-0"),
        ),
        _ROOM,
    ),
    (
        (
            asks("asha"),
            calls_a_meeting("asha", "meeting-0"),
            circulates("asha", meeting="meeting-0"),
            attends("carol", meeting="meeting-0"),
            concludes("carol", outcome="carried-over", says="", meeting="meeting-0"),
        ),
        _ROOM,
    ),
    ((polls("dev"), votes("carol", weekly=1), votes("dev", monthly=1), votes("asha", weekly=1, monthly=1)), _POLL),
    ((publishes("carol", "paper-0"), raises("dev"), asks_about("dev", paper="paper-0")), _PAPERS),
)
"""
Where a history may begin, and what is done in it oftener than anything else, so that what comes late in a team's life
is reached often.
"""


@st.composite
def histories(draw: st.DrawFn, longest: int = 40) -> list[Story]:
    """The story as it stood after each thing that happened, the team's coming together first."""
    story = with_the_team()
    begins_with, often = draw(st.sampled_from(SCENES))
    story.happened(*begins_with)
    chapters = [_as_it_stands(story)]
    for _ in range(draw(st.integers(5, longest))):
        verb = draw(st.sampled_from(often if often and draw(st.booleans()) else VERBS))
        story.now += timedelta(hours=draw(st.sampled_from((0, 0, 1, 20, 100))))
        allowed: dict[type[acts.AnyAct], list[Doing]] = {}
        for doing in verb(story):
            if story.refuses(doing) == []:
                allowed.setdefault(type(doing(story)), []).append(doing)
        if allowed:
            story.does(draw(st.sampled_from(allowed[draw(st.sampled_from(list(allowed)))])))
            chapters.append(_as_it_stands(story))
    return chapters


def _as_it_stands(story: Story) -> Story:
    copy = Story()
    copy.recorded, copy.standing, copy.now = list(story.recorded), story.standing, story.now
    return copy
