"""
Rows by the column into a part: what the readers of tables and event logs write, a stretch of many rows at a time.

A key is made from the kind of thing and the name it has in the file (`Patient/NA`, `Organization/Ward 3`), after the
name of the system that it comes from, if one was given. The same name is the same thing, in whatever file.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.records.tables import BY_NAME

if TYPE_CHECKING:
    from joinedup.records.parts import File, Writers

KINDS = {
    "patients": "Patient",
    "organisations": "Organization",
    "practitioners": "Practitioner",
    "contacts": "Encounter",
    "conditions": "Condition",
    "memberships": "OrganizationAffiliation",
    "acts": "Act",
    "turned_to": "Tie",
    "network_members": "NetworkMember",
}
_HELD = 10_000
"""How many of what is set aside are written together."""

_TOLD = datetime(1970, 1, 1, tzinfo=UTC)

Columns = dict[str, pa.Array]


class Sheets:
    """The tables of one file, as they are written into a part, and what of it was set aside."""

    def __init__(self, writers: Writers, file: File, place: int) -> None:
        self.writers, self.file, self.place = writers, file, place
        self.aside = 0
        self.rows = 0
        self.counts: Counter[tuple[int, str, bool, str]] = Counter()
        self._known: dict[str, set[str]] = {}
        self._kept: dict[str, list[dict[str, Any]]] = {}

    def key(self, table: str, names: pa.Array) -> pa.Array:
        """Keys of the things with these names; null where there is no name."""
        start = f"{self.file.system}/" if self.file.system else ""
        return pc.binary_join_element_wise(pa.scalar(f"{start}{KINDS[table]}/"), names.cast(pa.string()), "")

    def add(self, table: str, columns: Columns, told: bool = True) -> pa.Array:
        """
        Rows of a table: those columns of it that are known. `told` is false for rows that only say that there is such a
        thing: any other says more. The place of each row is given back, for `add_listed`.
        """
        declared = BY_NAME[table]
        key = columns[declared.key]
        number = len(key)
        place = pa.array(np.arange(self.place, self.place + number, dtype=np.int64))
        if not number:
            return place
        schema = self.writers.schema(table)
        self.place += number
        arrays = [
            place
            if field.name == "place"
            else columns[field.name].cast(field.type)
            if field.name in columns
            else pa.nulls(number, field.type)
            for field in schema
        ]
        self.writers.write_table(table, pa.Table.from_arrays(arrays, schema=schema))
        self.rows += number
        self.counts[self.file.ordinal, KINDS[table], False, "kept"] += number
        self._identify(table, key, place, told)
        for column in declared.given:
            if column.refers and column.name in columns:
                self._refer(KINDS[table], key, place, columns[column.name])
        return place

    def add_listed(self, table: str, columns: Columns, place: pa.Array) -> None:
        """Rows of a list inside rows that were added, each with the place of the row that it is in."""
        schema = self.writers.schema(table)
        given = columns | {"place": place}
        arrays = [
            given[field.name].cast(field.type) if field.name in given else pa.nulls(len(place), field.type)
            for field in schema
        ]
        if len(place):
            self.writers.write_table(table, pa.Table.from_arrays(arrays, schema=schema))

    def add_new(self, table: str, columns: Columns, told: bool = True) -> None:
        """The rows whose key this file has not given yet."""
        key = columns[BY_NAME[table].key].to_pylist()
        known = self._known.setdefault(table, set())
        fresh = []
        for number, each in enumerate(key):
            if each is not None and each not in known:
                known.add(each)
                fresh.append(number)
        self.add(table, {name: values.take(pa.array(fresh, pa.int64())) for name, values in columns.items()}, told)

    def set_aside(self, position: str, reason: str, excerpt: str = "") -> None:
        self.aside += 1
        self._list("set_aside", {"position": position, "reason": reason, "excerpt": excerpt})

    def doubt(self, position: str, record: str, what: str) -> None:
        self._list("doubts", {"position": position, "record": record, "doubt": what})

    def flush(self) -> None:
        """Write what was set aside or doubted and is still held."""
        for name, listed in self._kept.items():
            if listed:
                self.writers.write(name, listed)
                listed.clear()

    def _list(self, name: str, row: dict[str, Any]) -> None:
        listed = self._kept.setdefault(name, [])
        listed.append({"source": self.file.ordinal, **row})
        if len(listed) == _HELD:
            self.flush()

    def _identify(self, table: str, key: pa.Array, place: pa.Array, told: bool) -> None:
        schema = self.writers.schema("identities")
        number = len(key)
        values = {
            "key": key,
            "resource_type": pa.repeat(KINDS[table], number),
            "relative": pa.nulls(number, pa.string()) if self.file.system else key,
            "last_updated": pa.repeat(pa.scalar(_TOLD, schema.field("last_updated").type), number)
            if told
            else pa.nulls(number, schema.field("last_updated").type),
            "source": pa.repeat(self.file.ordinal, number).cast(pa.int64()),
            "place": place,
        }
        self.writers.write_table("identities", pa.Table.from_arrays([values[f.name] for f in schema], schema=schema))

    def _refer(self, kind: str, key: pa.Array, place: pa.Array, reference: pa.Array) -> None:
        met = pa.table({"reference": reference, "key": key, "place": place}).filter(pc.is_valid(reference))
        if not met.num_rows:
            return
        grouped = met.group_by("reference").aggregate([("key", "min"), ("place", "min"), ("key", "count")])
        schema = self.writers.schema("references")
        values = {
            "reference": grouped["reference"],
            "from_type": pa.chunked_array([pa.repeat(kind, grouped.num_rows)]),
            "from_key": grouped["key_min"],
            "place": grouped["place_min"],
            "times": grouped["key_count"],
        }
        self.writers.write_table(
            "references", pa.Table.from_arrays([values[field.name].cast(field.type) for field in schema], schema=schema)
        )
