"""
How an act is written down, and read again in whichever wording it was written.

The payload of an entry is canonical JSON (keys in order, no spaces, UTF-8):

    {"act":{…every field of the act…},"wording":1}

Moments are written in UTC to the microsecond, days as 2026-11-23, choices by their value. What a person wrote
leaves the payload: in its place stands {"sha-256":"…"}, the digest of a salt of its own and the text, and both are
kept beside the log under the place where they stand ("terms.options.0.words"). Words that are empty say nothing
that could be removed, and are written as they are.

`wording` is the version of the act's shape, counted from 1. Whoever changes the shape of an act in `acts.py` adds
to `UPGRADES` how the last version is turned into the new one, and a sample of it to `tests/log/wordings/`; nothing
that was recorded is ever rewritten.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import fields as fields_in
from typing import Any, cast

import msgspec

from manyhands import acts
from manyhands.log import shapes
from manyhands.log.chain import digest_of_words

Payload = dict[str, Any]

UPGRADES: dict[str, tuple[Callable[[Payload], Payload], ...]] = {
    # No proposal came of a poll, or was answered by each on their own first, before that could be.
    "propose": (lambda fields: {**fields, "poll": None, "independent_until": None},),
    # No agenda went before everyone by itself before that could be.
    "circulate": (lambda fields: {**fields, "by_itself": False},),
    # No report was a partner's answer before a partner could be asked.
    "report": (lambda fields: {**fields, "answered_by": ""},),
    # All the words of an entry went before those about one patient could.
    "withhold": (lambda fields: {**fields, "about": None},),
}
"""
For each act whose shape has changed, oldest first: how its first version becomes the second, its second the third.
Each takes the fields of the act, with the words in their places, and returns them in the next shape.
"""

NAME_OF = {kind: name for name, kind in acts.NAMES.items()}
WRITERS: dict[str, shapes.Writer] = {name: shapes.writer(cast(Any, kind)) for name, kind in acts.NAMES.items()}
LONGEST_IDENTIFIER = 64
WITH_SUCH_DIGEST = "sha-256"


class CannotBeWritten(ValueError):
    """The act holds something that could not be read back the same. A mistake of the caller's, named."""


class DoesNotFit(ValueError):
    """What is in the log, or the words beside it, is not what was recorded. `manyhands verify` says where."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text beside the log: where in its act it stands, its salt, and the text; both are gone once removed."""

    place: str
    salt: str | None
    text: str | None


def version_of(name: str) -> int:
    """The version of the shape that acts of this name are written in now."""
    return 1 + len(UPGRADES.get(name, ()))


def write(act: acts.AnyAct) -> tuple[str, str, tuple[Words, ...]]:
    """
    The act's name in the log, its payload, and the words that are kept beside it, each with a new salt.

    Raises CannotBeWritten for anything that would not be read back the same.
    """
    name = NAME_OF.get(type(act))
    if name is None:
        raise CannotBeWritten(f"{type(act).__name__} has no name in the log; add it to NAMES in manyhands/acts.py")
    words: list[Words] = []

    def aside(place: str, text: str) -> object:
        if not text:
            return text
        kept = Words(place, secrets.token_hex(16), shapes.text(text, place))
        words.append(kept)
        return {WITH_SUCH_DIGEST: digest_of_words(kept.salt or "", text)}

    try:
        fields = WRITERS[name](act, "", aside)
        payload = msgspec.json.encode({"act": fields, "wording": version_of(name)}, order="deterministic").decode()
        again = read(name, payload, words)
    except (TypeError, ValueError, OverflowError, AttributeError) as problem:
        raise CannotBeWritten(f"{name} cannot be written down: {problem}") from problem
    if again != act:
        other = [field.name for field in fields_in(act) if getattr(act, field.name) != getattr(again, field.name)]
        raise CannotBeWritten(f"{name} would not be read back the same: {', '.join(other)}")
    if any(len(identifier) > LONGEST_IDENTIFIER for identifier in (act.team, act.by, act.together or "")):
        raise CannotBeWritten(f"{name} has an identifier of more than {LONGEST_IDENTIFIER} characters")
    return name, payload, tuple(words)


def read(name: str, payload: str, words: Iterable[Words]) -> acts.AnyAct:
    """
    The act that was written, with its words put back; `acts.WITHHELD` stands where words were removed.

    Raises DoesNotFit when words are missing, or are not those that were written.
    """
    written = msgspec.json.decode(payload)
    fields, version = written["act"], written["wording"]
    if name not in acts.NAMES or version > version_of(name):
        raise DoesNotFit(f"{name} in wording {version} was written by a newer Manyhands than this")
    for kept in words:
        _put_back(fields, kept)
    for upgrade in UPGRADES.get(name, ())[version - 1 :]:
        fields = upgrade(fields)
    try:
        return msgspec.convert(fields, acts.NAMES[name])
    except msgspec.ValidationError as problem:
        raise DoesNotFit(f"{name} cannot be read: {problem}") from problem


def fields_of(payload: str) -> Payload:
    """The fields of the act in a payload, as they were written, with digests in the place of words."""
    try:
        written = msgspec.json.decode(payload, type=dict[str, Any])
        return dict(written["act"])
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as problem:
        raise DoesNotFit(f"its payload cannot be read: {problem}") from problem


def _put_back(fields: Payload, kept: Words) -> None:
    """Put words where their digest stands, having seen that they are the ones."""
    shelf, key, digest = find(fields, kept.place)
    if kept.text is None or kept.salt is None:
        shelf[key] = acts.WITHHELD
    elif digest_of_words(kept.salt, kept.text) == digest:
        shelf[key] = kept.text
    else:
        raise DoesNotFit(f"the words at {kept.place} are not those that were written")


def find(fields: Payload, place: str) -> tuple[Any, str | int, str]:
    """Where a digest of words stands: the dict or list that holds it, the key in that, and the digest."""
    *way, last = [int(step) if step.isdecimal() else step for step in place.split(".")]
    try:
        shelf: Any = fields
        for step in way:
            shelf = shelf[step]
        return shelf, last, shelf[last][WITH_SUCH_DIGEST]
    except (KeyError, IndexError, TypeError) as problem:
        raise DoesNotFit(f"there are no words at {place}") from problem


def places(value: object, place: str = "") -> Iterable[str]:
    """Every place in the fields of an act where a digest of words stands."""
    if isinstance(value, dict):
        if value.keys() == {WITH_SUCH_DIGEST}:
            yield place
            return
        for key, inner in value.items():
            yield from places(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, f"{place}.{index}")
