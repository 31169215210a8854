"""Leading as a picture of a team: who raises, proposes, challenges, moves, takes on, carries out, chairs, records."""

import dataclasses
from datetime import timedelta

from manyhands import acts, who
from manyhands.pictures import leading
from manyhands.pictures.leading import FOLLOWS, MOVED, WAYS
from tests.cast import (
    COUNCIL,
    NURSING,
    PRACTICE,
    agrees,
    attends,
    calls_a_meeting,
    circulates,
    closes_the_meeting,
    comments,
    completes,
    concludes,
    consents,
    has_a_concern,
    is_moved,
    is_not_there,
    proposes,
    raises,
    records,
    takes_on,
    topic,
)


def ways(story, way):
    return {done.person for done in leading.fold(story.recorded).done.values() if done.way == way}


def decided(story):
    story.happened(raises("ben"), proposes("carol"), comments("asha"), has_a_concern("asha"))
    story.happened(records("asha", "dev", stance=acts.Stance.CONSENT), consents("carol"), consents("asha"))
    story.happened(is_moved("asha", story.standing.number, person=who.Person("dev")), agrees("asha"))
    story.happened(takes_on("carol", "visit"), completes("carol", "visit"))


def meets(story, chair, meeting, records_it=None):
    story.happened(calls_a_meeting("asha", meeting))
    story.happened(circulates("asha", topic(item=f"on-{meeting}"), meeting=meeting))
    story.happened(attends(chair, part=acts.Part.CHAIRS, meeting=meeting))
    if records_it:
        story.happened(attends(chair, records_it, part=acts.Part.RECORDS, meeting=meeting))
    story.happened(concludes(chair, f"on-{meeting}", meeting=meeting), closes_the_meeting(chair, meeting=meeting))
    story.later(days=7)


def test_each_way_of_leading_is_seen_where_it_was_done(story):
    decided(story)
    meets(story, "carol", "thursday", records_it="dev")

    assert {way: ways(story, way) for way in WAYS} == {
        "raises": {"ben"},
        "proposes": {"carol"},
        "challenges": {"asha"},
        "moves others": {"dev"},
        "takes on": {"carol"},
        "carries out": {"carol"},
        "chairs": {"carol"},
        "records": {"dev"},
    }


def test_going_along_with_another_is_following_and_with_oneself_is_not(story):
    decided(story)

    assert ways(story, FOLLOWS) == {"asha", "dev"}
    assert ways(story, MOVED) == {"asha"}
    assert leading.in_both(leading.fold(story.recorded).done.values()) == (1, 4)


def test_what_goes_beyond_ones_own_organisation_is_known_of_each(story):
    story.happened(proposes("carol"), proposes("carol", "own", affected=(NURSING,)))

    done = leading.fold(story.recorded).done.values()
    assert [each.across for each in done if each.way == "proposes"] == [True, False]


def test_what_was_carried_out_knows_how_many_kinds_of_roles_had_answered(story):
    decided(story)

    (ended,) = leading.fold(story.recorded).ended.values()
    assert (ended.carried_out, ended.professions) == (True, 2)  # the care coordinator; a nurse, as all others are here


def test_who_was_in_a_meeting_after_all_did_not_chair_it(story):
    story.happened(calls_a_meeting("asha"), circulates("asha", topic()), attends("asha"))
    story.happened(attends("asha", "dev", part=acts.Part.CHAIRS), is_not_there("asha", "dev"))

    assert ways(story, "chairs") == set()


def test_the_newest_word_on_what_moved_somebody_holds(story):
    story.happened(proposes("carol"), comments("dev"), has_a_concern("asha"), consents("asha"))
    position = story.standing.number
    story.happened(is_moved("asha", position, entry=position - 2), is_moved("asha", position, person=who.Person("ben")))
    assert ways(story, "moves others") == {"ben"}

    story.happened(is_moved("asha", position))

    assert ways(story, "moves others") == ways(story, MOVED) == set()


def test_a_row_in_the_chair_is_of_the_last_meetings_and_ends_when_another_chairs(story):
    for number in range(3):
        meets(story, "carol", f"m{number}")
    assert leading.in_a_row(leading.fold(story.recorded).chaired) == ("carol", 3)

    meets(story, "asha", "another")

    assert leading.in_a_row(leading.fold(story.recorded).chaired) == ("asha", 1)
    assert leading.in_a_row(()) == (None, 0)


def test_folding_in_two_goes_equals_folding_in_one_and_leaves_the_first_as_it_was(story):
    decided(story)
    meets(story, "carol", "thursday")
    half = len(story.recorded) // 2

    first = leading.fold(story.recorded[:half])
    before = dataclasses.replace(first.going_on())
    both = leading.fold(story.recorded[half:], first)

    assert both == leading.fold(story.recorded)
    assert first == before


def test_what_was_done_long_ago_is_left_out(story):
    decided(story)
    story.later(days=400)
    story.happened(raises("dev", "later"))

    found = leading.fold(story.recorded).since(story.now - timedelta(days=365))
    assert [(done.way, done.organisation) for done in found] == [("raises", COUNCIL)]


def test_nothing_in_the_picture_is_a_number_about_a_person():
    """Every field that names a person stands beside what they did once; the only numbers are entries."""
    numbers = {field.name for field in dataclasses.fields(leading.Done) if field.type in (int, float, "int", "float")}

    assert numbers == {"number"}
    assert PRACTICE not in WAYS
