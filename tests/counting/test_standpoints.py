"""Consent, gradients of agreement, advice, role selection and when to meet: where nothing is added up, or little."""

import pytest

from manyhands.counting import advice, consent, gradients, role_selection, time_poll
from manyhands.counting.by_organisation import by_organisation
from manyhands.pictures import heard
from tests.counting.ballots import asking, marked


def position(kind: consent.Mark, organisation: str, because: str = ""):
    return marked(plan=kind.number, organisation=organisation, because=because)


PLAN = asking("plan", asked=("practice", "hospice"))


def test_consent_with_everybody_heard_is_workable():
    result = consent.METHOD.count([position(consent.CONSENT, "practice"), marked(organisation="hospice")], PLAN)

    assert result.chosen == ("plan",)
    assert result.say() == (
        "plan: workable for now and safe to try. “Consent” 1, “No view” 1. Counted: 1 answer, 1 with no view."
    )


def test_one_safety_concern_is_not_outweighed():
    many = [position(consent.CONSENT, "practice")] * 11

    result = consent.METHOD.count([*many, position(consent.OBJECT, "hospice", "Falls at night.")], PLAN)

    assert result.chosen == ()
    assert result.say().startswith("plan: not workable as it stands, with 1 safety concern to be closed.")


def test_whoever_is_unheard_is_named():
    result = consent.METHOD.count([position(consent.CONSENT, "practice")], PLAN)

    assert result.unheard == ("hospice",)
    assert result.say().startswith("plan: no safety concern so far, with hospice still to be heard.")


def test_a_condition_stays_in_sight():
    positions = [position(consent.CONDITION, "practice", "A second nurse."), position(consent.NO_VIEW, "hospice")]

    assert (
        consent.METHOD.count(positions, PLAN)
        .say()
        .startswith("plan: workable for now and safe to try, 1 condition to be met.")
    )


def test_nobody_seeing_harm_is_enough_though_nobody_has_a_view():
    result = consent.METHOD.count([marked(organisation="practice"), marked(organisation="hospice")], PLAN)

    assert result.chosen == ("plan",)


@pytest.mark.parametrize("kind", [consent.OBJECT, consent.CONCERN, consent.CONDITION], ids=lambda kind: kind.code)
def test_a_reason_has_to_be_given(kind):
    reasons = [reason.say() for reason in consent.METHOD.against(position(kind, "practice"), PLAN)]

    assert reasons == [f"“{kind.words}” needs a reason. {kind.asks}"]
    assert list(consent.METHOD.against(position(kind, "practice", "Because."), PLAN)) == []


def test_what_counts_as_agreement_is_the_same_as_on_the_page_of_a_proposal():
    assert heard.AGREEING == ("consent", "concern")
    assert consent.CONDITION_MET in consent.AGREEING
    assert not consent.CONDITION_MET.offered


def test_the_bars_of_consent_leave_no_view_out_and_count_a_condition_once_it_is_met():
    ballots = [
        position(consent.NO_VIEW, "practice"),
        position(consent.CONDITION_MET, "practice"),
        position(consent.CONDITION, "hospice", "If."),
    ]

    bars = by_organisation(ballots, PLAN, "plan", consent.METHOD.agreement)

    assert [(bar.organisation, bar.agree, bar.answered) for bar in bars.shares] == [
        ("hospice", 0, 1),
        ("practice", 1, 1),
    ]


@pytest.mark.parametrize("steps", [5, 8])
def test_gradients_have_as_many_steps_as_were_chosen(steps):
    assert len(gradients.METHOD.scale(asking("plan", steps=steps))) == steps
    assert list(gradients.METHOD.against_opening(asking("plan", steps=steps))) == []


def test_gradients_are_told_from_the_strongest_disagreement_on_and_choose_nothing():
    result = gradients.METHOD.count(
        [*[marked(plan=5)] * 9, *[marked(plan=3)] * 3, *[marked(plan=1)] * 2], asking("plan")
    )

    assert result.chosen == ()
    assert result.say() == (
        "plan: “I disagree strongly” 2, “I can live with it” 3, “I agree wholeheartedly” 9. Counted: 14 answers."
    )


