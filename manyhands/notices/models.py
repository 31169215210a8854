"""
What is kept of notices: how far each team's log has been read, everything that anybody is to be told, and the letters
that they go out in. There is no word in any of it that somebody wrote; all of it but what was sent could be worked
out again from the log.
"""

from typing import ClassVar

from django.db import models

from manyhands.people.models import Person


class ReadUpTo(models.Model):
    """The number of the last act of a team that was read. It moves with the notices of that act, or not at all."""

    team = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.team} up to {self.number}"


class Letter(models.Model):
    """
    One message to one person. `id` is a digest of the notices in it, and its Message-ID: sent a second time because
    somebody asked for it, it is the same message, and a receiver can tell.

    `state` is "ready", "sending" (somebody has claimed it, and may have sent it), "sent" (the mail server took it),
    "refused" (the mail server said that it never will), "unknown" (nobody can say whether it was sent, because the
    connection or the process ended meanwhile; it is not sent again by itself), or "given-up".
    """

    id = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    waiting = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="ready", db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.id[:8]} {self.state}"


class Notice(models.Model):
    """
    One thing that one person is told. `id` is a digest of team, key and person. `at` is when it came up, `noted_at`
    when it was written down here; `role` is the role they are told it in. `unsent` says why no letter has it:
    "settled" (it was done before one went), "old", "chosen" (whoever it is for wants none of its sort by e-mail) or
    "left" (they are no longer in the team).
    """

    id = models.CharField(max_length=32, primary_key=True)
    team = models.CharField(max_length=64)
    key = models.CharField(max_length=250)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=32)
    thing = models.CharField(max_length=16)
    which = models.CharField(max_length=140)
    role = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")
    unsent = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "key", "person"], name="notice_once"),
        ]
        indexes: ClassVar = [
            models.Index("person", condition=models.Q(letter__isnull=True, unsent=""), name="notice_to_send"),
            models.Index(fields=["person", "-at"], name="notice_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.key}"
