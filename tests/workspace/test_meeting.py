"""Meetings: called, their agenda before everyone, one screen for all, minutes as a page, a PDF and a calendar file."""

import re
from dataclasses import replace

import icalendar
import pytest
from django.urls import reverse

from manyhands import acts, who
from tests.cast import (
    MATRON,
    SOCIAL_WORKER,
    TEAM,
    asks,
    attends,
    calls_a_meeting,
    calls_off,
    circulates,
    closes_the_meeting,
    concludes,
    gathers,
    objects,
    proposes,
    raises,
    topic,
    withholds,
)
from tests.workspace.reading import has_form, queries_of, text_of

ALL = f"/teams/{TEAM}/meetings"
PAGE = f"{ALL}/thursday"
CALL = {
    "called": "Our weekly hour",
    "on-day": "5",
    "on-month": "3",
    "on-year": "2026",
    "at": "14:30",
    "minutes": "60",
    "where": "The library",
}


def press(story, by, do, **typed):
    answer = story.as_(by).post(PAGE, {"do": do, **typed})
    story.catch_up()
    return answer


def last(story):
    return story.recorded[-1].act


def in_the_room(story, *items):
    story.happened(calls_a_meeting("asha"), circulates("asha", *items), attends("asha", part="records"))


# ---- calling the team together -----------------------------------------------------------------------------------


def test_nothing_called_says_what_to_do_next(story):
    assert "No meeting is called Call one" in text_of(story.as_("carol").get(ALL))


def test_a_meeting_left_open_says_so_where_meetings_are_and_on_my_work(story):
    story.happened(calls_a_meeting("asha"), circulates("asha", topic()))
    story.later(days=3)
    for page in (ALL, "/"):
        shown = text_of(story.as_("carol").get(page))
        assert "Not held" in shown
        assert "Close it or call it off, so that what is unfinished comes up at the next." in shown

    story.happened(attends("carol"))

    assert "Not closed" in text_of(story.as_("carol").get(ALL))


