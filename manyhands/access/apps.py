"""The Django app for who may see whom, and for the log of reads."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see whom, on what basis, and who has."""

    name = "manyhands.access"
    verbose_name = "Access"
