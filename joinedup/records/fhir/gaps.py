"""
One line of NDJSON taken apart: the bytes that other lines of its kind share, and the gaps between, where values go.

    {"resourceType":"Flag","id":"▁","status":"▁","subject":{"reference":"Patient/▁"},"period":{"start":"▁"}}

A value that reading decides by (a code system, a use, the address of an extension, a number or a truth that is read)
is no gap: it belongs to the shared bytes. What may stand in a gap is said by its `Kind`, narrowly enough that how a
line is read cannot depend on what stands there. A line that holds anything else is not taken apart.
"""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Any

import msgspec

from joinedup.records import nhs_number
from joinedup.records.fhir import shapes


class Kind(IntEnum):
    """What may stand in a gap. The numbers are those of kernels/matching.py."""

    UNREAD = 0
    """Any text, plain escapes included, in a part that is skipped."""
    TEXT = 1
    """Text of one byte or more without escapes."""
    TRIMMED = 2
    """The same, beginning and ending with a letter, digit or sign of ASCII: blanks around it would be taken off."""
    REFERENCE = 3
    """The last part of a reference: letters, digits, - and ., at most 64, and no word like a name of a type."""
    NHS_NUMBER = 4
    """Ten digits whose check digit holds."""
    DATE = 5
    """A day, or a moment to the minute or better."""
    NUMBER = 6
    """A number in a part that is skipped: at most 24 signs, without an exponent."""


@dataclass(frozen=True, slots=True)
class Gap:
    kind: Kind
    key: str
    """The name of the field that it is in."""
    value: bytes


@dataclass(frozen=True, slots=True)
class TakenApart:
    """`shared` has one piece more than there are gaps: before each gap, and after the last."""

    resource_type: str
    shared: tuple[bytes, ...]
    gaps: tuple[Gap, ...]
    ordered: tuple[tuple[int, int], ...]
    """Pairs of gaps with dates of which the second may not be before the first."""


STARTS = ("start", "onsetDateTime", "birthDate")
ENDS = ("end", "abatementDateTime", "deceasedDateTime")
DATES = (*STARTS, *ENDS, "recordedDate", "authoredOn", "lastModified", "occurrenceDateTime", "lastUpdated")
DAYS_TOO = ("startDate", "dueDate")

_DECIDES = {"resourceType", "system", "use", "url", "type"}
_DECIDES_TOO = {("Location", "code")}
"""Fields by whose value reading decides what to do; the second for one type only (is a place a home?)."""

