"""Passing things on: offered item by item, accepted or returned; and leaving with nothing lost."""

from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    FAY_COMES,
    LINK_WORKER,
    MATRON,
    SOCIAL_WORKER,
    accepts,
    agrees,
    asks,
    completes,
    consents,
    consents_if,
    creates_role,
    gives,
    item,
    leaves,
    objects,
    offers,
    proposes,
    removes,
    reports,
    returns,
    steps_down,
    takes_back,
    takes_on,
)

RING = item("responsibility", "ring", SOCIAL_WORKER)
THE_ROLE = item("role", SOCIAL_WORKER, SOCIAL_WORKER)


def dev_holds_something(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=COORDINATOR), takes_on("dev"))


def test_what_is_offered_stays_with_the_giver_until_it_is_accepted(story):
    """RS10."""
    dev_holds_something(story)
    story.does(offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, MATRON)))
    assert story.holder("ring") == "dev"
    assert story.refuses(reports("carol")) == ["not-for-this-role"]

    story.does(accepts("carol", "responsibility", "ring"))

    assert story.holder("ring") == "carol"


def test_what_is_returned_stays_with_the_giver_and_the_reason_is_kept(story):
    """RS11."""
    dev_holds_something(story)
    story.happened(offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, MATRON)))
    assert story.refuses(returns("carol", "responsibility", "ring", because="")) == ["reason-needed"]

    story.does(returns("carol", "responsibility", "ring"))

    assert story.holder("ring") == "dev"
    (offer,) = story.standing.handovers["going"].offered
    assert (offer.state, offer.because) == ("returned", "I have no car")
    assert story.refuses(accepts("carol", "responsibility", "ring")) == ["answered-already"]


def test_it_is_answered_once_by_whoever_it_was_offered_to(story):
    """RS12: the second to accept is told how it stands."""
    dev_holds_something(story)
    story.happened(offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, MATRON)))
    assert story.refuses(accepts("ines", "responsibility", "ring")) == ["offered-to-somebody-else"]
    assert story.refuses(accepts("carol", "responsibility", "other")) == ["nothing-like-it"]
    assert story.refuses(accepts("carol", "responsibility", "ring", handover="other")) == ["nothing-like-it"]

    story.does(accepts("carol", "responsibility", "ring"))

    assert story.refuses(accepts("carol", "responsibility", "ring")) == ["answered-already"]


def test_one_cannot_hand_over_what_one_does_not_hold_or_to_nobody_or_to_oneself(story):
    dev_holds_something(story)

    assert story.refuses(offers("carol", "ines", RING)) == ["not-in-hand"]
    assert story.refuses(offers("dev", "carol")) == ["nothing-offered"]
    assert "not-to-yourself" in story.refuses(offers("dev", "dev", RING))
    assert story.refuses(offers("dev", "ines", THE_ROLE, RING, in_days=-1)) == ["answer-by-in-the-past"]
    assert story.refuses(offers("dev", "esi", THE_ROLE, RING)) == ["receiver-not-there"] * 2
    assert story.refuses(offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, COORDINATOR))) == [
        "receiver-not-in-role"
    ]
    nowhere = item("responsibility", "ring", SOCIAL_WORKER, "nobody")
    assert story.refuses(offers("dev", "carol", nowhere)) == ["nothing-like-it"]


def test_nothing_is_offered_twice_at_once_but_again_after_it_was_taken_back(story):
    dev_holds_something(story)
    story.happened(offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, MATRON)))
    again = offers("dev", "asha", item("responsibility", "ring", SOCIAL_WORKER, COORDINATOR), handover="again")
    assert story.refuses(again) == ["on-offer-already"]
    assert story.refuses(offers("dev", "ines", item("deputy", SOCIAL_WORKER, SOCIAL_WORKER))) == [
        "taken-identifier",
        "not-in-hand",
    ]
    assert story.refuses(takes_back("carol")) == ["not-your-offer"]
    assert story.refuses(takes_back("dev", "other")) == ["nothing-like-it"]

    story.does(takes_back("dev"))

    assert story.refuses(again) == []
    assert story.refuses(takes_back("dev")) == ["answered-already"]
    assert story.refuses(accepts("carol", "responsibility", "ring")) == ["answered-already"]


def test_what_was_closed_since_the_offer_is_not_accepted(story):
    dev_holds_something(story)
    story.happened(offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, MATRON)), completes("ines"))

    assert story.refuses(accepts("carol", "responsibility", "ring")) == ["moved-on"]


