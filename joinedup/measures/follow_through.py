"""
Follow-through: how much of what teams decide and ask for is carried out.

    share = responsibilities carried out (closed as done or partly done)
            / those that are due: carried out, closed as not done, or asked for more than half a year ago and still open

of all, by how many professions had answered the proposal that each follows from, and by the fifth of deprivation of the
one person that each is about, where the records know it. What is held for a group counts there once for each person of
it: carried out where it was done for them; exceptions are left out. A decision is carried out when none of its
responsibilities is still open and at least one was carried out. What is no longer needed is left out; so is what is
still open and young.

Unit      share, 0 to 1, with a 95 % interval (Wilson)
Better    higher; and as high for the most deprived as for the least, with many professions as with few
Needs     acts, as `manyhands export-acts` writes them; for fifths, records of care with deciles of deprivation
Source    Raine et al. 2014, BMJ Quality and Safety 23: 867-876: of treatment plans of 12 teams, 85, 82, 82, 76 and 73 %
          were carried out from the least to the most deprived fifth; the odds fell by 25 % for each further profession
Beware    teams close what they did sooner than what they did not: that is why what is open for half a year counts as
          not carried out. Professions are those that answered, not those in the room. Cause is not shown
Example   4 asked for: one done, one not done, one no longer needed, one open since last week: 1 of 2
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from joinedup.engines.tongue import Engine, moment, statement
from joinedup.measures.asking import engine_for
from joinedup.measures.leading import window
from joinedup.measures.reach import ALL, share_of
from joinedup.period import Period
from joinedup.records.store import Store
from joinedup.release.of_groups import of_groups
from joinedup.release.tables import THRESHOLD

OPEN_TOO_LONG = timedelta(days=183)
"""Half a year: what is open for longer counts as not carried out."""

CARRIED_OUT = ("done", "partly-done")
MOST_PROFESSIONS = 6
"""So many professions and more are one group: with few proposals in each, nothing would be shown."""

Counted = tuple[int, int]
"""How many so, of how many."""

SCHEMA = pa.schema(
    [("by", pa.string()), ("group", pa.string()), ("carried_out", pa.int64()), ("of", pa.int64())]
    + [(name, pa.float64()) for name in ("share", "low", "high")]
)


@dataclass(frozen=True)
class FollowThrough:
    """
    A row for each responsibility asked for in the window: team, responsibility, asked_at, proposal, outcome (null while
    it is open), professions, fifth, by_fifth (JSON: for how many of a group it was done), and carried_out: 1, 0, or
    null where it is not due or no longer needed.
    """

    table: pa.Table
    period: Period
    as_at: date

    def share(self, of: str = "responsibilities") -> float | None:
        """The share carried out, of “responsibilities” or of “decisions”; None of none."""
        told = self._told(of)
        return sum(told) / len(told) if told else None

    def _told(self, of: str) -> list[int]:
        rows = self.table.to_pylist()
        if of == "responsibilities":
            return [row["carried_out"] for row in rows if row["carried_out"] is not None]
        return list(decisions(rows).values())

    def released(self, threshold: int = THRESHOLD) -> pa.Table:
        """By what it is grouped, and of all: by, group, carried_out, of, share, low, high; null where hidden."""
        due = [row for row in self.table.to_pylist() if row["carried_out"] is not None]
        groups = [*map(str, range(1, MOST_PROFESSIONS)), f"{MOST_PROFESSIONS} or more"]
        professions: dict[str, list[int]] = {name: [] for name in groups}
        for row in due:
            if row["professions"]:
                many = row["professions"] >= MOST_PROFESSIONS
                group = f"{MOST_PROFESSIONS} or more" if many else str(row["professions"])
                professions[group].append(row["carried_out"])
        rows = [
            *_shown("responsibilities", {ALL: _counted([row["carried_out"] for row in due])}, threshold),
            *_shown("decisions", {ALL: _counted(self._told("decisions"))}, threshold),
            *_shown("professions that answered", {of: _counted(told) for of, told in professions.items()}, threshold),
            *_shown("fifth of deprivation", {FIFTHS[n]: each for n, each in by_fifth(due).items()}, threshold),
        ]
        return pa.Table.from_pylist(rows, SCHEMA)


FIFTHS = {5: "least deprived", 4: "2nd", 3: "3rd", 2: "4th", 1: "most deprived"}
"""From the least to the most deprived, as in the study; fifth 1 is the most deprived."""


def follow_through(
    store: Store, within_months: int | None = 12, as_at: date | None = None, engine: Engine | None = None
) -> FollowThrough:
    """What became of what was asked for in a window, by its end. Raises NotInTheseRecords for a store without acts."""
    period, day = window(store, within_months, as_at)
    until = moment(period.until)
    values = {"since": moment(period.since), "until": until}
    found = engine_for(store, engine).run(statement("follow_through"), **values)
    told = [carried_out(row["outcome"], row["asked_at"], until) for row in found.to_pylist()]
    return FollowThrough(found.append_column("carried_out", pa.array(told, pa.int64())), period, day)


def carried_out(outcome: str | None, asked_at: datetime, until: datetime) -> int | None:
    """
    1 carried out, 0 not; None where that is not for saying yet, or no longer.

    >>> asked, now = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    >>> [carried_out(each, asked, now) for each in ("done", "not-done", "no-longer-needed", None)]
    [1, 0, None, None]
    """
    if outcome is None:
        return 0 if until - asked_at.replace(tzinfo=asked_at.tzinfo or UTC) > OPEN_TOO_LONG else None
    return None if outcome == "no-longer-needed" else int(outcome in CARRIED_OUT)


def decisions(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """For each decision that is due: 1 where nothing of it is open and at least one thing was carried out, else 0."""
    of: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["proposal"] is not None:
            of.setdefault((row["team"], row["proposal"]), []).append(row)
    told = {}
    for decision, each in of.items():
        states = [row["carried_out"] for row in each if row["outcome"] != "no-longer-needed"]
        if states and None not in states:
            told[decision] = int(1 in states and not any(row["outcome"] is None for row in each))
    return told


def by_fifth(rows: Iterable[dict[str, Any]]) -> dict[int, Counted]:
    """
    For each fifth of deprivation, from the least deprived: for how many people it was carried out, of how many.

    >>> of_one, of_a_group = {"fifth": 1, "by_fifth": None, "carried_out": 0}, '{"1": {"done": 2, "of": 3}}'
    >>> by_fifth([of_one, {"fifth": None, "by_fifth": of_a_group}])[1]
    (2, 4)
    """
    told = dict.fromkeys(FIFTHS, (0, 0))
    for row in rows:
        if row["fifth"]:
            so, of = told[row["fifth"]]
            told[row["fifth"]] = so + row["carried_out"], of + 1
        for fifth, each in json.loads(row["by_fifth"] or "{}").items():
            so, of = told[int(fifth)]
            told[int(fifth)] = so + each["done"], of + each["of"]
    return told


def _counted(told: Sequence[int]) -> Counted:
    return sum(told), len(told)


def _shown(by: str, groups: dict[str, Counted], threshold: int) -> list[dict[str, object]]:
    so, there = [so for so, _ in groups.values()], [of for _, of in groups.values()]
    if not sum(there):
        return []
    told = of_groups(so, there, threshold)
    shown = zip(groups, told.so, told.there, strict=True)
    return [{"by": by, "group": group} | share_of(one, many, "carried_out") for group, one, many in shown]


def plainly(outcomes: Sequence[str | None]) -> float | None:
    """
    How each ended that is due (None: still open after half a year), to the share carried out.

    >>> plainly(["done", "not-done", "no-longer-needed"])
    0.5
    """
    due = Counter(outcome in CARRIED_OUT for outcome in outcomes if outcome != "no-longer-needed")
    return due[True] / due.total() if due else None
