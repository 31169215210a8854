"""The Hand-over page: reading, offering, answering, taking back, stepping down and leaving."""

import html
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manyhands import acts
from manyhands.access.models import Sight
from manyhands.workspace.offering import WITH_ITS_ROLE
from tests.cast import (
    COORDINATOR,
    FAY_COMES,
    LINK_WORKER,
    MATRON,
    SOCIAL_WORKER,
    TEAM,
    accepts,
    asks,
    completes,
    invites,
    item,
    joins,
    leaves,
    makes_deputy,
    offers,
    removes,
    reports,
    returns,
    steps_down,
    takes_on,
)
from tests.workspace.test_groups import gathers as gathers_from_records
from tests.workspace.test_groups import id_of

PAGE = f"/teams/{TEAM}/hand-over"
RING = item("responsibility", "ring", SOCIAL_WORKER)
THE_ROLE = item("role", SOCIAL_WORKER, SOCIAL_WORKER)
RING_TO_CAROL = item("responsibility", "ring", SOCIAL_WORKER, MATRON)
BY_THE_NINTH = {"offer-by-day": "9", "offer-by-month": "3", "offer-by-year": "2026"}
NOTE = "She prefers mornings"


def asks_dev(responsibility="ring"):
    return asks("asha", responsibility, role=SOCIAL_WORKER, deputy_role=COORDINATOR)


def dev_holds_something(story):
    story.happened(asks_dev(), takes_on("dev"), reports("dev", says="No answer yet"))


def text_of(response):
    """What is read on a page: without markup, with single spaces."""
    body = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def section(response, name):
    """What is read in one section of the page."""
    found = re.search(rf'<section id="{name}".*?</section>', response.content.decode(), flags=re.DOTALL)
    assert found, f"no section {name}"
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found[0])))


def read(story, person, **query):
    response = story.as_(person).get(PAGE, query)
    assert response.status_code == 200
    return response


def press(story, person, where, **typed):
    response = story.as_(person).post(f"{PAGE}/{where}", typed)
    story.catch_up()
    return response


# ---- reading -----------------------------------------------------------------------------------------------------


def test_everything_that_i_hold_is_listed_in_words_with_since_when(story):
    dev_holds_something(story)

    held = section(read(story, "dev"), "held")

    assert "The role itself: Team manager" in held
    assert "Ring Ruth after her fall" in held
    assert "In hand since 2 March 2026" in held
    assert "In progress" in held
    assert "“No answer yet” (Dev Patel, 2 March 2026)" in held


def test_an_empty_page_says_what_to_do_next(story):
    story.happened(*FAY_COMES[:2])

    page = text_of(read(story, "fay"))

    assert "Nothing is in your hands" in page
    assert "Nothing is offered to you" in page


@pytest.mark.parametrize("person", ["esi", None])
def test_nobody_outside_the_team_gets_to_any_of_it(story, person):
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL))
    where = ["", "/offer", "/offer-role", "/leave", "/going/answer", "/going/more", "/going/take-back"]

    for address in where:
        client = story.as_(person) if person else Client()
        response = client.post(PAGE + address) if address else client.get(PAGE)
        assert response.status_code in ((404, 302) if person else (302,))
        assert person is None or response.status_code == 404
    assert not isinstance(story.acts_done[-1], acts.TakeBack)


def test_the_page_asks_as_much_of_the_database_for_one_thing_as_for_thirty(story):
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING))
    assert queries(story, "ines") == queries(story, "ines")
    few = queries(story, "ines"), queries(story, "dev")

    for number in range(30):
        story.happened(asks_dev(f"door-{number}"), takes_on("dev", f"door-{number}"))

    assert (queries(story, "ines"), queries(story, "dev")) == few


def queries(story, person):
    client = story.as_(person)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)


# ---- offering ----------------------------------------------------------------------------------------------------


