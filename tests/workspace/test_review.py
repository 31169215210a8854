"""The page of a review: what was expected and what happened, answering, and renewing, changing or ending."""

from manyhands import acts
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    TEAM,
    agrees,
    answers_review,
    consents,
    consents_if,
    ends,
    objects,
    opens_review,
    proposes,
    reports,
    takes_on,
    withdraws_objection,
)
from tests.stories.test_reviewing import ALL_IS_WELL, DECIDED, FORTNIGHTLY
from tests.workspace.reading import queries_of, section, text_of

PAGE = f"/teams/{TEAM}/proposals/visits/review"
NEXT = {"review-day": "1", "review-month": "9", "review-year": "2026", "review_by": COORDINATOR}
CHANGE = {
    "question": "Shall one of us visit every two weeks?",
    "option-1": "A visit every two weeks",
    "proposed": "1",
    "affected": [PRACTICE, NURSING, COUNCIL],
    "what-1": "Visit every two weeks",
    "role-1": MATRON,
    "deputy-1": SOCIAL_WORKER,
    "check-1-day": "27",
    "check-1-month": "3",
    "check-1-year": "2026",
    "known-1": "A visit in the record",
    "review-day": "1",
    "review-month": "6",
    "review-year": "2026",
    "review_by": COORDINATOR,
    "because": "Weekly is more than people want",
}


def read(story, person="carol", address=PAGE):
    answer = story.as_(person).get(address)
    assert answer.status_code == 200
    return answer


def press(story, person, do, **typed):
    answer = story.as_(person).post(PAGE, {"do": do, **typed})
    story.catch_up()
    return answer


def last(story):
    return story.recorded[-1].act


def test_only_a_decision_has_a_review(story):
    story.happened(proposes("carol"))

    assert story.as_("carol").get(PAGE).status_code == 404
    assert story.as_("carol").get(PAGE.replace("visits", "lost")).status_code == 404


def test_the_page_sets_what_was_expected_against_what_has_happened(story):
    story.happened(*DECIDED, takes_on("carol", "visit"), reports("carol", "visit"))

    expected = section(read(story), "expected")

    assert "A visit each week in the record" in expected
    assert "“No answer yet” Carol Jones" in expected


def test_unfulfilled_conditions_and_objections_stay_in_sight(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), objects("dev"), withdraws_objection("dev"))
    story.happened(consents_if("dev"), agrees("asha"))

    page = read(story)

    assert "Not fulfilled yet A shared diary" in section(page, "conditions")
    assert "Visiting alone after dark puts our staff at risk" in section(page, "objected")


def test_a_review_is_asked_for_before_its_day(story):
    story.happened(*DECIDED)
    assert "Ask for a review" in section(read(story, "dev"), "sooner")

    refused = press(story, "dev", "open")
    assert refused.status_code == 422
    press(story, "dev", "open", **{"why-open": "Two falls after a missed visit"})

    assert isinstance(last(story), acts.OpenReview)
    assert "asked for this review on 2 March 2026: “Two falls after a missed visit”" in text_of(read(story))
    assert "Under review" in text_of(read(story, address=PAGE.removesuffix("/review")))


def test_an_answer_says_both_whether_it_works_and_whether_it_is_safe(story):
    story.happened(*DECIDED, opens_review("dev"))

    refused = press(story, "dev", "answer", works="yes")
    assert refused.status_code == 422
    assert "Say whether it is still safe." in text_of(refused)
    press(story, "dev", "answer", works="partly", safe="yes", **{"why-answer": "Half of them were missed"})

    assert (last(story).works, last(story).safe) == (acts.Works.PARTLY, True)
    said = section(read(story), "said")
    assert "Works in part Safe Dev Patel" in said
    assert "Not answered Riverside Practice" in said


def test_the_reasons_against_renewing_are_there_before_the_press(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL, answers_review("dev", safe=False, because="A fall"))

    assert "Adult Social Care says that this is not safe: “A fall”." in section(read(story), "come")


def test_a_decision_is_renewed_on_the_page(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL)
    assert press(story, "carol", "renew").status_code == 422
    assert press(story, "carol", "renew", **NEXT | {"review-day": "31", "review-month": "2"}).status_code == 422

    press(story, "carol", "renew", **NEXT)

    assert (str(last(story).review_on), last(story).review_by) == ("2026-09-01", COORDINATOR)
    page = read(story)
    assert "Live Renewed" in text_of(page)
    assert "Renewed until 1 September 2026" in section(page, "before")


