"""The key that signs cookies: given by whoever runs the site, or made up once for the embedded default."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def key(home: Path, *, embedded: bool) -> str:
    """
    MANYHANDS_SECRET_KEY; without it and with the embedded database, a key made up once and kept in `home`.

    Raises ImproperlyConfigured where a server's database is used without a key.
    """
    given = os.environ.get("MANYHANDS_SECRET_KEY", "")
    if given:
        return given
    if not embedded:
        raise ImproperlyConfigured(
            "MANYHANDS_SECRET_KEY is not set. With a database server it has to be: processes share it. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    kept = home / "secret-key"
    try:
        home.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two processes starting at once, one makes the key and the other reads it.
        made = os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _when_written(kept)
    with os.fdopen(made, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return kept.read_text()


def _when_written(kept: Path) -> str:
    for _ in range(1000):
        if text := kept.read_text().strip():
            return text
    raise ImproperlyConfigured(f"{kept} is empty. Delete it, and a new key is made at the next start.")
