"""Stepping down from a role: what it would leave is said first, and only whoever is in the role can press."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from manyhands import who
from manyhands.pictures.departure_drill import Sort, left_bare_by
from manyhands.pictures.supposing import supposing
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.departures import finding
from manyhands.workspace.pages.belonging import page_of, show_belonging, stepping_down
from manyhands.workspace.showing import show
from manyhands.workspace.typed import identifier_typed


@in_a_team
def step_down(asking: Asking) -> HttpResponse:
    """The page that asks, and its button."""
    pressed = asking.request.method == "POST"
    role = who.Role(identifier_typed(asking.request.POST if pressed else asking.request.GET, "role"))
    known = role in asking.standing.roles
    if not pressed:
        return _ask(asking, role) if known else redirect(page_of(asking))
    return press(
        asking,
        stepping_down(asking, role),
        said=f"You are no longer in the role {asking.names.role(role)}.",
        then=page_of(asking),
        otherwise=lambda reasons: _ask(asking, role, reasons) if known else show_belonging(asking, {"": reasons}),
    )


def _ask(asking: Asking, role: who.Role, reasons: list[str] | None = None) -> HttpResponse:
    act = stepping_down(asking, role)
    in_the_way = asking.reasons_against(act)
    gone = asking.standing if in_the_way else supposing(asking.standing, act)
    left = left_bare_by(asking.standing, gone, asking.now)
    return show(
        asking,
        "step_down.html",
        current="board",
        errors={"": reasons} if reasons else {},
        role=role,
        in_the_way=in_the_way,
        empties=any(line.sort is Sort.ROLE for line in left),
        holderless=gone.roles[role].holder(asking.now) is None,
        away=[person for person in gone.people_in(role, asking.now) if gone.is_away(person, asking.now)],
        left=[finding(line, asking) for line in left if line.sort is not Sort.ROLE],
        staying=gone.present_in(role, asking.now),
    )


urlpatterns = [path("teams/<str:team>/members/step-down", step_down, name="step-down")]