def test_a_meeting_is_called_for_a_day_and_a_time_here(story):
    answer = story.as_("carol").post(f"{ALL}/new", CALL)
    story.catch_up()

    assert answer.status_code == 302
    assert (last(story).called, last(story).minutes) == ("Our weekly hour", 60)
    assert last(story).starts_at.isoformat() == "2026-03-05T14:30:00+00:00"
    assert "Our weekly hour 5 March 2026, 2:30pm" in text_of(story.as_("dev").get(ALL))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"called": ""}, "Write what the meeting is for first"),
        ({"on-day": ""}, "The day: write a day that there is"),
        ({"on-day": "", "on-month": "", "on-year": ""}, "Choose the day of the meeting"),
        ({"on-year": "2025"}, "This moment has passed"),
        ({"at": "soon"}, "Write the time that it begins"),
        ({"at": "25:00"}, "Write the time that it begins"),
        ({"minutes": "an hour"}, "Write how many minutes it takes"),
        ({"minutes": "6000"}, "A meeting lasts from 5 minutes to 8 hours"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(story, wrong, said):
    answer = story.as_("carol").post(f"{ALL}/new", CALL | wrong)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "The library" in answer.content.decode()


# ---- the agenda --------------------------------------------------------------------------------------------------


def test_the_agenda_makes_itself_and_says_who_has_to_be_there(story):
    story.happened(proposes("carol"), objects("dev"), raises("dev"), calls_a_meeting("asha", in_days=1))

    page = text_of(story.as_("carol").get(PAGE))

    assert "Safety concern · It stands in the way of agreeing Visiting alone after dark" in page
    assert "To be there: Riverside Practice, Community Nursing, Adult Social Care" in page
    assert "Matter · Nobody has proposed anything yet Four of us visit Ruth in a week" in page


def test_putting_it_before_everyone_keeps_it_as_it_stands(story):
    story.happened(raises("dev"), calls_a_meeting("asha", in_days=1))

    press(story, "asha", "circulate")

    assert [item.about.value for item in last(story).items] == ["matter"]
    assert "Agenda is before everyone" in text_of(story.as_("carol").get(PAGE))


def test_the_first_topic_brings_what_is_open_with_it(story):
    story.happened(raises("dev"), calls_a_meeting("asha", in_days=1))

    assert press(story, "dev", "put-on", topic="Keys").status_code == 422
    press(story, "asha", "put-on", topic="Parking")

    assert [item.about.value for item in last(story).items] == ["matter", "topic"]


def test_only_whoever_called_it_puts_it_before_everyone_and_others_hear_why(story):
    story.happened(raises("dev"), calls_a_meeting("asha", in_days=1))

    assert "This is for the role Care coordinator to do" in text_of(story.as_("dev").get(PAGE))
    assert press(story, "dev", "circulate").status_code == 422


def test_what_came_up_since_can_be_put_on_in_one_press(story):
    in_the_room(story, topic())
    story.happened(raises("dev"))
    assert "Come up since Matter · Nobody has proposed anything yet" in text_of(story.as_("dev").get(PAGE))

    press(story, "dev", "put-on", which="matter:visits")

    assert last(story).item.which == "visits"
    assert "Come up since" not in text_of(story.as_("dev").get(PAGE))


def test_a_topic_is_put_on_by_anyone_and_an_empty_one_is_not(story):
    in_the_room(story, topic())

    press(story, "dev", "put-on", topic="Keys")
    assert last(story).item.words == "Keys"

    assert press(story, "dev", "put-on", topic=" ").status_code == 422


def test_whoever_records_moves_items_and_takes_them_off_with_a_reason(story):
    in_the_room(story, topic(), topic("Keys", "keys"))

    press(story, "asha", "later", item="parking")
    assert [item.item for item in story.standing.meetings[who.Meeting("thursday")].items] == ["keys", "parking"]
    press(story, "asha", "earlier", item="nothing")

    assert press(story, "asha", "drop", item="parking").status_code == 422
    press(story, "asha", "drop", item="parking", **{"why-drop": "Sorted"})

    assert "Taken off Parking at the surgery: Sorted" in text_of(story.as_("carol").get(PAGE))


# ---- in the room -------------------------------------------------------------------------------------------------


def test_being_there_is_said_by_oneself_or_for_somebody_who_never_types(story):
    story.happened(calls_a_meeting("asha"), circulates("asha"))

    press(story, "asha", "attend", part="chairs")
    press(story, "asha", "attend", person="dev", part="takes-part")

    page = text_of(story.as_("carol").get(PAGE))
    assert "Riverside Practice Asha Rahman , Care coordinator Chairs" in page
    assert "Adult Social Care Dev Patel , Team manager" in page
    press(story, "asha", "not-there", person="dev")
    assert "Dev Patel , Team manager" not in text_of(story.as_("carol").get(PAGE))


def test_coming_in_first_puts_the_agenda_before_everyone(story):
    story.happened(raises("dev"), calls_a_meeting("asha"))

    press(story, "asha", "attend")

    assert [type(act) for act in story.acts_done[-2:]] == [acts.Circulate, acts.Attend]


def test_an_organisation_that_an_item_touches_and_is_not_there_is_warned_of(story):
    story.happened(proposes("carol"), calls_a_meeting("asha"))
    press(story, "asha", "attend")

    page = text_of(story.as_("carol").get(PAGE))

    assert "Nobody is there for Community Nursing, Adult Social Care." in page


def test_an_item_is_recorded_with_what_was_said_and_an_action_is_asked_at_the_same_press(story):
    in_the_room(story, topic())
    form = text_of(story.as_("asha").get(f"{PAGE}?item=parking"))
    assert "How did this end? Topic: Parking at the surgery" in form

    asked = {"what": "Paint the bays", "role": MATRON, "deputy": SOCIAL_WORKER, "known": "They are white"}
    day = {"check-day": "20", "check-month": "3", "check-year": "2026"}
    press(
        story, "asha", "conclude", item="parking", outcome="action", **{"what-said": "We need two bays"}, **asked, **day
    )

    *_, ask, conclude = story.acts_done
    assert (ask.what, conclude.actions) == ("Paint the bays", (ask.responsibility,))
    page = text_of(story.as_("carol").get(PAGE))
    assert "Action: Paint the bays Community matron; Team manager stands in" in page
    assert "Recorded by Asha Rahman" in page


def test_an_action_that_lacks_something_keeps_what_was_typed(story):
    in_the_room(story, topic())

    answer = press(
        story, "asha", "conclude", item="parking", outcome="action", what="Paint", **{"what-said": "We need two bays"}
    )

    assert answer.status_code == 422
    assert "Choose a role." in text_of(answer)
    assert "Choose a day for the first check." in text_of(answer)
    assert "We need two bays" in answer.content.decode()
    assert not isinstance(last(story), acts.Ask)


def test_a_meeting_closes_when_everything_has_an_outcome_and_says_until_then_what_lacks_one(story):
    in_the_room(story, topic(), topic("Keys", "keys"))
    story.happened(concludes("asha"))
    assert "1 item is without an outcome. Say how each ended, or carry it over." in text_of(story.as_("asha").get(PAGE))
    assert press(story, "asha", "close").status_code == 422

    story.happened(concludes("asha", "keys", "carried-over", ""))
    press(story, "asha", "close")

    assert isinstance(last(story), acts.CloseMeeting)
    story.happened(calls_a_meeting("carol", "next", in_days=7))
    assert "Topic · Carried over from an earlier meeting Keys" in text_of(story.as_("dev").get(f"{ALL}/next"))


def test_a_meeting_that_is_over_can_only_be_read(story):
    in_the_room(story, topic())
    story.happened(concludes("asha"), closes_the_meeting("asha"))

    page = story.as_("asha").get(PAGE)

    assert "This meeting is closed" in text_of(page)
    assert not has_form(page, PAGE)
    assert 'form="press"' not in page.content.decode()
    assert "hx-trigger" not in page.content.decode()


def test_a_meeting_is_called_off_with_a_reason(story):
    story.happened(calls_a_meeting("asha", in_days=1))

    assert press(story, "asha", "call-off").status_code == 422
    press(story, "asha", "call-off", **{"why-off": "Snow"})

    assert "Called off" in text_of(story.as_("carol").get(PAGE))


def test_an_unknown_button_shows_the_page(story):
    story.happened(calls_a_meeting("asha", in_days=1))

    assert press(story, "asha", "dance").status_code == 302


# ---- what is said, written down without leaving the page ---------------------------------------------------------


def talking_about_the_visits(story):
    """Asha records, and Dev and Carol are there; Carol's proposal is the only item."""
    story.happened(proposes("carol"))
    in_the_room(
        story, acts.AgendaItem(item=who.AgendaItem("proposal:visits"), about=acts.About.PROPOSAL, which="visits")
    )
    story.happened(attends("dev", role=SOCIAL_WORKER), attends("carol", role=MATRON))


def test_what_is_talked_about_says_who_is_heard_and_what_is_in_the_way(story):
    talking_about_the_visits(story)

    page = text_of(story.as_("carol").get(PAGE))

    assert "Being talked about · Proposal · Not everyone has been heard Shall one of us visit each week" in page
    assert "Where each organisation stands: 0 of 3 heard" in page
    assert "What is in the way" in page
    assert "Adult Social Care has not been heard on this version." in page


def test_somebody_in_the_room_is_heard_in_one_press_marked_with_who_recorded_it(story):
    talking_about_the_visits(story)

    story.as_("asha").post(PAGE, {"press": f"says consent visits 1 dev {SOCIAL_WORKER}"})
    story.catch_up()

    act = last(story)
    assert (act.by, act.said_by, act.said_in, act.stance) == ("asha", "dev", SOCIAL_WORKER, acts.Stance.CONSENT)
    page = text_of(story.as_("asha").get(PAGE))
    assert "Dev Patel, Team manager; recorded by Asha Rahman" in page
    assert "Where each organisation stands: 1 of 3 heard" in page
    assert "Written down for you: is it so?" in text_of(story.as_("dev").get("/"))


def test_whoever_presses_for_themselves_has_said_it_themselves(story):
    talking_about_the_visits(story)

    story.as_("dev").post(PAGE, {"press": f"says no-view visits 1 dev {SOCIAL_WORKER}"})
    story.catch_up()

    assert isinstance(last(story), acts.GiveNoView)
    assert (last(story).by, last(story).in_role) == ("dev", SOCIAL_WORKER)


def test_a_concern_a_condition_and_a_safety_concern_are_written_down_with_their_words(story):
    talking_about_the_visits(story)
    said = {"proposal": "visits", "version": "1", "said_by": f"dev|{SOCIAL_WORKER}"}

    answer = press(story, "asha", "record-position", stance="object", **said)
    assert answer.status_code == 422
    assert isinstance(last(story), acts.Attend)
    press(story, "asha", "record-position", stance="object", **said | {"said-words": "Nobody knows where we are"})
    carol = {"said_by": f"carol|{MATRON}", "said-words": "A diary", "said-who": SOCIAL_WORKER}
    press(story, "asha", "record-position", stance="condition", **said | carol)

    assert [each.fulfilled_by for each in story.standing.conditions.values()] == [SOCIAL_WORKER]
    assert [each.by for each in story.standing.objections.values()] == ["dev"]
    page = text_of(story.as_("carol").get(PAGE))
    assert "Safety concern of Adult Social Care: Nobody knows where we are" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"said_by": ""}, "Choose who says it."),
        ({"said_by": "dev|no-such-role"}, "Choose who says it."),
        ({"stance": "maybe"}, "Choose one of the six answers."),
        ({"proposal": "nothing"}, "There is no such proposal in this team."),
        ({"version": "x"}, "The proposal has been changed"),
        ({"said_by": f"dev|{MATRON}"}, "Community matron"),
    ],
)
def test_what_cannot_be_written_down_says_why_and_keeps_what_was_typed(story, wrong, said):
    talking_about_the_visits(story)
    whole = {"proposal": "visits", "version": "1", "said_by": f"dev|{SOCIAL_WORKER}", "stance": "concern"}

    answer = press(story, "asha", "record-position", **whole | {"said-words": "Parking is far"} | wrong)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Parking is far" in answer.content.decode()


