"""
What the site itself has to remember: attempts at signing in that failed, what somebody sent when their session had
ended, and who vouches for whom. Everything about teams is in the log.
"""

from typing import ClassVar

from django.db import models

from manyhands.people.models import Organisation, Person


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


class Sponsorship(models.Model):
    """That somebody vouches for a person who works for an organisation, until a day (sponsored.py)."""

    id = models.CharField(max_length=64, primary_key=True)
    sponsor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="vouches_for")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="sponsorship")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=140)
    email = models.EmailField()
    profession = models.CharField(max_length=140, blank=True)
    made_at = models.DateTimeField()
    until_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.sponsor_id} for {self.person_id or 'somebody'} until {self.until_on}"


class PartnerLink(models.Model):
    """
    One thing that a partner outside the team was asked to do about a responsibility, in words that name no patient, and
    by whom (asking_partner.py). What they answer is in the log.
    """

    id = models.CharField(max_length=64, primary_key=True)
    team = models.CharField(max_length=64)
    responsibility = models.CharField(max_length=64)
    partner = models.CharField(max_length=140)
    what = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    in_role = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index("team", "responsibility", name="partner_link_about")]

    def __str__(self) -> str:
        return f"{self.team}, {self.responsibility}, until {self.until_at:%Y-%m-%d}"
