"""
A second factor, for everybody who signs in: whoever is in a team can see patients, and whoever has an account can come
into a team.

Somebody who has none yet sets one up before they get to any other page. In the demo of made-up people nobody is asked.
"""

from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

GetResponse = Callable[[HttpRequest], HttpResponseBase]

WITHOUT = frozenset(
    {
        "about",
        "again-with-provider",
        "alive",
        "back-from-provider",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "ready",
        "account_reauthenticate",
        "come-in",
        "forgotten",
        "new-password",
        "partner",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "sign-in",
        "sign-out",
        "still-here",
        "stop-notices",
    }
)
"""Pages that somebody gets to before they have set up a second factor: those for doing so, and public ones."""


def was_shown(request: HttpRequest) -> bool:
    """Whether whoever is signed in showed a second factor, here or at their organisation's identity provider."""
    shown = get_authentication_records(request, request.user)
    return any(each.get("method") == "mfa" or each.get("second_factor") is True for each in shown)


def asked_of_everybody(get_response: GetResponse) -> GetResponse:
    """Lead whoever has signed in without a second factor to where they set one up."""

    def asked(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def before_the_page(request: HttpRequest, page: object, args: object, kwargs: object) -> HttpResponseBase | None:
        match = request.resolver_match
        if settings.DEMO or (match and match.url_name in WITHOUT):
            return None
        if not request.user.is_authenticated or was_shown(request):
            return None
        return redirect("mfa_index")

    asked.process_view = before_the_page  # type: ignore[attr-defined]
    return asked
