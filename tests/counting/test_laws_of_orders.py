"""What holds of Schulze's method, ranked rounds and transferable votes: published properties, and the slow way."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from manyhands.counting import ranked_rounds, schulze, single_transferable_vote
from manyhands.counting.question import Unranked
from manyhands.counting.rankings import Ranking
from tests.counting.ballots import asking
from tests.counting.making import OPTIONS, add_up, ballots, orders, questions, weak_orders

FOUR = OPTIONS[:4]


def first(rankings, options=FOUR, method=schulze.METHOD):
    """Whoever wins, or is tied for winning."""
    result = method.count(ballots(rankings), asking(*options))
    return set(result.chosen or result.tied)


def raised(ranking: Ranking, option: str) -> Ranking:
    """The same order with one option put first of all."""
    rest = tuple(place - {option} for place in ranking)
    return (frozenset({option}), *(place for place in rest if place))


def cloned(ranking: Ranking, option: str, clone: str, before: bool) -> Ranking:
    """The same order with a clone of an option just before it, or just after."""
    pair = (frozenset({clone}), frozenset({option})) if before else (frozenset({option}), frozenset({clone}))
    return tuple(one for place in ranking for one in (pair if place == {option} else (place,)))


# ---- Schulze -----------------------------------------------------------------------------------------------------


def plainly(votes: dict[tuple[str, str], int], options: tuple[str, ...], one: str, other: str) -> int:
    """The widest path, by trying every path there is."""
    middle = [option for option in options if option not in (one, other)]
    paths = (
        (one, *between, other)
        for length in range(len(middle) + 1)
        for chosen in combinations(middle, length)
        for between in permutations(chosen)
    )
    steps = ([(a, b) for a, b in zip(path, path[1:], strict=False)] for path in paths)  # noqa: RUF007
    return max(min(votes[a, b] if votes[a, b] > votes[b, a] else 0 for a, b in path) for path in steps)


@given(questions(options=5), st.data())
def test_paths_are_as_wide_as_the_widest_of_all(question, data):
    given_orders = data.draw(weak_orders(question.options))

    result = schulze.METHOD.count(ballots(given_orders), question)

    votes = {(pair.one, pair.other): pair.votes for pair in result.pairs}
    for pair in result.pairs:
        assert pair.path == plainly(votes, question.options, pair.one, pair.other)


@given(questions(), st.data())
def test_a_comparison_counts_whoever_compares(question, data):
    given_orders = data.draw(weak_orders(question.options))

    result = schulze.METHOD.count(ballots(given_orders), question)

    def above(ranking: Ranking, one: str, other: str) -> bool:
        at = {option: number for number, place in enumerate(ranking) for option in place}
        if question.unranked is Unranked.LAST:
            return at.get(one, 99) < at.get(other, 99)
        return one in at and other in at and at[one] < at[other]

    for pair in result.pairs:
        assert pair.votes == sum(above(ranking, pair.one, pair.other) for ranking in given_orders)


@given(weak_orders(FOUR))
def test_an_option_that_beats_every_other_is_chosen(given_orders):
    result = schulze.METHOD.count(ballots(given_orders), asking(*FOUR))

    assume(result.beats_all is not None)
    assert result.chosen == (result.beats_all,)


@given(weak_orders(FOUR))
def test_whoever_wins_is_not_beaten_from_outside_by_a_set_that_beats_all_others(given_orders):
    """Winners are in every set of options each of which beats every option outside it (Smith)."""
    result = schulze.METHOD.count(ballots(given_orders), asking(*FOUR))

    for size in range(1, 4):
        for inside in map(set, combinations(FOUR, size)):
            pairs = [(result.pair(a, b), result.pair(b, a)) for a in inside for b in set(FOUR) - inside]
            if all(ours.votes > theirs.votes for ours, theirs in pairs):
                assert set(result.layers[0]) <= inside


@given(orders(FOUR), st.data())
def test_moving_the_winner_up_leaves_it_the_winner(given_orders, data):
    result = schulze.METHOD.count(ballots(given_orders), asking(*FOUR))
    assume(result.chosen)
    which = data.draw(st.integers(0, len(given_orders) - 1))

    given_orders[which] = raised(given_orders[which], result.chosen[0])

    assert first(given_orders) == set(result.chosen)


@given(orders(FOUR, whole=True))
def test_turning_every_ballot_round_unseats_the_winner(given_orders):
    winners = first(given_orders)
    assume(len(winners) == 1)

    assert first([ranking[::-1] for ranking in given_orders]) != winners


@given(orders(FOUR, whole=True), st.sampled_from(FOUR), st.data())
def test_a_clone_of_an_option_neither_helps_nor_harms_it(given_orders, option, data):
    sides = data.draw(st.lists(st.booleans(), min_size=len(given_orders), max_size=len(given_orders)))
    with_clone = [cloned(r, option, "E", before) for r, before in zip(given_orders, sides, strict=True)]

    before, after = first(given_orders), first(with_clone, OPTIONS)

    assert {option if winner == "E" else winner for winner in after} == before


@given(weak_orders(FOUR))
def test_layers_hold_every_option_once_and_the_upper_is_never_below(given_orders):
    result = schulze.METHOD.count(ballots(given_orders), asking(*FOUR))

    assert sorted(option for layer in result.layers for option in layer) == list(FOUR)
    for upper, lower in combinations(range(len(result.layers)), 2):
        for one in result.layers[upper]:
            for other in result.layers[lower]:
                assert result.pair(one, other).path >= result.pair(other, one).path


# ---- ranked rounds and transferable votes ------------------------------------------------------------------------


def possible_winners(given_orders: Counter[tuple[str, ...]], options: frozenset[str]) -> set[str]:
    """Everybody who can win in ranked rounds, whoever goes out first of those level for last."""
    tally = dict.fromkeys(options, 0)
    for order, count in given_orders.items():
        top = next((option for option in order if option in tally), None)
        if top is not None:
            tally[top] += count
    if len(options) == 1 or max(tally.values()) * 2 > sum(tally.values()):
        return {option for option in options if tally[option] == max(tally.values())}
    fewest = min(tally.values())
    outs = [option for option in options if tally[option] == fewest]
    return set().union(*(possible_winners(given_orders, options - {out}) for out in outs))


@given(orders(OPTIONS, most=12))
def test_ranked_rounds_name_everybody_who_could_win_and_nobody_else(given_orders):
    plain = Counter(tuple(option for (option,) in ranking) for ranking in given_orders)
    named = frozenset(option for order in plain for option in order)

    assert first(given_orders, OPTIONS, ranked_rounds.METHOD) == possible_winners(plain, named)


@given(orders(FOUR, whole=True), st.sampled_from(FOUR), st.data())
def test_in_ranked_rounds_a_clone_neither_helps_nor_harms(given_orders, option, data):
    sides = data.draw(st.lists(st.booleans(), min_size=len(given_orders), max_size=len(given_orders)))
    with_clone = [cloned(r, option, "E", before) for r, before in zip(given_orders, sides, strict=True)]

    after = first(with_clone, OPTIONS, ranked_rounds.METHOD)

    assert {option if winner == "E" else winner for winner in after} == first(given_orders, FOUR, ranked_rounds.METHOD)


@given(orders(FOUR, whole=True))
def test_whoever_loses_to_every_other_is_never_chosen_in_ranked_rounds(given_orders):
    compared = schulze.METHOD.count(ballots(given_orders), asking(*FOUR))
    losers = {
        one
        for one in FOUR
        if all(compared.pair(one, other).votes < compared.pair(other, one).votes for other in FOUR if other != one)
    }

    assert not losers & first(given_orders, FOUR, ranked_rounds.METHOD)


@given(weak_orders(FOUR), st.integers(1, 3))
def test_in_every_round_the_votes_add_up_to_the_ballots(given_orders, places):
    for method in (ranked_rounds.METHOD, single_transferable_vote.METHOD):
        question = asking(*FOUR, places=1 if method is ranked_rounds.METHOD else places)
        for one in method.count(ballots(given_orders), question).rounds:
            assert add_up(dict(one.votes), one.resting) == len(given_orders)


def every_outcome(parcels, still_in, chosen, places, quota):
    """Transferable votes the slow way: ballots one by one, every tie followed, nothing remembered."""
    if len(chosen) >= places or not still_in:
        return {frozenset(chosen)}
    votes = {option: sum(worth for top, _, worth in parcels if top == option) for option in still_in}
    over = {option for option in still_in if votes[option] > quota}
    if not over and len(still_in) <= places - len(chosen):
        over = set(still_in)
    if over:
        keeps = {option: min(Fraction(1), quota / votes[option]) if votes[option] else Fraction(1) for option in over}
        return every_outcome(moved(parcels, keeps, still_in - over), still_in - over, chosen | over, places, quota)
    fewest = min(votes.values())
    outs = [option for option in still_in if votes[option] == fewest]
    return set().union(
        *(
            every_outcome(moved(parcels, {out: Fraction(0)}, still_in - {out}), still_in - {out}, chosen, places, quota)
            for out in outs
        )
    )


def moved(parcels, keeps, still_in):
    after = []
    for top, order, worth in parcels:
        kept = worth * keeps.get(top, Fraction(1))
        after.append((top, order, kept))
        following = next((option for option in order if option in still_in), None)
        if following is not None and worth > kept:
            after.append((following, order, worth - kept))
    return after


@given(orders(FOUR, most=8), st.integers(1, 3))
def test_transferable_votes_choose_as_the_slow_way_does_with_every_tie_followed(given_orders, places):
    plain = [tuple(option for (option,) in ranking) for ranking in given_orders]
    named = frozenset(option for order in plain for option in order)
    quota = Fraction(len(plain), places + 1)
    outcomes = every_outcome([(order[0], order, Fraction(1)) for order in plain], named, frozenset(), places, quota)

    result = single_transferable_vote.METHOD.count(ballots(given_orders), asking(*FOUR, places=places))

    assert set(result.chosen) == frozenset.intersection(*outcomes)
    assert {*result.chosen, *result.tied} == frozenset().union(*outcomes)


@given(orders(FOUR, whole=True, most=10), st.integers(1, 3))
def test_a_group_large_enough_for_so_many_places_gets_them(given_orders, places):
    """Whoever puts the same options before all others, and is more than n quotas of people, gets n of them."""
    question = asking(*FOUR, places=places)
    result = single_transferable_vote.METHOD.count(ballots(given_orders), question)
    surely_or_perhaps = {*result.chosen, *result.tied}

    for size in range(1, 4):
        for group in map(set, combinations(FOUR, size)):
            firsts = [set().union(*ranking[:size]) for ranking in given_orders]
            entitled = min(size, sum(top == group for top in firsts) * (places + 1) / len(given_orders).__float__())
            owed = int(entitled) if entitled != int(entitled) or entitled == size else int(entitled) - 1
            if not result.tied:
                assert len(group & set(result.chosen)) >= min(owed, places)
            assert len(group & surely_or_perhaps) >= min(owed, places)


@given(weak_orders(FOUR), st.integers(1, 3), st.permutations(FOUR))
def test_the_order_written_down_leads_to_one_of_the_ways_that_ties_could_go(given_orders, places, order):
    question = asking(*FOUR, places=places)

    tied = single_transferable_vote.METHOD.count(ballots(given_orders), question)
    settled = single_transferable_vote.METHOD.count(ballots(given_orders), replace(question, ties_go_by=tuple(order)))

    assert set(tied.chosen) <= set(settled.chosen) <= {*tied.chosen, *tied.tied}
