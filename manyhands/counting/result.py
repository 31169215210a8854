"""
What every count comes to: what was chosen, what it could not decide between, and how many ballots that rests on.

A tie is a result. It is reported, or settled by the order that was written down before the question was opened;
no lot is ever drawn, and nothing is decided by the order in which options or ballots happen to stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from manyhands import who
from manyhands.counting.question import Called, Question, listed

Votes: TypeAlias = Fraction
"""Counted exactly: a vote can be shared, and thirds have to add up again."""


def said(votes: Votes) -> str:
    """Votes as people write them: 43, or 8.33 where they were shared."""
    return str(votes.numerator) if votes.denominator == 1 else f"{float(votes):.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """
    How many ballots came, how many were without a view, and how many could not be counted; and the organisations that
    the others came from, with a view or without.
    """

    heard: int = 0
    no_view: int = 0
    set_aside: int = 0
    organisations: tuple[who.Organisation, ...] = ()

    @property
    def counted(self) -> int:
        return self.heard - self.no_view - self.set_aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What is chosen, and which options are `tied` for the places that are left open. `settled` are the options that
    were tied until the order written down beforehand settled it.
    """

    chosen: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a count comes to. Each method adds what is needed to draw it and to check it by hand."""

    question: Question
    received: Received
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.outcome.chosen

    @property
    def tied(self) -> tuple[str, ...]:
        return self.outcome.tied

    @property
    def is_there(self) -> bool:
        """Whether there is anything to tell: somebody has answered with a view."""
        return self.received.counted > 0

    def say(self, called: Called = str) -> str:
        """The result in words: what leads, what is tied, and on how many ballots."""
        if not self.is_there:
            return f"There is no result: {_ballots(self.received)}."
        return " ".join(sentence for sentence in (self.told(called), *self._beside(called)) if sentence)

    def told(self, called: Called = str) -> str:
        """What was chosen, in the method's own words."""
        return f"Chosen: {listed(self.chosen, called)}." if self.chosen else ""

    def _beside(self, called: Called) -> tuple[str, ...]:
        tied, settled = listed(self.tied, called), listed(self.outcome.settled, called)
        left = self.question.places - len(self.chosen)
        return (
            f"Tied{f' for {left} more' if self.chosen else ''}: {tied}. Nothing is drawn by lot; "
            "decide together how to go on."
            if tied
            else "",
            f"{settled} were tied; the order written down before opening settled it." if settled else "",
            f"Counted: {_ballots(self.received)}.",
        )


def _ballots(received: Received) -> str:
    said = f"{received.counted} {'answer' if received.counted == 1 else 'answers'}"
    said += f", {received.no_view} with no view" if received.no_view else ""
    return said + (f", {received.set_aside} that could not be counted" if received.set_aside else "")


def settled(certain: tuple[str, ...], tied: tuple[str, ...], question: Question) -> Outcome:
    """What is certain, and of the tied those that the order written down beforehand puts first; or else the tie."""
    left = question.places - len(certain)
    if len(tied) <= left:
        return Outcome(chosen=certain + tied)
    if not question.ties_go_by:
        return Outcome(chosen=certain, tied=tied)
    first = sorted(tied, key=question.ties_go_by.index)[:left]
    return Outcome(chosen=certain + tuple(first), settled=tied)


def leading(standing: Mapping[str, object], question: Question) -> Outcome:
    """
    The options that stand highest, as many as there are places. Options that stand level at the last place are tied
    for it. An option that is not in `standing` cannot be chosen.
    """
    levels = sorted(set(standing.values()), reverse=True)  # type: ignore[type-var]  # of one method, so of one type
    certain: tuple[str, ...] = ()
    for level in levels:
        if len(certain) == question.places:
            break
        here = question.in_order({option for option, stands in standing.items() if stands == level})
        if len(certain) + len(here) > question.places:
            return settled(certain, here, question)
        certain += here
    return Outcome(chosen=certain)
