"""
The log of reads: every sight of a patient that anybody was given, and every one that was refused. And what is known
beside the log of acts of who may see whom: agreements, and what patients have said.

Only `reads.py` and `kept.py` write here. The database refuses to change or lose a row (`guards.py`), and each sight
rests on the one before (`chain.py`).
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


class Agreement(models.Model):
    """
    An organisation's part in the sharing agreement, from a day until another; or, with `ends`, that an earlier row
    ends on `until_on` instead. Rows are only ever added.
    """

    id = models.CharField(max_length=64, primary_key=True)
    organisation = models.CharField(max_length=64)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ends = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation} from {self.from_on}"


class Wish(models.Model):
    """
    What a patient has said about who may see them, as somebody who leads wrote it down: that they object to sharing,
    that only some roles may (`roles`, by blanks), that a person is to know (`person`); or that an earlier row is over
    (`ends`). Rows are only ever added.
    """

    id = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=32)
    patient = models.CharField(max_length=64)
    team = models.CharField(max_length=64)
    person = models.CharField(max_length=64, blank=True)
    roles = models.TextField(blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    ends = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=64)
    in_role = models.CharField(max_length=64)
    because = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index("patient", name="access_wish_patient"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.patient}"


class Registration(models.Model):
    """
    The practice that a patient is registered with, by its key in the loaded records, and the postcode district that
    they live in; both follow the records.
    """

    patient = models.CharField(max_length=64, primary_key=True)
    practice = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=8, blank=True)

    def __str__(self) -> str:
        return f"{self.patient} at {self.practice}"


class BrokenGlass(models.Model):
    """That somebody broke the glass for a patient: in which role, for which reason, until when. Only ever added."""

    id = models.CharField(max_length=64, primary_key=True)
    team = models.CharField(max_length=64)
    patient = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    role = models.CharField(max_length=64)
    organisation = models.CharField(max_length=64)
    reason = models.CharField(max_length=32)
    because = models.TextField()
    at = models.DateTimeField()
    until_at = models.DateTimeField()
    review_by = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index("patient", "until_at", name="access_glass_patient"),
            models.Index("person", "until_at", name="access_glass_person"),
        )

    def __str__(self) -> str:
        return f"{self.person} at {self.at}"


class GlassReview(models.Model):
    """What a privacy officer found of a broken glass. The first stands; rows are only ever added."""

    glass = models.OneToOneField(BrokenGlass, on_delete=models.PROTECT, primary_key=True, related_name="review")
    found = models.CharField(max_length=32)
    because = models.TextField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.glass_id}: {self.found}"


class EmergencyNote(models.Model):
    """What somebody who broke the glass wrote about the patient, for everybody who sees them. Only ever added."""

    id = models.CharField(max_length=64, primary_key=True)
    glass = models.ForeignKey(BrokenGlass, on_delete=models.PROTECT, related_name="notes")
    patient = models.CharField(max_length=64, db_index=True)
    words = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.glass_id} at {self.at}"
