"""
The log as the database keeps it: entries, which never change, and beside them the words that people wrote.

Only `manyhands.log` writes here, by `record`. The database itself refuses anything but one more entry at the end of
a team's acts, and anything done to words but erasing those that a recorded `Withhold` names: see `guards.py`.
"""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """
    One act, as recorded. The payload is the whole act but for its words, in whose place are their salted digests;
    `name`, `at`, `by` and `together` repeat what it says, so that they can be searched.
    """

    pk = models.CompositePrimaryKey("team", "number")
    team = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    together = models.CharField(max_length=64, null=True)  # noqa: DJ001  missing is not the same as empty
    payload = models.TextField()
    recorded_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"
        indexes: ClassVar = [
            models.Index("together", condition=models.Q(together__isnull=False), name="log_entry_together"),
            models.Index("team", condition=models.Q(name="withhold"), name="log_entry_withhold"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.number}: {self.name}"


class Wording(models.Model):
    """
    Words of one entry: `place` says where in the act they stand ("terms.options.0.words"). Once removed, the row
    stays, and salt and text are gone; nobody can then confirm a guess at what was written.
    """

    pk = models.CompositePrimaryKey("team", "number", "place")
    team = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=200)
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001  missing is not the same as empty
    text = models.TextField(null=True)  # noqa: DJ001  missing is not the same as empty

    def __str__(self) -> str:
        return f"{self.team} {self.number}: {self.place}"
