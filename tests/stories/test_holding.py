"""Asked, taken on, reported on, closed; and who answers for it at any moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from manyhands import acts
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    agrees,
    asks,
    comes_back,
    completes,
    creates_role,
    declines,
    gives,
    goes_away,
    proposes,
    removes,
    reports,
    steps_down,
    takes_on,
)


def test_a_role_is_asked_with_a_deputy_role_a_date_and_how_it_will_be_known(story):
    assert story.refuses(asks("asha")) == []
    assert story.refuses(asks("asha", deputy_role=MATRON)) == ["same-role-twice"]
    assert story.refuses(asks("asha", role="nobody")) == ["nothing-like-it"]
    assert story.refuses(asks("asha", in_days=-1)) == ["check-in-the-past"]
    assert story.refuses(lambda s: replace(asks("asha")(s), what="")) == ["words-needed"]
    assert story.refuses(lambda s: replace(asks("asha")(s), known_by=" ")) == ["words-needed"]
    assert story.refuses(lambda s: replace(asks("asha")(s), group="nobody")) == ["nothing-like-it"]


def test_only_the_role_that_was_asked_accepts(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))

    assert story.refuses(takes_on("carol")) == ["not-for-this-role"]
    assert story.refuses(takes_on("asha")) == ["not-for-this-role"]
    assert story.refuses(takes_on("dev")) == []
    assert story.refuses(takes_on("ines")) == []
    assert story.refuses(takes_on("dev", "not-there")) == ["nothing-like-it"]


def test_it_is_accepted_once(story):
    story.happened(asks("asha"), takes_on("carol"))

    assert story.refuses(takes_on("carol")) == ["not-asked"]
    assert story.refuses(declines("carol")) == ["not-asked"]
    assert story.refuses(asks("asha")) == ["taken-identifier"]


def test_declining_says_why_and_then_somebody_else_is_asked(story):
    story.happened(asks("asha"))
    assert story.refuses(declines("carol", because="")) == ["reason-needed"]
    story.does(declines("carol"))
    assert (story.answering("ring").person, story.answering("ring").told) == (None, "asha")
    assert story.refuses(reports("carol")) == ["not-taken-on"]

    story.does(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))

    assert story.holder("ring") == "dev"


def test_progress_and_outcome_are_said_by_the_role_that_holds_it_or_stands_in(story):
    story.happened(asks("asha"))
    assert story.refuses(reports("carol")) == ["not-taken-on"]
    assert story.refuses(completes("carol")) == ["not-taken-on"]
    story.happened(takes_on("carol"))

    assert story.refuses(reports("asha")) == ["not-for-this-role"]
    assert story.refuses(reports("dev")) == []
    assert story.refuses(reports("carol", says=" ")) == ["words-needed"]
    assert story.refuses(reports("carol").but(next_check_on=story.now.date() - timedelta(1))) == ["check-in-the-past"]
    assert story.refuses(reports("carol", "not-there")) == ["nothing-like-it"]
    assert story.refuses(completes("carol").but(what_happened="")) == ["words-needed"]
    assert story.refuses(completes("carol", "not-there")) == ["nothing-like-it"]
    assert story.refuses(completes("carol", outcome=acts.Outcome.NOT_DONE)) == []


def test_what_is_closed_stays_closed(story):
    story.happened(asks("asha"), takes_on("carol"), completes("carol"))

    assert story.refuses(reports("carol")) == ["is-closed"]
    assert story.refuses(completes("carol")) == ["is-closed"]


def test_a_note_does_not_make_anything_younger(story):
    """RS19."""
    story.happened(asks("asha"), takes_on("carol"))
    asked_at = story.standing.responsibilities["ring"].asked_at
    story.later(days=10)

    story.does(reports("carol"))

    assert story.standing.responsibilities["ring"].asked_at == asked_at


def test_what_follows_from_a_decision_is_held_once_it_is_accepted(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"))
    assert story.standing.responsibilities["visit"].state == "asked"

    story.does(takes_on("carol", "visit"))

    held = story.standing.responsibilities["visit"]
    assert (held.state, held.proposal) == ("taken-on", "visits")


# ---- who answers for it ------------------------------------------------------------------------------------------


def test_the_holder_of_the_role_answers_and_while_they_are_away_a_deputy_does(story):
    """RS5: nothing is written to the responsibility, before or after."""
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))
    untouched = story.standing.responsibilities["ring"]
    assert story.holder("ring") == "dev"

    story.does(goes_away("dev"))
    assert story.holder("ring") == "ines"
    assert story.answering("ring").standing_in
    story.does(comes_back("dev"))

    assert story.holder("ring") == "dev"
    assert not story.answering("ring").standing_in
    assert story.standing.responsibilities["ring"] == untouched


def test_an_absence_ends_by_itself(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"), goes_away("dev", days=7))

    assert story.holder("ring") == "ines"
    story.later(days=7)
    assert story.holder("ring") == "dev"


def test_with_holder_and_deputies_away_the_deputy_role_answers_and_then_nobody_and_the_coordinator_is_told(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))
    story.does(goes_away("dev"), goes_away("ines"))
    assert story.answering("ring").person == "carol"
    assert story.answering("ring").for_role == MATRON

    story.does(goes_away("carol"))

    answering = story.answering("ring")
    assert (answering.person, answering.told) == (None, "asha")
    story.does(goes_away("asha"))
    assert story.answering("ring").told == "ben"


@pytest.mark.parametrize(
    "absences",
    [
        (goes_away("dev", days=None),),
        (goes_away("dev", days=3), goes_away("dev", days=10)),
        (goes_away("dev", in_days=0), goes_away("ines", days=None)),
        (goes_away("dev", days=2), goes_away("dev", in_days=1, days=2), goes_away("ines", in_days=1, days=None)),
    ],
    ids=["without an end", "overlapping", "deputy away too", "back to back"],
)
def test_whatever_the_absences_somebody_answers_or_an_alarm_says_that_nobody_does(story, absences):
    """RS6."""
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"), *absences)

    for hours in range(0, 24 * 14, 6):
        answering = story.answering("ring", story.now + timedelta(hours=hours))
        assert answering.person is not None or answering.told is not None


def test_who_held_it_on_an_earlier_day_can_still_be_said(story):
    """RS2."""
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))
    story.later(days=1)
    third_of_march = story.now
    story.later(days=10)
    story.does(steps_down("dev", SOCIAL_WORKER), gives("ines", SOCIAL_WORKER, "ines"))

    assert story.holder("ring") == "ines"
    assert story.holder("ring", third_of_march) == "dev"
    assert story.holder("ring", third_of_march - timedelta(days=30)) is None


def test_a_role_left_empty_does_not_fall_silently_to_the_coordinator(story):
    """RS8."""
    story.happened(creates_role("carol", "podiatrist", NURSING), gives("carol", "podiatrist", "carol"))
    story.happened(asks("asha", role="podiatrist", deputy_role=SOCIAL_WORKER))
    story.happened(takes_on("carol").speaking_as("podiatrist"))
    story.happened(removes("asha", "carol"))

    assert story.standing.people_in("podiatrist", story.now) == ()
    assert story.holder("ring") == "dev"
    assert story.standing.in_hand(COORDINATOR) == ()


def test_whoever_could_carry_it_is_counted_once_and_only_when_present(story):
    """RS9."""
    story.happened(asks("asha"), takes_on("carol"))
    assert story.standing.could_carry(MATRON, SOCIAL_WORKER, story.now) == ("carol", "dev", "ines")
    assert story.standing.could_carry(SOCIAL_WORKER, SOCIAL_WORKER, story.now) == ("dev", "ines")

    story.does(goes_away("ines"))

    assert story.standing.could_carry(MATRON, SOCIAL_WORKER, story.now) == ("carol", "dev")


def test_taking_anyone_off_without_a_guided_leaving_leaves_nothing_unanswered(story):
    """RS16."""
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))

    for person in ("dev", "ines", "carol"):
        story.does(removes("asha", person))
        answering = story.answering("ring")
        assert answering.person is not None or answering.told == "asha"

    assert story.standing.organisations(story.now) == ("practice",)
    assert COUNCIL not in story.standing.organisations(story.now)


def test_a_day_is_a_day_here_also_in_the_first_hour_of_a_summer_s_day(story):
    """H13: at half past midnight in July the day of UTC is still yesterday."""
    story.now = datetime(2026, 7, 4, 23, 30, tzinfo=UTC)

    assert story.refuses(lambda s: replace(asks("asha")(s), first_check_on=date(2026, 7, 4))) == ["check-in-the-past"]
    assert story.refuses(lambda s: replace(asks("asha")(s), first_check_on=date(2026, 7, 5))) == []
