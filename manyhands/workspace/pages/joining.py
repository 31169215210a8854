"""
Coming to a team: an invitation, seen before one is a member, and convening a new team.

Somebody who is invited sees the team's name and who invited them, and nothing else of it, until they join.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from manyhands import acts, who
from manyhands.log.record import Refused, TryAgain, record
from manyhands.people.models import Person, Role, Team
from manyhands.people.naming import names_in
from manyhands.rules import refusals_against
from manyhands.rules.standing import Standing
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, new_identifier, standing_in
from manyhands.workspace.drafts import too_long
from manyhands.workspace.kinds_of_roles import KINDS
from manyhands.workspace.plain_words import listed
from manyhands.workspace.typed import words_typed

NO_ORGANISATION = (
    "Your account is for no organisation yet, and a team is convened for one. Ask whoever opened your account, or "
    "looks after accounts on this site, to add the organisation that you work for."
)


@login_required
def invitation(request: HttpRequest, team: str) -> HttpResponse:
    """An invitation that has not been answered; accepting it is joining."""
    assert isinstance(request.user, Person)  # login_required has seen to it
    asking = Asking(request, who.Person(request.user.id), who.Team(team), timezone.now(), standing_in(who.Team(team)))
    invited = {
        organisation: by for (person, organisation), by in asking.standing.invited.items() if person == asking.person
    }
    if not invited and asking.standing.is_member(asking.person, asking.now):
        return redirect("board", team=team)  # by an old link, or pressed twice
    if not invited:
        raise Http404
    chosen = who.Organisation(request.POST.get("organisation", ""))
    if request.method != "POST" or chosen not in invited:
        return _invitation(asking, invited)
    act = acts.Join(team=asking.team, by=asking.person, for_organisation=chosen, at=asking.now)
    said = f"You are in {asking.names.team(asking.team)} now. Look at what is going on. {_whom_to_ask(chosen, asking)}"
    then = reverse("board", kwargs={"team": team})
    return press(asking, act, said=said, then=then, otherwise=lambda reasons: _invitation(asking, invited, reasons))


def _whom_to_ask(organisation: who.Organisation, asking: Asking) -> str:
    """Who can give a role to somebody who joins: those in the roles of their organisation, else who coordinates."""
    standing, names = asking.standing, asking.names
    could = standing.who_could_speak_for(organisation, asking.now) or standing.people_in(
        standing.coordinating, asking.now
    )
    people = listed([names.person(person) for person in could], "or")
    return f"To be heard you need a role: ask {people} for one." if people else "To be heard you need a role."


def _invitation(
    asking: Asking, invited: dict[who.Organisation, who.Person], reasons: list[str] | None = None
) -> HttpResponse:
    about = {
        "team": asking.team,
        "names": asking.names,
        "invited": invited,
        "errors": {"": reasons} if reasons else {},
        "navigation": [{"text": "My work", "href": "/", "current": False}],
    }
    return render(asking.request, "invitation.html", about)


@login_required
def convene(request: HttpRequest) -> HttpResponse:
    """Bring a team into being, and be its coordinator."""
    assert isinstance(request.user, Person)  # login_required has seen to it
    person, now = who.Person(request.user.id), timezone.now()
    choices = list(request.user.organisations.order_by("name").values_list("id", "name"))
    if request.method != "POST":
        return _convening(request, choices)
    typed = request.POST
    name, place, purpose = words_typed(typed, "name"), words_typed(typed, "place"), words_typed(typed, "purpose")
    errors: dict[str, list[str]] = too_long(typed)
    if not name or len(name) > 140:
        errors["name"] = ["Say what the team is called, in 140 characters at most."]
    if len(place) > 140:
        errors["place"] = ["Say where it is in 140 characters at most."]
    if not choices:
        errors["organisation"] = [NO_ORGANISATION]
    elif typed.get("organisation") not in dict(choices):
        errors["organisation"] = ["Choose the organisation that you are in the team for."]
    if typed.get("kind") not in dict(KINDS):
        errors["kind"] = ["Choose what kind of role coordinates the team."]
    act = acts.Convene(
        team=who.Team(new_identifier()),
        by=person,
        for_organisation=who.Organisation(typed.get("organisation", "")),
        at=now,
        role=who.Role(new_identifier()),
        kind=typed.get("kind", ""),
        purpose=acts.Words(purpose),
    )
    if refusals := refusals_against(act, Standing()):
        errors["purpose"] = [refusal.say(names_in([])) for refusal in refusals]
    if errors:
        return _convening(request, choices, errors)
    try:
        with transaction.atomic():
            Team.objects.create(id=act.team, name=name, place=place)
            Role.objects.create(id=act.role, team_id=act.team, title=words_typed(typed, "title")[:140] or "Coordinator")
            record(act)
    except (Refused, TryAgain):
        return _convening(request, choices, {"": ["Others were recording at the same moment. Press again."]})
    messages.success(request, f"{name} is there. Next: invite people, create their roles, and name your deputy.")
    return redirect("belonging", team=act.team)


def _convening(
    request: HttpRequest, choices: list[tuple[str, str]], errors: dict[str, list[str]] | None = None
) -> HttpResponse:
    about = {
        "organisations": choices,
        "no_organisation": "" if choices else NO_ORGANISATION,
        "kinds": KINDS,
        "typed": request.POST,
        "errors": errors or {},
        "navigation": [{"text": "My work", "href": "/", "current": False}],
    }
    return render(request, "convene.html", about, status=422 if errors else 200)


urlpatterns = [
    path("teams/new", convene, name="convene"),
    path("teams/<str:team>/invitation", invitation, name="invitation"),
]
