"""Agendas that go before everyone by themselves: once, in whose name, and what is left to people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import acts
from manyhands.exchange.email import rounds
from manyhands.rules.meeting import by_itself_from
from manyhands.workspace.agendas import put_before_everyone
from tests.cast import (
    COORDINATOR,
    SOCIAL_WORKER,
    TEAM,
    calls_a_meeting,
    calls_off,
    circulates,
    goes_away,
    raises,
    topic,
)
from tests.workspace.reading import text_of

pytestmark = pytest.mark.database
PAGE = f"/teams/{TEAM}/meetings/thursday"
HISTORY = f"/teams/{TEAM}/history"


def due(story):
    """To the moment at which the agenda goes by itself."""
    story.now = by_itself_from(story.standing.meetings["thursday"])


def put(story):
    number = put_before_everyone(story.now)
    story.catch_up()
    return number


def test_at_noon_of_the_day_before_it_goes_before_everyone_with_what_is_open_and_only_once(story):
    story.happened(raises("dev"), calls_a_meeting("carol", in_days=3))
    due(story)
    story.now -= timedelta(seconds=1)
    assert put_before_everyone(story.now) == 0
    due(story)

    assert put(story) == 1
    act = story.recorded[-1].act

    assert isinstance(act, acts.Circulate)
    assert (act.by, act.in_role, act.by_itself) == ("carol", "matron", True)
    assert [item.about.value for item in act.items] == ["matter"]
    assert put(story) == 0
    assert "Agenda is before everyone" in text_of(story.as_("dev").get(PAGE))
    line = "answers for “Our weekly hour”, whose agenda went before everyone by itself"
    assert line in text_of(story.as_("dev").get(HISTORY))


def test_until_then_the_page_says_when_it_will(story):
    story.happened(raises("dev"), calls_a_meeting("carol", in_days=3))
    page = text_of(story.as_("carol").get(PAGE))

    assert "If nobody does it before, it goes by itself on 4 March 2026, midday." in page


@pytest.mark.parametrize(
    ("called_by", "in_the_name_of", "role"),
    [("dev", "ines", SOCIAL_WORKER), ("carol", "asha", COORDINATOR)],
    ids=["their-deputy", "else-the-coordinating-role"],
)
def test_it_goes_in_the_name_of_whoever_answers_for_the_role_that_called_it(story, called_by, in_the_name_of, role):
    story.happened(raises("asha"), calls_a_meeting(called_by, in_days=3), goes_away(called_by, days=30))
    due(story)

    assert put(story) == 1
    act = story.recorded[-1].act

    assert (act.by, act.in_role) == (in_the_name_of, role)


@pytest.mark.parametrize(
    "happens",
    [
        [circulates("carol", topic())],
        [calls_off("carol")],
    ],
    ids=["done", "called-off"],
)
def test_what_somebody_has_done_is_not_done_again(story, happens):
    story.happened(raises("dev"), calls_a_meeting("carol", in_days=3), *happens)
    due(story)

    assert put(story) == 0


def test_an_agenda_with_nothing_on_it_is_left_to_people(story):
    story.happened(calls_a_meeting("carol", in_days=3))
    due(story)

    assert put(story) == 0


def test_once_the_meeting_has_begun_it_is_left_to_those_in_it(story):
    story.happened(raises("dev"), calls_a_meeting("carol", in_days=3))
    story.now = story.standing.meetings["thursday"].starts_at

    assert put(story) == 0


def test_where_nobody_present_answers_for_it_it_is_left_until_somebody_is(story):
    away = [goes_away(each, days=30) for each in ("asha", "ben", "carol")]
    story.happened(raises("asha"), calls_a_meeting("carol", in_days=3), *away)
    due(story)

    assert put(story) == 0


def test_it_takes_as_many_queries_for_ten_meetings_that_are_not_due_as_for_one(story):
    story.happened(raises("dev"), calls_a_meeting("carol", in_days=30))
    put_before_everyone(story.now)
    with CaptureQueriesContext(
        connection,
    ) as one:
        put_before_everyone(story.now)
    story.happened(*(calls_a_meeting("carol", f"later-{day}", in_days=day) for day in range(20, 29)))
    put_before_everyone(story.now)
    with CaptureQueriesContext(connection) as ten:
        put_before_everyone(story.now)

    assert len(one) == len(ten)


def test_each_round_of_notices_begins_with_it_and_everyone_is_told_in_the_same_round(story):
    calls = []

    rounds.keep_going(timedelta(seconds=1), lambda _: True, lambda at: calls.append(at))

    assert len(calls) == 1
