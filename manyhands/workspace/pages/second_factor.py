"""
The second thing that somebody shows when signing in, and showing who one is again before a change that matters.

allauth does it; the pages are ours, and so are their addresses. Their names begin with `mfa_` and `account_` because
that is how allauth finds them.
"""

import json
from typing import Any, ClassVar

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from qrcode.main import QRCode

secret_things = method_decorator(sensitive_post_parameters("password", "code", "credential"), name="dispatch")


def errors_of(form: BaseForm | None) -> dict[str, list[str]]:
    """What is to be put right in a form, by field, as the page's summary takes it."""
    if form is None or not form.is_bound:
        return {}
    return {"" if name == "__all__" else name: [str(each) for each in said] for name, said in form.errors.items()}


class OurPage:
    """A page of allauth's in our clothes: a form with something to put right is answered with 422."""

    said: ClassVar[dict[str, str]] = {"This field is required.": "Enter the code"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        found = errors_of(about.get("form"))
        about["errors"] = {name: [self.said.get(each, each) for each in said] for name, said in found.items()}
        return about

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[attr-defined]
        return answer


@secret_things
class EnterCode(OurPage, AuthenticateView):
    """The second step of signing in."""

    template_name = "signing_in/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = super().get_context_data(**kwargs)
        options = about["js_data"]["request_options"]
        if errors_of(about.get("webauthn_form")):
            about["errors"] = {"": ["This passkey was not accepted. Try again, or enter a code."]}
        return about | {
            "options": json.dumps(options),
            "with_passkey": bool(options["publicKey"].get("allowCredentials")),
        }


@secret_things
class EnterPasswordAgain(OurPage, ReauthenticateView):
    template_name = "signing_in/again.html"
    said: ClassVar = {"This field is required.": "Enter your password"}


@secret_things
class EnterCodeAgain(OurPage, ReauthenticateByCodeView):
    template_name = "signing_in/again_by_code.html"


@secret_things
class SetUpApp(OurPage, ActivateTOTPView):
    """An app that makes codes is tied to the account by its first code. Recovery codes come with it."""

    template_name = "signing_in/set_up_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = super().get_context_data(**kwargs)
        secret = about["form"].secret
        return about | {
            "square": drawn(get_adapter().build_totp_url(self.request.user, secret)),
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        messages.success(self.request, "The app is set up. From now on, signing in takes a code from it.")
        return answer


class RemoveApp(OurPage, DeactivateTOTPView):
    template_name = "signing_in/remove_app.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer = super().form_valid(form)
        messages.success(self.request, "The app is removed. Its codes are of no use any more.")
        return answer


class SeeRecoveryCodes(ViewRecoveryCodesView):
    template_name = "signing_in/recovery_codes.html"


class NewRecoveryCodes(OurPage, GenerateRecoveryCodesView):
    template_name = "signing_in/new_recovery_codes.html"


def drawn(text: str) -> dict[str, Any]:
    """A square that a camera reads as the text: how wide it is, and where its dark fields are, as a path to draw."""
    code = QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return {"width": len(rows), "path": dark}


urlpatterns = [
    path("sign-in/code", EnterCode.as_view(), name="mfa_authenticate"),
    path("sign-in/again", EnterPasswordAgain.as_view(), name="account_reauthenticate"),
    path("sign-in/again/code", EnterCodeAgain.as_view(), name="mfa_reauthenticate"),
    path("your-sign-in/app", SetUpApp.as_view(), name="mfa_activate_totp"),
    path("your-sign-in/app/remove", RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("your-sign-in/recovery-codes", SeeRecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("your-sign-in/recovery-codes/new", NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
]
