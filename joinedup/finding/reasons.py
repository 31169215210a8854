"""
Why somebody was found, in a sentence made of the criteria, with the numbers.

“6 organisations in 12 months, none with more than half of 31 contacts (14 with the one seen most)”. Of criteria that
are put together by any, those that hold are said; what is not computable is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from joinedup.finding.criteria import Criterion, Part, Together, share
from joinedup.finding.everybody import Everybody


@dataclass(frozen=True)
class Phrase:
    """What is said of one criterion, over which months, and what must be said after that."""

    text: str
    when: str
    after: str = ""


def reason(part: Part, everybody: Everybody, row: int) -> str:
    """Why the person in a row meets these criteria, as a sentence."""
    phrases = list(dict.fromkeys(_phrases(part, everybody, row)))
    said = ""
    for number, each in enumerate(phrases):
        before = phrases[number - 1] if number else None
        opening = "" if before is None else ", "
        when = "" if before is not None and before.when == each.when else each.when
        said += opening + each.text + when + each.after
    return f"{said[:1].upper()}{said[1:]}."


def _phrases(part: Part, everybody: Everybody, row: int, seen: tuple[Criterion, ...] = ()) -> Iterator[Phrase]:
    if isinstance(part, Criterion):
        if not _said_already(part, everybody, row, seen):
            yield phrase(part, everybody, row, seen)
        return
    for each in part.parts:
        if part.how == "any" and not _worth_saying(each, everybody, row):
            continue
        yield from _phrases(each, everybody, row, seen)
        seen = (*seen, *each.leaves())


def _said_already(criterion: Criterion, everybody: Everybody, row: int, seen: tuple[Criterion, ...]) -> bool:
    """Has the number of contacts just been said with the share that one has of them?"""
    return criterion.measure.name == "contacts" and any(
        each.measure.kind == "share"
        and each.within == criterion.within
        and (beside := each.values(everybody).beside) is not None
        and beside[row] == criterion.values(everybody).of[row]
        for each in seen
    )


def _worth_saying(part: Part, everybody: Everybody, row: int) -> bool:
    return bool(part.truth(everybody)[row] != 0)


def phrase(criterion: Criterion, everybody: Everybody, row: int, seen: tuple[Criterion, ...] = ()) -> Phrase:
    """What one criterion finds of the person in a row. `seen`: those that have been said before it."""
    values = criterion.values(everybody)
    value, beside = float(values.of[row]), None if values.beside is None else float(values.beside[row])
    measure, called = criterion.measure, criterion.measure.called(criterion.by)
    if np.isnan(value):
        needs = f" (it needs {measure.needs})" if measure.needs else ""
        return Phrase(f"{called} not computable", criterion.when, needs)
    if measure.kind == "share":
        return Phrase(_of_contacts(criterion, value, beside or 0, _counted_before(criterion, seen)), criterion.when)
    if measure.kind == "days":
        return Phrase(f"{called} {_days(value)}", criterion.when, ", still waiting" if beside else "")
    return Phrase(_said(criterion, value), criterion.when)


def _said(criterion: Criterion, value: float) -> str:
    measure, by = criterion.measure, criterion.by
    if measure.kind == "years":
        return f"aged {value:.0f}"
    if measure.kind == "yes or no":
        return f"known by {f'one {by} alone' if value else f'several {by}s'}"
    if measure.kind == "score":
        places = 2 if measure.most == 1 else 1
        return f"{measure.called(by)} {value:.{places}f}"
    return f"{_counted(value)} {measure.called(by, one=value == 1)}"


def _of_contacts(criterion: Criterion, value: float, contacts: float, counted: bool) -> str:
    """How contacts are shared out: “none with more than half of 31 contacts (14 with the one seen most)”."""
    most = round(value * contacts)
    bound, number = criterion.bounds[0]
    beyond = value > number if bound == "at_most" else value >= number
    if bound in ("at_least", "more_than") or beyond:
        return f"{most:,} of {contacts:,.0f} contacts with one {criterion.by}"
    none = "none" if counted else f"no {criterion.by}"
    more = f"more than {share(number)}" if bound == "at_most" else f"{share(number)} or more"
    return f"{none} with {more} of {contacts:,.0f} contacts ({most:,} with the one seen most)"


def _counted_before(criterion: Criterion, seen: tuple[Criterion, ...]) -> bool:
    """Has it just been said how many there are at this level, in the same months?"""
    return bool(seen) and seen[-1].measure.name == f"{criterion.by}s" and seen[-1].within == criterion.within


def _counted(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


def _days(number: float) -> str:
    return "1 day" if round(number) == 1 else f"{number:,.0f} days"


def why_not(part: Together, everybody: Everybody, row: int) -> list[str]:
    """Each of the criteria that the person in a row does not meet, with what is so instead."""
    said = []
    for each in part.parts:
        if (truth := each.truth(everybody)[row]) != 1:
            found = dict.fromkeys(phrase(leaf, everybody, row) for leaf in each.leaves())
            now = ", ".join(one.text + one.when + one.after for one in found)
            said.append(f"“{each.words()}” {'does not hold' if truth == 0 else 'cannot be told'}: {now}")
    return said
