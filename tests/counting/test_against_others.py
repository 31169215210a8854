"""
Our counts beside those of others: votelib and pyrankvote always; stvpoll and schulze-condorcet, which are under the GPL
and no part of what is installed, where somebody has them.

Where others are known to go wrong, the test says how, and the case stands beside the tests of the method.
docs/decisions/0040 weighs all of it.
"""

from collections import Counter
from itertools import permutations
from random import Random

import pyrankvote
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyrankvote import helpers
from votelib.convert import RankedToCondorcetVotes
from votelib.evaluate.approval import ProportionalApproval
from votelib.evaluate.cardinal import MajorityJudgment, ScoreVoting
from votelib.evaluate.condorcet import Schulze
from votelib.evaluate.core import Tie, VotingSystemError

from manyhands.counting import METHODS, Unranked
from manyhands.counting.rankings import Ranking
from tests.counting.ballots import asking, ordered
from tests.counting.making import OPTIONS, ballots, orders
from tests.counting.test_laws_of_ratings import GRADES, TICKS, rated, ticked

FOUR = OPTIONS[:4]
SCHULZE, ROUNDS, TRANSFERS = (METHODS[code] for code in ("schulze", "ranked-rounds", "single-transferable-vote"))


class LotAsked(Exception):
    """pyrankvote asked for a lot."""


class NoLots:
    """In the place of `random` in pyrankvote: every lot that it asks for is a tie."""

    def choice(self, among):
        raise LotAsked(among)


@pytest.fixture
def no_lots(monkeypatch):
    monkeypatch.setattr(helpers, "random", NoLots())


def plain(ranking: Ranking) -> tuple[str, ...]:
    return tuple(option for (option,) in ranking)


def chosen_by_votelib(answer) -> set[str] | None:
    """Its three shapes of an answer: one name, a tie of some, or nothing, which is a tie of who knows whom."""
    if not answer:
        return None
    return set(answer[0]) if isinstance(answer[0], Tie) else {answer[0]}


# ---- votelib -----------------------------------------------------------------------------------------------------


@given(orders(FOUR), st.sampled_from(Unranked))
def test_votelib_finds_paths_as_wide(given_orders, unranked):
    votes = RankedToCondorcetVotes(unranked_at_bottom=unranked is Unranked.LAST).convert(
        dict(Counter(map(plain, given_orders)))
    )
    named = {option for order in given_orders for option in plain(order)}

    ours = SCHULZE.count(ballots(given_orders), asking(*sorted(named), unranked=unranked))

    theirs = Schulze.widest_paths(votes)
    for one, other in permutations(sorted(named), 2):
        assert ours.pair(one, other).path == theirs.get((one, other), 0)


@given(orders(FOUR))
def test_votelib_chooses_among_our_winners(given_orders):
    """It counts how many paths each option wins, and so drops some that nothing beats: see the next test."""
    votes = RankedToCondorcetVotes(unranked_at_bottom=True).convert(dict(Counter(map(plain, given_orders))))
    named = sorted({option for order in given_orders for option in plain(order)})

    ours = SCHULZE.count(ballots(given_orders), asking(*named))
    theirs = chosen_by_votelib(Schulze().evaluate(votes, 1))

    assert theirs is None or theirs <= set(ours.chosen or ours.tied)
    assert not ours.chosen or len(named) == 1 or theirs == set(ours.chosen)


def test_votelib_drops_an_option_that_nothing_beats():
    two = ordered("1 B>D>C>E>A, 1 D>C>A>E>B")
    votes = RankedToCondorcetVotes().convert({tuple("BDCEA"): 1, tuple("DCAEB"): 1})

    assert Schulze().evaluate(votes, 1) == ["D"]
    assert SCHULZE.count(two, asking(*OPTIONS)).tied == ("B", "D")


