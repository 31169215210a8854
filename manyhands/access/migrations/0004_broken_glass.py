"""Broken glass, its review, and emergency notes; guarded."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_agreements_and_wishes"),
    ]

    operations = [
        migrations.CreateModel(
            name="BrokenGlass",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("team", models.CharField(max_length=64)),
                ("patient", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("role", models.CharField(max_length=64)),
                ("organisation", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=32)),
                ("because", models.TextField()),
                ("at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("review_by", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyNote",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("patient", models.CharField(db_index=True, max_length=64)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GlassReview",
            fields=[
                (
                    "glass",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="review",
                        serialize=False,
                        to="access.brokenglass",
                    ),
                ),
                ("found", models.CharField(max_length=32)),
                ("because", models.TextField()),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="brokenglass",
            index=models.Index(models.F("patient"), models.F("until_at"), name="access_glass_patient"),
        ),
        migrations.AddIndex(
            model_name="brokenglass",
            index=models.Index(models.F("person"), models.F("until_at"), name="access_glass_person"),
        ),
        migrations.AddField(
            model_name="emergencynote",
            name="glass",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="access.brokenglass"
            ),
        ),
    ]
