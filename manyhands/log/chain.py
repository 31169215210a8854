"""
The digest of an entry, which rests on the entry before, so that nothing earlier can change without being seen.

    digest = SHA-256 of the JSON array, in UTF-8 and without spaces,
             [team, number, name, at, by, together, payload, recorded_at, previous]

where moments are written as in the payload ("2026-11-23T09:30:00.000000Z") and `previous` is the digest of the
entry before, or sixty-four noughts for a team's first. Anyone with the rows can work it out again.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from manyhands.log.models import Entry

NOTHING_BEFORE = "0" * 64


def moment(at: datetime) -> str:
    """A moment as the log writes it: UTC, to the microsecond. Refuses one that does not say its time zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} does not say in which time zone; the log keeps moments in UTC")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def digest_of(entry: "Entry") -> str:
    """The digest that an entry with this content ought to have, following the one with digest `entry.previous`."""
    content = [entry.team, entry.number, entry.name, moment(entry.at), entry.by, entry.together, entry.payload]
    content += [moment(entry.recorded_at), entry.previous]
    return sha256(msgspec.json.encode(content)).hexdigest()


def digest_of_words(salt: str, text: str) -> str:
    """SHA-256 of the salt followed by the text, in UTF-8."""
    return sha256((salt + text).encode()).hexdigest()
