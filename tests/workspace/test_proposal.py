"""A proposal's pages: proposing, being heard, safety concerns and conditions, changing, and the ways of closing."""

import re
from datetime import timedelta
from unittest import mock

import pytest

from manyhands import acts
from manyhands.exchange.records import put_on_file
from tests import small_records
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    FAY_COMES,
    MATRON,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    TEAM,
    agrees,
    amends,
    comments,
    completes,
    consents,
    consents_if,
    convenes,
    fulfils,
    gathers,
    gives_no_view,
    goes_away,
    has_a_concern,
    objects,
    proceeds_without,
    proposes,
    raises,
    removes,
    stands_aside,
    takes_on,
    withdraws,
)
from tests.workspace.reading import has_form, queries_of, section, text_of
from tests.workspace.workplace import Workplace

PAGE = f"/teams/{TEAM}/proposals/visits"
NEW = f"/teams/{TEAM}/proposals/new"
FORM = {
    "question": "Shall one of us ring on Fridays?",
    "option-1": "The link worker rings everybody",
    "proposed": "1",
    "affected": [PRACTICE, NURSING],
    "what-1": "Ring on Fridays",
    "role-1": MATRON,
    "deputy-1": SOCIAL_WORKER,
    "check-1-day": "27",
    "check-1-month": "3",
    "check-1-year": "2026",
    "known-1": "A call each week",
    "review-day": "1",
    "review-month": "6",
    "review-year": "2026",
    "review_by": COORDINATOR,
    "in_role": MATRON,
}


def read(story, person="carol", address=PAGE):
    answer = story.as_(person).get(address)
    assert answer.status_code == 200
    return answer


def press(story, person, button, **typed):
    answer = story.as_(person).post(f"{PAGE}/{button}", typed)
    story.catch_up()
    return answer


def last(story):
    return story.recorded[-1].act


# ---- proposing ---------------------------------------------------------------------------------------------------


def test_the_form_has_every_organisation_ticked_that_could_be_heard(story):
    page = read(story, address=NEW).content.decode()

    assert page.count('name="affected"') == page.count(" checked") - 1 == 3
    assert "Carry on as now" in page


def test_a_proposal_is_made_as_it_was_typed(story):
    answer = story.as_("carol").post(NEW, FORM)
    story.catch_up()

    act = last(story)
    assert isinstance(act, acts.Propose)
    assert answer.url == f"/teams/{TEAM}/proposals/{act.proposal}"
    assert [option.words for option in act.terms.options] == ["Carry on as now", "The link worker rings everybody"]
    assert act.terms.proposed == act.terms.options[1].option
    assert act.terms.affected == (PRACTICE, NURSING)
    (follows,) = act.terms.follows
    assert (follows.role, follows.deputy_role, str(follows.first_check_on)) == (MATRON, SOCIAL_WORKER, "2026-03-27")
    assert (str(act.terms.review_on), act.terms.review_by, act.in_role) == ("2026-06-01", COORDINATOR, MATRON)


def test_another_responsibility_is_added_by_a_press_and_nothing_typed_is_lost(story):
    page = story.as_("carol").post(NEW, FORM | {"more": "follows"}).content.decode()

    assert 'name="what-2"' in page
    assert "Ring on Fridays" in page
    assert f'value="{MATRON}" selected' in page
    assert (
        'name="what-6"' not in story.as_("carol").post(NEW, FORM | {"what-5": "x", "more": "follows"}).content.decode()
    )


def test_another_option_is_added_by_a_press(story):
    page = story.as_("carol").post(NEW, FORM | {"more": "option"}).content.decode()

    assert 'name="option-2"' in page
    assert "The link worker rings everybody" in page


def test_rows_left_empty_are_left_out(story):
    story.as_("carol").post(NEW, FORM | {"option-2": "", "what-2": "", "option-3": "Nobody rings"})
    story.catch_up()

    assert len(last(story).terms.options) == 3
    assert len(last(story).terms.follows) == 1


def test_what_is_missing_is_said_and_the_draft_is_kept(story):
    answer = story.as_("carol").post(NEW, FORM | {"question": "", "affected": []})

    told = text_of(answer)
    assert answer.status_code == 422
    assert "Write the question first" in told
    assert "Choose at least one organisation" in told
    assert "The link worker rings everybody" in told
    assert "<title>Error: " in answer.content.decode()


