"""Somebody without an account comes in on a sponsor's word: by a link that is good for a while, and until a day."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from manyhands.people.models import Person
from manyhands.workspace.models import Sponsorship
from tests.workspace.reading import text_of
from tests.workspace.workplace import code_for

pytestmark = pytest.mark.database

PASSWORD = "seven quiet otters sing"
TYPED = {
    "name": "Gita Rao",
    "email": "gita@neighbours.example",
    "profession": "Befriender",
    "organisation": "charity",
    "until-day": "1",
    "until-month": "9",
    "until-year": "2026",
}
LETTERS = re.compile(r'class="mh-letters">([A-Z2-7 ]+)<')


@pytest.fixture
def link(story):
    """Asha vouches for Gita: the link that she gives her."""
    asha = story.as_("asha")
    assert asha.post("/bring-in", TYPED).url == "/bring-in"
    return "/come-in/" + re.search(r"/come-in/([^<\s]+)", asha.get("/bring-in").content.decode()).group(1)


def comes_in_by_code(link):
    client = Client()
    answer = client.post(link, {"how": "code", "password": PASSWORD, "again": PASSWORD})
    assert answer.url == "/your-sign-in/app", text_of(answer)
    secret = LETTERS.search(client.get(answer.url).content.decode()).group(1).replace(" ", "")
    assert client.post(answer.url, {"code": code_for(secret, -1)}).status_code == 302
    return client, secret


def test_the_link_says_who_vouches_for_whom_for_what_and_until_when_and_nothing_else(link):
    page = text_of(Client().get(link))

    assert "Asha Rahman vouches for you until 1 September 2026" in page
    assert "take part for Good Neighbours" in page
    assert "Riverside team" not in page
    assert not Person.objects.filter(name="Gita Rao").exists()


def test_with_a_passkey_there_is_no_password_and_nothing_else_is_to_be_seen_before_it_is_made(link):
    client = Client()

    assert client.post(link, {"how": "passkey"}).url == "/your-sign-in/passkey"

    assert client.get("/your-sign-in/passkey").status_code == 200
    assert client.get("/").url == "/your-sign-in"
    gita = Person.objects.get(name="Gita Rao")
    assert not gita.has_usable_password()
    assert [each.id for each in gita.organisations.all()] == ["charity"]


def test_without_scripts_a_password_and_an_app_do_as_well(link):
    client, _ = comes_in_by_code(link)

    assert client.get("/").status_code == 200
    assert "Gita Rao" in text_of(client.get("/"))


def test_a_password_that_will_not_do_is_said_and_nobody_comes_in(link):
    page = Client().post(link, {"how": "code", "password": "qwerty123456", "again": "qwerty123456"})

    assert page.status_code == 422
    assert "known from a breach" in text_of(page)
    assert not Person.objects.filter(name="Gita Rao").exists()


def test_the_link_is_good_until_there_is_another_way_in_and_for_one_account(link):
    Client().post(link, {"how": "passkey"})
    assert Client().get(link).status_code == 200  # the window was closed before the passkey was made

    comes_in_by_code(link)

    assert Client().get(link).status_code == 404
    assert Client().post(link, {"how": "passkey"}).status_code == 404
    assert Person.objects.filter(name="Gita Rao").count() == 1


@pytest.mark.parametrize("days", [7, 400])
def test_after_a_week_the_link_is_no_longer_good(story, link, days):
    story.now += timedelta(days=days)

    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("changed", ["x", "\0", "é"])
def test_a_link_that_was_not_sent_leads_nowhere(link, changed):
    assert Client().get(link + changed).status_code == 404
    assert Client().get("/come-in/a:b:c").status_code == 404


@pytest.mark.parametrize("how", ["the day is over", "the sponsor says so", "the sponsor leaves"])
def test_when_nobody_vouches_any_more_the_session_ends_at_once_and_there_is_no_way_in(story, link, how):
    client, _ = comes_in_by_code(link)
    assert client.get("/").status_code == 200

    if how == "the day is over":
        story.now += timedelta(days=365)
    elif how == "the sponsor says so":
        asha = story.as_("asha")
        assert asha.post("/bring-in", {"end": Sponsorship.objects.get().pk}).url == "/bring-in"
        assert "You no longer vouch for Gita Rao" in text_of(asha.get("/bring-in"))
    else:
        Person.objects.filter(id="asha").update(is_active=False)

    assert client.get("/").status_code == 302
    again = Client()
    assert again.post("/sign-in", {"email": TYPED["email"], "password": PASSWORD}).status_code == 422


def test_they_sign_in_again_as_anybody_does(link, monkeypatch):
    _, secret = comes_in_by_code(link)
    later = time.time() + 60
    monkeypatch.setattr("time.time", lambda: later)
    client = Client()

    assert client.post("/sign-in", {"email": TYPED["email"], "password": PASSWORD}).url == "/sign-in/code"
    assert client.post("/sign-in/code", {"code": code_for(secret)}).url == "/"


def test_whoever_is_here_on_somebodys_word_vouches_for_nobody(link):
    client, _ = comes_in_by_code(link)

    page = client.post("/bring-in", TYPED | {"email": "another@example.org"})

    assert page.status_code == 422
    assert "can vouch for others" in text_of(page)
    assert Sponsorship.objects.count() == 1


def test_whoever_is_in_no_team_vouches_for_nobody(story):
    assert story.as_("esi").post("/bring-in", TYPED).status_code == 422
    assert not Sponsorship.objects.exists()


def test_nobody_ends_what_is_somebody_elses_word(story, link):
    assert story.as_("carol").post("/bring-in", {"end": Sponsorship.objects.get().pk}).status_code == 404
    assert "Gita" not in text_of(story.as_("carol").get("/bring-in"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Enter their name"),
        ({"email": "gita"}, "Enter their e-mail address"),
        ({"email": "CAROL@example.org"}, "There is an account with this address already"),
        ({"organisation": "nowhere"}, "Choose the organisation"),
        ({"organisation": "\0"}, "Choose the organisation"),
        ({"until-year": "2036"}, "Enter a day within a year"),
        ({"until-year": "2025"}, "Enter a day within a year"),
        ({"until-day": "31"}, "Enter a day within a year"),
    ],
)
def test_what_is_to_be_put_right_is_said_and_what_was_typed_stays(story, changed, said):
    page = story.as_("asha").post("/bring-in", TYPED | changed)

    assert page.status_code == 422
    assert said in text_of(page)
    assert 'value="Befriender"' in page.content.decode()
    assert not Sponsorship.objects.exists()


def test_where_there_is_a_mail_server_the_link_goes_by_mail(story, settings):
    settings.MAIL = "smtp://mail.example"

    story.as_("asha").post("/bring-in", TYPED)

    (message,) = mail.outbox
    assert message.to == ["gita@neighbours.example"]
    assert "/come-in/" in message.body
    assert "Riverside" not in message.body


def test_an_account_opened_meanwhile_with_the_same_address_is_not_taken_over(story, link):
    Person.objects.open("gita", "gita@neighbours.example", "Gita", "a password of hers")

    assert Client().post(link, {"how": "passkey"}).status_code == 422
    assert not Authenticator.objects.exists()
