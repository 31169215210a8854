"""
People who come in because somebody vouches for them: a charity's worker, say, whose organisation has no identity
provider, and nobody who looks after accounts.

Whoever is in a team for an organisation of their own can be a sponsor. What they send is good for a week and for one
person; the account that comes of it ends on a day, or as soon as the sponsor says so or is no longer here themselves.
"""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.utils import timezone

from manyhands.people.models import Person
from manyhands.workspace.models import Sponsorship

GOOD_FOR = timedelta(days=7)
LONGEST = timedelta(days=366)
SALT = "manyhands.sponsored"


def token_of(sponsorship: Sponsorship) -> str:
    return signing.dumps(sponsorship.pk, salt=SALT)


def sponsorship_of(token: str, now: datetime) -> Sponsorship | None:
    """
    What a link leads to: nothing once it is a week old, was ended, or was taken up, which it is when its person has a
    way to sign in of their own.
    """
    try:
        found = Sponsorship.objects.select_related("sponsor", "person", "organisation").filter(
            pk=signing.loads(token, salt=SALT)
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    sponsorship = found.first()
    if sponsorship is None or sponsorship.made_at + GOOD_FOR <= now or has_ended(sponsorship, now):
        return None
    person = sponsorship.person
    return None if person and Authenticator.objects.filter(user=person).exists() else sponsorship


def has_ended(sponsorship: Sponsorship, now: datetime) -> bool:
    over = sponsorship.ended_at is not None or timezone.localdate(now) > sponsorship.until_on
    return over or not sponsorship.sponsor.is_active


def may_be_here(person: Person, now: datetime) -> bool:
    """Whether somebody's account is open, and still vouched for where it has to be."""
    sponsorship = getattr(person, "sponsorship", None)
    return person.is_active and (sponsorship is None or not has_ended(sponsorship, now))


class Known(ModelBackend):
    """Who somebody is, asked for each page: nobody, from the moment that their account or their sponsorship ends."""

    def get_user(self, user_id: object) -> Person | None:
        person = Person.objects.select_related("sponsorship__sponsor").filter(pk=user_id).first()
        return person if person is not None and may_be_here(person, timezone.now()) else None

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        return isinstance(user, Person) and may_be_here(user, timezone.now())
