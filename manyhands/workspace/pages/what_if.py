"""
What if … left? What would be left bare without a member, a role or an organisation, and what would mend it; and how
well everything is covered now.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode

from manyhands import acts, who
from manyhands.pictures import departure_drill
from manyhands.pictures.departure_drill import Departure, Drill, Leaver, Line
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.departures import called, drill_in_words, finding
from manyhands.workspace.showing import show
from manyhands.workspace.typed import boxes_typed, day_typed, identifier_typed


@in_a_team
def what_if(asking: Asking) -> HttpResponse:
    """Ask what would be left bare, for anyone and anything; or see how everything is covered."""
    return show_what_if(asking, asking.request.GET)


def show_what_if(asking: Asking, typed: QueryDict, reasons: list[str] | None = None) -> HttpResponse:
    at, errors = _moment(typed, asking)
    if reasons:
        errors[""] = reasons
    departure = departure_typed(typed.get("who", ""), asking.standing, asking.now)
    if "who" in typed and departure is None:
        errors["who"] = "Choose who or what might go."
    by_role = _by_each(Leaver.ROLE, at, asking)
    by_organisation = _by_each(Leaver.ORGANISATION, at, asking)
    everybody = {
        "at": at,
        "coverage": departure_drill.coverage(asking.standing, at),
        "people": _by_name(asking),
        "drills_of_roles": by_role,
        "drills_of_organisations": by_organisation,
        "most": max((len(d.left) + len(d.hanging) for _, _, d in (*by_role, *by_organisation)), default=0) or 1,
        "hanging_on": [
            (person, [finding(line, asking) for line in lines])
            for person, lines in _sorted(departure_drill.hanging_on(asking.standing, at), asking)
            if lines
        ],
    }
    return show(
        asking,
        "what_if.html",
        current="what-if",
        wide=True,
        errors=errors,
        typed=typed,
        on=boxes_typed(typed, "on"),
        choices=_choices(asking),
        chosen=typed.get("who", "") if departure else "",
        drilled=drill_in_words(departure, at, asking) if departure else None,
        **everybody,
    )


def _moment(typed: QueryDict, asking: Asking) -> tuple[datetime, dict[str, str | list[str]]]:
    """The moment to ask about: now, unless a day to come was typed."""
    if not any(boxes_typed(typed, "on").values()):
        return asking.now, {}
    on = day_typed(typed, "on")
    if on is None:
        return asking.now, {"on": "Write a day that there is, such as 27 3 2026, or leave it empty for today."}
    if on < day_of(asking.now):
        return asking.now, {"on": "This looks ahead: choose today or a day to come."}
    if on == day_of(asking.now):
        return asking.now, {}
    return datetime.combine(on, time(12), UTC), {}


def departure_typed(typed: str, standing: Standing, at: datetime) -> Departure | None:
    """Who or what is supposed to be gone, if the team knows it: "person:…", "role:…" or "organisation:…"."""
    kind, _, which = typed.partition(":")
    here: Mapping[str, tuple[str, ...]] = {
        "person": standing.members(at),
        "role": tuple(standing.roles),
        "organisation": standing.organisations(at),
    }
    return Departure(Leaver(kind), which) if which in here.get(kind, ()) else None


def _choices(asking: Asking) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everybody and everything that could be gone, by name."""
    standing, names = asking.standing, asking.names
    people = [(f"person:{p}", names.person(p)) for p in standing.members(asking.now)]
    roles = [
        (f"role:{r.role}", f"{names.role(r.role)}, {names.organisation(r.organisation)}")
        for r in standing.roles.values()
    ]
    theirs = [(f"organisation:{o}", names.organisation(o)) for o in standing.organisations(asking.now)]
    return [
        (heading, sorted(choices, key=lambda choice: choice[1].casefold()))
        for heading, choices in (("Members", people), ("Roles", roles), ("Organisations", theirs))
    ]


def _by_name(asking: Asking) -> list[who.Person]:
    here = asking.standing.members(asking.now)
    return sorted(here, key=lambda person: asking.names.person(person).casefold())


def _sorted(by_person: dict[who.Person, tuple[Line, ...]], asking: Asking) -> list[tuple[who.Person, tuple[Line, ...]]]:
    return [(person, by_person[person]) for person in _by_name(asking) if person in by_person]


def _by_each(kind: Leaver, at: datetime, asking: Asking) -> list[tuple[str, str, Drill]]:
    """Every role or organisation by name, with its drill."""
    drills = departure_drill.left_by_each(asking.standing, kind, at)
    named = [(called(Departure(kind, which), asking), which, drilled) for which, drilled in drills.items()]
    return sorted(named, key=lambda each: each[0].casefold())


# ---- mending it ----------------------------------------------------------------------------------------------------


@in_a_team
def deputise(asking: Asking) -> HttpResponse:
    """Make somebody the deputy of a role, and see what that mends."""
    typed = asking.request.POST
    role = who.Role(identifier_typed(typed, "role"))
    person = who.Person(identifier_typed(typed, "person"))
    chosen = urlencode({"who": typed.get("who", "")})
    then = f"{reverse('what-if', kwargs={'team': asking.team})}?{chosen}"
    if asking.request.method != "POST":
        return redirect(then)
    return press(
        asking,
        acts.Deputise(**_speaking_about(role, asking), role=role, person=person),
        said=f"{asking.names.person(person)} is now deputy for the role {asking.names.role(role)}.",
        then=then,
        otherwise=lambda reasons: show_what_if(asking, typed, reasons),
    )


def _speaking_about(role: who.Role, asking: Asking) -> dict[str, Any]:
    """In a role of the same organisation, if whoever asks has one; else in the coordinating role; else in any."""
    known = asking.standing.roles.get(role)
    theirs = [hat.role.role for hat in asking.hats if known and hat.role.organisation == known.organisation]
    return asking.speaking(asking.hat_for(*theirs, asking.standing.coordinating))


urlpatterns = [
    path("teams/<team>/what-if", what_if, name="what-if"),
    path("teams/<team>/what-if/deputise", deputise, name="what-if-deputise"),
]
