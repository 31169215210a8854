"""Bars by organisation, the lowest first."""

import pytest

from manyhands.counting.by_organisation import by_organisation
from manyhands.counting.rankings import ABOVE_CARRYING_ON
from tests.counting.ballots import asking, marked

QUESTION = asking("visit", "now", carry_on="now")


def agrees(organisation: str, times: int = 1):
    return [marked(visit=1, now=2, organisation=organisation)] * times


def disagrees(organisation: str, times: int = 1):
    return [marked(now=1, visit=2, organisation=organisation)] * times


def bars(ballots, question=QUESTION):
    return by_organisation(ballots, question, "visit", ABOVE_CARRYING_ON)


def test_a_practice_of_twelve_does_not_drown_social_care():
    shown = bars(agrees("practice", 12) + disagrees("social care"))

    assert [share.organisation for share in shown.shares] == ["social care", "practice"]
    assert shown.score == pytest.approx(0.4903, abs=0.00005)
    assert shown.say() == (
        "social care: 0 of 1 agree; practice: 12 of 12 agree. "
        "All together: 12 of 13 agree; score over organisations 0.49."
    )


def test_five_organisations_that_all_agree():
    shown = bars([ballot for name in "abcde" for ballot in agrees(name, 2)])

    assert shown.score == pytest.approx(0.8333, abs=0.00005)


def test_whoever_is_not_heard_stands_before_the_lowest():
    shown = bars(disagrees("practice"), asking("visit", "now", carry_on="now", asked=("practice", "hospice")))

    assert [share.organisation for share in shown.shares] == ["hospice", "practice"]
    assert shown.say().startswith("hospice: not heard; practice: 0 of 1 agree.")


def test_no_view_is_heard_and_is_no_part_of_the_bar():
    shown = bars([*agrees("practice"), marked(organisation="practice"), marked(organisation="hospice")])

    assert [(share.organisation, share.agree, share.answered, share.heard) for share in shown.shares] == [
        ("hospice", 0, 0, 1),
        ("practice", 1, 1, 2),
    ]
    assert "hospice: heard, with no view" in shown.say()


def test_what_counts_as_agreement_is_said():
    assert bars(agrees("practice")).what_counts.startswith("Agreement is putting the option above “carry on as now”.")


def test_the_total_is_never_said_alone():
    said = bars(agrees("practice", 12) + disagrees("social care")).say()

    assert said.index("social care") < said.index("All together")


def test_with_nobody_asked_there_is_no_score():
    shown = bars([])

    assert shown.score is None
    assert shown.lowest is None
    assert shown.say() == "No organisation was asked, and none has answered."
