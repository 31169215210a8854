"""
When a notice is sent, as each person chose: at once, in one message a day, only if it is urgent, or not by e-mail.

What is urgent goes at once also to those who chose one message a day. Hours are those of the clock on the wall where
the teams are; there is one such hour in every day, also on the two days of the year on which the clock is changed.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from manyhands.notices.kinds import KINDS, Kind, Sort
from manyhands.rules.days import HERE

HOURS = range(24)
USUAL_HOUR = 8


class Way(StrEnum):
    """How somebody wants to be told."""

    DAILY = "daily"
    AT_ONCE = "at-once"
    URGENT = "urgent-only"
    NONE = "none"


WAYS = {
    Way.DAILY: "Once a day; urgent ones at once",
    Way.AT_ONCE: "At once",
    Way.URGENT: "Only urgent ones, at once",
    Way.NONE: "Not by e-mail",
}
"""Each way as people read it."""

USUAL_WAY = Way.DAILY


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose. A sort that they said nothing of goes the usual way."""

    hour: int = USUAL_HOUR
    ways: dict[Sort, Way] = field(default_factory=dict)

    def way(self, kind: Kind) -> Way:
        return self.ways.get(KINDS[kind].sort, USUAL_WAY)

    def sends(self, kind: Kind) -> bool:
        """Whether a notice of this kind is sent by e-mail at all."""
        way = self.way(kind)
        return way in (Way.DAILY, Way.AT_ONCE) or (way is Way.URGENT and KINDS[kind].urgent)

    def waits_for_the_day(self, kind: Kind) -> bool:
        return self.way(kind) is Way.DAILY and not KINDS[kind].urgent


def last_hour(hour: int, at: datetime) -> datetime:
    """
    The last time that it was this hour, up to a moment.

    >>> from datetime import UTC
    >>> last_hour(8, datetime(2026, 7, 4, 7, 30, tzinfo=UTC)).astimezone(UTC).hour
    7
    """
    today = at.astimezone(HERE).date()
    for day in (today, today - timedelta(days=1)):
        came = _hour_of(day, hour)
        if came <= at:
            return came
    raise AssertionError("an hour of yesterday is over today")


def next_hour(hour: int, at: datetime) -> datetime:
    """The next time that it will be this hour, after a moment."""
    today = at.astimezone(HERE).date()
    return next(came for days in range(3) if (came := _hour_of(today + timedelta(days=days), hour)) > at)


def _hour_of(day: date, hour: int) -> datetime:
    """In UTC, since two times of one zone are compared by their hands, which stand the same twice in autumn."""
    return datetime.combine(day, time(hour), HERE).astimezone(UTC)


def is_due(kind: Kind, choices: Choices, since: datetime, at: datetime) -> bool:
    """Whether a notice that has been there since a moment is to be sent by another."""
    return not choices.waits_for_the_day(kind) or since < last_hour(choices.hour, at)
