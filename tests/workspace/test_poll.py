"""Polls on pages: a method is chosen and explained, asked by, answered, seen by whom it may be, closed, followed up."""

import re

import pytest

from manyhands import acts, who
from manyhands.counting import METHODS
from tests.cast import COORDINATOR, NURSING, TEAM, closes_the_poll, invites, joins, makes_deputy, polls, raises, votes
from tests.stories.test_polling import OPENED
from tests.workspace.reading import has_form, queries_of, section, text_of

LIST = f"/teams/{TEAM}/polls"
NEW = f"{LIST}/new"
POLL = f"{LIST}/how-often"
ASKED = {
    "method": "schulze",
    "question": "How often shall we visit?",
    "options": "Every week\n\nEvery month\n",
    "asked": ["practice", "nursing", "council"],
    "closes-day": "9",
    "closes-month": "3",
    "closes-year": "2026",
    "independent": "yes",
    "results": "at-once",
    "unranked": "last",
    "in_role": "matron",
}
TWO_EACH = (votes("carol", weekly=1), votes("dev", monthly=1), votes("asha", weekly=1, monthly=1))


def page(story, person="carol", address=POLL, **sent):
    browser = story.as_(person)
    answer = browser.post(address, sent, follow=True) if sent else browser.get(address)
    story.catch_up()
    return answer


def last(story):
    return story.recorded[-1].act


def new(story, person="carol", **but):
    return page(story, person, NEW, **(ASKED | but))


def test_every_method_is_explained_before_one_is_chosen_and_consent_leads_to_a_proposal(story):
    said = text_of(page(story, address=NEW))

    assert all(method.name in said and method.explained in said for method in METHODS.values())
    assert page(story, address=f"{NEW}?method=consent").headers["Location"] == f"/teams/{TEAM}/proposals/new"


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"consent"}))
def test_each_form_asks_what_its_method_needs_and_nothing_else(story, method):
    shown = page(story, address=f"{NEW}?method={method}").content.decode()

    assert ('name="options"' in shown) == (method not in ("advice", "role-selection", "time-poll"))
    assert ('name="places"' in shown) == METHODS[method].several
    assert ('name="time-1-day"' in shown) == (method == "time-poll")
    assert ('name="role"' in shown) == (method == "role-selection")
    assert ('name="ties"' in shown) == METHODS[method].can_tie
    assert METHODS[method].explained.split(".")[0] in text_of(page(story, address=f"{NEW}?method={method}"))


def test_a_poll_is_opened_with_one_option_to_a_line_and_carrying_on_as_now_among_them(story):
    shown = new(story)

    put = last(story)
    assert isinstance(put, acts.OpenPoll)
    assert [choice.words for choice in put.options] == ["Carry on as now", "Every week", "Every month"]
    assert put.independent_first
    assert "The poll is open" in text_of(shown)
    assert "If options tie, the tie is the result" in text_of(shown)


def test_ties_go_by_the_order_of_the_options_where_that_is_settled_beforehand(story):
    shown = new(story, ties="as-listed")

    assert last(story).ties_go_by == ("as-now", "1", "2")
    assert "the one named first here goes before the others: Carry on as now, Every week and Every month" in text_of(
        shown
    )


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(story):
    before = len(story.recorded)

    shown = new(story, question="", options="Only this one", **{"closes-day": "31", "closes-month": "2"})

    said = text_of(shown)
    assert shown.status_code == 422
    assert len(story.recorded) == before
    assert "Write the question first" in said
    assert "The last day for answers" in said
    assert "Only this one" in shown.content.decode()


def test_times_to_meet_are_put_in_order_and_lead_to_a_meeting(story):
    times = {
        f"time-{n}-{part}": value
        for n, on in ((1, "10"), (2, "7"))
        for part, value in zip(("day", "month", "year"), (on, "4", "2026"), strict=True)
    }
    shown = new(story, method="time-poll", **times, **{"time-1-at": "9:00", "time-2-at": "14:30"}, asked=["nursing"])

    put = last(story)
    assert [choice.words for choice in put.options] == ["Tuesday 7 April 2026, 2:30pm", "Friday 10 April 2026, 9am"]
    assert "Tuesday 7 April 2026, 2:30pm" in text_of(shown)

    story.happened(votes("carol", poll=put.poll).but(marks=(acts.Marked(option="time-1", mark=2),)))
    story.happened(closes_the_poll("carol", poll=put.poll))
    form = page(story, address=f"/teams/{TEAM}/meetings/new?poll={put.poll}").content.decode()
    assert 'value="14:30"' in form
    assert re.search(r'name="on-day"[^>]*value="7"', form)


