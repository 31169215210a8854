"""
A poll as it stands in the form that opens it: which questions its method needs, what was typed, and the act that it
makes.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from manyhands import acts, who
from manyhands.counting import METHODS, Method, Result
from manyhands.counting.method import Asks
from manyhands.rules.polling import ADVICE, CONSENT, ROLE_SELECTION, TIME_POLL
from manyhands.workspace.asking import Asking, new_identifier
from manyhands.workspace.drafts import AS_NOW, CARRY_ON, MOST_AFFECTED, no_such_days, too_long
from manyhands.workspace.pages.meetings import moment_of, time_typed
from manyhands.workspace.plain_words import moment
from manyhands.workspace.typed import boxes_typed, day_typed, identifier_typed, identifiers_typed, words_typed

Errors = dict[str, list[str]]
MOST_TIMES = 12
BY_ORDER = "as-listed"
"""Ties go by the order in which the options are listed; otherwise they are reported."""

WHEN_TO_USE = {
    "consent": "To change how we care for a group",
    "advice": "Inside one role’s own domain",
    "gradients": "To see how far apart we are",
    "schulze": "To choose one of several workable options",
    "ranked-rounds": "To choose one of several, round by round",
    "approval": "To choose one or several, by ticking",
    "proportional-approval": "To choose several, with a share for everybody",
    "single-transferable-vote": "To choose several, in order of preference",
    "score": "To rate options with a number",
    "majority-judgement": "To rate options in words",
    "role-selection": "To fill a role or a deputy’s place",
    "time-poll": "To find when to meet",
}
"""Which method when, in a few words: every method there is, the default first."""


@dataclass(frozen=True)
class TimeRow:
    """The boxes of one time to meet."""

    on: dict[str, str] = field(default_factory=dict)
    at: str = ""

    @property
    def is_empty(self) -> bool:
        return not (any(self.on.values()) or self.at.strip())


@dataclass(frozen=True)
class PollDraft:
    """Everything in the form, as typed."""

    method: str
    question: str = ""
    options: str = ""
    carry_on: bool = True
    times: tuple[TimeRow, ...] = (TimeRow(), TimeRow(), TimeRow())
    role: str = ""
    asked: tuple[str, ...] = ()
    group: str = ""
    matter: str = ""
    places: str = "1"
    unranked: str = "last"
    ties: str = ""
    steps: str = ""
    closes: dict[str, str] = field(default_factory=dict)
    independent: str = "yes"
    results: str = "at-once"

    @property
    def known(self) -> Method[Result]:
        return METHODS[self.method]

    @property
    def asks_options(self) -> bool:
        return self.known.asks in (Asks.ORDER, Asks.TICK, Asks.CHOOSE) and self.method != TIME_POLL

    @property
    def way_back(self) -> bool:
        """Whether "carry on as now" is among the options: always where one of several is chosen."""
        return self.asks_options and (self.known.way_back or self.carry_on)

    @property
    def with_more_times(self) -> "PollDraft":
        return replace(self, times=(*self.times, TimeRow(), TimeRow())[:MOST_TIMES])

    @property
    def is_about(self) -> str:
        """What the method needs besides: "options", "times", "role", or nothing."""
        if self.asks_options:
            return "options"
        return {TIME_POLL: "times", ROLE_SELECTION: "role"}.get(self.method, "")


def is_a_poll(method: str) -> bool:
    return method in METHODS and method != CONSENT


def poll_typed(typed: QueryDict, method: str) -> PollDraft:
    """The form as it was sent."""
    rows = max((n for n in range(1, MOST_TIMES + 1) if f"time-{n}-at" in typed), default=3)
    return PollDraft(
        method=method,
        question=words_typed(typed, "question"),
        options=words_typed(typed, "options"),
        carry_on=typed.get("carry-on", "") == "yes",
        times=tuple(
            TimeRow(boxes_typed(typed, f"time-{n}"), typed.get(f"time-{n}-at", "")[:20]) for n in range(1, rows + 1)
        ),
        role=identifier_typed(typed, "role"),
        asked=identifiers_typed(typed, "asked", MOST_AFFECTED),
        group=identifier_typed(typed, "group"),
        matter=identifier_typed(typed, "matter"),
        places=typed.get("places", "1")[:20],
        unranked=typed.get("unranked", "last")[:20],
        ties=typed.get("ties", "")[:20],
        steps=typed.get("steps", "")[:20],
        closes=boxes_typed(typed, "closes"),
        independent=typed.get("independent", "no")[:20],
        results=typed.get("results", "at-once")[:20],
    )


def wrong_with(draft: PollDraft, typed: QueryDict) -> Errors:
    """What is wrong with what was typed, before any rule is asked."""
    days = {"closes": "The last day for answers"} | {f"time-{n}": f"Time {n}" for n in range(1, len(draft.times) + 1)}
    errors = no_such_days(typed, days) | too_long(typed)
    if day_typed(typed, "closes") is None:
        errors.setdefault("closes", ["Choose the last day for answers."])
    if number(draft.places) is None:
        errors["places"] = ["Write how many are to be chosen, in numbers."]
    for n, row in enumerate(draft.times, 1):
        if draft.is_about == "times" and not row.is_empty:
            if day_typed(typed, f"time-{n}") is None:
                errors.setdefault(f"time-{n}", [f"Choose the day of time {n}."])
            if time_typed(row.at) is None:
                errors[f"time-{n}-at"] = [f"Write when time {n} begins, such as 14:30."]
    return errors


def number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def act_of(asking: Asking, draft: PollDraft, typed: QueryDict) -> acts.OpenPoll:
    """The act of opening the poll; for a form that `wrong_with` finds nothing in, or to ask what else is in the way."""
    closes, options = day_typed(typed, "closes"), _options(asking, draft, typed)
    return acts.OpenPoll(
        **asking.speaking(),
        poll=who.Poll(new_identifier()),
        method=draft.method,
        question=acts.Words(draft.question),
        options=options,
        asked=tuple(map(who.Organisation, draft.asked)),
        closes_on=closes or asking.now.date(),
        group=who.Group(draft.group) if draft.group else None,
        matter=who.Matter(draft.matter) if draft.matter else None,
        role=who.Role(draft.role) if draft.is_about == "role" and draft.role else None,
        places=(number(draft.places) or 0) if draft.known.several else 1,
        unranked=draft.unranked if draft.known.leaving_out else "last",
        ties_go_by=tuple(each.option for each in options) if draft.known.can_tie and draft.ties == BY_ORDER else (),
        steps=number(draft.steps) if draft.known.steps and draft.steps else None,
        independent_first=draft.independent == "yes",
        results_from=draft.results,
    )


def _options(asking: Asking, draft: PollDraft, typed: QueryDict) -> tuple[acts.Choice, ...]:
    if draft.is_about == "options":
        lines = (line.strip() for line in draft.options.split("\n"))
        written = (acts.Choice(option=str(n), words=acts.Words(line)) for n, line in enumerate(filter(None, lines), 1))
        as_now = acts.Choice(option=AS_NOW, words=CARRY_ON, carry_on=True)
        return (*((as_now,) if draft.way_back else ()), *written)
    if draft.is_about == "times":
        return tuple(_time(at, n) for n, at in enumerate(sorted(set(_times(draft, typed))), 1))
    return tuple(_people(asking, draft)) if draft.is_about == "role" else ()


def _times(draft: PollDraft, typed: QueryDict) -> "list[datetime]":
    both = ((day_typed(typed, f"time-{n}"), time_typed(row.at)) for n, row in enumerate(draft.times, 1))
    return [moment_of(on, at) for on, at in both if on is not None and at is not None]


def _time(at: datetime, number: int) -> acts.Choice:
    return acts.Choice(option=f"time-{number}", words=acts.Words(f"{at:%A} {moment(at)}"), starts_at=at)


def _people(asking: Asking, draft: PollDraft) -> "list[acts.Choice]":
    """Everybody who is here for the role's organisation can be named."""
    role = asking.standing.roles.get(who.Role(draft.role))
    here = asking.standing.members(asking.now) if role else ()
    able = [each for each in here if role and role.organisation in asking.standing.organisations_of(each, asking.now)]
    return [acts.Choice(option=str(each), person=each) for each in able]


