"""
Counting in rounds: votes move on from the options that go out, and from those chosen with votes to spare.

In each round every ballot's vote stands with the options that it puts first among those still in; options in the same
place share it equally. Whoever reaches the mark is chosen, and what is over the mark moves on in equal parts of every
vote; where nobody does, the option with the fewest votes goes out and its votes move on. A vote that names nobody who
is still in rests. Votes are exact fractions, so that in every round they add up to the ballots.

Where several options are level for last, every way of going on is followed. If all of them choose the same, the tie
changes nothing and is none (`level` shows that it was there). If not, the order written down before opening settles
it; without one, the count stops there: what is chosen whichever way is chosen, and the rest that some way would choose
is tied. An option that nobody put anywhere is never chosen, and a place that nobody's vote can fill stays empty.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from manyhands.counting.question import Question
from manyhands.counting.rankings import Ranking
from manyhands.counting.result import Outcome, Votes

FURTHEST = 100_000
"""How many parts of votes are looked at before a tie is reported without following it further: a second or two."""

Reaches: TypeAlias = Callable[[Votes, Votes], bool]
"""Whether so many votes, out of so many that do not rest, are enough to be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """
    One round: the votes of the options still in and of those chosen earlier, those resting, and what came of it.
    `level` are the options that were level for last, where there were several.
    """

    votes: tuple[tuple[str, Votes], ...]
    resting: Votes
    chosen: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    level: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a count has come: who is still in, who is chosen, and where the part of every vote stands."""

    standing: frozenset[tuple[str, Ranking, Votes]]
    resting: Votes
    still_in: frozenset[str]
    chosen: tuple[str, ...] = ()

    @property
    def votes(self) -> dict[str, Votes]:
        votes = dict.fromkeys((*self.still_in, *self.chosen), Fraction(0))
        for option, _, part in self.standing:
            votes[option] += part
        return votes


@dataclass(frozen=True, slots=True)
class Step:
    """What a round comes to: options chosen, or those with the fewest votes, of which one goes out (or `all_go`)."""

    chosen: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    all_go: bool = False


class TooManyWays(Exception):
    """More ways of going on than can be followed."""


@dataclass(slots=True)
class Count:
    """One count in rounds. `quota` is what a chosen option keeps of its votes."""

    question: Question
    reaches: Reaches
    quota: Votes
    rounds: list[Round] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    known: dict[Stage | frozenset[str], frozenset[frozenset[str]]] = field(default_factory=dict)
    looked_at: int = 0

    def run(self, ballots: Mapping[Ranking, int]) -> Outcome:
        stage = start(ballots)
        while not self._is_over(stage):
            step = self._step(stage)
            out = () if step.chosen else self._going_out(step, stage)
            level = step.last if len(step.last) > 1 and not step.all_go else ()
            self._note(stage, step.chosen, out, level)
            if not step.chosen and not out:
                return self._tied(stage)
            stage = self._after(stage, step.chosen, out)
        return Outcome(chosen=stage.chosen, settled=self.question.in_order(self.settled))

    def _is_over(self, stage: Stage) -> bool:
        return len(stage.chosen) >= self.question.places or not stage.still_in

    def _step(self, stage: Stage) -> Step:
        votes = stage.votes
        live = sum(votes.values(), Fraction(0))
        in_order = self.question.in_order(stage.still_in)
        there = tuple(option for option in in_order if self.reaches(votes[option], live))
        left = self.question.places - len(stage.chosen)
        if not there and len(in_order) <= left:
            there = in_order
        if there:
            return Step(chosen=tuple(sorted(there, key=votes.__getitem__, reverse=True)))
        fewest = min(votes[option] for option in in_order)
        last = tuple(option for option in in_order if votes[option] == fewest)
        return Step(last=last, all_go=fewest == 0 and len(in_order) - len(last) >= left)

    def _going_out(self, step: Step, stage: Stage) -> tuple[str, ...]:
        """Who goes out; nobody, where that would decide and nothing settles it."""
        if step.all_go or len(step.last) == 1:
            return step.last
        if self._makes_no_difference(stage):
            return step.last[:1]
        if not self.question.ties_go_by:
            return ()
        self.settled |= set(step.last)
        return (max(step.last, key=self.question.ties_go_by.index),)

    def _makes_no_difference(self, stage: Stage) -> bool:
        try:
            return len(self._outcomes(stage)) == 1
        except TooManyWays:
            return False

    def _outcomes(self, stage: Stage) -> frozenset[frozenset[str]]:
        """Everything that could be chosen from here on, whoever goes out where options are level."""
        if self._is_over(stage):
            return frozenset({frozenset(stage.chosen)})
        # until somebody is chosen, where the votes stand depends only on who is still in, and not on the way there
        key = stage if stage.chosen else stage.still_in
        if key not in self.known:
            self.looked_at += len(stage.standing)
            if self.looked_at > FURTHEST:
                raise TooManyWays
            step = self._step(stage)
            ways = [step.last] if step.all_go else [(option,) for option in step.last]
            after = [self._after(stage, step.chosen, way) for way in (ways or [()])]
            self.known[key] = frozenset().union(*map(self._outcomes, after))
        return self.known[key]

    def _tied(self, stage: Stage) -> Outcome:
        try:
            ways = self._outcomes(stage)
        except TooManyWays:
            return Outcome(chosen=stage.chosen, tied=self.question.in_order(stage.still_in))
        surely = frozenset.intersection(*ways)
        later = self.question.in_order(surely - set(stage.chosen))
        return Outcome(chosen=stage.chosen + later, tied=self.question.in_order(frozenset().union(*ways) - surely))

    def _after(self, stage: Stage, chosen: tuple[str, ...], out: tuple[str, ...]) -> Stage:
        moving = {option: Fraction(1) for option in out}
        votes = stage.votes if chosen else {}
        moving |= {
            option: (votes[option] - self.quota) / votes[option] for option in chosen if votes[option] > self.quota
        }
        return _move_on(stage, moving, chosen, stage.still_in - {*chosen, *out})

    def _note(self, stage: Stage, chosen: tuple[str, ...], out: tuple[str, ...], level: tuple[str, ...]) -> None:
        votes = stage.votes
        shown = tuple((option, votes[option]) for option in self.question.in_order(set(votes)))
        self.rounds.append(Round(votes=shown, resting=stage.resting, chosen=chosen, out=out, level=level))


def start(ballots: Mapping[Ranking, int]) -> Stage:
    """Every vote with whoever its ballot puts first; only options that somebody put somewhere are in."""
    still_in = frozenset(option for ranking in ballots for place in ranking for option in place)
    placed = [
        (option, ranking, Fraction(count, len(ranking[0])))
        for ranking, count in ballots.items()
        if ranking
        for option in ranking[0]
    ]
    return Stage(frozenset(placed), Fraction(ballots.get((), 0)), still_in)


def _move_on(stage: Stage, moving: Mapping[str, Fraction], chosen: tuple[str, ...], still_in: frozenset[str]) -> Stage:
    """The stage after: of every vote that stands with an option in `moving`, that part goes to whoever is next."""
    standing = {(option, ranking): part for option, ranking, part in stage.standing if option not in moving}
    resting = stage.resting
    for option, ranking, part in stage.standing:
        if option not in moving:
            continue
        going = part * moving[option]
        if going < part:
            standing[option, ranking] = part - going
        following = next((place & still_in for place in ranking if place & still_in), frozenset())
        for other in following:
            there = standing.get((other, ranking), Fraction(0))
            standing[other, ranking] = there + going / len(following)
        resting += Fraction(0) if following else going
    return Stage(
        frozenset((option, ranking, part) for (option, ranking), part in standing.items()),
        resting,
        still_in,
        stage.chosen + chosen,
    )
