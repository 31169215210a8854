"""The database itself refuses to change or lose a sight (see `manyhands/access/guards.py`)."""

from django.db import migrations

from manyhands import triggers
from manyhands.access.guards import READS


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: triggers.set_up(schema_editor, READS), migrations.RunPython.noop
        ),
    ]
