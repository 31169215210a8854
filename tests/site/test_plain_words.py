"""Dates, numbers and lists as people read them."""

import doctest
from datetime import UTC, date, datetime

import pytest

from manyhands.workspace import plain_words
from manyhands.workspace.plain_words import day, how_soon, listed, moment


def test_the_examples_in_the_docstrings_hold() -> None:
    tried = doctest.testmod(plain_words)

    assert tried.attempted > 8
    assert tried.failed == 0


@pytest.mark.parametrize(
    ("utc", "here"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29 March 2026, 12:59am"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026, 2am"),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "25 October 2026, 12:30am"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026, 1:30am"),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), "1 July 2026, midday"),
    ],
)
def test_a_moment_is_told_in_the_time_here_when_the_clocks_change_too(utc: datetime, here: str) -> None:
    assert moment(utc) == here


def test_a_moment_that_does_not_say_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="does not say which time zone"):
        moment(datetime(2026, 7, 1, 11, 0))  # noqa: DTZ001


def test_the_day_of_a_moment_is_the_day_here() -> None:
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert how_soon(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), today=date(2026, 7, 1)) == "today"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (27, "in 27 days"),
        (28, "in 4 weeks"),
        (-90, "3 months ago"),
        (800, "in 2 years"),
    ],
)
def test_how_soon(days: int, said: str) -> None:
    today = date(2026, 3, 1)

    assert how_soon(date.fromordinal(today.toordinal() + days), today=today) == said


def test_lists() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
