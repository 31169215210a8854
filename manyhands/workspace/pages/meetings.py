"""Meetings: those to come and those held; and the form that calls the team together."""

from datetime import date, datetime, time

from django.http import HttpResponse
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.pictures.my_work import is_left_open
from manyhands.rules.days import HERE
from manyhands.rules.polling import chosen_of
from manyhands.rules.refusals import Refusal
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.reasons import by_field
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button
from manyhands.workspace.typed import boxes_typed, day_typed, words_typed

Errors = dict[str, list[str]]
USUAL_MINUTES = "60"


@in_a_team
def meetings(asking: Asking) -> HttpResponse:
    """Every meeting of the team: those left open and to come first, the next at the top; then those that were held."""
    everything = sorted(asking.standing.meetings.values(), key=lambda meeting: meeting.starts_at)
    return show(
        asking,
        "meetings.html",
        current="meetings",
        coming=[meeting for meeting in everything if meeting.ended is None],
        left_open=[meeting for meeting in everything if is_left_open(meeting, asking.now)],
        over=[meeting for meeting in reversed(everything) if meeting.ended is not None],
    )


@in_a_team
def call_meeting(asking: Asking) -> HttpResponse:
    """Call the team together."""
    typed = asking.request.POST
    if asking.request.method != "POST":
        return _form(asking)
    errors = no_such_days(typed, {"on": "The day"}) | too_long(typed)
    on, at, minutes = day_typed(typed, "on"), time_typed(typed.get("at", "")), typed.get("minutes", "")
    if on is None and "on" not in errors:
        errors["on"] = ["Choose the day of the meeting."]
    if at is None:
        errors["at"] = ["Write the time that it begins, such as 14:30."]
    if not (minutes.isascii() and minutes.isdecimal() and len(minutes) < 5):
        errors["minutes"] = ["Write how many minutes it takes, in numbers."]
    if errors or on is None or at is None:
        again = _form(asking, errors)
        again.status_code = 422
        return again
    act = acts.CallMeeting(
        **asking.speaking(),
        meeting=who.Meeting(new_identifier()),
        called=acts.Words(words_typed(typed, "called")),
        starts_at=moment_of(on, at),
        minutes=int(minutes),
        where=acts.Words(words_typed(typed, "where")),
    )
    return press(
        asking,
        act,
        said="The meeting is called. Its agenda makes itself from what is open.",
        then=reverse("meeting", kwargs={"team": asking.team, "meeting": act.meeting}),
        otherwise=lambda reasons: _form(asking, by_field(asking, act, reasons, _field_of)),
    )


def time_typed(text: str) -> time | None:
    try:
        return time.fromisoformat(text.strip().zfill(5)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def moment_of(on: date, at: time) -> datetime:
    return datetime.combine(on, at, HERE)


def boxes_of(on: date) -> dict[str, str]:
    """A day as the three boxes of a form hold it."""
    return {"day": str(on.day), "month": str(on.month), "year": str(on.year)}


def _field_of(refusal: Refusal) -> str:
    return {"words-needed": "called", "meeting-in-the-past": "on", "meeting-too-long": "minutes"}.get(refusal.code, "")


def _of_a_poll(asking: Asking) -> datetime | None:
    """The time that a poll found, where the form is opened from one."""
    poll = asking.standing.polls.get(who.Poll(asking.request.GET.get("poll", "")))
    chosen = [poll.option(each) for each in chosen_of(poll)] if poll is not None else []
    times = [each.starts_at.astimezone(HERE) for each in chosen if each is not None and each.starts_at is not None]
    return next(iter(times), None)


def _form(asking: Asking, errors: Errors | None = None) -> HttpResponse:
    typed, found = asking.request.POST, _of_a_poll(asking)
    speaking = button(
        asking,
        lambda fields: acts.CallMeeting(
            **fields,
            meeting=who.Meeting("(a meeting to be called)"),
            called=TO_BE_WRITTEN,
            starts_at=asking.now,
            minutes=int(USUAL_MINUTES),
        ),
    )
    return show(
        asking,
        "call_meeting.html",
        current="meetings",
        errors=errors or {},
        called=typed.get("called", ""),
        on=boxes_of(found) if found else boxes_typed(typed, "on"),
        at=f"{found:%H:%M}" if found else typed.get("at", ""),
        minutes=typed.get("minutes", USUAL_MINUTES),
        where=typed.get("where", ""),
        speaking=speaking,
    )


urlpatterns = [
    path("teams/<str:team>/meetings", meetings, name="meetings"),
    path("teams/<str:team>/meetings/new", call_meeting, name="call-meeting"),
]