_TOKEN = re.compile(rb'\s*("(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null|[{}\[\],:])')
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_REFERENCE = re.compile(
    rb"((?:https?://[A-Za-z0-9.:_/-]+/)?[A-Z][A-Za-z]+/|[A-Z][A-Za-z]+\?identifier=[!-~]+\|)([A-Za-z0-9.-]{1,64})"
)
_LIKE_A_TYPE = re.compile(rb"[A-Z][a-z]{6}")
_NUMBER = re.compile(rb"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_MOST_GAPS, _DEEPEST, _LONGEST_NUMBER = 250, 24, 24


class Unusual(Exception):
    """This line is not taken apart, and must be read as it stands."""


@dataclass(slots=True)
class _Place:
    """An object or list being gone through: which shapes read it, the field it is in, and the texts in it so far."""

    is_object: bool
    shapes: tuple[type[Any], ...]
    read: bool
    key: str = ""
    texts: dict[str, bytes] = field(default_factory=dict)


def take_apart(line: bytes, shape: type[Any] | None, resource_type: str) -> TakenApart:
    """A line that is known to be a resource of this type. Raises Unusual."""
    _look_over(line)
    places: list[_Place] = []
    roots = (shapes.Head, shapes.Named) if shape is None else (shapes.Head, shape)
    found: list[tuple[int, int, Gap, _Place]] = []
    at, expecting_key = 0, False
    text = line.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise Unusual
        at, word = token.end(), token[1]
        if word in b"{[":
            if len(places) >= _DEEPEST:
                raise Unusual
            if places:
                outer = places[-1]
                inner, read = _reading(outer.shapes, outer.key) if outer.is_object else (outer.shapes, outer.read)
            else:
                inner, read = roots, True
            places.append(_Place(word == b"{", inner, read, "" if word == b"{" or not places else places[-1].key))
            expecting_key = word == b"{"
        elif word in b"}]":
            places.pop()
        elif word == b",":
            expecting_key = places[-1].is_object
        elif word == b":":
            expecting_key = False
        elif expecting_key:
            places[-1].key = word[1:-1].decode()
            if "\\" in places[-1].key or (len(places) == 1 and places[-1].key == "contained"):
                raise Unusual
        else:
            _value(word, token.start(1), places[-1], resource_type, found)
    return _cut(line[: len(text)], resource_type, found)


def _look_over(line: bytes) -> None:
    """Raises Unusual for what is no JSON by the letter, or says one thing twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            raise Unusual
        return made

    try:
        json.loads(line.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as wrong:
        raise Unusual from wrong


def _value(
    word: bytes, start: int, place: _Place, resource_type: str, found: list[tuple[int, int, Gap, _Place]]
) -> None:
    """Note the gap that a text or number leaves, if it leaves one."""
    key = place.key
    read = _reading(place.shapes, key)[1] if place.is_object else place.read
    if word[:1] != b'"':
        if word[:1] in b"-0123456789" and not read:
            if not _NUMBER.fullmatch(word) or len(word) > _LONGEST_NUMBER:
                raise Unusual
            found.append((start, start + len(word), Gap(Kind.NUMBER, key, word), place))
        return
    inside = word[1:-1]
    start += 1
    if read and place.is_object:
        place.texts[key] = inside
    if key == "reference" and place.is_object:
        shared = _REFERENCE.fullmatch(inside)
        if not shared or _LIKE_A_TYPE.search(shared[2]) or nhs_number.SYSTEM.encode() in inside.lower():
            raise Unusual
        start, inside = start + len(shared[1]), shared[2]
        kind = Kind.REFERENCE
    elif not read:
        kind = Kind.UNREAD
        if re.search(rb'\\[^"\\/bfnrt]', inside.replace(b"\\\\", b"")):
            raise Unusual
    elif b"\\" in inside:
        raise Unusual
    elif not inside or (key in _DECIDES and place.is_object) or (resource_type, key) in _DECIDES_TOO:
        return
    elif key in DATES or key in DAYS_TOO:
        kind = Kind.DATE
        if not _DATE.fullmatch(inside.decode()):
            raise Unusual
    elif key == "value" and place.is_object:
        kind = Kind.TRIMMED
        if not (0x20 < inside[0] < 0x7F and 0x20 < inside[-1] < 0x7F):
            raise Unusual
    else:
        kind = Kind.TEXT
    found.append((start, start + len(inside), Gap(kind, key, inside), place))


def _cut(line: bytes, resource_type: str, found: list[tuple[int, int, Gap, _Place]]) -> TakenApart:
    if len(found) > _MOST_GAPS:
        raise Unusual
    shared: list[bytes] = []
    gaps: list[Gap] = []
    at = 0
    for start, end, gap, place in found:
        if gap.kind == Kind.TRIMMED and place.texts.get("system", b"").strip().lower() == nhs_number.SYSTEM.encode():
            if not re.fullmatch(rb"[0-9]{10}", gap.value) or nhs_number.state(gap.value.decode()) != "valid":
                raise Unusual
            gap = Gap(Kind.NHS_NUMBER, gap.key, gap.value)
        shared.append(line[at:start])
        gaps.append(gap)
        at = end
    shared.append(line[at:])
    dates = [(number, gap.key) for number, gap in enumerate(gaps) if gap.kind == Kind.DATE]
    ordered = [(one, two) for one, key in dates if key in STARTS for two, other in dates if other in ENDS]
    return TakenApart(resource_type, tuple(shared), tuple(gaps), tuple(ordered))


@lru_cache(1 << 14)
def _reading(shapes_here: tuple[type[Any], ...], key: str) -> tuple[tuple[type[Any], ...], bool]:
    """The shapes that read what is in this field of an object, and whether it is read at all."""
    inner: list[type[Any]] = []
    read = False
    each: Any
    for each in shapes_here:
        kept = _fields(each).get(key)
        if kept is not None:
            read = True
            inner += kept
    return tuple(inner), read


@lru_cache
def _fields(shape: Any) -> dict[str, list[type[Any]]]:
    types = typing.get_type_hints(shape)
    return {each.encode_name: list(_shapes_in(types[each.name])) for each in msgspec.structs.fields(shape)}


def _shapes_in(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and issubclass(annotation, shapes.Shape):
        yield annotation
    for inside in typing.get_args(annotation):
        yield from _shapes_in(inside)
