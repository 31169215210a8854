"""
The second wall, on PostgreSQL: the database itself gives no row of `people_patient` but those that were opened.

`access` decides whom somebody may see; this stands behind it. A query that asks for patients without having come by
that decision gets no rows, whatever it asks. SQLite has no such thing (docs/decisions/0054-the-second-wall.md).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SETTING = "manyhands.patients"
EVERYBODY = "*"
BETWEEN = "\x1f"
"""Between identifiers, and before the first, so that no identifier is taken for EVERYBODY."""

OPENED = f"current_setting('{SETTING}', true)"
POLICY = f"{OPENED} = '{EVERYBODY}' OR id = ANY (string_to_array({OPENED}, chr(31)))"
BUILT = (
    "ALTER TABLE people_patient ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE people_patient FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY patients_that_were_opened ON people_patient USING ({POLICY}) WITH CHECK (true)",
)
"""The owner of the table is behind it too (FORCE); only a superuser is not."""


@contextmanager
def opened_for(patients: Iterable[str]) -> Iterator[None]:
    """Inside, the database gives these patients; after it, none. Read what is asked for before it ends."""
    with _opened(BETWEEN + BETWEEN.join(patients)):
        yield


@contextmanager
def opened_for_the_site() -> Iterator[None]:
    """Inside, the database gives every patient: for what concerns the whole site and shows nobody anything."""
    with _opened(EVERYBODY):
        yield


@contextmanager
def _opened(whom: str) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():  # when this fails, the setting is rolled back with it
        before = _set(whom)
        yield
        _set(before)


def _set(whom: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)", [SETTING, SETTING, whom]
        )
        return str(cursor.fetchone()[0])


def is_passed_by() -> bool:
    """Whether the database lets whoever asks now pass the wall: a superuser, or one who may bypass it."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
