"""Signing in, signing out everywhere, and stepping into made-up people in the demo and nowhere else."""

from datetime import timedelta

import pytest
from django.test import Client

from manyhands.people.models import Person
from manyhands.workspace.models import FailedSignIn
from tests.cast import TEAM
from tests.workspace.reading import text_of

PASSWORD = "correct horse battery staple"


def sign_in(client, email="carol@example.org", password=PASSWORD, **more):
    return client.post("/sign-in", {"email": email, "password": password, **more})


def test_the_form_can_be_filled_by_a_password_manager_and_pasted_into(story):
    page = Client().get("/sign-in").content.decode()

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_with_address_and_password_one_is_in_and_at_the_page_that_was_asked_for(story):
    client = Client()
    asked = client.get(f"/teams/{TEAM}/")
    assert asked.url == f"/sign-in?next=/teams/{TEAM}/"

    answer = sign_in(client, next=f"/teams/{TEAM}/")

    assert answer.url == f"/teams/{TEAM}/"
    assert client.get("/your-sign-in").status_code == 200  # what comes next is tried in test_second_factor.py


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "help", "a\0b"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(story, onward):
    client = Client()
    assert sign_in(client, next=onward).url == "/"
    assert client.get("/sign-in", {"next": onward}).url == "/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(story):
    wrong = sign_in(Client(), password="guess")
    unknown = sign_in(Client(), email="nobody@example.org")

    assert wrong.status_code == unknown.status_code == 422
    assert "do not go together" in text_of(wrong)
    assert text_of(wrong).replace("carol@", "nobody@") == text_of(unknown)
    assert "<title>Error: " in wrong.content.decode()


def test_what_is_missing_is_said_at_its_box_and_the_address_stays(story):
    page = sign_in(Client(), password="").content.decode()

    assert 'href="#password"' in page
    assert 'value="carol@example.org"' in page


def test_after_five_failed_attempts_even_the_right_password_has_to_wait_and_then_it_does_not(story):
    client = Client()
    for _ in range(5):
        sign_in(client, password="guess")

    refused = sign_in(client)
    assert refused.status_code == 429
    assert "Wait 15 minutes" in text_of(refused)

    story.now += timedelta(minutes=16)

    assert sign_in(client).status_code == 302


def test_somebody_elsewhere_who_guesses_does_not_lock_out_the_person_whose_address_it_is(story):
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), password="guess")

    assert sign_in(Client()).status_code == 302


def test_failed_attempts_are_kept_without_the_address(story):
    sign_in(Client(), password="guess")

    assert not any("carol" in kept.key for kept in FailedSignIn.objects.all())


def test_a_closed_account_cannot_sign_in_and_is_out_at_once(story):
    client = story.as_("carol")
    Person.objects.filter(id="carol").update(is_active=False)

    assert sign_in(Client()).status_code == 422
    assert client.get("/").status_code == 302


def test_signing_out_signs_out_on_every_device_and_nobody_else(story):
    ward, home, dev = story.as_("carol"), story.as_("carol"), story.as_("dev")

    answer = ward.post("/sign-out")

    assert answer.url == "/sign-in"
    assert ward.get("/").status_code == home.get("/").status_code == 302
    assert dev.get("/").status_code == 200


def test_signing_out_takes_a_press_and_not_a_link(story):
    assert story.as_("carol").get("/sign-out").status_code == 405


@pytest.mark.parametrize("typed", ["\0", "a\0@example.org", "x" * 5000, "' OR 1=1 --"])
def test_whatever_is_typed_is_answered(story, typed):
    assert sign_in(Client(), email=typed).status_code == 422


def test_stepping_into_somebody_is_not_there_outside_the_demo(story, settings):
    settings.DEMO = False

    assert Client().get("/step-into").status_code == 404
    assert Client().post("/step-into", {"person": "carol"}).status_code == 404


def test_in_the_demo_people_are_listed_by_team_with_role_and_stepped_into_on_one_press(story, settings):
    settings.DEMO = True
    client = Client()

    page = text_of(client.get("/step-into"))
    assert "Riverside team" in page
    assert "Ines Roy Team manager (deputy) Adult Social Care" in page
    assert "In no team" in page
    assert "Esi Mensah" in page

    assert client.post("/step-into", {"person": "carol"}).url == "/"
    assert "Carol Jones" in text_of(client.get("/"))


def test_stepping_into_nobody_is_a_page_that_is_not_there(story, settings):
    settings.DEMO = True

    for nobody in ("", "nobody", "\0"):
        assert Client().post("/step-into", {"person": nobody}).status_code == 404


@pytest.mark.parametrize("page", ["help", "accessibility", "records"])
def test_help_the_statement_and_how_records_are_used_are_there_for_everyone(db, page):
    assert Client().get(f"/about/{page}").status_code == 200


def test_there_is_nothing_else_about(db):
    assert Client().get("/about/secrets").status_code == 404


def test_each_sign_in_is_in_the_running_log_and_each_that_failed_without_an_address_or_a_password(story, caplog):
    with caplog.at_level("INFO", logger="manyhands.signing_in"):
        sign_in(Client(), password="guess")
        sign_in(Client(), email="nobody@example.org")
        sign_in(Client())

    said = [record.getMessage() for record in caplog.records if record.name == "manyhands.signing_in"]
    assert said == ["a sign-in with a password failed"] * 2 + ["carol signed in, by password"]
    assert "guess" not in caplog.text
    assert "@" not in "".join(said)
