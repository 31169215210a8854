"""Papers: written by anyone, open to whoever is invited, talked about in words, and taken up from there."""

from datetime import UTC, datetime

import pytest

from manyhands import acts, who
from tests.cast import (
    CHARITY,
    COUNCIL,
    NURSING,
    PRACTICE,
    TEAM,
    asks_about,
    discusses,
    opens_to,
    publishes,
    raises,
    removes,
    retracts,
    revises,
    settles,
    takes_down,
    takes_up,
    withholds,
)

TALK = acts.Event(called=acts.Words("Falls day"), starts_at=datetime(2026, 5, 4, 13, tzinfo=UTC), minutes=90)


def said(story) -> int:
    """The number of the last thing that was done."""
    return story.standing.number


def guest(doing, organisation=CHARITY):
    """Somebody who is not in the team, speaking for an organisation that the paper is open to."""
    return doing.speaking_for(organisation)


def test_anyone_in_the_team_publishes_a_paper_also_without_a_role(story):
    story.does(publishes("ben"))

    assert story.standing.papers[who.Paper("falls")].by == "ben"


def test_a_paper_has_a_title_a_text_and_few_topics_and_events(story):
    assert story.refuses(publishes("carol", title=" ")) == ["words-needed"]
    assert story.refuses(publishes("carol", body="")) == ["words-needed"]
    assert story.refuses(publishes("carol", topics=(acts.Words("a"),) * 6)) == ["too-many-topics"]
    assert story.refuses(publishes("carol", events=(TALK,) * 6)) == ["too-many-events"]
    endless = acts.Event(called=acts.Words("x"), starts_at=TALK.starts_at, minutes=0)
    assert story.refuses(publishes("carol", events=(endless,))) == ["event-too-long"]
    unnamed = acts.Event(called=acts.NOTHING_SAID, starts_at=TALK.starts_at, minutes=5)
    assert story.refuses(publishes("carol", events=(unnamed,))) == ["words-needed"]

    story.does(publishes("carol", topics=(acts.Words("Falls"),), events=(TALK,)))

    assert story.refuses(publishes("carol")) == ["taken-identifier"]


@pytest.mark.parametrize("number", ["9990000018", "999 000 0018", "999-000-0018"])
def test_no_patient_s_number_stands_in_a_paper_or_in_what_is_said_of_it(story, number):
    assert story.refuses(publishes("carol", body=f"Mrs G ({number}) fell")) == ["nhs-number-in-it"]
    story.does(publishes("carol", body="Ring 01632 960001 or 9990000017"))

    assert story.refuses(discusses("dev", f"Like {number}?")) == ["nhs-number-in-it"]
    assert story.refuses(revises("carol", because=number)) == ["nhs-number-in-it"]


def test_a_paper_is_revised_by_its_organisation_or_the_coordinator_from_the_version_in_hand(story):
    story.does(publishes("carol"))
    assert story.refuses(revises("dev")) == ["not-your-paper"]
    assert story.refuses(revises("carol", because=" ")) == ["reason-needed"]

    story.does(revises("carol"), revises("asha", version=2, because="A comma"))

    assert story.standing.papers[who.Paper("falls")].version == 3
    assert story.refuses(revises("carol", version=2)) == ["revised-since"]
    assert story.refuses(revises("carol", paper="no-such")) == ["nothing-like-it"]


def test_outsiders_say_nothing_until_the_paper_is_open_to_their_organisation(story):
    story.does(publishes("carol"))
    assert story.refuses(guest(discusses("grace"))) == ["not-a-member"]

    story.does(opens_to("carol", CHARITY))
    story.does(guest(discusses("grace")))

    assert story.refuses(guest(discusses("grace"), organisation=COUNCIL)) == ["not-a-member"]
    assert story.refuses(opens_to("carol", CHARITY)) == ["open-to-them-already"]
    assert story.refuses(opens_to("dev", NURSING)) == ["not-your-paper"]

    story.does(opens_to("carol"))
    assert story.refuses(guest(discusses("grace"))) == ["not-a-member"]


def test_a_member_of_a_team_that_it_is_open_to_speaks_as_its_guest(story):
    story.does(publishes("carol", teams=(who.Team("larkfield"),)))

    assert story.refuses(guest(discusses("grace", guest_of=who.Team("elsewhere")))) == ["not-a-member"]
    assert story.refuses(publishes("carol", paper="own", teams=(TEAM,))) == ["open-to-its-own-team"]
    assert story.refuses(discusses("dev", guest_of=who.Team("larkfield"))) == ["no-guest-here"]

    story.does(guest(discusses("grace", guest_of=who.Team("larkfield"), guest_role=who.Role("matron-there"))))


