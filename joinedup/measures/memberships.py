"""
Memberships: which organisations belong together on a day, such as the practices of a primary care network.

    a membership is valid on day d when it starts on or before d, and has not ended or ends on or after d

Unit      organisations
Better    neither: it says who is meant by a network, a place or a system on a day
Needs     memberships with the day they start (NHS ODS, FHIR OrganizationAffiliation)
Source    NHS Organisation Data Service, ePCN core partner details; counting
Beware    ends are inclusive, so that on a day of change a practice may be in two: `in_several` says how many are
Example   a practice in one network until 1 July and in another from 1 July is in both on 1 July
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import NotInTheseRecords, engine_for
from joinedup.records.store import Store


@dataclass(frozen=True)
class Memberships:
    """
    A row for each organisation with a member on the day: member_of (key), name, type (of membership), members, and
    in_several (of these, how many are in another of the type as well), both whole numbers.
    """

    table: pa.Table
    as_at: date

    @property
    def members(self) -> int:
        """Memberships on the day."""
        return int(pc.sum(self.table["members"]).as_py() or 0)


def memberships(store: Store, as_at: date | None = None, engine: Engine | None = None) -> Memberships:
    """
    The memberships of a day: where none is given, of the last on which one began. Raises NotInTheseRecords where there
    are none at all.
    """
    last = store.query("SELECT max(started_on) AS day FROM memberships")["day"][0].as_py()
    if last is None:
        raise NotInTheseRecords(
            f"{store.path} holds no memberships. Load a list of them, such as epcncorepartnerdetails."
        )
    day = as_at or last
    table = engine_for(store, engine).run(statement("memberships"), as_at=day)
    known = store.query("SELECT organisation, name FROM organisations WHERE name IS NOT NULL")
    names = dict(zip(known["organisation"].to_pylist(), known["name"].to_pylist(), strict=True))
    named = [names.get(key, key) for key in table["member_of"].to_pylist()]
    return Memberships(table.add_column(1, "name", pa.array(named, pa.string())), day)


def plainly(rows: Iterable[tuple[str, str, date, date | None]], day: date) -> dict[str, set[str]]:
    """
    (member, of, start, end) of each membership, to the members of each on a day.

    >>> july = date(2020, 7, 1)
    >>> plainly([("A", "U1", date(2020, 1, 1), july), ("A", "U2", july, None)], july)
    {'U1': {'A'}, 'U2': {'A'}}
    """
    found: dict[str, set[str]] = {}
    for member, of, start, end in rows:
        if start <= day and (end is None or end >= day):
            found.setdefault(of, set()).add(member)
    return found
