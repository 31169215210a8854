"""
A team's entries in order, each with the words that stand beside it, without holding them all in memory.

Somebody may have put something where no entry or text can be read from it, or the disk may have. Then one entry is
asked for at a time, so that the one that cannot be read is known.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain, count, groupby
from typing import TypeVar

from django.db.models import QuerySet

from manyhands import who
from manyhands.log.models import Entry, Wording

Step = tuple[Entry | None, list[Wording]]
"""An entry and its words; no entry where there is one that cannot be read."""

Row = TypeVar("Row", Entry, Wording)
AT_ONCE = 500  # rows in memory


def in_step(team: who.Team, up_to: int | None) -> Generator[Step, None, None]:
    """Entries and words, streamed side by side: two queries. ValueError or TypeError: one cannot be read."""
    entries = Entry.objects.filter(team=team).order_by("number")
    words = Wording.objects.filter(team=team).order_by("number", "place")
    if up_to is not None:
        entries, words = entries.filter(number__lte=up_to), words.filter(number__lte=up_to)
    with closing(_streamed(entries)) as entry_rows, closing(_streamed(words)) as word_rows:
        yield from _side_by_side(entry_rows, word_rows)


def _streamed(rows: QuerySet[Row]) -> Generator[Row, None, None]:
    yield from rows.iterator(AT_ONCE)


def _side_by_side(entries: Iterable[Entry], words: Iterable[Wording]) -> Iterator[Step]:
    in_order, beside = iter(entries), groupby(words, key=lambda row: _number(row.number))
    first = next(in_order, None)  # entries are asked for before words: one recorded in between has its words here
    number, rows = next(beside, (None, iter(())))
    for entry in chain([] if first is None else [first], in_order):
        while number is not None and number < _number(entry.number):
            number, rows = next(beside, (None, iter(())))
        yield entry, list(rows) if number == entry.number else []


def _number(number: object) -> int:
    if not isinstance(number, int):  # SQLite keeps any nonsense
        raise TypeError(f"{number!r} is no number of an entry")
    return number


def one_by_one(team: who.Team, up_to: int | None) -> Iterator[Step]:
    """The same in two queries for each entry, up to the first that cannot be read."""
    for number in count(1):
        if up_to is not None and number > up_to:
            return
        try:
            entry = Entry.objects.filter(team=team, number=number).first()
            words = list(Wording.objects.filter(team=team, number=number))
        except ValueError:
            yield None, []
            return
        if entry is None:
            return
        yield entry, words