def test_for_a_role_everybody_who_is_here_for_its_organisation_can_be_named(story):
    shown = new(story, method="role-selection", role=COORDINATOR)

    assert [choice.person for choice in last(story).options] == ["asha", "ben"]
    assert "Asha Rahman" in text_of(shown)


@pytest.mark.parametrize(
    ("method", "sent", "marks"),
    [
        ("schulze", {"mark-weekly": "1", "mark-monthly": ""}, {"weekly": 1}),
        ("approval", {"marked": ["weekly", "monthly"]}, {"weekly": 1, "monthly": 1}),
        ("score", {"mark-weekly": "5", "mark-as-now": "0"}, {"weekly": 5, "as-now": 0}),
        ("gradients", {"mark-weekly": "3"}, {"weekly": 3}),
        ("role-selection", {"marked": "ben", "because": "There every day"}, {"ben": 1}),
        ("time-poll", {"mark-friday": "1"}, {"friday": 1}),
        ("advice", {"because": "Ask her daughter"}, {}),
    ],
)
def test_each_kind_of_ballot_is_filled_in_by_plain_boxes(story, method, sent, marks):
    story.happened(polls("dev", method, **OPENED.get(method, {})))

    shown = page(story, address=f"{POLL}/answer", **sent)

    assert isinstance(last(story), acts.AnswerPoll)
    assert {each.option: each.mark for each in last(story).marks} == marks
    assert "Your answer is recorded" in text_of(shown)
    assert "Change my answer" in text_of(page(story))


def test_an_empty_ballot_is_asked_about_and_no_view_is_said_by_its_own_button(story):
    story.happened(polls("dev"))

    assert "Nothing is marked" in text_of(page(story, address=f"{POLL}/answer", because=""))
    page(story, address=f"{POLL}/answer", **{"no-view": "yes", "mark-weekly": "1"})

    assert last(story).marks == ()


@pytest.mark.parametrize("mark", ["9", "-1", "x", "1" * 400])
def test_a_mark_that_is_none_is_refused_in_words_and_what_was_written_stays(story, mark):
    story.happened(polls("dev"))
    before = len(story.recorded)

    shown = page(story, address=f"{POLL}/answer", because="I mean it", **{"mark-weekly": mark})

    assert shown.status_code == 422
    assert len(story.recorded) == before
    assert "not among the marks" in text_of(shown)
    assert "I mean it" in shown.content.decode()


def test_what_was_answered_stands_on_the_ballot_when_one_comes_back(story):
    story.happened(polls("dev"), votes("carol", "Because", weekly=2))

    form = page(story).content.decode()

    assert re.search(r'<select[^>]*name="mark-weekly".*?<option value="2" selected>', form, re.DOTALL)
    assert "Because" in form


def test_with_independent_views_first_others_answers_are_on_no_page_before_all_are_in(story):
    story.happened(polls("dev", independent_first=True), votes("carol", "My very own words", weekly=1))

    for person in ("dev", "asha", "ines"):
        told = page(story, person).content.decode() + page(story, person, f"/teams/{TEAM}/history").content.decode()
        assert "My very own words" not in told
        assert "It is not shown yet" in told
    assert "Everybody gives their own view first" in text_of(page(story, "dev"))

    story.happened(votes("dev", weekly=1), votes("asha", weekly=1))
    assert "My very own words" in text_of(page(story, "dev"))


def test_the_result_is_told_by_organisation_the_lowest_first_and_the_total_only_after(story):
    story.happened(polls("dev"), votes("carol", weekly=1), votes("dev", as_now=1), votes("asha", weekly=1))

    said = section(page(story), "result")

    weekly = said[said.index("One of us visits every week Organisation") :]
    lowest, practice = weekly.index("Adult Social Care Agree 0 of 1"), weekly.index("Riverside Practice Agree 1 of 1")
    assert lowest < practice < weekly.index("All together 2 of 3")
    assert "Every two options compared" in said


def test_a_tie_is_said_and_decided_together_with_a_reason(story):
    story.happened(polls("dev"), *TWO_EACH)
    assert "Tied: One of us visits every week and One of us visits every month" in text_of(page(story))
    assert "Nothing: the tie is the result" in text_of(page(story, "dev"))

    refused = page(story, "dev", f"{POLL}/close", chosen="weekly", closing="")
    assert "Say why" in text_of(refused)
    shown = page(story, "dev", f"{POLL}/close", chosen="weekly", closing="Everybody can live with it")

    assert "Chosen: One of us visits every week" in text_of(shown)
    assert "Decided together, as options tied." in text_of(shown)


