"""
Where the log and the directory are kept, read from one address.

    sqlite:///var/manyhands.sqlite3             a file in the present folder (three strokes)
    sqlite:////srv/manyhands/manyhands.sqlite3  a file anywhere (four strokes)
    postgresql://name:password@host:5432/place  a server
    postgresql:///place?host=/run/postgresql    a server by its socket

Other settings of a PostgreSQL connection (`sslmode`, `sslrootcert` …) follow the question mark.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when power fails, and an act that
# somebody was told is recorded has to be there afterwards (docs/decisions/0004-sqlite-synchronous-full.md).
# IMMEDIATE: Django's DEFERRED takes the write lock half-way and then fails with "database is locked".
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds to wait for another writer
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    ),
}

AT_ONCE = 8
"""How many pages a process makes at once, each in a thread of its own."""

# Opening SQLite's file takes longer than most questions to it. A file put in its place is found after so long.
CONNECTED_FOR = 60  # seconds

# Connections kept open by each process. A page holds one while it is made.
POOL = {"min_size": 1, "max_size": AT_ONCE, "timeout": 10}


def from_address(address: str, *, pool: bool = True) -> dict[str, Any]:
    """
    The Django settings for the database at `address`.

    Raises ValueError, naming what is allowed, for an address that is neither SQLite nor PostgreSQL.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(unquote(parts.path)[1:]),
            "OPTIONS": dict(SQLITE),
            "CONN_MAX_AGE": CONNECTED_FOR,
        }
    if parts.scheme in ("postgresql", "postgres"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        host = options.pop("host", None) or unquote(parts.hostname or "")
        if pool:
            options["pool"] = dict(POOL)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path)[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }
    raise ValueError(
        f"MANYHANDS_DATABASE begins with {parts.scheme or 'nothing'!r}; it can begin with sqlite:/// or postgresql://"
    )
