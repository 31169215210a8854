"""PostgreSQL gives no patient but those that were opened."""

from django.db import migrations

from manyhands.people.second_wall import BUILT


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in BUILT:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_privacy_officer"),
    ]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
