"""
Choose who takes a role, or deputises, by the strength of the reasons: nominations, and then consent.

Everybody names one person and says why. No nominations are counted: the reasons are read out and talked through, and
whoever facilitates proposes somebody. Then consent is asked for, of the person proposed last of all; and a safety
concern of theirs is dealt with first, since nobody takes on a role against their will.

Ballot    one person named, oneself if one likes, with the reason
Ties      none, as nothing is counted
Source    Sociocracy 3.0, role selection
Beware    how many named somebody is not shown, and is no reason
Example   Asha is named "because she knows every family", Ben "because he is there every day": two reasons to talk about
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from manyhands import who
from manyhands.counting.method import Asks, Mark, Method
from manyhands.counting.opening import against_options
from manyhands.counting.question import Ballot, Called, Question, Reason, listed
from manyhands.counting.result import Received, Result

Somebody = TypeVar("Somebody")


@dataclass(frozen=True, slots=True)
class Nominated:
    """Somebody who was named, with every reason given, and the organisation that it was given for."""

    option: str
    reasons: tuple[tuple[who.Organisation | None, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationsResult(Result):
    """Everybody named, as they stand in the question and not by how often they were named."""

    nominated: tuple[Nominated, ...]

    def told(self, called: Called = str) -> str:
        named = listed(tuple(one.option for one in self.nominated), called)
        return f"Named, with reasons: {named}. Nothing is counted: talk the reasons through, then ask for consent."


def counted(ballots: tuple[Ballot, ...], question: Question, received: Received) -> NominationsResult:
    reasons: dict[str, list[tuple[who.Organisation | None, str]]] = {option: [] for option in question.options}
    for ballot in ballots:
        ((named, _),) = ballot.marks
        reasons[named].append((ballot.for_organisation, ballot.because))
    return NominationsResult(
        question=question,
        received=received,
        nominated=tuple(
            Nominated(option, tuple(sorted(given, key=lambda one: (one[0] or "", one[1]))))
            for option, given in reasons.items()
            if given
        ),
    )


def in_order_of_asking(everybody: Iterable[Somebody], proposed: Somebody) -> tuple[Somebody, ...]:
    """Whoever is asked for consent, in turn: the person proposed last, so that they have heard the others."""
    return tuple(sorted(everybody, key=lambda one: one == proposed))


def in_order_of_dealing(objecting: Iterable[Somebody], proposed: Somebody) -> tuple[Somebody, ...]:
    """Whose safety concern is dealt with, in turn: that of the person proposed first."""
    return tuple(sorted(objecting, key=lambda one: one != proposed))


def against_opening(question: Question) -> Iterator[Reason]:
    yield from against_options(question, fewest=1, most=100)


def _against_no_reason(ballot: Ballot, question: Question) -> Iterator[Reason]:
    if len(ballot.marks) != 1:
        yield Reason("name-one", "Name one person, and one only.")
    if not ballot.because.strip():
        yield Reason("reason-needed", "A nomination needs a reason. Say why this person.")


METHOD = Method(
    code="role-selection",
    name="Role selection, by reasons",
    explained=(
        "Name the person whom you would like to see in the role, yourself if you like, and say why. "
        "Nothing is counted: the reasons are talked through, and then everybody is asked for consent, "
        "the person proposed last."
    ),
    asks=Asks.NAME,
    scale=lambda question: (Mark(1, "named", "I name this person"),),
    opening=against_opening,
    marking=_against_no_reason,
    counted=counted,
    can_tie=False,
)
