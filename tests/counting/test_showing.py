"""What may be shown to whom while a question is open."""

from itertools import pairwise, product

import pytest

from manyhands.counting.showing import (
    FEWEST,
    INDEPENDENT,
    ONCE_ANSWERED,
    SUBTRACTION,
    THE_END,
    TOO_FEW,
    Phase,
    ResultsFrom,
    Showing,
    may_be_seen,
    phase,
)

EVERY_SETTING = [
    Showing(independent_first=i, results_from=r, anonymous=a)
    for i, r, a in product((True, False), ResultsFrom, (True, False))
]


def standing(showing, everybody=False, time_is_up=False, closed=False):
    return phase(showing, everybody_has_answered=everybody, time_is_up=time_is_up, closed=closed)


def test_independent_views_come_first_until_everybody_has_answered_or_the_time_is_up():
    showing = Showing(independent_first=True)

    assert standing(showing) is Phase.INDEPENDENT
    assert standing(showing, everybody=True) is Phase.CONSOLIDATING
    assert standing(showing, time_is_up=True) is Phase.CONSOLIDATING
    assert standing(showing, closed=True) is Phase.COMPLETE
    assert standing(Showing()) is Phase.CONSOLIDATING


def test_everybody_sees_only_their_own_view_at_first():
    seen = may_be_seen(Showing(independent_first=True), Phase.INDEPENDENT, ballots=9, has_answered=True)

    assert (seen.own, seen.who_has_answered) == (True, True)
    assert (seen.answers, seen.result, seen.by_organisation) == (False, False, False)
    assert seen.because == (INDEPENDENT,)


def test_a_result_can_be_kept_back_until_one_has_answered():
    showing = Showing(results_from=ResultsFrom.ONCE_ANSWERED)

    assert may_be_seen(showing, Phase.CONSOLIDATING, ballots=9, has_answered=True).result
    assert may_be_seen(showing, Phase.CONSOLIDATING, ballots=9, has_answered=False).because == (ONCE_ANSWERED,)
    assert may_be_seen(showing, Phase.COMPLETE, ballots=9, has_answered=False).result


def test_a_result_can_be_kept_back_until_the_end():
    showing = Showing(results_from=ResultsFrom.THE_END)

    assert may_be_seen(showing, Phase.CONSOLIDATING, ballots=9, has_answered=True).because == (THE_END,)
    assert may_be_seen(showing, Phase.COMPLETE, ballots=9, has_answered=True).result


@pytest.mark.parametrize("now", Phase)
@pytest.mark.parametrize("ballots", range(FEWEST))
def test_nothing_of_an_anonymous_check_is_shown_before_three_ballots_not_even_when_it_is_closed(now, ballots):
    seen = may_be_seen(Showing(anonymous=True), now, ballots=ballots, has_answered=True)

    assert (seen.result, seen.answers, seen.by_organisation) == (False, False, False)
    assert TOO_FEW in seen.because


def test_of_an_anonymous_check_the_result_is_shown_and_never_who_said_what_or_for_whom():
    seen = may_be_seen(Showing(anonymous=True), Phase.COMPLETE, ballots=FEWEST, has_answered=True)

    assert seen.result
    assert (seen.own, seen.answers, seen.by_organisation) == (False, False, False)
    assert SUBTRACTION in seen.because


@pytest.mark.parametrize("showing", EVERY_SETTING, ids=str)
def test_what_may_be_seen_never_becomes_less_as_a_question_goes_on(showing):
    stages = [
        may_be_seen(showing, now, ballots=ballots, has_answered=answered)
        for now, ballots, answered in [
            (Phase.INDEPENDENT, 0, False),
            (Phase.INDEPENDENT, 1, True),
            (Phase.CONSOLIDATING, 2, True),
            (Phase.CONSOLIDATING, 3, True),
            (Phase.COMPLETE, 3, True),
        ]
    ]

    for before, after in pairwise(stages):
        assert before.result <= after.result
        assert before.answers <= after.answers
        assert before.by_organisation <= after.by_organisation


@pytest.mark.parametrize("showing", EVERY_SETTING, ids=str)
def test_whatever_is_kept_back_is_explained(showing):
    for now, ballots, answered in product(Phase, (0, 3), (True, False)):
        seen = may_be_seen(showing, now, ballots=ballots, has_answered=answered)
        assert seen.result or seen.because
