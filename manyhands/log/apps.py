"""The Django app for the log of acts."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """The log of acts."""

    name = "manyhands.log"
    verbose_name = "Log of acts"
