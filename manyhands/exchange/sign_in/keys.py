"""Our own keys: what we sign with to show a provider that it is us who ask, and what is published of them."""

from functools import lru_cache
from typing import Any

from joserfc.jwk import ECKey, RSAKey

from manyhands.exchange.sign_in.providers import Provider


@lru_cache(maxsize=64)
def private_key(pem: str, signed_with: str) -> RSAKey | ECKey:
    """The key, which names itself by its thumbprint, so that several can be published while one takes over."""
    kind: type[RSAKey | ECKey] = ECKey if signed_with.startswith("ES") else RSAKey
    key = kind.import_key(pem)
    key.ensure_kid()
    return key


def published(providers: dict[str, Provider]) -> dict[str, Any]:
    """The public halves, as a JSON Web Key Set."""
    keys: dict[str | None, dict[str, Any]] = {}
    for each in providers.values():
        if each.private_key:
            key = private_key(each.private_key, each.signed_with)
            keys[key.kid] = {**key.as_dict(private=False), "use": "sig", "alg": each.signed_with, "kid": key.kid}
    return {"keys": list(keys.values())}
