"""
Referrals: what became of what one organisation asked of another, each counted once, and how long each step took.

    completed         its task was completed, or the request says so
    refused           its task was rejected, and nobody saw the person about it
    ended             withdrawn, cancelled or failed before anybody saw the person
    open, seen        somebody saw the person, and it is not completed
    open, accepted    accepted, and nobody has seen the person
    open, unanswered  none of these yet

asked = completed + refused + ended + open, seen + open, accepted + open, unanswered. Accepted counts, besides, all that
were ever taken on, whatever became of them; seen, all in which somebody saw the person.

Unit      referrals; days with fractions, from asking to being refused, seen or completed, of those that say when
Better    more accepted and completed, fewer open for long; a refusal that comes fast may be good care
Needs     requests (FHIR ServiceRequest) with the day they were made, or a Task with one; Tasks for what came of them
Source    the states of FHIR R4 ServiceRequest and Task; counting
Beware    without Tasks nothing is known to be refused or accepted before it is seen. Records keep only the last state
          of a task: as at an earlier day, one that has since ended counts as accepted. Waits here are of those seen,
          which flatters: measures/waits.py counts those still waiting. Plans and proposals are no requests
Example   five asked: one done in 4 days, one refused after 2, one withdrawn, one accepted, one without an answer
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store

State = Literal["completed", "refused", "ended", "open, seen", "open, accepted", "open, unanswered"]
GROUPS = (
    "everybody",
    "boundary",
    "sector boundary",
    "organisation asked",
    "organisation asking",
    "priority",
    "month asked",
    "month seen",
)
ACCEPTED = ("accepted", "ready", "in-progress", "on-hold", "failed", "completed")


@dataclass(frozen=True)
class Referrals:
    """
    A row for each group of referrals: what (one of GROUPS), from_key, to_key (organisation keys, sectors, priority or
    month, with from_name and to_name), asked, accepted, seen, completed, refused, ended, open_seen, open_accepted,
    open_unanswered (referrals), refused_median_days, seen_median_days, seen_ninetieth_days, completed_median_days,
    longest_open_days (days).
    """

    table: pa.Table
    window: Window

    def of(self, what: str) -> pa.Table:
        """The rows of one kind of group."""
        return self.table.filter(pc.equal(self.table["what"], what))


def referrals(
    store: Store, within_months: int | None = None, as_at: date | None = None, engine: Engine | None = None
) -> Referrals:
    """
    Referrals made in the months up to and including `as_at`, as they stood then: by default the day of the last
    contact, and in records without any that on which a referral or task was last heard of.
    """
    window = Window.of(store, within_months, as_at or store.last_contact_on() or _last_known(store))
    table = engine_for(store, engine).run(statement("referrals"), **window.values())
    known = store.query("SELECT organisation, name FROM organisations WHERE name IS NOT NULL")
    names = dict(zip(known["organisation"].to_pylist(), known["name"].to_pylist(), strict=True))
    for where, column in ((3, "from_key"), (4, "to_key")):
        named = [names.get(key, key) for key in table[column].to_pylist()]
        table = table.add_column(where, column.replace("key", "name"), pa.array(named, pa.string()))
    return Referrals(table, window)


def _last_known(store: Store) -> date | None:
    sql = (
        "SELECT CAST(max(heard_at) AS DATE) AS day FROM (SELECT asked_at AS heard_at FROM referrals"
        " UNION ALL SELECT greatest(asked_at, changed_at, ended_at) FROM tasks WHERE referral IS NOT NULL)"
    )
    found: date | None = store.query(sql)["day"][0].as_py()
    return found


def plainly(request: Mapping[str, Any], tasks: list[str], seen: bool) -> State:
    """
    One request's status, the statuses of its tasks and whether anybody saw the person about it, to its state.

    >>> plainly({"status": "active"}, ["rejected"], False), plainly({"status": "active"}, ["accepted"], True)
    ('refused', 'open, seen')
    """
    if "completed" in tasks or request.get("status") == "completed":
        return "completed"
    if seen:
        return "open, seen"
    if "rejected" in tasks:
        return "refused"
    if {"cancelled", "failed", "entered-in-error"} & set(tasks) or request.get("status") in (
        "revoked",
        "entered-in-error",
    ):
        return "ended"
    return "open, accepted" if set(ACCEPTED) & set(tasks) else "open, unanswered"
