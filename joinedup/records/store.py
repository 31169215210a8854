"""
A store, open for reading.

    with Store("records") as store:
        store.counts()["contacts"]
        store.patients({"Patient/123"})

A store stays with the generation that was current when it was opened; `stale` says when a later load has replaced it.
`only(keys)` is the same generation with nobody else in it, so that any measure can be asked of a group.
Every question takes a set of keys and is answered by one query. Keys that a person had before being found to be
somebody already known still answer. Safe across threads: each question has a cursor of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from joinedup.engines import words
from joinedup.records import generations, questions
from joinedup.records.generations import StoreNotFound, StoreOfAnotherVersion
from joinedup.records.rows_out import (
    Aside,
    CareTeamRecord,
    ConditionRecord,
    ContactRecord,
    Counted,
    Doubt,
    Knows,
    MemberRecord,
    OrganisationRecord,
    PatientRecord,
    PractitionerRecord,
    ReferralRecord,
    Source,
    Unresolved,
)
from joinedup.records.tables import ALL_TABLES

__all__ = ["Store", "StoreNotFound"]

R = TypeVar("R")
Keys = Collection[str]

ROWS_AT_ONCE = 1_000_000

ONLY = dict.fromkeys(
    ("patients", "contacts", "conditions", "referrals"), "WHERE patient IN (SELECT patient FROM people)"
) | {"visits": "WHERE patient IN (SELECT number FROM people)"}
"""What is left of the tables that measures count in, where only some people are asked about."""


class Store:
    """The tables of a store. Raises StoreNotFound when there is none to read at `path`."""

    def __init__(self, path: str | Path, *, folder: Path | None = None, people: pa.Table | None = None) -> None:
        """`folder` and `people` (patient and number of each) are given by `only`."""
        self.path = Path(path)
        self.folder = folder or generations.current(self.path)
        self.people = people
        if lacking := [each.name for each in ALL_TABLES if not (self.folder / f"{each.name}.parquet").is_file()]:
            raise another_version(self.path, lacking)
        self._db = duckdb.connect(":memory:")
        if people is not None:
            self._db.register("given", people)
            self._db.execute("CREATE TABLE people AS SELECT * FROM given")
        for table in ALL_TABLES:
            file = str((self.folder / f"{table.name}.parquet").absolute()).replace("'", "''")
            among = "" if people is None else ONLY.get(table.name, "")
            self._db.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{file}') {among}")
        self._db.execute("SET TimeZone = 'UTC'")
        self._db.execute("SET preserve_insertion_order = true")  # rows come as they lie in the file
        for word in words.DUCKDB:
            self._db.execute(word)
        try:
            for view in questions.VIEWS:
                self._db.execute(view)
        except duckdb.BinderException as wrong:
            self._db.close()
            raise another_version(self.path, [str(wrong).split("\n", 1)[0]]) from wrong

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def only(self, patients: Keys) -> Store:
        """The same generation with only these people in it. Keys that nobody has are passed over."""
        keys = list(self.known_as(patients).values())
        found = self.query("SELECT patient, number FROM patients WHERE patient IN (SELECT unnest($keys))", keys=keys)
        return Store(self.path, folder=self.folder, people=found)

    @property
    def digest(self) -> str:
        """Which generation this is: the same sources loaded in the same order give the same."""
        return self.folder.name

    @property
    def stale(self) -> bool:
        """Has a later load replaced this generation?"""
        return generations.current(self.path).name != self.folder.name

    def query(self, sql: str, **given: Any) -> pa.Table:
        """The answer to any SQL over the tables, as Arrow. Parameters are written $name."""
        with self._db.cursor() as cursor:
            return _in_utc(cursor.sql(sql, params=given or None).to_arrow_table())

    def batches(self, sql: str, **given: Any) -> Iterator[pa.RecordBatch]:
        """The same a batch at a time: never more in memory than a batch."""
        with self._db.cursor() as cursor:
            yield from cursor.sql(sql, params=given or None).to_arrow_reader(ROWS_AT_ONCE)

    def _all(self, kind: type[R], sql: str, **given: Any) -> list[R]:
        table = self.query(sql, **given)
        columns = [table.column(number).to_pylist() for number in range(table.num_columns)]
        return [kind(*row) for row in zip(*columns, strict=True)]

    def counts(self) -> dict[str, int]:
        """Rows in each table."""
        each = " UNION ALL ".join(f"SELECT '{t.name}' AS name, count(*) AS rows FROM {t.name}" for t in ALL_TABLES)
        table = self.query(each)
        found = dict(zip(table["name"].to_pylist(), table["rows"].to_pylist(), strict=True))
        return {t.name: found[t.name] for t in ALL_TABLES}

    def last_contact_on(self) -> date | None:
        """The day of the last contact that counts."""
        return self.query(questions.LAST_CONTACT)["day"][0].as_py()  # type: ignore[no-any-return]

    def sources(self) -> list[Source]:
        return self._all(Source, questions.SOURCES)

    def set_aside(self) -> list[Aside]:
        return self._all(Aside, "SELECT source, position, reason, excerpt FROM set_aside")

    def counted(self) -> list[Counted]:
        return self._all(Counted, "SELECT source, resource_type, contained, outcome, number FROM counted")

    def unresolved(self) -> list[Unresolved]:
        return self._all(Unresolved, "SELECT reference, from_type, example, source, times, why FROM unresolved")

    def doubts(self) -> list[Doubt]:
        return self._all(Doubt, "SELECT source, position, record, doubt FROM doubts")

    def known_as(self, keys: Iterable[str]) -> dict[str, str]:
        """For each key, the one in use now: itself, or that of the record it was found to be the same as."""
        table = self.query(questions.KNOWN_AS, keys=list(keys))
        return dict(zip(table["key"].to_pylist(), table["known_as"].to_pylist(), strict=True))

    def patients(self, keys: Keys) -> list[PatientRecord]:
        return self._all(PatientRecord, questions.PATIENTS, keys=list(keys))

    def contacts_of(
        self, patients: Keys, since: date | datetime | None = None, until: date | datetime | None = None
    ) -> list[ContactRecord]:
        """Contacts of these people, each person's in order; since ≤ started_at < until. All statuses and parts."""
        return self._all(ContactRecord, questions.CONTACTS, keys=list(patients), since=since, until=until)

    def conditions_of(self, patients: Keys) -> list[ConditionRecord]:
        return self._all(ConditionRecord, questions.CONDITIONS, keys=list(patients))

    def referrals_of(self, patients: Keys) -> list[ReferralRecord]:
        return self._all(ReferralRecord, questions.REFERRALS, keys=list(patients))

    def care_teams_of(self, patients: Keys) -> list[CareTeamRecord]:
        """Recorded teams of these people with their members, who may be people, organisations or other teams."""
        table = self.query(questions.CARE_TEAMS, keys=list(patients))
        return [
            CareTeamRecord(
                **{name: row[name] for name in ("care_team", "patient", "name", "status", "category")},
                members=tuple(MemberRecord(**member) for member in row["members"]),
            )
            for row in table.to_pylist()
        ]

    def organisations(self) -> list[OrganisationRecord]:
        return self._all(OrganisationRecord, questions.ORGANISATIONS)

    def practitioners(self) -> list[PractitionerRecord]:
        return [
            PractitionerRecord(row["practitioner"], row["name"], row["profession"], tuple(row["organisations"]))
            for row in self.query(questions.PRACTITIONERS).to_pylist()
        ]

    def known_by(
        self,
        patients: Keys,
        practitioners: Keys | None = None,
        since: date | datetime | None = None,
        until: date | datetime | None = None,
    ) -> list[Knows]:
        """
        Who has dealt with whom: a row for each person, professional and organisation, with how many contacts and the
        last one. `practitioners`: only these; None is everybody.
        """
        whom = None if practitioners is None else list(practitioners)
        return self._all(Knows, questions.KNOWN_BY, keys=list(patients), whom=whom, since=since, until=until)


def another_version(path: Path, lacking: list[str]) -> StoreOfAnotherVersion:
    """What to say of a store that lacks what this version of joinedup asks of it."""
    return StoreOfAnotherVersion(
        f"{path} was made by another version of joinedup ({', '.join(lacking)[:120]} is not in it). "
        "Load the sources into a new store."
    )


def _in_utc(table: pa.Table) -> pa.Table:
    """The same with every moment's zone written 'UTC', whatever the engine calls it."""
    for number, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type) and field.type.tz is not None:
            moments = table.column(number).cast(pa.timestamp("us", tz="UTC"))
            table = table.set_column(number, field.name, moments)
    return table
