"""
Passkeys: signing in with what unlocks somebody's phone or computer, or with a key of their own.

A passkey is both things at once, what somebody has and what they know or are, so nothing is asked for after it. It is
the one part of the site that needs scripts: without them people sign in with a password and a code.
"""

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse_lazy

from manyhands.workspace.onward import onward_from
from manyhands.workspace.pages.second_factor import OurPage, secret_things
from manyhands.workspace.signing_in import noted

NOT_TAKEN = "This passkey was not accepted. Try again, or sign in another way."


class OfAPasskey(OurPage):
    """A page whose form is filled in by the browser, once somebody has unlocked their device."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = super().get_context_data(**kwargs)
        about["errors"] = {"": [NOT_TAKEN]} if "credential" in about["errors"] else about["errors"]
        return about


@secret_things
class AddPasskey(OfAPasskey, AddWebAuthnView):
    template_name = "signing_in/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = super().get_context_data(**kwargs)
        form = kwargs.get("form")
        about["errors"] = {"": [NOT_TAKEN]} if form is not None and form.is_bound else {}
        about["options"] = json.dumps(auth.begin_registration(self.request.user, passwordless=True))
        return about

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="webauthn")
        messages.success(self.request, "The passkey is added. From now on you can sign in with it alone.")
        return answer


@secret_things
class SignInWithPasskey(LoginWebAuthnView):
    """What the browser is to ask the device for; and what the device says."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        noted.info("a sign-in with a passkey failed")
        messages.error(self.request, NOT_TAKEN)
        return redirect("sign-in")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        going = Login(user=passkey.user, redirect_url=onward_from(self.request))
        answer: HttpResponse = perform_passwordless_login(self.request, passkey, going)
        return answer


@secret_things
class ShowPasskeyAgain(OfAPasskey, ReauthenticateWebAuthnView):
    template_name = "signing_in/again_by_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = super().get_context_data(**kwargs)
        about["options"] = json.dumps(about["js_data"]["request_options"])
        about["onward"] = onward_from(self.request)
        return about

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        messages.error(self.request, NOT_TAKEN)
        return redirect("mfa_reauthenticate_webauthn")


class RemovePasskey(RemoveWebAuthnView):
    template_name = "signing_in/remove_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about: dict[str, Any] = super().get_context_data(**kwargs)
        adapter = get_adapter()
        may = adapter.can_delete_authenticator(self.object)
        return about | {"errors": {} if may else {"": [adapter.error_messages["cannot_delete_authenticator"]]}}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            return self.render_to_response(self.get_context_data(), status=422)
        answer: HttpResponse = super().form_valid(form)
        messages.success(self.request, "The passkey is removed.")
        return answer


urlpatterns = [
    path("sign-in/passkey", SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/again/passkey", ShowPasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("your-sign-in/passkey", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("your-sign-in/passkeys/<int:pk>/remove", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]
