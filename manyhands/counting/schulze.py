"""
Choose one of several by comparing every two options, as Schulze's method does.

    d(A, B)   how many ballots put A above B
    p(A, B)   the width of the widest path from A to B: over all ways A > C > … > B on which each step wins its
              comparison, the one whose narrowest step has the most votes ("winning votes")
    A wins    when p(A, B) >= p(B, A) for every other option B

An option that beats every other in direct comparison always wins. Where options beat each other in a circle, the
narrowest win in the circle gives way. Options that nothing separates are tied.

Ballot    options in order, 1 first; equal places are allowed. Left out: last, or no opinion, as the ballot says
Ties      reported, or settled by the order written down before opening
Source    Schulze 2011, Social Choice and Welfare 36(2): 267-303
Beware    what leaving out means can change the winner (Debian's leader of 2006), so it stands on the ballot; the order
          of the others is only as good as the paths between them, so the comparisons are shown beside it
Example   42 M>N>C>K, 26 N>C>K>M, 15 C>K>N>M, 17 K>C>N>M: N beats M 58 to 42, C and K 68 to 32, and wins
"""

from dataclasses import dataclass
from itertools import permutations

from manyhands.counting.method import Asks, Method
from manyhands.counting.opening import against_choosing_one
from manyhands.counting.question import Ballot, Called, Question, Unranked
from manyhands.counting.rankings import ABOVE_CARRYING_ON, Ranking, places_to_give, rankings
from manyhands.counting.result import Received, Result, settled


@dataclass(frozen=True, slots=True)
class Pair:
    """Two options compared: how many ballots put `one` above `other`, and the widest path from the one to the other."""

    one: str
    other: str
    votes: int
    path: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchulzeResult(Result):
    """
    Every comparison, both ways round, and the options in layers: the winners; then those that only a winner wins
    against; and so on. Options in one layer are not put in order.
    """

    pairs: tuple[Pair, ...]
    layers: tuple[tuple[str, ...], ...]

    def pair(self, one: str, other: str) -> Pair:
        return next(pair for pair in self.pairs if (pair.one, pair.other) == (one, other))

    @property
    def beats_all(self) -> str | None:
        """The option that beats every other in direct comparison (Condorcet), if there is one."""
        for option in self.question.options:
            others = [other for other in self.question.options if other != option]
            if all(self.pair(option, other).votes > self.pair(other, option).votes for other in others):
                return option
        return None

    def told(self, called: Called = str) -> str:
        if not self.chosen:
            return ""
        (winner,) = self.chosen
        if winner == self.beats_all:
            return f"{called(winner)} is put above every other option by more people than put it below."
        if self.outcome.settled:
            return f"Chosen: {called(winner)}."
        circle = "Not every comparison goes its way: options beat each other in a circle, or come out level."
        return f"{called(winner)} comes first. {circle}"


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> SchulzeResult:
    votes = compared(dict(rankings(ballots)), question)
    paths = widest_paths(votes, question.options)
    layers = _layers(paths, question) if ballots else ()
    pairs = tuple(
        Pair(one, other, votes[one, other], paths[one, other]) for one, other in permutations(question.options, 2)
    )
    outcome = settled((), layers[0] if layers else (), question)
    return SchulzeResult(question=question, received=received, outcome=outcome, pairs=pairs, layers=layers)


def compared(ballots: dict[Ranking, int], question: Question) -> dict[tuple[str, str], int]:
    """How many ballots put each option above each other one."""
    votes = dict.fromkeys(permutations(question.options, 2), 0)
    for ranking, count in ballots.items():
        below = set(question.options)
        if question.unranked is Unranked.NO_OPINION:
            below = set().union(*ranking)
        for place in ranking:
            below -= place
            for one in place:
                for other in below:
                    votes[one, other] += count
    return votes


def widest_paths(votes: dict[tuple[str, str], int], options: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """Floyd and Warshall's way: let paths go by one more option at a time."""
    paths = {pair: count if count > votes[pair[::-1]] else 0 for pair, count in votes.items()}
    for by, one, other in permutations(options, 3):  # permutations go through `by` in the outermost loop
        paths[one, other] = max(paths[one, other], min(paths[one, by], paths[by, other]))
    return paths


def _layers(paths: dict[tuple[str, str], int], question: Question) -> tuple[tuple[str, ...], ...]:
    left, layers = set(question.options), []
    while left:
        beaten = {other for one in left for other in left - {one} if paths[one, other] > paths[other, one]}
        layers.append(question.in_order(left - beaten))
        left = beaten
    return tuple(layers)


METHOD = Method(
    code="schulze",
    name="Choose one, by comparing every two",
    explained=(
        "Put the options in the order in which you would want them; several may share a place. "
        "Every two options are compared by how many people put the one above the other, "
        "and the option that loses no comparison, or loses them least, comes first."
    ),
    asks=Asks.ORDER,
    scale=places_to_give,
    opening=against_choosing_one,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=ABOVE_CARRYING_ON,
    leaving_out=(
        (Unranked.LAST, "Options that you leave out count as below all those that you put in order."),
        (Unranked.NO_OPINION, "Options that you leave out are not compared with the others on your ballot."),
    ),
    way_back=True,
)
