"""Sharing agreements, what patients have said, and the practice that somebody is registered with; guarded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=64)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                ("ends", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("patient", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("practice", models.CharField(blank=True, max_length=200)),
                ("district", models.CharField(blank=True, max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=32)),
                ("patient", models.CharField(max_length=64)),
                ("team", models.CharField(max_length=64)),
                ("person", models.CharField(blank=True, max_length=64)),
                ("roles", models.TextField(blank=True)),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                ("ends", models.CharField(blank=True, max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("in_role", models.CharField(max_length=64)),
                ("because", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(models.F("patient"), name="access_wish_patient")],
            },
        ),
    ]
