"""Who holds what, now and on any day, and why; how long it has waited; and how many could carry it tomorrow."""

from datetime import timedelta

from manyhands.pictures import who_holds_what
from manyhands.pictures.who_holds_what import open_now, who_held, whose
from tests.cast import (
    COORDINATOR,
    EVERYONE_CONSENTS,
    MATRON,
    NURSING,
    SOCIAL_WORKER,
    accepts,
    agrees,
    asks,
    comes_back,
    completes,
    creates_role,
    declines,
    gives,
    goes_away,
    item,
    offers,
    proceeds_without,
    proposes,
    removes,
    reports,
    steps_down,
    takes_on,
    withdraws,
)


def picture(story):
    return who_holds_what.fold(story.recorded)


def told(story, responsibility="ring"):
    return picture(story).responsibilities[responsibility]


def held(story, responsibility="ring"):
    everything = open_now(picture(story), story.standing, story.now)
    return next(h for h in everything if h.responsibility == responsibility)


def held_at(story, at, responsibility="ring"):
    return who_held(told(story, responsibility), story.standing, at)


# ---- where it came from and what happened to it ----------------------------------------------------------------------


def test_what_follows_from_a_decision_is_asked_of_its_role_and_says_where_it_came_from(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("carol"))

    visit = held(story, "visit")

    assert (visit.proposal, visit.role, visit.state) == ("visits", MATRON, "asked")
    assert visit.known_by == "A visit each week in the record"


def test_nothing_follows_from_a_proposal_that_was_withdrawn_or_is_only_talked_about(story):
    story.happened(proposes("carol"))
    assert picture(story).responsibilities == {}

    story.does(withdraws("carol"))

    assert picture(story).responsibilities == {}


def test_a_decision_without_somebody_has_what_follows_too(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS[:2], proceeds_without("carol"))

    assert held(story, "visit").asked_by.person == "carol"


def test_every_step_is_kept_in_order_in_the_words_it_was_given(story):
    story.happened(asks("asha"), declines("carol"), asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))
    story.happened(takes_on("dev"), reports("dev"), completes("dev"))

    steps = told(story).steps

    assert [s.what for s in steps] == ["asked", "declined", "asked", "taken-on", "reported", "completed"]
    assert steps[1].words == "We have nobody on that day"
    assert steps[5].words == "She is up and about"


def test_folding_in_two_goes_equals_folding_in_one_and_leaves_the_first_as_it_was(story):
    story.happened(asks("asha"), takes_on("carol"), reports("carol"), proposes("carol"), *EVERYONE_CONSENTS)
    story.happened(agrees("carol"), offers("carol", "dev", item("responsibility", "ring", MATRON, SOCIAL_WORKER)))
    story.happened(accepts("dev", "responsibility", "ring"))
    for cut in range(len(story.recorded)):
        first = who_holds_what.fold(story.recorded[:cut])
        assert who_holds_what.fold(story.recorded[cut:], first) == picture(story)
        assert first == who_holds_what.fold(story.recorded[:cut])


# ---- who holds it, and why: RS2, RS5, RS6 ----------------------------------------------------------------------------


def test_rs2_who_holds_it_now_and_who_held_it_on_a_day_are_answered_from_the_same_acts(story):
    story.happened(asks("asha"), takes_on("carol"))
    monday = story.now
    story.later(days=1)
    story.happened(goes_away("carol", days=7))
    tuesday = story.now
    story.later(days=1)
    story.happened(comes_back("carol"), completes("carol"))

    assert held_at(story, monday).person == "carol"
    assert (held_at(story, tuesday).person, held_at(story, tuesday).how) == ("dev", "stands-in")
    assert held_at(story, story.now) is None
    assert held_at(story, monday - timedelta(days=2)) is None


def test_rs5_the_deputy_holds_from_the_minute_the_holder_is_away_and_nothing_is_written_to_the_item(story):
    story.happened(asks("ines", role=SOCIAL_WORKER, deputy_role=MATRON))
    story.happened(takes_on("dev"))
    before = told(story)
    story.happened(goes_away("dev", days=7))

    why = held(story).why

    assert (why.person, why.how, why.instead_of) == ("ines", "deputy", "dev")
    assert why.until == story.standing.away_until("dev", story.now)
    assert told(story) == before

    story.happened(comes_back("dev"))

    assert (held(story).why.person, held(story).why.how) == ("dev", "holder")