def test_another_item_is_taken_up_before_the_one_that_is_talked_about(story):
    in_the_room(story, topic(), topic("Keys", "keys"), topic("Lifts", "lifts"))
    story.happened(concludes("asha"))
    assert "Being talked about · Topic Keys" in text_of(story.as_("carol").get(PAGE))

    story.as_("asha").post(PAGE, {"press": "take-up lifts"})
    story.catch_up()

    assert last(story).order == ("parking", "lifts", "keys")
    assert "Being talked about · Topic Lifts" in text_of(story.as_("carol").get(PAGE))


def test_the_wall_shows_what_is_talked_about_to_everyone_and_nothing_to_press(story):
    talking_about_the_visits(story)

    wall = story.as_("carol").get(f"{PAGE}/screen")

    assert "0 of 3 organisations heard" in text_of(wall)
    assert "3 people from 3 organisations there · 0 of 1 item done" in text_of(wall)
    assert re.findall(r"<button[^>]*>([^<]*)", wall.content.decode()) == ["Stay signed in"]
    story.happened(concludes("asha", "proposal:visits"))
    now = story.as_("carol").get(f"{PAGE}/now?on=screen&since=1")
    assert "Everything on the agenda has an outcome" in text_of(now)
    assert story.as_("esi").get(f"{PAGE}/screen").status_code == 404


