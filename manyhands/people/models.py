"""
Names, organisations, roles and patients: what can be corrected or erased.

The log of acts holds identifiers only; a page turns them into words with `people.naming`. Nothing here says what
anyone may do or has done.
"""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction


class Accounts(BaseUserManager["Person"]):
    """Where accounts are made."""

    def open(
        self, id: str, email: str, name: str, password: str, *, organisations: Iterable[str] = (), **fields: str
    ) -> "Person":
        """
        Open an account for somebody, with a password that is kept only as a digest. `organisations` are those that
        they work for, by identifier, as whoever opens the account knows them.
        """
        person = self.model(id=id, email=self.normalize_email(email), name=name, **fields)
        person.set_password(password)
        works_for = Person.organisations.through
        with transaction.atomic(using=self._db):
            person.save(using=self._db, force_insert=True)
            works_for._default_manager.using(self._db).bulk_create(
                works_for(person_id=id, organisation_id=each) for each in dict.fromkeys(organisations)
            )
        return person


class Person(AbstractBaseUser):
    """
    Somebody who uses the workspace. `record` is their key as a practitioner in the loaded records, if any.

    `is_privacy_officer`: they look at who has seen whom, and review broken glass; it shows them no patient.

    `organisations` come with the account, and nobody chooses their own: they are those that the person may convene a
    team for, or be invited for.
    """

    id = models.CharField(max_length=64, primary_key=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=140)
    profession = models.CharField(max_length=140, blank=True)
    record = models.CharField(max_length=200, blank=True, db_index=True)
    organisations: "models.ManyToManyField[Organisation, models.Model]" = models.ManyToManyField(
        "Organisation", related_name="people"
    )
    is_active = models.BooleanField(default=True)
    is_privacy_officer = models.BooleanField(default=False, db_default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """
    Who somebody is to an identity provider: its issuer and its word for them, together and for ever. An e-mail address
    says nothing of who somebody is.
    """

    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("issuer", "subject", name="one_person_to_an_identity")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.issuer}"


class Organisation(models.Model):
    """An organisation. `record` is its key in the loaded records, if any; or its keys, one to a line."""

    id = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=64, blank=True)
    ods_code = models.CharField(max_length=12, blank=True)
    record = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team's name and place. Who is in it, and what they have done, is in the log."""

    id = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=140)
    place = models.CharField(max_length=140, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a role is called. Which organisation it is for, and who holds it, is in the log."""

    id = models.CharField(max_length=64, primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="roles")
    title = models.CharField(max_length=140)

    def __str__(self) -> str:
        return self.title


class Patient(models.Model):
    """
    Somebody whose care is looked at, as the loaded records name them. `record` is their key in those records.

    A row is made when they are put in a group. Reading one is for `manyhands.access` only, which decides whether
    there is a basis and writes down that it was seen.
    """

    id = models.CharField(max_length=64, primary_key=True)
    record = models.CharField(max_length=200, unique=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    nhs_number_state = models.CharField(max_length=32, blank=True)
    family_name = models.CharField(max_length=140, blank=True)
    given_names = models.CharField(max_length=140, blank=True)
    born_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=32, blank=True)
    communication = models.CharField(max_length=300, blank=True)
    what_matters = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.id


class NoticeChoices(models.Model):
    """
    How somebody wants to be told what waits for them: the hour at which the message of the day comes, and the way of
    each sort of notice. Somebody without a row, and a sort without a way, go the usual way.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="notice_choices")
    hour = models.PositiveSmallIntegerField(default=8)
    ways = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.person_id} at {self.hour}"