def test_rs6_with_the_deputy_away_too_whoever_is_in_the_deputy_role_stands_in(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))
    story.happened(goes_away("dev", days=None), goes_away("ines", days=3), goes_away("dev", days=1))

    why = held(story).why

    assert (why.person, why.how, why.in_role, why.until) == ("carol", "stands-in", MATRON, None)


def test_rs6_when_everyone_who_could_is_away_nobody_holds_it_and_it_says_so(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("carol"), goes_away("dev"), goes_away("ines"))

    assert (held(story).why.person, held(story).why.how) == (None, "nobody")


def test_what_was_declined_is_held_by_nobody_until_somebody_else_is_asked(story):
    story.happened(asks("asha"), declines("carol"))
    assert held(story).why.how == "declined"

    story.does(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON))

    assert held(story).why.person == "dev"


def test_what_was_handed_over_is_with_the_new_role_from_that_moment(story):
    story.happened(asks("asha"), takes_on("carol"))
    before = story.now
    story.happened(offers("carol", "dev", item("responsibility", "ring", MATRON, SOCIAL_WORKER)))
    assert held(story).role == MATRON

    story.does(accepts("dev", "responsibility", "ring"))

    assert (held(story).role, held(story).newest.what) == (SOCIAL_WORKER, "handed-over")
    assert held_at(story, before).person == "carol"


# ---- waiting: RS19, RS4, RS9 -----------------------------------------------------------------------------------------


def test_rs19_a_note_on_a_ten_day_old_thing_leaves_it_ten_days_old_in_its_place(story):
    story.happened(asks("asha", "ring"), takes_on("carol", "ring"))
    story.later(days=4)
    story.happened(asks("asha", "door"), takes_on("carol", "door"))
    story.later(days=6)
    before = [h.responsibility for h in open_now(picture(story), story.standing, story.now)]

    story.does(reports("carol", "ring"))

    assert held(story, "ring").days_waiting == 10
    assert [h.responsibility for h in open_now(picture(story), story.standing, story.now)] == before == ["ring", "door"]


def test_what_nobody_holds_comes_first_then_the_most_overdue(story):
    story.happened(asks("asha", "ring", in_days=1), takes_on("carol", "ring"))
    story.happened(asks("asha", "door", SOCIAL_WORKER, COORDINATOR), declines("dev", "door"))
    story.later(days=5)

    everything = open_now(picture(story), story.standing, story.now)

    assert [h.responsibility for h in everything] == ["door", "ring"]
    assert (everything[1].days_overdue, held(story, "ring").state) == (4, "taken-on")


def test_what_was_asked_is_held_by_nobody_until_it_is_taken_on_also_looking_back(story):
    story.happened(asks("asha"))
    asked_at = story.now
    assert held(story).why.only_asked

    story.later(days=1)
    story.happened(takes_on("carol"))

    assert not held(story).why.only_asked
    assert held_at(story, asked_at).only_asked


def test_rs4_one_list_says_what_is_mine_my_organisations_and_my_teams(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))

    assert [whose(held(story), who, story.standing, story.now) for who in ("dev", "ines", "carol")] == [
        "mine",
        "my-organisation's",
        "my-team's",
    ]


def test_rs9_only_those_present_count_and_somebody_in_both_roles_counts_once(story):
    story.happened(asks("asha", role=SOCIAL_WORKER, deputy_role=MATRON), takes_on("dev"))
    assert held(story).could_carry == ("dev", "ines", "carol")

    story.happened(goes_away("ines"), creates_role("carol", "second", NURSING), gives("carol", "second", "carol"))
    story.happened(asks("asha", "door", MATRON, "second"))

    assert held(story).could_carry == ("dev", "carol")
    assert held(story, "door").could_carry == ("carol",)
    assert held(story, "door").thin


def test_rs9_tomorrow_means_tomorrow(story):
    story.happened(asks("asha"), takes_on("carol"), goes_away("carol", in_days=0.5, days=7))

    assert held(story).why.person == "carol"
    assert "carol" not in held(story).could_carry


def test_a_leaver_taken_off_the_team_is_off_every_list_at_once(story):
    story.happened(asks("asha"), takes_on("carol"), removes("asha", "carol"))

    assert held(story).why.person == "dev"
    assert "carol" not in held(story).could_carry


def test_a_role_that_was_stepped_down_from_is_shown_as_vacant_not_as_away(story):
    story.happened(asks("asha"), takes_on("carol"), steps_down("carol", MATRON))

    assert (held(story).why.how, held(story).why.instead_of) == ("stands-in", None)
