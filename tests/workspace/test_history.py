"""The History page: every act in a sentence, found again, checked, and words removed."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manyhands import acts
from manyhands.log.models import Entry, Wording
from manyhands.workspace.pages.history import KINDS, ON_A_PAGE
from tests.cast import EVERYONE_CONSENTS, TEAM, agrees, comments, objects, proposes, raises
from tests.emptying import guards_down

PAGE = f"/teams/{TEAM}/history"
GOSSIP = "Mrs Hill next door drinks"


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def read(story, reader="carol", /, **query):
    response = story.as_(reader).get(PAGE, query)
    assert response.status_code == 200
    return response


def entries(response):
    return [int(number) for number in re.findall(r'id="entry-(\d+)"', response.content.decode())]


def test_every_act_is_told_in_a_sentence_with_names_role_and_organisation(story):
    story.happened(proposes("carol"), objects("dev"), objects("ines", because="Still alone after dark"))

    page = text_of(read(story))

    assert (
        "Dev Patel , for Adult Social Care as Team manager, raised a safety concern on "
        "“Shall one of us visit each week on behalf of all?”" in page
    )
    assert "Visiting alone after dark puts our staff at risk" in page
    assert "Ines Roy , for Adult Social Care as Team manager, as deputy, raised" in page
    assert Entry.objects.get(team=TEAM, number=len(story.recorded)).digest[:12] in page


def test_the_newest_is_first_unless_asked_otherwise(story):
    every = list(range(1, len(story.recorded) + 1))

    assert entries(read(story)) == every[::-1]
    assert entries(read(story, order="oldest")) == every


def test_long_histories_have_pages_that_keep_what_was_asked_for(story):
    story.happened(proposes("carol"), *(comments("ben") for _ in range(ON_A_PAGE + 5)))

    first, second = read(story, kind="comment"), read(story, kind="comment", page="2")

    assert len(entries(first)) == ON_A_PAGE
    assert len(entries(second)) == 5
    assert "?kind=comment&amp;page=2" in first.content.decode()


def test_lines_are_found_by_proposal_person_role_organisation_kind_and_day(story):
    before = len(story.recorded)
    story.happened(proposes("carol"), objects("dev"), raises("ben"))

    assert entries(read(story, proposal="visits")) == [before + 2, before + 1]
    assert before + 2 in entries(read(story, person="dev"))
    assert before + 1 not in entries(read(story, role="social-worker"))
    assert before + 2 in entries(read(story, organisation="council"))
    assert entries(read(story, kind="raise")) == [before + 3]
    day = {f"until-{part}": number for part, number in (("day", "1"), ("month", "3"), ("year", "2026"))}
    assert entries(read(story, **day)) == []
    assert "Nothing that was done fits this" in text_of(read(story, **day))


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "-3"},
        {"page": "9" * 5000},
        {"page": "٣"},
        {"proposal": "\0"},
        {"person": "x" * 5000},
        {"kind": "cat"},
        {"since-day": "31", "since-month": "2", "since-year": "2026"},
        {"check": "\0"},
        {"check": "nothing"},
        {"order": "sideways"},
    ],
)
def test_a_question_that_makes_no_sense_is_answered_with_the_page(story, query):
    assert "History" in text_of(read(story, **query))


def test_every_kind_of_act_can_be_asked_for():
    assert set(KINDS) == set(acts.NAMES)
    assert len(set(KINDS.values())) == len(KINDS)


# ---- checking ----------------------------------------------------------------------------------------------------


def test_the_record_is_checked_and_what_is_found_is_said_plainly(story):
    page = text_of(read(story, check="all"))

    assert "This record fits." in page
    assert f"All {len(story.recorded)} entries are as they were recorded" in page
    assert Entry.objects.get(team=TEAM, number=len(story.recorded)).digest in page


def test_one_decision_is_checked_up_to_the_entry_that_closed_it(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"))
    closed = len(story.recorded)
    story.happened(comments("ben"))

    assert f"All {closed} entries up to that decision" in text_of(read(story, proposal="visits", check="visits"))


def test_an_entry_that_was_changed_is_named(story):
    with guards_down():
        Entry.objects.filter(team=TEAM, number=3).update(by="esi")

    page = text_of(read(story, check="all"))

    assert "This record does not fit" in page
    assert "Entry 3 does not" in page


# ---- removing words ----------------------------------------------------------------------------------------------


def test_whoever_wrote_something_removes_it_and_the_page_says_when_and_why(story):
    story.happened(proposes("carol"), comments("dev", says=GOSSIP))
    number = len(story.recorded)
    address = f"{PAGE}/{number}/remove-words"
    assert address in read(story, "dev").content.decode()
    assert GOSSIP in text_of(story.as_("dev").get(address))

    response = story.as_("dev").post(address, {"because": "It named a neighbour"})
    story.catch_up()

    assert response["location"] == PAGE
    page = read(story)
    assert GOSSIP not in page.content.decode()
    assert "Words removed by Dev Patel on 2 March 2026. Why: It named a neighbour" in text_of(page)
    assert address not in page.content.decode()
    checked = text_of(read(story, check="all"))
    assert "This record fits." in checked
    assert "no words were changed, except in 1 entry whose words were removed (" in checked
    assert not Wording.objects.filter(team=TEAM, text=GOSSIP).exists()


def test_somebody_else_is_told_who_can_remove_words(story):
    story.happened(proposes("carol"), comments("dev", says=GOSSIP))
    address = f"{PAGE}/{len(story.recorded)}/remove-words"

    assert "Ask Asha Rahman or Ben Osei" in text_of(story.as_("carol").get(address))
    assert story.as_("carol").post(address, {"because": "I say so"}).status_code == 422
    assert GOSSIP in text_of(read(story))


def test_removing_words_needs_a_reason_and_keeps_what_was_typed(story):
    story.happened(proposes("carol"), comments("dev", says=GOSSIP))

    response = story.as_("dev").post(f"{PAGE}/{len(story.recorded)}/remove-words", {"because": " "})

    assert response.status_code == 422
    assert "Say why: removing words needs a reason" in text_of(response)
    assert 'href="#because"' in response.content.decode()


def test_an_entry_without_words_or_that_there_is_not_has_no_such_page(story):
    joined = next(entry.number for entry in story.recorded if isinstance(entry.act, acts.Join))

    assert story.as_("asha").get(f"{PAGE}/{joined}/remove-words").status_code == 404
    assert story.as_("asha").get(f"{PAGE}/999/remove-words").status_code == 404
    assert story.as_("asha").get(f"{PAGE}/{'9' * 30}/remove-words").status_code == 404


def test_nobody_outside_the_team_reads_any_of_it(story):
    story.happened(proposes("carol"))

    assert story.as_("esi").get(PAGE).status_code == 404
    assert story.as_("esi").get(f"{PAGE}/{len(story.recorded)}/remove-words").status_code == 404
    assert story.as_("esi").post(f"{PAGE}/1/remove-words", {"because": "Mine"}).status_code == 404


def test_the_page_asks_as_much_of_the_database_for_a_few_acts_as_for_many(story):
    few = queries(story)

    story.happened(proposes("carol"), *(comments("ben") for _ in range(30)), objects("dev"))

    assert queries(story) == few


def queries(story):
    client = story.as_("carol")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)
