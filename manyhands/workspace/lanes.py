"""
A person's contacts drawn as lanes: a lane for each organisation, a mark for each day of contact, and a line wherever
care passed from one organisation to another (a hand-off).

Positions are in the units of the drawing (940 across the window, 30 for each lane); the same things stand in a
table beside it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol

from manyhands.rules.days import day_of

WIDTH, NAME, LANE, TOP = 940, 320, 30, 26
"""Width of the time, of the names at its left, height of a lane and of the months above."""


class Contact(Protocol):
    """What is needed of a contact."""

    @property
    def started_at(self) -> datetime | None: ...
    @property
    def organisation(self) -> str | None: ...
    @property
    def organisation_name(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on which an organisation was seen, with how many contacts."""

    x: float
    on: date
    contacts: int


@dataclass(frozen=True, slots=True)
class Lane:
    """An organisation, from the one most often seen down, with its marks and its share of all contacts."""

    name: str
    y: int
    marks: tuple[Mark, ...]
    contacts: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class HandOff:
    """Care passing from one organisation to the next one seen."""

    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month, named where there is room."""

    x: float
    name: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """The whole drawing."""

    lanes: tuple[Lane, ...]
    hand_offs: tuple[HandOff, ...]
    ticks: tuple[Tick, ...]
    since: date
    until: date
    contacts: int

    @property
    def height(self) -> int:
        return TOP + LANE * len(self.lanes) + 6

    @property
    def width(self) -> int:
        return NAME + WIDTH + 16


NOWHERE = "Organisation not recorded"


def lanes(contacts: Iterable[Contact], since: date, until: date) -> Lanes:
    """Draw the contacts from `since` up to the day before `until`, which are handed over oldest first."""
    span = max(1, (until - since).days)
    seen = [
        (day_of(c.started_at), c.organisation or "", c.organisation_name or NOWHERE)
        for c in contacts
        if c.started_at is not None and since <= day_of(c.started_at) < until
    ]

    def x(on: date) -> float:
        return round(NAME + WIDTH * ((on - since).days + 0.5) / span, 1)

    days: dict[str, dict[date, int]] = {}
    names: dict[str, str] = {}
    for on, key, name in seen:
        names[key] = name
        marks = days.setdefault(key, {})
        marks[on] = marks.get(on, 0) + 1
    order = sorted(days, key=lambda key: (-sum(days[key].values()), names[key]))
    y = {key: TOP + LANE * place + LANE // 2 for place, key in enumerate(order)}
    return Lanes(
        lanes=tuple(
            Lane(
                name=names[key],
                y=y[key],
                marks=tuple(Mark(x(on), on, number) for on, number in sorted(days[key].items())),
                contacts=sum(days[key].values()),
                first_on=min(days[key]),
                last_on=max(days[key]),
            )
            for key in order
        ),
        hand_offs=tuple(
            HandOff(x(before[0]), y[before[1]], x(after[0]), y[after[1]])
            for before, after in pairwise(seen)
            if before[1] != after[1]
        ),
        ticks=tuple(Tick(x(on), name) for on, name in _months(since, until)),
        since=since,
        until=until,
        contacts=len(seen),
    )


def _months(since: date, until: date) -> Iterator[tuple[date, str]]:
    """The first day of each month; every third is named, and January with its year."""
    on = date(since.year + since.month // 12, since.month % 12 + 1, 1) if since.day > 1 else since
    while on < until:
        name = f"{on:%b %Y}" if on.month == 1 else f"{on:%b}" if on.month % 3 == 1 else ""
        yield on, name
        on = date(on.year + on.month // 12, on.month % 12 + 1, 1)
