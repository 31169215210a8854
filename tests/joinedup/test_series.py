"""Monthly series: what is counted in each month, of everybody and of each, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from joinedup.engines.tongue import statement
from joinedup.measures import series
from tests.joinedup.making import contact, loaded, organisation, patient, to
from tests.joinedup.on_engines import EACH_ENGINE, EVERYTHING

MET = [(0, 0, 1), (0, 1, 20), (0, 2, 25), (0, 2, 40), (1, 0, 3), (1, 0, 33)]
"""(person, organisation, day from 1 January 2024)"""


@EACH_ENGINE
def test_each_month_is_counted_for_everybody_and_for_each(on: Any) -> None:
    visits = pa.table(
        {
            "ordinal": pa.array(range(len(MET)), pa.int64()),
            "patient": pa.array([who for who, *_ in MET], pa.int32()),
            "organisation": pa.array([by for _, by, _ in MET], pa.int32()),
            "started_at": pa.array(
                [datetime.fromordinal(738885 + day).replace(tzinfo=UTC) for *_, day in MET],
                pa.timestamp("us", tz="UTC"),
            ),
        }
    )

    rows = on(statement("series", by="organisation"), {"visits": visits}, for_each=1, **EVERYTHING)

    found = {(row["month"].month, row["number"]): tuple(row.values())[2:] for row in rows}
    assert found[1, None] == (2, 4, 2, 2, 1)
    assert found[2, None] == (2, 2, 2, 0, 0)
    assert found[1, 0] == (2, 2, 0, 0, 1)
    assert found[2, 2] == (1, 1, 1, 0, 0)


def test_months_without_a_contact_are_there_and_the_month_that_is_not_over_is_not(tmp_path: Path) -> None:
    with loaded(
        tmp_path,
        patient("p"),
        organisation("o"),
        *(
            contact(str(n), f"2024-{at}T09:00:00Z", serviceProvider=to("Organization/o"))
            for n, at in enumerate(["01-02", "01-03", "03-04", "04-20"])
        ),
    ) as store:
        found = series.monthly(store)

    assert found.months == (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
    assert found.values("contacts") == [2, 0, 1]
    assert found.values("hand-offs") == [0, None, 0]
    assert found.numbers() == [None, 0]
    assert [point.value for point in found.chart("contacts", 0).points] == [2, 0, 1]