def test_a_thing_is_offered_to_a_role_of_the_receiver_with_a_note(story):
    dev_holds_something(story)
    page = read(story, "dev", to="carol").content.decode()
    assert 'name="where-responsibility-ring"' in page
    assert 'value="matron"' in page

    response = press(
        story, "dev", "offer", to="carol", **{"where-responsibility-ring": MATRON, "note": NOTE, **BY_THE_NINTH}
    )

    assert response.status_code == 302
    offered = story.acts_done[-1]
    assert (offered.to, offered.items, offered.words) == ("carol", (RING_TO_CAROL,), NOTE)
    assert story.holder("ring") == "dev"


def test_the_rule_says_at_once_what_is_in_the_way_of_each_thing(story):
    dev_holds_something(story)
    story.happened(*FAY_COMES)

    page = text_of(read(story, "dev", to="fay"))

    assert "Fay Adeyemi is not in this team for Adult Social Care, so cannot take the role." in page


def test_what_came_up_since_can_be_offered_with_the_role_that_is_on_offer_already(story):
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING), asks_dev("door"))

    page = read(story, "dev", to="ines").content.decode()

    assert 'name="where-responsibility-door"' in page
    assert f'value="{WITH_ITS_ROLE}"' in page


def test_somebody_without_a_role_to_take_it_on_in_is_said_to_have_none(story):
    dev_holds_something(story)
    story.happened(*FAY_COMES[:2])

    page = text_of(read(story, "dev", to="fay"))

    assert "Why it cannot go to Fay Adeyemi" in page
    assert 'name="note"' not in read(story, "dev", to="fay").content.decode()


def test_a_role_goes_with_all_that_it_holds_on_one_press(story):
    dev_holds_something(story)
    story.happened(asks_dev("door"))

    response = press(
        story,
        "dev",
        "offer-role",
        **{"role": SOCIAL_WORKER, "to": "ines", "whole-by-day": "9", "whole-by-month": "3", "whole-by-year": "2026"},
    )

    assert response.status_code == 302
    assert [(i.kind.value, i.which) for i in story.acts_done[-1].items] == [
        ("role", "social-worker"),
        ("responsibility", "ring"),
        ("responsibility", "door"),
    ]


def test_a_role_is_not_offered_without_what_it_holds_and_what_was_typed_is_kept(story):
    dev_holds_something(story)

    response = press(
        story,
        "dev",
        "offer",
        to="ines",
        **{"where-role-social-worker": WITH_ITS_ROLE, "note": NOTE, **BY_THE_NINTH},
    )

    assert response.status_code == 422
    assert "The role Team manager also holds “Ring Ruth after her fall”." in text_of(response)
    assert NOTE in response.content.decode()
    assert "<title>Error: Hand-over" in response.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"to": "nobody"},
        {"to": "ines", "where-responsibility-ring": "no-such-role"},
        {"to": "ines", "offer-by-day": "31", "offer-by-month": "2", "offer-by-year": "2026"},
        {"to": "ines", "offer-by-day": "x" * 5000, "offer-by-month": "\0", "offer-by-year": "9" * 400},
        {"to": "\0", "note": "\0" * 10, **BY_THE_NINTH},
        {"to": "ines", "where-responsibility-ring": "\0", **BY_THE_NINTH},
        {"to": "dev", "where-responsibility-ring": MATRON, **BY_THE_NINTH},
    ],
)
def test_a_form_that_makes_no_sense_is_shown_again_and_nothing_is_recorded(story, typed):
    dev_holds_something(story)
    before = len(story.recorded)

    response = press(story, "dev", "offer", **typed)

    assert response.status_code == 422
    assert "There is something to put right" in text_of(response)
    assert len(story.recorded) == before


def test_an_offer_says_when_it_is_overdue_and_the_coordinator_sees_it(story):
    """RS10."""
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL, in_days=7))
    assert "Overdue" not in text_of(read(story, "dev"))
    assert "nobody answered in time" not in text_of(read(story, "asha"))

    story.later(days=8)

    assert "Overdue by 1 day" in section(read(story, "dev"), "offered-by-you")
    assert "Overdue by 1 day" in section(read(story, "carol"), "offered-to-you")
    assert "Dev Patel offered 1 thing to Carol Jones" in text_of(read(story, "asha"))
    assert "nobody answered in time" not in text_of(read(story, "ines"))
    assert story.holder("ring") == "dev"


