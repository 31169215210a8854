"""
Waits: how long people waited to be seen after being referred, at each boundary, and what came of the referral.

    seen          somebody saw the person about it (a contact that answers it, else its task completed)
    refused       the task that answers it was rejected
    ended unseen  withdrawn, cancelled, failed, or the person died before being seen
    waiting       none of these by the day asked about

`median_days` and `ninetieth_days` are of those seen. Those still waiting have waited at least so long already, and
leaving them out makes slow services look quick; `km_median_days` and `km_ninetieth_days` count them:

    S(t) = Πᵢ (1 − dᵢ / nᵢ) over the days tᵢ ≤ t on which dᵢ of the nᵢ still unseen were seen

and are the first day on which S is at most a half, and at most a tenth; missing when it never is.

Unit      days
Better    lower
Needs     referrals with the day they were made (FHIR ServiceRequest, and Task for what came of them)
Source    Kaplan and Meier 1958, Journal of the American Statistical Association 53(282): 457-481
Beware    refused referrals count as unseen from then on: where many are refused, see that share as well. A referral
          whose answer lies outside the records waits for ever. Seen before asked: not counted
Example   seen after 2 and 4 days, one waiting since 3: median of the seen 3; Kaplan and Meier's median 4
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store

GROUPS = ("everybody", "boundary", "sector boundary", "organisation asked", "deprivation fifth", "ethnicity")


@dataclass(frozen=True)
class Waits:
    """
    A row for each group of referrals: what (one of GROUPS), from_key, to_key (organisation keys, sectors, the fifth or
    the ethnic category), from_name, to_name, asked, accepted, refused, seen, completed, ended_unseen, waiting
    (referrals), median_days, ninetieth_days, km_median_days, km_ninetieth_days.
    """

    table: pa.Table
    window: Window

    def of(self, what: str) -> pa.Table:
        """The rows of one kind of group."""
        return self.table.filter(pc.equal(self.table["what"], what))


def waits(
    store: Store, within_months: int | None = None, as_at: date | None = None, engine: Engine | None = None
) -> Waits:
    """Referrals made in the months up to and including `as_at` (the last contact by default), as they stood then."""
    window = Window.of(store, within_months, as_at)
    table = engine_for(store, engine).run(statement("waits"), **window.values())
    known = store.query("SELECT organisation, name FROM organisations WHERE name IS NOT NULL")
    names = dict(zip(known["organisation"].to_pylist(), known["name"].to_pylist(), strict=True))
    for where, column in ((3, "from_key"), (4, "to_key")):
        named = [names.get(key, key) for key in table[column].to_pylist()]
        table = table.add_column(where, column.replace("key", "name"), pa.array(named, pa.string()))
    return Waits(table, window)


def plainly(days: Sequence[tuple[float, bool]], share: float = 0.5) -> float | None:
    """
    (days, seen or not) of each referral, to the first day on which at most `share` are unseen; None when never.

    >>> plainly([(2, True), (4, True), (3, False)])
    4
    """
    unseen = 1.0
    for day in sorted({each for each, seen in days if seen}):
        at_risk = sum(each >= day for each, _ in days)
        unseen *= 1 - sum(seen and each == day for each, seen in days) / at_risk
        if unseen <= share + 1e-9:
            return day
    return None