def test_no_other_number_of_steps_is_offered():
    assert [reason.say() for reason in gradients.METHOD.against_opening(asking("plan", steps=7))] == [
        "This method has no scale of 7 steps. Choose 5 or 8."
    ]


def test_having_no_opinion_on_the_eight_steps_is_no_part_of_a_bar():
    question = asking("plan", steps=8)

    assert gradients.METHOD.agreement.of(marked(plan=5), question, "plan") is None
    assert gradients.METHOD.agreement.of(marked(plan=6), question, "plan") is True
    assert gradients.METHOD.agreement.of(marked(plan=4), question, "plan") is False


def test_a_role_is_filled_by_reasons_and_not_by_how_many_named_somebody():
    question = asking("asha", "ben", "carol")
    named = [
        marked(ben=1, because="There every day.", organisation="practice"),
        marked(ben=1, because="Calm.", organisation="hospice"),
        marked(asha=1, because="Knows every family.", organisation="practice"),
    ]

    result = role_selection.METHOD.count(named, question)

    assert (result.chosen, result.tied) == ((), ())
    assert [(one.option, [why for _, why in one.reasons]) for one in result.nominated] == [
        ("asha", ["Knows every family."]),
        ("ben", ["Calm.", "There every day."]),
    ]
    assert "2" not in result.told()


def test_a_nomination_is_of_one_person_with_a_reason():
    question = asking("asha", "ben")

    assert [reason.say() for reason in role_selection.METHOD.against(marked(asha=1, ben=1), question)] == [
        "Name one person, and one only.",
        "A nomination needs a reason. Say why this person.",
    ]


def test_the_person_proposed_is_asked_last_and_their_safety_concern_dealt_with_first():
    assert role_selection.in_order_of_asking(["asha", "ben", "carol"], "ben") == ("asha", "carol", "ben")
    assert role_selection.in_order_of_dealing(["asha", "ben", "carol"], "ben") == ("ben", "asha", "carol")


def test_advice_names_whoever_was_asked_and_not_heard():
    question = asking(asked=("practice", "hospice", "council"))
    given = [marked(because="Start small.", organisation="practice"), marked(organisation="council")]

    result = advice.METHOD.count(given, question)

    assert result.given == (("practice", "Start small."),)
    assert result.say() == (
        "Advice has been given. Asked, and not heard: hospice. Whoever asked decides, and says why. "
        "Counted: 1 answer, 1 with no view."
    )


def test_advice_is_asked_of_somebody():
    assert [reason.code for reason in advice.METHOD.against_opening(asking())] == ["nobody-asked"]


def test_a_time_for_more_organisations_goes_before_a_time_for_more_people():
    practice, care = {"organisation": "practice"}, {"organisation": "social care"}
    ballots = [*[marked(mon=2, tue=0, **practice)] * 3, *[marked(mon=2, tue=2, **practice)] * 2, marked(tue=1, **care)]

    result = time_poll.METHOD.count(ballots, asking("mon", "tue"))

    assert result.chosen == ("tue",)
    assert result.say() == "tue suits best: 3 can come, 1 of them if need be. Counted: 6 answers."
    assert result.times[0].missing == ("social care",)


def test_a_time_that_leaves_an_organisation_out_says_so():
    ballots = [marked(mon=2, organisation="practice"), marked(mon=0, organisation="hospice")]

    assert time_poll.METHOD.count(ballots, asking("mon", "tue")).told() == (
        "mon suits best: 1 can come; nobody of hospice."
    )


def test_times_that_are_level_in_all_are_tied_and_a_time_for_nobody_is_not_chosen():
    assert time_poll.METHOD.count([marked(mon=2, tue=2)], asking("mon", "tue")).tied == ("mon", "tue")
    assert time_poll.METHOD.count([marked(mon=0, tue=0)], asking("mon", "tue")).chosen == ()


def test_an_anonymous_poll_counts_people_only():
    result = time_poll.METHOD.count([marked(mon=2), marked(mon=1, tue=2)], asking("mon", "tue", asked=("practice",)))

    assert result.chosen == ("mon",)
    assert result.times[0].missing == ()
