"""
Choose one of several in ranked rounds (instant run-off; the alternative vote).

In each round every ballot counts for the option that it puts first among those still in. An option with more than half
of the votes that do not rest is chosen; where there is none, the one with the fewest goes out.

Ballot    options in order, 1 first; options in the same place share the vote. When nobody on a ballot is in, it rests
Ties      a tie for last is followed every way; where that changes who is chosen, it is reported, or settled by the
          order written down before opening. Second choices never settle it quietly
Source    known since Ware 1871; ties as in Conitzer, Rognlie and Xia 2009, "parallel universes"
Beware    an option that everybody could live with goes out early where few put it first: Montroll in Burlington, 2009.
          Moving an option up can make it lose. Comparing every two has neither fault
Example   26 1>2>3, 20 2>3>1, 23 3>1>2: 2 goes out, its votes move to 3, and 3 is chosen with 43 of 69
"""

from dataclasses import dataclass

from manyhands.counting.method import Asks, Method
from manyhands.counting.opening import against_choosing_one
from manyhands.counting.question import Ballot, Called, Question, Unranked
from manyhands.counting.rankings import ABOVE_CARRYING_ON, places_to_give, rankings
from manyhands.counting.result import Received, Result, Votes, said
from manyhands.counting.rounds import Count, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsResult(Result):
    """Every round, up to the one that decides or the one that is tied."""

    rounds: tuple[Round, ...]

    def told(self, called: Called = str) -> str:
        if not self.chosen:
            return ""
        votes = dict(self.rounds[-1].votes)
        won, of = said(votes[self.chosen[0]]), said(sum(votes.values(), Votes(0)))
        many = len(self.rounds)
        return f"{called(self.chosen[0])} is chosen with {won} of {of} votes in round {many}."


def more_than_half(votes: Votes, live: Votes) -> bool:
    return 2 * votes > live


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> RoundsResult:
    count = Count(question, more_than_half, quota=Votes(len(ballots)))
    outcome = count.run(rankings(ballots))
    return RoundsResult(question=question, received=received, outcome=outcome, rounds=tuple(count.rounds))


RESTS = "When none of the options that you put in order is left, your vote rests."

METHOD = Method(
    code="ranked-rounds",
    name="Choose one, in ranked rounds",
    explained=(
        "Put the options in the order in which you would want them. "
        "The option that the fewest people put first goes out and its votes move to their next choice, "
        "round by round, until one option has more than half."
    ),
    asks=Asks.ORDER,
    scale=places_to_give,
    opening=against_choosing_one,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=ABOVE_CARRYING_ON,
    leaving_out=((Unranked.LAST, RESTS), (Unranked.NO_OPINION, RESTS)),
    way_back=True,
)
