"""The Django app for notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices, and the letters that they go out in."""

    name = "manyhands.notices"
    verbose_name = "Notices"
