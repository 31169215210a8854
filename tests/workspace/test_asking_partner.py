"""A partner without an account is asked one thing by a link, sees only that, and their answer is in the log."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from manyhands import acts
from manyhands.workspace.models import PartnerLink
from tests.cast import TEAM, asks, takes_on
from tests.workspace.reading import text_of

pytestmark = pytest.mark.database

HERE = f"/teams/{TEAM}/responsibilities/ring/partner"
TYPED = {"partner": "Jo at the food bank", "what": "Bring a parcel on Friday", "days": "14"}


@pytest.fixture
def link(story):
    """Carol's role holds it; she asks Jo."""
    story.happened(asks("asha"), takes_on("carol"))
    carol = story.as_("carol")
    assert carol.post(HERE, TYPED).status_code == 302
    return re.search(r"/asked/[^<\s]+", carol.get(HERE).content.decode()).group(0)


def last(story):
    story.catch_up()
    return story.acts_done[-1]


def test_the_page_says_who_asks_and_what_and_nothing_else(link):
    page = text_of(Client().get(link))

    assert "Carol Jones is Community matron, Community Nursing" in page
    assert "Bring a parcel on Friday" in page
    for hidden in ("Riverside team", "Asha", "Ring", "Moss"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("answer", "words", "progress", "said"),
    [
        ("accept", "", acts.Progress.IN_PROGRESS, "Accepted."),
        ("accept", "Gladly", acts.Progress.IN_PROGRESS, "Accepted. Gladly"),
        ("decline", "No van", acts.Progress.CANNOT_YET, "Declined. No van"),
        ("report", "It was brought", acts.Progress.IN_PROGRESS, "It was brought"),
    ],
)
def test_what_they_answer_is_a_report_recorded_for_whoever_asked(story, link, answer, words, progress, said):
    assert Client().post(link, {"answer": answer, "words": words}).url == link

    report = last(story)
    assert isinstance(report, acts.Report)
    assert (report.by, report.in_role, report.answered_by) == ("carol", "matron", "Jo at the food bank")
    assert (report.progress, report.words) == (progress, said)
    page = text_of(story.as_("asha").get(f"/teams/{TEAM}/responsibilities/ring"))
    assert "Answered by Jo at the food bank, outside the team, through a link; recorded for" in page
    assert "an answer from a partner outside the team" in text_of(story.as_("asha").get(f"/teams/{TEAM}/history"))


def test_after_accepting_there_is_still_something_to_report(story, link):
    client = Client()
    client.post(link, {"answer": "accept"})
    assert "You accepted on" in text_of(client.get(link))

    client.post(link, {"answer": "report", "words": "It was brought"})

    assert last(story).words == "It was brought"


def test_after_declining_the_link_leads_nowhere(link):
    Client().post(link, {"answer": "decline", "words": "No van"})

    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("typed", [{}, {"answer": "decline"}, {"answer": "report", "words": " "}, {"answer": "\0"}])
def test_an_answer_with_something_missing_is_not_recorded(story, link, typed):
    before = len(story.acts_done)

    assert Client().post(link, typed).status_code == 422

    story.catch_up()
    assert len(story.acts_done) == before


def test_after_its_time_or_once_it_is_ended_the_link_leads_nowhere(story, link):
    carol = story.as_("carol")
    assert Client().get(link + "x").status_code == 404
    carol.post(HERE, {"end": PartnerLink.objects.get().pk})
    assert Client().post(link, {"answer": "accept"}).status_code == 404

    PartnerLink.objects.update(ended_at=None)
    story.now += timedelta(days=15)
    assert Client().get(link).status_code == 404


def test_where_the_rule_is_against_it_nothing_is_recorded_and_they_are_told_whom_to_tell(story, link):
    from tests.cast import completes

    story.happened(completes("carol"))
    before = len(story.acts_done)

    page = Client().post(link, {"answer": "accept"})

    assert page.status_code == 422
    assert "Please tell Carol Jones directly" in text_of(page)
    story.catch_up()
    assert len(story.acts_done) == before


def test_only_the_role_that_holds_it_can_ask_a_partner(story, link):
    page = story.as_("asha").post(HERE, TYPED)

    assert page.status_code == 422
    assert PartnerLink.objects.count() == 1
    assert "Make the link" not in text_of(story.as_("asha").get(HERE))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"partner": ""}, "Say whom you ask"),
        ({"what": "\0"}, "Say what you ask"),
        ({"what": "x" * 1001}, "Shorten this"),
        ({"days": "365"}, "Choose how long"),
    ],
)
def test_what_is_to_be_put_right_is_said(story, link, changed, said):
    page = story.as_("carol").post(HERE, TYPED | changed)

    assert page.status_code == 422
    assert said in text_of(page)
