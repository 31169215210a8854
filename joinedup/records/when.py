"""
Days and moments as FHIR writes them: whole or partial, with or without an offset.

    >>> moment("2021-08-04"), moment("2020-03-29T01:30:00+01:00").isoformat(), moment("yesterday")
    (datetime.datetime(2021, 8, 4, 0, 0, tzinfo=datetime.timezone.utc), '2020-03-29T00:30:00+00:00', None)
    >>> day("1956"), day("1956-05"), day("1956-05-27T10:00:00Z")
    ((datetime.date(1956, 1, 1), 'year'), (datetime.date(1956, 5, 1), 'month'), (datetime.date(1956, 5, 27), 'day'))
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_SHAPE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII
)
KNOWN_TO = {4: "year", 7: "month"}


def moment(text: str | None) -> datetime | None:
    """
    The instant, in UTC. A day, month or year is its first instant; without an offset the time is taken as UTC.
    None when it cannot be read, or falls outside the years 1 to 9999.
    """
    if text is None:
        return None
    shape = _SHAPE.fullmatch(text)
    if not shape:
        return None
    try:
        if shape[4] is None:
            return datetime(int(shape[1]), int(shape[2] or 1), int(shape[3] or 1), tzinfo=UTC)
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def day(text: str | None) -> tuple[date | None, str | None]:
    """The day as written (no conversion between time zones), and whether it is known to the day, month or year."""
    if text is None:
        return None, None
    shape = _SHAPE.fullmatch(text)
    if not shape:
        return None, None
    try:
        return date(int(shape[1]), int(shape[2] or 1), int(shape[3] or 1)), KNOWN_TO.get(len(text), "day")
    except ValueError:
        return None, None
