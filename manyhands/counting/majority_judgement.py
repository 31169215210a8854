"""
Rate the options in words, and choose the one with the best middle grade: majority judgement.

    grade(A)   the middle one of all grades of A, put in order; with an even number, the lower of the two in the middle

Of options with the same middle grade, one grade like it is taken from each, and their middles compared again, until
they differ. So more than half of the people hold it to be at least that good.

Ballot    a grade beside every option, as a grade is only comparable when everybody gives it
Ties      only options with the very same grades are tied; reported, or settled by the order written down before opening
Source    Balinski and Laraki 2007, PNAS 104(21): 8720-8725
Beware    the middle can hide that many reject an option, so the distribution is shown
Example   A graded Good, Good, Reject and B Acceptable, Acceptable, Excellent: A leads, Good to Acceptable
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from manyhands.counting.method import Agreement, Asks, Mark, Method
from manyhands.counting.opening import against_choosing_one, against_steps
from manyhands.counting.question import Ballot, Called, Question, Reason
from manyhands.counting.result import Received, Result, leading

GRADES = {
    5: ("Excellent", "Good", "Acceptable", "Poor", "Reject"),
    6: ("Excellent", "Very good", "Good", "Acceptable", "Poor", "Reject"),
}
ACCEPTABLE = 3
"""The number of "Acceptable" on both scales, from Reject, which is 1."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One option: its middle grade, and how many gave each grade, the best first."""

    option: str
    middle: Mark
    spread: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradesResult(Result):
    """Every option's middle grade and spread, as they stand in the question; and the options in layers, best first."""

    graded: tuple[Graded, ...]
    layers: tuple[tuple[str, ...], ...]

    def told(self, called: Called = str) -> str:
        half = "more than half of the people hold it to be"
        return "".join(
            f"{called(one.option)} comes first: {half} {one.middle.words} or better."
            for one in self.graded
            if one.option in self.chosen
        )


def scale(question: Question) -> tuple[Mark, ...]:
    words = GRADES.get(question.steps or 5, GRADES[5])
    numbers = range(len(words), 0, -1)
    return tuple(Mark(n, word.lower().replace(" ", "-"), word) for n, word in zip(numbers, words, strict=True))


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> GradesResult:
    if not ballots:
        return GradesResult(question=question, received=received, graded=(), layers=())
    given = {o: Counter(dict(ballot.marks)[o] for ballot in ballots) for o in question.options}
    value = {option: majority_value(grades) for option, grades in given.items()}
    marks = scale(question)
    words = {mark.number: mark for mark in marks}
    return GradesResult(
        question=question,
        received=received,
        outcome=leading(value, question),
        graded=tuple(
            Graded(option, words[value[option][0]], tuple(grades[mark.number] for mark in marks))
            for option, grades in given.items()
        ),
        layers=tuple(
            question.in_order({option for option in value if value[option] == level})
            for level in sorted(set(value.values()), reverse=True)
        ),
    )


def majority_value(grades: Counter[int]) -> tuple[int, ...]:
    """The middle grade, then the middle of those left without it, and so on: what options are compared by."""
    left = sorted(grades.elements())
    return tuple(left.pop((len(left) - 1) // 2) for _ in range(len(left)))


def against_opening(question: Question) -> Iterator[Reason]:
    yield from against_choosing_one(question)
    yield from against_steps(question, tuple(GRADES))


def _against_leaving_out(ballot: Ballot, question: Question) -> Iterator[Reason]:
    for option in question.options:
        if ballot.marks and ballot.mark(option) is None:
            yield Reason(
                "grade-missing", "{option} has no grade. Give every option one, or none at all.", (("option", option),)
            )


def _acceptable(ballot: Ballot, question: Question, option: str) -> bool | None:
    given = ballot.mark(option)
    return None if given is None else given >= ACCEPTABLE


METHOD = Method(
    code="majority-judgement",
    name="Rate the options in words",
    explained=(
        "Say of each option, in one word, how good it would be. "
        "The option with the best middle grade comes first: "
        "more than half of the people hold it to be at least that good."
    ),
    asks=Asks.CHOOSE,
    scale=scale,
    opening=against_opening,
    marking=_against_leaving_out,
    counted=counted,
    agreement=Agreement("Agreement is a grade of “Acceptable” or better.", _acceptable),
    steps=tuple(GRADES),
    way_back=True,
)
