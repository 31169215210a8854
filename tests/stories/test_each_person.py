"""Group decisions reach each person: what is held for a group is reported on, and done, person by person."""

import pytest

from manyhands import acts, who
from tests.cast import (
    EVERYONE_CONSENTS,
    NURSING,
    agrees,
    asks,
    completes,
    creates_role,
    gathers,
    gives,
    includes,
    proposes,
    releases,
    reports_on,
    takes_on,
)

CANNOT, EXCEPTION = acts.Reached.CANNOT, acts.Reached.EXCEPTION


@pytest.fixture(autouse=True)
def for_the_group(story):
    """Ruth and Sam are in the group, and Carol's role has taken something on for them."""
    story.happened(gathers("asha", "ruth", "sam"), asks("asha", group="frail"), takes_on("carol"))


def left(story, responsibility="ring"):
    return story.standing.not_yet_reached(story.standing.responsibilities[who.Responsibility(responsibility)])


def test_whoever_holds_it_or_stands_in_reports_on_one_person_or_several_at_once(story):
    assert story.refuses(reports_on("asha", "ruth")) == ["not-for-this-role"]
    assert story.refuses(reports_on("dev", "ruth")) == []

    story.does(reports_on("carol", "ruth", "sam"))

    assert left(story) == set()


def test_nobody_reports_in_another_of_their_roles(story):
    story.happened(creates_role("carol", "podiatrist", NURSING), gives("carol", "podiatrist", "carol"))

    assert story.refuses(reports_on("carol", "ruth").speaking_as("podiatrist")) == ["not-for-this-role"]


def test_the_newest_word_on_a_person_holds(story):
    story.does(reports_on("carol", "ruth"), reports_on("dev", "ruth", reached=acts.Reached.NOT_STARTED))

    assert left(story) == {"ruth", "sam"}


def test_that_it_cannot_be_done_or_does_not_apply_to_somebody_needs_a_reason(story):
    for reached in (CANNOT, EXCEPTION):
        assert story.refuses(reports_on("carol", "ruth", reached=reached)) == ["reason-needed"]
        assert story.refuses(reports_on("carol", "ruth", reached=reached, because=" ")) == ["reason-needed"]
        assert story.refuses(reports_on("carol", "ruth", reached=reached, because="In hospital")) == []


def test_an_exception_is_settled_and_what_cannot_be_done_is_not(story):
    story.does(reports_on("carol", "ruth", reached=EXCEPTION, because="Does not want to be rung"))
    story.does(reports_on("carol", "sam", reached=CANNOT, because="No telephone"))

    assert left(story) == {"sam"}


def test_only_people_who_are_in_the_group_are_reported_on_each_once(story):
    assert story.refuses(reports_on("carol")) == ["nobody-ticked"]
    assert story.refuses(reports_on("carol", "tom")) == ["not-in-the-group"]
    assert story.refuses(reports_on("carol", "ruth", "ruth")) == ["chosen-twice"]

    story.happened(releases("asha", "sam"))

    assert story.refuses(reports_on("carol", "sam")) == ["not-in-the-group"]


def test_what_is_about_no_group_has_nobody_in_it_to_report_on(story):
    story.happened(asks("asha", "ring-once"), takes_on("carol", "ring-once"))

    assert story.refuses(reports_on("carol", "ruth", responsibility="ring-once")) == ["not-about-a-group"]
    assert story.refuses(reports_on("carol", "ruth", responsibility="lost")) == ["nothing-like-it"]


def test_it_is_taken_on_before_it_is_reported_on_and_closed_for_good(story):
    story.happened(asks("asha", "visit", group="frail"))
    assert story.refuses(reports_on("carol", "ruth", responsibility="visit")) == ["not-taken-on"]

    story.happened(completes("carol", outcome=acts.Outcome.PARTLY))

    assert story.refuses(reports_on("carol", "ruth")) == ["is-closed"]


def test_it_is_done_only_once_it_is_done_for_everyone_or_they_are_an_exception(story):
    story.does(reports_on("carol", "ruth"))
    refusals = story.refusals(completes("carol"))
    assert [refusal.code for refusal in refusals] == ["not-everyone-reached"]
    assert dict(refusals[0].words)["left"] == "1 person"

    story.does(reports_on("carol", "sam", reached=EXCEPTION, because="Moved into a home that rings him daily"))

    assert story.refuses(completes("carol")) == []


@pytest.mark.parametrize("outcome", [each for each in acts.Outcome if each is not acts.Outcome.DONE])
def test_closing_it_as_anything_but_done_is_always_possible(story, outcome):
    """Else people would be called exceptions so that something could be closed."""
    assert story.refuses(completes("carol", outcome=outcome)) == []


def test_whoever_comes_into_the_group_later_has_to_be_reached_too_by_themselves(story):
    story.happened(reports_on("carol", "ruth", "sam"))
    assert story.refuses(completes("carol")) == []

    story.happened(includes("dev", "tom"))

    assert left(story) == {"tom"}
    assert story.refuses(completes("carol")) == ["not-everyone-reached"]


def test_whoever_is_let_go_from_the_group_is_in_nobody_s_way(story):
    story.happened(reports_on("carol", "ruth"), releases("asha", "sam"))

    assert story.refuses(completes("carol")) == []


def test_whoever_comes_back_into_the_group_has_what_was_said_of_them(story):
    story.happened(reports_on("carol", "ruth", "sam"), releases("asha", "sam"), includes("asha", "sam"))

    assert left(story) == set()


def test_what_follows_from_a_decision_about_a_group_is_for_each_person_in_it(story):
    story.happened(proposes("carol").but(group="frail"), *EVERYONE_CONSENTS, agrees("asha"), takes_on("carol", "visit"))

    assert left(story, "visit") == {"ruth", "sam"}
    assert story.refuses(completes("carol", "visit")) == ["not-everyone-reached"]