def test_whom_the_agenda_was_put_before_is_said(story):
    in_the_room(story, topic())

    assert "Put before 5 people on 2 March 2026" in text_of(story.as_("carol").get(PAGE))


def test_that_nobody_there_knows_the_person_is_warned_of_until_somebody_who_does_comes(records):
    story = records
    story.happened(gathers("asha"), calls_a_meeting("asha"))
    item = acts.AgendaItem(item=who.AgendaItem("patient:ruth"), about=acts.About.PATIENT, which="ruth")
    story.happened(circulates("asha", item), attends("ben"))
    assert "Nobody who is there knows this person." in text_of(story.as_("asha").get(PAGE))

    story.happened(lambda story: replace(asks("asha")(story), patient=who.Patient("ruth")), attends("carol"))

    assert "Nobody who is there knows this person." not in text_of(story.as_("asha").get(PAGE))


# ---- kept current ------------------------------------------------------------------------------------------------


def test_nothing_new_is_answered_with_nothing_and_anything_new_with_the_part_that_changes(story):
    in_the_room(story, topic())
    carol = story.as_("carol")
    known = story.standing.number

    assert carol.get(f"{PAGE}/now?since={known}").status_code == 204

    story.happened(attends("dev"))
    answer = carol.get(f"{PAGE}/now?since={known}")
    assert answer.status_code == 200
    assert "Dev Patel" in text_of(answer)
    assert f"now?since={story.standing.number}" in answer.content.decode()
    assert "<h1" not in answer.content.decode()


def test_the_part_that_changes_is_made_once_for_all_who_see_the_same_and_not_for_others(story):
    in_the_room(story, topic())
    story.happened(attends("dev"))
    dev, carol, asha = (story.as_(each).get(PAGE).content.decode() for each in ("dev", "carol", "asha"))

    assert "Record how it ended" in dev
    assert "Record how it ended" not in carol
    assert queries_of(story.as_("dev"), f"{PAGE}/now?since=1") < 6  # session, member, last act: none for names
    assert "Not there" in asha
    assert "csrfmiddlewaretoken" not in story.as_("dev").get(f"{PAGE}/now?since=1").content.decode()


def test_a_button_in_the_part_that_changes_says_in_one_value_what_it_is_about(story):
    in_the_room(story, topic(), topic("Keys", "keys"))

    story.as_("asha").post(PAGE, {"press": "later parking"})
    story.catch_up()

    assert last(story).order == ("keys", "parking")
    assert story.as_("asha").post(PAGE, {"press": "dance parking"}).status_code == 302


