"""What the site itself has to remember: attempts at signing in that failed. Everything about teams is in the log."""

from typing import ClassVar

from django.db import models


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
