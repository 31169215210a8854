"""The database itself refuses to change or lose what was recorded (see `manyhands/log/guards.py`)."""

from django.db import migrations

from manyhands.log import guards


class Migration(migrations.Migration):
    dependencies = [("log", "0001_initial")]
    operations = [
        migrations.RunPython(lambda apps, schema_editor: guards.set_up(schema_editor), migrations.RunPython.noop),
    ]