@given(TICKS, st.integers(2, 3))  # for one place it fails with an IndexError
def test_votelib_finds_the_same_best_set_or_cannot_say_which(sets, places):
    assume(len(set().union(*sets)) >= places)
    ours = METHODS["proportional-approval"].count(ticked(sets), asking(*FOUR, places=places))

    try:
        theirs = ProportionalApproval().evaluate(dict(Counter(sets)), places)
    except NotImplementedError:
        assert ours.tied
    else:
        assert set(ours.chosen) == {option for one in theirs for option in (one if isinstance(one, Tie) else [one])}


@given(GRADES)
def test_votelib_has_the_same_highest_mean(scores):
    ours = METHODS["score"].count(rated(scores), asking(*FOUR))

    theirs = chosen_by_votelib(ScoreVoting("mean").evaluate(dict(Counter(frozenset(s.items()) for s in scores)), 1))

    assert theirs == set(ours.chosen or ours.tied)


@given(GRADES)
def test_votelib_has_the_same_first_where_the_middle_grades_differ(grades):
    """Among options with the same middle grade it takes several grades away at once, and misses: test_rating.py."""
    ours = METHODS["majority-judgement"].count(rated(grades), asking(*FOUR))
    middles = sorted(one.middle.number for one in ours.graded)
    assume(middles[-1] != middles[-2])

    theirs = MajorityJudgment().evaluate(dict(Counter(frozenset(given.items()) for given in grades)), 1)

    assert tuple(theirs) == ours.chosen


def test_votelib_takes_grades_away_too_fast_and_finds_no_winner_where_there_is_one():
    """With the middle 4 taken from each, A and B have 3 and C 2; with that taken, too, A has 4 and B 5."""
    grades = [{"A": 4, "B": 5, "C": 4}, {"A": 4, "B": 3, "C": 5}, {"A": 3, "B": 4, "C": 2}]

    with pytest.raises(VotingSystemError):
        MajorityJudgment().evaluate(dict(Counter(frozenset(given.items()) for given in grades)), 1)
    assert METHODS["majority-judgement"].count(rated(grades), asking("A", "B", "C")).chosen == ("B",)


# ---- pyrankvote --------------------------------------------------------------------------------------------------


def by_pyrankvote(method, given_orders, options, *more) -> set[str] | None:
    """Whom it chooses; nothing, where it asked for a lot."""
    names = {option: pyrankvote.Candidate(option) for option in options}
    theirs = [pyrankvote.Ballot([names[option] for option in order]) for order in given_orders]
    try:
        result = method(
            list(names.values()), theirs, *more, compare_method_if_equal=helpers.CompareMethodIfEqual.Random
        )
    except LotAsked:
        return None
    return {winner.name for winner in result.get_winners()}


def test_pyrankvote_has_the_same_winner_in_ranked_rounds_where_it_asks_for_no_lot(no_lots):
    """With exactly half of the votes it chooses, though the rest may come level: see the next test."""
    chance, compared = Random(20261126), 0
    for _ in range(1500):
        given_orders = by_chance(chance)
        theirs = by_pyrankvote(pyrankvote.instant_runoff_voting, given_orders, FOUR)
        ours = ROUNDS.count(ordered(written(given_orders)), asking(*FOUR))
        if theirs is not None:
            compared += 1
            assert theirs == set(ours.chosen) or theirs <= set(ours.tied)

    assert compared > 300


def test_pyrankvote_chooses_with_exactly_half_without_asking_for_a_lot(no_lots):
    theirs = by_pyrankvote(pyrankvote.instant_runoff_voting, ["A", "A", "A", "B", "B", "CB"], "ABC")

    assert theirs == {"A"}
    assert ROUNDS.count(ordered("3 A, 2 B, 1 C>B"), asking("A", "B", "C")).tied == ("A", "B")


def test_pyrankvote_asks_for_a_lot_where_none_is_needed(no_lots):
    """Here C, the last, goes out in any case: but it puts the two before it in order, which are level."""
    assert by_pyrankvote(pyrankvote.instant_runoff_voting, [*"AAABBB", "CA"], "ABC") is None
    assert ROUNDS.count(ordered("3 A, 3 B, 1 C>A"), asking("A", "B", "C")).chosen == ("A",)


