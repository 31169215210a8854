"""When a notice is sent, as each person chose."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.notices.choosing import HOURS, Choices, Way, is_due, last_hour, next_hour
from manyhands.notices.kinds import KINDS, Kind, Sort
from manyhands.rules.days import HERE

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def test_by_default_what_is_not_urgent_comes_once_a_day_at_eight():
    noted = MONDAY

    assert not is_due(Kind.HEAR, Choices(), noted, MONDAY + timedelta(hours=22, minutes=59))
    assert is_due(Kind.HEAR, Choices(), noted, MONDAY + timedelta(hours=23))


def test_by_default_what_is_urgent_comes_at_once():
    assert is_due(Kind.CONCERN, Choices(), MONDAY, MONDAY)


def test_at_once_means_at_once():
    assert is_due(Kind.HEAR, Choices(ways={Sort.HEARD: Way.AT_ONCE}), MONDAY, MONDAY)


def test_only_urgent_sends_what_is_urgent_and_nothing_else():
    choices = Choices(ways={Sort.HEARD: Way.URGENT})

    assert choices.sends(Kind.CONCERN)
    assert is_due(Kind.CONCERN, choices, MONDAY, MONDAY)
    assert not choices.sends(Kind.HEAR)


@pytest.mark.parametrize("kind", Kind)
def test_none_by_email_means_none(kind):
    assert not Choices(ways={KINDS[kind].sort: Way.NONE}).sends(kind)


def test_a_choice_for_one_sort_leaves_the_others_as_they_are():
    choices = Choices(ways={Sort.TALK: Way.NONE})

    assert choices.way(Kind.HEAR) is Way.DAILY


def test_eight_in_the_morning_is_by_the_clock_on_the_wall_in_summer_and_winter():
    winter, summer = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 7, 6, 12, tzinfo=UTC)

    assert [last_hour(8, at).hour for at in (winter, summer)] == [8, 7]


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
@pytest.mark.parametrize("hour", HOURS)
def test_on_the_days_the_clock_is_changed_every_hour_comes_once(day, hour):
    """At 1 in the night the clock jumps to 2 in spring; in autumn 1 in the night comes twice, and the first counts."""
    minutes = [day - timedelta(hours=2) + timedelta(minutes=15 * n) for n in range(4 * 28)]

    came = {last_hour(hour, at) for at in minutes if last_hour(hour, at).astimezone(HERE).date() == day.date()}

    assert len(came) == 1


@given(moments, st.sampled_from(HOURS))
def test_between_one_message_of_the_day_and_the_next_is_about_a_day(at, hour):
    before, after = last_hour(hour, at), next_hour(hour, at)

    assert before <= at < after
    assert timedelta(hours=23) <= after - before <= timedelta(hours=25)
    assert after.astimezone(HERE).date() - before.astimezone(HERE).date() == timedelta(days=1)


@given(moments, st.sampled_from(HOURS), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_whatever_waits_for_the_day_is_due_after_its_hour_however_late_it_is_looked_at(at, hour, later):
    choices = Choices(hour)

    assert is_due(Kind.HEAR, choices, at, next_hour(hour, at) + later)
    assert not is_due(Kind.HEAR, choices, at, next_hour(hour, at) - timedelta(seconds=1))
