"""Reviewing: a decision comes round by itself, is heard again in short, and is renewed, changed or ended."""

from dataclasses import replace

import pytest

from manyhands import acts, who
from tests.cast import (
    COORDINATOR,
    COUNCIL,
    EVERYONE_CONSENTS,
    FAY_COMES,
    MATRON,
    NURSING,
    PRACTICE,
    VISIT,
    agrees,
    amends,
    answers_review,
    consents,
    consents_if,
    ends,
    gives_no_view,
    joins,
    opens_review,
    proceeds_without,
    proposes,
    renews,
    replaces,
    takes_on,
    withdraws,
)

DECIDED = (proposes("carol", review_by=MATRON), *EVERYONE_CONSENTS, agrees("asha"))
ALL_IS_WELL = (answers_review("asha"), answers_review("carol"), answers_review("dev"))
EVERY_TWO_WEEKS = replace(VISIT, responsibility=who.Responsibility("fortnightly-visit"))
FORTNIGHTLY = proposes("carol", "fortnightly", follows=(EVERY_TWO_WEEKS,))
THEY_ALL_CONSENT = tuple(consents(person, "fortnightly") for person in ("asha", "carol", "dev"))


def decision(story, proposal="visits"):
    return story.standing.proposals[who.Proposal(proposal)].closed


def test_a_review_is_open_from_its_day_on_without_anybody_doing_anything(story):
    story.happened(*DECIDED)
    assert story.refuses(answers_review("dev")) == ["review-not-open"]

    story.later(days=91)  # it is 1 June

    assert story.refuses(answers_review("dev")) == []


def test_anybody_in_a_role_can_ask_for_a_review_sooner_and_says_why(story):
    story.happened(*DECIDED)
    assert story.refuses(opens_review("dev", because=" ")) == ["reason-needed"]

    story.does(opens_review("dev"), answers_review("asha"))

    assert story.refuses(opens_review("carol")) == ["review-is-open"]


def test_only_a_decision_is_reviewed(story):
    story.happened(proposes("carol"))
    assert story.refuses(opens_review("dev")) == ["nothing-like-it"]
    assert story.refuses(answers_review("dev", "lost")) == ["nothing-like-it"]

    story.does(withdraws("carol"))

    assert story.refuses(opens_review("dev")) == ["nothing-like-it"]


def test_whoever_is_affected_says_whether_it_works_and_is_safe_and_why_if_not(story):
    story.happened(*FAY_COMES, *DECIDED, opens_review("dev"))

    assert story.refuses(answers_review("fay")) == ["not-affected"]
    assert story.refuses(answers_review("dev", works=acts.Works.PARTLY)) == ["reason-needed"]
    assert story.refuses(answers_review("dev", safe=False)) == ["reason-needed"]
    assert story.refuses(answers_review("ines", works=acts.Works.NO, because="Half were missed")) == []


def test_a_decision_is_renewed_once_everyone_affected_has_answered(story):
    story.happened(*DECIDED, opens_review("dev"), answers_review("carol"), answers_review("dev"))
    (refusal,) = story.refusals(renews("carol"))
    assert (refusal.code, dict(refusal.organisations)["organisation"]) == ("not-answered-in-review", PRACTICE)

    story.does(answers_review("asha"), renews("carol", by=COORDINATOR))

    assert decision(story).is_live
    assert (str(decision(story).review_on), decision(story).review_by) == ("2026-05-31", COORDINATOR)
    assert story.refuses(answers_review("dev")) == ["review-not-open"]


def test_the_next_review_is_ahead_and_owed_to_a_role_that_is_there(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL)

    assert story.refuses(renews("carol", in_days=0)) == ["next-review-not-ahead"]
    assert story.refuses(renews("carol", by=who.Role("nobody"))) == ["nothing-like-it"]


def test_silence_in_a_review_is_passed_over_with_a_reason_and_an_early_review_once_others_are_heard(story):
    story.happened(*DECIDED, opens_review("dev"))
    late = renews("carol", because="Winter is here", in_days=29)
    soon = renews("carol", because="Winter is here", in_days=28)
    assert story.refuses(soon) == ["alone-in-review"]

    story.does(answers_review("dev"))

    assert story.refuses(late) == ["not-answered-in-review", "not-answered-in-review"]
    assert story.refuses(soon) == []


def test_nothing_is_renewed_that_somebody_says_is_not_safe(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL)
    story.does(answers_review("ines", safe=False, because="A visit was missed after a fall"))
    assert story.refuses(renews("carol")) == ["said-not-safe"]

    story.does(answers_review("dev"))

    assert story.refuses(renews("carol")) == []


