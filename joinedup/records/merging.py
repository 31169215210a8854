"""
Many readings into one set of tables: repeats merged, references resolved. All of it SQL, in DuckDB, in order:

    readings   every resource read, with its place in the reading order and the load that brought it
    same       keys that mean the same thing, and the one key they go by; disputes.py: one key, two people
    records    one reading for each key: the newest by meta.lastUpdated, then of the latest load, then the first read
    answers    what each distinct reference means, when exactly one record answers to it
    tables     rows of the readings that won, with every reference replaced by the key of what it means
    visits     the contacts that count, in order, as numbers

"""

from __future__ import annotations

from pathlib import Path

import duckdb

from joinedup.records import answering, derived, sameness, visits
from joinedup.records.parts import PLACE_BITS, SCHEMAS
from joinedup.records.tables import BY_NAME, READ_TABLES, SQL_TYPES, Kind, Table

_FHIR_TYPES = {
    "patients": "Patient",
    "organisations": "Organization",
    "practitioners": "Practitioner",
    "practitioner_roles": "PractitionerRole",
    "locations": "Location",
    "contacts": "Encounter",
    "conditions": "Condition",
    "care_teams": "CareTeam",
    "care_plans": "CarePlan",
    "goals": "Goal",
    "referrals": "ServiceRequest",
    "tasks": "Task",
    "appointments": "Appointment",
    "related_persons": "RelatedPerson",
    "flags": "Flag",
    "memberships": "OrganizationAffiliation",
    "acts": "Act",
    "turned_to": "Tie",
    "network_members": "NetworkMember",
}

_CANONICAL = (
    "ActivityDefinition|CapabilityStatement|ChargeItemDefinition|CodeSystem|CompartmentDefinition|ConceptMap|"
    "EventDefinition|GraphDefinition|ImplementationGuide|Library|Measure|MessageDefinition|NamingSystem|"
    "OperationDefinition|PlanDefinition|Questionnaire|SearchParameter|StructureDefinition|StructureMap|"
    "TerminologyCapabilities|ValueSet"
)
"""Types referred to by a canonical url, which names a definition and need not be found among the records."""


def merge(db: duckdb.DuckDBPyConnection, parts: list[Path], loads: dict[int, int]) -> None:
    """
    Make every table of tables.py, as a table of `db`, from these parts. `loads` gives the load of each file's ordinal.
    """
    was_read = _views(db, parts)
    _loads(db, loads)
    for statement in (*sameness.STATEMENTS, answering.STATEMENT):
        db.execute(statement)
    for table in READ_TABLES:
        made = f"AS {_resolved(table)}" if table.name in was_read else _nothing_of(table)
        db.execute(f"CREATE TABLE resolved_{table.name} {made}")
    for statement in (*derived.STATEMENTS, *visits.STATEMENTS):
        db.execute(statement)
    for statement in (_SOURCES, _COUNTED, _ASIDE, _DOUBTS, _UNRESOLVED, _ALSO_KNOWN_AS):
        db.execute(statement)


def ordered(table: Table) -> str:
    """The finished rows of a table: its columns with their declared types, in its order."""
    columns = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in table.schema())
    rest = [table.key] if table in READ_TABLES else [column.name for column in table.columns]
    order = ", ".join(f'"{name}" NULLS LAST' for name in dict.fromkeys([*table.sorted_by, *rest]))
    return f"SELECT {columns} FROM {table.name} ORDER BY {order}"


def copied(table: Table, rows: str, into: Path) -> str:
    """The statement that writes rows as a table of a generation."""
    path = str(into / f"{table.name}.parquet").replace("'", "''")
    return f"COPY ({rows}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"


def _views(db: duckdb.DuckDBPyConnection, parts: list[Path]) -> set[str]:
    """The readings of each table, from all the parts; gives the names of those that have any."""
    was_read = set()
    kinds: dict[str, Kind] = {
        "string": "text",
        "date32[day]": "day",
        "int64": "whole",
        "double": "number",
        "bool": "yes_no",
    }
    for name, schema in SCHEMAS.items():
        files = [str(part / f"{name}.parquet") for part in parts if (part / f"{name}.parquet").exists()]
        if files:
            listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            db.execute(f"CREATE VIEW raw_{name} AS SELECT * FROM read_parquet([{listed}])")
            was_read.add(name)
        else:
            columns = ", ".join(f'"{field.name}" {SQL_TYPES[kinds.get(str(field.type), "moment")]}' for field in schema)
            db.execute(f"CREATE TABLE raw_{name} ({columns})")
    return was_read


def _loads(db: duckdb.DuckDBPyConnection, loads: dict[int, int]) -> None:
    db.execute("CREATE TABLE loads (source BIGINT, load BIGINT)")
    pairs = list(loads.items())
    for start in range(0, len(pairs), 10_000):
        values = ", ".join(f"({source}, {load})" for source, load in pairs[start : start + 10_000])
        db.execute(f"INSERT INTO loads VALUES {values}")


