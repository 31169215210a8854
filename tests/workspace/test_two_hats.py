"""Somebody with two roles chooses on the page which of them they speak in; both are shown beside what was said."""

import pytest

from manyhands import acts
from tests.cast import CHARITY, LINK_WORKER, MATRON, NURSING, agrees, answers_review, consents, opens_review, takes_on
from tests.stories.test_two_hats import CAROL_COMES_FOR_THE_CHARITY_TOO, FOUR_AFFECTED
from tests.workspace.reading import section, text_of
from tests.workspace.test_proposal import PAGE, last, press, read

REVIEW = f"{PAGE}/review"
WHICH = "Choose which of your roles you speak in: the others are not heard by it."
BOTH = "Carol Jones , Community matron, Community Nursing (also Link worker, Good Neighbours)"


@pytest.fixture
def two_hats(story):
    story.happened(*CAROL_COMES_FOR_THE_CHARITY_TOO, FOUR_AFFECTED, consents("asha"), consents("dev"))
    return story


def test_nothing_is_chosen_for_somebody_with_two_roles_and_one_role_is_not_asked_about(two_hats):
    carols, devs = (read(two_hats, person).content.decode() for person in ("carol", "dev"))

    answering = carols.split('id="in_role-consent"')[1].split("</select>")[0]
    assert '<option value="">Choose a role</option>' in answering
    assert " selected" not in answering
    assert f'value="{MATRON}"' in answering
    assert f'value="{LINK_WORKER}"' in answering
    assert "Which of your roles do you speak in?" not in devs


def test_an_answer_without_a_role_is_not_taken_and_what_was_typed_is_kept(two_hats):
    before = len(two_hats.recorded)

    refused = press(two_hats, "carol", "answer", kind="concern", version=1, in_role="", **{"because-concern": "Keys"})

    page = refused.content.decode()
    assert (refused.status_code, len(two_hats.recorded)) == (422, before)
    assert f'<a href="#in_role-concern">{WHICH}</a>' in page
    assert "\nKeys</textarea>" in page
    assert page.count('aria-describedby="in_role-concern-error"') == 1


def test_the_role_chosen_is_heard_and_the_other_is_not(two_hats):
    press(two_hats, "carol", "answer", kind="consent", version=1, in_role=LINK_WORKER)

    assert (last(two_hats).in_role, last(two_hats).for_organisation) == (LINK_WORKER, CHARITY)
    closing = text_of(read(two_hats))
    assert "Community Nursing has not been heard on this version." in closing
    assert "Good Neighbours has not been heard" not in closing


def test_a_role_chosen_is_still_chosen_when_something_else_is_refused(two_hats):
    refused = press(two_hats, "carol", "answer", kind="concern", version=1, in_role=LINK_WORKER)

    form = refused.content.decode().split('id="in_role-concern"')[1].split("</select>")[0]
    assert refused.status_code == 422
    assert f'value="{LINK_WORKER}" selected' in form


def test_a_role_that_is_not_theirs_is_refused_by_the_rule(two_hats):
    refused = press(two_hats, "carol", "answer", kind="consent", version=1, in_role="coordinator")

    assert refused.status_code == 422
    assert not isinstance(last(two_hats), acts.Consent) or last(two_hats).by != "carol"


def test_both_roles_are_shown_beside_what_was_said(two_hats):
    two_hats.happened(consents("carol").speaking_as(MATRON))

    assert BOTH in text_of(read(two_hats, "dev"))


def test_a_review_too_is_answered_in_a_role_that_was_chosen(two_hats):
    two_hats.happened(consents("carol").speaking_as(MATRON), consents("carol").speaking_as(LINK_WORKER))
    two_hats.happened(agrees("asha"), takes_on("carol", "visit").speaking_as(MATRON), opens_review("dev"))
    said = {"do": "answer", "works": "partly", "safe": "yes", "why-answer": "Half were missed"}

    refused = two_hats.as_("carol").post(REVIEW, said | {"in_role": ""})

    assert refused.status_code == 422
    assert f'<a href="#in_role-answer">{WHICH}</a>' in refused.content.decode()
    assert "\nHalf were missed</textarea>" in refused.content.decode()

    two_hats.as_("carol").post(REVIEW, said | {"in_role": MATRON})
    two_hats.catch_up()

    assert (last(two_hats).in_role, last(two_hats).for_organisation) == (MATRON, NURSING)
    assert BOTH in section(read(two_hats, "dev", REVIEW), "said")
    two_hats.happened(answers_review("asha"), answers_review("dev"))
    assert "Not answered Good Neighbours" in section(read(two_hats, "dev", REVIEW), "said")
