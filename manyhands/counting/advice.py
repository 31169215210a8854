"""
Ask for advice, decide, and say what was decided: for what lies within one role.

Whoever answers for it asks those whom it touches and those who know about it, hears them, decides, and publishes the
decision with the reasons. Nobody votes, and nobody's advice has to be taken; it has to have been asked for.

Ballot    the advice, in words
Ties      none, as nothing is counted
Source    Laloux, Reinventing Organizations, 2014: the advice process
Beware    of organisations asked that have not answered: they are named, so that deciding without them is seen
Example   4 organisations asked, 3 have given advice: the fourth is named
"""

from collections.abc import Iterator
from dataclasses import dataclass

from manyhands import who
from manyhands.counting.method import Asks, Method
from manyhands.counting.question import Ballot, Called, Question, Reason, listed
from manyhands.counting.result import Received, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceResult(Result):
    """The advice given, by organisation, and the organisations asked that have given none."""

    given: tuple[tuple[who.Organisation | None, str], ...]
    unheard: tuple[who.Organisation, ...]

    def told(self, called: Called = str) -> str:
        missing = f" Asked, and not heard: {listed(self.unheard, called)}." if self.unheard else ""
        return f"Advice has been given.{missing} Whoever asked decides, and says why."


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> AdviceResult:
    given = sorted(((b.for_organisation, b.because) for b in ballots), key=lambda one: (one[0] or "", one[1]))
    return AdviceResult(
        question=question,
        received=received,
        given=tuple(given),
        unheard=tuple(organisation for organisation in question.asked if organisation not in received.organisations),
    )


def against_opening(question: Question) -> Iterator[Reason]:
    if not question.asked:
        yield Reason("nobody-asked", "Nobody is asked for advice yet. Add those whom it touches and those who know.")
    if question.options:
        yield Reason("nothing-to-choose", "Advice is given in words. Take the options out, or use another method.")


def _against_no_words(ballot: Ballot, question: Question) -> Iterator[Reason]:
    if not ballot.because.strip():
        yield Reason("advice-missing", "The advice is still missing. Say it in a few words.")


METHOD = Method(
    code="advice",
    name="Advice",
    explained=(
        "Give the person who asks your advice, in words. "
        "They decide within their own role, having heard those whom it touches and those who know, and say why."
    ),
    asks=Asks.WRITE,
    scale=lambda question: (),
    opening=against_opening,
    marking=_against_no_words,
    counted=counted,
    can_tie=False,
)
