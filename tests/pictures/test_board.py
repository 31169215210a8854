"""The board: what is being asked, what is agreed, what is held, what nobody holds."""

from manyhands.pictures import proposals, who_holds_what
from manyhands.pictures.board import board
from tests.cast import (
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    agrees,
    asks,
    completes,
    consents,
    consents_if,
    creates_role,
    declines,
    objects,
    proceeds_without,
    proposes,
    raises,
    takes_on,
    withdraws,
)


def shown(story):
    return board(proposals.fold(story.recorded), who_holds_what.fold(story.recorded), story.standing, story.now)


def test_an_open_proposal_says_who_has_not_been_heard_and_how_many_concerns_are_open(story):
    story.happened(proposes("carol"), consents("asha"), objects("carol"))

    (asked,) = shown(story).asked

    assert (asked.heard, asked.affected, asked.unheard, asked.safety_concerns) == (2, 3, (COUNCIL,), 1)


def test_a_decision_says_what_became_of_what_follows_without_whom_and_when_it_is_reviewed(story):
    story.happened(proposes("carol"), consents_if("carol"), consents("asha"), proceeds_without("carol"))
    story.happened(takes_on("carol", "visit"))
    (agreed,) = shown(story).agreed
    assert (agreed.done, agreed.follows, agreed.without, agreed.conditions_open) == (0, 1, (COUNCIL,), 1)
    assert not agreed.review_overdue

    story.happened(completes("carol", "visit"))
    story.later(days=29)

    assert (shown(story).agreed[0].done, shown(story).agreed[0].review_overdue) == (1, True)


def test_what_was_withdrawn_is_neither_asked_nor_agreed(story):
    story.happened(proposes("carol"), withdraws("carol"))

    assert (shown(story).asked, shown(story).agreed) == ((), ())


def test_a_matter_is_on_the_board_until_somebody_proposes_what_to_do(story):
    story.happened(raises("dev"))
    assert [matter.matter for matter in shown(story).matters] == ["visits"]

    story.does(proposes("carol").but(matter="visits"))

    assert shown(story).matters == ()


def test_what_nobody_holds_is_kept_apart_from_what_is_only_late(story):
    story.happened(creates_role("carol", "second", NURSING), asks("asha"), declines("carol"))
    story.happened(asks("asha", "door", MATRON, "second", in_days=1), takes_on("carol", "door"))
    story.later(days=2)

    assert {alarm.kind for alarm in shown(story).bare} == {"declined", "role-vacant"}
    assert [alarm.kind for alarm in shown(story).late] == ["check-overdue"]


def test_nothing_is_counted_twice_held_asked_or_with_nobody(story):
    story.happened(asks("asha"), asks("asha", "door"), takes_on("carol", "door"), asks("asha", "bell"))
    story.happened(declines("carol", "bell"))

    board = shown(story)

    assert [held.responsibility for held in board.held] == ["door"]
    assert [held.responsibility for held in board.to_take_on] == ["ring"]
    assert [alarm.responsibility for alarm in board.bare] == ["bell"]


def test_what_is_done_is_no_longer_held(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"), takes_on("carol", "visit"))
    assert [held.responsibility for held in shown(story).held] == ["visit"]

    story.does(completes("carol", "visit"))

    assert shown(story).held == ()