def test_a_day_that_there_is_not_is_said_at_its_boxes_and_kept_as_typed(story):
    answer = story.as_("carol").post(NEW, FORM | {"check-1-day": "31", "check-1-month": "2", "review-year": "soon"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#check-1"' in page
    assert 'href="#review"' in page
    assert 'value="soon"' in page


def test_everything_that_is_in_the_way_is_said_at_once(story):
    answer = story.as_("carol").post(NEW, FORM | {"review-year": "soon", "question": "", "affected": []})

    told = text_of(answer)
    assert "write a day that there is" in told
    assert "Write the question first" in told
    assert "Choose at least one organisation" in told


def test_a_check_in_the_past_is_said_at_the_responsibility_that_it_is_of(story):
    second = {"what-2": "Ring on Mondays.", "check-2-day": "1", "check-2-month": "3", "check-2-year": "2026"}

    answer = story.as_("carol").post(NEW, FORM | second)

    page = answer.content.decode()
    assert '<a href="#check-2">The check of “Ring on Mondays” on 1 March 2026 is in the past.' in page
    assert 'id="check-2-error"' in page


def test_the_example_of_a_day_is_one_to_come(story):
    assert "For example, 31 5 2026" in text_of(read(story, address=NEW))


def test_with_one_role_only_the_form_says_that_two_are_needed_and_where_to_make_one(db):
    place = Workplace()
    place.names_everyone()
    place.happened(convenes("asha"))

    for address, told in ((NEW, "You can propose now"), (f"/teams/{TEAM}/responsibilities/new", "Create another on")):
        with mock.patch("django.utils.timezone.now", return_value=place.now):
            page = place.as_("asha").get(address)
        assert "This needs two roles, one to hold it and one to stand in." in text_of(page)
        assert told in text_of(page)
        assert "There is no such role" not in text_of(page)
        assert f'href="/teams/{TEAM}/members"' in page.content.decode()


def test_a_text_that_is_too_long_is_said_and_kept_whole(story):
    answer = story.as_("carol").post(NEW, FORM | {"question": "why " * 4_000})

    assert answer.status_code == 422
    assert "Shorten it to 10,000" in text_of(answer)
    assert answer.content.decode().count("why ") >= 4_000


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"more": "nothing"},
        {"question": "\0\0", "option-1": "\0", "affected": ["nowhere", ""], "role-1": "nobody", "review_by": "\0"},
        FORM | {"group": "none such"},
        FORM | {"matter": "none such"},
        FORM | {"in_role": "coordinator"},
        FORM | {"which-1": "visit", "option-id-1": "'; drop", "proposed": "99"},
        FORM | {"check-1-day": "9" * 400},
    ],
)
def test_whatever_is_typed_is_answered_and_never_a_failure(story, typed):
    assert story.as_("carol").post(NEW, typed).status_code in (200, 302, 422)


def test_somebody_without_a_role_is_told_why_they_cannot_propose(story):
    story.happened(*FAY_COMES[:2])

    told = text_of(read(story, "fay", NEW))

    assert "you have none in this team yet" in told
    assert not has_form(read(story, "fay", NEW), NEW)


def test_a_matter_becomes_a_proposal_in_one_press_and_stays_linked(story):
    story.happened(raises("dev"))
    page = read(story, "carol", f"/teams/{TEAM}/matters/visits")
    assert f"{NEW}?matter=visits" in page.content.decode()

    form = read(story, "carol", f"{NEW}?matter=visits").content.decode()
    assert "Four of us visit Ruth in a week" in form
    story.as_("carol").post(NEW, FORM | {"matter": "visits"})
    story.catch_up()

    assert last(story).matter == "visits"
    assert "What came of it" in text_of(read(story, "carol", f"/teams/{TEAM}/matters/visits"))


def test_a_matter_is_raised_and_commented_on(story):
    answer = story.as_("fay").get(f"/teams/{TEAM}/matters/new")
    assert answer.status_code == 404
    story.as_("dev").post(f"/teams/{TEAM}/matters/new", {"matter": "Nobody rings on Fridays"})
    story.catch_up()
    matter = last(story).matter

    again = story.as_("carol").post(f"/teams/{TEAM}/matters/{matter}", {"comment": ""})
    assert again.status_code == 422
    story.as_("carol").post(f"/teams/{TEAM}/matters/{matter}", {"comment": "We could"})

    assert "We could" in text_of(read(story, "dev", f"/teams/{TEAM}/matters/{matter}"))
    assert story.as_("dev").get(f"/teams/{TEAM}/matters/none").status_code == 404