def test_whoever_offered_takes_back_what_is_not_answered(story):
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL))

    assert press(story, "dev", "going/take-back").status_code == 302

    assert "Nothing is offered to you" in text_of(read(story, "carol"))
    assert press(story, "carol", "going/take-back").status_code == 422
    assert press(story, "asha", "going/take-back").status_code == 404
    assert press(story, "dev", "no-such-offer/take-back").status_code == 404


# ---- answering ---------------------------------------------------------------------------------------------------


def test_what_is_offered_is_read_in_full_and_accepted_and_the_role_last(story):
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING))
    offered = section(read(story, "ines"), "offered-to-you")
    assert "From Dev Patel" in offered
    assert "Ring Ruth after her fall" in offered
    assert "Asked by Asha Rahman on 2 March 2026" in offered
    assert "Done when: Ruth says that she was rung" in offered
    assert "“No answer yet”" in offered

    answers = {"answer-role-social-worker": "accept", "answer-responsibility-ring": "accept"}
    response = press(story, "ines", "going/answer", **answers)

    assert response.status_code == 302
    assert [act.kind.value for act in story.acts_done[-2:]] == ["responsibility", "role"]
    assert story.holder("ring") == "ines"


def test_what_is_returned_needs_a_reason_which_the_giver_sees(story):
    """RS11."""
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL))
    without = press(story, "carol", "going/answer", **{"answer-responsibility-ring": "return"})
    assert without.status_code == 422
    assert 'href="#because-responsibility-ring"' in without.content.decode()

    because = {"because-responsibility-ring": "I have no car"}
    press(story, "carol", "going/answer", **{"answer-responsibility-ring": "return", **because})

    page = section(read(story, "dev"), "held")
    assert "Returned by Carol Jones: “I have no car”" in page
    assert story.holder("ring") == "dev"


def test_somebody_who_comes_second_is_shown_the_new_state(story):
    """RS12."""
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL))
    story.happened(accepts("carol", "responsibility", "ring"))

    again = press(story, "carol", "going/answer", **{"answer-responsibility-ring": "accept"})
    assert again.status_code == 422
    assert "no longer waiting for an answer (it was accepted)" in text_of(again)

    story.happened(asks_dev("door"), takes_on("dev", "door"))
    story.happened(offers("dev", "carol", item("responsibility", "door", SOCIAL_WORKER, MATRON), handover="two"))
    story.happened(completes("ines", "door"))

    assert "Somebody else has taken “Ring Ruth after her fall”, or it has been closed" in text_of(read(story, "carol"))


def test_what_came_up_since_the_offer_is_shown_as_not_yet_handed_over_and_offered_too_on_one_press(story):
    """RS13."""
    dev_holds_something(story)
    story.happened(offers("dev", "ines", THE_ROLE, RING), asks_dev("door"))
    assert "Not yet handed over" in section(read(story, "ines"), "offered-to-you")
    assert "The role Team manager still holds" in section(read(story, "ines"), "offered-to-you")
    answers = {"answer-role-social-worker": "accept", "answer-responsibility-ring": "accept"}
    assert press(story, "ines", "going/answer", **answers).status_code == 422
    assert story.holder("ring") == "dev"

    assert press(story, "dev", "going/more").status_code == 302

    assert "Not yet handed over" not in section(read(story, "ines"), "offered-to-you")
    more = story.acts_done[-1].handover
    assert press(story, "ines", f"{more}/answer", **{"answer-responsibility-door": "accept"}).status_code == 302
    assert press(story, "ines", "going/answer", **answers).status_code == 302
    assert story.holder("door") == "ines"


