"""Rating the options, with a score or in words."""

import tomllib
from fractions import Fraction

import pytest

from manyhands.counting import Unranked, majority_judgement, score
from manyhands.counting.question import Ballot
from tests.counting.ballots import DATA, asking, marked


def scored(question, **scores):
    """A's scores and B's, one ballot after another."""
    columns = [[(option, number) for number in given] for option, given in scores.items()]
    return score.METHOD.count([Ballot(marks=marks) for marks in zip(*columns, strict=True)], question)


def test_the_highest_mean_comes_first_with_the_scores_spread_beside_it():
    result = scored(asking("A", "B"), A=[5, 5, 0], B=[4, 3, 4])

    assert result.chosen == ("B",)
    assert [one.mean for one in result.scored] == [Fraction(10, 3), Fraction(11, 3)]
    assert result.scored[0].spread == (1, 0, 0, 0, 0, 2)
    assert result.say() == "B has the highest mean: 3.67 out of 5, scored by 3. Counted: 3 answers."


def test_the_same_mean_is_a_tie():
    assert scored(asking("A", "B"), A=[5, 1], B=[3, 3]).tied == ("A", "B")


@pytest.mark.parametrize(("unranked", "first"), [(Unranked.LAST, "A"), (Unranked.NO_OPINION, "B")])
def test_what_leaving_out_means_can_change_the_winner(unranked, first):
    ballots = [marked(A=4), marked(A=4), marked(A=4, B=5)]

    assert score.METHOD.count(ballots, asking("A", "B", unranked=unranked)).chosen == (first,)


def test_an_option_without_a_score_is_not_chosen_with_no_opinion():
    result = score.METHOD.count([marked(A=0)], asking("A", "B", unranked=Unranked.NO_OPINION))

    assert result.chosen == ("A",)
    assert result.scored[1].mean is None


def test_a_scale_to_ten():
    question = asking("A", "now", carry_on="now", steps=10)

    assert list(score.METHOD.against_opening(question)) == []
    assert list(score.METHOD.against(marked(A=10), question)) == []
    assert [reason.code for reason in score.METHOD.against(marked(A=11), question)] == ["not-on-the-scale"]


def graded(spreads: dict[str, list[int]]) -> list[Ballot]:
    """Ballots that add up to so many of each grade, the best first; who gave which makes no difference."""
    columns = {o: [5 - place for place, n in enumerate(spread) for _ in range(n)] for o, spread in spreads.items()}
    rows = zip(*columns.values(), strict=True)
    return [Ballot(marks=tuple(zip(columns, row, strict=True))) for row in rows]


def test_belenios_grades_a_hundred_ballots():
    spreads = tomllib.loads((DATA / "grades.toml").read_text())
    blank, grade_missing = Ballot(), Ballot(marks=(("0", 1), ("2", 1), ("3", 1)))

    result = majority_judgement.METHOD.count([*graded(spreads), blank, grade_missing], asking("0", "1", "2", "3"))

    assert result.layers == (("0",), ("1",), ("2",), ("3",))
    assert (result.received.counted, result.received.no_view, result.received.set_aside) == (100, 1, 1)
    assert {one.option: list(one.spread) for one in result.graded} == spreads


def test_a_missing_grade_is_answered_in_words():
    assert [reason.say() for reason in majority_judgement.METHOD.against(marked(A=3), asking("A", "B"))] == [
        "B has no grade. Give every option one, or none at all."
    ]


def test_the_middle_grade_is_the_lower_of_two_and_is_told():
    result = majority_judgement.METHOD.count([marked(A=5, B=3), marked(A=2, B=3)], asking("A", "B"))

    assert {one.option: one.middle.words for one in result.graded} == {"A": "Poor", "B": "Acceptable"}
    assert result.say() == (
        "B comes first: more than half of the people hold it to be Acceptable or better. Counted: 2 answers."
    )


def test_the_same_middle_is_parted_by_the_grades_around_it():
    """One middle grade is taken from each, until they differ: here 3 from both, 3 again, and then 2 against 3."""
    spread = {"A": [2, 3, 2, 1, 4], "D": [3, 1, 5, 2, 1]}

    assert majority_judgement.METHOD.count(graded(spread), asking("A", "D")).chosen == ("D",)


def test_only_the_very_same_grades_are_tied():
    result = majority_judgement.METHOD.count([marked(A=5, B=2), marked(A=2, B=5)], asking("A", "B"))

    assert result.tied == ("A", "B")


def test_six_grades():
    question = asking("A", "now", carry_on="now", steps=6)

    assert [mark.words for mark in majority_judgement.METHOD.scale(question)][1] == "Very good"
    assert list(majority_judgement.METHOD.against(marked(A=6, now=3), question)) == []
