"""Two hats: somebody with several roles speaks in one of them each time (G10)."""

import pytest

from manyhands import who
from tests.cast import (
    CHARITY,
    COORDINATOR,
    COUNCIL,
    EVERYONE_AFFECTED,
    LINK_WORKER,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    agrees,
    answers_review,
    consents,
    creates_role,
    gives,
    has_a_concern,
    invites,
    joins,
    objects,
    opens_review,
    proposes,
    renews,
    steps_down,
    takes_on,
    withdraws_objection,
)

CAROL_COMES_FOR_THE_CHARITY_TOO = (
    invites("asha", "carol", CHARITY),
    joins("carol").speaking_for(CHARITY),
    creates_role("carol", LINK_WORKER, CHARITY).speaking_for(CHARITY),
    gives("carol", LINK_WORKER, "carol").speaking_for(CHARITY),
)
FOUR_AFFECTED = proposes("carol", affected=(*EVERYONE_AFFECTED, CHARITY)).speaking_as(MATRON)


@pytest.fixture(autouse=True)
def two_hats(story):
    story.happened(*CAROL_COMES_FOR_THE_CHARITY_TOO, FOUR_AFFECTED, consents("asha"), consents("dev"))


def unheard(story):
    return list(story.standing.proposals[who.Proposal("visits")].not_yet_heard())


def test_an_answer_in_one_role_does_not_have_the_other_organisation_heard(story):
    story.does(consents("carol").speaking_as(MATRON))

    assert unheard(story) == [CHARITY]
    assert story.refuses(agrees("asha")) == ["not-yet-heard"]

    story.does(has_a_concern("carol").speaking_as(LINK_WORKER))

    assert unheard(story) == []
    assert story.refuses(agrees("asha")) == []


def test_each_role_has_a_position_of_its_own_and_neither_takes_the_place_of_the_other(story):
    story.does(consents("carol").speaking_as(MATRON), has_a_concern("carol").speaking_as(LINK_WORKER))

    stands = story.standing.proposals[who.Proposal("visits")]
    given = [stands.position_of(role) for role in (MATRON, LINK_WORKER)]
    assert [(each.kind, each.organisation) for each in given] == [("consent", NURSING), ("concern", CHARITY)]


def test_a_role_is_not_spoken_in_for_another_organisation(story):
    in_the_wrong_name = consents("carol").speaking_as(MATRON).speaking_for(CHARITY)

    assert story.refuses(in_the_wrong_name) == ["role-is-for-another-organisation"]
    assert story.refuses(consents("carol").speaking_as(SOCIAL_WORKER).speaking_for(NURSING)) == [
        "role-is-for-another-organisation"
    ]
    assert story.refuses(consents("carol").speaking_as(COORDINATOR)) == ["not-a-member"]


def test_an_objection_is_closed_in_the_role_that_raised_it_and_not_in_the_other(story):
    story.does(objects("carol").speaking_as(LINK_WORKER))

    assert story.refuses(withdraws_objection("carol").speaking_as(MATRON)) == ["not-by-whoever-objected"]
    assert story.refuses(withdraws_objection("carol").speaking_as(LINK_WORKER)) == []


def test_the_roles_that_were_not_spoken_in_are_known_for_as_long_as_they_were_held(story):
    before = story.now
    story.later(minutes=1)
    story.does(steps_down("carol", LINK_WORKER))

    also = story.standing.other_hats(who.Person("carol"), MATRON, before)
    assert [role.role for role in also] == [LINK_WORKER]
    assert story.standing.other_hats(who.Person("carol"), MATRON, story.now) == ()
    assert story.standing.other_hats(who.Person("dev"), who.Role("social-worker"), before) == ()


def test_in_a_review_too_each_role_answers_for_its_own_organisation(story):
    story.happened(consents("carol").speaking_as(MATRON), consents("carol").speaking_as(LINK_WORKER), agrees("asha"))
    story.happened(takes_on("carol", "visit").speaking_as(MATRON), opens_review("dev"))
    story.happened(answers_review("asha"), answers_review("dev"), answers_review("carol").speaking_as(MATRON))

    assert story.refuses(renews("asha")) == ["not-answered-in-review"]

    story.does(answers_review("carol").speaking_as(LINK_WORKER))

    assert story.refuses(renews("asha")) == []
    assert COUNCIL in story.standing.proposals[who.Proposal("visits")].closed.review.answered()
