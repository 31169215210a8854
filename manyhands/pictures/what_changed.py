"""
What changed between two wordings of a proposal, and only that: each thing as it read before and as it reads now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest

from manyhands import acts, who

LONGEST_COMPARED = 600
"""Words. Longer texts are shown whole, before and after: comparing takes time by the square of their length."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, which are the same in both ("same"), only in the old ("gone") or only in the new ("new")."""

    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """
    One thing that reads differently. For words, `pieces` sets them side by side; roles, organisations and days are
    in `before` and `after`, as the sort of thing that `of` says: "words", "roles", "organisations" or "days".
    """

    what: str
    of: str
    before: tuple[str | date, ...] = ()
    after: tuple[str | date, ...] = ()
    pieces: tuple[Piece, ...] = ()


def what_changed(before: acts.Terms, after: acts.Terms) -> tuple[Change, ...]:
    """Every difference, in the order in which a proposal is read; none if they read the same."""
    return (
        *_words("The question", before.question, after.question),
        *_options(before, after),
        *_things("The organisations it affects", "organisations", before.affected, after.affected),
        *_follows(before.follows, after.follows),
        *_things("The review", "days", _some(before.review_on), _some(after.review_on)),
        *_things("Who owes the review", "roles", _some(before.review_by), _some(after.review_by)),
    )


def _options(before: acts.Terms, after: acts.Terms) -> Iterator[Change]:
    old = {option.option: option.words for option in before.options}
    new = {option.option: option.words for option in after.options}
    for option in [*new, *(o for o in old if o not in new)]:
        yield from _words("An option", old.get(option, acts.NOTHING_SAID), new.get(option, acts.NOTHING_SAID))
    if before.proposed != after.proposed:
        proposed = old.get(before.proposed, acts.NOTHING_SAID), new.get(after.proposed, acts.NOTHING_SAID)
        if proposed[0] == proposed[1]:
            return
        yield Change("What is proposed", "words", (proposed[0],), (proposed[1],))


def _follows(before: tuple[acts.FollowOn, ...], after: tuple[acts.FollowOn, ...]) -> Iterator[Change]:
    old = {follows.responsibility: follows for follows in before}
    new = {follows.responsibility: follows for follows in after}
    for which in [*new, *(f for f in old if f not in new)]:
        was, now = old.get(which), new.get(which)
        if was is None or now is None:
            words = (was.what if was else acts.NOTHING_SAID), (now.what if now else acts.NOTHING_SAID)
            yield from _words("A responsibility", *words)
            continue
        named = f"“{now.what}”"
        yield from _words("A responsibility", was.what, now.what)
        yield from _things(f"{named}: who holds it", "roles", _some(was.role), _some(now.role))
        yield from _things(f"{named}: who stands in", "roles", _some(was.deputy_role), _some(now.deputy_role))
        yield from _things(f"{named}: first check", "days", _some(was.first_check_on), _some(now.first_check_on))
        yield from _words(f"{named}: how we will know", was.known_by, now.known_by)


def _some(thing: str | date | None) -> tuple[str | date, ...]:
    return () if thing is None else (thing,)


def _things(
    what: str,
    of: str,
    before: tuple[str | date, ...] | tuple[who.Organisation, ...],
    after: tuple[str | date, ...] | tuple[who.Organisation, ...],
) -> Iterator[Change]:
    if set(before) != set(after):
        yield Change(what, of, tuple(before), tuple(after))


def _words(what: str, before: str, after: str) -> Iterator[Change]:
    if before == after:
        return
    old, new = before.split(), after.split()
    if not old or not new or len(old) > LONGEST_COMPARED or len(new) > LONGEST_COMPARED:
        yield Change(what, "words", (before,) if old else (), (after,) if new else ())
    else:
        yield Change(what, "words", (before,), (after,), tuple(_pieces(old, new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for how, from_old, to_old, from_new, to_new in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece("same", " ".join(new[from_new:to_new]))
            continue
        for named, words in zip_longest(("gone", "new"), (old[from_old:to_old], new[from_new:to_new])):
            if words:
                yield Piece(named, " ".join(words))
