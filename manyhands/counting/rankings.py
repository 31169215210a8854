"""
Ballots that put options in order. 1 is first; equal places and gaps are allowed, and options can be left out.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from manyhands.counting.method import Agreement, Mark
from manyhands.counting.question import Ballot, Question, Unranked

Ranking: TypeAlias = tuple[frozenset[str], ...]
"""Options from the first place down, those in the same place together; options left out are not in it."""


def ranking(ballot: Ballot) -> Ranking:
    """A ballot's order, whatever numbers it was written with: places 2, 5, 5 are first, second, second."""
    places: dict[int, set[str]] = {}
    for option, place in ballot.marks:
        places.setdefault(place, set()).add(option)
    return tuple(frozenset(places[place]) for place in sorted(places))


def rankings(ballots: Iterable[Ballot]) -> Counter[Ranking]:
    """How many ballots hold each order."""
    return Counter(map(ranking, ballots))


def places_to_give(question: Question) -> tuple[Mark, ...]:
    """As many places as options."""
    return tuple(Mark(place, str(place), _ordinal(place)) for place in range(1, len(question.options) + 1))


def _ordinal(place: int) -> str:
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def _above_carrying_on(ballot: Ballot, question: Question, option: str) -> bool | None:
    """Whether a ballot puts an option above "carry on as now"; nothing where it does not compare the two."""
    ours, now = ballot.mark(option), None if question.carry_on is None else ballot.mark(question.carry_on)
    if question.carry_on is None or option == question.carry_on or (ours is None and now is None):
        return None
    if ours is None or now is None:
        return None if question.unranked is Unranked.NO_OPINION else now is None
    return ours < now


ABOVE_CARRYING_ON = Agreement(
    "Agreement is putting the option above “carry on as now”. Whoever does not compare the two is left out.",
    _above_carrying_on,
)


def _among_the_first(ballot: Ballot, question: Question, option: str) -> bool | None:
    place = ballot.mark(option)
    return place is not None and sum(other < place for _, other in ballot.marks) < question.places


AMONG_THE_FIRST = Agreement(
    "Agreement is putting the option among as many first places as there are to be chosen.", _among_the_first
)
