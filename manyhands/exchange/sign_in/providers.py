"""
The identity providers that people can sign in with, read from a TOML file with a table for each:

    [council]
    name = "Wendmoor Council"
    issuer = "https://login.microsoftonline.com/TENANT/v2.0"
    client_id = "…"
    secret_file = "council-secret"              a file beside this one, or:
    key_file = "cis2-key.pem"                   a private key to sign with (private_key_jwt)
    signed_with = "RS512"                       how; RS256 where nothing is said
    scopes = ["openid", "profile"]
    ask = { prompt = "login" }                  what is asked of the provider besides
    second_factor = { claim = "amr", any_of = ["mfa"] }

`second_factor` says by which claim the provider tells that somebody showed a second thing there; where it does not say
so, or does not tell, they show a second factor here. See docs/how-to/set-up-an-identity-provider.md.
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
ALLOWED = {"name", "issuer", "client_id", "secret_file", "key_file", "signed_with", "scopes", "ask", "second_factor"}
OURS = {"state", "nonce", "redirect_uri", "response_type", "response_mode", "client_id", "code_challenge"}
"""What `ask` cannot say, since we do."""


@dataclass(frozen=True)
class Provider:
    """One identity provider: `key` stands in addresses, `name` is what people call it."""

    key: str
    name: str
    issuer: str
    client_id: str
    secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    signed_with: str = "RS256"
    scopes: tuple[str, ...] = ("openid",)
    ask: tuple[tuple[str, str], ...] = ()
    second_factor: tuple[str, tuple[str, ...]] | None = None

    @property
    def metadata_address(self) -> str:
        return self.issuer.rstrip("/") + "/.well-known/openid-configuration"

    def second_factor_shown(self, claims: dict[str, Any]) -> bool:
        """Whether the provider says that somebody showed a second factor there."""
        if self.second_factor is None:
            return False
        claim, any_of = self.second_factor
        said = claims.get(claim)
        return any(str(each) in any_of for each in (said if isinstance(said, list) else [said]))


def read(file: str | Path) -> dict[str, Provider]:
    """
    The providers of a file, by key; none where there is no file named.

    Raises ImproperlyConfigured, saying which and what to do, for anything that is missing, unknown or unsafe.
    """
    if not file:
        return {}
    try:
        tables = tomllib.loads(Path(file).read_text())
    except (OSError, ValueError) as problem:
        raise ImproperlyConfigured(f"MANYHANDS_SIGN_IN: {file} cannot be read ({problem})") from problem
    found = {key: _provider(key, table, Path(file).parent) for key, table in tables.items()}
    issuers = [each.issuer for each in found.values()]
    if twice := {each for each in issuers if issuers.count(each) > 1}:
        raise ImproperlyConfigured(f"MANYHANDS_SIGN_IN: {', '.join(sorted(twice))} is in the file twice")
    return found


def _provider(key: str, table: Any, folder: Path) -> Provider:
    wrong = list(_wrong_with(key, table))
    if wrong:
        raise ImproperlyConfigured("\n".join(f"MANYHANDS_SIGN_IN: [{key}] {each}" for each in wrong))
    second = table.get("second_factor")
    return Provider(
        key=key,
        name=table["name"],
        issuer=table["issuer"],
        client_id=table["client_id"],
        secret=_text(key, folder, table.get("secret_file", "")).strip(),
        private_key=_text(key, folder, table.get("key_file", "")),
        signed_with=table.get("signed_with", "RS256"),
        scopes=tuple(table.get("scopes", ["openid"])),
        ask=tuple((name, str(value)) for name, value in table.get("ask", {}).items()),
        second_factor=(second["claim"], tuple(str(each) for each in second["any_of"])) if second else None,
    )


def _wrong_with(key: str, table: Any) -> list[str]:
    if not re.fullmatch(r"[a-z0-9-]{1,32}", key) or not isinstance(table, dict):
        return ["is no table of a provider: its key has small letters, digits and hyphens"]
    wrong = [f"{unknown} is not known; known are {', '.join(sorted(ALLOWED))}" for unknown in table.keys() - ALLOWED]
    wrong += [f"{name} is missing" for name in ("name", "issuer", "client_id") if not table.get(name)]
    address = urlsplit(str(table.get("issuer", "")))
    if address.scheme != "https" and address.hostname not in ON_THIS_MACHINE:
        wrong.append("issuer has to begin with https://")
    if bool(table.get("secret_file")) == bool(table.get("key_file")):
        wrong.append("needs either secret_file or key_file")
    if table.get("signed_with", "RS256") not in SIGNED_WITH:
        wrong.append(f"signed_with can be {', '.join(SIGNED_WITH)}")
    if "openid" not in table.get("scopes", ["openid"]):
        wrong.append("scopes need openid among them")
    if ours := OURS & set(table.get("ask", {})):
        wrong.append(f"ask cannot say {', '.join(sorted(ours))}")
    second = table.get("second_factor", {"claim": "", "any_of": []})
    if not (isinstance(second, dict) and isinstance(second.get("any_of"), list) and set(second) == {"claim", "any_of"}):
        wrong.append('second_factor is written { claim = "amr", any_of = ["mfa"] }')
    return wrong


def _text(key: str, folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text() if name else ""
    except OSError as problem:
        raise ImproperlyConfigured(
            f"MANYHANDS_SIGN_IN: [{key}] {name} cannot be read ({problem.strerror})"
        ) from problem