def test_what_changed_is_said_to_those_who_cannot_see_it(story):
    in_the_room(story, topic())
    story.happened(attends("dev"))

    answer = story.as_("carol").get(f"{PAGE}/now?since=1").content.decode()

    assert 'role="status"' in answer
    assert "Dev Patel said that Dev Patel is in “Our weekly hour”" in answer


def test_asking_again_takes_as_many_queries_however_long_the_agenda(story):
    in_the_room(story, topic())
    short = queries_of(story.as_("carol"), f"{PAGE}/now?since=1"), queries_of(story.as_("carol"), PAGE)
    for number in range(20):
        story.happened(raises("dev", f"matter-{number}"))
    press(story, "asha", "put-on", which="matter:matter-3")
    for person in ("carol", "dev", "ben", "ines"):
        story.happened(attends(person))

    assert (queries_of(story.as_("carol"), f"{PAGE}/now?since=1"), queries_of(story.as_("carol"), PAGE)) == short


def test_nobody_outside_hears_of_it(story):
    in_the_room(story, topic())

    for address in (PAGE, f"{PAGE}/now", f"{PAGE}/minutes", f"{PAGE}/meeting.ics", ALL):
        assert story.as_("esi").get(address).status_code == 404


def test_a_person_on_the_agenda_is_not_named_on_the_screen_that_everyone_sees(records):
    story = records
    story.happened(gathers("asha"), calls_a_meeting("asha"))
    item = acts.AgendaItem(item=who.AgendaItem("patient:ruth"), about=acts.About.PATIENT, which="ruth")
    story.happened(circulates("asha", item), attends("asha"))

    page = story.as_("carol").get(PAGE)

    assert "A person in “Frail, and in pieces”" in text_of(page)
    assert "Ruth" not in text_of(page)


# ---- minutes -----------------------------------------------------------------------------------------------------


def held(story):
    story.happened(proposes("carol"), asks("asha"))
    in_the_room(story, topic("#set text(red) *Parking* \\ $x$"), topic("Keys", "keys"))
    story.happened(attends("dev", role=SOCIAL_WORKER))
    story.happened(concludes("asha", outcome="action", actions=("ring",)))
    story.happened(concludes("asha", "keys", "carried-over", ""), closes_the_meeting("asha"))


def test_minutes_say_who_was_there_who_was_not_and_what_came_of_each_item(story):
    held(story)

    page = text_of(story.as_("carol").get(f"{PAGE}/minutes"))

    assert "Asha Rahman , Riverside Practice Records what is said" in page
    assert "Nobody was there for Community Nursing." in page
    assert "Action The bays at the back are ours from Monday Action: Ring Ruth after her fall" in page
    assert "Keys Carry over" in page


def test_there_are_no_minutes_before_the_end_nor_of_what_was_called_off(story):
    in_the_room(story, topic())
    story.happened(calls_a_meeting("asha", "snow"), calls_off("asha", meeting="snow"))

    assert story.as_("asha").get(f"{PAGE}/minutes").status_code == 404
    assert story.as_("asha").get(f"{ALL}/snow/minutes.pdf").status_code == 404


def test_minutes_as_a_pdf_are_tagged_and_hold_what_was_written_as_text(story):
    held(story)

    answer = story.as_("carol").get(f"{PAGE}/minutes.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="minutes-2026-03-02.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content
    assert b"/Lang" in answer.content


def test_words_that_were_removed_are_gone_from_the_minutes(story):
    held(story)
    number = next(entry.number for entry in story.recorded if isinstance(entry.act, acts.Conclude))
    story.happened(withholds("asha", number))

    page = text_of(story.as_("carol").get(f"{PAGE}/minutes"))

    assert "The bays at the back" not in page
    assert "[These words have been removed]" in page


def test_a_meeting_as_a_calendar_file(story):
    story.happened(calls_a_meeting("asha", in_days=2, minutes=90))

    answer = story.as_("carol").get(reverse("meeting-calendar", kwargs={"team": TEAM, "meeting": "thursday"}))

    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar"
    assert str(event["summary"]) == "Our weekly hour (Riverside team)"
    assert str(event["location"]) == "The library, or by telephone"
    assert str(event["url"]) == "http://testserver" + reverse("meeting", kwargs={"team": TEAM, "meeting": "thursday"})
    assert (event["dtend"].dt - event["dtstart"].dt).total_seconds() == 90 * 60
