"""The agenda: it makes itself from what is open, and says who has to be there for what."""

from manyhands import acts, who
from manyhands.pictures import proposals
from manyhands.pictures.agenda import agenda, come_up_since, missing
from tests.cast import (
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    agrees,
    asks,
    attends,
    calls_a_meeting,
    calls_off,
    circulates,
    closes_the_meeting,
    completes,
    concludes,
    consents,
    drops,
    gathers,
    item,
    objects,
    offers,
    proposes,
    raises,
    reports,
    takes_on,
    topic,
    withdraws_objection,
)

THURSDAY = who.Meeting("thursday")


def made(story, meeting="thursday", unknown=()):
    told = proposals.fold(story.recorded)
    return agenda(story.standing.meetings[who.Meeting(meeting)], told, story.standing, unknown)


def lines(story, meeting="thursday", unknown=()):
    return [(line.item.about.value, line.item.which, line.because) for line in made(story, meeting, unknown)]


def test_nothing_open_makes_an_empty_agenda(story):
    story.happened(calls_a_meeting("asha", in_days=1))

    assert lines(story) == []


def test_a_safety_concern_comes_first_and_its_proposal_comes_back_when_it_is_closed(story):
    story.happened(calls_a_meeting("asha", in_days=1), raises("dev"), proposes("carol"), consents("asha"))
    assert lines(story) == [("proposal", "visits", "not-yet-heard"), ("matter", "visits", "raised")]

    story.happened(objects("dev"), consents("carol"))
    assert lines(story)[0] == ("objection", "lone-visits", "safety-concern")

    story.happened(withdraws_objection("dev"))
    assert lines(story)[0] == ("proposal", "visits", "can-be-agreed")


def test_what_is_in_hand_comes_up_only_when_it_is_at_risk(story):
    story.happened(calls_a_meeting("asha", in_days=10), asks("asha", in_days=14), takes_on("carol"))
    assert lines(story) == []

    story.happened(reports("carol", progress=acts.Progress.CANNOT_YET))
    assert lines(story) == [("responsibility", "ring", "cannot-be-done")]

    story.happened(calls_a_meeting("asha", "later", in_days=20), reports("carol"))
    assert lines(story, "later") == [("responsibility", "ring", "overdue")]


def test_hand_overs_that_wait_and_reviews_within_a_fortnight_come_up(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"), takes_on("carol", "visit"))
    story.happened(offers("carol", "dev", item("responsibility", "visit", MATRON, SOCIAL_WORKER)))
    story.happened(calls_a_meeting("asha", in_days=7), calls_a_meeting("asha", "june", in_days=80))

    assert lines(story) == [("hand-over", "going", "not-accepted")]
    assert ("review", "visits", "review-due") in lines(story, "june")


def test_people_whom_nobody_knows_come_up_and_are_not_talked_about_again_within_four_weeks(story):
    story.happened(gathers("asha"), calls_a_meeting("asha"))
    assert lines(story, unknown=("sam",)) == [("patient", "sam", "nobody-knows")]

    story.happened(circulates("asha", *(line.item for line in made(story, unknown=("sam",)))), attends("asha"))
    story.happened(concludes("asha", "patient:sam"), closes_the_meeting("asha"))
    story.happened(calls_a_meeting("asha", "next", in_days=7), calls_a_meeting("asha", "spring", in_days=40))

    assert lines(story, "next", unknown=("sam",)) == []
    assert lines(story, "spring", unknown=("sam",)) == [("patient", "sam", "nobody-knows")]


def test_what_was_carried_over_comes_up_until_it_has_another_outcome(story):
    story.happened(calls_a_meeting("asha"), circulates("asha"), attends("asha"))
    story.happened(concludes("asha", outcome="carried-over", says=""), closes_the_meeting("asha"))
    story.happened(calls_a_meeting("asha", "next"))
    assert lines(story, "next") == [("topic", "", "carried-over")]

    carried = [line.item for line in made(story, "next")]
    story.happened(circulates("asha", *carried, meeting="next"), attends("asha", meeting="next"))
    story.happened(concludes("asha", meeting="next"), closes_the_meeting("asha", "next"), calls_a_meeting("asha", "x"))

    assert lines(story, "x") == []


def test_what_comes_up_after_the_agenda_is_before_everyone_is_said(story):
    story.happened(calls_a_meeting("asha"), circulates("asha", topic()), raises("dev"))

    since = come_up_since(story.standing.meetings[THURSDAY], made(story))

    assert [line.item.about.value for line in since] == ["matter"]


def test_an_organisation_that_an_item_touches_and_nobody_is_there_for_is_missing(story):
    story.happened(proposes("carol"), calls_a_meeting("asha"))
    (line,) = made(story)
    story.happened(circulates("asha", line.item), attends("asha"), attends("carol", role=MATRON))

    assert line.touches == (PRACTICE, NURSING, COUNCIL)
    assert missing(story.standing.meetings[THURSDAY], line.item, story.standing) == (COUNCIL,)


def test_a_topic_of_a_meeting_that_is_called_off_comes_up_at_the_next(story):
    story.happened(calls_a_meeting("asha", in_days=1), circulates("asha"), calls_off("asha"))

    story.does(calls_a_meeting("asha", "next", in_days=7))

    assert lines(story, "next") == [("topic", "", "carried-over")]


def test_what_was_carried_over_and_then_taken_off_for_a_reason_does_not_come_up_again(story):
    story.happened(calls_a_meeting("asha"), circulates("asha"), attends("asha"))
    story.happened(concludes("asha", outcome="carried-over", says=""), closes_the_meeting("asha"))
    story.happened(calls_a_meeting("asha", "next", in_days=1), circulates("asha", topic(), meeting="next"))

    story.does(drops("asha", because="The bays are ours", meeting="next"))

    assert lines(story, "next") == []


def test_something_in_hand_that_was_carried_over_comes_up_though_it_is_no_longer_at_risk_until_it_is_done(story):
    ring = acts.AgendaItem(item=who.AgendaItem("responsibility:ring"), about=acts.About.RESPONSIBILITY, which="ring")
    story.happened(asks("asha"), takes_on("carol"), calls_a_meeting("asha"), circulates("asha", ring))
    story.happened(attends("asha"), concludes("asha", ring.item, "carried-over", ""), closes_the_meeting("asha"))
    story.happened(calls_a_meeting("asha", "next", in_days=1))
    assert lines(story, "next") == [("responsibility", "ring", "carried-over")]

    story.does(completes("carol"))

    assert lines(story, "next") == []
