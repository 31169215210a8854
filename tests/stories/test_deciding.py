"""Deciding by consent: raised, proposed, heard, amended, agreed; G1 to G18 of the reference that these acts concern."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from manyhands import acts, who
from tests.cast import (
    CARRY_ON,
    CHARITY,
    COORDINATOR,
    COUNCIL,
    EVERYONE_AFFECTED,
    EVERYONE_CONSENTS,
    FAY_COMES,
    MATRON,
    NURSING,
    PRACTICE,
    SOCIAL_WORKER,
    VISIT,
    WEEKLY,
    accepts,
    agrees,
    amends,
    comments,
    consents,
    consents_if,
    creates_role,
    fulfils,
    gives,
    gives_no_view,
    goes_away,
    has_a_concern,
    invites,
    item,
    joins,
    leaves,
    lowers,
    objects,
    offers,
    proceeds_without,
    proposes,
    raises,
    removes,
    resolves,
    says_it_states,
    stands_aside,
    takes_on,
    withdraws,
    withdraws_objection,
    words,
)


def test_anyone_in_the_team_can_raise_a_matter_and_comment_on_it(story):
    story.does(raises("dev"))

    assert story.refuses(raises("dev")) == ["taken-identifier"]
    assert story.refuses(raises("carol", "another").but(words="")) == ["words-needed"]
    assert story.refuses(raises("carol", "another").but(group="nobody")) == ["nothing-like-it"]
    assert story.refuses(comments("carol").but(proposal=None, matter="visits")) == []
    assert story.refuses(comments("carol", "not-there")) == ["nothing-like-it"]


def test_a_proposal_names_a_question_options_what_is_proposed_and_whom_it_affects(story):
    assert story.refuses(proposes("carol")) == []
    assert story.refuses(proposes("carol", question="")) == ["words-needed"]
    assert story.refuses(proposes("carol", options=(WEEKLY,))) == ["carry-on-missing"]
    assert story.refuses(proposes("carol", options=(CARRY_ON,), proposed="as-now")) == ["one-option-only"]
    assert story.refuses(proposes("carol", options=(CARRY_ON, replace(WEEKLY, words="")))) == ["words-needed"]
    assert story.refuses(proposes("carol", proposed="monthly")) == ["nothing-proposed"]
    assert story.refuses(proposes("carol", affected=())) == ["nobody-affected"]
    assert story.refuses(proposes("carol").but(group="nobody")) == ["nothing-like-it"]
    assert story.refuses(proposes("carol").but(matter="nothing")) == ["nothing-like-it"]
    assert story.refuses(proposes("carol", review_by="nobody")) == ["nothing-like-it"]
    yesterday = story.now.date() - timedelta(days=1)
    assert story.refuses(proposes("carol", review_on=yesterday)) == ["review-in-the-past"]
    late = replace(VISIT, first_check_on=yesterday)
    assert story.refuses(proposes("carol", follows=(late,))) == ["check-in-the-past"]


def test_an_organisation_that_nobody_can_speak_for_is_not_affected_until_somebody_can(story):
    affected = (*EVERYONE_AFFECTED, CHARITY)
    assert story.refuses(proposes("carol", affected=affected)) == ["nobody-can-speak-for"]

    story.does(*FAY_COMES)

    assert story.refuses(proposes("carol", affected=affected)) == []


def test_what_follows_names_two_different_roles_that_are_there(story):
    twice = replace(VISIT, deputy_role=MATRON)
    assert story.refuses(proposes("carol", follows=(twice,))) == ["same-role-twice"]
    assert story.refuses(proposes("carol", follows=(replace(VISIT, role="nobody"),))) == ["nothing-like-it"]
    assert story.refuses(proposes("carol", follows=(replace(VISIT, what=""),))) == ["words-needed"]

    story.does(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"))

    assert story.refuses(proposes("carol", "again")) == ["taken-identifier"]


def test_nothing_is_agreed_until_everyone_it_touches_has_been_heard(story):
    """G2, G14: the missing organisations are named."""
    story.happened(proposes("carol"), consents("carol"))
    refusals = story.refusals(agrees("carol"))
    assert [refusal.code for refusal in refusals] == ["not-yet-heard", "not-yet-heard"]
    assert [dict(refusal.organisations)["organisation"] for refusal in refusals] == [PRACTICE, COUNCIL]
    assert dict(refusals[1].people)["could"] == ("dev", "ines")

    story.does(consents("asha"), consents("dev"))

    assert story.refuses(agrees("carol")) == []


def test_the_silent_organisation_s_deputy_answers_and_then_it_can_close(story):
    """G3, and the five-organisations test of the closing rule."""
    story.happened(proposes("carol"), consents("asha"), consents("carol"))
    assert story.refuses(agrees("asha")) == ["not-yet-heard"]

    story.does(gives_no_view("ines"))

    assert story.refuses(agrees("asha")) == []


@pytest.mark.parametrize("answers", [consents, has_a_concern, consents_if, stands_aside, gives_no_view])
def test_every_position_counts_as_heard_and_only_an_objection_stands_in_the_way(story, answers):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), answers("dev"))

    assert story.refuses(agrees("asha")) == []


def test_an_objection_counts_as_heard_and_blocks(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), objects("dev"))

    assert story.refuses(agrees("asha")) == ["objection-stands"]


def test_a_concern_a_condition_and_an_objection_say_why(story):
    story.happened(proposes("carol"))

    assert story.refuses(has_a_concern("dev", because=" ")) == ["reason-needed"]
    assert story.refuses(consents_if("dev", because="")) == ["reason-needed"]
    assert story.refuses(objects("dev", because="")) == ["reason-needed"]
    assert story.refuses(consents("dev")) == []
    assert story.refuses(stands_aside("dev")) == []


def test_only_affected_organisations_take_positions_on_what_is_there(story):
    story.happened(proposes("carol", affected=(PRACTICE, NURSING)))

    assert story.refuses(consents("dev")) == ["not-affected"]
    assert story.refuses(consents("carol", "not-there")) == ["nothing-like-it"]
    assert story.refuses(consents("carol", version=2)) == ["changed-since"]


def test_a_role_s_newest_position_replaces_its_earlier_one(story):
    story.happened(proposes("carol"), has_a_concern("dev"), consents("ines"))

    positions = story.standing.proposals["visits"].positions
    assert [(given.by, given.kind) for given in positions] == [("ines", "consent")]


def test_someone_with_two_roles_speaks_for_one_organisation_at_a_time(story):
    """G10: the other organisation is not thereby heard."""
    story.happened(invites("asha", "carol", COUNCIL), joins("carol").speaking_for(COUNCIL))
    story.happened(creates_role("carol", "falls-lead", COUNCIL).speaking_for(COUNCIL))
    story.happened(gives("carol", "falls-lead", "carol").speaking_for(COUNCIL))
    story.happened(proposes("asha", affected=(NURSING, COUNCIL)))
    assert story.refuses(consents("carol").speaking_as(MATRON).speaking_for(COUNCIL)) == [
        "role-is-for-another-organisation"
    ]

    story.does(consents("carol").speaking_as(MATRON))

    assert list(story.standing.proposals["visits"].not_yet_heard()) == [COUNCIL]


def test_nobody_speaks_in_a_role_that_is_not_theirs(story):
    story.happened(proposes("carol"))

    assert story.refuses(consents("carol").speaking_as(SOCIAL_WORKER).speaking_for(NURSING)) == [
        "role-is-for-another-organisation"
    ]
    story.happened(creates_role("carol", "podiatrist", NURSING))
    assert story.refuses(consents("carol").speaking_as("podiatrist")) == ["not-your-role"]
    assert story.refuses(consents("carol").speaking_as("nothing-like-it").speaking_for(NURSING)) == ["nothing-like-it"]


def test_an_objection_read_as_a_safety_concern_has_the_one_life_there_is(story):
    """G12: raised, met by a change, closed by the role that raised it, and linked to the version that met it."""
    story.happened(proposes("carol"), objects("dev", because="A safety concern: nobody to lift with"), amends("carol"))

    story.does(resolves("ines"))

    objection = story.standing.objections["lone-visits"]
    assert (objection.is_open, objection.version, objection.closed_version) == (False, 1, 2)


def test_a_closed_decision_is_sealed(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS, agrees("asha"))

    for doing in (has_a_concern("dev"), agrees("asha"), withdraws("carol"), amends("carol"), proceeds_without("asha")):
        assert "closed-already" in story.refuses(doing)
    assert story.refuses(comments("dev")) == []


def test_what_follows_needs_hands_before_anything_is_agreed(story):
    """G17: refused, saying what is missing."""
    story.happened(proposes("carol", follows=()), *EVERYONE_CONSENTS)
    assert story.refuses(agrees("asha")) == ["nothing-follows"]

    bare = replace(VISIT, role=None, deputy_role=None, first_check_on=None)
    story.does(amends("carol", material=False, follows=(bare,)))
    assert story.refuses(agrees("asha")) == ["hands-missing"] * 3
    missing = [dict(refusal.words)["missing"] for refusal in story.refusals(agrees("asha"))]
    assert missing == ["role to hold it", "role to stand in", "day of the first check"]

    story.does(amends("carol", material=False, follows=(VISIT,)))
    assert story.refuses(agrees("asha")) == []


@pytest.mark.parametrize("missing", [{"review_on": None}, {"review_by": None}])
def test_nothing_is_agreed_without_a_review_that_is_owed_to_a_role(story, missing):
    story.happened(proposes("carol", **missing), *EVERYONE_CONSENTS)

    assert story.refuses(agrees("asha")) == ["no-review"]


def test_agreeing_asks_the_roles_for_what_follows_and_freezes_who_could_have_spoken(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)

    story.does(agrees("asha"))

    closed = story.standing.proposals["visits"].closed
    assert (closed.how, closed.review_on, closed.review_by) == ("agreed", date(2026, 6, 1), COORDINATOR)
    assert (COUNCIL, SOCIAL_WORKER, "ines") in closed.entitled
    assert story.standing.responsibilities["visit"].state == "asked"
    assert story.refuses(takes_on("carol", "visit")) == []


# ---- proceeding without ------------------------------------------------------------------------------------------


def test_silence_is_not_a_veto_but_passing_over_it_takes_a_reason_and_an_early_review(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"))
    assert story.refuses(proceeds_without("asha", because="")) == ["reason-needed"]

    story.does(proceeds_without("asha"))

    closed = story.standing.proposals["visits"].closed
    assert closed.how == "agreed-without"
    assert closed.unheard == (COUNCIL,)
    assert closed.review_on - closed.at.date() == timedelta(days=28)
    assert closed.review_by == COORDINATOR


def test_an_earlier_review_stays_earlier_and_one_that_was_missing_is_set(story):
    soon = (story.now + timedelta(days=10)).date()
    story.happened(proposes("carol", review_on=soon), consents("asha"), consents("carol"), proceeds_without("asha"))
    again = replace(VISIT, responsibility="visit-again")
    story.happened(proposes("carol", "more", review_on=None, follows=(again,)), consents("asha", "more"))

    story.does(proceeds_without("asha", "more"))

    assert story.standing.proposals["visits"].closed.review_on == soon
    assert story.standing.proposals["more"].closed.review_on == (story.now + timedelta(days=28)).date()


def test_an_objection_is_never_passed_over(story):
    story.happened(proposes("carol"), consents("asha"), objects("dev"))

    assert story.refuses(proceeds_without("asha")) == ["objection-stands"]


def test_passing_over_silence_needs_everything_else(story):
    story.happened(proposes("carol", follows=(), review_by=None), consents("asha"))
    assert story.refuses(proceeds_without("asha")) == ["nothing-follows", "no-review"]


def test_silence_is_not_passed_over_before_anybody_else_has_answered(story):
    """G14 again: whoever proposes does not decide alone."""
    story.happened(proposes("carol"))
    assert story.refuses(proceeds_without("carol")) == ["nobody-else-has-answered"]
    story.does(consents("carol"))
    assert story.refuses(proceeds_without("carol")) == ["nobody-else-has-answered"]

    story.does(consents("asha"))

    assert story.refuses(proceeds_without("carol")) == []


def test_a_day_that_has_passed_by_the_time_of_agreeing_is_chosen_again(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)
    story.later(days=400)
    assert story.refuses(agrees("asha")) == ["check-in-the-past", "review-in-the-past"]

    later = replace(VISIT, first_check_on=story.now.date() + timedelta(days=14))
    story.does(amends("carol", material=False, follows=(later,), review_on=story.now.date() + timedelta(days=90)))

    assert story.refuses(agrees("asha")) == []


def test_a_review_that_has_passed_is_set_ahead_when_silence_is_passed_over(story):
    soon = (story.now + timedelta(days=2)).date()
    story.happened(proposes("carol", review_on=soon), consents("asha"), consents("carol"))
    story.later(days=10)

    story.does(proceeds_without("asha"))

    assert story.standing.proposals["visits"].closed.review_on == (story.now + timedelta(days=28)).date()


def test_nobody_is_passed_over_when_everyone_was_heard(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)

    assert story.refuses(proceeds_without("asha")) == ["everyone-has-been-heard"]


# ---- versions ----------------------------------------------------------------------------------------------------


def test_a_material_change_makes_a_version_on_which_everyone_is_heard_again_and_loses_no_position(story):
    """G8."""
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)

    story.does(amends("carol"))

    assert story.refuses(agrees("asha", version=2)) == ["not-yet-heard"] * 3
    assert [given.version for given in story.standing.proposals["visits"].positions] == [1, 1, 1]
    story.does(*(consents(person, version=2) for person in ("asha", "carol", "dev")))
    assert story.refuses(agrees("asha", version=2)) == []


def test_a_change_of_wording_leaves_positions_as_they_are(story):
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)

    story.does(amends("carol", material=False))

    assert story.standing.proposals["visits"].version == 1
    assert story.refuses(agrees("asha")) == []


def test_nobody_answers_or_agrees_to_a_version_that_is_no_longer_in_hand(story):
    story.happened(proposes("carol"), consents("asha"), amends("carol"))

    assert story.refuses(consents("dev", version=1)) == ["changed-since"]
    assert "changed-since" in story.refuses(agrees("asha", version=1))
    assert "changed-since" in story.refuses(amends("carol", version=1, question=words("Once more?")))


def test_a_proposal_is_changed_by_whoever_proposed_or_coordinates_and_says_why(story):
    story.happened(proposes("carol"))

    assert story.refuses(amends("asha")) == []
    assert story.refuses(amends("dev")) == ["not-for-this-role"]
    story.happened(proposes("dev", "other"))
    assert story.refuses(amends("ines", "other")) == []
    assert story.refuses(amends("carol", question=proposes("carol").fields["terms"].question)) == ["nothing-changed"]
    assert story.refuses(lambda s: replace(amends("carol")(s), because="")) == ["reason-needed"]
    assert story.refuses(amends("carol", "not-there")) == ["nothing-like-it"]


# ---- objections --------------------------------------------------------------------------------------------------


def test_nothing_is_agreed_over_an_objection_until_it_is_resolved(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), objects("dev"))
    assert story.refuses(agrees("asha")) == ["objection-stands"]

    story.does(amends("carol"), resolves("dev"))
    story.does(*(consents(person, version=2) for person in ("asha", "carol", "dev")))

    assert story.refuses(agrees("asha", version=2)) == []
    objection = story.standing.objections["lone-visits"]
    assert (objection.closed_as, objection.closed_version) == ("integrated", 2)


def test_an_objection_is_closed_by_whoever_raised_it_or_their_deputy_and_never_by_the_proposer_alone(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol"))

    assert story.refuses(resolves("carol")) == ["not-by-whoever-objected"]
    assert story.refuses(withdraws_objection("asha")) == ["not-by-whoever-objected"]
    assert story.refuses(resolves("ines")) == []
    assert story.refuses(withdraws_objection("ines")) == []


def test_whoever_proposes_does_not_close_somebody_else_s_objection_though_they_deputise_for_its_role(story):
    story.happened(proposes("ines"), objects("dev"), amends("ines"))
    assert story.refuses(resolves("ines")) == ["not-by-whoever-proposed"]
    assert story.refuses(withdraws_objection("ines")) == ["not-by-whoever-proposed"]

    assert story.refuses(resolves("dev")) == []


def test_whoever_proposes_can_take_back_their_own_objection(story):
    story.happened(proposes("dev"), objects("dev"), amends("dev"))

    assert story.refuses(resolves("dev")) == []


def test_an_objection_is_met_by_a_change_or_a_safeguard_else_it_is_withdrawn_with_a_reason(story):
    story.happened(proposes("carol"), objects("dev"))
    assert story.refuses(resolves("dev", version=1)) == ["nothing-answers-it"]
    assert story.refuses(resolves("dev", version=1, safeguard="another")) == ["nothing-like-it"]
    assert story.refuses(withdraws_objection("dev", because="")) == ["reason-needed"]
    assert story.refuses(resolves("dev", "not-there")) == ["nothing-like-it"]

    story.does(resolves("dev", version=1, safeguard="visit"))

    assert story.standing.objections["lone-visits"].closed_as == "accepted-with-a-safeguard"
    assert story.refuses(withdraws_objection("dev")) == ["objection-is-closed"]


def test_a_safeguard_that_met_an_objection_stays_among_what_follows(story):
    another = replace(VISIT, responsibility="pairs", what="Visit in pairs after dark")
    story.happened(proposes("carol", follows=(VISIT, another)), objects("dev"))
    story.happened(resolves("dev", version=1, safeguard="pairs"))

    assert story.refuses(amends("carol", follows=(VISIT,))) == ["safeguard-stays"]
    assert story.refuses(amends("carol", follows=(another,))) == []


def test_an_objection_is_tested_by_what_it_states_and_stays_open(story):
    """Raised, tested, closed: saying what it states closes nothing."""
    story.happened(proposes("carol"), objects("dev"), consents("asha"), consents("carol"))
    assert story.refuses(says_it_states("carol", acts.Criterion.NEITHER, because=" ")) == [
        "reason-needed",
        "not-by-whoever-proposed",
    ]
    assert story.refuses(says_it_states("carol", acts.Criterion.DUTY)) == []
    assert story.refuses(says_it_states("asha", objection="lost")) == ["nothing-like-it"]

    story.does(says_it_states("asha", acts.Criterion.NEITHER, because="It speaks of parking"))
    assert story.refuses(agrees("asha")) == ["objection-stands"]
    story.does(says_it_states("ines", acts.Criterion.DUTY))

    assert story.standing.objections["lone-visits"].tested == acts.Criterion.DUTY
    story.happened(withdraws_objection("dev"))
    assert story.refuses(says_it_states("ines")) == ["objection-is-closed"]


def test_an_objection_becomes_a_concern_by_its_raiser_s_choice_with_its_words_kept(story):
    story.happened(proposes("carol"), objects("dev"), consents("asha"), consents("carol"))
    assert story.refuses(lowers("carol")) == ["not-by-whoever-objected"]
    assert story.refuses(lowers("dev", version=2)) == ["changed-since"]
    assert story.refuses(lowers("dev", objection="lost")) == ["nothing-like-it"]

    story.does(lowers("ines"))

    position = story.standing.proposals["visits"].position_of(SOCIAL_WORKER)
    assert (position.kind, position.by) == ("concern", "ines")
    assert position.because == "Visiting alone after dark puts our staff at risk"
    assert story.standing.objections["lone-visits"].closed_as == "became-a-concern"
    assert story.refuses(agrees("asha")) == []
    assert story.refuses(lowers("dev")) == ["objection-is-closed"]


def test_an_organisation_that_is_affected_no_longer_withdraws_its_objection_instead(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol", affected=(PRACTICE, NURSING)))

    assert story.refuses(lowers("dev", version=2)) == ["not-affected"]
    assert story.refuses(withdraws_objection("dev")) == []


def test_an_objection_survives_its_objector_and_is_closed_by_the_successor(story):
    """G4."""
    story.happened(proposes("carol"), objects("dev"), removes("asha", "dev"))
    assert story.standing.objections["lone-visits"].is_open
    assert story.refuses(withdraws_objection("dev").speaking_for(COUNCIL)) == ["not-a-member"]

    story.does(gives("ines", SOCIAL_WORKER, "ines"))

    assert story.refuses(withdraws_objection("ines")) == []


def test_a_role_whose_objection_is_open_does_not_answer_otherwise(story):
    story.happened(proposes("carol"), objects("dev"))

    assert story.refuses(consents("ines")) == ["own-objection-is-open"]
    assert story.refuses(objects("ines", objection="another")) == ["own-objection-is-open"]


def test_an_objection_said_again_on_a_new_version_is_the_same_objection(story):
    story.happened(proposes("carol"), objects("dev"), amends("carol"))

    story.does(objects("dev", version=2))

    assert len(story.standing.objections) == 1
    assert list(story.standing.proposals["visits"].not_yet_heard()) == [PRACTICE, NURSING]
    assert story.refuses(objects("carol", version=2)) == ["taken-identifier"]


def test_withdrawing_a_proposal_deletes_nothing(story):
    story.happened(proposes("carol"), consents("asha"), objects("dev"))
    assert story.refuses(withdraws("dev")) == ["not-for-this-role"]
    assert story.refuses(withdraws("carol", because="")) == ["reason-needed"]

    story.does(withdraws("carol"))

    assert story.standing.objections["lone-visits"].is_open
    assert len(story.standing.proposals["visits"].positions) == 2
    assert story.refuses(resolves("dev", version=1, safeguard="visit")) == ["closed-already"]


# ---- conditions --------------------------------------------------------------------------------------------------


def test_a_condition_stays_on_the_decision_until_the_role_it_names_says_that_it_is_met(story):
    story.happened(proposes("carol"), consents("asha"), consents("carol"), consents_if("dev"), agrees("asha"))
    assert story.standing.conditions["diary"].is_open
    assert story.refuses(fulfils("dev")) == ["not-for-this-role"]
    assert story.refuses(fulfils("dev", "not-there")) == ["nothing-like-it"]

    story.does(fulfils("ben"))

    assert not story.standing.conditions["diary"].is_open
    assert story.refuses(fulfils("asha")) == ["condition-is-met"]


def test_a_condition_that_was_fulfilled_is_still_so_when_it_is_confirmed_on_a_new_version(story):
    story.happened(proposes("carol"), consents_if("dev"), fulfils("asha"), amends("carol"))

    story.does(consents_if("dev", version=2))
    assert not story.standing.conditions["diary"].is_open

    story.does(consents_if("dev", version=2, because="A telephone").but(condition=who.Condition("telephone")))
    assert story.standing.conditions["telephone"].is_open


def test_a_condition_names_a_role_that_is_there_and_belongs_to_one_position(story):
    story.happened(proposes("carol"))
    assert story.refuses(consents_if("dev").but(fulfilled_by="nobody")) == ["nothing-like-it"]

    story.does(consents_if("dev"))

    assert story.refuses(consents_if("carol")) == ["taken-identifier"]
    story.does(consents("dev"))
    assert not story.standing.conditions["diary"].is_open


# ---- people who leave, are away, or come back ---------------------------------------------------------------------


def test_a_leaver_s_position_stands_and_their_organisation_remains_heard(story):
    """G6."""
    story.happened(proposes("carol"), *EVERYONE_CONSENTS)

    story.does(
        offers("dev", "ines", item("role", SOCIAL_WORKER, SOCIAL_WORKER)),
        accepts("ines", "role", SOCIAL_WORKER),
        leaves("dev").speaking_for(COUNCIL),
    )

    assert story.refuses(agrees("asha")) == []
    assert story.refuses(has_a_concern("ines")) == []


def test_somebody_on_leave_is_not_counted_as_silent_and_their_deputy_is_asked_first(story):
    """G7."""
    story.happened(proposes("carol"), consents("asha"), consents("carol"), goes_away("dev"))

    (refusal,) = story.refusals(agrees("asha"))

    assert dict(refusal.people)["could"] == ("ines", "dev")


def test_a_review_is_owed_to_a_role_and_survives_whoever_proposed(story):
    """G5."""
    story.happened(proposes("carol", review_by=MATRON), *EVERYONE_CONSENTS, agrees("asha"), removes("asha", "carol"))

    assert (acts.Kind.REVIEW, "visits") in story.standing.in_hand(MATRON)


def test_who_is_outside_takes_no_part_whatever_they_administer(story):
    """G9."""
    story.happened(proposes("carol"))

    assert story.refuses(consents("esi")) == ["not-a-member"]
    assert story.refuses(agrees("esi")) == ["not-a-member"]


def test_while_it_is_open_the_list_of_who_can_speak_follows_the_roles(story):
    story.happened(proposes("carol", affected=(NURSING,)), creates_role("carol", "podiatrist", NURSING))
    story.happened(invites("carol", "gus", NURSING))
    story.happened(joins_as("gus", NURSING), gives("carol", "podiatrist", "gus"))

    (refusal,) = story.refusals(agrees("asha"))

    assert dict(refusal.people)["could"] == ("carol", "gus")


def joins_as(person, organisation):
    from tests.cast import Verb

    return Verb(person, acts.Join, {}, for_organisation=organisation)