def field_of(code: str, words: str) -> str:
    """The box that a reason against opening is about."""
    boxes = {
        "nobody-is-asked": "asked",
        "nobody-can-speak-for": "asked",
        "closes-in-the-past": "closes",
        "cannot-be-asked-so": "options",
        "time-has-passed": "time-1-at",
        "not-here-for": "role",
    }
    written = {"the question": "question", "each option": "options", "the day and the time of each option": "time-1-at"}
    return written.get(words) or boxes.get(code) or ("role" if (code, words) == ("nothing-like-it", "role") else "")


def to_begin_with(asking: Asking, method: str, asked: tuple[str, ...], closes: dict[str, str]) -> PollDraft:
    """An empty form; it may be about a matter or a group that the address names."""
    typed, standing = asking.request.GET, asking.standing
    matter, group = typed.get("matter", ""), typed.get("group", "")
    return PollDraft(
        method=method,
        asked=asked,
        closes=closes,
        matter=matter if matter in standing.matters else "",
        group=group if group in standing.groups else "",
        carry_on=METHODS[method].way_back or METHODS[method].several,
        independent="no" if method in (TIME_POLL, ADVICE) else "yes",
    )


def marks_typed(typed: QueryDict, put: acts.OpenPoll) -> tuple[acts.Marked, ...]:
    """
    The marks on a ballot as it was sent. A number that is none is minus one, which no method takes: the rule says so.
    """
    asks = METHODS[put.method].asks
    if asks in (Asks.TICK, Asks.NAME):
        there = [choice.option for choice in put.options]
        ticked = dict.fromkeys(each for each in typed.getlist("marked")[:200] if each in there)
        return tuple(acts.Marked(option=each, mark=1) for each in ticked)
    given: dict[str, Any] = {each.option: typed.get(f"mark-{each.option}", "").strip() for each in put.options}
    numbers = {option: number(text) for option, text in given.items() if text}
    return tuple(acts.Marked(option=o, mark=-1 if mark is None else mark) for o, mark in numbers.items())
