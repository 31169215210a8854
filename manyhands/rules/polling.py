"""
When organisations may be asked by a method of counting, answered, and the answers counted; and what of that may be seen
by whom meanwhile. How each method counts is in `manyhands/counting/`.
"""

from collections.abc import Iterator
from datetime import datetime

from manyhands import acts, who
from manyhands.counting import METHODS, Ballot, Method, Question, Reason, Result, Unranked
from manyhands.counting.question import Called
from manyhands.counting.showing import MayBeSeen, ResultsFrom, Showing, may_be_seen, phase
from manyhands.rules import refusals
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import coordinates, speaks_in
from manyhands.rules.standing import Standing
from manyhands.rules.things import Answered, PollStanding

CONSENT, ADVICE, ROLE_SELECTION, TIME_POLL = "consent", "advice", "role-selection", "time-poll"
BY_REASONS = (ROLE_SELECTION,)
"""Methods that count nothing: whoever closes proposes from the reasons."""

ENDS = {"unranked": tuple(Unranked), "results_from": tuple(ResultsFrom)}


def question_of(put: acts.OpenPoll) -> Question:
    """A poll as it is counted."""
    return Question(
        options=tuple(choice.option for choice in put.options),
        carry_on=next((choice.option for choice in put.options if choice.carry_on), None),
        places=put.places,
        unranked=Unranked(put.unranked),
        ties_go_by=put.ties_go_by,
        steps=put.steps,
        asked=put.asked,
    )


def ballot_of(answer: Answered | acts.AnswerPoll) -> Ballot:
    """An answer as it is counted."""
    organisation = answer.organisation if isinstance(answer, Answered) else answer.for_organisation
    return Ballot(
        marks=tuple((each.option, each.mark) for each in answer.marks),
        because=answer.because,
        for_organisation=organisation,
    )


def method_of(put: acts.OpenPoll) -> Method[Result]:
    return METHODS[put.method]


def result_of(poll: PollStanding) -> Result:
    """What the answers come to so far, or came to."""
    return method_of(poll.put).count(map(ballot_of, poll.answers), question_of(poll.put))


def chosen_of(poll: PollStanding) -> tuple[str, ...]:
    """What a closed poll chose: by its count, and with it what was decided together; nothing while it is open."""
    return (*result_of(poll).chosen, *poll.chosen) if poll.ended == "closed" else ()


def asked_by(poll: PollStanding, standing: Standing, at: datetime) -> tuple[tuple[who.Person, who.Role], ...]:
    """
    Who is asked at a moment: whoever answers for each role of the organisations asked, its holder while present, else
    a deputy. The list follows today's holders and deputies.
    """
    return tuple(
        (present[0], role.role)
        for organisation in poll.put.asked
        for role in standing.roles_for(organisation)
        if (present := standing.present_in(role.role, at))
    )


def yet_to_answer(poll: PollStanding, standing: Standing, at: datetime) -> tuple[tuple[who.Person, who.Role], ...]:
    """Those asked who have not answered, and in whose role nobody else has."""
    people = {answer.by for answer in poll.answers}
    roles = {answer.role for answer in poll.answers}
    return tuple(
        (person, role) for person, role in asked_by(poll, standing, at) if person not in people and role not in roles
    )


def organisations_yet_to_answer(poll: PollStanding) -> tuple[who.Organisation, ...]:
    """The organisations asked of which nobody has answered."""
    answered = {answer.organisation for answer in poll.answers}
    return tuple(organisation for organisation in poll.put.asked if organisation not in answered)


def time_is_up(poll: PollStanding, at: datetime) -> bool:
    """A poll is asked until its last day is over."""
    return day_of(at) > poll.put.closes_on


def seen_by(poll: PollStanding, person: who.Person, standing: Standing, at: datetime) -> MayBeSeen:
    """What a member may see of a poll now, of what was settled when it was opened."""
    showing = Showing(independent_first=poll.put.independent_first, results_from=ResultsFrom(poll.put.results_from))
    now = phase(
        showing,
        everybody_has_answered=bool(poll.answers) and not yet_to_answer(poll, standing, at),
        time_is_up=time_is_up(poll, at),
        closed=poll.ended == "closed",
    )
    return may_be_seen(showing, now, ballots=len(poll.answers), has_answered=poll.answer_of(person) is not None)


def calling(put: acts.OpenPoll) -> Called:
    """What the options of a poll are called, in the words that they were put in."""
    words = {choice.option: refusals.short(choice.words) for choice in put.options}

    def called(identifier: str, /) -> str:
        return words.get(identifier, identifier)

    return called


