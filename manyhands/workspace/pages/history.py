"""
History: every act of the team in a sentence, to be looked through by proposal, person, role, organisation, kind and
day; whether the record still fits; and words removed, and removing them.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import path, reverse
from django.utils.http import urlencode

from manyhands import acts, who
from manyhands.log.read import brought_forward, digests
from manyhands.log.verify import Checked, verify
from manyhands.pictures import history as picture
from manyhands.pictures.history import History, Line, Wanted
from manyhands.pictures.kept_back import line_as_seen
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.showing import show
from manyhands.workspace.typed import boxes_typed, day_typed, words_typed

ON_A_PAGE = 50
FILTERS = ("proposal", "person", "role", "organisation", "kind")

KINDS = {
    "convene": "Bringing the team together",
    "invite": "Inviting",
    "join": "Joining",
    "leave": "Leaving",
    "remove": "Taking off the team",
    "create-role": "Creating a role",
    "hold": "Taking a role",
    "deputise": "Becoming a deputy",
    "step-down": "Stepping down",
    "be-away": "Being away",
    "come-back": "Coming back",
    "gather": "Gathering a group",
    "include": "Adding to a group",
    "release": "Letting go from a group",
    "raise": "Raising a matter",
    "propose": "Proposing",
    "amend": "Changing a proposal",
    "comment": "Commenting",
    "consent": "Consenting",
    "consent-with-concern": "Consenting with a concern",
    "consent-if": "Consenting on a condition",
    "object": "Raising a safety concern",
    "stand-aside": "Standing aside",
    "give-no-view": "Giving no view",
    "record-position": "Writing down what somebody said",
    "confirm-position": "Confirming what was written down",
    "correct-position": "Correcting what was written down",
    "be-moved": "Saying what moved one",
    "fulfil": "Fulfilling a condition",
    "test-objection": "Saying what a safety concern states",
    "lower-to-concern": "Making a safety concern a concern",
    "resolve": "Resolving a safety concern",
    "withdraw-objection": "Taking back a safety concern",
    "agree": "Agreeing",
    "proceed-without": "Deciding without an organisation",
    "withdraw": "Taking back a proposal",
    "open-poll": "Asking in a poll",
    "answer-poll": "Answering a poll",
    "close-poll": "Closing a poll",
    "call-poll-off": "Calling a poll off",
    "call-meeting": "Calling a meeting",
    "circulate": "Putting an agenda before everyone",
    "put-on": "Putting something on an agenda",
    "drop": "Taking something off an agenda",
    "reorder": "Putting an agenda in order",
    "attend": "Being in a meeting",
    "not-there": "Not being in a meeting after all",
    "conclude": "Recording what came of an item",
    "close-meeting": "Closing a meeting",
    "call-off": "Calling a meeting off",
    "publish": "Publishing a paper",
    "revise": "Publishing a paper's next version",
    "open-to": "Opening a paper to others",
    "discuss": "Saying something about a paper",
    "retract": "Taking back what one said",
    "settle": "Settling a question",
    "take-up": "Taking up what was said",
    "take-down": "Taking a paper down",
    "open-review": "Asking for a review",
    "answer-review": "Answering in a review",
    "renew": "Renewing a decision",
    "replace": "Changing a decision",
    "end": "Ending a decision",
    "share-credit": "Sharing a page of thanks",
    "stop-sharing": "Taking a shared page back",
    "ask": "Asking a role",
    "take-on": "Taking on",
    "decline": "Declining",
    "report": "Reporting",
    "report-on-people": "Reporting on people of a group",
    "complete": "Completing",
    "hand-over": "Offering to hand over",
    "accept": "Accepting",
    "give-back": "Returning",
    "take-back": "Taking an offer back",
    "withhold": "Removing words",
}
"""Every kind of act, as the filter calls it."""


@dataclass(frozen=True)
class Shown:
    """A line as it is read: who, as what, and what they did; the beginning of its digest."""

    line: Line
    sentence: str
    as_whom: str
    digest: str


@in_a_team
def history(asking: Asking) -> HttpResponse:
    """Every act of the team, newest first unless asked otherwise."""
    return show_history(asking, asking.request.GET)


def show_history(asking: Asking, typed: QueryDict, **more: Any) -> HttpResponse:
    told = _as_seen(brought_forward(asking.team, picture.fold), asking)
    checked = _checked(typed.get("check", ""), told, asking)
    errors = more.pop("errors", {})
    days = _days(typed, errors)
    filtered = {each: typed.get(each, "") for each in FILTERS}
    wanted = Wanted(**filtered, since=days["since"], until=days["until"])
    oldest_first = typed.get("order") == "oldest"
    found = picture.lines(told, wanted, newest_first=not oldest_first)
    last = max(1, -(-len(found) // ON_A_PAGE))
    here = min(_page_asked(typed.get("page", "")), last)
    return show(
        asking,
        "history.html",
        current="history",
        errors=errors,
        typed=typed,
        shown=_shown(found[(here - 1) * ON_A_PAGE : here * ON_A_PAGE], asking),
        number_found=len(found),
        here=here,
        last=last,
        address=f"?{urlencode(_kept(typed))}&page=",
        oldest_first=oldest_first,
        filters=_filters(told, asking),
        since=boxes_typed(typed, "since"),
        until=boxes_typed(typed, "until"),
        is_filtered=wanted != Wanted(),
        checked=checked,
        removed=picture.removed_up_to(told, checked.fitting) if checked else [],
        **more,
    )


def _as_seen(told: History, asking: Asking) -> History:
    """The history without what others have answered where everybody still gives their own view first."""
    if not any(stands.is_independent(asking.now) for stands in asking.standing.proposals.values()):
        return told
    lines = {
        number: line_as_seen(line, told.called, asking.standing, asking.person, asking.now)
        for number, line in told.lines.items()
    }
    return replace(told, lines=lines)


def _page_asked(number: str) -> int:
    return max(1, int(number)) if number.isdecimal() and len(number) < 10 else 1


def _days(typed: QueryDict, errors: dict[str, Any]) -> dict[str, date | None]:
    """The days that lines are wanted from and until; what is no day is said, and not filtered by."""
    days: dict[str, date | None] = {"since": None, "until": None}
    for name in ("since", "until"):
        if any(boxes_typed(typed, name).values()):
            days[name] = day_typed(typed, name)
            if days[name] is None:
                errors[name] = "Write a day that there is, such as 27 3 2026, or leave it empty."
    return days


def _kept(typed: QueryDict) -> dict[str, str]:
    """What is asked for, without which page of it."""
    asked = (*FILTERS, "order", *(f"{end}-{part}" for end in ("since", "until") for part in ("day", "month", "year")))
    return {each: str(typed[each]) for each in asked if typed.get(each)}


def _shown(lines: list[Line], asking: Asking) -> list[Shown]:
    known = digests(asking.team, [line.number for line in lines])
    return [
        Shown(line, line.told.say(asking.names), _as_whom(line, asking), known.get(line.number, "")[:12])
        for line in lines
    ]


def _as_whom(line: Line, asking: Asking) -> str:
    """For which organisation and in which role somebody acted, and whether as its deputy."""
    organisation = asking.names.organisation(line.for_organisation)
    role = asking.standing.roles.get(line.in_role) if line.in_role else None
    if role is None:
        return f"for {organisation}"
    deputy = ", as deputy" if role.holder(line.at) not in (line.by, None) else ""
    return f"for {organisation} as {asking.names.role(role.role)}{deputy}"


def _filters(told: History, asking: Asking) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What can be chosen in each filter: only what there are lines of."""
    names, lines = asking.names, told.lines.values()
    questions = [(str(p), question) for p, question in told.called.questions.items()]
    people = {(str(p), names.person(p)) for line in lines for p in line.people}
    roles = {(str(r), names.role(r)) for line in lines for r in line.roles}
    organisations = {(str(o), names.organisation(o)) for line in lines for o in line.organisations}
    kinds = {(line.kind, KINDS.get(line.kind, "Answering, not seen yet")) for line in lines}
    return [
        (name, label, sorted(options, key=lambda option: option[1].casefold()))
        for name, label, options in (
            ("proposal", "About the proposal", questions),
            ("person", "By or about the person", people),
            ("role", "In or about the role", roles),
            ("organisation", "For or about the organisation", organisations),
            ("kind", "What was done", kinds),
        )
    ]


