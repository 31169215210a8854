"""
Ways of leading: every time that somebody led in a team, by the acts that teams export.

    raises         a matter, before anybody proposes what to do
    proposes       an answer for others to be heard on
    challenges     by a safety concern, a concern or a condition, or by asking for a review before its day
    moves others   wrote, or was, what somebody says moved them to change their position (the newest word on it)
    takes on       a responsibility, for a role
    carries out    closes a responsibility as done or partly done
    chairs         a meeting
    records        a meeting

Nobody leads in all of these, nor should: each is somebody's part in what a team does. They are read of teams, of
organisations, sectors and professions. Nothing here, and nothing that rests on it, says how much any one person did.

Unit      times
Better    neither: a team needs all eight, and how much of each is for it to say
Needs     acts, as `manyhands export-acts` writes them
Source    Bolden 2011, International Journal of Management Reviews 13(3): 251-269, on leading as shared; what counts as
          a way of leading is ours, after the reference of this project
Beware    what is done in a corridor is in no log. Chairing and recording go by the last word on who did; whoever wrote
          a position down for somebody is not its speaker. Who could not be there cannot have chaired
Example   Asha raises, Ben proposes, Carol has a concern: raises 1, proposes 1, challenges 1
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import pyarrow as pa

from joinedup.engines.tongue import Engine, moment, statement
from joinedup.measures.asking import NotInTheseRecords, engine_for
from joinedup.period import Period, months_before
from joinedup.records.store import Store

Way = Literal["raises", "proposes", "challenges", "moves others", "takes on", "carries out", "chairs", "records"]
WAYS: tuple[Way, ...] = get_args(Way)
Unit = Literal["person", "organisation", "sector", "profession"]
UNITS: tuple[Unit, ...] = get_args(Unit)
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Leading:
    """
    `led`: a row for each time, with team, number (of the act), done_at, way, person, organisation, sector, profession.
    `members`: a row for each place in a team in that time, with team, person, organisation, sector, profession.
    """

    led: pa.Table
    members: pa.Table
    period: Period
    as_at: date


def whole_quarters(as_at: date) -> date:
    """
    The last day of the last quarter of the year that is over on a day. Numbers are given for whole quarters alone, so
    that nobody can ask for them day by day and see who did what on which.

    >>> whole_quarters(date(2026, 11, 25)), whole_quarters(date(2026, 12, 31))
    (datetime.date(2026, 9, 30), datetime.date(2026, 12, 31))
    """
    after = as_at + timedelta(days=1)
    first = date(after.year, 3 * ((after.month - 1) // 3) + 1, 1)
    return first - timedelta(days=1)


def last_act_on(store: Store) -> date:
    """The day of the last act. Raises NotInTheseRecords where there is none."""
    last = store.query("SELECT CAST(max(done_at) AS DATE) AS day FROM acts")["day"][0].as_py()
    if last is None:
        raise NotInTheseRecords(
            f"{store.path} holds no acts of teams. Load what `manyhands export-acts --out acts.ndjson` writes."
        )
    found: date = last
    return found


def window(store: Store, within_months: int | None, as_at: date | None, by_quarter: bool = True) -> tuple[Period, date]:
    """The months up to the end of the last whole quarter on a day: that of the last act, where none is given."""
    last = last_act_on(store)
    day = as_at or last
    if by_quarter:
        day = whole_quarters(day)
    since = None if within_months is None else months_before(day + timedelta(days=1), within_months)
    return Period(since, day + timedelta(days=1)), day


def leading(
    store: Store,
    within_months: int | None = 12,
    as_at: date | None = None,
    engine: Engine | None = None,
    by_quarter: bool = True,
) -> Leading:
    """Who led when in which way, in a window of whole quarters. Raises NotInTheseRecords for a store without acts."""
    period, day = window(store, within_months, as_at, by_quarter)
    values = {"since": moment(period.since), "until": moment(period.until)}
    ask = engine_for(store, engine)
    return Leading(
        ask.run(statement("leading"), **values), ask.run(statement("leading_members"), **values), period, day
    )


def plainly(acts: Iterable[tuple[str, str, dict[str, str]]]) -> list[tuple[Way, str]]:
    """
    (kind, person, what it says) of each act of one team in order, to (way, person): the judge of the query.

    >>> plainly([("raise", "asha", {}), ("propose", "ben", {}), ("consent-with-concern", "carol", {})])
    [('raises', 'asha'), ('proposes', 'ben'), ('challenges', 'carol')]
    """
    listed = list(acts)
    speaker = [said.get("said_by", by) for _, by, said in listed]
    moved = {said["position"]: said for kind, _, said in listed if kind == "be-moved"}
    there = {
        (said["meeting"], said["person"]): said.get("part", "")
        for kind, _, said in listed
        if kind in ("attend", "not-there")
    }
    found: list[tuple[Way, str]] = []
    for number, (kind, by, said) in enumerate(listed):
        way = _way(kind, said)
        if way is not None:
            found.append((way, speaker[number] if kind == "record-position" else by))
    for said in moved.values():
        if "entry" in said:
            found.append(("moves others", speaker[int(said["entry"]) - 1]))
        elif "person" in said:
            found.append(("moves others", said["person"]))
    for (_, person), part in there.items():
        if part == "chairs":
            found.append(("chairs", person))
        elif part == "records":
            found.append(("records", person))
    return found


def _way(kind: str, said: dict[str, str]) -> Way | None:
    simple: dict[str, Way] = {"raise": "raises", "propose": "proposes", "take-on": "takes on"}
    challenging = ("object", "consent-with-concern", "consent-if", "open-review")
    if kind in simple:
        return simple[kind]
    if kind in challenging or (kind == "record-position" and said["stance"] in ("object", "concern", "condition")):
        return "challenges"
    return "carries out" if kind == "complete" and said["outcome"] in ("done", "partly-done") else None


def column(table: pa.Table, unit: Unit) -> list[str]:
    """The units of a table's rows, by what is known of them."""
    values: Sequence[str | None] = table[unit].to_pylist()
    return [value or NOT_KNOWN for value in values]
