"""My work: what waits for me over all my teams, as whom I would act, and where I am invited."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from manyhands import who
from manyhands.log.read import several
from manyhands.people.models import Person
from manyhands.people.naming import names_in
from manyhands.pictures import proposals, who_holds_what
from manyhands.pictures.my_work import Work
from manyhands.pictures.my_work import my_work as picture
from manyhands.pictures.who_holds_what import Held, whose
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing
from manyhands.workspace.my_teams import teams_of
from manyhands.workspace.showing import navigation

MOST_WAITING = 30
"""Things of a kind from each team; nobody reads more at once, and all of them are on the board."""

MOST_HELD = 40
"""Rows of what is held here; the whole of it is on each team's board."""


@dataclass(frozen=True)
class HeldHere:
    """One row of "What we hold": whose it is is said in words."""

    team: who.Team
    held: Held
    whose: str


@dataclass(frozen=True)
class InATeam:
    """What waits in one team, and how things stand there, for the names of groups and questions."""

    work: Work
    standing: Standing


@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)  # login_required has seen to it
    person, now = who.Person(request.user.id), timezone.now()
    mine = teams_of(person, now)
    told, carried = several(mine.standings, proposals.fold), several(mine.standings, who_holds_what.fold)
    works = [
        InATeam(picture(team, person, told[team], carried[team], standing, now), standing)
        for team, standing in mine.standings.items()
    ]
    names = names_in([*mine.standings, *(invitation.team for invitation in mine.invitations)])
    held = [
        HeldHere(each.work.team, held, whose(held, person, each.standing, now))
        for each in works
        for held in (*each.work.to_do, *each.work.others)
    ]
    order = ("mine", "my-organisation's", "my-team's")
    held.sort(key=lambda each: (order.index(each.whose), -each.held.days_overdue, -each.held.days_waiting))
    about = {
        "me": person,
        "now": now,
        "today": day_of(now),
        "works": works,
        "waiting": sum(each.work.waiting for each in works),
        "invitations": mine.invitations,
        "names": names,
        "most": MOST_WAITING,
        "held": held[:MOST_HELD],
        "held_in_all": len(held),
        "away_until": [each.standing.away_until(person, now) for each in works if each.standing.is_away(person, now)],
        "navigation": _navigation(mine.standings, names.teams),
    }
    return render(request, "my_work.html", about)


def _navigation(teams: dict[who.Team, Standing], names: dict[str, str]) -> list[dict[str, object]]:
    """With one team, its pages; with several, the way to each."""
    if len(teams) == 1:
        return navigation(next(iter(teams)), "my-work")
    boards = [
        {"text": names.get(team, "A team"), "href": reverse("board", kwargs={"team": team}), "current": False}
        for team in teams
    ]
    return [{"text": "My work", "href": reverse("my-work"), "current": True}, *boards]


urlpatterns = [path("", my_work, name="my-work")]
