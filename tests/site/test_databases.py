"""Where things are kept, and what the database is told about keeping them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from manyhands.site import databases


def test_three_strokes_are_a_file_here_and_four_are_a_file_anywhere() -> None:
    assert databases.from_address("sqlite:///var/x.sqlite3")["NAME"] == Path("var/x.sqlite3")
    assert databases.from_address("sqlite:////srv/x.sqlite3")["NAME"] == Path("/srv/x.sqlite3")


def test_a_server_is_found_by_its_host_or_by_its_socket() -> None:
    by_host = databases.from_address("postgresql://anna:p%40ss@db.example:5433/place?sslmode=verify-full")
    by_socket = databases.from_address("postgresql://postgres:@/place?host=/run/postgresql")

    assert (by_host["USER"], by_host["PASSWORD"], by_host["HOST"], by_host["PORT"], by_host["NAME"]) == (
        "anna",
        "p@ss",
        "db.example",
        "5433",
        "place",
    )
    assert by_host["OPTIONS"] == {"sslmode": "verify-full", "pool": databases.POOL}
    assert (by_socket["HOST"], by_socket["PORT"]) == ("/run/postgresql", "")


def test_another_kind_of_database_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(ValueError, match=r"begins with 'mysql'; it can begin with sqlite:/// or postgresql://"):
        databases.from_address("mysql://localhost/place")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.sqlite3"


@pytest.fixture
def connection(file: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A connection as the site makes them, to a database of its own."""
    connection = ConnectionHandler({"default": databases.from_address(f"sqlite:///{file}")})["default"]
    with django_db_blocker.unblock():
        yield connection
        connection.close()


def test_an_acknowledged_act_is_on_the_disk(connection: BaseDatabaseWrapper) -> None:
    """docs/decisions/0004: WAL, and each commit waits for the disk (2 is FULL)."""
    with connection.cursor() as cursor:
        settings = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}


def test_a_transaction_takes_its_turn_at_the_start(connection: BaseDatabaseWrapper, file: Path) -> None:
    """IMMEDIATE: a second writer waits before it begins, rather than failing half-way."""
    connection.ensure_connection()
    connection._start_transaction_under_autocommit()  # what `atomic` begins with

    with (
        closing(sqlite3.connect(file, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
