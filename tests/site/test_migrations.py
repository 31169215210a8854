"""
While a new version takes over from an old one, old processes go on with the new tables. So a migration only ever adds:
what is no longer used goes in the release after the one that has stopped using it.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

OURS = ("log", "access", "people", "notices", "workspace")
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def breaks(app: str, name: str) -> Iterator[str]:
    """What of a migration an old process would stumble over."""
    loader = MigrationLoader(None)
    before = loader.project_state((app, name), at_end=False)
    operations = loader.disk_migrations[app, name].operations
    new = {each.name.lower() for each in operations if isinstance(each, migrations.CreateModel)}
    for operation in operations:
        if isinstance(operation, TAKES_AWAY):
            yield f"{type(operation).__name__} takes away what an old process still uses"
        if isinstance(operation, migrations.AddField) and operation.model_name.lower() not in new:
            field = operation.field
            if not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED):
                yield f"{operation.name} has to be given, and an old process does not know it: give it a db_default"
        altered = operation if isinstance(operation, migrations.AlterField) and not operation.field.null else None
        if altered and before.models[app, altered.model_name.lower()].fields[altered.name].null:
            yield f"{altered.name} may be missing in what an old process writes"


def all_of_ours() -> list[tuple[str, str]]:
    return sorted(each for each in MigrationLoader(None).disk_migrations if each[0] in OURS)


@pytest.mark.parametrize(("app", "name"), all_of_ours())
def test_a_process_of_the_version_before_goes_on_with_the_new_tables(app: str, name: str) -> None:
    assert list(breaks(app, name)) == []


@pytest.mark.parametrize(
    ("operation", "says"),
    [
        (migrations.RemoveField("person", "profession"), "takes away"),
        (migrations.RenameField("person", "profession", "job"), "takes away"),
        (migrations.DeleteModel("identity"), "takes away"),
        (migrations.AddField("person", "job", models.TextField()), "give it a db_default"),
        (migrations.AlterField("patient", "born_on", models.DateField()), "may be missing"),
    ],
)
def test_a_migration_that_would_stop_it_is_named(operation: object, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    last = max(each for each in all_of_ours() if each[0] == "people")
    loaded = MigrationLoader(None)
    monkeypatch.setattr(loaded.disk_migrations[last], "operations", [operation])
    monkeypatch.setattr("tests.site.test_migrations.MigrationLoader", lambda _: loaded)
    assert [says in said for said in breaks(*last)] == [True]


@pytest.mark.django_db
def test_a_row_that_an_old_process_adds_has_what_it_knows_nothing_of() -> None:
    """An account as the version before privacy officers wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_person (id, email, name, profession, record, password, is_active) "
            "VALUES ('old', 'old@example.org', 'Old', '', '', '!', %s)",
            [True],
        )
        cursor.execute("SELECT is_privacy_officer FROM people_person WHERE id = 'old'")
        assert not cursor.fetchone()[0]
