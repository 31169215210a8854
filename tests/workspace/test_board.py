"""The board: what is being asked, what is agreed, what is held, what nobody holds; for members only."""

import re

import pytest
from django.test import Client

from tests.cast import (
    EVERYONE_CONSENTS,
    MATRON,
    SOCIAL_WORKER,
    TEAM,
    agrees,
    amends,
    asks,
    comments,
    completes,
    consents,
    consents_if,
    declines,
    gathers,
    goes_away,
    invites,
    objects,
    proceeds_without,
    proposes,
    raises,
    removes,
    steps_down,
    takes_on,
    withholds,
)
from tests.workspace.reading import queries_of, section, text_of

PAGE = f"/teams/{TEAM}/"


def column(story, which, person="asha", address=PAGE):
    return section(story.as_(person).get(address), f"{which}-heading")


@pytest.mark.parametrize(
    ("person", "status"),
    [("asha", 200), ("ben", 200), ("carol", 200), ("ines", 200), ("fay", 404), ("esi", 404), ("dev", 404)],
)
def test_only_members_ever_get_to_it(story, person, status):
    story.happened(invites("asha", "fay"), removes("asha", "dev"))

    assert story.as_(person).get(PAGE).status_code == status


def test_a_team_that_is_not_there_is_answered_like_one_that_one_is_not_in(story):
    there = story.as_("esi").get(PAGE)
    not_there = story.as_("esi").get("/teams/nowhere/")

    assert there.status_code == not_there.status_code == 404
    assert text_of(there) == text_of(not_there)


def test_whoever_is_not_signed_in_is_asked_to(story):
    assert Client().get(PAGE).status_code == 302


def test_an_empty_board_says_what_would_be_there_and_what_to_do_next(story):
    told = text_of(story.as_("carol").get(PAGE))

    assert "Nothing is being asked" in told
    assert "Nothing is agreed yet" in told
    assert "Nothing is held yet" in told
    assert "Everything is in somebody’s hands" in told


def test_what_is_being_asked_names_who_has_not_been_heard_and_open_concerns(story):
    story.happened(raises("dev"), proposes("carol"), consents("asha"), objects("carol"))

    asked = column(story, "asked")

    assert "2 of 3 heard" in asked
    assert "1 safety concern open" in asked
    assert "Not yet: Adult Social Care" in asked
    assert "Four of us visit Ruth in a week Matter raised" in asked


def test_a_proposal_on_which_everyone_was_heard_says_so(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)

    assert "Everyone has been heard" in column(story, "asked")


def test_what_is_agreed_says_without_whom_what_is_open_and_how_much_is_done(story):
    story.happened(proposes("carol"), consents_if("carol"), consents("asha"), proceeds_without("carol"))
    story.happened(takes_on("carol", "visit"), completes("carol", "visit"))

    agreed = column(story, "agreed")

    assert "Without Adult Social Care" in agreed
    assert "1 condition open" in agreed
    assert "1 of 1 done" in agreed
    assert "review 30 March 2026" in agreed


def test_what_is_held_says_by_whom_just_now_and_why(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"), goes_away("dev"))

    assert "Ines Roy , deputy, standing in for Dev Patel, who is away until 9 March 2026" in column(story, "held")


def test_what_nobody_holds_says_since_when_and_who_is_told(story):
    story.happened(asks("asha"), declines("carol"), steps_down("carol", MATRON))

    bare = column(story, "bare")

    assert "Nobody holds the role Community matron" in bare
    assert "Without a holder since 2 March 2026. You are told on 9 March 2026." in bare
    assert "Somebody else has to be asked by 4 March 2026" in bare


def test_when_one_person_at_most_could_carry_something_it_says_so(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("dev"), goes_away("ines"))

    assert "Only 1 person could carry it tomorrow" in column(story, "held")


def test_words_that_were_removed_are_gone_from_the_board(story):
    story.happened(raises("dev"))
    number = story.recorded[-1].number
    story.happened(withholds("dev", number))

    assert "Four of us" not in text_of(story.as_("asha").get(PAGE))
    assert "[These words have been removed]" in text_of(story.as_("asha").get(PAGE))


def test_the_counts_at_the_head_are_those_of_the_columns(story):
    story.happened(raises("dev"), proposes("carol"), asks("asha"), asks("asha", "door"), takes_on("carol", "door"))

    told = text_of(story.as_("asha").get(PAGE))

    assert "2 being asked 0 agreed 1 in hand 1 to be taken on 0 with nobody" in told
    assert "What is being asked 2" in told
    assert "What is held 1" in told
    assert "Asked, not taken on yet 1" in told


def test_what_nobody_holds_comes_first_where_there_is_any(story):
    columns = re.compile(r'id="(\w+)-heading"')
    story.happened(asks("asha"))
    assert columns.findall(story.as_("asha").get(PAGE).content.decode()) == ["asked", "agreed", "held", "bare"]

    story.happened(declines("carol"))

    assert columns.findall(story.as_("asha").get(PAGE).content.decode()) == ["bare", "asked", "agreed", "held"]


def test_a_long_column_shows_the_first_and_then_all(story):
    for number in range(11):
        story.happened(asks("asha", f"ring-{number}"))

    first, everything = column(story, "held"), column(story, "held", address=PAGE + "?all=to-take-on")

    assert first.count("Ring Ruth") == 8
    assert "Show all 11" in first
    assert everything.count("Ring Ruth") == 11


def test_the_number_of_queries_does_not_grow_with_what_there_is_to_show(story):
    story.happened(proposes("carol"), asks("asha"), gathers("carol"))
    few = queries_of(story.as_("carol"), PAGE)
    for number in range(12):
        story.happened(proposes("dev", f"more-{number}", follows=()), comments("asha", f"more-{number}"))
        story.happened(asks("asha", f"ring-{number}"), amends("dev", f"more-{number}"))
    story.happened(*EVERYONE_CONSENTS, agrees("carol"))

    assert queries_of(story.as_("carol"), PAGE) == few
