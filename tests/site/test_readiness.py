"""Whether the site is alive, and whether it can answer people, for whatever watches over it."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from manyhands.site import readiness
from manyhands.workspace.pages import alive


@pytest.fixture(autouse=True)
def never_asked_before() -> Iterator[None]:
    alive._of_this_version.clear()
    yield
    alive._of_this_version.clear()


def test_alive_is_answered_without_asking_the_database() -> None:
    answer = Client().get("/alive")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_asks_the_database_and_after_the_first_time_with_one_question_only(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assert Client().get("/ready").json() == {"ready": True, "because": ""}

    with django_assert_num_queries(1):
        assert Client().get("/ready").status_code == 200


@pytest.mark.django_db
def test_a_database_behind_this_version_makes_it_unready() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notices'")

    answer = Client().get("/ready")

    assert answer.status_code == 503
    assert "manyhands migrate" in answer.json()["because"]


@pytest.mark.django_db
def test_a_database_ahead_of_this_version_leaves_it_ready_so_that_old_and_new_can_run_side_by_side() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('log', '9999_later', CURRENT_TIMESTAMP)"
        )

    assert Client().get("/ready").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_said_without_where_or_what_it_is() -> None:
    Client().get("/ready")
    connection.close()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = "no/such/folder/at/all"
    try:
        answer = Client().get("/ready")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name

    assert (answer.status_code, answer.json()["because"]) == (503, "the database does not answer")


def test_neither_can_be_written_to() -> None:
    assert Client().post("/alive").status_code == 405
    assert Client().post("/ready").status_code == 405


def test_both_are_answered_beside_a_proxy_without_being_sent_to_https(settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    settings.SECURE_REDIRECT_EXEMPT = ["^alive$", "^ready$"]  # type: ignore[attr-defined]

    assert Client().get("/alive").status_code == 200
    assert Client().get("/about/help").status_code == 301


@pytest.mark.django_db(transaction=True)
def test_the_command_asks_the_site_under_a_name_that_it_answers_to(live_server: LiveServer, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["care.example.org"]  # type: ignore[attr-defined]
    port = int(live_server.url.rpartition(":")[2])

    assert readiness.asked("localhost", port) == "Ready."


def test_the_command_says_when_nothing_answers() -> None:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        free_port = int(found.getsockname()[1])

    with pytest.raises(readiness.NotReady, match="Nothing that is Manyhands answers"):
        readiness.asked("127.0.0.1", free_port)
