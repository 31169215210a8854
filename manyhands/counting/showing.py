"""
What may be shown to whom while a question is open, so that views are people's own and an anonymous check stays one.

A question may start *independent*: everybody sees only their own answer, until each has given one or the time is up.
Then it is *consolidating*: everybody sees everything and can change their answer. Closed, it is *complete*. A result
can be kept back until one has answered, or until the end. What was kept back cannot be seen early by anybody; whether
it is kept back is settled before the question is opened.
"""

from dataclasses import dataclass
from enum import StrEnum

FEWEST = 3
"""Nothing of an anonymous check is shown before this many ballots: of two, each would know the other's."""


class Phase(StrEnum):
    INDEPENDENT = "independent"
    CONSOLIDATING = "consolidating"
    COMPLETE = "complete"


class ResultsFrom(StrEnum):
    """From when results are shown."""

    AT_ONCE = "at-once"
    ONCE_ANSWERED = "once-answered"
    THE_END = "the-end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What was settled before the question was opened."""

    independent_first: bool = False
    results_from: ResultsFrom = ResultsFrom.AT_ONCE
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MayBeSeen:
    """
    What one person may see now: their own answer, who has answered, who answered what and why, the result, and the
    result by organisation. `because` says in words what is kept back and until when, and what to be careful of.
    """

    own: bool
    who_has_answered: bool
    answers: bool
    result: bool
    by_organisation: bool
    because: tuple[str, ...] = ()


INDEPENDENT = "Everybody gives their own view first. You see the others’ once each has answered, or the time is up."
ONCE_ANSWERED = "You see the result once you have answered."
THE_END = "The result is shown when the question is closed."
ANONYMOUS = "Answers are kept without a name, a time or an organisation."
TOO_FEW = f"Nothing is shown before {FEWEST} answers are in."
SUBTRACTION = (
    "Whoever knows all the answers but one can work that one out, and whoever looks before and after an answer can see "
    "what it was."
)


def phase(showing: Showing, *, everybody_has_answered: bool, time_is_up: bool, closed: bool) -> Phase:
    """Where a question stands. Whether the time is up is for the edge to say."""
    if closed:
        return Phase.COMPLETE
    if showing.independent_first and not everybody_has_answered and not time_is_up:
        return Phase.INDEPENDENT
    return Phase.CONSOLIDATING


def may_be_seen(showing: Showing, now: Phase, *, ballots: int, has_answered: bool) -> MayBeSeen:
    """What somebody may see, who has answered or not (or was not asked, and so has not)."""
    kept_back = tuple(_kept_back(showing, now, ballots, has_answered))
    result = not kept_back
    with_care = (SUBTRACTION,) if showing.anonymous and result else ()
    return MayBeSeen(
        own=not showing.anonymous,
        who_has_answered=True,
        answers=result and not showing.anonymous,
        result=result,
        by_organisation=result and not showing.anonymous,
        because=((ANONYMOUS,) if showing.anonymous else ()) + kept_back + with_care,
    )


def _kept_back(showing: Showing, now: Phase, ballots: int, has_answered: bool) -> "list[str]":
    said = []
    if showing.anonymous and ballots < FEWEST:
        said.append(TOO_FEW)
    if now is Phase.INDEPENDENT:
        said.append(INDEPENDENT)
    if now is not Phase.COMPLETE:
        if showing.results_from is ResultsFrom.THE_END:
            said.append(THE_END)
        elif showing.results_from is ResultsFrom.ONCE_ANSWERED and not has_answered:
            said.append(ONCE_ANSWERED)
    return said