# ---- being heard -------------------------------------------------------------------------------------------------


def test_each_of_the_six_positions_has_its_meaning_and_its_own_prompt(story):
    story.happened(proposes("carol"))

    told = section(read(story, "dev"), "answer")

    for words in (
        "Workable for now and safe to try.",
        "What should we watch for?",
        "What must be true, and who can say that it is?",
        "What harm, to whom?",
        "I do not agree and will not stop it.",
        "Read it, nothing to add.",
    ):
        assert words in told
    assert "object" not in told.lower().replace("objection", "")


@pytest.mark.parametrize(
    ("kind", "because", "made"),
    [
        ("consent", "", acts.Consent),
        ("concern", "Parking", acts.ConsentWithConcern),
        ("object", "Lone visits after dark", acts.Object),
        ("stand-aside", "", acts.StandAside),
        ("no-view", "", acts.GiveNoView),
    ],
)
def test_a_position_is_taken_on_one_press_in_a_role(story, kind, because, made):
    story.happened(proposes("carol"))

    answer = press(story, "ines", "answer", kind=kind, version=1, in_role=SOCIAL_WORKER, **{f"because-{kind}": because})

    assert answer.url == PAGE
    assert isinstance(last(story), made)
    assert (last(story).in_role, last(story).because, last(story).version) == (SOCIAL_WORKER, because, 1)
    assert "Ines Roy , Team manager (deputy), Adult Social Care" in section(read(story), "organisations")


def test_a_condition_names_who_says_that_it_is_fulfilled(story):
    story.happened(proposes("carol"))
    typed = {"kind": "condition", "version": 1, "in_role": SOCIAL_WORKER, "because-condition": "A shared diary"}

    again = press(story, "dev", "answer", **typed)
    assert again.status_code == 422
    assert '<a href="#fulfilled_by">Choose the role that can say that it is fulfilled.</a>' in again.content.decode()
    assert "There is no such role" not in text_of(again)
    press(story, "dev", "answer", **typed, fulfilled_by=COORDINATOR)

    assert last(story).fulfilled_by == COORDINATOR


def test_a_reason_that_is_needed_is_asked_for_at_its_box_and_the_choice_stays_open(story):
    story.happened(proposes("carol"))

    answer = press(story, "dev", "answer", kind="object", version=1, in_role=SOCIAL_WORKER)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#because-object"' in page
    assert re.search(r'<details class="mh-position mh-position--object" name="position" open', page)


def test_g8_an_answer_to_a_version_that_has_changed_since_is_not_taken_and_what_was_typed_stays(story):
    story.happened(proposes("carol"), amends("carol"))

    answer = press(story, "dev", "answer", kind="concern", version=1, **{"because-concern": "Parking again"})

    assert answer.status_code == 422
    assert "version 2 is in hand now" in text_of(answer)
    assert "Parking again" in answer.content.decode()


def test_g9_somebody_of_an_organisation_that_is_not_affected_is_told_so_instead_of_buttons(story):
    story.happened(*FAY_COMES, proposes("carol"))

    told = section(read(story, "fay"), "answer")

    assert "Good Neighbours is not among the organisations that this affects" in told
    assert not has_form(read(story, "fay"), f"{PAGE}/answer")


def test_g10_a_person_with_several_roles_chooses_the_one_they_speak_in(story):
    story.happened(proposes("carol"), goes_away("dev"))
    story.happened(*FAY_COMES[:2])

    page = read(story, "ines").content.decode()
    assert page.count('name="in_role"') >= 6
    assert "Speaking as <strong>Team manager</strong> (deputy), Adult Social Care" in page


def test_a_role_of_somebody_else_cannot_be_borrowed(story):
    story.happened(proposes("carol"))

    answer = press(story, "dev", "answer", kind="consent", version=1, in_role=MATRON)

    assert answer.status_code == 422
    assert "Dev Patel is not in this team for Community Nursing" in text_of(answer)