def test_a_guest_only_talks_about_the_paper(story):
    story.does(publishes("carol", organisations=(CHARITY,)))
    story.does(guest(discusses("grace")))
    hers = said(story)

    assert story.refuses(guest(revises("grace"))) == ["not-a-member"]
    assert story.refuses(guest(raises("grace"))) == ["not-a-member"]
    assert story.refuses(guest(takes_up("grace", hers))) == ["not-a-member"]

    story.does(guest(retracts("grace", hers)))


def test_a_comment_says_something_of_a_version_that_there_is_and_answers_what_was_said(story):
    story.does(publishes("carol"), publishes("dev", paper="other"))
    story.does(discusses("dev", "We do them too", paper="other"))
    elsewhere = said(story)
    story.does(asks_about("dev"))
    question = said(story)

    assert story.refuses(discusses("carol", " ")) == ["words-needed"]
    assert story.refuses(discusses("carol", version=2)) == ["nothing-like-it"]
    assert story.refuses(discusses("carol", answers=elsewhere)) == ["nothing-like-it"]
    assert story.refuses(discusses("carol", answers=question, question=True)) == ["question-or-answer"]
    story.does(discusses("carol", "Yes", answers=question))
    assert story.refuses(discusses("dev", "Really?", answers=said(story))) == ["nothing-like-it"]


def test_whoever_said_something_takes_it_back_once_unless_it_was_taken_up(story):
    story.does(publishes("carol"), discusses("dev"))
    his = said(story)
    assert story.refuses(retracts("carol", his)) == ["not-your-comment"]
    assert story.refuses(retracts("dev", 1)) == ["nothing-like-it"]

    story.does(retracts("dev", his))

    assert story.refuses(retracts("dev", his)) == ["retracted-already"]
    assert story.refuses(takes_up("asha", his)) == ["retracted-already", "nothing-like-it"]


def test_a_question_is_settled_by_an_answer_as_whoever_asked_or_published_says(story):
    story.does(publishes("carol"), asks_about("dev"))
    question = said(story)
    story.does(discusses("asha", "Yes: the matron", answers=question))
    answer = said(story)
    assert story.refuses(settles("asha", question, answer)) == ["not-your-question"]
    assert story.refuses(settles("dev", question, question)) == ["nothing-like-it"]
    assert story.refuses(settles("dev", answer, question)) == ["nothing-like-it"]

    story.does(settles("dev", question, answer))

    assert story.standing.said_of_papers[question].settled_by == answer


def test_what_was_asked_becomes_a_matter_of_the_team_once_and_stands_from_then_on(story):
    story.does(publishes("carol"), asks_about("dev"))
    question = said(story)
    assert story.refuses(takes_up("ben", question)) == ["nothing-like-it"]

    story.does(raises("ben"), takes_up("ben", question))

    assert story.standing.said_of_papers[question].came_to == "visits"
    assert story.refuses(takes_up("asha", question)) == ["taken-up-already"]
    assert story.refuses(retracts("dev", question)) == ["taken-up-already"]


def test_a_paper_taken_down_is_neither_changed_nor_talked_about(story):
    story.does(publishes("carol", organisations=(CHARITY,)))
    assert story.refuses(takes_down("dev")) == ["not-your-paper"]
    assert story.refuses(takes_down("carol", because="")) == ["reason-needed"]

    story.does(takes_down("carol"))

    assert story.refuses(discusses("dev")) == ["paper-is-down"]
    assert story.refuses(revises("carol")) == ["paper-is-down"]
    assert story.refuses(guest(discusses("grace"))) == ["not-a-member"]


def test_what_a_guest_wrote_can_be_removed_by_the_coordinating_role(story):
    story.does(publishes("carol", organisations=(CHARITY,)), guest(discusses("grace", "Mrs Green is one")))
    hers = said(story)

    story.does(withholds("asha", hers))

    assert hers in story.standing.withheld


def test_a_paper_stays_when_whoever_published_it_leaves_and_their_organisation_can_revise_it(story):
    story.does(publishes("ben"), removes("asha", "ben"))

    story.does(revises("asha"))

    assert story.standing.papers[who.Paper("falls")].organisation == PRACTICE