def test_a_deputy_role_that_takes_something_over_is_stood_in_for_by_the_role_it_came_from(story):
    dev_holds_something(story)
    story.happened(offers("dev", "asha", item("responsibility", "ring", SOCIAL_WORKER, COORDINATOR)))

    story.does(accepts("asha", "responsibility", "ring"))

    held = story.standing.responsibilities["ring"]
    assert (held.role, held.deputy_role) == (COORDINATOR, SOCIAL_WORKER)


# ---- passing on a role -------------------------------------------------------------------------------------------


def test_a_role_is_passed_on_with_everything_it_holds_on_the_list(story):
    dev_holds_something(story)
    assert story.refuses(offers("dev", "ines", THE_ROLE)) == ["not-listed"]

    assert story.refuses(offers("dev", "ines", THE_ROLE, RING)) == []


def test_what_goes_with_a_role_is_read_back_first_and_passes_with_it(story):
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING))
    assert story.refuses(accepts("ines", "role", SOCIAL_WORKER)) == ["not-yet-handed-over"]

    story.does(accepts("ines", "responsibility", "ring"))
    assert story.holder("ring") == "dev"
    story.does(accepts("ines", "role", SOCIAL_WORKER))

    assert story.holder("ring") == "ines"
    assert story.standing.people_in(SOCIAL_WORKER, story.now) == ("ines",)


def test_what_came_up_since_the_offer_is_shown_as_not_yet_handed_over(story):
    """RS13."""
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING), accepts("ines", "responsibility", "ring"))
    story.happened(asks("asha", "door", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev", "door"))
    assert story.refuses(accepts("ines", "role", SOCIAL_WORKER)) == ["not-yet-handed-over"]

    story.does(offers("dev", "ines", item("responsibility", "door", SOCIAL_WORKER), handover="more"))
    story.does(accepts("ines", "responsibility", "door", handover="more"))

    assert story.refuses(accepts("ines", "role", SOCIAL_WORKER)) == []


def test_what_is_returned_keeps_the_role_from_passing_until_it_has_another_home(story):
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING), returns("ines", "responsibility", "ring"))
    assert story.refuses(accepts("ines", "role", SOCIAL_WORKER)) == ["not-yet-handed-over"]

    story.does(offers("dev", "carol", item("responsibility", "ring", SOCIAL_WORKER, MATRON), handover="elsewhere"))
    story.does(accepts("carol", "responsibility", "ring", handover="elsewhere"))

    assert story.refuses(accepts("ines", "role", SOCIAL_WORKER)) == []


def test_a_role_that_went_and_came_back_is_read_back_anew_when_it_goes_again(story):
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING))
    story.happened(accepts("ines", "responsibility", "ring"), accepts("ines", "role", SOCIAL_WORKER))
    story.happened(offers("ines", "dev", THE_ROLE, RING, handover="back"))
    story.happened(
        *(accepts("dev", kind, which, "back") for kind, which in (("responsibility", "ring"), ("role", SOCIAL_WORKER)))
    )
    assert story.refuses(offers("dev", "ines", THE_ROLE, handover="again")) == ["not-listed"]

    story.does(offers("dev", "ines", THE_ROLE, RING, handover="again"))

    assert story.refuses(accepts("ines", "role", SOCIAL_WORKER, "again")) == ["not-yet-handed-over"]


def test_objections_conditions_and_reviews_pass_with_the_role(story):
    story.happened(proposes("carol", review_by=SOCIAL_WORKER), *EVERYONE_CONSENTS, agrees("asha"))
    story.happened(proposes("carol", "more", follows=()), objects("dev", "more"))
    story.happened(consents_if("asha", "more").but(fulfilled_by=SOCIAL_WORKER))
    listed = (
        item("review", "visits", SOCIAL_WORKER),
        item("objection", "lone-visits", SOCIAL_WORKER),
        item("condition", "diary", SOCIAL_WORKER),
    )
    assert story.refuses(offers("dev", "ines", THE_ROLE)) == ["not-listed"] * 3

    story.does(offers("dev", "ines", THE_ROLE, *listed))
    story.does(*(accepts("ines", each.kind, each.which) for each in (*listed, THE_ROLE)))

    assert story.standing.roles_of("dev", story.now) == ()
    assert story.standing.people_in(SOCIAL_WORKER, story.now) == ("ines",)


