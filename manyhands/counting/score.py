"""
Rate the options with a score, and choose the one with the highest mean.

    mean(A) = Σ scores of A / how many ballots score it

Ballot    a score beside each option, from 0 up to 5 (or 10). Left out: 0, or no opinion, as the ballot says
Ties      options with the same mean, exactly, are tied; reported, or settled by the order written down before opening
Source    range voting; the distribution is shown beside the mean, as a mean can hide two camps
Beware    with no opinion of those left out, an option that one enthusiast scored leads; see how many scored it. Giving
          only the highest and the lowest score makes one's ballot count for more
Example   A scored 5, 5, 0 and B 4, 3, 4: B leads with 3.67 to 3.33, and A's people are far apart
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from manyhands.counting.method import Agreement, Asks, Mark, Method
from manyhands.counting.opening import against_choosing_one, against_steps
from manyhands.counting.question import Ballot, Called, Question, Reason, Unranked
from manyhands.counting.result import Received, Result, Votes, leading

HIGHEST = (5, 10)


@dataclass(frozen=True, slots=True)
class Scored:
    """One option: its mean, if anybody scored it, and how many gave each score from 0 up."""

    option: str
    mean: Votes | None
    spread: tuple[int, ...]

    @property
    def by(self) -> int:
        return sum(self.spread)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreResult(Result):
    """Every option's mean and spread, as the options stand in the question."""

    scored: tuple[Scored, ...]

    def told(self, called: Called = str) -> str:
        return "".join(
            f"{called(one.option)} has the highest mean: {float(one.mean):.2f} out of {len(one.spread) - 1}, "
            f"scored by {one.by}."
            for one in self.scored
            if one.option in self.chosen and one.mean is not None
        )


def highest(question: Question) -> int:
    return question.steps or HIGHEST[0]


def score(ballot: Ballot, question: Question, option: str) -> int | None:
    """What a ballot scores an option; an option left out has 0, or no score, as the question says."""
    given = ballot.mark(option)
    return 0 if given is None and question.unranked is Unranked.LAST else given


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> ScoreResult:
    scored = tuple(_scored(option, ballots, question) for option in question.options)
    outcome = leading({one.option: one.mean for one in scored if one.mean is not None}, question)
    return ScoreResult(question=question, received=received, outcome=outcome, scored=scored)


def _scored(option: str, ballots: tuple[Ballot, ...], question: Question) -> Scored:
    given = Counter(score(ballot, question, option) for ballot in ballots)
    spread = tuple(given[number] for number in range(highest(question) + 1))
    total = sum(number * count for number, count in enumerate(spread))
    return Scored(option, Votes(total, sum(spread)) if sum(spread) else None, spread)


def scale(question: Question) -> tuple[Mark, ...]:
    top = highest(question)
    words = {0: "0, the lowest", top: f"{top}, the highest"}
    return tuple(Mark(number, str(number), words.get(number, str(number))) for number in range(top, -1, -1))


def against_opening(question: Question) -> Iterator[Reason]:
    yield from against_choosing_one(question)
    yield from against_steps(question, HIGHEST)


def _upper_half(ballot: Ballot, question: Question, option: str) -> bool | None:
    given = score(ballot, question, option)
    return None if given is None else 2 * given > highest(question)


METHOD = Method(
    code="score",
    name="Rate the options with a score",
    explained=(
        "Give each option a score, the higher the better. "
        "The option with the highest mean comes first, and how the scores are spread is shown beside it."
    ),
    asks=Asks.CHOOSE,
    scale=scale,
    opening=against_opening,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=Agreement("Agreement is a score in the upper half.", _upper_half),
    leaving_out=(
        (Unranked.LAST, "An option that you leave out has your lowest score, 0."),
        (Unranked.NO_OPINION, "An option that you leave out has no score from you, and its mean is of the others’."),
    ),
    steps=HIGHEST,
    way_back=True,
)
