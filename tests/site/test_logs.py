"""The running log says what happened to the site, and nothing about anybody."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from manyhands.site.logs import Json, NothingPersonal, Plain

pytestmark = [pytest.mark.urls("tests.site.addresses"), pytest.mark.django_db]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    written = io.StringIO()
    root, requests = logging.getLogger(), logging.getLogger("manyhands.requests")
    ours = next(handler for handler in root.handlers if isinstance(handler.formatter, Plain))
    stream = ours.setStream(written)  # type: ignore[attr-defined]  # ours is a StreamHandler, as settings say
    requests.setLevel(logging.INFO)
    yield written
    ours.setStream(stream)  # type: ignore[attr-defined]
    requests.setLevel(logging.NOTSET)


def test_a_failing_page_is_logged_by_its_pattern_with_where_and_not_with_whom(log: io.StringIO) -> None:
    Client(raise_request_exception=False).get("/failing/mrs-jones?nhs=9991234567")

    said = log.getvalue()
    assert "/failing/<str:name>" in said
    assert "RuntimeError at" in said
    assert "tests/site/addresses.py" in said
    for personal in ("jones", "Jones", "999", "nhs="):
        assert personal not in said


@pytest.mark.parametrize("address", ["/nowhere/mrs-jones", "/forbidden?who=jones", "/suspicious?who=jones"])
def test_a_page_refused_is_logged_without_its_address_or_reason(log: io.StringIO, address: str) -> None:
    Client(raise_request_exception=False).get(address)

    assert log.getvalue()
    assert "ones" not in log.getvalue()


def test_a_request_is_logged_with_how_long_it_took(log: io.StringIO) -> None:
    Client().get("/?who=jones")

    assert "INFO manyhands.requests GET / 200" in log.getvalue()
    assert "jones" not in log.getvalue()


def test_a_line_of_djangos_without_a_request_keeps_nothing_of_its_text() -> None:
    record = logging.LogRecord("django.security", logging.ERROR, "", 0, "Invalid host: %s", ("jones",), None)

    assert NothingPersonal().filter(record)
    assert "jones" not in record.getMessage()


def test_the_same_as_json_has_a_field_for_each_thing_and_is_one_line(log: io.StringIO) -> None:
    ours = next(each for each in logging.getLogger().handlers if isinstance(each.formatter, Plain))
    plain = ours.formatter
    ours.setFormatter(Json())
    try:
        Client(raise_request_exception=False).get("/failing/mrs-jones?nhs=9991234567")
    finally:
        ours.setFormatter(plain)

    failed, requested = (json.loads(line) for line in log.getvalue().splitlines())
    assert (failed["error"], failed["level"]) == ("RuntimeError", "ERROR")
    assert any("tests/site/addresses.py" in place for place in failed["where"])
    assert (requested["method"], requested["page"], requested["status"]) == ("GET", "/failing/<str:name>", 500)
    assert requested["milliseconds"] > 0
    for personal in ("jones", "Jones", "999", "nhs="):
        assert personal not in log.getvalue()


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/failing/a%0AINFO manyhands.requests GET / 200 1ms"},
        {"path": "/nowhere%0D%0AERROR forged"},
        {"path": "/", "headers": {"User-Agent": "x\nERROR forged", "Referer": "http://x/\r\nERROR forged"}},
    ],
)
def test_nobody_writes_a_line_of_the_log_by_what_they_ask_for(log: io.StringIO, asked: dict[str, object]) -> None:
    Client(raise_request_exception=False).get(**asked)  # type: ignore[arg-type]

    lines = [line for line in log.getvalue().splitlines() if not line.startswith("  ")]
    assert lines
    assert all(line[:4].isdigit() and line[10] == "T" and line[19] == "Z" for line in lines), "one moment, in UTC, each"
    assert "forged" not in log.getvalue()
    assert "1ms" not in log.getvalue()
