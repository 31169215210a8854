"""Empty databases to try things on: an SQLite file, or a new database on the PostgreSQL server of the environment."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


def an_empty_one(folder: Path) -> str:
    """Its address: on the server that MANYHANDS_DATABASE names, where that is one, or else a file in the folder."""
    server = os.environ.get("MANYHANDS_DATABASE", "")
    return another_on(server) if server.startswith("postgres") else f"sqlite:///{folder / 'soak.sqlite3'}"


def another_on(server: str) -> str:
    """A new database on a PostgreSQL server, given the address of another one there."""
    import psycopg

    name = f"soak_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
