"""
Continuity of care of everybody, by several measures at once: COC, UPC, SECON, MMCI and hand-offs.

One query over the contacts that count (records/questions.py) in a period, with a provider: the organisation or the
practitioner. A contact without the provider is dropped before counting. People with fewer contacts than the minimum
are left out, and counted as left out. Each formula is in the file of its measure.

Shape     one row for each person: patient, contacts, providers (number of different ones), coc, upc, secon, mmci
          (none), hand_offs (number), usual (key of the provider seen most; ties: the first in the alphabet)
Order     time as an instant, ties by the order in which the records were read; contacts without a time last
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.measures import coc, hand_offs, mmci, secon, upc
from joinedup.period import Period
from joinedup.records.store import Store

By = Literal["organisation", "practitioner"]

VISITS = """
SELECT patient, {by} AS provider, started_at, ordinal FROM counting_contacts
WHERE {by} IS NOT NULL
  AND ($since IS NULL OR started_at >= CAST($since AS TIMESTAMPTZ))
  AND ($until IS NULL OR started_at < CAST($until AS TIMESTAMPTZ))
"""
"""The visits of a store: (patient, provider, started_at, ordinal)."""

_STEPS = """
SELECT patient, provider, lead(provider) OVER next AS next_provider, provider = lead(provider) OVER next AS stayed
FROM visits WINDOW next AS (PARTITION BY patient ORDER BY started_at NULLS LAST, ordinal)
"""

_VISITS = "visits AS (SELECT * FROM ({visits}) WHERE provider IS NOT NULL AND provider <> '')"

SQL = f"""
WITH {_VISITS},
counts AS (SELECT patient, provider, count(*) AS n FROM visits GROUP BY patient, provider),
steps AS ({_STEPS}),
by_counts AS (
    SELECT patient, CAST(sum(n) AS BIGINT) AS contacts, count(*) AS providers,
           {coc.SQL} AS coc, {upc.SQL} AS upc, {mmci.SQL} AS mmci,
           arg_min(provider, {{{{'n': -n, 'provider': provider}}}}) AS usual
    FROM counts GROUP BY patient
),
by_steps AS (
    SELECT patient, {secon.SQL} AS secon, {hand_offs.SQL} AS hand_offs
    FROM steps WHERE stayed IS NOT NULL GROUP BY patient
)
SELECT patient, contacts, providers, coc, upc, secon, mmci, coalesce(hand_offs, 0) AS hand_offs, usual
FROM by_counts LEFT JOIN by_steps USING (patient)
ORDER BY patient
"""
"""Over any visits, put in the place of {visits}: everybody's measures, one row each."""

NETWORK = f"WITH {_VISITS}, steps AS ({_STEPS}) {hand_offs.NETWORK}"


@dataclass(frozen=True)
class Measured:
    """Everybody's measures, and what must be said with them."""

    table: pa.Table
    by: By
    minimum: int
    period: Period
    as_at: date
    left_out: int
    """People with contacts, but fewer than the minimum."""

    @property
    def pairs(self) -> int:
        """Pairs of a contact and the next, over everybody."""
        contacts = int(pc.sum(self.table["contacts"]).as_py() or 0)
        return contacts - int(self.table.num_rows)

    @property
    def hand_offs(self) -> int:
        return int(pc.sum(self.table["hand_offs"]).as_py() or 0)

    def mean(self, measure: str) -> float | None:
        """Mean over people; None when nobody has the measure."""
        found = pc.mean(self.table[measure]).as_py()
        return None if found is None else float(found)

    def median(self, measure: str) -> float | None:
        values = self.table[measure].drop_null().to_pylist()
        return median(values) if values else None


def measure(
    store: Store,
    by: By = "organisation",
    within_months: int | None = None,
    as_at: date | None = None,
    minimum: int = 2,
) -> Measured:
    """
    Continuity of everybody in a store, in the months up to and including `as_at` (the last contact, when not given).
    """
    as_at = as_at or store.last_contact_on() or date.max
    period = Period.back_from(as_at, within_months)
    sql = SQL.format(visits=VISITS.format(by=by))
    table = store.query(sql, since=period.since, until=period.until)
    enough = table.filter(pc.greater_equal(table["contacts"], minimum))
    return Measured(enough, by, minimum, period, as_at, table.num_rows - enough.num_rows)


def network(store: Store, by: By = "organisation", period: Period | None = None) -> pa.Table:
    """How often care went from each provider to each, staying included: from_provider, to_provider, times."""
    sql = NETWORK.format(visits=VISITS.format(by=by))
    return store.query(sql, since=period and period.since, until=period and period.until)


def plainly(providers: Sequence[str | None]) -> dict[str, float | int | None]:
    """
    One person's providers in order, a contact each, to all measures: the judge of the query.

    >>> found = plainly(["A", None, "A", "B"])
    >>> found["contacts"], round(found["coc"], 4)
    (3, 0.3333)
    """
    seen = [provider for provider in providers if provider]
    return {
        "contacts": len(seen),
        "providers": len(set(seen)),
        "coc": coc.plainly(seen),
        "upc": upc.plainly(seen),
        "secon": secon.plainly(seen),
        "mmci": mmci.plainly(seen),
        "hand_offs": hand_offs.plainly(seen),
    }
