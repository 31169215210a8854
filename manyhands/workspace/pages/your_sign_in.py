"""How somebody signs in: their password, and what they have besides. Each change is made after showing who one is."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from manyhands.people.models import Person
from manyhands.workspace import second_factor

Type = Authenticator.Type


@login_required
def your_sign_in(request: HttpRequest) -> HttpResponse:
    """What somebody can sign in with; to begin with, what is still to be set up."""
    assert isinstance(request.user, Person)
    mine = list(Authenticator.objects.filter(user=request.user).order_by("id"))
    tied = set(request.user.identities.values_list("issuer", flat=True)) if settings.IDENTITY_PROVIDERS else set()
    codes = next((each for each in mine if each.type == Type.RECOVERY_CODES), None)
    about = {
        "app": next((each for each in mine if each.type == Type.TOTP), None),
        "passkeys": [each for each in mine if each.type == Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "providers": [(each, each.issuer in tied) for each in settings.IDENTITY_PROVIDERS.values()],
        "has_password": request.user.has_usable_password(),
        "has_to": not settings.DEMO and not second_factor.was_shown(request),
    }
    return render(request, "signing_in/your_sign_in.html", about)


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password. It ends every other session; this one goes on."""
    assert isinstance(request.user, Person)
    if request.method != "POST":
        return render(request, "signing_in/change_password.html", {})
    password = request.POST.get("password", "")
    if errors := wrong_with(password, request.POST.get("again", ""), request.user):
        return render(request, "signing_in/change_password.html", {"errors": errors}, status=422)
    request.user.set_password(password)
    request.user.save(update_fields=["password"])
    update_session_auth_hash(request, request.user)
    messages.success(request, "Your password is changed. Everywhere else you are signed out.")
    return redirect("mfa_index")


def wrong_with(password: str, again: str, person: Person) -> dict[str, list[str]]:
    """What is to be put right about a new password that was typed twice."""
    try:
        validate_password(password, person)
    except ValidationError as wrong:
        return {"password": list(wrong.messages)}
    return {} if password == again else {"again": ["The two are not the same. Type the new password again."]}


urlpatterns = [
    path("your-sign-in", your_sign_in, name="mfa_index"),
    path("your-sign-in/password", change_password, name="change-password"),
]
