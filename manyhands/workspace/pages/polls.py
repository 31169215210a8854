"""Polls: those that are open and those that were counted; which method when; and the form that opens one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.counting import METHODS
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals
from manyhands.rules import polling
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.workspace.actions import press
from manyhands.workspace.affected import affected_choices
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.pages.meetings import boxes_of
from manyhands.workspace.polls_typed import (
    BY_ORDER,
    WHEN_TO_USE,
    Errors,
    PollDraft,
    act_of,
    field_of,
    is_a_poll,
    poll_typed,
    to_begin_with,
    wrong_with,
)
from manyhands.workspace.reasons import by_field
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import Button, button, role_choices

USUAL = timedelta(days=7)
"""How long a poll is open unless somebody says otherwise: until the team has met once."""

INDEPENDENT = (
    ("yes", "Yes", "Nobody sees another’s answer until each has answered, or the time is up."),
    ("no", "No", "Answers are seen as they come."),
)
RESULTS = (
    ("at-once", "As answers come"),
    ("once-answered", "Once somebody has answered themselves"),
    ("the-end", "When the poll is closed"),
)
TIES = (
    ("", "A tie is the result", "Nothing is drawn by lot. You decide together how to go on."),
    (BY_ORDER, "The option listed first goes before", "This order is printed on the ballot."),
)
LEFT_OUT = {"last": "They count as below all others", "no-opinion": "They are no opinion"}


@in_a_team
def polls(asking: Asking) -> HttpResponse:
    """Every poll of the team: those that are open first, the first to close at the top; then those that ended."""
    everything = asking.standing.polls.values()
    return show(
        asking,
        "polls.html",
        current="board",
        open_polls=sorted((each for each in everything if each.is_open), key=lambda each: each.put.closes_on),
        over=sorted((each for each in everything if not each.is_open), key=lambda each: -each.number),
        methods=METHODS,
        waits={each.poll: polling.organisations_yet_to_answer(each) for each in everything},
        chosen={each.poll: [_option(asking, each.option(o)) for o in polling.chosen_of(each)] for each in everything},
    )


def _option(asking: Asking, choice: acts.Choice | None) -> str:
    if choice is None:
        return ""
    return asking.names.person(choice.person) if choice.person else choice.words


@in_a_team
def open_poll(asking: Asking) -> HttpResponse:
    """Choose a method, then ask by it."""
    method = asking.request.POST.get("method", "") or asking.request.GET.get("method", "")
    if asking.request.method != "POST":
        if method == polling.CONSENT:
            return redirect("propose", team=asking.team)
        return _form(asking, _begun(asking, method)) if is_a_poll(method) else _methods(asking)
    typed = asking.request.POST
    if not is_a_poll(method):
        return _again(_methods(asking, {"method": ["Choose how the answers are counted."]}))
    draft = poll_typed(typed, method)
    if "more" in typed:
        return _form(asking, draft.with_more_times)
    act = act_of(asking, draft, typed)
    if errors := wrong_with(draft, typed):
        against = by_field(asking, act, asking.reasons_against(act), _field_of(draft))
        return _again(_form(asking, draft, against | errors))
    return press(
        asking,
        act,
        said="The poll is open. Every organisation that you chose is asked now.",
        then=reverse("poll", kwargs={"team": asking.team, "poll": act.poll}),
        otherwise=lambda reasons: _form(asking, draft, by_field(asking, act, reasons, _field_of(draft))),
    )


def _field_of(draft: PollDraft) -> Callable[[Refusal], str]:
    """The box that each reason is about. What a method has against its options may be about how many are chosen."""

    def field(refusal: Refusal) -> str:
        named = field_of(refusal.code, dict(refusal.words).get("what", ""))
        if named == "options" and draft.known.several and "chosen" in dict(refusal.words).get("why", ""):
            return "places"
        return {"options": {"times": "time-1-at", "role": "role", "": ""}.get(draft.is_about, "options")}.get(
            named, named
        )

    return field


def _begun(asking: Asking, method: str) -> PollDraft:
    could = tuple(value for value, _, _, disabled in affected_choices(asking) if not disabled)
    closes = day_of(asking.now + USUAL)
    draft = to_begin_with(asking, method, could, boxes_of(closes))
    matter = brought_forward(asking.team, proposals.fold).matters.get(who.Matter(draft.matter))
    return draft if matter is None else replace(draft, question=matter.words, group=matter.group or draft.group)


def _methods(asking: Asking, errors: Errors | None = None) -> HttpResponse:
    return show(
        asking,
        "choose_method.html",
        current="board",
        errors=errors or {},
        methods=[(METHODS[code], when) for code, when in WHEN_TO_USE.items()],
        about={name: asking.request.GET[name] for name in ("matter", "group") if name in asking.request.GET},
    )


def _form(asking: Asking, draft: PollDraft, errors: Errors | None = None) -> HttpResponse:
    groups = [(str(group.group), group.called or "A group") for group in asking.standing.groups.values()]
    return show(
        asking,
        "open_poll.html",
        current="board",
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        draft=draft,
        method=draft.known,
        speaking=_button(asking, draft),
        asked_choices=affected_choices(asking),
        role_choices=role_choices(asking),
        group_choices=[("", "No group"), *groups],
        left_out_choices=[(rule.value, LEFT_OUT[rule], words) for rule, words in draft.known.leaving_out],
        steps_choices=[(str(steps), f"{steps} steps") for steps in draft.known.steps],
        tie_choices=TIES,
        independent_choices=INDEPENDENT,
        results_choices=RESULTS,
    )


def _button(asking: Asking, draft: PollDraft) -> Button:
    """Whether whoever asks could ask anything at all: a poll that has all it needs, but for its words."""
    could = [value for value, _, _, disabled in affected_choices(asking) if not disabled]
    return button(
        asking,
        lambda fields: acts.OpenPoll(
            **fields,
            poll=who.Poll("(a poll to be opened)"),
            method=polling.ADVICE,
            question=TO_BE_WRITTEN,
            asked=tuple(map(who.Organisation, could)),
            closes_on=day_of(asking.now),
        ),
    )


def _again(page: HttpResponse) -> HttpResponse:
    page.status_code = 422
    return page


urlpatterns = [
    path("teams/<str:team>/polls", polls, name="polls"),
    path("teams/<str:team>/polls/new", open_poll, name="open-poll"),
]
