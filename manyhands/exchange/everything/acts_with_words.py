"""
An act as it was recorded, on one line, with the words that stand beside it.

    {"team":…, "number":…, "name":…, "at":…, "by":…, "together":…, "payload":"…", "recorded_at":…, "previous":…,
     "digest":…, "words":{"because":{"salt":…, "text":…}}}

The payload is the very text that the digest is of. Words that were withheld have neither salt nor text.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from manyhands import who
from manyhands.log.chain import moment
from manyhands.log.models import Entry, Wording
from manyhands.log.walk import in_step

COLUMNS = ("team", "number", "name", "by", "together", "payload", "previous", "digest")


def lines_of(team: who.Team) -> Iterator[dict[str, object]]:
    """A line for each entry of a team, oldest first."""
    with closing(in_step(team, None)) as steps:
        for entry, words in steps:
            if entry is None:
                raise ValueError(f"an entry of {team} cannot be read; manyhands verify says which")
            yield {
                **{name: getattr(entry, name) for name in COLUMNS},
                "at": moment(entry.at),
                "recorded_at": moment(entry.recorded_at),
                "words": {each.place: {"salt": each.salt, "text": each.text} for each in words},
            }


def from_line(said: dict[str, object]) -> tuple[Entry, list[Wording]]:
    """The entry and its words again. ValueError, KeyError or TypeError where the line is not one."""
    words = said.get("words")
    if not isinstance(words, dict):
        raise TypeError("words is missing")
    if not isinstance(said["number"], int) or not all(isinstance(said[name], str) for name in ("team", "payload")):
        raise TypeError("team and payload are texts, and number is a number")
    entry = Entry(
        **{name: said[name] for name in COLUMNS},
        at=_moment(said, "at"),
        recorded_at=_moment(said, "recorded_at"),
    )
    return entry, [
        Wording(team=entry.team, number=entry.number, place=place, salt=kept["salt"], text=kept["text"])
        for place, kept in words.items()
    ]


def _moment(said: dict[str, object], name: str) -> datetime:
    value = said[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is not a moment")
    return datetime.fromisoformat(value)
