"""Bringing in somebody who has no account, as their sponsor; and coming in by what the sponsor sent."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from manyhands import who
from manyhands.exchange.email.handing import How, hand_over
from manyhands.people.models import Organisation, Person
from manyhands.workspace import sponsored
from manyhands.workspace.asking import new_identifier
from manyhands.workspace.models import Sponsorship
from manyhands.workspace.my_teams import teams_of
from manyhands.workspace.pages.your_sign_in import wrong_with
from manyhands.workspace.signing_in import end_all_sessions, noted
from manyhands.workspace.typed import day_typed, identifier_typed


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring_in(request: HttpRequest) -> HttpResponse:
    """Those whom somebody has vouched for, and the form for one more."""
    assert isinstance(request.user, Person)
    if request.method != "POST":
        return _shown(request)
    if "end" in request.POST:
        return _end(request)
    errors, typed = _typed(request)
    if errors:
        return _shown(request, errors, typed)
    made = Sponsorship.objects.create(id=new_identifier(), sponsor=request.user, made_at=timezone.now(), **typed)
    noted.info("%s vouches for somebody new", request.user.pk)
    messages.success(request, _sent(made))
    return redirect("bring-in")


def _sent(made: Sponsorship) -> str:
    if not settings.MAIL:
        return f"Give {made.name} the link below. It is good for a week."
    link = settings.SITE + reverse("come-in", kwargs={"invitation": sponsored.token_of(made)})
    message = EmailMessage(
        subject=f"{made.sponsor.name} asks you to come into Manyhands",
        body=(
            f"{made.sponsor.name} vouches for you, so that you can take part in Manyhands for {made.organisation.name}."
            f"\n\nCome in here, within a week:\n{link}\n\nThe link is for you alone. If you do not know "
            f"{made.sponsor.name}, do not follow it.\n"
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[made.email],
    )
    taken = hand_over(message).how is How.TAKEN
    return f"Sent to {made.name}." if taken else f"No message could be sent to {made.name}. Give them the link below."


def _typed(request: HttpRequest) -> tuple[dict[str, str], dict[str, Any]]:
    """What is to be put right, and what was typed."""
    assert isinstance(request.user, Person)
    said = {name: request.POST.get(name, "").replace("\0", "").strip() for name in ("name", "email", "profession")}
    typed: dict[str, Any] = {"name": said["name"][:140], "email": said["email"], "profession": said["profession"][:140]}
    typed["organisation"] = Organisation.objects.filter(id=identifier_typed(request.POST, "organisation")).first()
    typed["until_on"] = day_typed(request.POST, "until")
    today = timezone.localdate()
    errors = {}
    if not typed["name"]:
        errors["name"] = "Enter their name"
    try:
        validate_email(typed["email"])
    except ValidationError:
        errors["email"] = "Enter their e-mail address, like name@example.org"
    if Person.objects.filter(email__iexact=typed["email"]).exists():
        errors["email"] = "There is an account with this address already. Invite them on your team’s page of members."
    if typed["organisation"] is None:
        errors["organisation"] = "Choose the organisation that they work for"
    if typed["until_on"] is None or not today < typed["until_on"] <= today + sponsored.LONGEST:
        errors["until"] = "Enter a day within a year, until which you vouch for them"
    if not _may_vouch(request.user):
        errors = {"": "Only somebody in a team, who is not here on somebody’s word themselves, can vouch for others."}
    return errors, typed


def _may_vouch(person: Person) -> bool:
    return bool(teams_of(who.Person(person.id), timezone.now()).standings) and not hasattr(person, "sponsorship")


def _shown(
    request: HttpRequest, errors: dict[str, str] | None = None, typed: dict[str, Any] | None = None
) -> HttpResponse:
    now = timezone.now()
    mine = Sponsorship.objects.filter(sponsor_id=request.user.pk).select_related("sponsor", "person", "organisation")
    lines = [
        {
            "one": each,
            "ended": sponsored.has_ended(each, now),
            "link": _link(request, each) if sponsored.sponsorship_of(sponsored.token_of(each), now) else "",
        }
        for each in mine.order_by("-made_at")[:MOST]
    ]
    assert isinstance(request.user, Person)
    about = {
        "lines": lines,
        "errors": errors or {},
        "typed": typed or {},
        "until": request.POST,
        "organisations": [("", "Choose"), *Organisation.objects.order_by("name").values_list("id", "name")],
        "may_vouch": _may_vouch(request.user),
    }
    return render(request, "signing_in/bring_in.html", about, status=422 if errors else 200)


MOST = 25
"""Lines on the page: more than anybody can really vouch for."""


def _link(request: HttpRequest, sponsorship: Sponsorship) -> str:
    return request.build_absolute_uri(reverse("come-in", kwargs={"invitation": sponsored.token_of(sponsorship)}))


def _end(request: HttpRequest) -> HttpResponse:
    which = request.POST["end"].replace("\0", "")
    one = Sponsorship.objects.filter(pk=which, sponsor_id=request.user.pk, ended_at=None).first()
    if one is None:
        raise Http404
    one.ended_at = timezone.now()
    one.save(update_fields=["ended_at"])
    if one.person_id:
        end_all_sessions(who.Person(one.person_id), timezone.now())
    noted.info("%s no longer vouches for %s", request.user.pk, one.person_id or "somebody who never came")
    messages.success(request, f"You no longer vouch for {one.name}. They are signed out, and cannot sign in.")
    return redirect("bring-in")


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, invitation: str) -> HttpResponse:
    """Coming in by a sponsor's link: what it is for; and then a way to sign in of one's own."""
    sponsorship = sponsored.sponsorship_of(invitation, timezone.now())
    if sponsorship is None:
        return render(request, "signing_in/no_longer_good.html", {}, status=404)
    if request.method != "POST":
        return render(request, "signing_in/come_in.html", {"sponsorship": sponsorship})
    by_code = request.POST.get("how") == "code"
    password = request.POST.get("password", "")
    person = sponsorship.person or Person(id=new_identifier(), email=sponsorship.email, name=sponsorship.name)
    errors = wrong_with(password, request.POST.get("again", ""), person) if by_code else {}
    if sponsorship.person is None and Person.objects.filter(email__iexact=sponsorship.email).exists():
        errors = {"": ["There is an account with your address already. Sign in to that one."]}
    if errors:
        about = {"sponsorship": sponsorship, "errors": errors}
        return render(request, "signing_in/come_in.html", about, status=422)
    if sponsorship.person is None:
        person = Person.objects.open(
            person.id,
            sponsorship.email,
            sponsorship.name,
            "",
            organisations=[sponsorship.organisation_id],
            profession=sponsorship.profession,
        )
        sponsorship.person = person
        sponsorship.save(update_fields=["person"])
    person.set_password(password if by_code else None)
    person.save(update_fields=["password"])
    logout(request)  # whoever else was signed in at this browser
    record_authentication(request, person, method="invitation")
    onward = reverse("mfa_activate_totp" if by_code else "mfa_add_webauthn")
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=onward))
    return answer


urlpatterns = [
    path("bring-in", bring_in, name="bring-in"),
    path("come-in/<str:invitation>", come_in, name="come-in"),
]
