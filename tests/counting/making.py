"""Ballots and questions of every kind for Hypothesis."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from manyhands.counting import METHODS, Ballot, Method, Question, Result, Unranked
from manyhands.counting.rankings import Ranking
from manyhands.who import Organisation

OPTIONS = ("A", "B", "C", "D", "E")
RANKED = ("schulze", "ranked-rounds", "single-transferable-vote")
ORGANISATIONS = st.sampled_from([None, *map(Organisation, ("council", "hospice", "practice"))])


@st.composite
def questions(draw: st.DrawFn, options: int = 4, places: int = 1, **settled: object) -> Question:
    names = OPTIONS[: draw(st.integers(2, options))]
    return Question(
        options=tuple(draw(st.permutations(names))),
        places=draw(st.integers(1, min(places, len(names) - 1))),
        unranked=draw(st.sampled_from(Unranked)),
        **settled,  # type: ignore[arg-type]
    )


@st.composite
def ballots_of(draw: st.DrawFn, method: Method[Result], question: Question, most: int = 9) -> list[Ballot]:
    """Ballots as people give them with a method: mostly in order, some empty, some with a mark missing."""
    numbers = [mark.number for mark in method.scale(question)]
    marks: st.SearchStrategy[dict[str, int]] = st.just({})
    if numbers:
        option, number = st.sampled_from(question.options), st.sampled_from(numbers)
        marks = st.one_of(
            st.dictionaries(option, number),
            st.fixed_dictionaries(dict.fromkeys(question.options, number)),
            st.builds(lambda o, n: {o: n}, option, number),
        )
    made = st.builds(
        Ballot,
        marks=marks.map(lambda given: tuple(given.items())),
        because=st.sampled_from(["", "Because.", "It would help."]),
        for_organisation=ORGANISATIONS,
    )
    return draw(st.lists(made, max_size=most))


@st.composite
def counts(draw: st.DrawFn, places: int = 3) -> tuple[Method[Result], Question, list[Ballot]]:
    """Any method, a question that suits it, and ballots."""
    method = draw(st.sampled_from(list(METHODS.values())))
    several = {"single-transferable-vote", "approval", "proportional-approval"}
    question = draw(questions(places=places if method.code in several else 1))
    if method.code == "consent":
        question = replace(question, options=question.options[:1])
    return method, question, draw(ballots_of(method, question))


@st.composite
def orders(
    draw: st.DrawFn, options: tuple[str, ...], most: int = 9, least: int = 1, whole: bool = False
) -> list[Ranking]:
    """Strict orders of some options, or of all."""
    some = st.permutations(options).flatmap(
        lambda order: st.integers(len(options) if whole else 1, len(options)).map(lambda n: order[:n])
    )
    made = draw(st.lists(some, min_size=least, max_size=most))
    return [tuple(frozenset({option}) for option in order) for order in made]


@st.composite
def weak_orders(draw: st.DrawFn, options: tuple[str, ...], most: int = 9) -> list[Ranking]:
    """Orders in which several options can share a place, and be left out."""
    marks = st.dictionaries(st.sampled_from(options), st.integers(1, len(options)), min_size=1)
    return [_ranking(given) for given in draw(st.lists(marks, min_size=1, max_size=most))]


def _ranking(given: dict[str, int]) -> Ranking:
    return tuple(frozenset(o for o, place in given.items() if place == at) for at in sorted(set(given.values())))


def ballots(rankings: list[Ranking]) -> list[Ballot]:
    return [
        Ballot(marks=tuple((option, place) for place, options in enumerate(r, 1) for option in sorted(options)))
        for r in rankings
    ]


def add_up(parts: dict[str, Fraction], resting: Fraction) -> Fraction:
    return sum(parts.values(), resting)
