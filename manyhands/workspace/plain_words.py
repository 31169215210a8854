"""
Dates, numbers and lists as people read them.

Each is a filter in templates: `{{ proposal.review_on | day }}`, `{{ 3 | counted("person", "people") }}`.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from manyhands.rules.days import HERE, day_of


def day(when: date | datetime | None) -> str:
    """
    >>> day(date(2026, 3, 4))
    '4 March 2026'
    >>> day(None)
    'not known'
    """
    if when is None:
        return "not known"
    on = _day_of(when)
    return f"{on.day} {on:%B %Y}"


def example_day(today: date, days: int = 14) -> str:
    """
    How to fill in the boxes of a day, by a day to come.

    >>> example_day(date(2026, 11, 23))
    'For example, 7 12 2026'
    """
    on = today + timedelta(days=days)
    return f"For example, {on.day} {on.month} {on.year}"


def moment(when: datetime | None) -> str:
    """
    A day and a time of day here, the way the NHS writes it.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 7, 4, 14, 5, tzinfo=UTC))
    '4 July 2026, 3:05pm'
    >>> moment(datetime(2026, 1, 4, 0, 0, tzinfo=UTC))
    '4 January 2026, midnight'
    """
    if when is None:
        return "not known"
    at = _aware(when).astimezone(HERE)
    if (at.hour, at.minute) in ((0, 0), (12, 0)):
        clock = "midnight" if at.hour == 0 else "midday"
    else:
        clock = f"{at.hour % 12 or 12}" + (f":{at.minute:02}" if at.minute else "") + ("am" if at.hour < 12 else "pm")
    return f"{day(at)}, {clock}"


def how_soon(when: date | datetime | None, today: date | None = None) -> str:
    """
    How far a day is from today, in words.

    >>> how_soon(date(2026, 3, 4), today=date(2026, 3, 1))
    'in 3 days'
    >>> how_soon(date(2026, 2, 28), today=date(2026, 3, 1))
    'yesterday'
    >>> how_soon(date(2026, 6, 1), today=date(2026, 3, 1))
    'in 3 months'
    """
    if when is None:
        return "not known"
    days = (_day_of(when) - (today or datetime.now(HERE).date())).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    far = abs(days)
    if far < 28:
        span = counted(far, "day")
    elif far < 84:
        span = counted(far // 7, "week")
    elif far < 730:
        span = counted(round(far / 30.44), "month")  # 365.25 / 12
    else:
        span = counted(round(far / 365.25), "year")
    return f"in {span}" if days > 0 else f"{span} ago"


def counted(number: int, one: str, many: str | None = None) -> str:
    """
    A number with the word for one or for many.

    >>> counted(1, "person", "people"), counted(1204, "person", "people"), counted(0, "day")
    ('1 person', '1,204 people', '0 days')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(things: Iterable[object], last: str = "and") -> str:
    """
    >>> listed(["housing", "district nursing", "the practice"])
    'housing, district nursing and the practice'
    >>> listed(["Dev Patel", "Ines Roy"], "or")
    'Dev Patel or Ines Roy'
    """
    words = [str(thing) for thing in things]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def quoted(words: str) -> str:
    """
    What somebody wrote, inside a sentence of ours, which has a full stop of its own.

    >>> quoted("Winter is here. ")
    '“Winter is here”'
    """
    return f"“{str(words).strip().removesuffix('.')}”"


def nhs_number(number: str | None) -> str:
    """
    In the groups of 3, 3 and 4 that people read out.

    >>> nhs_number("9991234567")
    '999 123 4567'
    """
    if not number:
        return "not known"
    return f"{number[:3]} {number[3:6]} {number[6:]}" if len(number) == 10 else number


def _aware(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError(f"{when!r} does not say which time zone it is in; moments are aware, in UTC")
    return when


def _day_of(when: date | datetime) -> date:
    return day_of(_aware(when)) if isinstance(when, datetime) else when


FILTERS = {each.__name__: each for each in (day, example_day, moment, how_soon, counted, listed, quoted, nhs_number)}
