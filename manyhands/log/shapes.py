"""
The shape of an act, read from its type hints: how each field is written, and a description to compare shapes by.

Known are identifiers and other text, words, numbers, yes and no, days, moments, choices (enumerations), tuples of
these, things made of them (frozen dataclasses), and any of them or nothing. Anything else is refused when the shape
is first looked at, so that an act cannot be recorded in a form that nobody has thought about.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from manyhands import acts
from manyhands.log.chain import moment

Aside = Callable[[str, str], object]
"""Takes the place and the text of words, puts them aside, and returns what is written in their place."""

Writer = Callable[[Any, str, Aside], object]
"""Takes a value, its place in the act, and where words go; returns what JSON can hold."""


@cache
def writer(hint: Any) -> Writer:
    """How values of this type are written. Raises TypeError for a type that the log does not know."""
    if hint is acts.Words:
        return lambda value, place, aside: aside(place, value)
    hint = getattr(hint, "__supertype__", hint)  # an identifier is written as the text that it is
    if get_origin(hint) in (Union, UnionType):
        return _or_nothing(writer(_without_nothing(hint)))
    if get_origin(hint) is tuple:
        return _several(hint)
    if hint is datetime:
        return lambda value, place, aside: moment(value)
    if hint is date:
        return lambda value, place, aside: value.isoformat()
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value, place, aside: value.value
    if hint is str:
        return lambda value, place, aside: text(value, place)
    if hint in (int, bool):
        return lambda value, place, aside: value
    if isinstance(hint, type) and is_dataclass(hint):
        return _made_of(hint)
    raise TypeError(f"the log does not know how to write {hint}; see manyhands/log/shapes.py")


def text(value: str, place: str) -> str:
    """The text, if every database can keep it."""
    if "\0" in value:
        raise ValueError(f"{place} holds a character (NUL) that no database can keep")
    return value


def _or_nothing(write: Writer) -> Writer:
    return lambda value, place, aside: None if value is None else write(value, place, aside)


def _several(hint: Any) -> Writer:
    hints = get_args(hint)
    if hints[-1] is ...:
        each = writer(hints[0])
        return lambda value, place, aside: [each(inner, f"{place}.{i}", aside) for i, inner in enumerate(value)]
    writers = [writer(inner) for inner in hints]
    return lambda value, place, aside: [
        write(inner, f"{place}.{i}", aside) for i, (write, inner) in enumerate(zip(writers, value, strict=True))
    ]


def _made_of(kind: type) -> Writer:
    hints = get_type_hints(kind)
    writers = [(f.name, writer(hints[f.name])) for f in fields(kind)]

    def write(value: Any, place: str, aside: Aside) -> object:
        before = f"{place}." if place else ""
        return {name: inner(getattr(value, name), before + name, aside) for name, inner in writers}

    return write


def _without_nothing(hint: Any) -> Any:
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    if len(kinds) != 1:
        raise TypeError(f"the log does not know how to write {hint}: one type, or nothing")
    return kinds[0]


def described(hint: Any) -> object:
    """The shape of a type as plain JSON, to see whether it is still what it was when a sample was written."""
    if get_origin(hint) in (Union, UnionType):
        return ["nothing or", described(_without_nothing(hint))]
    if get_origin(hint) is tuple:
        return ["several", *("…" if inner is ... else described(inner) for inner in get_args(hint))]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ["one of", *(choice.value for choice in hint)]
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return {f.name: described(hints[f.name]) for f in fields(hint)}
    if hint is acts.Words:
        return "words"
    return getattr(hint, "__supertype__", hint).__name__
