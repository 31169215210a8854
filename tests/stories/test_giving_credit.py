"""Credit for a decision that was carried out: shared by the team, and taken back by anybody who may be named on it."""

from tests.cast import (
    EVERYONE_CONSENTS,
    agrees,
    completes,
    proposes,
    shares_credit,
    stops_sharing,
    takes_on,
)


def test_a_page_of_thanks_is_shared_once_a_decision_is_carried_out(story):
    assert story.refuses(shares_credit("asha")) == ["nothing-like-it"]
    story.happened(proposes("carol"))
    assert story.refuses(shares_credit("asha")) == ["not-carried-out"]
    story.happened(*EVERYONE_CONSENTS, agrees("asha"), takes_on("carol", "visit"))
    assert story.refuses(shares_credit("asha")) == ["not-carried-out"]
    assert "1 of what follows from it is still open" in story.refusals(shares_credit("asha"))[0].say(None)

    story.happened(completes("carol", "visit"))

    assert story.refuses(shares_credit("asha", called=" ")) == ["words-needed"]
    story.does(shares_credit("asha"))
    assert story.refuses(shares_credit("dev")) == ["shared-already"]


def test_any_member_takes_it_back_without_a_reason_and_it_can_be_shared_anew(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"), takes_on("carol", "visit"))
    story.happened(completes("carol", "visit"))
    assert story.refuses(stops_sharing("dev")) == ["not-shared"]
    story.happened(shares_credit("asha"))
    assert story.refuses(stops_sharing("esi")) == ["not-a-member"]

    story.does(stops_sharing("dev"))

    assert story.refuses(shares_credit("carol")) == []