def test_each_of_these_can_go_alone_to_another_role_but_an_objection_stays_in_its_organisation(story):
    story.happened(creates_role("dev", "reablement", COUNCIL), gives("dev", "reablement", "ines"))
    story.happened(proposes("carol", review_by=SOCIAL_WORKER), *EVERYONE_CONSENTS, agrees("asha"))
    story.happened(proposes("carol", "more", follows=()), objects("dev", "more"))
    story.happened(consents_if("asha", "more").but(fulfilled_by=SOCIAL_WORKER))
    assert story.refuses(offers("dev", "carol", item("objection", "lone-visits", SOCIAL_WORKER, MATRON))) == [
        "stays-in-its-organisation"
    ]

    story.does(
        offers("dev", "carol", item("review", "visits", SOCIAL_WORKER, MATRON)),
        accepts("carol", "review", "visits"),
        offers("dev", "carol", item("condition", "diary", SOCIAL_WORKER, MATRON), handover="two"),
        accepts("carol", "condition", "diary", handover="two"),
        offers("dev", "ines", item("objection", "lone-visits", SOCIAL_WORKER, "reablement"), handover="three"),
        accepts("ines", "objection", "lone-visits", handover="three"),
    )

    assert story.standing.in_hand(SOCIAL_WORKER) == ()
    assert story.standing.objections["lone-visits"].role == "reablement"


def test_a_place_as_deputy_is_handed_over_too(story):
    story.happened(asks("asha"))
    place = item("deputy", SOCIAL_WORKER, SOCIAL_WORKER)
    assert story.refuses(offers("ines", "dev", place)) == ["in-that-role-already"]
    assert story.refuses(offers("ines", "carol", place)) == ["receiver-not-there"]


def test_a_receiver_who_has_left_by_then_takes_nothing(story):
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING), removes("asha", "ines"))

    assert story.refuses(accepts("ines", "role", SOCIAL_WORKER).speaking_for(COUNCIL)) == ["not-a-member"]
    assert story.standing.handovers["going"].waiting == ()


# ---- leaving -----------------------------------------------------------------------------------------------------


def test_nobody_leaves_while_anything_is_in_their_hands_and_is_told_what(story):
    """RS15."""
    dev_holds_something(story)
    refusals = story.refusals(leaves("dev"))
    assert [refusal.code for refusal in refusals] == ["still-in-hand", "still-in-hand"]
    assert "Ring Ruth after her fall" in dict(refusals[0].words)["what"]

    story.does(offers("dev", "ines", THE_ROLE, RING))
    story.does(accepts("ines", "responsibility", "ring"), accepts("ines", "role", SOCIAL_WORKER))

    assert story.refuses(leaves("dev").speaking_for(COUNCIL)) == []


def test_after_leaving_nothing_open_is_held_by_whoever_left(story):
    """RS14."""
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING))
    story.happened(accepts("ines", "responsibility", "ring"), accepts("ines", "role", SOCIAL_WORKER))

    story.does(leaves("dev").speaking_for(COUNCIL))

    assert not story.standing.is_member("dev", story.now)
    assert [story.holder(held.responsibility) for held in story.standing.open_responsibilities()] == ["ines"]


def test_a_deputy_leaves_once_they_are_no_longer_one(story):
    assert story.refuses(leaves("ines")) == ["still-in-hand"]

    story.does(steps_down("ines", SOCIAL_WORKER))

    assert story.refuses(leaves("ines").speaking_for(COUNCIL)) == []


def test_a_role_with_nothing_in_it_is_put_down_before_leaving(story):
    story.happened(*FAY_COMES)
    assert story.refuses(leaves("fay")) == ["still-in-hand"]

    story.does(steps_down("fay", LINK_WORKER))

    assert story.refuses(leaves("fay")) == []


def test_leaving_takes_back_whatever_was_offered_to_the_leaver(story):
    dev_holds_something(story)
    story.happened(*FAY_COMES, offers("dev", "fay", item("responsibility", "ring", SOCIAL_WORKER, LINK_WORKER)))

    story.does(steps_down("fay", LINK_WORKER), leaves("fay"))

    assert story.standing.handovers["going"].offered[0].state == "taken-back"
    assert story.holder("ring") == "dev"
    assert story.refuses(consents("fay").speaking_for("charity")) == ["not-a-member"]
