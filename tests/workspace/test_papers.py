"""Papers: found, read, written, talked about, opened to guests, and taken up from; and to nobody else."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manyhands import acts, who
from manyhands.log.record import record
from manyhands.people.models import Organisation, Person, Team
from tests.cast import (
    CHARITY,
    TEAM,
    asks_about,
    discusses,
    opens_to,
    proposes,
    publishes,
    raises,
    revises,
    takes_down,
    takes_up,
    withholds,
)
from tests.workspace.reading import text_of

LIST = "/papers"
NEW = f"/teams/{TEAM}/papers/new"
FALLS = f"/teams/{TEAM}/papers/falls"
TALK = acts.Event(called=acts.Words("Falls day"), starts_at=datetime(2026, 5, 4, 13, tzinfo=UTC), minutes=90)
WRITTEN = {"title": "Who assesses falls?", "body": "# Now\n\nThree of us", "topics": "Falls, Therapy, falls"}


def page(story, person="carol", address=FALLS, **sent):
    browser = story.as_(person)
    answer = browser.post(address, sent, follow=True) if sent else browser.get(address)
    story.catch_up()
    return answer


def last(story):
    return story.acts_done[-1]


@pytest.fixture
def grace(story) -> Client:
    """Somebody of the charity, who is in no team."""
    Person.objects.open(
        "grace", "grace@example.org", "Grace Oti", "correct horse battery staple", organisations=[CHARITY]
    )
    return story.as_("grace")


def test_an_empty_list_says_what_papers_are_for_and_where_to_begin(story):
    said = text_of(page(story, address=LIST))

    assert "No paper yet" in said
    assert "Write the first" in said


def test_a_paper_is_looked_at_before_it_is_published_and_then_read_by_the_team(story):
    before = len(story.recorded)
    looked_at = page(story, address=NEW, preview="1", **WRITTEN)
    assert len(story.recorded) == before
    assert "How it will read. Nothing is published yet." in text_of(looked_at)
    assert '<h2 id="part-1" class="nhsuk-heading-m">Now</h2>' in looked_at.content.decode()

    page(story, address=NEW, **WRITTEN)

    assert last(story).topics == ("falls", "Therapy")
    assert "Who assesses falls?" in text_of(page(story, "dev", f"/teams/{TEAM}/papers/{last(story).paper}"))


def test_what_is_in_the_way_is_said_at_its_field_and_nothing_typed_is_lost(story):
    refused = page(
        story, address=NEW, title="", body="Mrs G, 999 000 0018", topics="a,b,c,d,e,f", **{"event-1": "Falls day"}
    )

    said = refused.content.decode()
    assert refused.status_code == 422
    assert "Choose the day of the event." in said
    assert "Mrs G, 999 000 0018" in said
    refused = page(story, address=NEW, title="", body="Mrs G, 999 000 0018", topics="a,b,c,d,e,f")
    assert refused.status_code == 422
    said = refused.content.decode()
    for field in ("title", "body", "topics"):
        assert f'href="#{field}"' in said
    assert "a,b,c,d,e,f" in said


def test_a_paper_too_long_for_its_box_is_refused_with_the_words_kept(story):
    refused = page(story, address=NEW, title="Long", body="x" * 60_001)

    assert refused.status_code == 422
    assert "Shorten it to 60,000 at most." in text_of(refused)
    assert "x" * 60_001 in refused.content.decode()


def test_its_events_go_into_peoples_calendars(story):
    story.does(publishes("carol", events=(TALK,)))

    file = story.as_("dev").get(f"{FALLS}/events.ics")

    assert file["Content-Type"] == "text/calendar"
    assert b"SUMMARY:Falls day" in file.content
    assert b"DTSTART:20260504T130000Z" in file.content
    story.does(publishes("carol", paper="plain"))
    assert story.as_("dev").get(f"/teams/{TEAM}/papers/plain/events.ics").status_code == 404


def test_an_event_is_typed_as_a_meeting_is(story):
    event = {
        "event-1": "Falls day", "event-1-on-day": "4", "event-1-on-month": "5", "event-1-on-year": "2026",
        "event-1-at": "14:00", "event-1-minutes": "90", "event-1-where": "The hall",
    }  # fmt: skip
    page(story, address=NEW, **WRITTEN, **event)

    assert last(story).events[0].starts_at == TALK.starts_at
    kept = page(story, address=f"/teams/{TEAM}/papers/{last(story).paper}/revise").content.decode()
    assert 'value="Falls day"' in kept
    assert 'value="14:00"' in kept


def test_earlier_versions_can_be_read_and_say_that_they_are_earlier(story):
    story.does(publishes("carol"), discusses("dev"), revises("carol"))

    assert "40 times a month" in text_of(page(story))
    earlier = text_of(page(story, address=f"{FALLS}?version=1"))
    assert "none knows of the others" in earlier
    assert "This is version 1 of 2. Read the newest" in earlier
    assert "Numbers added" in earlier
    assert "said of version 1" in text_of(page(story))
    assert page(story, address=f"{FALLS}?version=x").status_code == 200


def test_a_paper_changed_by_two_at_once_keeps_the_words_of_the_second(story):
    story.does(publishes("carol"), revises("carol"))

    refused = page(story, address=f"{FALLS}/revise", version="1", because="Mine", title="T", body="My own words")

    assert refused.status_code == 422
    assert "version 2 of the paper since you began" in text_of(refused)
    assert "My own words" in refused.content.decode()


def test_a_question_is_asked_answered_and_settled(story):
    story.does(publishes("carol"))
    page(story, "dev", do="discuss", words="Who could do them all?", kind="question")
    question = len(story.recorded)
    assert "1 open question" in text_of(page(story, address=LIST))

    page(story, "asha", do="discuss", answers=str(question), **{f"answer-{question}": "The matron could"})
    answer = len(story.recorded)
    assert "This settles it" not in text_of(page(story, "asha"))
    page(story, "dev", do="settle", said=str(question), answer=str(answer))

    said = text_of(page(story))
    assert "Question settled" in said
    assert "Settles the question" in said
    assert "Dev Patel , Team manager, Adult Social Care" in said


def test_nothing_said_is_not_said_and_what_was_typed_stays(story):
    story.does(publishes("carol"))

    refused = page(story, "dev", do="discuss", words="999 000 0018 rang", kind="question")

    assert refused.status_code == 422
    assert "999 000 0018 rang" in refused.content.decode()
    assert 'href="#words"' in refused.content.decode()
    assert page(story, "dev", do="nothing").status_code == 422


def test_what_was_said_can_be_taken_back_and_that_shows(story):
    story.does(publishes("carol"), discusses("dev", "I was wrong here"))
    number = str(len(story.recorded))

    page(story, "dev", do="retract", said=number)

    said = text_of(page(story))
    assert "I was wrong here" not in said
    assert "Taken back by whoever said it." in said


def test_a_question_becomes_a_proposal_in_one_press_and_both_say_where_it_came_from(story):
    story.does(publishes("carol"), asks_about("dev"))
    question = str(len(story.recorded))

    form = page(story, "asha", do="propose", said=question)

    assert form.redirect_chain[-1][0].startswith(f"/teams/{TEAM}/proposals/new?matter=")
    assert "Could one of us do them for all?" in form.content.decode()
    taken = last(story)
    assert isinstance(taken, acts.TakeUp)
    story.does(proposes("asha").but(matter=taken.matter))
    proposal = page(story, address=f"/teams/{TEAM}/proposals/visits")
    assert f"{FALLS}#said-{question}" in proposal.content.decode()
    assert "which came of what was said about a paper" in text_of(proposal)
    assert "and proposed:" in text_of(page(story))


def test_a_question_becomes_a_matter_in_one_press(story):
    story.does(publishes("carol"), asks_about("dev"))
    question = str(len(story.recorded))

    there = page(story, "asha", do="raise", said=question)

    assert "It came of what was said about a paper" in text_of(there)
    again = page(story, "asha", do="raise", said=question)
    assert again.status_code == 422
    assert sum(isinstance(act, acts.Raise) for act in story.acts_done) == 1


def test_nobody_outside_is_told_of_a_paper_until_it_is_open_to_them(story, grace):
    story.does(publishes("carol"))
    nowhere = grace.get(f"/teams/{TEAM}/papers/no-such")
    closed = grace.get(FALLS)

    assert (closed.status_code, text_of(closed)) == (404, text_of(nowhere))
    assert "Who assesses falls?" not in text_of(grace.get(LIST))

    story.does(opens_to("carol", CHARITY))

    assert "Who assesses falls?" in text_of(grace.get(LIST))
    assert "Open to you" in text_of(grace.get(LIST))
    assert grace.get(FALLS).status_code == 200


def test_a_guest_reads_and_talks_and_gets_at_nothing_else(story, grace):
    story.does(raises("carol"), publishes("carol", organisations=(CHARITY,)), asks_about("dev"))
    question = len(story.recorded)
    story.does(takes_up("asha", question))

    shown = text_of(grace.get(FALLS))
    assert "You read this as a guest, for Good Neighbours" in shown
    assert "Taken up by the team." in shown
    assert "Four of us visit Ruth" not in shown
    for button in ("Raise it as a matter", "Change the paper", "Take it down", "Who reads it", "Find people"):
        assert button not in shown
    grace.post(FALLS, {"do": "discuss", "words": "We ring them too"})
    story.catch_up()
    assert (last(story).by, last(story).for_organisation, last(story).in_role) == ("grace", CHARITY, None)
    assert "Grace Oti , Good Neighbours" in text_of(page(story))
    before = len(story.recorded)
    for do in ("raise", "propose", "open", "take-down", "settle"):
        refused = grace.post(FALLS, {"do": do, "said": str(question), "why-down": "x", "answer": "1"})
        assert refused.status_code in (422, 404), do
    assert grace.get(f"{FALLS}/revise").status_code == 404
    assert grace.get(f"/teams/{TEAM}/").status_code == 404
    story.catch_up()
    assert len(story.recorded) == before

    story.does(takes_down("carol"))
    assert grace.get(FALLS).status_code == 404
    assert page(story).status_code == 200


def test_a_member_of_another_team_reads_as_its_guest_in_their_role_there_for_as_long_as_they_are_in_it(story):
    Organisation.objects.get_or_create(id="elsewhere", defaults={"name": "Elsewhere Trust"})
    Person.objects.open(
        "hal", "hal@example.org", "Hal Boyd", "correct horse battery staple", organisations=["elsewhere"]
    )
    Team.objects.create(id="hillside", name="Hillside team")
    record(
        acts.Convene(
            team=who.Team("hillside"), by=who.Person("hal"), for_organisation=who.Organisation("elsewhere"),
            at=datetime(2026, 3, 2, 9, tzinfo=UTC), role=who.Role("hillside-coordinator"), kind="care-coordinator",
            purpose=acts.Words("Somewhere else"),
        )
    )  # fmt: skip
    hal = story.as_("hal")
    story.does(publishes("carol"))
    assert hal.get(FALLS).status_code == 404

    page(story, do="open", teams="hillside")
    hal.post(FALLS, {"do": "discuss", "words": "So do we"})
    story.catch_up()

    assert (last(story).guest_of, last(story).guest_role) == ("hillside", "hillside-coordinator")
    assert "Hal Boyd" in text_of(page(story))
    assert "of Hillside team" in text_of(page(story))


def test_papers_are_found_by_topic_and_by_words_which_stay_out_of_the_address(story):
    story.does(
        publishes("carol", topics=(acts.Words("Falls"),)),
        publishes(
            "dev", paper="tablets", title="Twelve tablets", body="At breakfast", topics=(acts.Words("Medicines"),)
        ),
        discusses("asha", "Mind the grapefruit", paper="tablets"),
    )

    by_words = story.as_("carol").post(LIST, {"words": "grapefruit BREAKFAST"})
    assert "Twelve tablets" in text_of(by_words)
    assert "Who assesses falls?" not in text_of(by_words)
    everything = story.as_("carol").get(LIST).content.decode()
    topic = everything.split("?topic=")[1].split('"')[0]
    assert "alls" not in topic
    by_topic = text_of(story.as_("carol").get(f"{LIST}?topic={topic}"))
    assert "Who assesses falls?" in by_topic
    assert "Twelve tablets" not in by_topic
    assert "No paper with these words" in text_of(story.as_("carol").post(LIST, {"words": "zebra"}))


def test_words_that_were_removed_are_found_by_nobody(story):
    story.does(publishes("carol"), discusses("dev", "Mrs Green next door"))
    story.does(withholds("dev", len(story.recorded)))

    assert "Green" not in text_of(page(story))
    assert "No paper with these words" in text_of(story.as_("carol").post(LIST, {"words": "Green"}))


def test_neither_list_nor_paper_asks_more_of_the_database_for_more_papers_and_comments(story):
    def queries(address):
        story.as_("carol").get(address)  # what is kept is kept
        browser = story.as_("carol")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    story.does(publishes("carol"), asks_about("dev"))
    few = [queries(LIST), queries(FALLS)]
    for number in range(12):
        story.does(publishes("asha", paper=f"more-{number}"), asks_about("asha"))

    assert [queries(LIST), queries(FALLS)] == few
