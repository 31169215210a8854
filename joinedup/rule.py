"""
A rule for finding people, in plain English and as data.

    >>> print(Rule(aged=65, conditions=4, organisations=3).sentence())
    People aged 65 or over with at least 4 conditions, seen by at least 3 organisations in the last 24 months on record.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from joinedup.period import months_spoken, spoken


@dataclass(frozen=True)
class Rule:
    """
    Whom to look for. `within_months` None looks at the whole record. `as_at` None is the day of the last contact on
    record. Conditions are different conditions that the person has then; `resolved_too` counts those that are over as
    well. `dead_too` includes those who had died, at the age at which they died.
    """

    aged: int = 65
    conditions: int = 4
    organisations: int = 3
    within_months: int | None = 24
    as_at: date | None = None
    resolved_too: bool = False
    dead_too: bool = False

    def __post_init__(self) -> None:
        for name in ("aged", "conditions", "organisations"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} cannot be less than nothing")
        if self.within_months is not None and self.within_months < 1:
            raise ValueError("within_months must be at least 1, or None for the whole record")

    def sentence(self) -> str:
        who = f"People aged {self.aged} or over"
        if self.dead_too:
            who += ", those who have died included,"
        what = f"with at least {_many(self.conditions, 'condition')}"
        if self.resolved_too:
            what += " (past ones included)"
        where = f"seen by at least {_many(self.organisations, 'organisation')}"
        return f"{who} {what}, {where} {self._when()}."

    def _when(self) -> str:
        if self.within_months is None:
            return f"at any time up to {spoken(self.as_at)}" if self.as_at else "at any time on record"
        months = months_spoken(self.within_months)
        return f"in the {months} to {spoken(self.as_at)}" if self.as_at else f"in the last {months} on record"

    def as_dict(self) -> dict[str, Any]:
        """Plain values that JSON can hold."""
        return asdict(self) | {"as_at": self.as_at.isoformat() if self.as_at else None}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Rule:
        """
        The rule that `as_dict` gave.

        >>> Rule.from_dict(Rule(aged=80, as_at=date(2024, 1, 31)).as_dict()) == Rule(aged=80, as_at=date(2024, 1, 31))
        True
        """
        as_at = values.get("as_at")
        return cls(**(values | {"as_at": date.fromisoformat(as_at) if as_at else None}))

    def at(self, day: date) -> Rule:
        """The same rule with its day settled."""
        return replace(self, as_at=day)


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
