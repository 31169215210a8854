"""
The log of reads: every sight of a patient that anybody was given, and every one that was refused.

Only `reads.py` writes here. The database refuses to change or lose a row (`guards.py`), and each rests on the one
before (`chain.py`).
"""

from django.db import models


class Sight(models.Model):
    """
    One patient shown to one person, once; numbered 1, 2, 3 … within the team in which it was.

    `patient` is missing for somebody who was found by a search and has not been chosen: `record`, their key in the
    loaded records, says who. `basis` is missing when the sight was refused. `count` is how many were shown
    together, and `request` is shared by these. `role` and `organisation` are what the person saw it as.
    """

    pk = models.CompositePrimaryKey("team", "number")
    team = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    person = models.CharField(max_length=64)
    role = models.CharField(max_length=64, blank=True)
    organisation = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=32)
    page = models.CharField(max_length=64)
    patient = models.CharField(max_length=64, blank=True)
    record = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField()
    request = models.CharField(max_length=32)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index("patient", "at", name="access_sight_patient"),
            models.Index("person", "at", name="access_sight_person"),
        )

    def __str__(self) -> str:
        return f"{self.team} {self.number}: {self.action}"
