"""
Age at a day, in whole years; of those who had died by then, at death.

    age = year of the day − year of birth, less 1 before the birthday in that year

Unit      years
Better    neither
Needs     a day of birth; without one, or with one after the day, it is missing
Source    counting. Somebody born on 29 February has their birthday on 1 March in other years
Beware    where only the year or month of birth is recorded (`known_to`), its first day stands for it, so that the age
          may be a year too many. Of those recorded as dead without a day, it is the age that they would have been
Example   born on 27 May 1940: 83 on 26 May 2024, 84 on the day after
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store


@dataclass(frozen=True)
class Ages:
    """
    A row for everybody: patient (key), age (years, null where unknown), known_to ('day', 'month' or 'year', of the
    birth), died (by the day).
    """

    table: pa.Table
    as_at: date


def age(store: Store, as_at: date | None = None, engine: Engine | None = None) -> Ages:
    """Everybody's age on a day, that of the last contact by default."""
    window = Window.on_a_day(store, None, as_at)
    values = {"until": window.values()["until"], "as_at": window.as_at}
    return Ages(engine_for(store, engine).run(statement("age"), **values), window.as_at)


def plainly(born_on: date, day: date) -> int | None:
    """
    >>> plainly(date(1940, 5, 27), date(2024, 5, 26)), plainly(date(1940, 5, 27), date(2024, 5, 27))
    (83, 84)
    """
    if born_on > day:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
