"""
What the site itself has to remember: attempts at signing in that failed, and what somebody sent when their session had
ended. Everything about teams is in the log.
"""

from typing import ClassVar

from django.db import models

from manyhands.people.models import Person


class FailedSignIn(models.Model):
    """
    One attempt that failed. `key` is a keyed digest of the address that was typed (with or without where it came
    from), so that the list says nothing about who has an account.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index("key", "at", name="failed_sign_in_key")]

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at:%Y-%m-%d %H:%M}"


class KeptForm(models.Model):
    """What somebody sent when their session had ended (kept_forms.py): the page, where it sends to, and the boxes."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="kept_form")
    page = models.CharField(max_length=2000)
    action = models.CharField(max_length=2000)
    fields = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"of {self.person_id} at {self.at:%Y-%m-%d %H:%M}"
