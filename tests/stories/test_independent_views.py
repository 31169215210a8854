"""Independent views first: who has answered can be seen, and what, only once all have been heard or the day is over."""

from datetime import timedelta

import pytest

from manyhands import who
from manyhands.notices.due import due
from manyhands.notices.kinds import Kind
from manyhands.pictures import proposals, who_holds_what
from manyhands.pictures.agenda import agenda
from manyhands.pictures.heard import by_organisation
from manyhands.pictures.kept_back import KEPT_BACK, as_seen
from manyhands.rules.days import day_of
from tests.cast import (
    COUNCIL,
    NURSING,
    amends,
    calls_a_meeting,
    consents,
    has_a_concern,
    objects,
    proposes,
    removes,
    withdraws,
)

VISITS = who.Proposal("visits")


def proposes_independently(person, days=7):
    return lambda story: proposes(person).but(independent_until=day_of(story.now + timedelta(days=days)))(story)


def kinds(story, person):
    """The kind of each position, as somebody sees it now."""
    told = proposals.fold(story.recorded).proposals[VISITS]
    seen = as_seen(told, story.standing, who.Person(person) if person else None, story.now)
    return {said.by.person: said.kind for said in seen.positions}


def test_a_day_that_has_passed_is_no_day_to_answer_until(story):
    assert story.refuses(proposes_independently("carol", days=-1)) == ["closes-in-the-past"]
    assert story.refuses(proposes_independently("carol", days=0)) == []


def test_others_answers_are_kept_back_until_every_organisation_has_been_heard(story):
    story.happened(proposes_independently("carol"), consents("carol"), objects("dev"))
    assert kinds(story, "carol") == {"carol": "consent", "dev": KEPT_BACK}
    assert kinds(story, "ines") == {"carol": KEPT_BACK, "dev": "object"}
    assert kinds(story, None) == {"carol": KEPT_BACK, "dev": KEPT_BACK}

    story.does(has_a_concern("asha"))

    assert kinds(story, "carol") == {"carol": "consent", "dev": "object", "asha": "concern"}


def test_they_are_seen_once_the_day_is_over(story):
    story.happened(proposes_independently("carol"), consents("carol"))
    assert kinds(story, "dev") == {"carol": KEPT_BACK}

    story.later(days=8)

    assert kinds(story, "dev") == {"carol": "consent"}


@pytest.mark.parametrize("then", [amends("carol"), withdraws("carol")])
def test_once_it_is_changed_or_taken_back_there_is_nothing_to_keep_back(story, then):
    story.happened(proposes_independently("carol"), objects("dev"))

    story.does(then)

    assert kinds(story, "carol") == {"dev": "object"}


def test_who_has_been_heard_is_seen_and_no_safety_concern_by_its_order_or_its_colour(story):
    story.happened(proposes_independently("carol"), objects("dev"), consents("carol"))
    seen = as_seen(proposals.fold(story.recorded).proposals[VISITS], story.standing, who.Person("asha"), story.now)

    heard = {each.organisation: each for each in by_organisation(seen, story.standing, story.now)}

    assert heard[COUNCIL].heard
    assert heard[NURSING].heard
    assert (heard[COUNCIL].has_open_concern, heard[COUNCIL].kept_back, heard[COUNCIL].answering) == (False, True, 0)
    assert heard[COUNCIL].lowest_first == heard[NURSING].lowest_first


@pytest.mark.parametrize(("in_days", "because"), [(1, "not-yet-heard"), (9, "safety-concern")])
def test_an_agenda_has_the_safety_concern_on_it_only_where_it_can_be_seen_by_then(story, in_days, because):
    story.happened(proposes_independently("carol"), objects("dev"), calls_a_meeting("asha", in_days=in_days))
    meeting = story.standing.meetings[who.Meeting("thursday")]

    (line,) = agenda(meeting, proposals.fold(story.recorded), story.standing, ())

    assert line.because == because


def test_the_answer_of_somebody_who_left_stays_kept_back_too(story):
    story.happened(proposes_independently("carol"), consents("dev"), removes("asha", "dev"))

    assert kinds(story, "carol") == {"dev": KEPT_BACK}


def test_a_day_before_it_is_over_whoever_has_not_answered_is_reminded_once(story):
    story.happened(proposes_independently("carol", days=3), consents("carol"))
    carried = who_holds_what.fold(story.recorded)

    def reminded():
        notices = due(carried, story.standing, story.now)
        return {(each.to, each.key) for each in notices if each.kind is Kind.DUE_TOMORROW}

    assert reminded() == set()
    story.later(days=2, hours=18)
    first = reminded()
    story.later(hours=2)

    assert {person for person, _ in first} == {"asha", "dev"}
    assert reminded() == first
