"""
Telling the people of the demo what waits for them, as it would have been done in its last days: messages in the morning
and urgent ones in between, some people having chosen otherwise. They go wherever the settings say: into a folder.
"""

from datetime import UTC, date, datetime, time, timedelta

from demo.place import ASHA, CAROL, GRACE, PRIYA, Practitioner
from manyhands.exchange.email.rounds import send_all
from manyhands.notices.choices_kept import keep
from manyhands.notices.choosing import Choices, Way
from manyhands.notices.gathering import Reader
from manyhands.notices.kinds import Sort
from manyhands.notices.writing import write
from manyhands.rules.days import HERE

DAYS = 5
"""How many of the last days are told. What is older is on the page of notices, and was never sent."""

HOURS = (time(8, 5), time(13, 0), time(18, 30))
"""When somebody looks whether there is something to tell; in life that is each minute."""

CHOSE: dict[Practitioner, Choices] = {
    ASHA: Choices(ways={Sort.LATE: Way.AT_ONCE}),
    CAROL: Choices(hour=13),
    GRACE: Choices(ways={Sort.TALK: Way.NONE}),
    PRIYA: Choices(ways={Sort.TALK: Way.NONE, Sort.BECAME: Way.URGENT}),
}
"""What some of them chose; the others have it the usual way."""


def tell_everybody(today: date) -> None:
    """Tell what is to be told until the evening before `today`, and send it."""
    for one, choices in CHOSE.items():
        keep(one.key, choices)
    reader = Reader()
    for days_ago in range(DAYS, 0, -1):
        for hour in HOURS:
            at = datetime.combine(today - timedelta(days=days_ago), hour, HERE).astimezone(UTC)
            reader.gather(at)
            write(at)
            send_all(at)
