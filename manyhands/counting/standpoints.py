"""
Answers that put one mark of a scale beside an option, counted mark by mark: shown as they are, never added up.
"""

from collections import Counter
from dataclasses import dataclass

from manyhands.counting.method import Mark
from manyhands.counting.question import Ballot, Question


@dataclass(frozen=True, slots=True)
class Standpoints:
    """One option: how many put each mark beside it, as the scale stands."""

    option: str
    counts: tuple[tuple[Mark, int], ...]

    def of(self, code: str) -> int:
        return sum(count for mark, count in self.counts if mark.code == code)

    @property
    def said(self) -> str:
        """“Agree” 3, “Stand aside” 1: the marks that anybody gave."""
        return ", ".join(f"“{mark.words}” {count}" for mark, count in self.counts if count)


def standpoints(ballots: tuple[Ballot, ...], question: Question, scale: tuple[Mark, ...]) -> tuple[Standpoints, ...]:
    """Every option of the question, with how many put each mark beside it."""
    given = {option: Counter(ballot.mark(option) for ballot in ballots) for option in question.options}
    return tuple(
        Standpoints(option, tuple((mark, counts[mark.number]) for mark in scale)) for option, counts in given.items()
    )