# ---- checking ----------------------------------------------------------------------------------------------------


def _checked(asked: str, told: History, asking: Asking) -> Checked | None:
    """The whole record checked ("all"), or one decision: everything up to the entry that closed it."""
    if asked == "all":
        return next(iter(verify(asking.team)))
    number = picture.number_of_decision(told, who.Proposal(asked)) if asked else None
    return next(iter(verify(asking.team, number))) if number else None


# ---- removing words ----------------------------------------------------------------------------------------------


@in_a_team
def remove_words(asking: Asking, number: int) -> HttpResponse:
    """Remove what was written in an entry, saying why: the page that asks, and its button."""
    told = _as_seen(brought_forward(asking.team, picture.fold), asking)
    line = told.lines.get(number)
    if line is None or not (line.has_words or line.removed):
        raise Http404
    if asking.request.method != "POST":
        return _show_removing(asking, line)
    because = acts.Words(words_typed(asking.request.POST, "because"))
    return press(
        asking,
        acts.Withhold(**asking.speaking(), number=number, because=because),
        said=f"What was written in entry {number} is removed. That it was, when and why stays on the record.",
        then=reverse("history", kwargs={"team": asking.team}),
        otherwise=partial(_show_removing, asking, line),
    )


def _show_removing(asking: Asking, line: Line, reasons: list[str] | None = None) -> HttpResponse:
    supposed = acts.Withhold(**asking.speaking(), number=line.number, because=TO_BE_WRITTEN)
    return show(
        asking,
        "remove_words.html",
        current="history",
        errors={"because": reasons} if reasons else {},
        typed=asking.request.POST,
        each=_shown([line], asking)[0],
        in_the_way=asking.reasons_against(supposed),
    )


urlpatterns = [
    path("teams/<team>/history", history, name="history"),
    path("teams/<team>/history/<int:number>/remove-words", remove_words, name="remove-words"),
]
