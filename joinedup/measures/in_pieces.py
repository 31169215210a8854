"""
Care in pieces: how many people were dealt with by three organisations or more, and who they are.

    share in pieces = people with contacts with ≥ 3 organisations / people with a contact

of everybody in a window, and by number of organisations, age, sex, deprivation fifth, ethnic category, and sector that
saw them (somebody seen by two is in both).

Unit      people, and a share of them
Better    lower, among people with similar needs
Needs     contacts with the organisation recorded; for the groups, what is recorded of people
Source    counting; organisations as in reference/measures.md section 4
Beware    who needs more is seen by more: compare like with like. A record of one organisation shows one
Example   of four people seen by 1, 1, 2 and 3 organisations, one in four is in pieces
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.engines.tongue import Engine, statement
from joinedup.measures.asking import Window, engine_for
from joinedup.records.store import Store

GROUPS = ("everybody", "organisations", "age", "sex", "deprivation fifth", "ethnicity", "sector")
MANY = 3


@dataclass(frozen=True)
class InPieces:
    """`table`: a row for each group: what (one of GROUPS), of_which, people, in_pieces, contacts (whole numbers)."""

    table: pa.Table
    window: Window

    def of(self, what: str) -> pa.Table:
        """The rows of one kind of group."""
        return self.table.filter(pc.equal(self.table["what"], what))


def in_pieces(
    store: Store, within_months: int | None = 24, as_at: date | None = None, engine: Engine | None = None
) -> InPieces:
    """Everybody with a contact in the months up to and including `as_at`; ages are those on that day."""
    window = Window.of(store, within_months, as_at)
    table = engine_for(store, engine).run(statement("in_pieces"), as_at=window.as_at, **window.values())
    return InPieces(_with_sectors(store, table), window)


def _with_sectors(store: Store, table: pa.Table) -> pa.Table:
    """The same with sectors by name."""
    found = store.query("SELECT number, coalesce(name, key) AS name FROM numbers WHERE level = 'sector'")
    names = dict(zip(map(str, found["number"].to_pylist()), found["name"].to_pylist(), strict=True))
    kinds, listed = table["what"].to_pylist(), table["of_which"].to_pylist()
    named = [names[each] if what == "sector" else each for what, each in zip(kinds, listed, strict=True)]
    return table.set_column(table.schema.get_field_index("of_which"), "of_which", pa.array(named, pa.string()))


def plainly(organisations: Iterable[int]) -> tuple[int, int]:
    """
    How many organisations saw each person, to people and those in pieces.

    >>> plainly([1, 1, 2, 3])
    (4, 1)
    """
    listed = list(organisations)
    return len(listed), sum(number >= MANY for number in listed)
