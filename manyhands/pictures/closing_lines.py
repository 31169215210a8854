"""
The four lines that a proposal needs to close, each green or with what is missing, in the words everyone knows them by.

They are not a second rule: each line gathers those reasons that the rule against agreeing gave.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from manyhands import acts, who
from manyhands.rules.refusals import Refusal, day
from manyhands.rules.standing import Standing
from manyhands.rules.things import ConditionStanding


@dataclass(frozen=True, slots=True)
class Line:
    """One of the four lines: met, or with every reason why not."""

    words: str
    missing: tuple[Refusal, ...]

    @property
    def met(self) -> bool:
        return not self.missing


LINES = (
    ("heard", ("not-yet-heard", "leaves-out")),
    ("safe", ("objection-stands",)),
    ("held", ("nothing-follows", "hands-missing", "check-in-the-past")),
    ("reviewed", ("no-review", "review-in-the-past")),
)
"""Each line, and the codes of the reasons that stand against it."""


def closing_lines(terms: acts.Terms, against_agreeing: Iterable[Refusal], kept_back: bool = False) -> tuple[Line, ...]:
    """
    The four lines, from what is put and the rule's own reasons against agreeing to it. While answers are kept back, the
    line about safety concerns is too: it would tell what somebody has answered.
    """
    reasons = list(against_agreeing)
    return tuple(
        Line(_words(line, terms), tuple(reason for reason in reasons if reason.code in codes))
        for line, codes in LINES
        if not (kept_back and line == "safe")
    )


def conditions_left(proposal: who.Proposal, standing: Standing) -> tuple[ConditionStanding, ...]:
    """The conditions that nobody has said to be fulfilled: they do not block agreeing, and stay in sight after it."""
    return tuple(c for c in standing.conditions.values() if c.proposal == proposal and c.is_open)


def _words(line: str, terms: acts.Terms) -> str:
    match line:
        case "heard":
            many = len(terms.affected)
            return "The one organisation has been heard." if many == 1 else f"All {many} organisations have been heard."
        case "safe":
            return "No safety concern is open."
        case "held":
            many = len(terms.follows)
            if many == 0:
                return "What follows has a holder and a deputy."
            return (
                f"{many} responsibilities have a holder and a deputy."
                if many > 1
                else ("1 responsibility has a holder and a deputy.")
            )
        case _:
            return f"Review on {day(terms.review_on)}." if terms.review_on is not None else "A review is set."
