"""
Where people stand, between wholehearted agreement and serious disagreement: gradients of agreement.

A check of the temperature. It chooses nothing: it shows how far apart people are, and so whether there is anything
still to be talked about.

Ballot    one step of the scale beside each option; five steps, or eight
Ties      none, as nothing is chosen
Source    Kaner, Facilitator's Guide to Participatory Decision-Making, 3rd ed. 2014, for the eight; the five are ours:
          the middle steps of the eight are often read in different ways
Beware    a mean of steps says nothing, and none is worked out; the steps are shown as they are
Example   14 answers: 9 "I agree wholeheartedly", 3 "I can live with it", 2 "I disagree strongly". The two are told
          first
"""

from collections.abc import Iterator
from dataclasses import dataclass

from manyhands.counting.method import Agreement, Asks, Mark, Method
from manyhands.counting.opening import against_options, against_steps
from manyhands.counting.question import Ballot, Called, Question, Reason
from manyhands.counting.result import Received, Result
from manyhands.counting.standpoints import Standpoints, standpoints

SCALES = {
    5: (
        Mark(5, "wholeheartedly", "I agree wholeheartedly"),
        Mark(4, "agree", "I agree, with small doubts"),
        Mark(3, "can-live-with-it", "I can live with it"),
        Mark(2, "disagree", "I disagree, and will not stand in the way"),
        Mark(1, "strongly", "I disagree strongly"),
    ),
    8: (
        Mark(8, "endorse", "I like it"),
        Mark(7, "minor-point", "I like it, but for a small point"),
        Mark(6, "reservations", "I can live with it"),
        Mark(5, "abstain", "I have no opinion"),
        Mark(4, "stand-aside", "I do not like it, and will not hold the group up"),
        Mark(3, "disagreement-noted", "I disagree and want it noted, and will support what is decided"),
        Mark(2, "not-involved", "I disagree and do not want to be part of carrying it out"),
        Mark(1, "block", "I cannot accept it"),
    ),
}
AGREEING = {5: 3, 8: 6}
"""The lowest step that counts as agreement: "I can live with it", on both scales."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradientsResult(Result):
    """How many stand at each step, of each option."""

    standing: tuple[Standpoints, ...]

    def told(self, called: Called = str) -> str:
        """The strongest disagreement first, as that is what there is to talk about."""
        return " ".join(
            f"{called(one.option)}: {Standpoints(one.option, one.counts[::-1]).said}."
            for one in self.standing
            if one.said
        )


def scale(question: Question) -> tuple[Mark, ...]:
    return SCALES.get(question.steps or 5, SCALES[5])


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> GradientsResult:
    return GradientsResult(
        question=question, received=received, standing=standpoints(ballots, question, scale(question))
    )


def against_opening(question: Question) -> Iterator[Reason]:
    yield from against_options(question, fewest=1)
    yield from against_steps(question, tuple(SCALES))


def _can_live_with_it(ballot: Ballot, question: Question, option: str) -> bool | None:
    step, steps = ballot.mark(option), len(scale(question))
    if step is None or (steps == 8 and step == 5):  # no opinion is no part of a bar
        return None
    return step >= AGREEING[steps]


METHOD = Method(
    code="gradients",
    name="Gradients of agreement",
    explained=(
        "Say how far you agree, from wholeheartedly to not at all. "
        "Nothing is decided by this: it shows how far apart you are, and what there is still to talk about."
    ),
    asks=Asks.CHOOSE,
    scale=scale,
    opening=against_opening,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=Agreement(
        "Agreement is “I can live with it” or more. “I have no opinion” is left out.", _can_live_with_it
    ),
    can_tie=False,
    steps=tuple(SCALES),
)
