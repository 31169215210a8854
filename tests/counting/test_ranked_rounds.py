"""Choosing one in rounds: the option with the fewest votes goes out, unless some option has more than half."""

from fractions import Fraction

import pytest

from manyhands.counting import ranked_rounds, rounds
from manyhands.counting.ranked_rounds import METHOD
from tests.counting.ballots import asking, marked, ordered, published


def counted(case: str):
    return METHOD.count(*published(case))


def votes(result):
    return [{option: int(number) for option, number in one.votes} for one in result.rounds]


def test_tennessee_chooses_knoxville():
    assert counted("B1").chosen == ("K",)


def test_tennessee_with_a_last_round_that_is_level():
    result = counted("B2")

    assert result.chosen == ()
    assert result.tied == ("K", "M")
    assert votes(result)[-1] == {"K": 42, "M": 42}
    assert result.rounds[-1].level == ("K", "M")


def test_burlington_chooses_kiss_though_montroll_beats_both():
    result = counted("B5")

    assert result.chosen == ("K",)
    assert votes(result) == [{"K": 2982, "M": 2554, "W": 3297}, {"K": 4314, "W": 4064}]
    assert result.rounds[-1].resting == 455
    assert result.say() == "K is chosen with 4314 of 8378 votes in round 2. Counted: 8833 answers."


def test_two_level_options_are_tied_on_every_run():
    assert [counted("B6").tied for _ in range(20)] == [("A", "B")] * 20


def test_a_winner_without_ties_and_the_rounds_that_led_there():
    result = counted("B8")

    assert result.chosen == ("3",)
    assert votes(result) == [{"1": 26, "2": 20, "3": 23}, {"1": 26, "3": 43}]


def test_losers_level_for_last_are_a_tie_where_it_decides_who_wins():
    result = counted("B9")

    assert result.chosen == ()
    assert result.tied == ("1", "3")
    assert result.rounds[-1].level == ("2", "3")


@pytest.mark.parametrize(("case", "winner"), [("B10", "1"), ("B10-four-options", "A")])
def test_a_tie_that_cannot_change_the_winner_is_none(case, winner):
    result = counted(case)

    assert (result.chosen, result.tied) == ((winner,), ())


def test_a_tie_for_last_that_changes_nothing_is_shown_and_passed():
    result = METHOD.count(ordered("5 A, 2 B>C, 2 C>B, 3 D>A"), asking("A", "B", "C", "D"))

    assert result.chosen == ("A",)
    assert (result.rounds[0].level, result.rounds[0].out) == (("B", "C"), ("B",))


def test_exactly_half_is_not_more_than_half():
    """Where pyrankvote chooses A: 3 of 6 is no majority, and B gets C's vote."""
    result = METHOD.count(ordered("3 A, 2 B, 1 C>B"), asking("A", "B", "C"))

    assert result.tied == ("A", "B")


def test_second_choices_do_not_settle_a_tie_quietly():
    """Where pyrankvote, left as it comes, chooses one of them."""
    result = METHOD.count(ordered("2 A>B, 2 B>C"), asking("A", "B", "C"))

    assert result.tied == ("A", "B")


def test_the_order_written_down_says_who_goes_out():
    ballots, _ = published("B9")

    result = METHOD.count(ballots, asking("1", "2", "3", ties_go_by=("3", "2", "1")))

    assert result.chosen == ("3",)
    assert result.outcome.settled == ("2", "3")
    assert result.rounds[0].out == ("2",)


def test_the_order_written_down_is_not_spoken_of_where_nothing_hung_on_it():
    ballots, _ = published("B10")

    result = METHOD.count(ballots, asking("1", "2", "3", ties_go_by=("3", "2", "1")))

    assert (result.chosen, result.outcome.settled) == (("1",), ())


def test_options_in_one_place_share_the_vote():
    result = METHOD.count([marked(A=1, B=1, C=2), *ordered("1 C>A")], asking("A", "B", "C"))

    assert dict(result.rounds[0].votes) == {"A": Fraction(1, 2), "B": Fraction(1, 2), "C": 1}


def test_an_option_that_nobody_put_anywhere_is_in_no_round():
    result = METHOD.count(ordered("2 A, 1 B"), asking("A", "B", "C"))

    assert [option for option, _ in result.rounds[0].votes] == ["A", "B"]


def test_more_ties_than_can_be_followed_are_reported_as_one(monkeypatch):
    options = tuple("ABCDEFGHIJKL")
    ballots = [ballot for n in range(12) for ballot in ordered(f"1 {'>'.join(options[n:] + options[:n])}")]
    monkeypatch.setattr(rounds, "FURTHEST", 50)

    assert METHOD.count(ballots, asking(*options)).tied == options


def test_a_perfect_circle_of_twelve_is_tied_between_all():
    options = tuple("ABCDEFGHIJKL")
    ballots = [ballot for n in range(12) for ballot in ordered(f"1 {'>'.join(options[n:] + options[:n])}")]

    assert METHOD.count(ballots, asking(*options)).tied == options


def test_what_leaving_out_means_stands_on_the_ballot():
    assert METHOD.printed(asking("A", "B"))[0] == ranked_rounds.RESTS
