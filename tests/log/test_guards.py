"""What the database itself refuses, whoever asks and in whatever way."""

import pytest
from django.db import IntegrityError, connection, transaction

from manyhands.log import guards
from manyhands.log.models import Entry, Wording
from manyhands.log.record import record
from tests.log.conftest import rows

COPIED = (
    "INSERT INTO log_entry SELECT team, {number}, name, at, by, together, payload, recorded_at, previous, digest"
    " FROM log_entry WHERE number = 2"
)
BY_HAND = [
    "UPDATE log_entry SET by = 'dev'",
    "UPDATE log_entry SET payload = payload",
    "UPDATE log_entry SET number = number + 100",
    "DELETE FROM log_entry",
    "DELETE FROM log_entry WHERE number = 2",
    COPIED.format(number=9),
    COPIED.format(number=3),
    "UPDATE log_wording SET text = 'Nobody fell'",
    "UPDATE log_wording SET text = NULL",
    "UPDATE log_wording SET text = NULL, salt = NULL",
    "UPDATE log_wording SET place = 'because'",
    "DELETE FROM log_wording",
]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO log_entry SELECT * FROM log_entry",
    "REPLACE INTO log_wording SELECT * FROM log_wording",
    "UPDATE OR REPLACE log_entry SET number = 1",
    "UPDATE OR IGNORE log_entry SET name = 'agree'",
]
ONLY_POSTGRESQL = [
    "TRUNCATE log_entry",
    "TRUNCATE log_wording",
    "TRUNCATE log_entry, log_wording",
    "INSERT INTO log_entry SELECT * FROM log_entry ON CONFLICT (team, number) DO UPDATE SET name = 'agree'",
]


def tried(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


ONLY_HERE = ONLY_POSTGRESQL if connection.vendor == "postgresql" else ONLY_SQLITE


@pytest.mark.parametrize("statement", BY_HAND + ONLY_HERE)
def test_nobody_changes_the_log_by_hand(scene, statement):
    before = rows(scene)

    with pytest.raises(IntegrityError) as refused:
        tried(statement)

    assert any(guard.says in str(refused.value) for guard in guards.guards(connection.vendor))
    assert rows(scene) == before


def test_nobody_changes_the_log_through_the_models(scene):
    before = rows(scene)
    entry = Entry.objects.get(team=scene.team, number=1)
    words = Wording.objects.get(team=scene.team, number=1)
    entry.name = words.text = "changed"

    for change in (entry.save, entry.delete, words.save, words.delete, Entry.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

    assert rows(scene) == before


def test_words_are_erased_only_when_an_act_says_so_and_only_those_of_its_entry(scene):
    record(scene.say("Her neighbour told me"), scene.withhold(3))

    tried(f"UPDATE log_wording SET salt = NULL, text = NULL WHERE team = '{scene.team}' AND number = 3")
    with pytest.raises(IntegrityError):
        tried(f"UPDATE log_wording SET salt = NULL, text = NULL WHERE team = '{scene.team}' AND number = 2")
    with pytest.raises(IntegrityError):
        tried(f"UPDATE log_wording SET text = 'Nobody told me' WHERE team = '{scene.team}' AND number = 3")


def test_every_guard_is_there_after_the_last_migration(db):
    assert guards.missing() == []


def test_a_guard_that_was_taken_away_is_missed(db):
    on = " ON log_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER log_entry_never_goes{on}")

    assert guards.missing() == ["log_entry_never_goes"]
