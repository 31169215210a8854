"""
What to make of documents that are not as they should be: what is wrong with one, in words that hold nothing about a
person, and what can be mended.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from joinedup.records.fhir import shapes

BAD_JSON = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
TYPE = re.compile(r"[A-Z][A-Za-z]{2,63}")

_NAMED = msgspec.json.Decoder(shapes.Named)


def listed_where_listed(shape: type[Any], resource: Any) -> tuple[Any, list[str]]:
    """The resource with single objects put into lists where its shape has lists, and the names of those fields."""
    lists = {field.encode_name for field in msgspec.structs.fields(shape) if "list[" in str(field.type)}
    single = [name for name in lists if isinstance(resource.get(name), dict)]
    return resource | {name: [resource[name]] for name in single}, sorted(single)


def identifiers_of(content: bytes) -> list[shapes.Identifier | None] | None:
    """Identifiers of a resource whose type is only counted, and which therefore need not fit a shape."""
    if b'"identifier"' not in content:
        return None
    try:
        read = _NAMED.decode(content).identifier
    except BAD_JSON:
        return None
    return [read] if isinstance(read, shapes.Identifier) else read


def unescaped(text: bytes) -> str:
    try:
        return msgspec.json.decode(b'"' + text + b'"', type=str)
    except BAD_JSON:
        return text.decode("utf-8", "replace")


def said_of(wrong: Exception) -> str:
    """What is wrong, without the value: msgspec's messages name the place and the types, and at most one character."""
    return "nested too deeply" if isinstance(wrong, RecursionError) else str(wrong)


def shape_of(content: bytes) -> str:
    """What something looks like, without anything about a person: the field names of an object, else its size."""
    try:
        value = msgspec.json.decode(content)
    except (*BAD_JSON, ValueError):
        return f"{len(content)} bytes"
    if isinstance(value, dict):
        kind = value.get("resourceType")
        safe = [name for name in list(value)[:8] if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", name)]
        return f"{kind if isinstance(kind, str) and TYPE.fullmatch(kind) else 'an object'} with {', '.join(safe)}"
    return f"a {type(value).__name__}, {len(content)} bytes"
