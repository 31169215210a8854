"""
Reach across boundaries: how much of what is proposed and taken on goes beyond one's own organisation.

    of proposals        share that affect another organisation than the one that proposed
    of responsibilities share of those taken on that another organisation had proposed or asked for

Unit      share, 0 to 1, with a 95 % interval (Wilson)
Better    higher, where organisations work on the same people: a team that decides for itself alone needs no team
Needs     acts, as `manyhands export-acts` writes them
Source    ours, after King's Fund 2012, Leadership and engagement for improvement in the NHS: leading across systems
Beware    affecting is not agreeing. Where a team has one large organisation, it can affect few others. Somebody who
          asks a colleague of their own organisation in passing is in no log
Example   3 proposals, two of which affect others: 0.67 (0.21 to 0.94)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from joinedup.engines.tongue import Engine, moment, statement
from joinedup.measures.asking import engine_for
from joinedup.measures.leading import NOT_KNOWN, window
from joinedup.period import Period
from joinedup.records.store import Store
from joinedup.release.intervals import of_share
from joinedup.release.of_groups import of_groups
from joinedup.release.tables import THRESHOLD

WHAT = ("proposals", "responsibilities")
ALL = "all"
SCHEMA = pa.schema(
    [("what", pa.string()), ("sector", pa.string()), ("across", pa.int64()), ("of", pa.int64())]
    + [(name, pa.float64()) for name in ("share", "low", "high")]
)


@dataclass(frozen=True)
class Reach:
    """A row for each proposal and responsibility taken on: what, team, done_at, organisation, sector, across (0, 1)."""

    table: pa.Table
    period: Period
    as_at: date

    def share(self, what: str) -> float | None:
        """Share across, of all; None of none."""
        across = [row["across"] for row in self.table.to_pylist() if row["what"] == what]
        return sum(across) / len(across) if across else None

    def released(self, threshold: int = THRESHOLD) -> pa.Table:
        """By sector and of all: what, sector, across, of, share (of what is shown), low, high; null where hidden."""
        return pa.Table.from_pylist([row for what in WHAT for row in _rows(self.table, what, threshold)], SCHEMA)


def reach(
    store: Store, within_months: int | None = 12, as_at: date | None = None, engine: Engine | None = None
) -> Reach:
    """How far what is proposed and taken on reaches. Raises NotInTheseRecords for a store without acts."""
    period, day = window(store, within_months, as_at)
    values = {"since": moment(period.since), "until": moment(period.until)}
    return Reach(engine_for(store, engine).run(statement("reach"), **values), period, day)


def _rows(table: pa.Table, what: str, threshold: int) -> list[dict[str, object]]:
    rows = [row for row in table.to_pylist() if row["what"] == what]
    there = Counter(row["sector"] or NOT_KNOWN for row in rows)
    across = Counter(row["sector"] or NOT_KNOWN for row in rows if row["across"])
    sectors = sorted(there)
    told = of_groups([across[each] for each in sectors], [there[each] for each in sectors], threshold)
    shown = [(ALL, told.all_so, told.all_there), *zip(sectors, told.so, told.there, strict=True)]
    return [{"what": what, "sector": sector} | share_of(so, of, "across") for sector, so, of in shown] if rows else []


def share_of(so: int | None, of: int | None, called: str) -> dict[str, object]:
    """
    How many so, of how many, with the share and its interval: of what may be shown, and nothing of what may not.

    >>> share_of(15, 30, "across")["share"], share_of(None, 30, "across")["share"]
    (0.5, None)
    """
    within = of_share(min(so, of), of) if so is not None and of else None
    share = None if within is None or so is None or not of else min(so, of) / of
    low, high = within or (None, None)
    return {called: so, "of": of, "share": share, "low": low, "high": high}


def plainly(proposals: Iterable[tuple[str, Iterable[str]]]) -> float | None:
    """
    (organisation, those affected) of each proposal, to the share that affect another.

    >>> plainly([("practice", ["practice"]), ("practice", ["practice", "council"])])
    0.5
    """
    across = [bool(set(affected) - {own}) for own, affected in proposals]
    return sum(across) / len(across) if across else None
