"""
Admissions: how often somebody was admitted to hospital in a window, how often unplanned, and for how many days.

    admissions        contacts that count and begin in the window, of a class or type in code_lists/admissions.csv
    unplanned         those whose type says so; or, where it does not say, that an emergency contact of the person came
                      before by at most a day
    planned           those whose type says so. The others are not told: admissions − unplanned − planned
    days in hospital  from their beginnings to their ends, at most to the end of the window

Unit      admissions; days, with fractions
Better    lower, of those unplanned
Needs     contacts with a class, such as IMP, or a type that says admission; in records without any, it is missing
Source    counting; an admission by way of the emergency department is unplanned in the NHS Data Dictionary too
          (ADMISSION METHOD 21)
Beware    a stay that is recorded as several contacts, none part of another, counts as several. Stays without an end add
          no days. Records without a hospital in them show none
Example   taken in on 3 March from the emergency department for 2 days, and for a planned operation in May for 1: 2
          admissions, 1 unplanned, 3 days
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement, with_rows
from joinedup.measures.asking import Window, engine_for
from joinedup.measures.hfrs import admission_kinds
from joinedup.records.store import Store


@dataclass(frozen=True)
class Admissions:
    """
    A row for everybody: patient (key), admissions, unplanned, planned (numbers), days_in_hospital (days), last_at (the
    beginning of the last, null without any). All null where it cannot be told.
    """

    table: pa.Table
    window: Window

    @property
    def told(self) -> bool:
        """Do the records tell admissions from other contacts?"""
        return int(self.table["admissions"].null_count) < int(self.table.num_rows)

    def total(self, column: str) -> int:
        """Everybody's together: of admissions, unplanned or planned."""
        return int(pc.sum(self.table[column]).as_py() or 0)

    @property
    def admitted(self) -> int:
        """People with any."""
        return int(pc.sum(pc.greater(self.table["admissions"], 0)).as_py() or 0)


def admissions(
    store: Store, within_months: int | None = 12, as_at: date | None = None, engine: Engine | None = None
) -> Admissions:
    """Everybody's admissions begun in the months up to and including `as_at` (the last contact by default)."""
    window = Window.on_a_day(store, within_months, as_at)
    sql = with_rows(statement("admissions"), admissions=admission_kinds())
    return Admissions(engine_for(store, engine).run(sql, **window.values()), window)


def plainly(
    stays: Sequence[tuple[datetime, datetime | None, str | None]], emergencies: Sequence[datetime], until: datetime
) -> tuple[int, int, int, float]:
    """
    One person's stays in the window (beginning, end, told) and beginnings of emergency contacts to admissions,
    unplanned, planned and days in hospital.

    >>> march, may = datetime(2024, 3, 3), datetime(2024, 5, 1)
    >>> days = timedelta(days=1)
    >>> stays = [(march, march + 2 * days, None), (may, may + days, "planned")]
    >>> plainly(stays, [march - days / 2], datetime(2025, 1, 1))
    (2, 1, 1, 3.0)
    """
    unplanned = planned = 0
    days = 0.0
    for began, ended, told in stays:
        came_by = any(began - timedelta(days=1) <= at <= began for at in emergencies)
        unplanned += told == "unplanned" or (told is None and came_by)
        planned += told == "planned"
        if ended is not None and ended > began:
            days += (min(ended, until) - began) / timedelta(days=1)
    return len(stays), unplanned, planned, days
