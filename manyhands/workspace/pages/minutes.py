"""The minutes of a meeting that was held, as a page and as a PDF; and a meeting as a file for people's calendars."""

import json
from datetime import timedelta
from importlib.resources import files
from typing import Any

import icalendar
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from manyhands import acts
from manyhands.rules.things import MeetingStanding
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.pages.meeting_parts import OUTCOMES, PARTS, Shown, dropped, find, shown_items
from manyhands.workspace.plain_words import moment
from manyhands.workspace.showing import show


@in_a_team
def minutes(asking: Asking, meeting: str) -> HttpResponse:
    """What was said and asked for, by item."""
    stands = _held(asking, meeting)
    return show(
        asking,
        "minutes.html",
        current="meetings",
        meeting=stands,
        items=shown_items(asking, stands),
        dropped=dropped(asking, stands),
        standing=asking.standing,
        missing=_missing(asking, stands),
        outcome_words={value: text for value, text, _ in OUTCOMES},
        part_words=dict(PARTS),
    )


@in_a_team
def minutes_pdf(asking: Asking, meeting: str) -> HttpResponse:
    """The same on paper: tagged, so that a screen reader reads it in order."""
    import typst  # 34 MB, which no other page needs

    stands = _held(asking, meeting)
    source = files("manyhands.workspace.typeset").joinpath("minutes.typ").read_bytes()
    pdf = typst.compile(
        source, format="pdf", sys_inputs={"minutes": json.dumps(_written(asking, stands))}, ignore_system_fonts=True
    )
    name = f"minutes-{stands.starts_at:%Y-%m-%d}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@in_a_team
def calendar(asking: Asking, meeting: str) -> HttpResponse:
    """The meeting for people's own calendars: when and where, and a line for who called it. Nothing about patients."""
    stands = find(asking, meeting)
    event = icalendar.Event()
    event.add("uid", f"{stands.meeting}@{asking.request.get_host()}")
    event.add("dtstamp", stands.ended_at or stands.circulated_at or asking.now)
    event.add("dtstart", stands.starts_at)
    event.add("dtend", stands.starts_at + timedelta(minutes=stands.minutes))
    event.add("summary", f"{stands.called or 'Meeting'} ({asking.names.team(asking.team)})")
    if stands.where:
        event.add("location", stands.where)
    event.add("description", f"Called by {asking.names.person(stands.by)}. The agenda is in Manyhands.")
    there = reverse("meeting", kwargs={"team": asking.team, "meeting": stands.meeting})
    event.add("url", asking.request.build_absolute_uri(there))
    event.add("status", "CANCELLED" if stands.ended == "called-off" else "CONFIRMED")
    file = icalendar.Calendar()
    file.add("prodid", "-//Manyhands//meetings//EN")
    file.add("version", "2.0")
    file.add_component(event)
    name = f"meeting-{stands.starts_at:%Y-%m-%d}.ics"
    return HttpResponse(
        file.to_ical(), content_type="text/calendar", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _held(asking: Asking, meeting: str) -> MeetingStanding:
    stands = find(asking, meeting)
    if stands.ended != "closed":
        raise Http404
    return stands


def _missing(asking: Asking, stands: MeetingStanding) -> list[str]:
    """The organisations of the team that nobody was there for."""
    there = {each.organisation for each in stands.attending}
    all_of_them = asking.standing.organisations(stands.starts_at)
    return [asking.names.organisation(each) for each in all_of_them if each not in there]


def _written(asking: Asking, stands: MeetingStanding) -> dict[str, Any]:
    """What the typesetter is handed."""
    names, parts = asking.names, dict(PARTS)
    return {
        "title": f"Minutes: {stands.called or 'a meeting'}",
        "team": names.team(asking.team),
        "when": f"{moment(stands.starts_at)}, {stands.minutes} minutes",
        "where": stands.where,
        "there": [
            f"{names.person(each.person)}, "
            + (f"{names.role(each.role)}, " if each.role else "")
            + names.organisation(each.organisation)
            + (f" ({parts[each.part.value].lower()})" if each.part is not acts.Part.TAKES_PART else "")
            for each in stands.attending
        ],
        "missing": _missing(asking, stands),
        "items": [_item(asking, each) for each in shown_items(asking, stands)],
        "dropped": [f"{what}: {because}" for what, because in dropped(asking, stands)],
        "made": f"From the record of {names.team(asking.team)}, closed {moment(stands.ended_at)}.",
    }


def _item(asking: Asking, each: Shown) -> dict[str, Any]:
    outcomes = {value: text for value, text, _ in OUTCOMES}
    assert each.ended is not None  # a meeting closes only when every item has an outcome
    return {
        "kind": each.kind,
        "called": each.called,
        "outcome": outcomes[each.ended.outcome.value],
        "said": each.ended.words,
        "recorded": f"Recorded by {asking.names.person(each.ended.recorded_by)}",
        "actions": [
            f"{held.what} ({asking.names.role(held.role)}; {asking.names.role(held.deputy_role)} stands in)"
            for held in (asking.standing.responsibilities[action] for action in each.ended.actions)
        ],
    }


urlpatterns = [
    path("teams/<str:team>/meetings/<str:meeting>/minutes", minutes, name="minutes"),
    path("teams/<str:team>/meetings/<str:meeting>/minutes.pdf", minutes_pdf, name="minutes-pdf"),
    path("teams/<str:team>/meetings/<str:meeting>/meeting.ics", calendar, name="meeting-calendar"),
]
