"""
Groups of people: in which age band, sex, deprivation fifth and ethnic category everybody is on a day.

Ages are cut as in in_pieces.py: 0 to 17, 18 to 39, 40 to 64, 65 to 74, 75 to 84, 85 and over.

Unit      none
Better    neither
Needs     what is recorded of people; what is not recorded is missing, and no group of its own
Source    counting; fifths are two deciles of the Index of Multiple Deprivation each, 1 the most deprived
Beware    sex is the administrative gender as recorded; ethnic categories are the words of the record
Example   born on 27 May 1940, decile 4, on 26 May 2024: 75 to 84, fifth 2
"""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.age import plainly as age_plainly
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store

GROUPS = ("age", "sex", "deprivation fifth", "ethnicity")
BANDS = ((18, "0 to 17"), (40, "18 to 39"), (65, "40 to 64"), (75, "65 to 74"), (85, "75 to 84"))
OLDEST = "85 and over"


def groups(store: Store, as_at: date, engine: Engine | None = None) -> pa.Table:
    """A row for everybody: patient (key), age, sex, deprivation_fifth, ethnicity (text, null where not recorded)."""
    until = Window.of(store, None, as_at).values()["until"]
    return engine_for(store, engine).run(statement("groups"), until=until, as_at=as_at)


def plainly(born_on: date, decile: int | None, day: date) -> tuple[str | None, str | None]:
    """
    Somebody's birthday and decile to age band and fifth on a day.

    >>> plainly(date(1940, 5, 27), 4, date(2024, 5, 26))
    ('75 to 84', '2')
    """
    age = age_plainly(born_on, day)
    band = None if age is None else next((name for below, name in BANDS if age < below), OLDEST)
    return band, None if decile is None else str((decile + 1) // 2)
