"""What is kept beside the log is guarded, but for words about a patient whose record is removed."""

from django.db import migrations

from manyhands import triggers
from manyhands.access.guards import guards


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_broken_glass"),
        ("log", "0002_guards"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: triggers.set_up(schema_editor, guards(schema_editor.connection.vendor)),
            migrations.RunPython.noop,
        ),
    ]
