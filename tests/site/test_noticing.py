"""The command that tells people what waits for them, and where messages are handed to."""

import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner
from django.utils import timezone

from manyhands.__main__ import main
from manyhands.notices.models import Letter
from manyhands.people.models import Person
from manyhands.site import mail
from tests.log.elsewhere import ROOT, address


def said(*arguments):
    return CliRunner().invoke(main, ["notices", *arguments])


@pytest.fixture
def stuck(db):
    Person.objects.open("dev", "dev@example.org", "Dev Patel", "correct horse battery staple")
    now = timezone.now()
    return Letter.objects.create(
        id="a1", person_id="dev", waiting=1, made_at=now, next_try_at=now, state="unknown", said="ended-while-sending"
    )


def test_once_says_what_was_done_and_that_nothing_is_sent_without_a_server(db):
    answer = said()

    assert answer.exit_code == 0
    assert "No mail server is set" in answer.output
    assert "0 notices, 0 messages made, 0 sent." in answer.output


def test_the_status_names_what_is_stuck_and_what_can_be_done_and_no_address(stuck):
    answer = said("--status")

    assert "Messages: 1 unknown." in answer.output
    assert "a1  unknown (ended-while-sending)  to dev" in answer.output
    assert "--send-again" in answer.output
    assert "@" not in answer.output


def test_somebody_decides_about_what_is_stuck(stuck):
    assert said("--send-again", "a1").exit_code == 0
    assert Letter.objects.get().state == "ready"
    assert said("--give-up", "a1").exit_code == 0
    assert Letter.objects.get().state == "given-up"


@pytest.mark.parametrize("option", ["--send-again", "--give-up"])
def test_a_message_that_is_not_stuck_is_named_with_what_to_do(db, option):
    answer = said(option, "nothing")

    assert answer.exit_code == 1
    assert "nothing is no message that could be" in answer.output
    assert "manyhands notices --status" in answer.output


def test_nothing_is_sent_with_links_to_the_reader_s_own_machine(db, settings, monkeypatch):
    settings.MAIL = "smtp://mail.example.org"
    monkeypatch.delenv("MANYHANDS_SITE", raising=False)

    answer = said()

    assert answer.exit_code == 1
    assert "MANYHANDS_SITE" in answer.output


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_keeps_going_until_it_is_told_to_stop(transactional_db, stop):
    going = subprocess.Popen(
        [sys.executable, "-m", "manyhands", "notices", "--keep-going", "--every", "1"],
        cwd=ROOT,
        env={**os.environ, "MANYHANDS_DATABASE": address(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert going.stdout is not None
    lines = [going.stdout.readline() for _ in range(2)]

    going.send_signal(stop)

    assert "every 1 seconds" in lines[1]
    assert going.wait(timeout=20) == 0


# ---- where messages are handed to ----------------------------------------------------------------------------------


def test_a_server_is_reached_safely_or_not_at_all():
    starttls, safe = (
        mail.from_address("smtp://a%40b:c%2Fd@mail.example.org"),
        mail.from_address("smtps://mail.example.org"),
    )

    assert (starttls["EMAIL_USE_TLS"], starttls["EMAIL_PORT"]) == (True, 587)
    assert (starttls["EMAIL_HOST_USER"], starttls["EMAIL_HOST_PASSWORD"]) == ("a@b", "c/d")
    assert (safe["EMAIL_USE_SSL"], safe["EMAIL_PORT"]) == (True, 465)


def test_only_this_machine_is_sent_to_in_the_clear():
    assert mail.from_address("smtp+plain://localhost:2525")["EMAIL_PORT"] == 2525
    with pytest.raises(ValueError, match=r"in the clear to mail\.example\.org; use smtp"):
        mail.from_address("smtp+plain://mail.example.org")


def test_messages_can_go_into_a_folder_or_nowhere():
    assert mail.from_address("file:///srv/some%20mail")["EMAIL_FILE_PATH"] == "/srv/some mail"
    assert mail.from_address("")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


@pytest.mark.parametrize("wrong", ["mail.example.org", "imap://mail.example.org", "smtp://", "file://"])
def test_any_other_address_is_refused_with_what_is_allowed(wrong):
    with pytest.raises(ValueError, match="it can begin with smtp://"):
        mail.from_address(wrong)
