"""
A method of counting: what is said before anyone answers, what a ballot may hold, and how ballots become a result.

Every method is one `Method`, made at the end of its own file, and is used in the same way:

    method = METHODS["schulze"]
    method.explained                             two sentences for the page, before anyone answers
    method.printed(question, called)             what else stands on the ballot: places, leaving out, ties
    list(method.against_opening(question))       every reason why this question cannot be opened; none means it can
    method.scale(question)                       the marks that can be put beside an option, with their words
    list(method.against(ballot, question))       every reason why this ballot cannot be counted; none means it can
    method.count(ballots, question).say(called)  the result, and the sentence that tells it
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from manyhands.counting.question import Ballot, Called, Question, Reason, Unranked, listed
from manyhands.counting.result import Received, Result

R_co = TypeVar("R_co", bound=Result, covariant=True)


class Asks(StrEnum):
    """What somebody does on a ballot, so that a page knows what to draw."""

    ORDER = "order"  # put options in order: 1 is first; equal places and gaps are allowed
    TICK = "tick"  # tick as many options as one likes
    CHOOSE = "choose"  # one mark of the scale beside each option
    NAME = "name"  # name one option, with a reason
    WRITE = "write"  # say something in words


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One mark of a scale: the number that a ballot holds, its stable code, its words, and what it means. `asks` is what
    has to be said with it, if anything; `offered` is whether a person can choose it.
    """

    number: int
    code: str
    words: str
    means: str = ""
    asks: str = ""
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    What counts as agreement with an option when a result is shown by organisation: a choice, stated in words.
    `of` answers yes, no, or nothing where a ballot says nothing about the option and so is left out.
    """

    words: str
    of: Callable[[Ballot, Question, str], bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method(Generic[R_co]):
    """
    One method of counting. `counted` is handed only ballots that can be counted. `several`: it can choose more than
    one; `steps` are the sizes that its scale comes in, where there is a choice; `way_back`: "carry on as now" has to
    be among the options.
    """

    code: str
    name: str
    explained: str
    asks: Asks
    scale: Callable[[Question], tuple[Mark, ...]]
    opening: Callable[[Question], Iterator[Reason]]
    marking: Callable[[Ballot, Question], Iterator[Reason]]
    counted: Callable[[tuple[Ballot, ...], Question, Received], R_co]
    agreement: Agreement | None = None
    leaving_out: tuple[tuple[Unranked, str], ...] = ()
    can_tie: bool = True
    several: bool = False
    steps: tuple[int, ...] = ()
    way_back: bool = False

    def against_opening(self, question: Question) -> Iterator[Reason]:
        """Every reason why a question cannot be opened with this method."""
        yield from self.opening(question)

    def against(self, ballot: Ballot, question: Question) -> Iterator[Reason]:
        """Every reason why a ballot cannot be counted. A ballot that says nothing is "no view", and is in order."""
        if not ballot.says_nothing:
            yield from _against_strange_marks(ballot, question, self.scale(question))
            yield from self.marking(ballot, question)

    def _has_a_view(self, ballot: Ballot) -> bool:
        """A comment beside no mark is no vote, unless words are what is asked for."""
        return bool(ballot.because.strip() if self.asks is Asks.WRITE else ballot.marks)

    def printed(self, question: Question, called: Called = str) -> tuple[str, ...]:
        """What stands on the ballot besides: how many are chosen, what leaving out means, and what a tie leads to."""
        several = f"{question.places} are to be chosen." if question.places > 1 else ""
        left_out = dict(self.leaving_out).get(question.unranked, "")
        return tuple(line for line in (several, left_out, self._of_ties(question, called)) if line)

    def _of_ties(self, question: Question, called: Called) -> str:
        if not self.can_tie:
            return ""
        if not question.ties_go_by:
            return (
                "If options tie, the tie is the result: nothing is drawn by lot, and you decide together how to go on."
            )
        return (
            f"If options tie, the one named first here goes before the others: {listed(question.ties_go_by, called)}."
        )

    def count(self, ballots: Iterable[Ballot], question: Question) -> R_co:
        """The result. The order of the ballots makes no difference; ballots that cannot be counted are set aside."""
        everyone = tuple(ballots)
        in_order = tuple(ballot for ballot in everyone if not list(self.against(ballot, question)))
        good = tuple(ballot for ballot in in_order if self._has_a_view(ballot))
        received = Received(
            heard=len(everyone),
            no_view=len(in_order) - len(good),
            set_aside=len(everyone) - len(in_order),
            organisations=tuple(sorted({b.for_organisation for b in in_order if b.for_organisation is not None})),
        )
        return self.counted(good, question, received)


def _against_strange_marks(ballot: Ballot, question: Question, scale: tuple[Mark, ...]) -> Iterator[Reason]:
    marked = [option for option, _ in ballot.marks]
    if set(marked) - set(question.options):
        yield Reason("not-an-option", "Something is marked that is not among the options. Mark only what is listed.")
    for option in question.options:
        if marked.count(option) > 1:
            yield Reason("marked-twice", "{option} is marked twice. Leave one mark beside it.", (("option", option),))
    numbers = {mark.number for mark in scale}
    for option, number in ballot.marks:
        if option in question.options and number not in numbers:
            allowed = " to ".join(map(str, dict.fromkeys((min(numbers), max(numbers))))) if numbers else "none"
            sentence = f"{{option}} is marked {number}, which is not among the marks: {allowed}. Choose one of those."
            yield Reason("not-on-the-scale", sentence, (("option", option),))
