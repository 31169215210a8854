"""
Sending somebody to their identity provider, and what is believed of what comes back.

Authlib makes the addresses, keeps `state`, `nonce` and the code verifier (PKCE) in the session, exchanges the code, and
reads the token. What is ours is to be strict: the answer comes from the provider that was asked (`iss`, an address of
its own for each provider, `state` kept under its key), the token from the issuer in our settings, for us, just now.
"""

from dataclasses import dataclass
from functools import lru_cache
from hmac import compare_digest
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.http import HttpRequest, HttpResponseRedirect
from joserfc.errors import JoseError

from manyhands.exchange.sign_in.keys import private_key
from manyhands.exchange.sign_in.providers import SIGNED_WITH, Provider

SECONDS = 10
"""How long a provider may take to answer before it counts as gone."""
LEEWAY = 60
"""Seconds by which clocks may differ."""


class NotBelieved(Exception):
    """What came back is not believed. `why` is for the log and for tests, and quotes nothing of it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotReached(Exception):
    """The provider does not answer, or with something else than an answer."""


@dataclass(frozen=True)
class Believed:
    """Whom the provider says has signed in there: the pair that makes up an identity, and what it says besides."""

    issuer: str
    subject: str
    session: str
    second_factor_shown: bool


@lru_cache(maxsize=64)
def _client(provider: Provider) -> DjangoOAuth2App:
    """Authlib's client of a provider; what the provider publishes about itself is kept with it."""
    secret: Any
    kept: dict[str, Any]
    method, secret, kept = "client_secret_basic", provider.secret, {}
    if provider.private_key:
        method, secret = "private_key_jwt", private_key(provider.private_key, provider.signed_with)
        kept["client_auth_methods"] = [PrivateKeyJWT(headers={"kid": secret.kid}, alg=provider.signed_with)]
    return OAuth().register(
        provider.key,
        client_id=provider.client_id,
        client_secret=secret,
        server_metadata_url=provider.metadata_address,
        authorize_params=dict(provider.ask),
        client_kwargs={
            "scope": " ".join(provider.scopes),
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": method,
            "default_timeout": SECONDS,
        },
        **kept,
    )


def client_of(provider: Provider) -> DjangoOAuth2App:
    """
    The client of a provider, once what it publishes about itself fits what we know of it.

    Raises NotReached and NotBelieved.
    """
    client = _client(provider)
    try:
        says = client.load_server_metadata()
    except (requests.RequestException, ValueError) as problem:
        raise NotReached from problem
    if says.get("issuer") != provider.issuer:
        _client.cache_clear()  # so that it is asked again the next time
        raise NotBelieved("it publishes another issuer than the one in the settings")
    # Never "none", nor a key that both sides know: whatever the provider lists.
    signed = [each for each in says.get("id_token_signing_alg_values_supported", ["RS256"]) if each in SIGNED_WITH]
    says["id_token_signing_alg_values_supported"] = signed
    return client


def send(request: HttpRequest, provider: Provider, back: str, *, anew: bool = False) -> HttpResponseRedirect:
    """Send somebody to sign in there, and then back to the address `back`; `anew` even if they are signed in there."""
    more = {"prompt": "login", "max_age": "0"} if anew else {}
    try:
        answer: HttpResponseRedirect = client_of(provider).authorize_redirect(request, back, **more)
    except requests.RequestException as problem:
        raise NotReached from problem
    return answer


def believed(request: HttpRequest, provider: Provider) -> Believed:
    """
    Who came back from signing in there.

    Raises NotBelieved where anything does not fit, and NotReached where the provider cannot be asked about it.
    """
    client = client_of(provider)
    _came_from(provider, request, client.server_metadata)
    try:
        token = client.authorize_access_token(
            request,
            leeway=LEEWAY,
            claims_options={
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
                "nonce": {"essential": True},
            },
        )
    except requests.RequestException as problem:
        raise NotReached from problem
    except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError) as problem:
        raise NotBelieved(getattr(problem, "error", "") or type(problem).__name__) from problem
    claims = token.get("userinfo")
    if not claims or not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:
        raise NotBelieved("it does not say who signed in")
    return Believed(
        provider.issuer, claims["sub"], str(claims.get("sid") or ""), provider.second_factor_shown(dict(claims))
    )


def _came_from(provider: Provider, request: HttpRequest, says: dict[str, Any]) -> None:
    """An answer names the provider that it is from (RFC 9207), where that says that it does; and never another."""
    named = request.GET.get("iss")
    if named is None and says.get("authorization_response_iss_parameter_supported"):
        raise NotBelieved("the answer does not say which provider it is from")
    if named is not None and not compare_digest(named.encode(), provider.issuer.encode()):
        raise NotBelieved("the answer is from another provider than the one that was asked")
