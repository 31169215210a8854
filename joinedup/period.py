"""
Look-back windows: the months up to and including a day.

    >>> Period.back_from(date(2024, 12, 31), 24)
    Period(since=datetime.date(2023, 1, 1), until=datetime.date(2025, 1, 1))
    >>> months_of("24 months"), months_of("2 years"), months_of("18")
    (24, 24, 18)
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_SPAN = re.compile(r"\s*(\d{1,5})\s*(months?|years?|)\s*", re.IGNORECASE)


class NoSuchPeriod(ValueError):
    """The words do not give a period."""


@dataclass(frozen=True)
class Period:
    """Days from `since` to the day before `until`; without `since`, everything before `until`."""

    since: date | None
    until: date

    @classmethod
    def back_from(cls, as_at: date, months: int | None) -> Period:
        """The whole months that end with the day `as_at`; None is from the beginning of the records."""
        until = as_at + timedelta(days=1) if as_at < date.max else as_at
        return cls(None if months is None else months_before(until, months), until)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or the last day of that month."""
    count = day.year * 12 + day.month - 1 - months
    if count < 12:
        return date.min
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_of(words: str) -> int:
    """Months in '24 months', '2 years' or '24'. Raises NoSuchPeriod."""
    shape = _SPAN.fullmatch(words)
    if not shape or int(shape[1]) == 0:
        raise NoSuchPeriod(f"“{words}” is not a length of time. Write it like “24 months” or “2 years”.")
    return int(shape[1]) * (12 if shape[2].lower().startswith("year") else 1)


def spoken(day: date) -> str:
    """
    A day as people write it.

    >>> spoken(date(2024, 12, 31))
    '31 December 2024'
    """
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def months_spoken(months: int | None) -> str:
    """
    >>> months_spoken(24), months_spoken(1), months_spoken(None)
    ('24 months', 'month', 'whole time')
    """
    if months is None:
        return "whole time"
    return "month" if months == 1 else f"{months} months"
