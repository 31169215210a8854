"""
What a database refuses by itself, whoever asks: guards, in the words of each kind of database.

A guard refuses an INSERT, UPDATE or DELETE on a table, always or where a condition holds on the row (`NEW`, `OLD`).
Where a guard refuses every DELETE, PostgreSQL is told to refuse emptying the table (TRUNCATE) too. An UPDATE guard
on SQLite also stands in the way of INSERT OR REPLACE only together with a guard on INSERT.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True, slots=True)
class Guard:
    """`name` is unique in the database; `says` is what it says when it refuses, and holds no quotation marks."""

    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE
    says: str
    when: str = ""  # missing: always

    def on_sqlite(self) -> Iterator[str]:
        refuse = f"SELECT RAISE(ABORT, '{self.says}')"
        yield (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} WHEN {self.when or '1'} "
            f"BEGIN {refuse}; END"
        )

    def on_postgresql(self) -> Iterator[str]:
        refuse = f"RAISE EXCEPTION '{self.says}' USING ERRCODE = 'integrity_constraint_violation'"
        body = f"BEGIN IF {self.when or 'TRUE'} THEN {refuse}; END IF; RETURN NEW; END"
        yield f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        yield (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
        )
        if self.event == "DELETE" and not self.when:
            yield (f"CREATE TRIGGER {self.name}_at_all BEFORE TRUNCATE ON {self.table} EXECUTE FUNCTION {self.name}()")


def set_up(schema_editor: BaseDatabaseSchemaEditor, guards: Iterable[Guard]) -> None:
    """
    Set guards up, or set them up again. A migration that alters a guarded table has to end with this: on SQLite the
    table is made anew, and its guards go with the old one.
    """
    postgresql = schema_editor.connection.vendor == "postgresql"
    for guard in guards:
        drop = (
            f"DROP FUNCTION IF EXISTS {guard.name}() CASCADE" if postgresql else f"DROP TRIGGER IF EXISTS {guard.name}"
        )
        schema_editor.execute(drop, params=None)
        for statement in guard.on_postgresql() if postgresql else guard.on_sqlite():
            schema_editor.execute(statement, params=None)


def missing(guards: Iterable[Guard]) -> list[str]:
    """The guards that ought to be in the database, and are not there or are switched off."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return [guard.name for guard in guards if guard.name not in there]
