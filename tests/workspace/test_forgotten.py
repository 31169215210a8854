"""A new password by a link: for whoever has the address, for an hour, once; and nobody learns who has an account."""

import re
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from manyhands.people.models import Person
from tests.workspace.reading import text_of

NEW = {"password": "seven quiet otters sing", "again": "seven quiet otters sing"}


@pytest.fixture(autouse=True)
def with_mail(settings):
    settings.MAIL = "smtp://mail.example"


def ask(email="carol@example.org"):
    answer = Client().post("/sign-in/forgotten", {"email": email})
    for each in threading.enumerate():
        if each is not threading.current_thread() and each.daemon and each.name.endswith("(_handed_over)"):
            each.join(5)
    return answer


def linked() -> str:
    ask()
    return re.search(r"/sign-in/forgotten/\S+", mail.outbox[-1].body).group(0)


@pytest.fixture
def link(story):
    return linked()


def test_signing_in_meanwhile_makes_the_link_no_longer_good(story, link):
    story.as_("carol")

    assert Client().get(link).status_code == 404


def test_the_link_lets_one_choose_a_new_password_once_and_ends_every_session(story):
    signed_in = story.as_("carol")
    link = linked()

    assert Client().post(link, NEW).url == "/sign-in"

    assert Person.objects.get(id="carol").check_password(NEW["password"])
    assert signed_in.get("/").status_code == 302
    assert Client().get(link).status_code == 404


def test_it_signs_nobody_in(link):
    client = Client()
    client.post(link, NEW)

    assert client.get("/").status_code == 302


def test_what_is_answered_is_the_same_for_every_address(story):
    known, unknown = ask(), ask("nobody@example.org")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [["carol@example.org"]]


def test_a_closed_account_and_one_without_a_password_get_no_link(story):
    Person.objects.filter(id="carol").update(is_active=False)
    dev = Person.objects.get(id="dev")
    dev.set_unusable_password()
    dev.save()

    ask()
    ask("dev@example.org")

    assert mail.outbox == []


def test_after_an_hour_the_link_is_no_longer_good(story, link, monkeypatch):
    later = time.time() + 3601
    monkeypatch.setattr("time.time", lambda: later)

    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("changed", ["x", "\0"])
def test_a_link_that_was_not_sent_leads_nowhere(link, changed):
    assert Client().get(link + changed).status_code == 404


def test_a_password_that_will_not_do_is_said(link):
    page = Client().post(link, {"password": "qwerty123456", "again": "qwerty123456"})

    assert page.status_code == 422
    assert "known from a breach" in text_of(page)


def test_one_address_is_sent_no_more_than_five_in_a_quarter_of_an_hour(story):
    for _ in range(7):
        assert ask().url == "/sign-in"
    assert len(mail.outbox) == 5

    story.now += timedelta(minutes=16)
    ask()
    assert len(mail.outbox) == 6


def test_without_a_mail_server_whom_to_ask_is_said(story, settings):
    settings.MAIL = ""

    assert "Ask the person who looks after accounts" in text_of(Client().get("/sign-in/forgotten"))
    assert Client().post("/sign-in/forgotten", {"email": "carol@example.org"}).status_code == 422
