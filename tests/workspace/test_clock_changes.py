"""Days stay days, and moments fall on the day that people here say, also where the clocks change."""

from datetime import UTC, date, datetime

import pytest

from manyhands.workspace.plain_words import day, how_soon, moment


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29 March 2026, 12:59am"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026, 2am"),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), "30 March 2026, 12:30am"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026, 1:30am"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 October 2026, 1:30am"),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), "25 October 2026, 11:30pm"),
    ],
)
def test_a_moment_is_told_by_the_clock_here(at, said):
    assert moment(at) == said


@pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_review_on_the_day_of_a_clock_change_stays_on_that_day(on):
    assert day(on).startswith(str(on.day))
    assert how_soon(on, today=on) == "today"
    assert how_soon(on, today=date(on.year, on.month, on.day - 1)) == "tomorrow"
