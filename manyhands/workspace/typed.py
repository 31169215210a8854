"""What people typed into a form, read with patience: never an exception, whatever was typed."""

from datetime import date

from django.http import QueryDict

LONGEST = 10_000
"""Characters that one box takes. A long page of writing has some 3,000."""


def words_typed(typed: QueryDict, name: str) -> str:
    """
    The text of a box without what no database can keep, and no longer than a box takes. Lines end as they do in
    the log, not as browsers send them, so that a text sent back as it was reads the same.
    """
    return typed.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()[:LONGEST]


def identifier_typed(typed: QueryDict, name: str) -> str:
    """An identifier that a form sends back, without what no database can keep: the rules say whether there is such."""
    return _known_by(typed.get(name, ""))


def identifiers_typed(typed: QueryDict, name: str, most: int) -> tuple[str, ...]:
    """The same of the boxes that were ticked, each once, and no more than `most` of them."""
    return tuple(dict.fromkeys(_known_by(each) for each in typed.getlist(name)[:most]))


def _known_by(said: str) -> str:
    return said.replace("\0", "")[:64]


def day_typed(typed: QueryDict, name: str) -> date | None:
    """The day in the three boxes of `date_field`, or None where they hold no day that there is."""
    return day_in(boxes_typed(typed, name))


def day_in(boxes: dict[str, str]) -> date | None:
    """The day that three boxes hold, if there is such a day."""
    try:
        year, month, day = (int(boxes.get(part, "")) for part in ("year", "month", "day"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def boxes_typed(typed: QueryDict, name: str) -> dict[str, str]:
    """What stands in the three boxes, to be shown again as it was typed."""
    return {part: typed.get(f"{name}-{part}", "")[:20] for part in ("day", "month", "year")}
