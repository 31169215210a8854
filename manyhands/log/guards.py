"""
What the database itself refuses to do to the log, whoever asks.

An entry can only be added, directly after the last one of its team. Words can only be written once, and erased
(salt and text together, and nothing else) when a `withhold` entry of the same team names their entry. On PostgreSQL
the tables cannot be emptied by TRUNCATE either. INSERT OR REPLACE, SQLite's way round a DELETE trigger, comes
up against the guards on insertion.
"""

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from manyhands import triggers
from manyhands.log.chain import NOTHING_BEFORE
from manyhands.triggers import Guard

DOES_NOT_FOLLOW = f"""
    NEW.number <> 1 + COALESCE((SELECT MAX(number) FROM log_entry WHERE team = NEW.team), 0)
    OR NEW.previous <> COALESCE(
        (SELECT digest FROM log_entry WHERE team = NEW.team AND number = NEW.number - 1), '{NOTHING_BEFORE}')
"""

WRITTEN_BEFORE = """
    EXISTS (SELECT 1 FROM log_wording WHERE team = NEW.team AND number = NEW.number AND place = NEW.place)
"""

NOT_ERASING = """
    NEW.team <> OLD.team OR NEW.number <> OLD.number OR NEW.place <> OLD.place
    OR NEW.salt IS NOT NULL OR NEW.text IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM log_entry WHERE team = OLD.team AND name = 'withhold' AND {number_withheld} = OLD.number)
"""

NUMBER_WITHHELD = {
    "sqlite": "json_extract(payload, '$.act.number')",
    "postgresql": "(payload::jsonb -> 'act' ->> 'number')::bigint",
}

DOES_NOT_FOLLOW_SAYS = "an entry of the log follows the last one of its team"


def guards(vendor: str) -> tuple[Guard, ...]:
    """The guards of both tables, in the words of one kind of database."""
    not_erasing = NOT_ERASING.format(number_withheld=NUMBER_WITHHELD[vendor])
    only_erased = "words of the log never change; they are erased once their entry is withheld"
    return (
        Guard("log_entry_follows", "log_entry", "INSERT", DOES_NOT_FOLLOW_SAYS, DOES_NOT_FOLLOW),
        Guard("log_entry_never_changes", "log_entry", "UPDATE", "an entry of the log never changes"),
        Guard("log_entry_never_goes", "log_entry", "DELETE", "an entry of the log is never deleted"),
        Guard("log_wording_once", "log_wording", "INSERT", "words of the log are written once", WRITTEN_BEFORE),
        Guard("log_wording_only_erased", "log_wording", "UPDATE", only_erased, not_erasing),
        Guard("log_wording_never_goes", "log_wording", "DELETE", "words of the log are erased, and their row stays"),
    )


def set_up(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Set the guards up, or set them up again: a migration that alters one of the two tables ends with this."""
    triggers.set_up(schema_editor, guards(schema_editor.connection.vendor))


def missing() -> list[str]:
    """The guards that ought to be in the database, and are not there or are switched off."""
    return triggers.missing(guards(connection.vendor))
