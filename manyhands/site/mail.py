"""
Where messages are handed to, read from one address.

    smtp://name:password@mail.example.org:587    a mail server; the connection is made safe by STARTTLS, or not made
    smtps://name:password@mail.example.org:465   one that is safe from the beginning
    smtp+plain://localhost:25                    one on this machine, without either
    file:///srv/manyhands/mail                   a folder; each message becomes a file in it
"""

from typing import Any
from urllib.parse import unquote, urlsplit

SECONDS = 30
"""How long a mail server may be silent before it counts as gone."""

ALLOWED = "smtp://, smtps://, smtp+plain:// (this machine only) or file:///"
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def from_address(address: str) -> dict[str, Any]:
    """
    Django's settings for e-mail to the server at `address`; none for no address.

    Raises ValueError, naming what is allowed, for an address that is none of these.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    safe = {"smtp": (True, False, 587), "smtps": (False, True, 465), "smtp+plain": (False, False, 25)}
    if parts.scheme not in safe or not parts.hostname:
        raise ValueError(f"MANYHANDS_MAIL begins with {parts.scheme or 'nothing'!r}; it can begin with {ALLOWED}")
    if parts.scheme == "smtp+plain" and parts.hostname not in ON_THIS_MACHINE:
        raise ValueError(f"MANYHANDS_MAIL would send in the clear to {parts.hostname}; use smtp:// or smtps://")
    starttls, from_the_beginning, port = safe[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": from_the_beginning,
        "EMAIL_TIMEOUT": SECONDS,
    }
