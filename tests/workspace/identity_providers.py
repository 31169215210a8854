"""
Identity providers to sign in with, running for the tests on this machine.

    council   `oidc-provider-mock`, a package: a secret, any subject
    cis2      the server of Authlib, a package, set up to be as strict as NHS CIS2: a client that signs
              (private_key_jwt, RS512), PKCE or nothing, an answer that names the provider, and telling us when
              somebody signs out
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import oidc_provider_mock
import requests
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidClientError, grants
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

OUR_KEY = RSAKey.generate_key(2048, private=True)
"""What we sign with at the strict one."""


@contextmanager
def running(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@contextmanager
def council() -> Iterator[str]:
    with running(oidc_provider_mock.app(require_nonce=True)) as issuer:
        yield issuer


@dataclass
class Code:
    """A code that was given out, and what was asked with it."""

    code: str
    client: "Client"
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    subject: str
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class Client:
    """We, as the strict one knows us."""

    client_id: str
    redirect_uris: tuple[str, ...]

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uris[0]

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return False

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint != "token" or method == "client_assertion_jwt"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Strict:
    """The strict provider, and what a test can make it do."""

    def __init__(self, redirect_uri: str) -> None:
        self.issuer = ""
        self.key = RSAKey.generate_key(2048, private=True)
        self.key.ensure_kid()
        self.client = Client("manyhands", (redirect_uri,))
        self.codes: dict[str, Code] = {}
        self.used: set[str] = set()
        self.claims: dict[str, Any] = {}
        self.changed: dict[str, Any] = {}
        """Claims that are put wrong on purpose."""
        self.signs_with = self.key
        self.app = self._made()

    def logout_token(self, **changed: Any) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.client.client_id,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_urlsafe(),
            "sub": "555",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        }
        said = {name: value for name, value in (claims | changed).items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid, "typ": "logout+jwt"}, said, self.signs_with)

    def _made(self) -> Flask:
        strict = self
        app = Flask("strict")
        app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"authorization_code": 300}
        server = AuthorizationServer(app, query_client=self._client_of, save_token=lambda token, request: None)

        class Codes(grants.AuthorizationCodeGrant):
            TOKEN_ENDPOINT_AUTH_METHODS = ("client_assertion_jwt",)

            def save_authorization_code(self, code: str, request: Any) -> None:
                asked = request.payload.data
                strict.codes[code] = Code(
                    code,
                    request.client,
                    asked["redirect_uri"],
                    asked["scope"],
                    asked["nonce"],
                    asked["code_challenge"],
                    asked["code_challenge_method"],
                    request.user,
                )

            def query_authorization_code(self, code: str, client: Client) -> Code | None:
                return strict.codes.get(code)

            def delete_authorization_code(self, authorization_code: Code) -> None:
                del strict.codes[authorization_code.code]

            def authenticate_user(self, authorization_code: Code) -> str:
                return authorization_code.subject

        class Tokens(OpenIDCode):
            def exists_nonce(self, nonce: str, request: Any) -> bool:
                return any(each.nonce == nonce for each in strict.codes.values())

            def resolve_client_private_key(self, client: Client) -> RSAKey:
                return strict.signs_with

            def get_client_algorithm(self, client: Client) -> str:
                return "RS256"

            def get_client_claims(self, client: Client) -> dict[str, Any]:
                return {"iss": strict.issuer}

            def get_encode_header(self, client: Client) -> dict[str, Any]:
                return {"alg": "RS256", "kid": strict.key.kid}

            def generate_user_info(self, user: str, scope: str) -> UserInfo:
                return UserInfo({"sub": user, **strict.claims, **strict.changed})

        class BySigning(JWTBearerClientAssertion):
            def get_audiences(self) -> list[str]:
                return [f"{strict.issuer}/token"]

            def process_assertion_claims(self, assertion: str, resolve_key: Any) -> Any:
                try:
                    claims = jwt.decode(assertion, resolve_key, algorithms=["RS512"]).claims
                except JoseError as problem:
                    raise InvalidClientError from problem
                self.verify_claims(claims)
                return claims

            def validate_jti(self, claims: Any, jti: str) -> bool:
                new = jti not in strict.used
                strict.used.add(jti)
                return new

            def resolve_client_public_key(self, client: Client) -> KeySet:
                return KeySet([RSAKey.import_key(OUR_KEY.as_dict(private=False) | {"kid": OUR_KEY.thumbprint()})])

        class Named(IssuerParameter):
            def get_issuer(self) -> str:
                return strict.issuer

        server.register_grant(Codes, [Tokens(require_nonce=True), CodeChallenge(required=True)])
        server.register_client_auth_method("client_assertion_jwt", BySigning())
        server.register_extension(Named())

        @app.get("/.well-known/openid-configuration")
        def metadata() -> Any:
            return jsonify(
                issuer=strict.issuer,
                authorization_endpoint=f"{strict.issuer}/authorize",
                token_endpoint=f"{strict.issuer}/token",
                jwks_uri=f"{strict.issuer}/keys",
                id_token_signing_alg_values_supported=["RS256", "none", "HS256"],
                authorization_response_iss_parameter_supported=True,
            )

        @app.get("/keys")
        def keys() -> Any:
            return jsonify(KeySet([strict.key]).as_dict(private=False))

        @app.route("/authorize", methods=["GET", "POST"])
        def authorize() -> Any:
            grant = server.get_consent_grant(end_user=None)
            return server.create_authorization_response(grant=grant, grant_user=request.form["sub"])

        @app.post("/token")
        def token() -> Any:
            return server.create_token_response()

        return app

    def _client_of(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None


@contextmanager
def cis2(redirect_uri: str) -> Iterator[Strict]:
    strict = Strict(redirect_uri)
    with running(strict.app) as issuer:
        strict.issuer = issuer
        yield strict


def sign_in_there(address: str, subject: str) -> str:
    """What somebody does in front of a provider: says who they are, and is sent back. Gives where to, on our site."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"
