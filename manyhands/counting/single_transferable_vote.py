"""
Choose several so that everybody's vote counts towards one of them: the single transferable vote.

    quota   votes / (places + 1); more than that is needed to be chosen, which no more options can have than there are
            places

What a chosen option has over the quota moves on, in equal parts of every vote that it holds; then the options with the
fewest votes go out, one by one, and theirs move on. A group of people that is large enough for n places, and puts the
same options first, gets n of them.

Ballot    options in order, 1 first; options in the same place share the vote. When nobody on a ballot is in, it rests
Ties      a tie for last is followed every way; where that changes who is chosen, it is reported, or settled by the
          order written down before opening
Source    weighted inclusive Gregory transfers, all surpluses of a round at once; the quota exact (Hagenbach-Bischoff)
          and not rounded up to the next vote: among twenty people, half a vote is much
Beware    not every surplus counts so: Scottish councils round the quota up and move one surplus at a time, which among
          few people can choose others
Example   5 A>B>C, 3 C>B>A for two: the quota is 8/3; A is chosen with 5 and C with 3, so that the three have their say
"""

from dataclasses import dataclass

from manyhands.counting.method import Asks, Method
from manyhands.counting.opening import against_choosing_several
from manyhands.counting.question import Ballot, Called, Question, Unranked, listed
from manyhands.counting.ranked_rounds import RESTS
from manyhands.counting.rankings import AMONG_THE_FIRST, places_to_give, rankings
from manyhands.counting.result import Received, Result, Votes, said
from manyhands.counting.rounds import Count, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class TransfersResult(Result):
    """Every round, up to the one that fills the last place or the one that is tied, and the quota."""

    rounds: tuple[Round, ...]
    quota: Votes

    def told(self, called: Called = str) -> str:
        if not self.chosen:
            return ""
        empty = self.question.places - len(self.chosen) if not self.tied else 0
        stay = f" {empty} {'place stays' if empty == 1 else 'places stay'} empty." if empty else ""
        needed = f"More than {said(self.quota)} votes were needed for a place."
        return f"Chosen: {listed(self.chosen, called)}. {needed}{stay}"


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> TransfersResult:
    quota = Votes(len(ballots), question.places + 1)
    count = Count(question, lambda votes, _: votes > quota, quota)
    outcome = count.run(rankings(ballots))
    return TransfersResult(
        question=question, received=received, outcome=outcome, rounds=tuple(count.rounds), quota=quota
    )


METHOD = Method(
    code="single-transferable-vote",
    name="Choose several, in order of preference",
    explained=(
        "Put the options in the order in which you would want them; your one vote counts for the first of them. "
        "What it does not need, because that option has votes to spare or has gone out, moves to your next, "
        "so that smaller groups of people get something too."
    ),
    asks=Asks.ORDER,
    scale=places_to_give,
    opening=against_choosing_several,
    marking=lambda ballot, question: iter(()),
    counted=counted,
    agreement=AMONG_THE_FIRST,
    leaving_out=((Unranked.LAST, RESTS), (Unranked.NO_OPINION, RESTS)),
    several=True,
)