def against_opening_a_poll(act: acts.OpenPoll, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in a role can ask organisations by a method of counting: a question, the options that the method needs,
    "carry on as now" among them where one is chosen, and until when. Each organisation has somebody here who can
    answer for it. Consent is asked for by a proposal.
    """
    if act.poll in standing.polls:
        yield refusals.taken_identifier("poll")
    if act.group is not None and act.group not in standing.groups:
        yield refusals.nothing_like_it("group")
    if act.matter is not None and act.matter not in standing.matters:
        yield refusals.nothing_like_it("matter")
    if not act.question.strip():
        yield refusals.words_needed("the question")
    if act.closes_on < day_of(act.at):
        yield refusals.closes_in_the_past(act.closes_on)
    yield from _against_who_is_asked(act, standing)
    if act.method == CONSENT:
        yield refusals.consent_is_a_proposal()
    elif act.method not in METHODS:
        yield refusals.nothing_like_it("method")
    elif any(getattr(act, field) not in known for field, known in ENDS.items()):
        yield refusals.nothing_like_it("way of counting or showing")
    else:
        yield from _against_what_is_asked(act, standing)


def _against_who_is_asked(act: acts.OpenPoll, standing: Standing) -> Iterator[Refusal]:
    if not act.asked:
        yield refusals.nobody_is_asked()
    for organisation in dict.fromkeys(act.asked):
        if not standing.who_could_speak_for(organisation, act.at):
            yield refusals.nobody_can_speak_for(organisation)


def _against_what_is_asked(act: acts.OpenPoll, standing: Standing) -> Iterator[Refusal]:
    for reason in method_of(act).against_opening(question_of(act)):
        yield refusals.cannot_be_asked_so(reason.say(calling(act)))
    if act.method == TIME_POLL:
        yield from _against_times(act)
    elif act.method == ROLE_SELECTION:
        yield from _against_people(act, standing)
    elif any(not choice.words.strip() for choice in act.options):
        yield refusals.words_needed("each option")


def _against_times(act: acts.OpenPoll) -> Iterator[Refusal]:
    """Each option is a time, and it is still to come."""
    times = [choice.starts_at for choice in act.options]
    if None in times:
        yield refusals.words_needed("the day and the time of each option")
    if any(time is not None and time <= act.at for time in times):
        yield refusals.time_has_passed()


def _against_people(act: acts.OpenPoll, standing: Standing) -> Iterator[Refusal]:
    """Each option is a member who is here for the organisation that the role speaks for."""
    role = standing.roles.get(act.role) if act.role is not None else None
    if role is None:
        yield refusals.nothing_like_it("role")
        return
    for choice in act.options:
        if choice.person is None or role.organisation not in standing.organisations_of(choice.person, act.at):
            yield refusals.not_here_for(role.role, role.organisation)
            return


def against_answering_a_poll(act: acts.AnswerPoll, standing: Standing) -> Iterator[Refusal]:
    """
    Organisations that are asked answer through their roles until the poll ends, each person once; their newest answer
    counts. What cannot be counted is refused, with what to do. Nothing at all is "no view", and is heard.
    """
    poll = standing.polls.get(act.poll)
    if poll is None:
        yield refusals.nothing_like_it("poll")
        return
    if not poll.is_open:
        yield refusals.poll_is_over(poll.ended)
    if act.for_organisation not in poll.put.asked:
        yield refusals.not_asked_in_the_poll(act.for_organisation)
    for reason in _against_the_ballot(act, poll):
        yield refusals.cannot_be_counted_so(reason.say(calling(poll.put)))


def _against_the_ballot(act: acts.AnswerPoll, poll: PollStanding) -> Iterator[Reason]:
    return method_of(poll.put).against(ballot_of(act), question_of(poll.put))


def _against_ending(act: acts.ClosePoll | acts.CallPollOff, standing: Standing) -> Iterator[Refusal]:
    """The role that asked ends a poll, or the coordinating role."""
    poll = standing.polls.get(act.poll)
    if poll is None:
        yield refusals.nothing_like_it("poll")
        return
    if not poll.is_open:
        yield refusals.poll_is_over(poll.ended)
    if not (speaks_in(act, poll.role, standing) or coordinates(act, standing)):
        yield refusals.not_for_this_role(poll.role, standing.people_in(poll.role, act.at))


def against_closing_a_poll(act: acts.ClosePoll, standing: Standing) -> Iterator[Refusal]:
    """
    The role that asked, or the coordinating role, closes a poll once somebody of every organisation asked has answered,
    or its time is up. A tie is reported; what is decided together then is among the tied, with the reason. Whoever
    asked for advice says what they decided and why; whoever asked for names proposes one of those named, and why.
    """
    yield from _against_ending(act, standing)
    poll = standing.polls.get(act.poll)
    if poll is None or not poll.is_open:
        return
    silent = organisations_yet_to_answer(poll)
    if silent and not time_is_up(poll, act.at):
        could = (person for each in silent for person in standing.who_could_speak_for(each, act.at))
        yield refusals.poll_is_running(poll.put.closes_on, tuple(dict.fromkeys(could)))
    yield from _against_what_is_decided(act, poll)


def _against_what_is_decided(act: acts.ClosePoll, poll: PollStanding) -> Iterator[Refusal]:
    result = result_of(poll)
    if poll.put.method in BY_REASONS:
        open_to, places = frozenset(mark.option for answer in poll.answers for mark in answer.marks), 1
    else:
        open_to, places = frozenset(result.tied), poll.put.places - len(result.chosen)
    if set(act.chosen) - open_to or len(set(act.chosen)) != len(act.chosen) or len(act.chosen) > places:
        yield refusals.not_open_to_choose()
    needs_why = bool(act.chosen) or poll.put.method == ADVICE
    if needs_why and not act.because.strip():
        yield refusals.reason_needed("what was decided")


def against_calling_a_poll_off(act: acts.CallPollOff, standing: Standing) -> Iterator[Refusal]:
    """The role that asked, or the coordinating role, stops asking, for a reason that stays on the record."""
    yield from _against_ending(act, standing)
    if not act.because.strip():
        yield refusals.reason_needed("calling a poll off")
