"""
What somebody has said about who may see them, written down on their page by whoever leads: that they object, that only
some roles may, that a person is to know; and that any of it is over.
"""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path

from manyhands import who
from manyhands.access import Action
from manyhands.access.kept import INVITES, OBJECTS, RESTRICTS, say, take_back, wishes
from manyhands.rules.days import HERE
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.pages.person import show_person
from manyhands.workspace.typed import boxes_typed, day_typed, words_typed

Errors = dict[str, list[str]]
WHY = {OBJECTS: "objects-why", RESTRICTS: "restricts-why", INVITES: "invites-why", "take-back": "back-why"}
"""The box of the reason for each button."""

SAID = {
    OBJECTS: "Written down: they object. From now on only what was taken on before goes on.",
    RESTRICTS: "Written down. From now on only these roles see them.",
    INVITES: "Written down. They can see this page from now on.",
    "take-back": "Written down: it is over.",
}


@in_a_team
def who_may_see(asking: Asking, patient: str) -> HttpResponse:
    """One of the buttons, by its name. Whoever does not lead gets 404, as for somebody who does not exist."""
    if asking.request.method != "POST":
        return redirect("person", team=asking.team, patient=patient)
    one = who.Patient(patient)
    led = asking.sees(patient, "who-may-see", Action.LEAD)
    if led is None or asking.standing.coordinating is None:
        raise Http404
    typed = asking.request.POST
    do = typed.get("do", "")
    if do not in WHY:
        return redirect("person", team=asking.team, patient=patient)
    errors = _wrong_with(asking, do, typed)
    if errors:
        again = show_person(asking, patient, errors)
        again.status_code = 422
        return again
    _write_down(asking, one, do, typed)
    messages.success(asking.request, SAID[do])
    return redirect("person", team=asking.team, patient=patient)


def _wrong_with(asking: Asking, do: str, typed: QueryDict) -> Errors:
    errors: Errors = too_long(typed)
    if not words_typed(typed, WHY[do]):
        errors[WHY[do]] = ["Say what they said, or why."]
    if do == INVITES:
        errors |= no_such_days(typed, {"invites-until": "Until when"})
        if who.Person(typed.get("invites-person", "")) not in asking.standing.members(asking.now):
            errors["invites-person"] = ["Choose somebody who is in the team. Invite them to it first."]
        until = day_typed(typed, "invites-until")
        if until is not None and datetime.combine(until, time.min, HERE) <= asking.now:
            errors["invites-until"] = ["Choose a day that is still to come."]
        if until is None and not any(boxes_typed(typed, "invites-until").values()):
            errors["invites-until"] = ["Choose until when they are to know: a year at the most, and again then."]
    return errors


def _write_down(asking: Asking, patient: who.Patient, do: str, typed: QueryDict) -> None:
    coordinating = asking.standing.coordinating
    assert coordinating is not None  # whoever leads does so in it
    about: dict[str, Any] = {"team": asking.team, "by": asking.person, "in_role": coordinating, "at": asking.now}
    because = words_typed(typed, WHY[do])
    if do == "take-back":
        for wish in wishes([patient], asking.now):
            if wish.id == typed.get("wish", ""):
                take_back(wish, because=because, **about)
        return
    until = day_typed(typed, "invites-until") if do == INVITES else None
    roles = [who.Role(each) for each in typed.getlist("restricts-roles") if who.Role(each) in asking.standing.roles]
    say(
        do,
        patient,
        because=because,
        person=who.Person(typed.get("invites-person", "")) if do == INVITES else None,
        roles=dict.fromkeys((coordinating, *roles)) if do == RESTRICTS else (),
        until_at=datetime.combine(until, time.min, HERE) if until else None,
        **about,
    )


urlpatterns = [path("teams/<team>/people/<patient>/who-may-see", who_may_see, name="who-may-see")]
