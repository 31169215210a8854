"""
What is settled before anybody answers: the options, how many are to be chosen, what leaving one out means, and what
happens when options tie. It is printed with the question, and does not change once the first answer is in.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from manyhands import who


class Called(Protocol):
    """Whoever can say what an option or an organisation is called: counting knows identifiers, never names."""

    def __call__(self, identifier: str, /) -> str: ...


class Unranked(StrEnum):
    """What leaving an option out says about it. The choice can change the result, so it stands on the ballot."""

    LAST = "last"
    NO_OPINION = "no-opinion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    One question, as it is counted.

    `carry_on` is the option "carry on as now". `places` is how many options are to be chosen. `ties_go_by` is an
    order of all the options, written down beforehand, by which ties are settled; without one, a tie is reported.
    `steps` is how fine a scale is, where a method offers more than one. `asked` are the organisations that it touches.
    """

    options: tuple[str, ...]
    carry_on: str | None = None
    places: int = 1
    unranked: Unranked = Unranked.LAST
    ties_go_by: tuple[str, ...] = ()
    steps: int | None = None
    asked: tuple[who.Organisation, ...] = ()

    def in_order(self, options: "frozenset[str] | set[str]") -> tuple[str, ...]:
        """Some of the options, as they stand in the question."""
        return tuple(option for option in self.options if option in options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """
    What one person answered: a number beside each option that they marked, and their reason in words.

    What a number means is the method's affair: a place in an order, a score, a step of a scale. A ballot without a
    mark is "no view": heard, and not a vote. An anonymous ballot is for no organisation.
    """

    marks: tuple[tuple[str, int], ...] = ()
    because: str = ""
    for_organisation: who.Organisation | None = None

    def mark(self, option: str) -> int | None:
        return dict(self.marks).get(option)

    @property
    def says_nothing(self) -> bool:
        return not self.marks and not self.because.strip()


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Why a question cannot be opened, or a ballot cannot be counted, and what to do about it. `sentence` has gaps in
    braces, which `options` fills by name; the code is stable, for tests and for the rules.
    """

    code: str
    sentence: str
    options: tuple[tuple[str, str], ...] = ()

    def say(self, called: Called = str) -> str:
        return self.sentence.format_map({gap: called(option) for gap, option in self.options})


def listed(options: tuple[str, ...], called: Called = str, joined_by: str = "and") -> str:
    """Options as people list them: A, B and C."""
    names = [called(option) for option in options]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joined_by} {names[-1]}" if names else ""
