"""
Accounts, opened and closed at the command line by whoever looks after the site. It is done without seeing a patient,
and without doing anything in a team: that is for its members.
"""

import secrets
from datetime import date

import click
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from manyhands import who
from manyhands.access import kept
from manyhands.log.read import several
from manyhands.people.models import Identity, Organisation, Person, Team
from manyhands.rules.folding import fold
from manyhands.workspace.signing_in import end_all_sessions


def add_organisation(name: str, *, ods_code: str = "", sector: str = "", record: str = "") -> Organisation:
    """
    Put an organisation on file, under its ODS code where it has one. `record` is its key in the loaded records.

    Raises click.ClickException when there is one of that name or code.
    """
    if Organisation.objects.filter(name__iexact=name).exists():
        raise click.ClickException(f"{name} is on file already.")
    try:
        return Organisation.objects.create(
            id=ods_code or secrets.token_urlsafe(9), name=name, ods_code=ods_code, sector=sector, record=record
        )
    except IntegrityError as there:
        raise click.ClickException(f"An organisation with the code {ods_code} is on file already.") from there


def open_account(
    email: str, name: str, organisations: list[str], password: str, *, profession: str = "", record: str = ""
) -> Person:
    """
    Open an account for somebody who works for the organisations named, each by its name, ODS code or identifier.

    Raises click.ClickException, with what to do, for an address or password that will not do, or for an organisation
    that is not on file.
    """
    there = [_organisation(each).id for each in organisations]
    person = Person(email=Person.objects.normalize_email(email), name=name)
    try:
        validate_email(email)
        validate_password(password, person)
    except ValidationError as wrong:
        raise click.ClickException(" ".join(wrong.messages)) from wrong
    if Person.objects.filter(email__iexact=email).exists():
        raise click.ClickException(f"{email} has an account already.")
    return Person.objects.open(
        secrets.token_urlsafe(9), email, name, password, organisations=there, profession=profession, record=record
    )


def set_password(email: str, password: str) -> None:
    """
    Give somebody a new password, which ends every session of theirs.

    Raises click.ClickException for an account that is closed or not there, and for a password that will not do.
    """
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise click.ClickException(f"Nobody signs in with the address {email}.")
    try:
        validate_password(password, person)
    except ValidationError as wrong:
        raise click.ClickException(" ".join(wrong.messages)) from wrong
    person.set_password(password)
    person.save(update_fields=["password"])


def tie_account(email: str, provider: str, subject: str) -> None:
    """
    Let somebody sign in with an identity provider, who is `subject` there.

    Raises click.ClickException for an account or a provider that is not there, and for a subject that is somebody else.
    """
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise click.ClickException(f"Nobody signs in with the address {email}.")
    known = settings.IDENTITY_PROVIDERS.get(provider)
    if known is None:
        there = ", ".join(settings.IDENTITY_PROVIDERS) or "none; MANYHANDS_SIGN_IN names the file of them"
        raise click.ClickException(f"There is no identity provider {provider}. There are: {there}.")
    identity, _ = Identity.objects.get_or_create(
        issuer=known.issuer, subject=subject, defaults={"person": person, "since": timezone.now()}
    )
    if identity.person_id != person.id:
        raise click.ClickException(f"{subject} is tied to another account already.")


def reset_second_factor(email: str) -> None:
    """
    Take away what somebody shows besides their password, who has lost it, and end their sessions: they set it up anew
    at the next sign-in.

    Raises click.ClickException for an account that is closed or not there.
    """
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise click.ClickException(f"Nobody signs in with the address {email}.")
    with transaction.atomic():
        Authenticator.objects.filter(user=person).delete()
        end_all_sessions(who.Person(person.id), timezone.now())


def close_account(email: str) -> None:
    """
    Close somebody's account: they can no longer sign in, and their sessions end. What they said and did stands, with
    their name, role and organisation.

    Raises click.ClickException while they are in a team, naming it: what they hold there is handed over first, or the
    team's coordinating role takes them off it, so that nothing is left with somebody who cannot get to it.
    """
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    teams = dict(Team.objects.values_list("id", "name"))
    standings = several([who.Team(team) for team in teams], fold)
    now = timezone.now()
    still_in = [teams[team] for team, standing in standings.items() if standing.is_member(who.Person(person.id), now)]
    if still_in:
        raise click.ClickException(
            f"{person.name} is still in {' and '.join(sorted(still_in))}. They hand over what they hold and "
            "leave, or the team's coordinating role takes them off it; then close the account."
        )
    person.is_active = False
    person.set_unusable_password()  # which ends every session that is open, too
    person.save(update_fields=["is_active", "password"])


def make_privacy_officer(email: str, *, no_longer: bool = False) -> Person:
    """
    Have somebody look at who has seen whom, and review broken glass; or no longer.

    Raises click.ClickException for an account that is closed or not there.
    """
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise click.ClickException(f"Nobody signs in with the address {email}.")
    person.is_privacy_officer = not no_longer
    person.save(update_fields=["is_privacy_officer"])
    return person


def agree(named: str, from_on: date, until_on: date | None) -> Organisation:
    """
    Write down that an organisation is under the sharing agreement.

    Raises click.ClickException for one that is not on file, and for days in the wrong order.
    """
    organisation = _organisation(named)
    if until_on is not None and until_on <= from_on:
        raise click.ClickException(f"It would end on {until_on}, before it begins on {from_on}. Say a later day.")
    kept.agree_on_sharing(organisation.id, from_on, until_on, timezone.now())
    return organisation


def leave_agreement(named: str, on: date) -> Organisation:
    """
    Write down that an organisation leaves the sharing agreement: from that day on its people see no patient.

    Raises click.ClickException for one that is not on file, or is under none.
    """
    organisation = _organisation(named)
    if not kept.end_sharing(organisation.id, on, timezone.now()):
        raise click.ClickException(f"{organisation.name} is under no sharing agreement that goes on after {on}.")
    return organisation


def under_agreement(on: date) -> list[str]:
    """The names of the organisations under the sharing agreement on a day."""
    sharing = kept.sharing(on)
    return list(Organisation.objects.filter(id__in=sharing or ()).order_by("name").values_list("name", flat=True))


def _organisation(named: str) -> Organisation:
    found = Organisation.objects.filter(id=named).first() or Organisation.objects.filter(name__iexact=named).first()
    if found is None:
        raise click.ClickException(f"{named} is not on file. Add it first: manyhands add-organisation {named!r}")
    return found