def test_pyrankvote_has_the_same_places_by_transferable_votes_where_no_part_of_a_vote_moves_twice(no_lots):
    """It gives every ballot that an option holds the same worth, also those that came in part: see the next test."""
    chance, compared = Random(20261126), 0
    for _ in range(1500):
        given_orders, places = by_chance(chance), chance.choice((1, 2, 3))
        theirs = by_pyrankvote(pyrankvote.single_transferable_vote, given_orders, FOUR, places)
        ours = TRANSFERS.count(ordered(written(given_orders)), asking(*FOUR, places=places))
        if theirs is not None and not parts_move_on(ours.rounds):
            compared += 1
            assert set(ours.chosen) <= theirs <= {*ours.chosen, *ours.tied}

    assert compared > 200


def test_pyrankvote_spends_a_vote_twice(no_lots):
    given_orders = [
        *("A", "BACD", "CDBA", "CDA", "DABC", "DA", "DACB", "DAB", "DC", "BDCA", "DAB", "CA", "BA", "AB", "C", "C", "B")
    ]

    theirs = by_pyrankvote(pyrankvote.single_transferable_vote, given_orders, FOUR, 2)

    assert theirs == {"C", "D"}
    assert TRANSFERS.count(ordered(written(given_orders)), asking(*FOUR, places=2)).chosen == ("D", "B")


def parts_move_on(rounds) -> bool:
    """Whether an option went out after another was chosen, whose surplus it may have held."""
    chosen_in = [number for number, one in enumerate(rounds) if one.chosen]
    return bool(chosen_in) and any(one.out for one in rounds[chosen_in[0] :])


def by_chance(chance: Random) -> list[str]:
    """A few orders of some of four options."""
    return ["".join(chance.sample(FOUR, chance.randint(1, 4))) for _ in range(chance.randint(3, 25))]


def written(given_orders: list[str]) -> str:
    return ", ".join(f"1 {'>'.join(order)}" for order in given_orders)


# ---- under the GPL, where they are -------------------------------------------------------------------------------


@given(orders(FOUR, whole=True))
def test_schulze_condorcet_has_the_same_winners(given_orders):
    """Below them it compares again without the winners, which ours does not."""
    theirs = pytest.importorskip("schulze_condorcet", reason="schulze-condorcet is not installed")
    ours = SCHULZE.count(ballots(given_orders), asking(*FOUR))

    said = theirs.schulze_evaluate([">".join(plain(order)) for order in given_orders], list(FOUR))

    assert set(said.split(">")[0].split("=")) == set(ours.layers[0])


def test_stvpoll_has_the_same_places_in_large_elections_by_the_scottish_rule():
    """Among thousands the quota, which is rounded up, makes no difference; two surpluses in one round are left out."""
    stv = pytest.importorskip("stvpoll.scottish_stv", reason="stvpoll is not installed")
    chance, compared = Random(2007), 0
    for _ in range(8):
        given_orders = [
            "".join(sorted("ABCDEFG", key=leaning(chance))[: chance.choice((1, 2, 3, 7))]) for _ in range(4000)
        ]

        ours = TRANSFERS.count(ordered(written(given_orders)), asking(*"ABCDEFG", places=3))
        counted = Counter(tuple(order) for order in given_orders).items()
        theirs = stv.calculate_scottish_stv(tuple("ABCDEFG"), list(counted), 3, allow_random=False)

        if not ours.tied and all(len(one.chosen) < 2 for one in ours.rounds[:-1]):
            compared += 1
            assert set(theirs.elected_as_tuple()) == set(ours.chosen)
    assert compared > 2


def leaning(chance: Random):
    """Somebody's leaning: options near each other in the alphabet are near in their order, too."""
    at = chance.gauss(3, 2)
    return lambda option: abs(ord(option) - ord("A") - at) + chance.gauss(0, 0.5)
