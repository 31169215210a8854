"""
Which column of a table of contacts, or of an event log, says what.

A mapping is a small TOML file:

    [columns]
    patient = "Case ID"            # whose contact it is: the only one that must be there, with `started_at`
    started_at = "Complete Timestamp"
    organisation = "org:group"
    order = "order"                # a whole number that puts contacts at the same time in order

    [reading]
    delimiter = ";"                # otherwise told from the first line
    encoding = "mac-roman"         # otherwise UTF-8 or UTF-16, and Windows-1252 where it is neither
    time_format = "%d/%m/%Y %H:%M" # otherwise ISO 8601, the day first, or seconds since 1970
    blank = "(blank)"              # what an empty organisation, team or professional stands for; nobody, if left out

    [leave_out]                    # rows with one of these values in a column
    group = ["General Lab Clinical Chemistry"]

Without one, columns are known by the names that event logs and tables of contacts commonly have.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

COMMON: dict[str, tuple[str, ...]] = {
    "patient": (
        "patient", "patient_id", "case_id", "case", "case:concept:name", "person", "person_id", "pseudo_nhs_number",
        "nhs_number", "subject_id", "trace_id", "service_user", "service_user_id", "client_id",
    ),
    "started_at": (
        "started_at", "start", "start_time", "start_timestamp", "start_datetime", "timestamp", "time:timestamp",
        "complete_timestamp", "time", "datetime", "date", "contact_date", "contact_datetime", "event_time",
        "event_date", "start_date", "complete_time", "appointment_date", "attendance_date", "visit_date",
    ),
    "ended_at": ("ended_at", "end", "end_time", "end_timestamp", "end_date", "end_datetime", "complete_timestamp"),
    "activity": ("activity", "concept:name", "event", "task", "activity_name", "handling"),
    "organisation": (
        "organisation", "organization", "org:group", "group", "organisation_code", "organisation_id", "organization_id",
        "organisation_name", "org_code", "ods_code", "site", "service_provider", "provider_code", "provider_org",
        "department",
    ),
    "practitioner": (
        "practitioner", "org:resource", "resource", "resource_id", "professional", "clinician", "staff", "worker",
        "employee", "practitioner_id", "clinician_id", "staff_id",
    ),
    "team": ("team", "unit", "ward", "team_name"),
    "profession": ("profession", "org:role", "role", "staff_group"),
    "sector": ("sector", "care_setting", "setting"),
    "order": ("order", "ordinal", "sequence", "event_order"),
    "contact": ("contact", "contact_id", "event_id", "encounter_id"),
    "class": ("class", "contact_class"),
    "type": ("type", "contact_type"),
    "status": ("status",),
    "age": ("age", "case:age", "case_age", "(case) age"),
    "gender": ("gender", "sex", "case:gender"),
    "born_on": ("born_on", "birth_date", "date_of_birth", "dob"),
    "ethnicity": ("ethnicity", "ethnic_category"),
    "deprivation_decile": ("deprivation_decile", "imd_decile"),
    "code": (
        "code", "condition_code", "diagnosis_code", "icd_code", "icd10_code", "icd10", "icd9code", "snomed_code",
        "snomedct_code",
    ),
    "code_system": ("code_system", "coding_system", "vocabulary", "code_type"),
    "display": ("display", "diagnosis", "diagnosis_description", "term", "description"),
    "onset_on": ("onset_on", "onset_date", "diagnosis_date", "diagnosed_on"),
}  # fmt: skip
"""
What can be said of a contact, a person or a condition, and the names under which it is met. Capitals, and whether words
are joined by blanks, dots, hyphens, underscores or nothing, make no difference.
"""


class BadMapping(ValueError):
    """A mapping file that cannot be used: what is wrong with it, and what it may say."""


@dataclass(frozen=True)
class Mapping:
    """`columns`: what is said, to the name of the column that says it. The rest as above."""

    columns: dict[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    encoding: str | None = None
    time_format: str | None = None
    blank: str | None = None
    leave_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = ""

    @classmethod
    def read(cls, path: Path) -> Mapping:
        """The mapping in a file. Raises BadMapping, naming the file, the line or the field."""
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise BadMapping(f"{path} is not TOML: {wrong}") from wrong
        for part in said:
            if part not in ("columns", "reading", "leave_out"):
                raise BadMapping(f"{path}: [{part}] is not known. A mapping has [columns], [reading] and [leave_out].")
        columns, reading = said.get("columns", {}), said.get("reading", {})
        for name, value in columns.items():
            if name not in COMMON:
                raise BadMapping(f"{path}: columns.{name} is not known. Known are {', '.join(COMMON)}.")
            if not isinstance(value, str):
                raise BadMapping(f"{path}: columns.{name} has to be the name of a column, in quotes.")
        for name, value in reading.items():
            if name not in ("delimiter", "encoding", "time_format", "blank") or not isinstance(value, str):
                raise BadMapping(
                    f"{path}: reading.{name} is not known. Known are delimiter, encoding, time_format and blank, each "
                    "a text in quotes."
                )
        try:
            "".encode(reading.get("encoding", "utf-8"))
        except LookupError as wrong:
            raise BadMapping(
                f"{path}: reading.encoding “{reading['encoding']}” is no encoding that is known."
            ) from wrong
        left = {
            name: tuple(str(each) for each in (value if isinstance(value, list) else [value]))
            for name, value in said.get("leave_out", {}).items()
        }
        return cls(columns, **reading, leave_out=left, name=path.name)

    @property
    def digest(self) -> str:
        """A short name for what it says: the same file read under another mapping is read again."""
        said = repr((sorted(self.columns.items()), self.delimiter, self.encoding, self.time_format, self.blank))
        return hashlib.sha256((said + repr(sorted(self.leave_out.items()))).encode()).hexdigest()[:12]

    def found_in(self, header: Iterable[str]) -> dict[str, str]:
        """
        What each column that is there says: meaning to column name. Columns that the mapping names come first, then
        those with common names. Raises BadMapping when a column that it names is not there.
        """
        listed = list(header)
        for meaning, column in self.columns.items():
            if column not in listed:
                raise BadMapping(
                    f"{self.name or 'the mapping'}: columns.{meaning} names a column “{column}” that is not there. "
                    f"There are: {', '.join(listed)}."
                )
        small = {_plainly(name): name for name in reversed(listed)}
        found = dict(self.columns)
        for meaning, names in COMMON.items():
            if meaning not in found:
                here = next((small[each] for name in names if (each := _plainly(name)) in small), None)
                if here is not None and here not in found.values():
                    found[meaning] = here
        return found


def _plainly(name: str) -> str:
    return re.sub(r"[\s._-]", "", name.lower())


NO_MAPPING = Mapping()
OF_CONTACTS = frozenset({"started_at", "organisation", "practitioner", "activity"})
OF_PEOPLE = ("age", "gender", "born_on", "ethnicity", "deprivation_decile")


WITH_WHOM = frozenset({"organisation", "practitioner", "activity"})


def tells_enough(found: dict[str, str]) -> bool:
    """Is it said whose each row is, and when or what or with whom, or something of the person, or which condition?"""
    if of_conditions(found):
        return True
    return "patient" in found and bool((OF_CONTACTS | set(OF_PEOPLE)) & set(found))


def of_conditions(found: dict[str, str]) -> bool:
    """Is each row a condition: with a code, whose or at which contact, and not with whom?"""
    return "code" in found and bool({"patient", "contact"} & set(found)) and not WITH_WHOM & set(found)
