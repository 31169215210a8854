"""
Falls: on how many days of a window somebody has a fall on record.

    falls = number of different days in the window on which a condition that is a fall began, or a contact was about one

What is a fall is in code_lists/falls.csv (SNOMED CT and ICD-10), or in a list of your own.

Unit      days
Better    lower
Needs     conditions, or reasons for contacts, with SNOMED CT or ICD-10 codes; in records without any, it is missing
Source    counting; NICE asks after falls in the past year (CG161: 1.1.1)
Beware    most falls are never recorded, and one that is may be recorded again on another day. A fall long ago that is
          recorded without its day counts on the day it was recorded. None recorded is not none had
Example   a fall recorded at the emergency department and, that day, as a condition; another in May: 2
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement, with_rows
from joinedup.measures.asking import Window, engine_for
from joinedup.measures.code_list import codes as listed_codes
from joinedup.period import Period
from joinedup.records.store import Store


@dataclass(frozen=True)
class Falls:
    """
    A row for everybody: patient (key), falls (days with one, null where it cannot be told), last_on (the last of them,
    null without any).
    """

    table: pa.Table
    window: Window

    @property
    def fallen(self) -> int:
        """People with any."""
        return int(pc.sum(pc.greater(self.table["falls"], 0)).as_py() or 0)


def falls(
    store: Store,
    within_months: int | None = 12,
    as_at: date | None = None,
    engine: Engine | None = None,
    codes: Path | None = None,
) -> Falls:
    """
    Everybody's days with a fall in the months up to and including `as_at` (the last contact by default). `codes`: a
    list of your own (code_list.py) in place of the shipped one. Raises BadCodeList.
    """
    window = Window.on_a_day(store, within_months, as_at)
    sql = with_rows(statement("falls"), codes=listed_codes("falls", codes))
    return Falls(engine_for(store, engine).run(sql, **window.values()), window)


def plainly(days: Iterable[date], period: Period) -> int:
    """
    Days on which one person has a fall on record, repeats included, to the number of different ones in a period.

    >>> plainly([date(2024, 3, 1), date(2024, 3, 1), date(2022, 1, 1)], Period(date(2024, 1, 1), date(2025, 1, 1)))
    1
    """
    return len({day for day in days if (period.since is None or day >= period.since) and day < period.until})