@pytest.mark.parametrize(
    "typed", [{}, {"kind": "yes"}, {"kind": "consent", "version": "x"}, {"kind": "condition", "fulfilled_by": "\0"}]
)
def test_whatever_is_pressed_is_answered(story, typed):
    story.happened(proposes("carol"))

    assert press(story, "dev", "answer", **typed).status_code == 422


def test_g1_organisations_are_listed_with_the_unheard_first_and_never_as_one_percentage(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"))

    told = section(read(story), "organisations")

    assert told.index("Adult Social Care Not heard") < told.index("Riverside Practice")
    assert "%" not in told


def test_g6_what_a_leaver_said_stands_and_says_then(story):
    story.happened(proposes("carol"), consents("dev"), removes("asha", "dev"))

    assert "Dev Patel , then Team manager, Adult Social Care" in section(read(story), "organisations")


def test_g7_somebody_on_leave_is_shown_as_away_with_the_deputy_first(story):
    story.happened(proposes("carol"), goes_away("dev", days=7))

    assert "Can speak: Ines Roy, Dev Patel (away until 9 March 2026)" in section(read(story), "organisations")


def test_a_comment_is_shown_with_role_and_organisation_also_after_the_end(story):
    story.happened(proposes("carol"), withdraws("carol"))

    press(story, "dev", "comment", comment="A pity")
    assert press(story, "dev", "comment", comment=" ").status_code == 422

    assert "Dev Patel , Team manager, Adult Social Care" in section(read(story), "comments")
    assert "A pity" in section(read(story), "comments")


def test_what_people_wrote_is_shown_as_words_and_never_as_markup(story):
    story.happened(proposes("carol"), has_a_concern("dev", because="<b onload=x>&"), comments("dev", says="<script>"))

    page = read(story).content.decode()
    assert "<b onload" not in page
    assert "<script>&" not in page
    assert "&lt;script&gt;" in page


# ---- the closing rule --------------------------------------------------------------------------------------------


def test_the_four_lines_are_there_with_the_missing_names(story):
    story.happened(proposes("carol", follows=(), review_on=None), consents("asha"), objects("carol"))

    told = section(read(story), "closing")

    assert "Not yet: All 3 organisations have been heard." in told
    assert "Adult Social Care has not been heard on this version. Dev Patel or Ines Roy can speak for it." in told
    assert "Not yet: No safety concern is open." in told
    assert "A safety concern of Community Nursing is open" in told
    assert "No responsibility follows from this." in told
    assert "Not yet: A review is set." in told
    assert not has_form(read(story), f"{PAGE}/agree")


def test_those_present_are_named_first_and_those_away_are_said_to_be(story):
    story.happened(proposes("carol"), objects("dev"), goes_away("dev"))

    told = section(read(story), "closing")

    assert "Ines Roy or Dev Patel (away) can say when it is met." in told


def test_a_quoted_sentence_keeps_no_full_stop_of_its_own(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"))
    story.happened(proceeds_without("carol", because="Winter is here."))

    assert "because: “Winter is here”. It is reviewed" in text_of(read(story))


def test_g3_with_every_line_green_it_is_agreed_on_one_press(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), gives_no_view("ines"))
    told = section(read(story), "closing")
    for words in (
        "Yes: All 3 organisations have been heard.",
        "Yes: No safety concern is open.",
        "Yes: 1 responsibility has a holder and a deputy.",
        "Yes: Review on 1 June 2026.",
    ):
        assert words in told

    answer = press(story, "carol", "agree", version=1, in_role=MATRON)

    assert answer.url == PAGE
    assert isinstance(last(story), acts.Agree)
    assert "Agreed" in text_of(read(story))


def test_a_condition_does_not_hold_up_agreeing_and_is_in_sight_beside_the_button(story):
    story.happened(proposes("carol"), consents("asha"), consents("dev"), consents_if("carol"))

    told = section(read(story), "closing")
    assert has_form(read(story), f"{PAGE}/agree")
    assert "1 condition is not fulfilled yet." in told
    assert "“A shared diary”: Care coordinator, Riverside Practice says when it is." in told
    assert "It stays in sight after agreeing." in told

    story.happened(fulfils("ben"))

    assert "not fulfilled yet" not in section(read(story), "closing")


def test_g14_when_nobody_but_the_proposer_answers_it_cannot_be_closed_and_the_missing_are_named(story):
    story.happened(proposes("carol"), consents("carol"))

    answer = press(story, "carol", "agree", version=1)

    assert answer.status_code == 422
    assert "Riverside Practice has not been heard" in text_of(answer)
    assert "Adult Social Care has not been heard" in text_of(answer)


def test_g2_deciding_without_a_silent_organisation_needs_a_reason_and_is_said_loudly_afterwards(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"))
    assert has_form(read(story), f"{PAGE}/proceed-without")

    again = press(story, "carol", "proceed-without", version=1, in_role=MATRON)
    assert again.status_code == 422
    assert 'href="#why-without"' in again.content.decode()
    press(story, "carol", "proceed-without", version=1, in_role=MATRON, **{"why-without": "Winter is here"})

    told = text_of(read(story))
    assert "Agreed without Adult Social Care" in told
    assert "because: “Winter is here”. It is reviewed by 30 March 2026" in told
    assert "Was not heard" in told


def test_an_open_safety_concern_is_never_passed_over(story):
    story.happened(proposes("carol"), consents("asha"), objects("carol"))

    assert not has_form(read(story, "asha"), f"{PAGE}/proceed-without")


def test_withdrawing_needs_a_reason_and_keeps_everything(story):
    story.happened(proposes("carol"), has_a_concern("dev"))

    assert press(story, "carol", "withdraw").status_code == 422
    press(story, "carol", "withdraw", **{"why-withdraw": "Overtaken"}, in_role=MATRON)

    told = text_of(read(story))
    assert "This proposal was withdrawn" in told
    assert "Parking" in told


def test_who_cannot_change_or_withdraw_it_is_told_who_can(story):
    story.happened(proposes("carol"))

    assert "This is for the role Community matron to do. Carol Jones can." in section(read(story, "dev"), "change")


def test_the_decision_record_has_the_headings_of_a_decision_record(story):
    story.happened(*FAY_COMES, gathers("carol"), proposes("carol").but(group="frail"), comments("fay"))
    story.happened(*EVERYONE_CONSENTS, agrees("carol"))

    told = section(read(story), "record")

    for heading in (
        "Agreed 2 March 2026", "by Carol Jones, Community matron, Community Nursing", "Why", "What was considered",
        "What was decided", "The answers", "Dev Patel , Team manager, Adult Social Care", "What follows",
        "How we will know A visit each week in the record", "Who decided",
        "Who was listened to besides Good Neighbours",
        "Who is told", "Who could have spoken", "What it replaces",
    ):  # fmt: skip
        assert heading in told
    assert "2 people in the group (version 1 of its rule; 12 people found of 3,000)" in told


def test_g16_the_decision_still_shows_the_old_rule_and_count_after_the_group_was_gathered_again(story):
    story.happened(gathers("carol"), proposes("carol").but(group="frail"), *EVERYONE_CONSENTS, agrees("carol"))
    story.happened(gathers("carol", "ruth", "sam", "tess"))

    assert "2 people in the group (version 1 of its rule" in section(read(story), "record")


def test_what_follows_says_how_it_stands_now(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))
    assert "Nobody yet : asked of Carol Jones" in section(read(story), "follows")

    story.happened(takes_on("carol", "visit"))
    assert "Taken on Carol Jones" in section(read(story), "follows")

    story.happened(completes("carol", "visit"))

    assert "Done 2 March 2026" in section(read(story), "follows")


# ---- safety concerns and conditions ------------------------------------------------------------------------------


def test_g12_an_objection_is_called_a_safety_concern_from_beginning_to_end(story):
    story.happened(proposes("carol"), objects("dev"))

    told = text_of(read(story)).lower()

    assert "safety concern" in told
    assert "objection" not in told


def test_g4_only_the_role_that_raised_it_has_the_buttons_and_others_are_told_who_can(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol"))

    assert not has_form(read(story, "carol"), f"{PAGE}/resolve")
    assert "Dev Patel or Ines Roy can." in section(read(story, "carol"), "concerns")
    assert has_form(read(story, "ines"), f"{PAGE}/resolve")


def test_my_concern_is_met_closes_it_and_consents_together(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol"))

    answer = press(
        story, "ines", "resolve", objection="lone-visits", version=2, consent="yes", in_role=SOCIAL_WORKER,
        **{"met-lone-visits": "Nobody goes alone now"},
    )  # fmt: skip

    assert answer.status_code == 302
    resolved, consented = (entry.act for entry in story.recorded[-2:])
    assert isinstance(resolved, acts.Resolve)
    assert resolved.because == "Nobody goes alone now"
    assert isinstance(consented, acts.Consent)
    assert consented.version == 2
    assert "Met by a change" in section(read(story), "concerns")


def test_what_cannot_be_closed_leaves_no_consent_behind_either(story):
    story.happened(proposes("carol"), objects("dev"))
    before = len(story.recorded)

    answer = press(story, "dev", "resolve", objection="lone-visits", version=1, consent="yes", in_role=SOCIAL_WORKER)

    assert answer.status_code == 422
    assert "has not changed since" in text_of(answer)
    assert len(story.recorded) == before


def test_a_safeguard_among_what_follows_closes_it_too(story):
    story.happened(proposes("carol"), objects("dev"))

    press(story, "dev", "resolve", objection="lone-visits", version=1, safeguard="visit", in_role=SOCIAL_WORKER)

    assert "with the safeguard “Visit each person once a week”" in section(read(story), "concerns")


def test_a_concern_is_taken_back_with_a_reason(story):
    story.happened(proposes("carol"), objects("dev"))

    assert press(story, "dev", "withdraw-concern", objection="lone-visits", in_role=SOCIAL_WORKER).status_code == 422
    press(
        story, "dev", "withdraw-concern", objection="lone-visits", in_role=SOCIAL_WORKER,
        **{"back-lone-visits": "I misread it"},
    )  # fmt: skip

    assert "Taken back" in section(read(story), "concerns")
    assert press(story, "dev", "withdraw-concern", objection="none").status_code == 404


def test_a_condition_is_said_fulfilled_by_the_role_that_it_named_also_after_the_decision(story):
    story.happened(proposes("carol"), consents_if("carol"), consents("asha"), consents("dev"), agrees("carol"))
    assert not has_form(read(story, "dev"), f"{PAGE}/fulfil")
    assert "Condition still open: A shared diary" in section(read(story), "record")

    press(story, "ben", "fulfil", condition="diary", in_role=COORDINATOR, **{"fulfilled-diary": "It is shared"})

    assert "Fulfilled on" in section(read(story), "conditions")
    assert press(story, "ben", "fulfil", condition="none").status_code == 404


# ---- changing it -------------------------------------------------------------------------------------------------


def amended(story, person="carol", **changed):
    page = read(story, person, f"{PAGE}/amend").content.decode()
    typed = {
        name: (re.search(rf'name="{name}" value="([^"]*)"', page) or re.search(r"()", "")).group(1)
        for name in ("version", "which-1", "option-id-1", "carry-on")
    }
    form = FORM | {
        "question": "Shall one of us visit each week on behalf of all?",
        "option-1": "One weekly visit, shared between nursing and social care",
        "affected": ["practice", "nursing", "council"],
        "what-1": "Visit each person once a week",
        "check-1-day": "30",
        "known-1": "A visit each week in the record",
        "because": "Dev’s concern",
        "material": "yes",
    }
    answer = story.as_(person).post(f"{PAGE}/amend", form | typed | changed)
    story.catch_up()
    return answer


def test_a_change_keeps_the_names_of_what_was_there_and_adds_what_is_new(story):
    story.happened(proposes("carol"))

    answer = amended(story, **{"what-2": "Ring on Fridays", "question": "Shall two of us visit?"})

    assert answer.status_code == 302
    terms = last(story).terms
    assert terms.follows[0].responsibility == "visit"
    assert len(terms.follows) == 2
    assert terms.proposed == "weekly"
    assert terms.options[0].option == "as-now"


def test_nothing_changed_is_said(story):
    story.happened(proposes("carol", question="Shall one of us visit each week on behalf of all?"))

    assert "reads just as before" in text_of(amended(story))


def test_lines_that_a_browser_ends_its_own_way_are_no_change(story):
    story.happened(proposes("carol", question="Shall one of us visit?\nOr two?"))

    assert "reads just as before" in text_of(amended(story, question="Shall one of us visit?\r\nOr two?"))


def test_a_change_of_wording_leaves_answers_and_a_material_one_asks_again(story):
    story.happened(proposes("carol"), consents("dev"))

    amended(story, material="no", question="Shall one of us visit each week for all?")
    assert story.standing.proposals["visits"].version == 1
    amended(story, material="yes", question="Shall two of us visit each week?")

    assert story.standing.proposals["visits"].version == 2


def test_a_change_made_meanwhile_is_noticed(story):
    story.happened(proposes("carol"), amends("carol"))

    answer = amended(story, version="1", question="Another")

    assert answer.status_code == 422
    assert "version 2 is in hand now" in text_of(answer)


def test_who_cannot_change_it_sees_why_instead_of_the_form(story):
    story.happened(proposes("carol"))

    page = read(story, "dev", f"{PAGE}/amend")

    assert "Carol Jones can" in text_of(page)
    assert not has_form(page, f"{PAGE}/amend")


def test_a_closed_proposal_has_no_form_to_change_it(story):
    story.happened(proposes("carol"), withdraws("carol"))

    assert story.as_("carol").get(f"{PAGE}/amend").status_code == 404


def test_g8_what_changed_since_i_answered_and_nothing_else_and_confirming_takes_one_press(story):
    story.happened(proposes("carol"), consents_if("carol"), has_a_concern("dev"), amends("carol"))

    page = read(story, "dev")
    told = section(page, "since-1")
    assert "You answered Consent with a concern as Team manager on version 1." in told
    assert "Carol Jones , Community matron, Community Nursing , 2 March 2026 (version 2): “Dev’s concern" in told
    assert "When you answered Now" in told
    assert "Put in: week, never alone after dark?" in told
    assert has_form(page, f"{PAGE}/confirm")

    press(story, "dev", "confirm", version=2, in_role=SOCIAL_WORKER)
    assert isinstance(last(story), acts.ConsentWithConcern)
    assert (last(story).version, last(story).because) == (2, "Parking")
    press(story, "carol", "confirm", version=2, in_role=MATRON)

    assert (last(story).condition, last(story).fulfilled_by) == ("diary", COORDINATOR)
    assert "since-1" not in read(story, "dev").content.decode()


def test_whoever_raised_a_concern_is_asked_first_whether_the_change_meets_it(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol"))

    told = section(read(story, "dev"), "since-1")
    assert "Does this meet your concern?" in told
    assert told.index("My concern is met: close it and consent") < told.index("No: my concern stands")
    assert "Confirm:" not in told

    press(story, "dev", "confirm", version=2, in_role=SOCIAL_WORKER)

    assert isinstance(last(story), acts.Object)
    assert story.standing.objections["lone-visits"].is_open


def test_after_a_change_of_wording_what_changed_is_shown_and_no_confirming_is_asked(story):
    story.happened(proposes("carol"), stands_aside("dev"), amends("carol", material=False))

    page = read(story, "dev")

    assert "Your answer stands" in section(page, "since-1")
    assert not has_form(page, f"{PAGE}/confirm")


def test_a_safety_concern_says_what_it_states_as_it_is_raised(story):
    story.happened(proposes("carol"))
    said = {"kind": "object", "because-object": "Alone after dark", "version": 1}

    press(story, "dev", "answer", **said, states="risk-to-a-duty")

    assert isinstance(last(story), acts.TestObjection)
    assert "Raised Tested: states a risk to an organisation’s duty To be met" in section(read(story), "concerns")


def test_that_a_safety_concern_states_neither_is_said_with_the_reason_and_its_raiser_makes_it_a_concern(story):
    story.happened(proposes("carol"), objects("dev"))
    assert press(story, "asha", "test-concern", objection="lone-visits").status_code == 422
    assert press(story, "asha", "test-concern", objection="lone-visits", states="neither").status_code == 422

    typed = {"objection": "lone-visits", "states": "neither", "test-lone-visits": "It speaks of parking"}
    press(story, "asha", "test-concern", **typed)

    assert "It stays open: Team manager can say more, or make it a concern." in section(read(story), "concerns")
    assert "say more, or make it a concern" in section(story.as_("dev").get("/"), "concerns")
    press(story, "dev", "lower-concern", objection="lone-visits", version=1, in_role=SOCIAL_WORKER)
    assert isinstance(last(story), acts.LowerToConcern)
    assert "Became a concern" in section(read(story), "concerns")
    assert "1 of 1 agrees Consent with a concern Dev Patel" in section(read(story), "organisations")


def test_confirming_what_was_never_said_is_answered(story):
    story.happened(proposes("carol"))

    assert press(story, "dev", "confirm", version=1, in_role=SOCIAL_WORKER).status_code == 422


def test_every_version_and_every_answer_is_told(story):
    story.happened(proposes("carol"), has_a_concern("dev"), amends("carol"), consents("dev", version=2))

    told = text_of(read(story))

    assert "Dev’s concern about lone visits" in told
    assert "Every answer ever given (2)" in told
    assert "given on version 1 · answered anew since" in told


# ---- who gets what -----------------------------------------------------------------------------------------------

ADDRESSES = ("", "/amend")
BUTTONS = (
    "answer", "confirm", "comment", "resolve", "withdraw-concern", "fulfil", "agree", "proceed-without", "withdraw",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("person", "status"), [("carol", 200), ("dev", 200), ("esi", 404), ("fay", 404)])
def test_its_pages_are_for_members_only(story, address, person, status):
    story.happened(proposes("carol"))

    assert story.as_(person).get(PAGE + address).status_code == status


@pytest.mark.parametrize("button", BUTTONS)
def test_its_buttons_are_for_members_only_and_reloading_their_address_shows_the_page(story, button):
    story.happened(proposes("carol"))

    assert story.as_("esi").post(f"{PAGE}/{button}").status_code == 404
    assert story.as_("dev").get(f"{PAGE}/{button}").url == PAGE


@pytest.mark.parametrize("which", ["none", "%00", "x" * 300, "..", "'"])
def test_a_proposal_that_is_not_there_is_not_found(story, which):
    assert story.as_("carol").get(f"/teams/{TEAM}/proposals/{which}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_what_was_said(story):
    story.happened(proposes("carol"))
    few = queries_of(story.as_("carol"), PAGE)
    for number in range(10):
        story.happened(comments("asha"), has_a_concern("dev"), consents("carol"), consents("asha"))
        story.happened(amends("carol", material=False, question=f"Shall {number} of us?"))
    story.happened(objects("dev"))

    assert queries_of(story.as_("carol"), PAGE) == few


# ---- who is suggested --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small_records.write_and_load(tmp_path_factory.mktemp("records"))


def test_about_a_group_those_are_ticked_that_have_seen_its_people(store, settings, story):
    small_records.settle(settings, store)
    story.happened(*FAY_COMES, gathers("carol", *put_on_file(["Patient/sam"]).values()))

    page = read(story, "carol", f"{NEW}?group=frail")

    assert "Has seen 1 person of the group in the last year" in text_of(page)
    ticked = re.findall(r'name="affected" type="checkbox" value="([^"]*)" checked', page.content.decode())
    assert ticked == [PRACTICE, NURSING, COUNCIL]


def test_with_no_records_loaded_everyone_who_could_be_heard_is_ticked(settings, tmp_path, story):
    settings.RECORDS = tmp_path / "nothing here"
    story.happened(gathers("carol"))

    page = read(story, "carol", f"{NEW}?group=frail").content.decode()

    assert page.count(" checked") == 3 + 1


def test_with_independent_views_first_nothing_says_what_another_has_answered_before_all_are_heard(story):
    until = story.now.date() + timedelta(days=5)
    story.happened(
        proposes("carol").but(independent_until=until),
        has_a_concern("carol", because="Mind the dog"),
        objects("dev", because="Nobody would know"),
    )

    for address in (PAGE, f"/teams/{TEAM}/", f"/teams/{TEAM}/history", "/"):
        said = text_of(story.as_("asha").get(address)).lower()
        assert "mind the dog" not in said
        assert "nobody would know" not in said
        assert "safety concern raised" not in said
        assert "1 safety concern" not in said
    page = text_of(story.as_("asha").get(PAGE))
    assert "Everybody gives their own view first" in page
    assert "Answered Dev Patel" in page
    assert "No safety concern is open" not in page
    assert "answered “" in text_of(story.as_("asha").get(f"/teams/{TEAM}/history"))

    story.happened(consents("asha"))

    assert "1 safety concern" in text_of(story.as_("asha").get(f"/teams/{TEAM}/")).lower()
