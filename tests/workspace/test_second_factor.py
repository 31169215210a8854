"""A second factor for everybody: setting it up, showing it, being without it, and never being left without one."""

import html
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from manyhands.people.models import Person
from tests.cast import TEAM
from tests.workspace.reading import text_of
from tests.workspace.workplace import code_for
from tests.workspace.workplace import sign_in as signed_in

pytestmark = pytest.mark.database

PASSWORD = "correct horse battery staple"
LETTERS = re.compile(r'class="mh-letters">([A-Z2-7 ]+)<')


def sign_in(client, person="carol", onward="/", password=PASSWORD):
    return client.post("/sign-in", {"email": f"{person}@example.org", "password": password, "next": onward})


def set_up(client):
    """The secret that the app was tied by, and the recovery codes that came with it."""
    secret = LETTERS.search(client.get("/your-sign-in/app").content.decode()).group(1).replace(" ", "")
    answer = client.post("/your-sign-in/app", {"code": code_for(secret, -1)})
    assert answer.url == "/your-sign-in/recovery-codes", text_of(answer)
    page = html.unescape(client.get(answer.url).content.decode())
    return secret, re.findall(r"<li>(\d{8})</li>", page)


@pytest.fixture
def with_app(story):
    """Carol has an app: its secret, and her recovery codes."""
    client = Client()
    sign_in(client)
    return set_up(client)


def test_with_a_password_alone_one_gets_to_no_page_but_those_for_setting_up_the_second(story):
    client = Client()
    sign_in(client)

    for page in ("/", f"/teams/{TEAM}/", "/notices", "/your-sign-in/recovery-codes/new"):
        assert client.get(page).url == "/your-sign-in"
    assert client.post(f"/teams/{TEAM}/matters/new", {"words": "Falls"}).url == "/your-sign-in"
    assert "One more thing before you begin" in text_of(client.get("/your-sign-in"))
    assert client.get("/about/help").status_code == 200


def test_once_an_app_is_set_up_one_is_in_with_recovery_codes_shown_once(story):
    client = Client()
    sign_in(client)

    _, codes = set_up(client)

    assert len(set(codes)) == 10
    assert client.get("/").status_code == 200
    again = text_of(client.get("/your-sign-in/recovery-codes"))
    assert "cannot be shown again" in again
    assert not any(code in again for code in codes)


def test_the_next_sign_in_takes_password_and_code_and_then_leads_where_one_was_going(with_app):
    client = Client()
    first = sign_in(client, onward=f"/teams/{TEAM}/")
    assert first.url == "/sign-in/code"
    assert client.get("/").url == "/sign-in?next=/"

    answer = client.post("/sign-in/code", {"code": code_for(with_app[0])})

    assert answer.url == f"/teams/{TEAM}/"
    assert client.get(answer.url).status_code == 200


def test_a_code_is_of_no_use_without_the_password(with_app):
    client = Client()

    assert client.get("/sign-in/code").url == "/sign-in"
    assert client.post("/sign-in/code", {"code": code_for(with_app[0])}).url == "/sign-in"


def test_a_code_works_once(with_app):
    code = code_for(with_app[0])
    client, other = Client(), Client()
    sign_in(client)
    sign_in(other)
    client.post("/sign-in/code", {"code": code})

    again = other.post("/sign-in/code", {"code": code})

    assert again.status_code == 422
    assert "was used already" in text_of(again)
    assert other.get("/").status_code == 302


def test_a_recovery_code_works_once_too(with_app):
    client, other = Client(), Client()
    sign_in(client)
    sign_in(other)

    assert client.post("/sign-in/code", {"code": with_app[1][0]}).url == "/"
    assert other.post("/sign-in/code", {"code": with_app[1][0]}).status_code == 422
    assert other.post("/sign-in/code", {"code": with_app[1][1]}).url == "/"


def test_after_five_wrong_codes_even_the_right_one_has_to_wait(with_app):
    client = Client()
    sign_in(client)
    for guess in range(5):
        assert client.post("/sign-in/code", {"code": f"00000{guess}"}).status_code == 422

    assert client.post("/sign-in/code", {"code": code_for(with_app[0])}).status_code == 422
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("typed", ["", "\0", "x" * 5000, "123456", "٣٣٣٣٣٣"])
def test_whatever_is_typed_for_a_code_is_answered(with_app, typed):
    client = Client()
    sign_in(client)

    assert client.post("/sign-in/code", {"code": typed}).status_code == 422


def test_the_session_has_another_key_once_one_is_in(with_app):
    client = Client()
    client.get("/sign-in")
    sign_in(client)
    before = client.session.session_key

    client.post("/sign-in/code", {"code": code_for(with_app[0])})

    assert client.session.session_key != before


def test_the_secret_of_an_app_cannot_be_read_off_the_database(with_app):
    kept = Authenticator.objects.get(type="totp").data

    assert with_app[0] not in str(kept)


def test_nobody_removes_the_only_second_factor_that_they_have(with_app):
    client = Client()
    sign_in(client)
    client.post("/sign-in/code", {"code": code_for(with_app[0])})

    page = client.post("/your-sign-in/app/remove")

    assert page.status_code == 422
    assert "Add another first" in text_of(page)
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_change_is_made_only_by_somebody_who_showed_who_they_are_in_the_last_five_minutes(with_app, monkeypatch):
    client = Client()
    sign_in(client)
    client.post("/sign-in/code", {"code": code_for(with_app[0])})
    assert client.get("/your-sign-in/password").status_code == 200
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 301)

    asked = client.get("/your-sign-in/password")
    assert asked.url == "/sign-in/again?next=%2Fyour-sign-in%2Fpassword"
    assert client.post(asked.url, {"password": "guess"}).status_code == 422
    assert client.post(asked.url, {"password": PASSWORD}).url == "/your-sign-in/password"

    assert client.get("/your-sign-in/password").status_code == 200


def test_a_new_password_ends_every_other_session_and_not_this_one(story):
    here, elsewhere = story.as_("carol"), story.as_("carol")

    typed = {"password": "seven quiet otters sing", "again": "seven quiet otters sing"}
    assert here.post("/your-sign-in/password", typed).url == "/your-sign-in"

    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert Person.objects.get(id="carol").check_password("seven quiet otters sing")


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "at least 12 characters"),
        ("Qwerty123456", "Qwerty123456", "known from a breach"),
        ("seven quiet otters sing", "seven quiet others sing", "not the same"),
        ("", "", "at least 12 characters"),
    ],
)
def test_a_password_that_will_not_do_is_said_at_its_box(story, password, again, said):
    page = story.as_("carol").post("/your-sign-in/password", {"password": password, "again": again})

    assert page.status_code == 422
    assert said in text_of(page)
    assert Person.objects.get(id="carol").check_password(PASSWORD)


def test_in_the_demo_a_password_is_enough_and_the_page_says_that_it_is_so_only_there(story, settings):
    settings.DEMO = True
    client = Client()

    assert sign_in(client).url == "/"

    assert client.get("/").status_code == 200
    assert "In this demonstration a password is enough" in text_of(client.get("/your-sign-in"))


def test_how_one_signs_in_takes_as_many_questions_however_many_accounts_there_are(story, django_assert_max_num_queries):
    client = Client()
    signed_in(client, Person.objects.get(id="carol"))
    client.get("/your-sign-in")

    with django_assert_max_num_queries(5):
        assert client.get("/your-sign-in").status_code == 200
