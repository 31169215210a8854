"""The Django app for names, organisations, roles and patients."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, in the words that they go by."""

    name = "manyhands.people"
    verbose_name = "People"