def test_nonsense_for_what_was_chosen_is_refused_and_not_an_error_of_ours(story):
    story.happened(polls("dev"), *TWO_EACH)

    for nonsense in ("\0", "weekly\0never", "x" * 5_000, ["weekly"] * 200):
        refused = page(story, "dev", f"{POLL}/close", chosen=nonsense, closing="")
        assert "There is something to put right" in text_of(refused)


def test_whoever_cannot_close_it_is_told_why_and_has_no_form(story):
    story.happened(polls("dev"), *TWO_EACH)

    shown = page(story)

    assert not has_form(shown, f"{POLL}/close")
    assert "Why it cannot be closed yet" in text_of(shown)


def test_a_poll_is_called_off_with_a_reason_that_stays_in_sight(story):
    story.happened(polls("dev"), votes("carol", weekly=1))
    assert page(story, "dev", f"{POLL}/call-off", off="").status_code == 422

    shown = page(story, "dev", f"{POLL}/call-off", off="We know already")

    assert "This poll was called off" in text_of(shown)
    assert "We know already" in text_of(shown)


def test_what_was_chosen_becomes_a_proposal_that_says_where_it_came_from(story):
    story.happened(polls("dev"), *TWO_EACH, closes_the_poll("dev", "weekly", because="Talked through"))
    form = page(story, "dev", f"/teams/{TEAM}/proposals/new?poll=how-often").content.decode()
    assert re.search(r'name="option-1"[^>]*>\s*One of us visits every week', form)
    assert 'name="poll" value="how-often"' in form

    sent = {
        "poll": "how-often",
        "question": "How often?",
        "option-1": "Weekly",
        "proposed": "1",
        "affected": ["council"],
    }
    shown = page(story, "dev", f"/teams/{TEAM}/proposals/new", **sent)

    assert last(story).poll == "how-often"
    assert "It came of a poll" in text_of(shown)
    assert "It came to the proposal How often?" in text_of(page(story))


def test_a_poll_about_a_matter_begins_with_its_words(story):
    story.happened(raises("carol"))

    form = page(story, address=f"{NEW}?method=schulze&matter=visits").content.decode()

    assert 'name="matter" value="visits"' in form


def test_polls_are_on_the_board_on_my_work_and_in_their_list(story):
    assert "No poll is open" in text_of(page(story, address=LIST))
    story.happened(polls("dev"))

    assert "0 of 3 answered" in text_of(page(story, address=f"/teams/{TEAM}/"))
    assert "How often shall we visit?" in section(page(story, address="/"), "polls")
    assert "0 of 3 organisations have answered" in text_of(page(story, address=LIST))

    story.happened(*TWO_EACH)
    assert "Everyone has answered" in section(page(story, "dev", "/"), "polls")


def test_somebody_in_roles_of_two_organisations_says_which_they_answer_in(story):
    story.happened(invites("asha", "dev", NURSING), joins("dev").speaking_for(NURSING))
    story.happened(makes_deputy("carol", "matron", "dev"), polls("carol"))

    asked = page(story, "dev", f"{POLL}/answer", **{"mark-weekly": "1"})
    assert "Choose which of your roles you speak in" in text_of(asked)
    page(story, "dev", f"{POLL}/answer", in_role="matron", **{"mark-weekly": "1"})

    assert last(story).for_organisation == NURSING
    assert "Not heard Adult Social Care" in text_of(page(story))


def test_the_number_of_queries_does_not_grow_with_answers_and_options(story):
    story.happened(polls("dev"), votes("carol", weekly=1))
    few, listed = queries_of(story.as_("carol"), POLL), queries_of(story.as_("carol"), LIST)
    many = tuple(acts.Choice(option=str(n), words=acts.Words(f"Option {n}")) for n in range(12))
    more = polls("dev", "approval", poll=who.Poll("more"), options=many, places=3)
    story.happened(
        more,
        *[
            votes(each, poll="more").but(marks=tuple(acts.Marked(option=str(n), mark=1) for n in range(9)))
            for each in ("asha", "ben", "carol", "dev", "ines")
        ],
    )

    assert queries_of(story.as_("carol"), f"{LIST}/more") == few
    assert queries_of(story.as_("carol"), LIST) == listed


def test_a_poll_of_another_name_is_not_there(story):
    assert page(story, address=f"{LIST}/none").status_code == 404
    assert story.as_("carol").post(f"{LIST}/none/answer", {}).status_code == 404
