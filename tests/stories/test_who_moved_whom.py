"""Who moved whom: said by whoever changed their position, of something that they could see; RS23 of the reference."""

from dataclasses import fields
from datetime import date

import pytest

from manyhands import acts, who
from manyhands.pictures import proposals
from tests.cast import amends, comments, consents, gives_no_view, is_moved, objects, proposes, raises, resolves, words


@pytest.fixture
def changed(story):
    """Dev objected; Carol commented and changed the proposal; Dev said that it is met, and consented."""
    story.happened(proposes("carol"), objects("dev"), comments("carol"), amends("carol"), resolves("dev"))
    story.happened(consents("dev", version=2))
    return story.standing.number


def said_by(story, person):
    return proposals.fold(story.recorded).proposals["visits"].newest_in(story.speaking(person, None, None)["in_role"])


def test_whoever_changed_their_position_says_what_moved_them_and_can_take_it_back(story, changed):
    comment, change = changed - 3, changed - 2

    story.does(is_moved("dev", changed, entry=comment))
    assert said_by(story, "dev").moved == proposals.Moved(comment, "comment", "carol")

    story.does(is_moved("dev", changed, entry=change))
    assert said_by(story, "dev").moved == proposals.Moved(change, "change", "carol")

    story.does(is_moved("dev", changed, person=who.Person("asha")))
    assert said_by(story, "dev").moved == proposals.Moved(person=who.Person("asha"))

    story.does(is_moved("dev", changed, visited_on=date(2026, 3, 1)))
    assert said_by(story, "dev").moved == proposals.Moved(visited_on=date(2026, 3, 1))

    story.does(is_moved("dev", changed))
    assert said_by(story, "dev").moved is None


def test_nobody_else_says_it_for_them_and_only_of_a_change(story, changed):
    assert story.refuses(is_moved("asha", changed, person="carol")) == ["not-your-change"]
    assert story.refuses(is_moved("carol", changed - 3, person="dev")) == ["nothing-like-it"]

    story.happened(consents("carol", version=2))
    first_answer = story.standing.number
    assert story.refuses(is_moved("carol", first_answer, person="dev")) == ["nothing-like-it"]

    story.happened(gives_no_view("carol", version=2))
    assert story.refuses(is_moved("carol", first_answer + 1, person="dev")) == []


def test_only_one_thing_moved_them_and_never_themselves(story, changed):
    assert story.refuses(is_moved("dev", changed, person="carol", visited_on=date(2026, 3, 1))) == [
        "moved-by-one-thing"
    ]
    assert story.refuses(is_moved("dev", changed, person="dev")) == ["not-moved-by-oneself"]
    assert story.refuses(is_moved("dev", changed, entry=changed - 4)) == ["not-moved-by-oneself"]
    assert story.refuses(is_moved("dev", changed, person="esi")) == ["nothing-like-it"]
    assert story.refuses(is_moved("dev", changed, visited_on=date(2026, 3, 3))) == ["visit-came-later"]


def test_it_points_only_to_what_they_could_see_when_they_changed_it(story, changed):
    story.happened(proposes("carol", "another"), comments("asha", "another"), comments("asha"))
    elsewhere, too_late = story.standing.number - 1, story.standing.number

    assert story.refuses(is_moved("dev", changed, entry=elsewhere)) == ["nothing-like-it"]
    assert story.refuses(is_moved("dev", changed, entry=too_late)) == ["nothing-like-it"]
    assert story.refuses(is_moved("dev", changed, entry=1)) == ["nothing-like-it"]


def test_the_matter_that_it_came_from_can_have_moved_them(story):
    story.happened(
        raises("asha"),
        comments("asha").but(proposal=None, matter=who.Matter("visits"), words=words("Ruth counted eleven")),
        proposes("carol").but(matter=who.Matter("visits")),
        gives_no_view("dev"),
        consents("dev"),
    )
    position = story.standing.number

    story.does(is_moved("dev", position, entry=position - 4))
    assert said_by(story, "dev").moved == proposals.Moved(position - 4, "matter", "asha")

    story.does(is_moved("dev", position, entry=position - 3))
    assert said_by(story, "dev").moved == proposals.Moved(position - 3, "comment", "asha")


def test_what_moved_them_holds_identifiers_and_a_day_and_never_a_patient_or_words():
    own = {field.name for field in fields(acts.BeMoved)} - {field.name for field in fields(acts.Act)}

    assert own == {"proposal", "position", "entry", "person", "visited_on"}
