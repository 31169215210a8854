"""
How far each organisation agrees, the lowest first, so that a small partner is never lost in a total.

    smoothed(o) = (agree + 0.5) / (answered + 1)
    score       = the geometric mean of smoothed(o) over the organisations

Unit      none; above 0 (nobody anywhere agrees) and below 1 (everybody everywhere does)
Better    higher; but read the lowest organisation first, which the score only summarises
Needs     for each organisation, how many answered with a view, and how many of them agree
Source    Jeffreys' smoothing (one half more on each side), so that one answer is less sure than ten. Polis multiplies
          smoothed shares over groups; the geometric mean does not shrink as organisations are added
Beware    an organisation that has not answered counts as one half: nothing is known of it. What counts as agreement
          is a choice, and is stated beside the bars. Never shown of an anonymous check: a small organisation's bar
          would give its people away
Example   five organisations, 2 of 2 each: 0.8333. A practice 12 of 12, social care 0 of 1: √(0.9615 × 0.25) = 0.4903,
          though 12 of all 13 agree
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, fsum, log

from manyhands import who
from manyhands.counting.method import Agreement
from manyhands.counting.question import Ballot, Called, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One organisation's bar: of those that `answered` with a view, how many agree; `heard` counts "no view" too."""

    organisation: who.Organisation
    agree: int
    answered: int
    heard: int

    @property
    def smoothed(self) -> float:
        return smoothed(self.agree, self.answered)


def smoothed(agree: int, answered: int) -> float:
    """A share that knows how little it rests on."""
    return (agree + 0.5) / (answered + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByOrganisation:
    """The bars, the unheard and the lowest first, what counts as agreement, and the two figures that sum them up."""

    shares: tuple[Share, ...]
    what_counts: str

    @property
    def lowest(self) -> Share | None:
        return self.shares[0] if self.shares else None

    @property
    def score(self) -> float | None:
        """The geometric mean over organisations of their smoothed shares."""
        if not self.shares:
            return None
        return exp(fsum(log(share.smoothed) for share in self.shares) / len(self.shares))

    def say(self, called: Called = str) -> str:
        """Every organisation by name, the lowest first; the total only after them."""
        bars = "; ".join(_bar(share, called) for share in self.shares)
        if self.score is None:
            return "No organisation was asked, and none has answered."
        answered = sum(share.answered for share in self.shares)
        agree = sum(share.agree for share in self.shares)
        return f"{bars}. All together: {agree} of {answered} agree; score over organisations {self.score:.2f}."


def _bar(share: Share, called: Called) -> str:
    name = called(share.organisation)
    if not share.heard:
        return f"{name}: not heard"
    if not share.answered:
        return f"{name}: heard, with no view"
    return f"{name}: {share.agree} of {share.answered} agree"


def by_organisation(ballots: Iterable[Ballot], question: Question, option: str, agreement: Agreement) -> ByOrganisation:
    """
    The bars of one option: every organisation asked, and any other that has answered. Ballots that cannot be counted
    are to be left out before; anonymous ballots, which are for no organisation, are not in it.
    """
    answers: dict[who.Organisation, list[bool | None]] = {organisation: [] for organisation in question.asked}
    for ballot in ballots:
        if ballot.for_organisation is not None:
            view = None if ballot.says_nothing else agreement.of(ballot, question, option)
            answers.setdefault(ballot.for_organisation, []).append(view)
    shares = (
        Share(
            organisation=organisation,
            agree=views.count(True),
            answered=len(views) - views.count(None),
            heard=len(views),
        )
        for organisation, views in answers.items()
    )
    return ByOrganisation(shares=tuple(sorted(shares, key=_lowest_first)), what_counts=agreement.words)


def _lowest_first(share: Share) -> tuple[bool, float, str]:
    return share.heard > 0, share.smoothed, share.organisation
