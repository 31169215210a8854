"""Reviews as people see them: what was expected and what happened, what each organisation says, and who is told."""

from hypothesis import HealthCheck, given, settings

from manyhands import acts, who
from manyhands.pictures import alarms, my_work, proposals, who_holds_what
from manyhands.pictures.reviews import expected
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    MATRON,
    TEAM,
    agrees,
    answers_review,
    completes,
    consents,
    ends,
    goes_away,
    objects,
    opens_review,
    proposes,
    removes,
    renews,
    replaces,
    reports,
    takes_on,
    withdraws,
    withdraws_objection,
)
from tests.histories import histories
from tests.stories.test_reviewing import ALL_IS_WELL, DECIDED, FORTNIGHTLY, THEY_ALL_CONSENT


def told(story, proposal="visits"):
    return proposals.fold(story.recorded).proposals[who.Proposal(proposal)]


def work(story, person):
    carried = who_holds_what.fold(story.recorded)
    return my_work.my_work(TEAM, who.Person(person), proposals.fold(story.recorded), carried, story.standing, story.now)


def ringing(story):
    return {a.kind for a in alarms.alarms(who_holds_what.fold(story.recorded), story.standing, story.now)}


def test_what_was_expected_stands_beside_what_has_happened_since_the_newest_word_first(story):
    story.happened(*DECIDED, takes_on("carol", "visit"), reports("carol", "visit"), completes("carol", "visit"))

    decision = story.standing.proposals[who.Proposal("visits")]
    (line,) = expected(decision, who_holds_what.fold(story.recorded), story.standing, story.now)

    assert line.follows.known_by == "A visit each week in the record"
    assert [step.words for step in line.happened] == ["She is up and about", "No answer yet"]
    assert (line.held.state, line.held.outcome) == ("closed", acts.Outcome.DONE)


def test_g5_a_review_comes_round_on_the_work_of_its_role_though_whoever_proposed_has_left(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"), removes("asha", "carol"))
    assert [review.open for review in work(story, "asha").coming] == [False]

    story.later(days=92)

    assert [(review.proposal, review.open) for review in work(story, "asha").reviews] == [("visits", True)]
    story.happened(goes_away("asha"))
    assert [review.role for review in work(story, "ben").reviews] == [COORDINATOR]


def test_a_review_that_nobody_present_owes_rings_and_the_coordinating_role_is_told(story):
    story.happened(*DECIDED, goes_away("carol", days=None), opens_review("dev"))

    assert "review-nobody" in ringing(story)
    assert "review-nobody" in {alarm.kind for alarm in work(story, "asha").told}


def test_an_open_review_waits_for_whoever_can_speak_for_an_organisation_that_has_not_answered(story):
    story.happened(*DECIDED)
    assert work(story, "dev").to_review == ()

    story.does(opens_review("carol"), answers_review("asha"))

    assert [each.organisation for each in work(story, "dev").to_review] == [COUNCIL]
    assert work(story, "asha").to_review == ()


def test_while_a_change_is_asked_nobody_is_asked_about_the_decision_as_well(story):
    story.happened(*DECIDED, opens_review("dev"), FORTNIGHTLY, replaces("carol"))

    assert work(story, "dev").to_review == ()
    assert work(story, "carol").reviews[0].replacement == "fortnightly"


def test_those_who_objected_are_told_how_it_goes_as_well_as_those_who_agreed(story):
    story.happened(proposes("carol"), objects("dev"), withdraws_objection("dev"), *EVERYONE_CONSENTS, agrees("asha"))
    story.happened(takes_on("carol", "visit"), completes("carol", "visit"))

    (shown,) = work(story, "dev").objected

    assert (shown.done, shown.follows, shown.over) == (1, 1, None)
    assert work(story, "asha").objected == ()


def test_each_review_keeps_who_asked_for_it_what_was_said_and_what_came_of_it(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL, renews("carol", by=MATRON), opens_review("asha"))
    story.happened(answers_review("dev", safe=False, because="A fall"), answers_review("dev"))

    first, second = told(story).reviews

    assert (first.asked.person, first.came.how, len(first.said)) == ("dev", "renewed", 3)
    assert (second.asked.person, second.came, second.is_over) == ("asha", None, False)
    assert [said.safe for said in second.said] == [False, True]
    assert [said.safe for said in second.newest] == [True]


def test_a_decision_and_what_replaces_it_know_of_each_other(story):
    story.happened(*DECIDED, opens_review("dev"), FORTNIGHTLY, replaces("carol"))
    assert told(story).reviews[-1].came.how == "to-be-changed"
    assert told(story, "fortnightly").replaces == ("visits",)

    story.does(*THEY_ALL_CONSENT, agrees("asha", "fortnightly"))

    assert (told(story).reviews[-1].came.how, told(story).reviews[-1].came.replacement) == ("changed", "fortnightly")


def test_a_change_that_was_taken_back_leaves_the_review_as_it_was(story):
    story.happened(*DECIDED, opens_review("dev"), answers_review("dev"), FORTNIGHTLY, replaces("carol"))

    story.does(withdraws("carol", "fortnightly"))

    (review,) = told(story).reviews
    assert (review.came, len(review.said)) == (None, 1)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_the_picture_of_reviews_says_what_the_rules_go_by_in_any_history(chapters):
    story = chapters[-1]
    seen = proposals.fold(story.recorded).proposals
    for proposal, stands in story.standing.proposals.items():
        if stands.closed is None or not stands.closed.is_decision:
            assert seen[proposal].reviews == ()
            continue
        reviews = seen[proposal].reviews
        came = reviews[-1].came if reviews else None
        now = reviews[-1] if reviews and not reviews[-1].is_over else None
        assert stands.closed.over == (came.how if came and came.how in ("ended", "changed") else None)
        assert stands.closed.review.replacement == (came.replacement if came and came.replacement else None)
        if stands.closed.is_live:
            said = {(s.by.role, s.safe) for s in now.newest} if now else set()
            assert {(a.role, a.safe) for a in stands.closed.review.answers} == said


def test_an_ended_decision_owes_nothing(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL, ends("carol"))

    assert work(story, "carol").reviews == ()
    assert "review-overdue" not in ringing(story)
    assert story.refuses(consents("dev")) == ["closed-already"]
