"""Choosing by ticking: the most ticks, or a share for everybody."""

from fractions import Fraction

from manyhands.counting import approval, proportional_approval
from tests.counting.ballots import asking, marked


def ticking(written: str):
    """`3 AB, 2 C`: three tick A and B, two tick C."""
    return [
        marked(**dict.fromkeys(who, 1)) for one in written.split(", ") for who in [one.split()[1]] * int(one.split()[0])
    ]


def test_the_most_ticked_is_chosen():
    result = approval.METHOD.count(ticking("3 AB, 2 C, 1 B"), asking("A", "B", "C"))

    assert result.approvals == (("A", 3), ("B", 4), ("C", 2))
    assert result.say() == "Chosen, with the number of people who ticked it: B (4). Counted: 6 answers."


def test_level_at_the_last_place_is_a_tie_for_it():
    result = approval.METHOD.count(ticking("3 A, 2 B, 2 C"), asking("A", "B", "C", "D", places=2))

    assert (result.chosen, result.tied) == (("A",), ("B", "C"))


def test_all_places_filled_leaves_nothing_tied():
    result = approval.METHOD.count(ticking("3 A, 2 B, 1 C, 1 D"), asking("A", "B", "C", "D", places=2))

    assert (result.chosen, result.tied) == (("A", "B"), ())


def test_what_nobody_ticks_is_never_chosen():
    result = approval.METHOD.count(ticking("3 A"), asking("A", "B", "C", places=2))

    assert (result.chosen, result.tied) == (("A",), ())


def test_the_largest_group_takes_every_place_by_ticks_alone_and_not_in_proportion():
    question = asking("A", "B", "C", "D", places=3)
    ballots = ticking("4 ABC, 2 D")

    assert approval.METHOD.count(ballots, question).chosen == ("A", "B", "C")
    shared = proportional_approval.METHOD.count(ballots, question)
    assert (shared.chosen, shared.tied) == (("D",), ("A", "B", "C"))
    assert shared.worth == 8
    assert shared.best == (("A", "B", "D"), ("A", "C", "D"), ("B", "C", "D"))


def test_the_order_written_down_settles_which_set_of_the_best():
    question = asking("A", "B", "C", "D", places=3, ties_go_by=("C", "B", "A", "D"))

    result = proportional_approval.METHOD.count(ticking("4 ABC, 2 D"), question)

    assert result.chosen == ("B", "C", "D")
    assert result.outcome.settled == ("A", "B", "C")


def test_worth_is_exact():
    result = proportional_approval.METHOD.count(ticking("1 ABC"), asking("A", "B", "C", "D", places=3))

    assert result.worth == 1 + Fraction(1, 2) + Fraction(1, 3)


def test_more_sets_than_can_be_compared_are_not_opened():
    question = asking(*"ABCDEFGHIJKLMNOPQR", places=9)

    assert [reason.say() for reason in proportional_approval.METHOD.against_opening(question)] == [
        "9 out of 18 can be chosen in too many ways to compare. Take out options, or choose fewer."
    ]


def test_a_tick_is_the_only_mark():
    reasons = approval.METHOD.against(marked(A=2), asking("A", "B"))

    assert [reason.say() for reason in reasons] == [
        "A is marked 2, which is not among the marks: 1. Choose one of those."
    ]
