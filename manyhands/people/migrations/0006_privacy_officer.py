"""Who looks at who has seen whom."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_identities"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="is_privacy_officer",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
