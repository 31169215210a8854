"""
The day it is where the teams are. A moment is kept in UTC; a day is a day of the calendar that people live by, which
in summer begins an hour before the day of UTC does.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """
    The day of a moment here.

    >>> from datetime import UTC
    >>> day_of(datetime(2026, 7, 4, 23, 30, tzinfo=UTC)), day_of(datetime(2026, 1, 4, 23, 30, tzinfo=UTC))
    (datetime.date(2026, 7, 5), datetime.date(2026, 1, 4))
    """
    return at.astimezone(HERE).date()


def noon_before(at: datetime) -> datetime:
    """
    Noon of the day before a moment, by the clock here.

    >>> from datetime import UTC
    >>> noon_before(datetime(2026, 7, 6, 8, 0, tzinfo=UTC)).astimezone(UTC)
    datetime.datetime(2026, 7, 5, 11, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.combine(day_of(at) - timedelta(days=1), time(12), HERE)
