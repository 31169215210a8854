"""
The three years of the records, day by day, written as FHIR wants moments: British time with its offset.
"""

from dataclasses import dataclass
from datetime import date, timedelta

YEARS = 3
DAY = timedelta(days=1)


def summer_time(day: date) -> bool:
    """British Summer Time runs from the last Sunday of March to the last Sunday of October."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@dataclass(frozen=True)
class Days:
    """
    The days from three years before `until` up to and including `until`, by number from 0.

    `working` are the numbers of the Mondays to Fridays (bank holidays are worked, in this place);
    `next_working` gives for each day itself or the Monday after it.
    """

    until: date
    first: date
    number: int
    text: tuple[str, ...]
    offset: tuple[str, ...]
    working: tuple[int, ...]
    next_working: tuple[int, ...]

    def date_of(self, day: int) -> str:
        """The date of day `day`, which may lie before the first."""
        return self.text[day] if 0 <= day < self.number else (self.first + day * DAY).isoformat()

    def moment(self, day: int, minute: int) -> str:
        """When minute `minute` of day `day` was, with seconds and offset."""
        over, minute = divmod(minute, 1440)
        day += over
        return f"{self.text[day]}T{minute // 60:02d}:{minute % 60:02d}:00{self.offset[day]}"


def days_until(until: date) -> Days:
    first = date(until.year - YEARS, until.month, min(until.day, 28)) + DAY
    dates = [first + number * DAY for number in range((until - first).days + 1)]
    weekdays = [day.weekday() for day in dates]
    return Days(
        until=until,
        first=first,
        number=len(dates),
        text=tuple(day.isoformat() for day in dates),
        offset=tuple("+01:00" if summer_time(day) else "+00:00" for day in dates),
        working=tuple(number for number, weekday in enumerate(weekdays) if weekday < 5),
        next_working=tuple(number if weekday < 5 else number + 7 - weekday for number, weekday in enumerate(weekdays)),
    )
