"""A poll: what is asked and how it is counted, the ballot, who has answered, and the result by organisation."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.counting.question import Called
from manyhands.rules import polling
from manyhands.rules.refusals import Refusal
from manyhands.rules.things import Answered, PollStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.drafts import too_long
from manyhands.workspace.poll_result import shown
from manyhands.workspace.polls_typed import marks_typed
from manyhands.workspace.reasons import by_field
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import WHICH_ROLE, Button, button, has_to_choose
from manyhands.workspace.typed import identifiers_typed, words_typed

Errors = dict[str, list[str]]
UNDECIDED = "(left open)"


def find(asking: Asking, poll: str) -> PollStanding:
    """The poll of that name in this team; nothing else is ever shown."""
    stands = asking.standing.polls.get(who.Poll(poll))
    if stands is None:
        raise Http404
    return stands


@in_a_team
def poll(asking: Asking, poll: str) -> HttpResponse:
    return show_poll(asking, find(asking, poll))


@in_a_team
def answer_poll(asking: Asking, poll: str) -> HttpResponse:
    """Answer, or say "no view"."""
    stands, typed = find(asking, poll), asking.request.POST
    if asking.request.method != "POST":
        return show_poll(asking, stands)
    if has_to_choose(asking, stands.put.asked):
        return _again(show_poll(asking, stands, {"in_role": [WHICH_ROLE]}, typed))
    if errors := too_long(typed):
        return _again(show_poll(asking, stands, errors, typed))
    no_view = "no-view" in typed
    act = acts.AnswerPoll(
        **asking.speaking(),
        poll=stands.poll,
        marks=() if no_view else marks_typed(typed, stands.put),
        because=acts.NOTHING_SAID if no_view else acts.Words(words_typed(typed, "because")),
    )
    if not no_view and not act.marks and not act.because:
        return _again(
            show_poll(asking, stands, {"ballot": ["Nothing is marked. Mark something, or say “no view”."]}, typed)
        )
    return _press(asking, stands, act, "Your answer is recorded. You can change it until the poll is closed.", typed)


@in_a_team
def close_poll(asking: Asking, poll: str) -> HttpResponse:
    """Close the poll; where options tie, say what was decided together, or leave the tie as it is."""
    stands, typed = find(asking, poll), asking.request.POST
    if asking.request.method != "POST":
        return show_poll(asking, stands)
    if errors := too_long(typed):
        return _again(show_poll(asking, stands, errors, typed))
    act = acts.ClosePoll(
        **asking.speaking(asking.hat_for(stands.role)),
        poll=stands.poll,
        chosen=tuple(each for each in identifiers_typed(typed, "chosen", 50) if each != UNDECIDED),
        because=acts.Words(words_typed(typed, "closing")),
    )
    return _press(asking, stands, act, "The poll is closed.", typed)


@in_a_team
def call_poll_off(asking: Asking, poll: str) -> HttpResponse:
    """Stop asking, for a reason."""
    stands, typed = find(asking, poll), asking.request.POST
    if asking.request.method != "POST":
        return show_poll(asking, stands)
    if errors := too_long(typed):
        return _again(show_poll(asking, stands, errors, typed))
    because = acts.Words(words_typed(typed, "off"))
    act = acts.CallPollOff(**asking.speaking(asking.hat_for(stands.role)), poll=stands.poll, because=because)
    return _press(asking, stands, act, "The poll is called off. What was answered stays on the record.", typed)


def _press(
    asking: Asking,
    stands: PollStanding,
    act: acts.AnswerPoll | acts.ClosePoll | acts.CallPollOff,
    said: str,
    typed: QueryDict,
) -> HttpResponse:
    return press(
        asking,
        act,
        said=said,
        then=reverse("poll", kwargs={"team": asking.team, "poll": stands.poll}),
        otherwise=lambda reasons: show_poll(asking, stands, by_field(asking, act, reasons, _field_of(act)), typed),
    )


def _field_of(act: acts.AnyAct) -> Callable[[Refusal], str]:
    boxes = {"cannot-be-counted-so": "ballot", "not-open-to-choose": "chosen"}
    reason = {acts.ClosePoll: "closing", acts.CallPollOff: "off"}.get(type(act), "because")
    return lambda refusal: boxes.get(refusal.code, reason if refusal.code == "reason-needed" else "")


def _again(page: HttpResponse) -> HttpResponse:
    page.status_code = 422
    return page


def calling(asking: Asking, put: acts.OpenPoll) -> Called:
    """What options are called on the page: in their words, people by name; and organisations."""
    options = {each.option: asking.names.person(each.person) if each.person else each.words for each in put.options}

    def called(identifier: str, /) -> str:
        return options.get(identifier) or asking.names.organisation(who.Organisation(identifier))

    return called


def show_poll(
    asking: Asking, stands: PollStanding, errors: Errors | None = None, typed: QueryDict | None = None
) -> HttpResponse:
    put, called = stands.put, calling(asking, stands.put)
    method, question = polling.method_of(put), polling.question_of(put)
    seen = polling.seen_by(stands, asking.person, asking.standing, asking.now)
    mine = stands.answer_of(asking.person)
    result = polling.result_of(stands)
    return show(
        asking,
        "poll.html",
        current="board",
        wide=True,
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        typed=typed or QueryDict(),
        sent=typed is not None,
        stands=stands,
        put=put,
        called=called,
        method=method,
        scale=[mark for mark in method.scale(question) if mark.offered],
        printed=method.printed(question, called),
        mine=mine,
        marked=_marked(typed, mine),
        seen=seen,
        shown=shown(stands, result, called) if seen.result and stands.answers else None,
        answers=_answers(stands) if seen.answers else [],
        silent=polling.organisations_yet_to_answer(stands),
        waits=polling.yet_to_answer(stands, asking.standing, asking.now) if stands.is_open else (),
        answering=_answering(asking, stands),
        closing=_ending(asking, stands, acts.ClosePoll),
        calling_off=_ending(asking, stands, acts.CallPollOff),
        chosen=polling.chosen_of(stands),
        to_decide=_to_decide(stands, result.tied) if seen.result or not stands.is_open else (),
        left=put.places - len(result.chosen),
        came_to=[each for each in asking.standing.proposals.values() if each.poll == stands.poll],
        group=asking.standing.groups.get(put.group) if put.group else None,
        undecided=UNDECIDED,
        time_is_up=polling.time_is_up(stands, asking.now),
    )


def _marked(typed: QueryDict | None, mine: Answered | None) -> dict[str, str]:
    """What stands on the ballot: as it was just sent, else as it was answered before."""
    if typed is not None:
        sent = {name.removeprefix("mark-"): typed.get(name, "") for name in typed if name.startswith("mark-")}
        return sent | dict.fromkeys(typed.getlist("marked"), "1")
    return {each.option: str(each.mark) for each in mine.marks} if mine else {}


def _answers(stands: PollStanding) -> list[tuple[Answered, dict[str, int]]]:
    return [(each, {mark.option: mark.mark for mark in each.marks}) for each in stands.answers]


def _answering(asking: Asking, stands: PollStanding) -> Button:
    """In which roles whoever looks could answer: "no view" is what any ballot may say."""
    return button(asking, lambda fields: acts.AnswerPoll(**fields, poll=stands.poll))


def _ending(asking: Asking, stands: PollStanding, kind: type[acts.ClosePoll] | type[acts.CallPollOff]) -> list[str]:
    """Every reason against ending the poll just now; none means that the button is there."""
    speaking: dict[str, Any] = asking.speaking(asking.hat_for(stands.role))
    return asking.reasons_against(kind(**speaking, poll=stands.poll, because=TO_BE_WRITTEN))


def _to_decide(stands: PollStanding, tied: tuple[str, ...]) -> tuple[str, ...]:
    """Among what there is something to decide when the poll is closed."""
    if stands.put.method in polling.BY_REASONS:
        named = {mark.option for answer in stands.answers for mark in answer.marks}
        return tuple(each.option for each in stands.put.options if each.option in named)
    return tied


urlpatterns = [
    path("teams/<str:team>/polls/<str:poll>", poll, name="poll"),
    path("teams/<str:team>/polls/<str:poll>/answer", answer_poll, name="answer-poll"),
    path("teams/<str:team>/polls/<str:poll>/close", close_poll, name="close-poll"),
    path("teams/<str:team>/polls/<str:poll>/call-off", call_poll_off, name="call-poll-off"),
]
