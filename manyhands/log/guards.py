"""
What the database itself refuses, whoever asks: triggers on both tables, in the words of each kind of database.

An entry can only be added, directly after the last one of its team. Words can only be written once, and erased
(salt and text together, and nothing else) when a `withhold` entry of the same team names their entry. On PostgreSQL
the tables cannot be emptied by TRUNCATE either. INSERT OR REPLACE, SQLite's way round a DELETE trigger, comes
up against the guards on insertion.
"""

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MESSAGES = {
    "log_entry_follows": "an entry of the log follows the last one of its team",
    "log_entry_never_changes": "an entry of the log never changes",
    "log_entry_never_goes": "an entry of the log is never deleted",
    "log_wording_once": "words of the log are written once",
    "log_wording_only_erased": "words of the log never change; they are erased once their entry is withheld",
    "log_wording_never_goes": "a row of words is never deleted; it is erased once its entry is withheld",
}
"""Each guard, and what it says when it refuses."""

DOES_NOT_FOLLOW = """
    NEW.number <> 1 + COALESCE((SELECT MAX(number) FROM log_entry WHERE team = NEW.team), 0)
    OR NEW.previous <> COALESCE(
        (SELECT digest FROM log_entry WHERE team = NEW.team AND number = NEW.number - 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
"""

WRITTEN_BEFORE = """
    EXISTS (SELECT 1 FROM log_wording WHERE team = NEW.team AND number = NEW.number AND place = NEW.place)
"""

NOT_ERASING = """
    NEW.team <> OLD.team OR NEW.number <> OLD.number OR NEW.place <> OLD.place
    OR NEW.salt IS NOT NULL OR NEW.text IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM log_entry
        WHERE team = OLD.team AND name = 'withhold' AND {number_withheld} = OLD.number)
"""


def _sqlite() -> list[str]:
    def guard(name: str, table: str, event: str, when: str = "1") -> str:
        refuse = f"SELECT RAISE(ABORT, '{MESSAGES[name]}')"
        return f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN {refuse}; END"

    not_erasing = NOT_ERASING.format(number_withheld="json_extract(payload, '$.act.number')")
    return [
        guard("log_entry_follows", "log_entry", "INSERT", DOES_NOT_FOLLOW),
        guard("log_entry_never_changes", "log_entry", "UPDATE"),
        guard("log_entry_never_goes", "log_entry", "DELETE"),
        guard("log_wording_once", "log_wording", "INSERT", WRITTEN_BEFORE),
        guard("log_wording_only_erased", "log_wording", "UPDATE", not_erasing),
        guard("log_wording_never_goes", "log_wording", "DELETE"),
    ]


def _postgresql() -> list[str]:
    def guard(name: str, table: str, event: str, when: str = "TRUE") -> list[str]:
        refuse = f"RAISE EXCEPTION '{MESSAGES[name]}' USING ERRCODE = 'integrity_constraint_violation'"
        body = f"BEGIN IF {when} THEN {refuse}; END IF; RETURN NEW; END"
        return [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]

    def against_emptying(name: str, table: str) -> str:
        return f"CREATE TRIGGER {name}_at_all BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()"

    not_erasing = NOT_ERASING.format(number_withheld="(payload::jsonb -> 'act' ->> 'number')::bigint")
    return [
        *guard("log_entry_follows", "log_entry", "INSERT", DOES_NOT_FOLLOW),
        *guard("log_entry_never_changes", "log_entry", "UPDATE"),
        *guard("log_entry_never_goes", "log_entry", "DELETE"),
        against_emptying("log_entry_never_goes", "log_entry"),
        *guard("log_wording_once", "log_wording", "INSERT", WRITTEN_BEFORE),
        *guard("log_wording_only_erased", "log_wording", "UPDATE", not_erasing),
        *guard("log_wording_never_goes", "log_wording", "DELETE"),
        against_emptying("log_wording_never_goes", "log_wording"),
    ]


def set_up(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """
    Set the guards up, or set them up again. A migration that alters one of the two tables has to end with this:
    on SQLite the table is made anew, and its guards go with the old one.
    """
    vendor = schema_editor.connection.vendor
    for name in MESSAGES:
        if vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]():
        schema_editor.execute(statement, params=None)


def missing() -> list[str]:
    """The guards that ought to be in the database, and are not there or are switched off."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in MESSAGES if name not in there]
