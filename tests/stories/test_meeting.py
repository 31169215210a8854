"""Meetings: an agenda that makes itself, an outcome for each item, and no action without hands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from manyhands import acts, who
from manyhands.rules.days import noon_before
from manyhands.rules.meeting import by_itself_from
from tests.cast import (
    COORDINATOR,
    FAY_COMES,
    MATRON,
    PRACTICE,
    SOCIAL_WORKER,
    agrees,
    asks,
    attends,
    calls_a_meeting,
    calls_off,
    circulates,
    closes_the_meeting,
    concludes,
    drops,
    gathers,
    is_not_there,
    item,
    objects,
    offers,
    proposes,
    puts_on,
    raises,
    reorders,
    steps_down,
    takes_on,
    topic,
)


def about(kind: str, which: str) -> acts.AgendaItem:
    return acts.AgendaItem(item=who.AgendaItem(f"{kind}:{which}"), about=acts.About(kind), which=which)


def in_the_room(story, *items):
    story.happened(calls_a_meeting("asha"), circulates("asha", *items), attends("asha", part="chairs"))


def test_anyone_in_a_role_calls_the_team_together_for_a_time_to_come_and_says_what_for(story):
    assert story.refuses(calls_a_meeting("esi")) == ["not-a-member"]
    assert story.refuses(calls_a_meeting("carol", in_days=-1)) == ["meeting-in-the-past"]
    assert story.refuses(calls_a_meeting("carol", minutes=600)) == ["meeting-too-long"]
    assert story.refuses(calls_a_meeting("carol", minutes=1)) == ["meeting-too-long"]

    story.does(calls_a_meeting("carol", in_days=7))

    assert story.refuses(calls_a_meeting("dev")) == ["taken-identifier"]
    nameless = replace(calls_a_meeting("dev", "other")(story), called=acts.NOTHING_SAID)
    assert story.refuses(lambda _: nameless) == ["words-needed"]


def test_whoever_called_it_or_coordinates_puts_the_agenda_before_everyone_once(story):
    story.happened(calls_a_meeting("carol", in_days=7))
    assert story.refuses(circulates("dev")) == ["not-for-this-role"]
    assert story.refuses(puts_on("dev", topic())) == ["agenda-is-not-circulated"]
    assert story.refuses(circulates("carol").but(items=())) == ["agenda-is-empty"]
    assert story.refuses(circulates("carol", topic(), topic())) == ["on-the-agenda-already"]

    story.does(circulates("asha"))

    assert story.refuses(circulates("carol")) == ["agenda-is-circulated"]
    assert story.refuses(puts_on("dev", topic())) == ["on-the-agenda-already"]
    assert story.refuses(puts_on("dev", topic("  ", "empty"))) == ["words-needed"]
    story.does(puts_on("dev", topic("Keys", "keys")))
    assert [each.item for each in story.standing.meetings[who.Meeting("thursday")].items] == ["parking", "keys"]


def test_an_agenda_goes_before_everyone_by_itself_from_noon_of_the_day_before_until_the_meeting_begins(story):
    story.happened(calls_a_meeting("carol", in_days=7))
    by_itself = circulates("carol", by_itself=True)
    assert story.refuses(by_itself) == ["agenda-is-not-due"]
    due = by_itself_from(story.standing.meetings["thursday"])
    assert due == noon_before(story.standing.meetings["thursday"].starts_at)

    story.now = due - timedelta(seconds=1)
    assert story.refuses(by_itself) == ["agenda-is-not-due"]
    story.now = story.standing.meetings["thursday"].starts_at
    assert story.refuses(by_itself) == ["agenda-is-not-due"]
    story.now = due
    assert story.refuses(circulates("dev", by_itself=True)) == ["not-for-this-role"]
    story.does(by_itself)

    assert story.standing.meetings["thursday"].circulated_at == due


def test_whoever_calls_a_meeting_for_today_has_an_hour_to_put_its_agenda_before_everyone(story):
    called = story.now
    story.happened(calls_a_meeting("carol", in_days=1))
    meeting = story.standing.meetings["thursday"]

    at_once = replace(meeting, starts_at=called + timedelta(hours=3), called_at=called)

    assert by_itself_from(at_once) == called + timedelta(hours=1)


@pytest.mark.parametrize(
    "kind", ["objection", "proposal", "review", "responsibility", "hand-over", "matter", "patient"]
)
def test_an_item_is_about_something_that_is_there(story, kind):
    story.happened(calls_a_meeting("asha"))
    assert story.refuses(circulates("asha", about(kind, "nothing"))) == ["nothing-like-it"]

    story.happened(proposes("carol"), objects("dev"), asks("asha"), raises("dev", "lift"), gathers("asha"))
    story.happened(takes_on("carol"), offers("carol", "dev", item("responsibility", "ring", MATRON, SOCIAL_WORKER)))
    there = {
        "objection": "lone-visits",
        "proposal": "visits",
        "review": "visits",
        "responsibility": "ring",
        "hand-over": "going",
        "matter": "lift",
        "patient": "ruth",
    }
    story.does(circulates("asha", about(kind, there[kind])))


def test_whoever_called_it_chairs_or_records_orders_and_drops_items_with_a_reason(story):
    in_the_room(story, topic(), topic("Keys", "keys"))
    story.happened(attends("dev"))
    assert story.refuses(drops("dev")) == ["not-for-this-role"]
    assert story.refuses(reorders("dev", "keys", "parking")) == ["not-for-this-role"]
    story.happened(attends("dev", part="records"))

    story.does(reorders("dev", "keys", "parking"))

    assert story.refuses(reorders("dev", "keys")) == ["agenda-has-changed"]
    assert story.refuses(drops("dev", because=" ")) == ["reason-needed"]
    assert story.refuses(drops("dev", "nothing")) == ["nothing-like-it"]
    story.does(concludes("dev", "keys"), drops("dev"))
    assert story.refuses(drops("dev", "keys")) == ["item-is-concluded"]
    thursday = story.standing.meetings[who.Meeting("thursday")]
    assert [(each.item, because) for each, because in thursday.dropped] == [("parking", "Sorted")]


def test_a_member_is_there_in_a_role_of_theirs_and_somebody_there_says_so_of_those_who_never_type(story):
    story.happened(calls_a_meeting("asha", in_days=2), circulates("asha"))
    assert story.refuses(attends("asha")) == ["meeting-has-not-begun"]
    story.later(days=2)
    assert story.refuses(attends("carol", "dev")) == ["not-in-the-meeting"]
    assert story.refuses(attends("carol", role=SOCIAL_WORKER)) == ["not-in-that-role"]
    assert "not-a-member" in story.refuses(attends("asha", "esi"))

    story.does(attends("carol", role=MATRON), attends("carol", "dev", role=SOCIAL_WORKER))

    assert story.refuses(is_not_there("ben", "dev")) == ["not-in-the-meeting"]
    assert story.refuses(is_not_there("carol", "ines")) == ["was-not-there"]
    story.does(is_not_there("carol", "dev"))
    there = story.standing.meetings[who.Meeting("thursday")].attending
    assert [(each.person, each.organisation) for each in there] == [("carol", "nursing")]


def test_each_item_ends_with_what_was_said_and_an_action_is_asked_of_a_role(story):
    in_the_room(story)
    assert story.refuses(concludes("carol")) == ["not-in-the-meeting"]
    assert story.refuses(concludes("asha", says=" ")) == ["words-needed"]
    assert story.refuses(concludes("asha", "nothing")) == ["nothing-like-it"]
    assert story.refuses(concludes("asha", outcome="action")) == ["action-needed"]
    assert story.refuses(concludes("asha", outcome="action", actions=("ring",))) == ["nothing-like-it"]

    story.does(asks("asha"), concludes("asha", outcome="action", actions=("ring",)))

    story.does(concludes("asha", outcome="carried-over", says=""))
    (ended,) = story.standing.meetings[who.Meeting("thursday")].outcomes
    assert (ended.outcome, ended.recorded_by) == (acts.ItemOutcome.CARRIED_OVER, "asha")


def test_a_meeting_closes_only_when_each_item_has_an_outcome_and_each_action_has_hands(story):
    in_the_room(story, topic(), topic("Keys", "keys"))
    story.happened(asks("asha"), concludes("asha", outcome="action", actions=("ring",)), steps_down("carol", MATRON))

    assert story.refuses(closes_the_meeting("carol")) == [
        "not-in-the-meeting",
        "items-without-outcome",
        "action-without-holder",
    ]

    story.happened(concludes("asha", "keys", "carried-over", ""))
    story.happened(concludes("asha", "parking", "noted"))
    story.does(closes_the_meeting("asha"))
    assert story.refuses(concludes("asha")) == ["meeting-is-over"]
    assert story.refuses(closes_the_meeting("asha")) == ["meeting-is-over"]


def test_an_action_has_somebody_to_stand_in_before_the_meeting_closes(story):
    story.happened(*FAY_COMES)
    in_the_room(story)
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))
    story.happened(concludes("asha", outcome="action", actions=("ring",)))
    story.happened(steps_down("ines", SOCIAL_WORKER), steps_down("carol", MATRON))

    assert story.refuses(closes_the_meeting("asha")) == ["action-without-deputy"]


def test_a_meeting_is_called_off_before_anything_in_it_has_an_outcome(story):
    in_the_room(story)
    assert story.refuses(calls_off("dev")) == ["not-for-this-role"]
    assert story.refuses(calls_off("asha", " ")) == ["reason-needed"]

    story.happened(concludes("asha"))

    assert story.refuses(calls_off("asha")) == ["meeting-has-begun"]
    story.happened(calls_a_meeting("asha", "next"))
    story.does(calls_off("asha", meeting="next"))
    assert story.refuses(attends("asha", meeting="next")) == ["meeting-is-over"]


def test_a_meeting_leaves_deciding_to_those_who_decide(story):
    story.happened(proposes("carol"))
    in_the_room(story, about("proposal", "visits"))
    story.happened(concludes("asha", "proposal:visits", "decided", "All for it"))

    assert "not-yet-heard" in story.refuses(agrees("carol"))
    assert PRACTICE in story.standing.proposals[who.Proposal("visits")].terms.affected
    assert story.standing.people_in(COORDINATOR, story.now) == ("asha", "ben")
