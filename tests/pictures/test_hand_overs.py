"""Hand-overs as people read them: what I hold, what is offered, what has come up since, and how far a leaving is."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from manyhands import acts, who
from manyhands.pictures import hand_overs, in_hand
from manyhands.rules import refusals_against
from manyhands.rules.handing_over import is_in_hand
from tests.cast import (
    COORDINATOR,
    EVERYONE_CONSENTS,
    MATRON,
    SOCIAL_WORKER,
    accepts,
    agrees,
    asks,
    completes,
    consents_if,
    goes_away,
    item,
    leaves,
    objects,
    offers,
    proposes,
    removes,
    reports,
    returns,
    takes_back,
    takes_on,
)
from tests.histories import histories

RING = item("responsibility", "ring", SOCIAL_WORKER)
DOOR = item("responsibility", "door", SOCIAL_WORKER)
THE_ROLE = item("role", SOCIAL_WORKER, SOCIAL_WORKER)
RING_TO_CAROL = item("responsibility", "ring", SOCIAL_WORKER, MATRON)


def asks_dev(responsibility="ring"):
    return asks("asha", responsibility, role=SOCIAL_WORKER, deputy_role=COORDINATOR)


def picture(story):
    return in_hand.fold(story.recorded)


def held_by(story, person):
    return in_hand.in_hands_of(person, picture(story), story.standing, story.now)


def offered_to(story, person):
    return hand_overs.offers_to(person, picture(story), story.standing, story.now)


def offers_by(story, person):
    return hand_overs.offers_of(person, picture(story), story.standing, story.now)


def leaving(story, person):
    return hand_overs.leaving(person, picture(story), story.standing, story.now)


def named(things):
    return [(thing.item.kind.value, thing.item.which) for thing in things]


def stages(story, person):
    return {(step.thing.item.kind.value, step.thing.item.which): step.stage for step in leaving(story, person).steps}


# ---- what I hold -------------------------------------------------------------------------------------------------


def test_everything_that_somebody_holds_is_listed_role_by_role(story):
    story.happened(proposes("carol", review_by=SOCIAL_WORKER), *EVERYONE_CONSENTS, agrees("asha"))
    story.happened(proposes("carol", "more", follows=()), objects("dev", "more"))
    story.happened(consents_if("asha", "more").but(fulfilled_by=SOCIAL_WORKER), asks_dev())

    held = held_by(story, "dev")

    assert named(held) == [
        ("role", "social-worker"),
        ("responsibility", "ring"),
        ("objection", "lone-visits"),
        ("condition", "diary"),
        ("review", "visits"),
    ]
    assert [thing.words for thing in held[1:]] == [
        "Ring Ruth after her fall",
        "Visiting alone after dark puts our staff at risk",
        "A shared diary",
        "Shall one of us visit each week on behalf of all?",
    ]


def test_each_thing_says_since_when_where_it_came_from_and_how_it_stands(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)
    agreed_at = story.now
    story.happened(agrees("asha"), takes_on("carol", "visit"), reports("carol", "visit", says="Two visits so far"))

    _, visit = held_by(story, "carol")

    assert visit.since == agreed_at
    assert visit.origin.question == "Shall one of us visit each week on behalf of all?"
    assert visit.origin.known_by == "A visit each week in the record"
    assert visit.stands == acts.Progress.IN_PROGRESS
    assert visit.origin.last_report.words == "Two visits so far"
    assert visit.deputy_role == SOCIAL_WORKER


def test_what_passed_is_in_hand_since_it_passed(story):
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "carol", RING_TO_CAROL))
    story.later(days=2)
    passed_at = story.now

    story.does(accepts("carol", "responsibility", "ring"))

    assert named(held_by(story, "dev")) == [("role", "social-worker")]
    assert [thing.since for thing in held_by(story, "carol")][1:] == [passed_at]


def test_a_deputy_has_a_place_and_while_standing_in_all_that_the_role_holds(story):
    story.happened(asks_dev(), takes_on("dev"))
    assert named(held_by(story, "ines")) == [("deputy", "social-worker")]

    story.does(goes_away("dev"))

    held = held_by(story, "ines")
    assert named(held) == [("deputy", "social-worker"), ("responsibility", "ring")]
    assert [thing.standing_in for thing in held] == [False, True]


def test_the_items_in_hand_are_exactly_those_that_the_rule_lets_somebody_offer(story):
    story.happened(asks_dev(), takes_on("dev"), asks_dev("door"))

    for person in ("asha", "ben", "carol", "dev", "ines"):
        for thing in held_by(story, person):
            assert "not-in-hand" not in story.refuses(offers(person, "esi", thing.item))


# ---- offers ------------------------------------------------------------------------------------------------------


def test_an_offer_is_read_in_full_by_the_receiver_and_the_role_comes_last(story):
    story.happened(asks_dev(), takes_on("dev"), reports("dev", says="No answer yet"))
    story.does(offers("dev", "ines", THE_ROLE, RING))

    (offer,) = offered_to(story, "ines")

    assert named(o.thing for o in offer.things) == [("responsibility", "ring"), ("role", "social-worker")]
    assert offer.things[0].thing.origin.last_report.words == "No answer yet"
    assert all(offered.with_its_role and offered.is_waiting for offered in offer.things)
    assert offered_to(story, "dev") == ()


def test_what_is_offered_stays_with_the_giver_and_is_shown_as_overdue_after_the_day_to_answer_by(story):
    """RS10."""
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "carol", RING_TO_CAROL, in_days=7))
    assert not offered_to(story, "carol")[0].is_overdue
    assert hand_overs.overdue(picture(story), story.standing, story.now) == ()

    story.later(days=8)

    assert ("responsibility", "ring") in named(held_by(story, "dev"))
    (offer,) = hand_overs.overdue(picture(story), story.standing, story.now)
    assert (offer.giver, offer.receiver, offer.days_over) == ("dev", "carol", 1)
    assert offers_by(story, "dev")[0].is_overdue


def test_what_is_returned_is_with_the_giver_and_its_reason_is_shown_beside_it(story):
    """RS11."""
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "carol", RING_TO_CAROL))
    story.does(returns("carol", "responsibility", "ring", because="I have no car"))

    ring = held_by(story, "dev")[1]

    assert (ring.returned.by, ring.returned.because) == ("carol", "I have no car")
    assert ring.on_offer is None
    assert offers_by(story, "dev")[0].things[0].because == "I have no car"


def test_what_came_up_since_the_offer_is_shown_as_not_yet_handed_over(story):
    """RS13."""
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "ines", THE_ROLE, RING))
    assert offered_to(story, "ines")[0].not_yet == ()

    story.does(asks_dev("door"), takes_on("dev", "door"))
    assert named(offered_to(story, "ines")[0].not_yet) == [("responsibility", "door")]

    story.does(offers("dev", "ines", DOOR, handover="more"))
    assert [offer.not_yet for offer in offered_to(story, "ines")] == [(), ()]


def test_what_went_and_came_back_is_on_offer_to_nobody_and_can_go_again(story):
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "carol", RING_TO_CAROL))
    story.happened(accepts("carol", "responsibility", "ring"))
    back = item("responsibility", "ring", MATRON, SOCIAL_WORKER)
    story.happened(offers("carol", "dev", back, handover="back"), accepts("dev", "responsibility", "ring", "back"))

    ring = held_by(story, "dev")[1]

    assert ring.on_offer is None
    assert leaving(story, "dev").accepted == 0
    assert story.refuses(offers("dev", "carol", RING_TO_CAROL, handover="again")) == []


def test_an_offer_that_was_taken_back_waits_for_nobody(story):
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "carol", RING_TO_CAROL))
    assert held_by(story, "dev")[1].on_offer.receiver == "carol"

    story.does(takes_back("dev"))

    assert offered_to(story, "carol") == ()
    assert held_by(story, "dev")[1].on_offer is None


# ---- leaving -----------------------------------------------------------------------------------------------------


def test_a_leaving_goes_from_not_offered_to_passed_step_by_step(story):
    story.happened(asks_dev(), takes_on("dev"))
    assert set(stages(story, "dev").values()) == {"not-offered"}
    assert not leaving(story, "dev").has_begun

    story.does(offers("dev", "ines", THE_ROLE, RING))
    assert set(stages(story, "dev").values()) == {"waiting"}

    story.does(accepts("ines", "responsibility", "ring"))
    assert stages(story, "dev") == {("role", "social-worker"): "waiting", ("responsibility", "ring"): "read-back"}
    assert leaving(story, "dev").accepted == 1

    story.does(accepts("ines", "role", SOCIAL_WORKER))
    assert set(stages(story, "dev").values()) == {"passed"}
    assert leaving(story, "dev").in_hand == ()


def test_a_leaving_is_done_exactly_when_the_rule_lets_the_person_leave(story):
    """RS15."""
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "ines", THE_ROLE, RING))
    for doing in (accepts("ines", "responsibility", "ring"), accepts("ines", "role", SOCIAL_WORKER)):
        assert leaving(story, "dev").in_hand
        assert "still-in-hand" in story.refuses(leaves("dev"))
        story.does(doing)

    assert leaving(story, "dev").in_hand == ()
    assert story.refuses(leaves("dev").speaking_for("council")) == []


def test_after_leaving_nothing_open_is_in_the_hands_of_whoever_left(story):
    """RS14."""
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "ines", THE_ROLE, RING))
    story.happened(accepts("ines", "responsibility", "ring"), accepts("ines", "role", SOCIAL_WORKER))

    story.does(leaves("dev").speaking_for("council"))

    assert held_by(story, "dev") == ()
    assert named(held_by(story, "ines")) == [("role", "social-worker"), ("responsibility", "ring")]


def test_taking_somebody_off_without_a_leaving_leaves_everything_with_the_deputy(story):
    """RS16."""
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "carol", RING_TO_CAROL))

    story.does(removes("asha", "dev"))

    assert held_by(story, "dev") == ()
    assert named(held_by(story, "ines")) == [("deputy", "social-worker"), ("responsibility", "ring")]
    assert offered_to(story, "carol") == ()


def test_what_was_passed_on_long_ago_is_not_part_of_a_leaving_now(story):
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "carol", RING_TO_CAROL))
    story.happened(accepts("carol", "responsibility", "ring"))
    assert stages(story, "dev")["responsibility", "ring"] == "passed"

    story.later(days=hand_overs.LATELY / timedelta(days=1) + 1)

    assert ("responsibility", "ring") not in stages(story, "dev")


def test_what_is_closed_meanwhile_is_in_nobody_s_hands(story):
    story.happened(asks_dev(), takes_on("dev"), offers("dev", "ines", THE_ROLE, RING), completes("dev"))

    assert named(held_by(story, "dev")) == [("role", "social-worker")]
    assert next(offered.thing.stands for offered in offered_to(story, "ines")[0].things) == "closed"


# ---- the fold ----------------------------------------------------------------------------------------------------


def test_folding_in_two_goes_gives_the_same_and_leaves_the_start_as_it_was(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"), asks_dev(), takes_on("dev"))
    story.happened(reports("dev"), offers("dev", "carol", RING_TO_CAROL), accepts("carol", "responsibility", "ring"))

    for cut in range(len(story.recorded)):
        start = in_hand.fold(story.recorded[:cut])
        kept = start.going_on()
        assert in_hand.fold(story.recorded[cut:], start) == picture(story)
        assert start == kept


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(longest=40))
def test_in_any_history_what_is_shown_in_hand_is_what_the_rules_say_is_in_hand(chapters):
    story = chapters[-1]
    standing, now = story.standing, story.now
    assert in_hand.fold(story.recorded[20:], in_hand.fold(story.recorded[:20])) == picture(story)
    for person in standing.members(now):
        held = held_by(story, person)
        assert all(is_in_hand(thing.item, who.Person(person), standing, leaves(person)(story)) for thing in held)
        organisation = standing.organisations_of(person, now)[0]
        leave = replace(leaves(person)(story), for_organisation=organisation, in_role=None)
        assert (leaving(story, person).in_hand == ()) == (refusals_against(leave, standing) == [])
        for offer in offered_to(story, person):
            for each in offer.things:
                assert each.is_waiting == (each.state == "offered")
            assert all(thing.key not in {o.thing.key for o in offer.things if o.is_waiting} for thing in offer.not_yet)
