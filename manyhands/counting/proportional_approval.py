"""
Choose several by ticking, so that small groups of people get something too: proportional approval (Thiele's method).

    worth(S) = Σ over ballots of  1 + 1/2 + … + 1/k,   where k of the options in S are ticked on the ballot

and the set S with the most worth, of all sets of as many options as there are places, is chosen.

Ballot    ticks, as many as one likes; a ballot without a tick is no view
Ties      where several sets are worth the same, what is in all of them is chosen and the rest of them tied; or the
          order written down before opening settles it. An option that nobody ticks is never chosen
Source    Thiele 1895; Aziz et al. 2017, Social Choice and Welfare 48: 461-485 (a group as large as one place's share of
          the people, who all tick one option, is never left without one that somebody of them ticked)
Beware    every set is tried, so options and places are kept to what can be: see `MOST_SETS`
Example   4 tick A, B and C; 2 tick D; for three. A, B, D is worth 4 × 3/2 + 2 = 8, and A, B, C only 4 × 11/6 = 7.33:
          D is in, with two of A, B and C, which are tied
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb, lcm

from manyhands.counting.approval import TICKED, ticked, ticks
from manyhands.counting.method import Asks, Method
from manyhands.counting.opening import against_choosing_several
from manyhands.counting.question import Ballot, Called, Question, Reason, listed
from manyhands.counting.result import Outcome, Received, Result, Votes

MOST_SETS = 20_000
"""16 options for 8 places make 12,870 sets; with a few dozen different ballots that is about a second's work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionalResult(Result):
    """How many tick each option, the best sets (several where they tie), and what they are worth."""

    approvals: tuple[tuple[str, int], ...]
    best: tuple[tuple[str, ...], ...]
    worth: Votes

    def told(self, called: Called = str) -> str:
        if not self.chosen:
            return ""
        each = listed(tuple(f"{called(o)} ({n})" for o, n in self.approvals if o in self.chosen))
        return f"Chosen together, with the number of people who ticked each: {each}."


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> ProportionalResult:
    approvals = {option: sum(option in ticked(ballot) for ballot in ballots) for option in question.options}
    somebody = tuple(option for option, number in approvals.items() if number)
    worth, best = best_sets(Counter(map(ticked, ballots)), somebody, min(question.places, len(somebody)))
    return ProportionalResult(
        question=question,
        received=received,
        outcome=_outcome(best, question),
        approvals=tuple(approvals.items()),
        best=best,
        worth=worth,
    )


def best_sets(
    ballots: Counter[frozenset[str]], options: tuple[str, ...], places: int
) -> tuple[Votes, tuple[tuple[str, ...], ...]]:
    """What the best sets are worth, and every one of them; exact, in whole parts of a vote."""
    parts = lcm(*range(1, places + 1))
    harmonic = [sum(parts // n for n in range(1, k + 1)) for k in range(places + 1)]
    best: list[tuple[str, ...]] = []
    most = -1
    for chosen in combinations(options, places):
        among = frozenset(chosen)
        worth = sum(count * harmonic[len(among & approved)] for approved, count in ballots.items())
        if worth > most:
            most, best = worth, []
        if worth == most:
            best.append(chosen)
    return Votes(most, parts), tuple(best)


def _outcome(best: tuple[tuple[str, ...], ...], question: Question) -> Outcome:
    in_all = frozenset.intersection(*map(frozenset, best))
    differing = question.in_order(frozenset().union(*best) - in_all)
    if differing and question.ties_go_by:
        first = min(best, key=lambda chosen: sorted(map(question.ties_go_by.index, chosen)))
        return Outcome(chosen=first, settled=differing)
    return Outcome(chosen=question.in_order(in_all), tied=differing)


def against_opening(question: Question) -> Iterator[Reason]:
    yield from against_choosing_several(question)
    options, places = len(question.options), question.places
    if 0 < places < options and comb(options, places) > MOST_SETS:
        sentence = (
            f"{places} out of {options} can be chosen in too many ways to compare. Take out options, or choose fewer."
        )
        yield Reason("too-many-sets", sentence)


METHOD = Method(
    code="proportional-approval",
    name="Choose several by ticking, a share for everybody",
    explained=(
        "Tick every option that you could agree to, as many as you like. "
        "The options are chosen together: the more of yours are already in, the less your tick counts for another, "
        "so that smaller groups of people get something too."
    ),
    asks=Asks.TICK,
    scale=ticks,
    opening=against_opening,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=TICKED,
    several=True,
)
