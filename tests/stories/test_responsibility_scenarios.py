"""
Who carries what, told from beginning to end: deputies, absence, empty roles, handing over, leaving, what goes on.

Which scenario of the reference each is, and where those about pages and messages are told, is in
tests/promises/test_scenarios.py.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from manyhands import who
from manyhands.pictures import alarms, my_work, proposals, who_holds_what
from manyhands.pictures.agenda import agenda
from manyhands.pictures.who_holds_what import held, open_now, who_held, whose
from tests.cast import (
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    TEAM,
    accepts,
    agrees,
    answers_review,
    asks,
    attends,
    calls_a_meeting,
    circulates,
    closes_the_meeting,
    comes_back,
    completes,
    concludes,
    creates_role,
    ends,
    gives,
    goes_away,
    invites,
    item,
    joins,
    leaves,
    makes_deputy,
    offers,
    opens_review,
    proposes,
    removes,
    reports,
    returns,
    steps_down,
    takes_on,
    topic,
)
from tests.histories import histories

DEV_HOLDS = (asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))
RING = who.Responsibility("ring")


def carried(story):
    return who_holds_what.fold(story.recorded)


def ringing(story, at=None):
    return alarms.alarms(carried(story), story.standing, at or story.now)


def work(story, person):
    told = proposals.fold(story.recorded)
    return my_work.my_work(TEAM, who.Person(person), told, carried(story), story.standing, story.now)


def to_do(story, person):
    return [each.responsibility for each in work(story, person).to_do]


def covered(story, person):
    return [each.role for each in work(story, person).covering]


# ---- the holder is a role ----------------------------------------------------------------------------------------


def bare(story, at):
    """What is open with nobody present to answer for it, and no alarm that anybody is told of."""
    told_of = {alarm.responsibility for alarm in ringing(story, at) if alarm.told}
    for each in story.standing.open_responsibilities():
        answering = story.standing.answering(each.responsibility, at)
        present = answering.person is not None and story.standing.is_present(answering.person, at)
        if not present and each.responsibility not in told_of and story.standing.members(at):
            yield each.responsibility


some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@some
@given(histories(longest=25))
def test_at_every_moment_everything_open_has_somebody_present_or_an_alarm_with_somebody_told(chapters):
    story = chapters[-1]

    for hours in (0, 5, 30, 200):
        assert list(bare(story, story.now + timedelta(hours=hours))) == []


def test_who_holds_it_now_and_who_held_it_on_a_day_without_an_edit(story):
    story.happened(*DEV_HOLDS)
    untouched = story.standing.responsibilities[RING]
    third = story.now
    story.later(days=3)
    story.happened(goes_away("dev", days=2))
    story.later(days=30)
    story.happened(removes("asha", "dev"), gives("ines", SOCIAL_WORKER, "ines"))

    told = carried(story).responsibilities[RING]
    asked_of = [who_held(told, story.standing, third + timedelta(days=days)).person for days in (0, 4, 6)]
    assert asked_of == ["dev", "ines", "dev"]
    assert who_held(told, story.standing, story.now).person == "ines"
    assert story.standing.responsibilities[RING] == untouched


def test_nothing_is_agreed_without_a_responsibility_that_has_holder_deputy_and_day(story):
    story.happened(proposes("carol", follows=()), *EVERYONE_CONSENTS)

    assert story.refuses(agrees("asha")) == ["nothing-follows"]


def test_one_list_shows_what_is_mine_my_team_s_and_my_organisation_s(story):
    story.happened(*DEV_HOLDS, asks("asha", "door"), takes_on("carol", "door"))

    everything = open_now(carried(story), story.standing, story.now)

    def seen_by(person):
        return {each.responsibility: whose(each, who.Person(person), story.standing, story.now) for each in everything}

    assert seen_by("dev") == {"ring": "mine", "door": "my-team's"}
    assert seen_by("ines") == {"ring": "my-organisation's", "door": "my-team's"}


# ---- deputies and absence ----------------------------------------------------------------------------------------


def test_while_the_holder_is_away_it_is_on_the_deputy_s_list_the_same_minute_and_then_back(story):
    story.happened(*DEV_HOLDS)
    untouched = story.standing.responsibilities[RING]
    assert (to_do(story, "dev"), to_do(story, "ines")) == (["ring"], [])

    story.does(goes_away("dev"))
    assert (to_do(story, "dev"), to_do(story, "ines")) == ([], ["ring"])
    assert covered(story, "ines") == [SOCIAL_WORKER]
    story.does(comes_back("dev"))

    assert (to_do(story, "dev"), to_do(story, "ines")) == (["ring"], [])
    assert story.standing.responsibilities[RING] == untouched


@pytest.mark.parametrize(
    "absences",
    [
        (goes_away("dev", days=3), goes_away("dev", days=10)),
        (goes_away("dev", in_days=0),),
        (goes_away("dev", days=None),),
        (goes_away("dev"), goes_away("ines"), goes_away("carol")),
    ],
    ids=["overlapping", "from today", "without an end", "the deputies too"],
)
def test_whatever_the_absences_somebody_answers_or_an_alarm_rings(story, absences):
    story.happened(*DEV_HOLDS, *absences)

    for hours in range(0, 24 * 14, 12):
        at = story.now + timedelta(hours=hours)
        rings = [alarm for alarm in ringing(story, at) if alarm.responsibility == RING]
        assert story.answering("ring", at).person is not None or (rings and rings[0].told)


# ---- vacancy is an alarm -----------------------------------------------------------------------------------------


def test_an_empty_role_rings_with_a_time_limit_and_falls_to_nobody_silently(story):
    story.happened(creates_role("carol", "podiatrist", NURSING), gives("carol", "podiatrist", "carol"))
    story.happened(asks("asha", role="podiatrist", deputy_role=SOCIAL_WORKER))
    story.happened(takes_on("carol").speaking_as("podiatrist"))
    before = to_do(story, "asha")

    story.does(removes("asha", "carol"))

    (vacant,) = [alarm for alarm in ringing(story) if alarm.role == "podiatrist"]
    assert vacant.kind == "role-vacant"
    assert to_do(story, "asha") == before == []
    assert to_do(story, "dev") == ["ring"]
    assert not vacant.is_due(vacant.due - timedelta(seconds=1))
    story.now = vacant.due
    told = {alarm.role: alarm.told for alarm in work(story, "asha").told}
    assert told == {MATRON: ("asha", "ben"), "podiatrist": ("asha", "ben")}


def test_who_could_carry_it_tomorrow_counts_those_present_each_once(story):
    story.happened(*DEV_HOLDS)
    assert could_carry(story).could_carry == ("dev", "ines", "carol")

    story.does(goes_away("ines"), goes_away("carol"))

    assert could_carry(story).could_carry == ("dev",)
    assert could_carry(story).thin


def could_carry(story):
    return held(carried(story).responsibilities[RING], story.standing.responsibilities[RING], story.standing, story.now)


# ---- hand-over is two-sided --------------------------------------------------------------------------------------

TO_CAROL = item("responsibility", "ring", SOCIAL_WORKER, MATRON)
THE_ROLE = item("role", SOCIAL_WORKER, SOCIAL_WORKER)
RING_TOO = item("responsibility", "ring", SOCIAL_WORKER)


def test_what_is_offered_and_not_accepted_is_the_giver_s_and_escalates_after_its_day(story):
    story.happened(*DEV_HOLDS, offers("dev", "carol", TO_CAROL, in_days=7))
    assert story.holder("ring") == "dev"

    story.later(days=9)

    assert story.holder("ring") == "dev"
    (late,) = [alarm for alarm in work(story, "asha").told if alarm.kind == "offer-not-answered"]
    assert late.told == ("asha", "ben")


def test_what_is_returned_is_the_giver_s_with_the_reason_in_sight(story):
    story.happened(*DEV_HOLDS, offers("dev", "carol", TO_CAROL))

    story.does(returns("carol", "responsibility", "ring"))

    assert story.holder("ring") == "dev"
    assert [(back.receiver, back.because) for back in work(story, "dev").returned] == [("carol", "I have no car")]


def test_of_two_who_take_something_on_at_once_one_has_it_and_the_other_is_told_how_it_stands(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))
    at_once = takes_on("dev"), takes_on("ines")
    assert [story.refuses(each) for each in at_once] == [[], []]

    story.does(at_once[0])

    (refusal,) = story.refusals(at_once[1])
    assert (refusal.code, dict(refusal.words)["state"]) == ("not-asked", "taken on")


def test_what_came_up_between_preparing_and_accepting_is_not_yet_handed_over(story):
    story.happened(*DEV_HOLDS, offers("dev", "ines", THE_ROLE, RING_TOO))
    story.happened(asks("asha", "door", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev", "door"))
    story.happened(accepts("ines", "responsibility", "ring"))

    (refusal,) = story.refusals(accepts("ines", "role", SOCIAL_WORKER))

    assert refusal.code == "not-yet-handed-over"
    assert story.holder("door") == "dev"


# ---- leaving -----------------------------------------------------------------------------------------------------


def test_leaving_is_finished_only_with_everything_in_other_hands_and_then_nothing_is_held_by_the_leaver(story):
    story.happened(*DEV_HOLDS)
    assert story.refuses(leaves("dev")) == ["still-in-hand", "still-in-hand"]

    story.happened(offers("dev", "ines", THE_ROLE, RING_TOO), accepts("ines", "responsibility", "ring"))
    assert story.refuses(leaves("dev")) == ["still-in-hand", "still-in-hand"]
    story.does(accepts("ines", "role", SOCIAL_WORKER), leaves("dev").speaking_for(COUNCIL))

    holders = [story.holder(each.responsibility) for each in story.standing.open_responsibilities()]
    assert [person for person in holders if not story.standing.is_member(person, story.now)] == []


@some
@given(histories(longest=25))
def test_whoever_is_taken_off_without_a_leaving_leaves_nothing_unanswered(chapters):
    story = chapters[-1]

    for gone in story.standing.members(story.now):
        for doing in (removes("asha", gone), removes("ben", gone)):
            if story.refuses(doing) == []:
                story.does(doing)
                break
        assert list(bare(story, story.now)) == []


def test_ending_and_restoring_a_membership_leaves_nothing_twice_and_nothing_of_old(story):
    story.happened(*DEV_HOLDS, steps_down("ines", SOCIAL_WORKER), leaves("ines").speaking_for(COUNCIL))

    story.does(invites("dev", "ines"), joins("ines"))

    assert [each for each in story.standing.members(story.now) if each == "ines"] == ["ines"]
    assert (covered(story, "ines"), to_do(story, "ines")) == ([], [])
    story.does(makes_deputy("dev", SOCIAL_WORKER, "ines"), goes_away("dev"))
    assert to_do(story, "ines") == ["ring"]


# ---- follow-up ---------------------------------------------------------------------------------------------------


def test_a_note_on_something_ten_days_old_leaves_it_ten_days_old_in_its_place(story):
    story.happened(*DEV_HOLDS)
    story.later(days=4)
    story.happened(asks("asha", "door", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev", "door"))
    story.later(days=6)
    before = work(story, "dev").to_do

    story.does(reports("dev"))

    assert [(each.responsibility, each.days_waiting) for each in before] == [
        (each.responsibility, each.days_waiting) for each in work(story, "dev").to_do
    ]
    assert [each.responsibility for each in before] == ["ring", "door"]


def test_all_that_follows_from_a_decision_is_done_and_the_decision_lasts_until_it_is_ended(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"), takes_on("carol", "visit"))

    story.does(completes("carol", "visit"))

    assert list(story.standing.open_responsibilities()) == []
    assert story.standing.proposals[who.Proposal("visits")].closed.is_live
    story.does(opens_review("asha"), *(answers_review(person) for person in ("asha", "carol", "dev")), ends("asha"))
    assert not story.standing.proposals[who.Proposal("visits")].closed.is_live


def test_what_a_meeting_left_unfinished_is_on_the_next_agenda_by_itself(story):
    story.happened(*DEV_HOLDS, calls_a_meeting("asha"))
    story.happened(circulates("asha", topic(), topic("Keys", "keys")), attends("asha"))
    story.happened(concludes("asha", outcome="carried-over", says=""), concludes("asha", "keys"))
    story.happened(closes_the_meeting("asha"))
    story.later(days=15)

    story.does(calls_a_meeting("asha", "next", in_days=1))

    up = agenda(story.standing.meetings[who.Meeting("next")], proposals.fold(story.recorded), story.standing)
    assert [(line.item.item, line.because) for line in up] == [
        ("responsibility:ring", "overdue"),
        ("parking", "carried-over"),
    ]
