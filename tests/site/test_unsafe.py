"""For real people the site does not start with a setting that is unsafe, and names each. Elsewhere it is left alone."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as ours
from django.db import connection

from manyhands.access import kept
from manyhands.people.models import Organisation, Person
from manyhands.site import databases, unsafe
from tests.site.test_command import environment

KEY = "Jw3-q8Zt_5RkV1nXyP0aLmC7uHsD2eGbT9oQfI4hWcE6"
SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "DEMO": False,
    "EMBEDDED": False,
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": ["care.example.org"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SITE": "https://care.example.org",
    "DATABASES": {"default": databases.from_address("postgresql://web:word@db.example.org/care?sslmode=verify-full")},
    "MAIL": "smtp://mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "Manyhands <no-reply@care.example.org>",
    "LOG_LEVEL": "INFO",
}
UNSAFE = {
    "MANYHANDS_DEBUG is 1": {"DEBUG": True},
    "MANYHANDS_DEMO is 1": {"DEMO": True},
    "MANYHANDS_SECRET_KEY could be guessed": {"SECRET_KEY": "for tests only, and nobody's"},
    "MANYHANDS_SECRET_KEY could": {"SECRET_KEY": "change-me-" * 6},
    "MANYHANDS_SECRET_KEY": {"SECRET_KEY": "django-insecure-" + KEY},
    "MANYHANDS_ADDRESSES allows any name": {"ALLOWED_HOSTS": ["*"]},
    "MANYHANDS_ADDRESSES": {"ALLOWED_HOSTS": ["care.example.org", ".example.org"]},
    "Cookies would travel without https": {"SESSION_COOKIE_SECURE": False},
    "Cookies would": {"CSRF_COOKIE_SECURE": False},
    "MANYHANDS_BEHIND_PROXY is not 1": {"SECURE_PROXY_SSL_HEADER": None},
    "MANYHANDS_SITE is http://care.example.org": {"SITE": "http://care.example.org"},
    "MANYHANDS_SITE is https://localhost": {"SITE": "https://localhost"},
    "MANYHANDS_DATABASE is on another machine (db.example.org)": {
        "DATABASES": {"default": databases.from_address("postgresql://web:word@db.example.org/care")}
    },
    "MANYHANDS_MAIL is not set": {"MAIL": ""},
    "MANYHANDS_MAIL_FROM is nobody's address": {"DEFAULT_FROM_EMAIL": "Manyhands <no-reply@localhost>"},
    "MANYHANDS_LOG_LEVEL is DEBUG": {"LOG_LEVEL": "DEBUG"},
}


def settings(**changed: object) -> LazySettings:
    made = LazySettings()
    made.configure(ours, **(SAFE | changed))
    return made


def test_settings_that_are_safe_are_let_through() -> None:
    assert [*unsafe.reasons(settings())] == []


@pytest.mark.parametrize(("named", "changed"), UNSAFE.items(), ids=lambda each: each if isinstance(each, str) else "")
def test_each_setting_that_is_unsafe_is_named_alone(named: str, changed: dict[str, object]) -> None:
    (said,) = unsafe.reasons(settings(**changed))

    assert named in said
    assert said.endswith((".", "'"))


def test_all_of_them_are_named_at_once() -> None:
    wrong: dict[str, object] = {}
    for changed in UNSAFE.values():
        wrong |= changed

    assert len([*unsafe.reasons(settings(**wrong))]) == 10


def test_a_database_on_this_machine_or_a_way_there_that_was_thought_about_is_let_through() -> None:
    for address in (
        "postgresql:///care?host=/run/postgresql",
        "postgresql://web@localhost/care",
        "postgresql://web@database/care?sslmode=disable",
    ):
        assert [*unsafe.reasons(settings(DATABASES={"default": databases.from_address(address)}))] == []


def test_names_beyond_this_machine_are_taken_to_be_for_real_unless_it_is_the_demo() -> None:
    beyond = {"PRODUCTION": False, "DEBUG": True}

    assert [*unsafe.reasons(settings(**beyond))] != []
    assert [*unsafe.reasons(settings(**beyond, ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]"]))] == []
    assert [*unsafe.reasons(settings(**beyond, DEMO=True))] == []


@pytest.mark.django_db
def test_the_embedded_database_is_refused_once_people_of_several_organisations_have_accounts() -> None:
    surgery = Organisation.objects.create(id="surgery", name="Surgery")
    council = Organisation.objects.create(id="council", name="Council")
    for name, organisation in (("asha", surgery), ("ben", surgery), ("carol", council)):
        Person.objects.create(id=name, name=name, email=f"{name}@example.org").organisations.add(organisation)

    (said,) = unsafe.too_many_for_sqlite(settings(EMBEDDED=True))

    assert "MANYHANDS_DATABASE is SQLite, and people of 2 organisations" in said
    assert [*unsafe.too_many_for_sqlite(settings(EMBEDDED=False))] == []
    assert [*unsafe.too_many_for_sqlite(settings(EMBEDDED=True, PRODUCTION=False, ALLOWED_HOSTS=["localhost"]))] == []

    Person.objects.filter(id="carol").update(is_active=False)

    assert [*unsafe.too_many_for_sqlite(settings(EMBEDDED=True))] == []


@pytest.mark.parametrize(
    "command", [["-m", "manyhands", "check"], ["-c", "import manyhands.site.wsgi"]], ids=["command", "any server"]
)
def test_whichever_way_it_is_started_it_does_not_start_and_says_why_without_a_stack_of_calls_in_the_command(
    tmp_path: Path, command: list[str]
) -> None:
    started = subprocess.run(
        [sys.executable, *command],
        env=environment(tmp_path) | {"MANYHANDS_PRODUCTION": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert started.returncode != 0
    assert "- MANYHANDS_DEMO is 1" in started.stderr
    assert "- MANYHANDS_MAIL is not set" in started.stderr
    assert "m" not in command[0] or "Traceback" not in started.stderr


@pytest.mark.django_db
def test_for_people_of_several_organisations_a_sharing_agreement_has_to_be_written_down() -> None:
    for name in ("one", "other"):
        Organisation.objects.create(id=name, name=name)
        Person.objects.open(name, f"{name}@example.org", name, "correct horse battery staple", organisations=[name])
    (said,) = unsafe.no_agreement(settings())
    assert "People of 2 organisations have accounts, and no sharing agreement is written down" in said

    kept.agree_on_sharing("one", date(2026, 1, 1), None, datetime(2026, 1, 1, tzinfo=UTC))

    assert [*unsafe.no_agreement(settings())] == []


@pytest.mark.database
@pytest.mark.skipif(connection.vendor != "postgresql", reason="an SQLite file is told what it has to do by ourselves")
def test_a_server_that_does_not_wait_for_its_disk_is_not_for_real_people(db, settings):
    settings.PRODUCTION, settings.EMBEDDED = True, False
    assert list(unsafe.unsure_of_the_disk(settings)) == []

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        assert ["synchronous_commit off" in each for each in unsafe.unsure_of_the_disk(settings)] == [True]

    settings.PRODUCTION, settings.ALLOWED_HOSTS = False, ["localhost"]
    assert list(unsafe.unsure_of_the_disk(settings)) == []