def _resolved(table: Table) -> str:
    """
    The winning readings' rows of a table, references replaced. A column of references keeps its text in `…_text`,
    for what is worked out from references that nothing answers. People and organisations known under several keys
    become one row, each value from the newest reading that has one.
    """
    joins, columns = [], []
    for number, column in enumerate(table.given[1:] if not table.of else table.given):
        if column.refers and not (table.of and column.name == table.key):
            types = ", ".join(f"'{_FHIR_TYPES[name]}'" for name in column.refers)
            joins.append(
                f'LEFT JOIN answers a{number} ON t."{column.name}" = a{number}.reference'
                f" AND a{number}.resource_type IN ({types})"
            )
            if "patients" in column.refers:
                joins.append(
                    f"LEFT JOIN refused d{number} ON a{number}.key = d{number}.key"
                    f" AND t.place >> {PLACE_BITS} = d{number}.source"
                )
                columns.append((column.name, f"CASE WHEN d{number}.key IS NULL THEN a{number}.key END"))
            else:
                columns.append((column.name, f"a{number}.key"))
            columns.append((f"{column.name}_text", f't."{column.name}"'))
        elif column.name != table.key:
            columns.append((column.name, f't."{column.name}"'))
    key = table.key
    start = f"FROM raw_{table.name} t JOIN records r ON t.place = r.place JOIN known k ON r.key = k.name"
    start = " ".join([start, *joins])
    if table.name in ("patients", "organisations"):
        best = ", ".join(f'arg_max({value}, r.rank) AS "{name}"' for name, value in columns)
        return f"SELECT k.key AS {key}, {best}, min(r.first_place) AS place {start} GROUP BY k.key"
    listed = ", ".join(f'{value} AS "{name}"' for name, value in columns)
    return f"SELECT k.key AS {key}, {listed}, r.first_place AS place {start}"


def _nothing_of(table: Table) -> str:
    """The columns of `_resolved` for a table of which nothing was read: working it out takes as long as with rows."""
    columns = [f"{table.key} VARCHAR"]
    for column in table.given[1:] if not table.of else table.given:
        refers = column.refers and not (table.of and column.name == table.key)
        if refers or column.name != table.key:
            columns.append(f'"{column.name}" {SQL_TYPES[column.kind]}')
        if refers:
            columns.append(f'"{column.name}_text" VARCHAR')
    return f"({', '.join(columns)}, place BIGINT)"


_SOURCES = """
CREATE TABLE sources AS
SELECT any_value(f.source) AS source, f.ordinal, any_value(l.load) AS load, any_value(f.digest) AS digest,
       sum(f.bytes) AS bytes, sum(f.resources) AS resources, sum(f.set_aside) AS set_aside,
       CASE WHEN count(DISTINCT f.outcome) = 1 THEN any_value(f.outcome) ELSE 'read in part' END AS outcome
FROM raw_files f JOIN loads l ON f.ordinal = l.source
GROUP BY f.ordinal
"""

_COUNTED = """
CREATE TABLE counted AS
SELECT any_value(f.source) AS source, c.resource_type, c.contained, c.outcome, sum(c.number) AS number
FROM raw_counted c JOIN sources f ON c.source = f.ordinal
GROUP BY f.ordinal, c.resource_type, c.contained, c.outcome
"""

_ASIDE = """
CREATE TABLE set_aside AS
SELECT f.source, a.position, a.reason, a.excerpt
FROM (FROM raw_set_aside UNION ALL FROM disputed_aside) a JOIN sources f ON a.source = f.ordinal
"""

_DOUBTS = """
CREATE TABLE doubts AS
SELECT f.source, d.position, d.record, d.doubt FROM raw_doubts d JOIN sources f ON d.source = f.ordinal
"""

_UNRESOLVED = f"""
CREATE TABLE unresolved AS
WITH open_references AS (
    SELECT reference, answering FROM answers
    WHERE key IS NULL AND NOT regexp_matches(reference, '^https?://.*/({_CANONICAL})(/|$)')
)
SELECT o.reference, r.from_type, arg_min(r.from_key, r.place) AS example, arg_min(f.source, r.place) AS source,
       CAST(sum(r.times) AS BIGINT) AS times,
       CASE WHEN any_value(o.answering) > 1 THEN 'more than one answers'
            WHEN regexp_matches(o.reference, '^([A-Z][A-Za-z]+[/?]|https?://|urn:(uuid|oid):|#)')
                 AND NOT contains(o.reference, '{{') THEN 'nothing answers'
            ELSE 'malformed' END AS why
FROM raw_references r JOIN open_references o USING (reference) JOIN sources f ON r.place >> {PLACE_BITS} = f.ordinal
GROUP BY o.reference, r.from_type
"""

_ALSO_KNOWN_AS = "CREATE TABLE also_known_as AS SELECT DISTINCT key, known_as, because FROM same"

assert set(_FHIR_TYPES) == {table.name for table in READ_TABLES if not table.of}
assert all(name in BY_NAME for table in READ_TABLES for column in table.columns for name in column.refers)
