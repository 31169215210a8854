"""
Choose one or several by ticking every option that one could agree to.

    approval(A)   how many ballots tick A; those with the most are chosen

Ballot    ticks, as many as one likes; a ballot without a tick is no view
Ties      options level at the last place are tied for it, and reported, or settled by the order written down before
          opening. An option that nobody ticks is never chosen, though a place stays empty
Source    Brams and Fishburn 1978, American Political Science Review 72(3): 831-847
Beware    choosing several, the largest group of people can take every place: proportional approval does not let it
Example   3 tick A and B, 2 tick C, 1 ticks B: B has 4, A 3, C 2
"""

from dataclasses import dataclass

from manyhands.counting.method import Agreement, Asks, Mark, Method
from manyhands.counting.opening import against_choosing_several
from manyhands.counting.question import Ballot, Called, Question, listed
from manyhands.counting.result import Received, Result, leading


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalResult(Result):
    """How many tick each option, as the options stand in the question."""

    approvals: tuple[tuple[str, int], ...]

    def told(self, called: Called = str) -> str:
        if not self.chosen:
            return ""
        each = listed(tuple(f"{called(o)} ({n})" for o, n in self.approvals if o in self.chosen))
        return f"Chosen, with the number of people who ticked it: {each}."


def ticked(ballot: Ballot) -> frozenset[str]:
    return frozenset(option for option, number in ballot.marks if number == 1)


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> ApprovalResult:
    approvals = {option: sum(option in ticked(ballot) for ballot in ballots) for option in question.options}
    outcome = leading({option: number for option, number in approvals.items() if number}, question)
    return ApprovalResult(question=question, received=received, outcome=outcome, approvals=tuple(approvals.items()))


def ticks(question: Question) -> tuple[Mark, ...]:
    return (Mark(1, "ticked", "I could agree to this"),)


TICKED = Agreement("Agreement is ticking the option.", lambda ballot, question, option: option in ticked(ballot))

METHOD = Method(
    code="approval",
    name="Choose by ticking",
    explained=(
        "Tick every option that you could agree to, as many as you like. "
        "The options that the most people tick are chosen."
    ),
    asks=Asks.TICK,
    scale=ticks,
    opening=against_choosing_several,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=TICKED,
    several=True,
)
