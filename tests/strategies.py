"""
Acts of every kind for Hypothesis, made from their type hints: whatever the types allow, sense or none.

    any_act()                      any act at all
    acts_like(acts.Propose)        any act of one kind
    acts_like(acts.Join, by=...)   with some fields given, as a value or as a strategy
"""

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from manyhands import acts

Kind = TypeVar("Kind")

IDENTIFIERS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
NUMBERS = st.integers(0, 2**31 - 1)


def of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type that an act is made of."""
    if hint is acts.Words:
        return WORDS
    hint = getattr(hint, "__supertype__", hint)
    simple = {str: IDENTIFIERS, int: NUMBERS, bool: st.booleans(), datetime: MOMENTS, date: DAYS, NoneType: st.none()}
    if hint in simple:
        return simple[hint]
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([of(inner) for inner in get_args(hint)])
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is ...:
            return st.lists(of(inner[0]), max_size=3).map(tuple)
        return st.tuples(*(of(each) for each in inner))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return acts_like(hint)
    raise TypeError(f"nobody has said how to make {hint} for a test; see tests/strategies.py")


def acts_like(kind: type[Kind], **given: Any) -> st.SearchStrategy[Kind]:
    """Things of one kind, with some of their fields given."""
    hints = get_type_hints(kind)
    made = {field.name: of(hints[field.name]) for field in fields(kind)}  # type: ignore[arg-type]
    made |= {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in given.items()}
    return st.builds(kind, **made)


def any_act(**given: Any) -> st.SearchStrategy[acts.AnyAct]:
    """Any act, with some of the fields that all acts have given."""
    return st.sampled_from(list(acts.NAMES.values())).flatmap(lambda kind: acts_like(kind, **given))
