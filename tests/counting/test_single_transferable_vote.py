"""Choosing several in order of preference, so that smaller groups get something too."""

from fractions import Fraction

from manyhands.counting.question import Ballot
from manyhands.counting.single_transferable_vote import METHOD
from tests.counting.ballots import DATA, asking, ordered


def belenios() -> list[Ballot]:
    written = (line.split(":") for line in (DATA / "belenios-stv.txt").read_text().split())
    return [ballot for order, count in written for ballot in ordered(f"{count} {'>'.join(order)}")]


def test_belenios_fills_two_places_in_four_rounds():
    ballots = belenios()

    result = METHOD.count(ballots, asking("0", "1", "2", "3", "4", places=2))

    assert len(ballots) == 50
    assert result.chosen == ("4", "3")
    assert dict(result.rounds[0].votes) == {"0": 7, "1": 10, "2": 6, "3": 12, "4": 15}
    assert [one.out or one.chosen for one in result.rounds] == [("2",), ("4",), ("0",), ("3",)]


def test_the_quota_is_exact():
    result = METHOD.count(ordered("5 A>B>C, 3 C>B>A"), asking("A", "B", "C", places=2))

    assert result.quota == Fraction(8, 3)
    assert result.say() == "Chosen: A and C. More than 2.67 votes were needed for a place. Counted: 8 answers."


def test_two_people_of_one_mind_fill_three_places_in_their_order():
    """With a quota rounded up to a whole vote, C and D would be tied though both put C first."""
    result = METHOD.count(ordered("2 A>B>C>D"), asking("A", "B", "C", "D", places=3))

    assert (result.chosen, result.tied) == (("A", "B", "C"), ())


def test_a_vote_that_has_been_spent_is_not_spent_again():
    """
    Where pyrankvote chooses C: when A goes out, the five votes that came to it at 1/18 each move on at the same value
    as the two whole ones.
    """
    ballots = ordered(
        "1 A, 1 B>A>C>D, 1 C>D>B>A, 1 C>D>A, 1 D>A>B>C, 1 D>A, 1 D>A>C>B, 1 D>A>B, 1 D>C, 1 B>D>C>A, 1 D>A>B, 1 C>A, "
        "1 B>A, 1 A>B, 1 C, 1 C, 1 B"
    )

    result = METHOD.count(ballots, asking("A", "B", "C", "D", places=2))

    assert result.chosen == ("D", "B")
    assert [one.out for one in result.rounds] == [(), ("A",), ("C",), ()]
    assert dict(result.rounds[2].votes)["B"] == 4 + 1 + Fraction(3, 18)


def test_a_tie_for_the_last_place_leaves_the_others_chosen():
    result = METHOD.count(ordered("4 A, 2 B, 2 C"), asking("A", "B", "C", places=2))

    assert result.chosen == ("A",)
    assert result.tied == ("B", "C")
    assert "Tied for 1 more: B and C." in result.say()


def test_the_order_written_down_settles_a_tie():
    result = METHOD.count(ordered("4 A, 2 B, 2 C"), asking("A", "B", "C", places=2, ties_go_by=("C", "A", "B")))

    assert result.chosen == ("A", "C")
    assert result.outcome.settled == ("B", "C")


def test_a_place_that_nobody_s_vote_can_fill_stays_empty():
    result = METHOD.count(ordered("3 A"), asking("A", "B", "C", places=2))

    assert (result.chosen, result.tied) == (("A",), ())
    assert "1 place stays empty." in result.say()
