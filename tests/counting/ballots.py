"""Ballots as tests and published tallies write them."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from manyhands.counting import Ballot, Question
from manyhands.who import Organisation

DATA = Path(__file__).parent / "data"


def marked(because: str = "", organisation: str | None = None, **marks: int) -> Ballot:
    """One ballot: a number beside each option."""
    for_organisation = None if organisation is None else Organisation(organisation)
    return Ballot(marks=tuple(marks.items()), because=because, for_organisation=for_organisation)


def ordered(written: str) -> list[Ballot]:
    """`42 M>N>C>K, 3 A>B=C`: so many ballots of each order, equal places with an equals sign."""
    ballots = []
    for line in written.replace("\n", " ").split(","):
        count, order = line.split()
        places = enumerate(order.split(">"), start=1)
        marks = tuple((option, place) for place, options in places for option in options.split("="))
        ballots += [Ballot(marks=marks)] * int(count)
    return ballots


def published(case: str) -> tuple[list[Ballot], Question]:
    """A case of data/orders.toml, and the question with its options in the alphabet's order."""
    ballots = ordered(tomllib.loads((DATA / "orders.toml").read_text())[case])
    return ballots, asking(*sorted({option for ballot in ballots for option, _ in ballot.marks}))


def placed(file: str, candidates: tuple[str, ...]) -> list[Ballot]:
    """`12-3x5`: the place given to each candidate in turn, `-` for none, and how many of the same."""
    ballots = []
    for written in (DATA / file).read_text().split():
        places, _, count = written.partition("x")
        marks = ((who, int(place)) for who, place in zip(candidates, places, strict=True) if place != "-")
        ballots += [Ballot(marks=tuple(marks))] * int(count or 1)
    return ballots


def asking(*options: str, **settled: object) -> Question:
    return Question(options=options, **settled)  # type: ignore[arg-type]


def relabelled(ballots: Iterable[Ballot], names: dict[str, str]) -> list[Ballot]:
    """The same ballots about options of other names."""
    return [replace(b, marks=tuple((names[option], number) for option, number in b.marks)) for b in ballots]
