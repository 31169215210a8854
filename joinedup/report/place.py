"""What a report is about: a store, its name, and the months looked at; and what every part of it asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from joinedup.engines.tongue import Engine
from joinedup.measures.asking import Level, Window
from joinedup.records.store import Store


@dataclass(frozen=True)
class Place:
    """A place and the window that its report looks at."""

    store: Store
    name: str
    within_months: int | None
    window: Window
    engine: Engine | None = None

    def met(self, level: Level) -> int:
        """How many at a level somebody had a contact with."""
        sql = f"SELECT count(DISTINCT {level}) AS n FROM visits WHERE started_at >= $since AND started_at < $until"
        return int(self.store.query(sql, **self.window.values())["n"][0].as_py())

    @cached_property
    def sector_of(self) -> dict[str, str]:
        """The sector of each organisation, by key; '' where none is known."""
        sql = """
            SELECT o.key, coalesce(s.name, s.key, '') AS sector
            FROM numbers o LEFT JOIN numbers s ON s.level = 'sector' AND s.number = o.within
            WHERE o.level = 'organisation'
        """
        found = self.store.query(sql)
        return dict(zip(found["key"].to_pylist(), found["sector"].to_pylist(), strict=True))
