"""What the time brings, once for each step, whenever and however often anybody asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings

from manyhands import who
from manyhands.notices.due import due
from manyhands.notices.kinds import KINDS, Kind
from manyhands.notices.still import still_waits
from manyhands.pictures import my_work, proposals, who_holds_what
from tests.cast import (
    EVERYONE_CONSENTS,
    TEAM,
    VISIT,
    agrees,
    asks,
    calls_a_meeting,
    circulates,
    comes_back,
    goes_away,
    item,
    offers,
    opens_review,
    proposes,
    records,
    replaces,
    reports,
    steps_down,
    takes_on,
    topic,
)
from tests.histories import histories
from tests.notices.telling import due_in, due_now


def overdue(story):
    return [(n.kind.value, n.to) for n in due_in(story) if n.kind.value.startswith("overdue")]


def reviews(story):
    return {(person, kind) for person, kind in due_now(story) if kind.startswith("review")}


def test_rs18_what_is_overdue_goes_from_the_role_to_its_deputy_to_the_lead_to_the_coordinating_role(story):
    story.happened(asks("dev", in_days=2), takes_on("carol"))
    story.later(days=2)
    assert overdue(story) == []

    story.later(days=1)
    assert overdue(story) == [("overdue", "carol")]
    story.later(days=2)
    assert overdue(story)[1:] == [("overdue-deputy", "dev")]
    story.later(days=2)
    assert overdue(story)[2:] == [("overdue-lead", "dev")]
    story.later(days=3)

    assert overdue(story)[3:] == [("overdue-coordinator", "asha"), ("overdue-coordinator", "ben")]


def test_rs18_the_steps_are_the_same_however_late_they_are_asked_for(story):
    story.happened(asks("dev", in_days=2), takes_on("carol"))
    one_at_a_time = {}
    for _ in range(24 * 14):
        story.later(hours=1)
        one_at_a_time |= {n.key: n for n in due_in(story)}

    at_once = {n.key: n for n in due_in(story)}

    steps = [key for key in one_at_a_time if key.startswith("overdue")]
    assert len(steps) == 4
    assert [(one_at_a_time[key].at, one_at_a_time[key].to) for key in steps] == [
        (at_once[key].at, at_once[key].to) for key in steps
    ]


def test_a_new_day_for_the_check_begins_new_steps(story):
    story.happened(asks("dev", in_days=2), takes_on("carol"))
    story.later(days=4)
    first = {n.key for n in due_in(story) if n.kind is Kind.OVERDUE}
    story.happened(reports("carol").but(next_check_on=(story.now + timedelta(days=3)).date()))
    assert overdue(story) == []

    story.later(days=4)

    assert {n.key for n in due_in(story) if n.kind is Kind.OVERDUE}.isdisjoint(first)


def test_a_check_is_reminded_of_on_its_day_and_only_then(story):
    story.happened(asks("asha", in_days=3), takes_on("carol"))
    assert ("carol", "due-tomorrow") not in due_now(story)
    story.later(days=3)
    assert ("carol", "due-tomorrow") in due_now(story)

    story.later(days=1)

    assert ("carol", "due-tomorrow") not in due_now(story)


def test_rs7_a_reminder_during_absence_goes_to_the_deputy_only(story):
    story.happened(asks("asha", in_days=3), takes_on("carol"), goes_away("carol"))
    story.later(days=3)

    assert {person for person, kind in due_now(story) if kind == "due-tomorrow"} == {"dev"}


def test_an_answer_that_was_asked_for_is_reminded_of_a_day_before_the_week_is_over_unless_given(story):
    story.happened(asks("asha", in_days=30))
    story.later(days=5, hours=23)
    assert ("carol", "due-tomorrow") not in due_now(story)
    story.later(hours=2)
    assert ("carol", "due-tomorrow") in due_now(story)

    story.does(takes_on("carol"))

    assert ("carol", "due-tomorrow") not in due_now(story)


def test_a_hand_over_is_reminded_of_then_brought_to_the_coordinating_role(story):
    story.happened(asks("asha"), takes_on("carol"))
    story.happened(offers("carol", "dev", item("responsibility", "ring", "matron", "social-worker"), in_days=3))
    story.later(days=3)
    assert ("dev", "due-tomorrow") in due_now(story)
    assert ("asha", "offer-not-answered") not in due_now(story)

    story.later(days=1)

    assert {("asha", "offer-not-answered"), ("ben", "offer-not-answered")} <= due_now(story)


def test_what_was_written_down_is_reminded_of_once_before_it_can_no_longer_be_put_right(story):
    story.happened(proposes("carol"), records("asha", "dev"))
    story.later(days=6, hours=1)

    assert [n.to for n in due_in(story) if n.kind is Kind.DUE_TOMORROW] == ["dev"]


def test_rs8_a_vacant_role_is_brought_to_the_coordinating_role_at_its_time_limit_once(story):
    story.happened(steps_down("carol", "matron"))
    story.later(days=6)
    assert ("asha", "role-vacant") not in due_now(story)
    story.later(days=2)
    keys = {n.key for n in due_in(story) if n.kind is Kind.ROLE_VACANT}
    assert len(keys) == 1

    story.later(days=20)

    assert {n.key for n in due_in(story) if n.kind is Kind.ROLE_VACANT} == keys


def test_whoever_stands_in_is_told_when_the_absence_begins_and_not_before(story):
    story.happened(goes_away("dev", in_days=2))
    assert due_now(story) == set()
    story.later(days=2)

    assert due_now(story) == {("ines", "covering")}
    assert len({n.key for n in due_in(story)} | {n.key for n in due_in(story, story.now + timedelta(days=3))}) == 1


def test_whoever_is_named_as_deputy_is_told_when_a_role_has_nobody_present(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("carol"))

    assert ("dev", "covering") in due_now(story)


def test_whoever_comes_back_is_told_that_things_wait(story):
    story.happened(goes_away("dev", days=7))
    story.later(days=3)
    assert ("dev", "back") not in due_now(story)
    story.does(comes_back("dev"))
    assert ("dev", "back") in due_now(story)

    story.later(days=8)

    assert ("dev", "back") not in due_now(story), "they have seen for themselves"


def test_a_review_is_told_of_two_weeks_before_to_whoever_owes_it_and_on_its_day_to_everyone(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))
    review = story.standing.proposals["visits"].closed.review_on
    story.now = datetime.combine(review - timedelta(days=13), story.now.time(), UTC)
    assert reviews(story) == {("asha", "review-coming")}

    story.now = datetime.combine(review, story.now.time(), UTC)

    assert reviews(story) == {("asha", "review-owed")} | {(p, "review-open") for p in ("asha", "carol", "dev")}


def test_a_review_overdue_is_brought_to_the_coordinating_role(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))
    review = story.standing.proposals["visits"].closed.review_on
    story.now = datetime.combine(review + timedelta(days=1), story.now.time(), UTC)

    assert {("asha", "review-overdue"), ("ben", "review-overdue")} <= due_now(story)


def test_the_day_before_a_meeting_everyone_is_told_and_whoever_called_it_has_its_agenda_to_circulate(story):
    story.happened(calls_a_meeting("asha", in_days=5))
    assert due_now(story) == set()
    story.later(days=4, hours=1)

    everyone = ("asha", "ben", "carol", "dev", "ines")
    assert due_now(story) == {("asha", "to-circulate")} | {(person, "meeting-soon") for person in everyone}
    story.does(circulates("asha", topic()))
    assert due_now(story) == set(), "the agenda is the reminder"


def test_an_agenda_circulated_early_is_reminded_of_the_day_before(story):
    story.happened(calls_a_meeting("asha", in_days=9), circulates("asha", topic()))
    story.later(days=8, hours=1)

    assert ("carol", "meeting-soon") in due_now(story)


def test_a_review_does_not_ask_while_its_replacement_is_being_asked(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))
    review = story.standing.proposals["visits"].closed.review_on
    fortnightly = replace(VISIT, responsibility=who.Responsibility("fortnightly-visit"))
    story.happened(opens_review("asha"), proposes("carol", "fortnightly", follows=(fortnightly,)), replaces("asha"))
    story.now = datetime.combine(review, story.now.time(), UTC)

    assert reviews(story) == set()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_nobody_away_or_gone_is_told_while_anybody_is_here_and_every_key_is_given_once(history):
    story = history[-1]
    for hours in (0, 30, 24 * 9, 24 * 40):
        at = story.now + timedelta(hours=hours)
        notices = due_in(story, at)

        assert {n.to for n in notices} <= set(story.standing.members(at))
        if any(story.standing.is_present(person, at) for person in story.standing.members(at)):
            assert [n for n in notices if story.standing.is_away(n.to, at)] == []
        assert len({(n.key, n.to) for n in notices}) == len(notices)
        assert all(n.at <= at and len(n.key) <= 250 for n in notices)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_what_the_time_brings_and_asks_for_is_on_the_my_work_of_whoever_is_told(history):
    """Nothing is asked for by e-mail that My work does not have."""
    story = history[-1]
    told, carried = proposals.fold(story.recorded), who_holds_what.fold(story.recorded)
    for hours in (0, 30, 24 * 9, 24 * 40):
        at = story.now + timedelta(hours=hours)
        asking = [n for n in due(carried, story.standing, at) if KINDS[n.kind].asks and n.kind is not Kind.BACK]
        works = {n.to: my_work.my_work(TEAM, n.to, told, carried, story.standing, at) for n in asking}

        assert [notice for notice in asking if not still_waits(notice, works[notice.to])] == []
