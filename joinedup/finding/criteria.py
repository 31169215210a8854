"""
What a rule asks of somebody: criteria, and how they are put together.

A criterion asks one measure to lie within bounds. It holds, does not hold, or cannot be told, where the measure is not
computable. Several are put together so that what cannot be told never makes anybody found:

    all     holds where each does; does not where one does not; else it cannot be told
    any     holds where one does; does not where none does; else it cannot be told
    not     holds where none of them does; does not where one does; else it cannot be told
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from joinedup.finding.everybody import Each, Everybody, Values
from joinedup.finding.measurable import Measurable
from joinedup.measures.asking import Level

Truth = NDArray[np.int8]
"""1 where it holds, 0 where it does not, −1 where it cannot be told."""

BOUNDS = {"at_least": "at least", "more_than": "more than", "at_most": "at most", "less_than": "less than"}


@dataclass(frozen=True)
class Criterion:
    """
    One measure and its bounds. `within`: months looked back on, None for ever; `by`: the level, None where it has none.
    `bounds`: (name of BOUNDS, number) each; of a yes or no, ("is", 1 or 0).
    """

    measure: Measurable
    bounds: tuple[tuple[str, float], ...]
    by: Level | None = None
    within: int | None = None

    @property
    def column(self) -> str:
        """What its column is called: the measure, with the level and the months where it has them."""
        name = self.measure.name.replace(" ", "_").replace("-", "_")
        by = f"_by_{self.by}" if self.by else ""
        back = "" if not self.measure.looks_back else "_ever" if self.within is None else f"_{self.within}_months"
        return name + by + back

    @property
    def when(self) -> str:
        """Over which months, as it ends a phrase."""
        if not self.measure.looks_back:
            return ""
        return " ever" if self.within is None else f" in {self.within} month{'s' if self.within != 1 else ''}"

    def values(self, everybody: Everybody) -> Values:
        """The measure of everybody; worked out once."""
        return everybody.once(
            ("values", self.column),
            lambda: self.measure.of(everybody, self.by or self.measure.usual_level, self.within),
        )

    def truth(self, everybody: Everybody) -> Truth:
        """Of everybody, whether it holds; worked out once."""
        return everybody.once(("truth", self), lambda: self._truth(everybody))

    def _truth(self, everybody: Everybody) -> Truth:
        values = self.values(everybody).of
        holds = np.ones(len(values), np.bool_)
        for bound, number in self.bounds:
            holds &= _within(values, bound, number)
        return np.where(np.isnan(values), -1, holds).astype(np.int8)

    def words(self) -> str:
        """The criterion as one says it: “at least 4 organisations in 12 months”."""
        kind = self.measure.kind
        if kind == "yes or no":
            return f"{'' if self.bounds[0][1] else 'not '}known by one {self.by} alone{self.when}"
        said = " and ".join(f"{BOUNDS[bound]} {share(n) if kind == 'share' else plain(n)}" for bound, n in self.bounds)
        if kind == "count":
            return f"{said} {self.measure.called(self.by, one=self.bounds[-1][1] == 1)}{self.when}"
        if kind == "share":
            return f"{said} of the contacts with the {self.by} seen most{self.when}"
        if kind == "years":
            return f"aged {said}"
        return f"{self.measure.called(self.by)} {said}{' days' if kind == 'days' else ''}{self.when}"

    def leaves(self) -> Iterator[Criterion]:
        yield self

    def as_data(self) -> dict[str, object]:
        """What it asks, as plain values: the same for the same criterion however it was written."""
        asks: dict[str, object] = {"measure": self.measure.name, **dict(self.bounds)}
        if self.by:
            asks["by"] = self.by
        if self.measure.looks_back:
            asks["within"] = "ever" if self.within is None else f"{self.within} months"
        return asks


@dataclass(frozen=True)
class Together:
    """Criteria put together by all, any or not."""

    how: Literal["all", "any", "not"]
    parts: tuple[Criterion | Together, ...]

    def truth(self, everybody: Everybody) -> Truth:
        """Of everybody, whether they hold together; worked out once."""
        return everybody.once(("truth", self), lambda: self._truth(everybody))

    def _truth(self, everybody: Everybody) -> Truth:
        each = np.stack([part.truth(everybody) for part in self.parts])
        if self.how == "all":
            some_fail = (each == 0).any(axis=0)
            return np.where((each == 1).all(axis=0), 1, np.where(some_fail, 0, -1)).astype(np.int8)
        some_hold = (each == 1).any(axis=0)
        none_holds = (each == 0).all(axis=0)
        yes, no = (some_hold, none_holds) if self.how == "any" else (none_holds, some_hold)
        return np.where(yes, 1, np.where(no, 0, -1)).astype(np.int8)

    def words(self) -> str:
        """The criteria as one says them."""
        said = [f"({part.words()})" if isinstance(part, Together) else part.words() for part in self.parts]
        if self.how == "not":
            return "not " + " nor ".join(said)
        return (" and " if self.how == "all" else " or ").join(said)

    def leaves(self) -> Iterator[Criterion]:
        for part in self.parts:
            yield from part.leaves()

    def as_data(self) -> dict[str, object]:
        return {self.how: [part.as_data() for part in self.parts]}


Part = Criterion | Together


_HOLDS = {
    "at_least": np.greater_equal,
    "more_than": np.greater,
    "at_most": np.less_equal,
    "less_than": np.less,
    "is": np.equal,
}


def _within(values: Each, bound: str, number: float) -> NDArray[np.bool_]:
    holds: NDArray[np.bool_] = _HOLDS[bound](values, number)
    return holds


def plain(number: float) -> str:
    """
    A number as it is said: whole where it is, else with what it needs.

    >>> plain(1200.0), plain(0.25), plain(2.5)
    ('1,200', '0.25', '2.5')
    """
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"


def share(number: float) -> str:
    """
    >>> share(0.5), share(1 / 3), share(0.4)
    ('half', 'a third', '40%')
    """
    said = {0.5: "half", 0.3333: "a third", 0.25: "a quarter", 0.6667: "two thirds", 0.75: "three quarters"}
    return said.get(round(number, 4), f"{number * 100:g}%")
