"""How widely leading is shared beside chance, and how it has moved by the NHS rules: the measures of `joinedup`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from joinedup.measures import xmr
from joinedup.measures.leading_shared import shared
from joinedup.release.intervals import of_share
from joinedup.release.tables import THRESHOLD
from joinedup.report.pictures import xmr as picture

FEWEST = THRESHOLD
"""Of fewer times, or people, nothing is said."""

_STYLE = re.compile(r' style="[^"]*"')


@dataclass(frozen=True, slots=True)
class SharedOut:
    """As good as shared by `effective` equal ones of `among`; by chance alone `by_chance`, mostly `low` to `high`."""

    among: int
    effective: float
    by_chance: float
    low: float
    high: float

    @property
    def narrow(self) -> bool:
        """Narrower than chance alone would make it."""
        return self.effective < self.low

    @property
    def wide(self) -> bool:
        return self.effective > self.high


def shared_out(times: Sequence[int], members: Sequence[int]) -> SharedOut | None:
    """How widely it is shared that each led so many `times`, with so many `members`; None of too few times."""
    found = shared(times, members) if sum(times) >= FEWEST else None
    if found is None:
        return None
    return SharedOut(found.among, found.effective, found.by_chance, found.low, found.high)


def between(so: int, of: int) -> tuple[float, float] | None:
    """Between which shares it lies, in 95 of 100; None where it is of too few."""
    return of_share(so, of) if of >= FEWEST else None


def can_be_told(so: int, of: int) -> bool:
    """Whether it can be said how many people are so, of how many: not where those who are, or are not, are few."""
    return of >= FEWEST and not any(0 < count < FEWEST for count in (so, of - so))


@dataclass(frozen=True, slots=True)
class Moved:
    """How a series has moved: as a picture (SVG), in a sentence, and point by point: (month, value, what it is)."""

    svg: str
    said: str
    points: tuple[tuple[date, float, str], ...]
    mean: float
    lower: float
    upper: float


SAID = {
    "common cause": "The last month is within what chance gives: nothing has changed that can be told from chance.",
    "improvement": "The last month is part of a change for the better that is more than chance.",
    "concern": "The last month is part of a change for the worse that is more than chance.",
    "high": "The last month is part of a rise that is more than chance.",
    "low": "The last month is part of a fall that is more than chance.",
}


def how_it_moved(values: Sequence[float], months: Sequence[date], title: str, unit: str) -> Moved | None:
    """The XmR chart of a series of months; None of fewer than two."""
    if len(values) < 2:
        return None
    chart = xmr.chart(values, months)
    said = SAID[chart.variation or "common cause"]
    if chart.trial:
        said += f" There are fewer than {xmr.FEWEST} months: these are trial limits."
    last = chart.points[-1]
    points = tuple((point.on or months[0], point.value, str(point.variation)) for point in chart.points)
    svg = _STYLE.sub("", picture.draw(chart, title, unit))
    return Moved(svg, said, points, last.mean, last.lower, last.upper)