def test_whom_a_thing_is_about_is_read_by_those_who_may_see_them_and_the_sight_is_written_down(records):
    records.happened(gathers_from_records("asha", "ruth"), invites("asha", "fay"), joins("fay"))
    ruth = id_of("ruth")
    records.happened(asks_about(ruth), takes_on("dev"), offers("dev", "ines", THE_ROLE, RING))

    assert "About Ruth Moss , born 4 March 1938" in section(read(records, "ines"), "offered-to-you")
    assert "About Ruth Moss" in section(read(records, "dev"), "held")
    assert Sight.objects.filter(person="ines", patient=ruth, page="hand-over").exists()


def asks_about(patient):
    def doing(story):
        return replace(asks_dev()(story), patient=patient)

    return doing


def test_answering_nothing_says_so(story):
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL))

    response = press(story, "carol", "going/answer", **{"answer-responsibility-ring": "perhaps"})

    assert response.status_code == 422
    assert "for at least one thing" in text_of(response)


# ---- leaving -----------------------------------------------------------------------------------------------------


def test_leaving_lists_what_is_still_in_hand_until_nothing_is_and_then_has_its_button(story):
    """RS14, RS15."""
    dev_holds_something(story)
    leaving = section(read(story, "dev"), "leaving")
    assert "0 of 2 accepted" in leaving
    assert "You still hold “Ring Ruth after her fall” (in the role Team manager)" in leaving
    assert "Leave Riverside team" not in leaving
    assert press(story, "dev", "leave").status_code == 422

    story.happened(offers("dev", "ines", THE_ROLE, RING), accepts("ines", "responsibility", "ring"))
    assert "1 of 2 accepted" in section(read(story, "dev"), "leaving")
    story.happened(accepts("ines", "role", SOCIAL_WORKER))
    assert "Leave Riverside team" in section(read(story, "dev"), "leaving")

    response = press(story, "dev", "leave")

    assert (response.status_code, response["location"]) == (302, "/")
    assert not story.standing.is_member("dev", story.now)
    assert {story.holder(r.responsibility) for r in story.standing.open_responsibilities()} == {"ines"}
    assert story.as_("dev").get(PAGE).status_code == 404


def test_a_deputy_steps_down_and_leaves(story):
    assert "Step down from Team manager" in section(read(story, "ines"), "leaving")

    story.as_("ines").post(f"/teams/{TEAM}/members/step-down", {"role": SOCIAL_WORKER})
    assert press(story, "ines", "leave").status_code == 302

    assert not story.standing.is_member("ines", story.now)


def test_nobody_steps_down_from_what_would_be_left_bare_and_is_told_why(story):
    story.happened(*FAY_COMES, asks("asha", role=LINK_WORKER, deputy_role=MATRON), takes_on("fay"))
    story.happened(removes("asha", "carol"))

    page = section(read(story, "fay"), "leaving")

    assert "Why you cannot step down yet" in page
    for role in (LINK_WORKER, "\0"):
        answer = story.as_("fay").post(f"/teams/{TEAM}/members/step-down", {"role": role})
        assert answer.status_code == 422


def test_taking_somebody_off_the_team_without_a_leaving_leaves_nothing_in_nobody_s_hands(story):
    """RS16."""
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL), removes("asha", "dev"))

    assert "You stand in" in section(read(story, "ines"), "held")
    assert "Nothing is offered to you" in text_of(read(story, "carol"))


def test_somebody_who_left_and_came_back_has_nothing_twice_and_nothing_of_old(story):
    """RS17."""
    story.happened(steps_down("ines", SOCIAL_WORKER), leaves("ines").speaking_for("council"))
    story.happened(invites("dev", "ines"), joins("ines"))
    assert "Nothing is in your hands" in section(read(story, "ines"), "held")

    story.happened(makes_deputy("dev", SOCIAL_WORKER, "ines"))

    assert section(read(story, "ines"), "held").count("Deputy of: Team manager") == 1


def test_a_button_s_address_shows_the_page_to_whoever_comes_back_to_it(story):
    dev_holds_something(story)
    story.happened(offers("dev", "carol", RING_TO_CAROL), returns("carol", "responsibility", "ring"))

    for where in ("offer", "offer-role", "leave", "going/answer", "going/more", "going/take-back"):
        assert story.as_("dev").get(f"{PAGE}/{where}")["location"] == PAGE
