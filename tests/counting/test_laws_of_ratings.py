"""What holds of ticks, shares, scores and grades: published properties, and the slow way."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from manyhands.counting import approval, majority_judgement, proportional_approval, score, time_poll
from manyhands.counting.question import Ballot
from tests.counting.ballots import asking
from tests.counting.making import OPTIONS

FOUR = OPTIONS[:4]
TICKS = st.lists(st.frozensets(st.sampled_from(FOUR), min_size=1), min_size=1, max_size=10)
GRADES = st.lists(st.fixed_dictionaries(dict.fromkeys(FOUR, st.integers(1, 5))), min_size=1, max_size=10)


def ticked(sets):
    return [Ballot(marks=tuple((option, 1) for option in sorted(given))) for given in sets]


def rated(marks):
    return [Ballot(marks=tuple(given.items())) for given in marks]


def leaders(method, ballots, options=FOUR):
    result = method.count(ballots, asking(*options))
    return set(result.chosen or result.tied)


@given(TICKS, st.data())
def test_one_more_tick_for_a_winner_leaves_it_the_winner(sets, data):
    winner = data.draw(st.sampled_from(sorted(leaders(approval.METHOD, ticked(sets)))))
    lacking = [number for number, given in enumerate(sets) if winner not in given]
    assume(lacking)

    sets[lacking[0]] |= {winner}

    assert leaders(approval.METHOD, ticked(sets)) == {winner}


@given(TICKS, TICKS)
def test_what_wins_in_each_of_two_halves_wins_in_the_whole(one, other):
    both = leaders(approval.METHOD, ticked(one)) & leaders(approval.METHOD, ticked(other))
    assume(both)

    assert leaders(approval.METHOD, ticked(one + other)) == both


@given(TICKS, st.integers(1, 3))
def test_no_set_is_worth_more_than_the_best(sets, places):
    result = proportional_approval.METHOD.count(ticked(sets), asking(*FOUR, places=places))
    named = sorted(set().union(*sets))

    def worth(chosen):
        return sum(sum(Fraction(1, n) for n in range(1, len(given & set(chosen)) + 1)) for given in sets)

    every = {chosen: worth(chosen) for chosen in combinations(named, min(places, len(named)))}
    assert result.worth == max(every.values())
    assert set(result.best) == {chosen for chosen, one in every.items() if one == result.worth}


@given(TICKS, st.integers(1, 3))
def test_a_group_as_large_as_one_place_s_share_gets_something_that_one_of_them_ticked(sets, places):
    """Justified representation: more or as many people as there are for a place, who all tick one option."""
    result = proportional_approval.METHOD.count(ticked(sets), asking(*FOUR, places=places))

    for best in result.best:
        for option in FOUR:
            left_out = sum(option in given and not given & set(best) for given in sets)
            assert left_out * places < len(sets)


@given(GRADES)
def test_more_than_half_hold_the_middle_grade_or_better_and_half_or_more_hold_it_or_worse(grades):
    result = majority_judgement.METHOD.count(rated(grades), asking(*FOUR))

    for one in result.graded:
        given_grades = [each[one.option] for each in grades]
        assert 2 * sum(grade >= one.middle.number for grade in given_grades) > len(grades)
        assert 2 * sum(grade <= one.middle.number for grade in given_grades) >= len(grades)


@given(GRADES)
def test_options_are_tied_only_where_their_grades_are_the_very_same(grades):
    result = majority_judgement.METHOD.count(rated(grades), asking(*FOUR))

    spreads = {one.option: one.spread for one in result.graded}
    for layer in result.layers:
        assert len({spreads[option] for option in layer}) == 1


@given(GRADES, st.data())
def test_a_better_grade_for_the_winner_leaves_it_the_winner(grades, data):
    for method in (majority_judgement.METHOD, score.METHOD):
        winners = leaders(method, rated(grades))
        assume(len(winners) == 1)
        (winner,) = winners
        which = data.draw(st.integers(0, len(grades) - 1))

        better = [dict(given) for given in grades]
        better[which][winner] = 5

        assert leaders(method, rated(better)) == {winner}


@given(GRADES)
def test_taking_out_an_option_that_did_not_win_changes_nothing_for_the_winner(grades):
    for method in (majority_judgement.METHOD, score.METHOD):
        winners = leaders(method, rated(grades))
        for loser in set(FOUR) - winners:
            left = tuple(option for option in FOUR if option != loser)
            without = [{option: given[option] for option in left} for given in grades]
            assert leaders(method, rated(without), left) == winners


def plainly(one: list[int], other: list[int]) -> int:
    """Two options' grades compared by taking the lower middle one from each, until they differ."""
    one, other = sorted(one), sorted(other)
    while one:
        middle, theirs = one.pop((len(one) - 1) // 2), other.pop((len(other) - 1) // 2)
        if middle != theirs:
            return middle - theirs
    return 0


@given(GRADES)
def test_grades_are_compared_as_the_slow_way_does(grades):
    result = majority_judgement.METHOD.count(rated(grades), asking(*FOUR))

    layer_of = {option: number for number, layer in enumerate(result.layers) for option in layer}
    for a, b in combinations(FOUR, 2):
        difference = plainly([given[a] for given in grades], [given[b] for given in grades])
        assert (difference > 0, difference < 0) == (layer_of[a] < layer_of[b], layer_of[a] > layer_of[b])


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(FOUR, st.integers(0, 5))), min_size=1, max_size=10))
def test_a_mean_is_of_all_scores_and_the_spread_adds_up(scores):
    result = score.METHOD.count(rated(scores), asking(*FOUR))

    for one in result.scored:
        given_scores = [each[one.option] for each in scores]
        assert one.mean == Fraction(sum(given_scores), len(given_scores))
        assert one.spread == tuple(Counter(given_scores)[n] for n in range(6))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["practice", "hospice", "council"]),
            st.fixed_dictionaries(dict.fromkeys(FOUR, st.integers(0, 2))),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_no_other_time_is_for_more_organisations(answers):
    ballots = [Ballot(marks=tuple(marks.items()), for_organisation=who) for who, marks in answers]

    result = time_poll.METHOD.count(ballots, asking(*FOUR))

    there = {time: {who for who, marks in answers if marks[time]} for time in FOUR}
    for time in (*result.chosen, *result.tied):
        assert len(there[time]) == max(map(len, there.values()))
