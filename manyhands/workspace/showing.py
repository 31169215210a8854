"""Putting a page of a team together: what stands around it, and its own content."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from manyhands.rules.days import day_of
from manyhands.workspace.asking import Asking

PAGES = (
    ("My work", "my-work"),
    ("Team", "board"),
    ("Meetings", "meetings"),
    ("Find people", "find-people"),
    ("Groups", "groups"),
    ("Papers", "papers"),
    ("Hand-over", "hand-over"),
    ("What if … left?", "what-if"),
    ("Leading", "leading"),
    ("Records", "records"),
    ("History", "history"),
)
"""The pages in the navigation, by what people call them and the name of their address."""


OF_NO_TEAM = ("my-work", "papers")
"""Of these, pages that are about all of somebody's teams."""


def navigation(team: str, current: str) -> list[dict[str, object]]:
    return [
        {
            "text": text,
            "href": reverse(name, kwargs={} if name in OF_NO_TEAM else {"team": team}),
            "current": name == current,
        }
        for text, name in PAGES
    ]


def of_no_team(text: str, name: str) -> list[dict[str, object]]:
    """The way back from a page that is of no team."""
    return [
        {"text": "My work", "href": reverse("my-work"), "current": False},
        {"text": text, "href": reverse(name), "current": True},
    ]


def show(asking: Asking, template: str, current: str = "", **content: Any) -> HttpResponse:
    """
    A page of a team. In every template: `asking`, `names` (names.person(…), names.role(…)), `team`, `today`,
    `navigation`. `errors` goes to the summary at the top: {field: message}, or {"": [messages]}.
    """
    around = {
        "asking": asking,
        "names": asking.names,
        "team": asking.team,
        "today": day_of(asking.now),
        "navigation": navigation(asking.team, current),
    }
    return render(asking.request, template, around | content)
