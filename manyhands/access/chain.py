"""
The digest of a sight, which rests on the sight before in its team.

    digest = SHA-256 of the JSON array, in UTF-8 and without spaces, of every column in the order of `COLUMNS`

The moment is written "2026-11-23T09:30:00.000000Z"; a team's first sight follows sixty-four noughts.
"""

from datetime import UTC, datetime
from hashlib import sha256

import msgspec

NOTHING_BEFORE = "0" * 64

COLUMNS = (
    "team",
    "number",
    "at",
    "person",
    "role",
    "organisation",
    "action",
    "page",
    "patient",
    "record",
    "basis",
    "count",
    "request",
    "previous",
)


def digest_of(values: dict[str, object]) -> str:
    """The digest that a sight with these values ought to have."""
    content = [_moment(value) if isinstance(value := values[column], datetime) else value for column in COLUMNS]
    return sha256(msgspec.json.encode(content)).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