def test_a_review_is_closed_by_the_role_that_owes_it_or_the_coordinating_role(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL, FORTNIGHTLY)

    assert story.refuses(renews("dev")) == ["not-for-this-role"]
    assert story.refuses(replaces("dev")) == ["not-for-this-role"]
    assert story.refuses(ends("dev")) == ["not-for-this-role"]
    assert story.refuses(ends("carol")) == []
    assert story.refuses(ends("ben")) == []


def test_a_decision_is_ended_with_a_reason_and_by_nobody_alone(story):
    story.happened(*DECIDED, opens_review("dev"), answers_review("carol"))
    assert story.refuses(ends("carol")) == ["alone-in-review"]

    story.does(answers_review("dev"))
    assert story.refuses(ends("carol", because="")) == ["reason-needed"]
    story.does(ends("carol"))

    assert (decision(story).is_live, decision(story).over) == (False, "ended")
    assert story.refuses(opens_review("dev")) == ["decision-is-over"]
    assert story.refuses(renews("carol")) == ["decision-is-over"]


def test_what_follows_from_a_decision_that_is_over_stays_with_whoever_holds_it(story):
    story.happened(*DECIDED, takes_on("carol", "visit"), opens_review("dev"), *ALL_IS_WELL)

    story.does(ends("carol"))

    assert story.holder("visit") == "carol"
    assert story.standing.in_hand(MATRON) == ((acts.Kind.RESPONSIBILITY, "visit"),)


def test_a_decision_goes_on_until_what_is_to_replace_it_is_agreed(story):
    story.happened(*DECIDED, opens_review("dev"), FORTNIGHTLY, replaces("carol"))
    assert decision(story).is_live
    assert story.refuses(renews("carol", because="After all", in_days=7)) == ["replacement-is-asked", "alone-in-review"]

    story.does(*THEY_ALL_CONSENT, agrees("asha", "fortnightly"))

    assert (decision(story).over, decision(story).replaced_by) == ("changed", "fortnightly")
    assert story.refuses(ends("carol")) == ["decision-is-over"]


def test_a_change_that_is_taken_back_leaves_the_review_open(story):
    story.happened(*DECIDED, opens_review("dev"), *ALL_IS_WELL, FORTNIGHTLY, replaces("carol"))

    story.does(withdraws("carol", "fortnightly"))

    assert decision(story).is_live
    assert story.refuses(renews("carol")) == []


def test_what_replaces_a_decision_is_an_open_proposal_and_says_why(story):
    story.happened(*DECIDED, opens_review("dev"))
    assert story.refuses(replaces("carol")) == ["nothing-like-it"]
    assert story.refuses(replaces("carol", replacement="visits")) == ["nothing-like-it"]

    story.does(FORTNIGHTLY)

    assert story.refuses(replaces("carol", because="")) == ["reason-needed"]
    assert story.refuses(replaces("carol")) == []


def test_a_change_passes_over_nobody_whom_the_decision_affects(story):
    story.happened(*DECIDED, opens_review("dev"))
    story.happened(proposes("carol", "fortnightly", follows=(EVERY_TWO_WEEKS,), affected=(PRACTICE, NURSING)))
    (refusal,) = story.refusals(replaces("carol"))
    assert (refusal.code, dict(refusal.organisations)["organisation"]) == ("leaves-out", COUNCIL)

    everybody = amends("carol", "fortnightly", affected=(PRACTICE, NURSING, COUNCIL))
    story.does(everybody, replaces("carol"))
    story.does(amends("carol", "fortnightly", version=2, affected=(PRACTICE, NURSING)))
    story.does(consents("asha", "fortnightly", 3), consents("carol", "fortnightly", 3))

    assert story.refuses(agrees("asha", "fortnightly", 3)) == ["leaves-out"]


@pytest.mark.parametrize("how", [agrees, proceeds_without])
def test_a_renewed_decision_comes_round_again_by_itself(story, how):
    story.happened(proposes("carol"), consents("asha"), consents("carol"))
    story.happened(*(() if how is proceeds_without else [gives_no_view("dev")]), how("asha"))
    story.later(days=92)
    story.happened(*ALL_IS_WELL, renews("asha"))
    assert story.refuses(answers_review("dev")) == ["review-not-open"]

    story.later(days=90)

    assert story.refuses(answers_review("dev")) == []


def test_conditions_of_a_decision_that_is_over_wait_for_nobody(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), consents_if("dev"), agrees("asha"))
    assert (acts.Kind.CONDITION, "diary") in story.standing.in_hand(COORDINATOR)

    story.does(opens_review("dev"), *ALL_IS_WELL, ends("asha"))

    assert story.standing.in_hand(COORDINATOR) == ()


def test_whoever_is_outside_takes_no_part_in_a_review(story):
    story.happened(*DECIDED, opens_review("dev"))

    assert story.refuses(answers_review("esi")) == ["not-a-member"]
    assert story.refuses(joins("esi")) == ["not-invited"]
