"""Accounts are opened for organisations, and closed when nothing is in their hands any more."""

import click
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from manyhands import acts, who
from manyhands.exchange.sign_in.providers import Provider
from manyhands.log.record import record
from manyhands.people.models import Identity, Organisation, Person, Team
from manyhands.site.accounts import add_organisation, close_account, open_account, reset_second_factor, tie_account
from tests.story import MONDAY

pytestmark = pytest.mark.django_db
GOOD = "forty-two green bicycles"


@pytest.fixture
def surgery() -> Organisation:
    return add_organisation("Riverside Surgery", ods_code="Z99001", sector="general-practice")


def test_somebody_can_sign_in_once_their_account_is_open(surgery):
    client = Client()
    assert not client.login(email="asha@example.org", password=GOOD)

    person = open_account("asha@example.org", "Asha Nair", ["Riverside Surgery"], GOOD)

    assert client.login(email="asha@example.org", password=GOOD)
    assert [each.name for each in person.organisations.all()] == ["Riverside Surgery"]


def test_an_organisation_is_on_file_once(surgery):
    with pytest.raises(click.ClickException, match="on file already"):
        add_organisation("riverside surgery")
    with pytest.raises(click.ClickException, match="Z99001"):
        add_organisation("Another", ods_code="Z99001")


@pytest.mark.parametrize(
    ("email", "where", "password", "said"),
    [
        ("nonsense", "Riverside Surgery", GOOD, "valid email"),
        ("asha@example.org", "Nowhere", GOOD, "not on file"),
        ("asha@example.org", "Riverside Surgery", "password", "too"),
    ],
)
def test_what_will_not_do_is_said_and_no_account_is_opened(surgery, email, where, password, said):
    with pytest.raises(click.ClickException, match=said):
        open_account(email, "Asha Nair", [where], password)

    assert not Person.objects.exists()


def test_an_address_has_one_account(surgery):
    open_account("asha@example.org", "Asha Nair", ["Z99001"], GOOD)

    with pytest.raises(click.ClickException, match="account already"):
        open_account("ASHA@example.org", "Another", ["Z99001"], GOOD)


def test_an_account_is_not_closed_while_its_person_is_in_a_team(surgery):
    """RS16: nobody who holds something becomes somebody who cannot get to it."""
    asha = open_account("asha@example.org", "Asha Nair", ["Z99001"], GOOD)
    Team.objects.create(id="riverside", name="Riverside team")
    speaking = {
        "team": who.Team("riverside"),
        "by": who.Person(asha.id),
        "for_organisation": who.Organisation("Z99001"),
    }
    role = who.Role("coordinator")
    record(acts.Convene(**speaking, at=MONDAY, role=role, kind="care-coordinator", purpose=acts.Words("Frailty")))
    with pytest.raises(click.ClickException, match="still in Riverside team"):
        close_account("asha@example.org")

    record(
        acts.StepDown(**speaking, at=MONDAY, in_role=role, role=role, person=who.Person(asha.id)),
        acts.Leave(**speaking, at=MONDAY),
    )
    client = Client()
    client.login(email="asha@example.org", password=GOOD)
    close_account("asha@example.org")

    assert not Client().login(email="asha@example.org", password=GOOD)
    assert client.get("/").status_code == 302
    with pytest.raises(click.ClickException, match="Nobody has"):
        close_account("nobody@example.org")


def test_somebody_who_lost_their_second_factor_is_signed_out_and_sets_it_up_anew(surgery):
    asha = open_account("asha@example.org", "Asha Nair", ["Z99001"], GOOD)
    TOTP.activate(asha, generate_totp_secret())
    client = Client()
    client.force_login(asha)

    reset_second_factor("ASHA@example.org")

    assert client.get("/").status_code == 302
    assert client.post("/sign-in", {"email": "asha@example.org", "password": GOOD}).url == "/"
    assert client.get("/").url == "/your-sign-in"
    with pytest.raises(click.ClickException, match="Nobody signs in"):
        reset_second_factor("nobody@example.org")


def test_an_account_is_tied_to_somebody_at_a_provider_that_is_known_and_to_nobody_elses(surgery, settings):
    settings.IDENTITY_PROVIDERS = {"cis2": Provider("cis2", "NHS smartcard", "https://cis2.example", "us", secret="s")}
    open_account("asha@example.org", "Asha Nair", ["Z99001"], GOOD)
    open_account("ben@example.org", "Ben Osei", ["Z99001"], GOOD)

    tie_account("Asha@example.org", "cis2", "555")
    tie_account("asha@example.org", "cis2", "555")

    assert Identity.objects.get(issuer="https://cis2.example", subject="555").person.name == "Asha Nair"
    with pytest.raises(click.ClickException, match="tied to another account"):
        tie_account("ben@example.org", "cis2", "555")
    with pytest.raises(click.ClickException, match="There are: cis2"):
        tie_account("ben@example.org", "council", "555")
    with pytest.raises(click.ClickException, match="Nobody signs in"):
        tie_account("nobody@example.org", "cis2", "556")
