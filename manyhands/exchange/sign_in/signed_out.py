"""A provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0)."""

import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import requests
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from manyhands.exchange.sign_in.asking import LEEWAY, NotBelieved, NotReached, client_of
from manyhands.exchange.sign_in.providers import Provider

EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST = 10 * 60
"""Seconds after which what a provider says is too old, whatever it says about how long it holds."""


@dataclass(frozen=True)
class SignedOut:
    """Who has signed out there: all sessions of `subject`, or the one called `session`."""

    issuer: str
    subject: str
    session: str


def believed(provider: Provider, token: str) -> SignedOut:
    """
    Who has signed out, as a logout token says that is signed by the provider, meant for us, new, and never seen before.

    Raises NotBelieved, and NotReached where the provider's keys cannot be had.
    """
    claims = _signed(provider, token)
    now = time.time()
    at, until, name = claims.get("iat"), claims.get("exp"), claims.get("jti")
    if claims.get("iss") != provider.issuer:
        raise NotBelieved("it is from another issuer")
    if provider.client_id not in _several(claims.get("aud")):
        raise NotBelieved("it is meant for somebody else")
    if not isinstance(at, int | float) or not now - OLDEST <= at <= now + LEEWAY:
        raise NotBelieved("it is too old, or from the future")
    if not isinstance(until, int | float) or until <= now - LEEWAY:
        raise NotBelieved("it holds no longer")
    events = claims.get("events")
    if not (isinstance(events, dict) and isinstance(events.get(EVENT), dict)):
        raise NotBelieved("it says nothing of signing out")
    if "nonce" in claims:
        raise NotBelieved("it is a token of signing in")
    subject, session = claims.get("sub") or "", claims.get("sid") or ""
    if not (subject or session) or not isinstance(subject, str) or not isinstance(session, str):
        raise NotBelieved("it does not say who")
    if not isinstance(name, str) or not name or not _first_time(provider, name):
        raise NotBelieved("it was used before, or has no name")
    return SignedOut(provider.issuer, subject, session)


def _signed(provider: Provider, token: str) -> dict[str, Any]:
    client = client_of(provider)
    signed_with = client.server_metadata["id_token_signing_alg_values_supported"]
    registry = JWSRegistry(algorithms=signed_with, strict_check_header=False)
    try:
        try:
            read = jwt.decode(token, KeySet.import_key_set(client.fetch_jwk_set()), registry=registry)
        except InvalidKeyIdError:
            read = jwt.decode(token, KeySet.import_key_set(client.fetch_jwk_set(force=True)), registry=registry)
    except requests.RequestException as problem:
        raise NotReached from problem
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise NotBelieved(type(problem).__name__) from problem
    return dict(read.claims)


def _several(said: object) -> list[object]:
    return said if isinstance(said, list) else [said]


def _first_time(provider: Provider, name: str) -> bool:
    key = f"signed-out.{provider.key}.{sha256(name.encode()).hexdigest()}"
    return bool(cache.add(key, True, timeout=OLDEST + 2 * LEEWAY))
