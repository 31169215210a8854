"""
Signing in with a password (second_factor.py is what comes after it), signing out everywhere, and, in the demo only,
stepping into one of its made-up people.
"""

import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from manyhands import who
from manyhands.log.read import several
from manyhands.people.models import Person, Team
from manyhands.people.naming import Names, names_in
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing
from manyhands.workspace import signing_in, time_outs
from manyhands.workspace.onward import onward_from

NOT_THESE = "The email address and the password do not go together. Check both and try again."
TOO_OFTEN = "There were too many attempts. Wait 15 minutes, then try again."


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; and, when it is sent, the way in. What failed never says whether there is such an account."""
    onward = onward_from(request)
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(onward)
        return _form(request, onward)
    email, password = request.POST.get("email", "").strip()[:254], request.POST.get("password", "")
    missing = {}
    if not email:
        missing["email"] = "Enter your email address"
    if not password:
        missing["password"] = "Enter your password"
    if missing:
        return _form(request, onward, email, missing)
    place, now = request.META.get("REMOTE_ADDR", ""), timezone.now()
    if signing_in.has_to_wait(email, place, now):
        return _form(request, onward, email, {"email": TOO_OFTEN}, status=429)
    person = authenticate(request, username=email, password=password) if "\0" not in email else None
    if person is None:
        signing_in.note_failure(email, place, now)
        signing_in.noted.info("a sign-in with a password failed")
        return _form(request, onward, email, {"email": NOT_THESE})
    signing_in.forget_failures(email, place)
    answer: HttpResponse = perform_password_login(request, {}, Login(user=person, redirect_url=onward))
    return answer


def _form(
    request: HttpRequest, onward: str, email: str = "", errors: dict[str, str] | None = None, status: int = 0
) -> HttpResponse:
    providers = settings.IDENTITY_PROVIDERS.values()
    about = {"onward": onward, "email": email, "errors": errors or {}, "providers": providers}
    return render(request, "sign_in.html", about, status=status or (422 if errors else 200))


@require_http_methods(["GET", "POST"])
@login_required
def still_here(request: HttpRequest) -> HttpResponse:
    """How many seconds the session has left; and, when pressed, that somebody is still there."""
    if request.method == "POST":
        time_outs.go_on(request)
    return JsonResponse({"seconds": int(time_outs.seconds_left(request, time.time()))})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here, and on every other device: shared computers are left without a thought."""
    if isinstance(request.user, Person):
        signing_in.end_all_sessions(who.Person(request.user.id), timezone.now())
    logout(request)
    messages.success(request, "You are signed out, here and on every other device.")
    return redirect("sign-in")


@dataclass(frozen=True)
class MadeUp:
    """A made-up person to step into, with the roles they hold in a team."""

    person: str
    name: str
    profession: str
    roles: tuple[str, ...]
    organisations: str
    away: bool


@require_http_methods(["GET", "HEAD", "POST"])
def step_into(request: HttpRequest) -> HttpResponse:
    """The people of the demo, by team; one press, and you are that person. Nowhere but in the demo."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = Person.objects.filter(id=request.POST.get("person", "").replace("\0", "")).first()
        if person is None or not person.is_active:
            raise Http404
        login(request, person)
        messages.success(request, f"You are {person.name} now.")
        return redirect("my-work")
    teams = {who.Team(team.id): team for team in Team.objects.order_by("name", "id")}
    standings, names = several(teams, fold), names_in(teams)
    people = {person.id: person for person in Person.objects.filter(is_active=True)}
    lists = [(teams[team], _in_team(standings[team], people, names)) for team in teams]
    in_a_team = {made_up.person for _, members in lists for made_up in members}
    elsewhere = [_nowhere(person) for person in people.values() if person.id not in in_a_team]
    elsewhere.sort(key=lambda made_up: made_up.name)
    return render(request, "step_into.html", {"lists": lists, "elsewhere": elsewhere[:MOST_ELSEWHERE]})


MOST_ELSEWHERE = 12
"""People outside every team who are offered: enough to see what an outsider sees."""


def _in_team(standing: Standing, people: dict[str, Person], names: Names) -> list[MadeUp]:
    now = timezone.now()
    return sorted(
        (
            MadeUp(
                person=member,
                name=people[member].name,
                profession=people[member].profession,
                roles=tuple(
                    names.role(role.role) + ("" if role.holder(now) == member else " (deputy)")
                    for role in standing.roles_of(member, now)
                ),
                organisations=", ".join(names.organisation(o) for o in standing.organisations_of(member, now)),
                away=standing.is_away(member, now),
            )
            for member in standing.members(now)
            if member in people
        ),
        key=lambda made_up: (made_up.organisations, made_up.name),
    )


def _nowhere(person: Person) -> MadeUp:
    return MadeUp(person.id, person.name, person.profession, (), "", away=False)


urlpatterns = [
    path("sign-in", sign_in, name="sign-in"),
    path("sign-in", sign_in, name="account_login"),  # what allauth calls it
    path("still-here", still_here, name="still-here"),
    path("sign-out", sign_out, name="sign-out"),
    path("step-into", step_into, name="step-into"),
]