def test_going_on_without_whoever_is_silent_takes_a_reason_and_28_days(story):
    story.happened(*DECIDED, opens_review("dev"), answers_review("dev"), answers_review("carol"))
    soon = {"review-day": "28", "review-month": "3", "review-year": "2026", "review_by": MATRON}
    assert press(story, "carol", "renew", **soon).status_code == 422

    press(story, "carol", "renew", **soon | {"why-renew": "The practice has flu"})

    assert isinstance(last(story), acts.Renew)


def test_a_change_is_proposed_from_the_decision_and_both_are_linked(story):
    story.happened(*DECIDED, opens_review("dev"))
    begun = read(story, address=f"{PAGE}/change").content.decode()
    assert "Shall one of us visit each week on behalf of all?" in begun

    assert story.as_("carol").post(f"{PAGE}/change", CHANGE | {"because": ""}).status_code == 422
    answer = story.as_("carol").post(f"{PAGE}/change", CHANGE)
    story.catch_up()

    proposing, replacing = (entry.act for entry in story.recorded[-2:])
    assert (replacing.proposal, replacing.replacement) == ("visits", proposing.proposal)
    assert "If agreed, it takes the place of" in text_of(read(story, address=answer.url))
    assert "A change is being asked" in text_of(read(story))
    for person in ("asha", "carol", "dev"):
        story.happened(consents(person, proposing.proposal))
    story.happened(agrees("asha", proposing.proposal))
    assert "This decision was changed" in text_of(read(story))
    assert "What it replaces Shall one of us visit each week" in text_of(read(story, address=answer.url))


def test_a_proposal_that_is_being_asked_already_can_be_named(story):
    story.happened(*DECIDED, opens_review("dev"), FORTNIGHTLY)

    press(story, "carol", "replace", replacement="fortnightly", **{"why-replace": "Weekly is too often"})

    assert isinstance(last(story), acts.Replace)


def test_a_decision_is_ended_with_a_reason(story):
    story.happened(*DECIDED, takes_on("carol", "visit"), opens_review("dev"), *ALL_IS_WELL)
    assert press(story, "carol", "end").status_code == 422

    press(story, "carol", "end", **{"why-end": "Nobody needs it any more"})

    assert isinstance(last(story), acts.End)
    assert "This decision has ended" in text_of(read(story))
    assert "The decision is over" in text_of(read(story, address=f"/teams/{TEAM}/responsibilities/visit"))
    assert story.as_("carol").get(f"{PAGE}/change").status_code == 404


def test_whoever_cannot_close_the_review_is_told_who_can(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL)

    come = section(read(story, "dev"), "come")

    assert "This is for the role Community matron to do. Carol Jones can." in come
    assert press(story, "dev", "end", **{"why-end": "No"}).status_code == 422


def test_my_work_and_the_board_lead_to_the_review(story):
    story.happened(proposes("carol"), objects("dev"), withdraws_objection("dev"), *EVERYONE_CONSENTS, agrees("asha"))
    story.happened(opens_review("dev"))

    assert "Does it still work? Shall one of us visit" in section(story.as_("dev").get("/"), "to-review")
    assert "What became of what you objected to" in section(story.as_("dev").get("/"), "objected")
    assert "Review open" in section(story.as_("asha").get("/"), "reviews")
    assert "Under review" in text_of(story.as_("asha").get(f"/teams/{TEAM}/"))


def test_what_is_pressed_that_is_no_button_leads_back_to_the_page(story):
    story.happened(*DECIDED, opens_review("dev"))

    assert story.as_("dev").post(PAGE, {"do": "\0"}).status_code == 302


def test_the_page_takes_as_many_queries_however_much_was_said(story):
    story.happened(*DECIDED, takes_on("carol", "visit"), opens_review("dev"))
    few = queries_of(story.as_("carol"), PAGE)

    story.happened(*ALL_IS_WELL, *[reports("carol", "visit")] * 9)

    assert queries_of(story.as_("carol"), PAGE) == few


def test_an_ended_decision_is_on_its_group_no_more_as_agreed(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL, ends("carol"))

    assert "Nothing is agreed yet" in text_of(story.as_("asha").get(f"/teams/{TEAM}/"))
