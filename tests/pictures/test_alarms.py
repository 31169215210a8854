"""What nobody holds or nobody answered: since when, by when, and who is told. RS1, RS6, RS8."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from manyhands import who
from manyhands.pictures import my_work, proposals, who_holds_what
from manyhands.pictures.alarms import ROLE_VACANT, TO_ANSWER, TO_ASK_AGAIN, alarms
from tests.cast import (
    COORDINATOR,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    TEAM,
    agrees,
    asks,
    comes_back,
    creates_role,
    declines,
    gives,
    goes_away,
    item,
    offers,
    proposes,
    removes,
    reports,
    returns,
    steps_down,
    takes_on,
)
from tests.histories import histories


def ringing(story):
    return alarms(who_holds_what.fold(story.recorded), story.standing, story.now)


def kinds(story):
    return [alarm.kind for alarm in ringing(story)]


def work_of(story, person):
    return my_work.my_work(
        TEAM,
        who.Person(person),
        proposals.fold(story.recorded),
        who_holds_what.fold(story.recorded),
        story.standing,
        story.now,
    )


def test_a_team_in_which_all_is_held_and_nothing_late_rings_no_alarm(story):
    story.happened(asks("asha"), takes_on("carol"))

    assert ringing(story) == ()


def test_nobody_convened_means_no_alarms(story):
    assert alarms(who_holds_what.Carried(), type(story.standing)(), story.now) == ()


def test_rs6_with_holder_and_deputies_away_the_coordinating_role_is_told_at_once(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("carol"), goes_away("dev"))
    assert "nobody-present" not in kinds(story)
    story.happened(goes_away("ines"))
    went = story.now - timedelta(minutes=1)

    alarm = next(alarm for alarm in ringing(story) if alarm.kind == "nobody-present")

    assert (alarm.kind, alarm.since, alarm.due, alarm.told) == ("nobody-present", went, went, ("asha", "ben"))
    assert alarm.told_role == COORDINATOR


def test_the_alarm_ends_by_itself_when_somebody_is_back(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("carol"), goes_away("dev"), goes_away("ines"))
    story.later(days=1)
    story.does(comes_back("ines"))

    assert kinds(story) == ["role-away"]
    story.does(comes_back("carol"))
    assert ringing(story) == ()


def test_an_alarm_says_since_when_across_several_absences(story):
    story.happened(asks("asha"), takes_on("carol"))
    story.happened(goes_away("dev", days=None), goes_away("ines", days=None), goes_away("carol", days=2))
    since = story.now - timedelta(minutes=1)
    story.later(days=1)
    story.does(goes_away("carol", days=30))
    story.later(days=10)

    assert next(alarm for alarm in ringing(story) if alarm.kind == "nobody-present").since == since


def test_a_role_whose_only_people_are_away_rings_at_once_from_when_the_last_of_them_went(story):
    story.happened(goes_away("dev", days=10))
    assert kinds(story) == []
    story.later(days=1)
    story.happened(goes_away("ines", days=2))
    went = story.now - timedelta(minutes=1)
    story.later(days=1)

    (alarm,) = ringing(story)

    assert (alarm.kind, alarm.role, alarm.since, alarm.due) == ("role-away", SOCIAL_WORKER, went, went)
    assert alarm.told == ("asha", "ben")
    story.later(days=1)
    assert ringing(story) == ()


def test_rs8_a_role_without_a_holder_has_a_time_limit_and_only_then_is_the_coordinator_told(story):
    story.happened(asks("asha"), takes_on("carol"))
    waiting = work_of(story, "asha").waiting
    story.happened(steps_down("carol", MATRON))
    stepped_down = story.now - timedelta(minutes=1)

    (alarm,) = ringing(story)

    assert (alarm.kind, alarm.role, alarm.since) == ("role-vacant", MATRON, stepped_down)
    assert alarm.due == stepped_down + ROLE_VACANT
    assert not alarm.is_due(story.now)
    assert work_of(story, "asha").waiting == waiting
    assert work_of(story, "asha").told == ()

    story.later(days=8)

    assert [a.kind for a in work_of(story, "asha").told] == ["role-vacant"]


def test_a_role_that_never_had_a_holder_rings_from_when_it_was_made(story):
    story.happened(creates_role("carol", "second", NURSING))
    made = story.now - timedelta(minutes=1)

    (alarm,) = ringing(story)
    assert (alarm.kind, alarm.since) == ("role-vacant", made)

    story.does(gives("carol", "second", "carol"))

    assert ringing(story) == ()


def test_what_was_declined_rings_until_somebody_else_is_asked(story):
    story.happened(asks("asha"), declines("carol"))
    (alarm,) = ringing(story)
    assert (alarm.kind, alarm.due - alarm.since) == ("declined", TO_ASK_AGAIN)

    story.does(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))

    assert ringing(story) == ()


def test_what_was_asked_and_not_answered_in_time_rings(story):
    story.happened(asks("asha", in_days=30))
    story.later(days=TO_ANSWER.days)

    assert kinds(story) == ["not-taken-on"]

    story.does(takes_on("carol"))

    assert kinds(story) == []


def test_an_offer_not_answered_by_its_day_is_brought_to_the_coordinating_role(story):
    story.happened(asks("asha", in_days=30), takes_on("carol"))
    story.happened(offers("carol", "dev", item("responsibility", "ring", MATRON, SOCIAL_WORKER), in_days=3))
    story.later(days=3)
    assert kinds(story) == []
    story.later(days=1)

    (alarm,) = ringing(story)
    assert (alarm.kind, alarm.handover) == ("offer-not-answered", "going")

    story.does(returns("dev", "responsibility", "ring"))

    assert kinds(story) == []


def test_a_check_is_overdue_the_day_after_and_a_new_date_ends_it(story):
    story.happened(asks("asha", in_days=2), takes_on("carol"))
    story.later(days=2)
    assert kinds(story) == []
    story.later(days=1)
    assert kinds(story) == ["check-overdue"]

    story.does(reports("carol").but(next_check_on=(story.now + timedelta(days=7)).date()))

    assert kinds(story) == []


def test_a_check_that_stays_overdue_is_brought_to_the_deputy_the_lead_and_the_coordinating_role_in_turn(story):
    story.happened(asks("dev", in_days=2), takes_on("carol"))
    story.later(days=3)
    assert (work_of(story, "carol").told, work_of(story, "dev").told) == ((), ())
    story.later(days=2)
    assert [a.kind for a in work_of(story, "dev").told] == ["check-overdue"]
    story.later(days=2)
    assert work_of(story, "asha").told == ()

    story.later(days=3)

    assert [a.kind for a in work_of(story, "asha").told] == ["check-overdue"]


def test_a_review_that_is_overdue_rings(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"), takes_on("carol", "visit"))
    story.later(days=100)

    assert "review-overdue" in kinds(story)


def test_with_nobody_present_in_the_coordinating_role_everyone_present_is_told(story):
    story.happened(creates_role("carol", "second", NURSING), goes_away("asha"), goes_away("ben"))

    assert ringing(story)[0].told == ("carol", "dev", "ines")


def test_the_convener_may_be_taken_off_and_somebody_is_still_told(story):
    story.happened(removes("ben", "asha"))

    assert [(a.kind, a.role, a.told) for a in ringing(story)] == [("role-vacant", COORDINATOR, ("ben",))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_rs1_at_every_moment_everything_open_has_somebody_present_or_an_alarm_with_somebody_told(history):
    for story in history:
        carried = who_holds_what.fold(story.recorded)
        for hours in (0, 30, 24 * 9):
            at = story.now + timedelta(hours=hours)
            ringing = alarms(carried, story.standing, at)
            rung = {a.responsibility for a in ringing if a.kind in ("nobody-present", "declined")}

            for held in who_holds_what.open_now(carried, story.standing, at):
                present = held.why.person is not None and story.standing.is_present(held.why.person, at)
                assert present or held.responsibility in rung
            assert all(alarm.since <= at and alarm.since <= alarm.due for alarm in ringing)
            assert all(alarm.told for alarm in ringing) or not story.standing.members(at)
