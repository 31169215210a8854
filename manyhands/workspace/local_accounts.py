"""
What django-allauth asks us about accounts that sign in here, with a password, a passkey or codes.

allauth does the signing in: first the password, then the second factor, one after the other, and neither alone. What
is ours is said here: when somebody is asked again, that nobody is left without a second factor, and how the secrets of
second factors are kept.
"""

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from manyhands.people.models import Person
from manyhands.workspace.locking import lock, unlock
from manyhands.workspace.signing_in import noted
from manyhands.workspace.sponsored import may_be_here


class Accounts(DefaultAccountAdapter):
    """Accounts of people, who have one e-mail address each; nobody opens their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Said by our pages instead."""

    def get_login_stages(self) -> list[str]:
        theirs, ours = "allauth.mfa.stages.AuthenticateStage", "manyhands.workspace.local_accounts.SecondStep"
        return [ours if each == theirs else each for each in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Person | AnonymousUser) -> list[dict[str, str]]:
        """Besides what allauth knows of: going to one's identity provider again."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        if not isinstance(user, Person):
            return methods
        methods = [each | {"description": CALLED.get(each["id"], each["description"])} for each in methods]
        issuers = {provider.issuer: provider for provider in settings.IDENTITY_PROVIDERS.values()}
        mine = user.identities.filter(issuer__in=issuers).values_list("issuer", flat=True) if issuers else ()
        return methods + [
            {
                "id": f"again-with-{issuers[issuer].key}",
                "description": f"Go to {issuers[issuer].name}",
                "url": reverse("again-with-provider", kwargs={"provider": issuers[issuer].key}),
            }
            for issuer in mine
        ]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        shown = [each.get("type") or each["method"] for each in get_authentication_records(request, user)]
        noted.info("%s signed in, by %s", user.pk, " and ".join(shown))

    def pre_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse | None:
        """Whichever way somebody shows who they are, their account is open, and vouched for where it has to be."""
        if not may_be_here(user, timezone.now()):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **how)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """An account that is closed is answered as one that does not exist."""
        messages.error(request, "This does not let you in any more. Ask the person who looks after accounts.")
        return redirect("sign-in")

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(request.META.get("REMOTE_ADDR", ""))

    def reauthenticate(self, user: Person, password: str) -> bool:
        return bool(user.is_active and user.check_password(password))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """
        Before a change that would let somebody else in, whoever is there shows who they are again, unless they did so
        in the last five minutes.
        """
        return not shown_lately(self.request)


CALLED = {
    "reauthenticate": "Enter your password",
    "mfa_reauthenticate": "Enter a code",
    "mfa_reauthenticate:webauthn": "Show a passkey",
}
"""What the ways to show that it is still oneself are called; allauth's words are for other people."""


class SecondStep(AuthenticateStage):
    """A second factor is asked for here, unless it was shown at somebody's identity provider just now."""

    def _should_handle(self, request: HttpRequest) -> bool:
        shown = get_authentication_records(request, self.login.user)
        there = any(each.get("second_factor") is True for each in shown)
        return not there and bool(super()._should_handle(request))


def shown_lately(request: HttpRequest) -> bool:
    """Whether whoever is signed in showed who they are in the last five minutes: signing in, or again since."""
    shown = get_authentication_records(request, request.user)
    return bool(shown) and time.time() - shown[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class SecondFactors(DefaultMFAAdapter):
    """Second factors: codes from an app, passkeys, and the codes on paper for when neither is there."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "This is the only way that you have besides your password. Add another first.",
        "incorrect_code": "This code does not fit, or was used already. Wait for the next one, and enter that.",
    }

    def get_totp_label(self, user: Person) -> str:
        return user.email

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        return "Passkey"

    def _get_site_name(self) -> str:
        return "Manyhands"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Nobody is left without a second factor where one is asked for."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return settings.DEMO or others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def encrypt(self, text: str) -> str:
        return lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unlock(encrypted_text)
