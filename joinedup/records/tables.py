"""
Every table of a store, declared once.

The same declaration gives the Parquet schema, the columns that merging must resolve, and the reference page
docs/reference/records.md (`python -m joinedup.records.tables` prints it).

A column that *refers* holds, in a finished store, the key of a row in another table, or null when nothing, or more
than one thing, answers to the reference; what could not be resolved is listed in `unresolved`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "day", "moment", "whole", "short", "number", "yes_no"]

SQL_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "day": "DATE",
    "moment": "TIMESTAMPTZ",
    "whole": "BIGINT",
    "short": "INTEGER",
    "number": "DOUBLE",
    "yes_no": "BOOLEAN",
}


@dataclass(frozen=True)
class Column:
    """
    One column: its name, what kind of value, and what it means. `refers`: the tables whose keys it holds.
    `worked_out`: found when the sources are merged, so a reader does not give it.
    """

    name: str
    kind: Kind
    meaning: str
    refers: tuple[str, ...] = ()
    worked_out: bool = False


@dataclass(frozen=True)
class Table:
    """One table: a row for each what, its columns, and the columns that its rows are sorted by."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...]
    of: str = ""
    """For a list inside a resource: the table of the resources that hold it."""

    @property
    def key(self) -> str:
        return self.columns[0].name

    @property
    def given(self) -> tuple[Column, ...]:
        """The columns that a reader fills."""
        return tuple(column for column in self.columns if not column.worked_out)

    def schema(self) -> Iterator[tuple[str, str]]:
        """Column names with their SQL types, in order."""
        for column in self.columns:
            yield column.name, SQL_TYPES[column.kind]


def _text(name: str, meaning: str, *refers: str) -> Column:
    return Column(name, "text", meaning, refers)


def _day(name: str, meaning: str) -> Column:
    return Column(name, "day", meaning)


def _moment(name: str, meaning: str) -> Column:
    return Column(name, "moment", meaning)


def _worked_out(name: str, kind: Kind, meaning: str) -> Column:
    return Column(name, kind, meaning, worked_out=True)


_PROFESSIONALS = ("practitioners", "practitioner_roles")
_ANYONE = (
    "practitioners",
    "practitioner_roles",
    "organisations",
    "patients",
    "related_persons",
    "care_teams",
)

PATIENTS = Table(
    "patients",
    "a person whose records these are",
    (
        _text("patient", "key of the person, the same at every load and on every machine"),
        _text("nhs_number", "NHS number as recorded, blanks and hyphens removed; kept even when it is wrong"),
        _text("nhs_number_state", "'valid', 'invalid' (fails its check digit, or is no NHS number) or 'absent'"),
        _text("nhs_number_status", "code of the verification status, 01 to 08, where recorded"),
        _text("family_name", "family name, the official one where there are several"),
        _text("given_names", "given names, separated by blanks"),
        _text("gender", "administrative gender: male, female, other or unknown"),
        _day("born_on", "day of birth; the first day of the year or month where only that is recorded"),
        _text("born_on_known_to", "'day', 'month' or 'year'"),
        Column("deceased", "yes_no", "true when recorded as having died, with or without a day"),
        _moment("died_at", "when the person died, if recorded"),
        _text("postcode", "postcode of the home address"),
        _text("ethnicity_code", "code of the ethnic category"),
        _text("ethnicity", "ethnic category in words"),
        _text("language", "language to talk with the person in, the preferred one first"),
        _text("communication_need", "an interpreter or other help with communication, as recorded"),
        Column("deprivation_decile", "whole", "decile of the Index of Multiple Deprivation, 1 the most deprived"),
        _text("general_practice", "the person's general practice", "organisations"),
        _text("general_practitioner", "the person's general practitioner, where one is named", *_PROFESSIONALS),
        _worked_out("number", "short", "position in the order of keys, from 0: what stands for the person in visits"),
    ),
    ("patient",),
)

ORGANISATIONS = Table(
    "organisations",
    "an organisation that gives, arranges or pays for care",
    (
        _text("organisation", "key of the organisation"),
        _text("name", "name, or null when only a reference to it is known"),
        _text("ods_code", "ODS code, upper case"),
        _text("type_code", "code of the kind of organisation"),
        _text("type", "kind of organisation in words"),
        _text("sector", "sector that it belongs to: as given, else its kind, else those of what it is part of"),
        _text("part_of", "organisation that it is part of", "organisations"),
        _text("postcode", "postcode"),
        Column("active", "yes_no", "false when recorded as no longer in use"),
        _worked_out(
            "known_from",
            "text",
            "'record': its own record was read; 'location': only a place of that name; 'reference': only referred to",
        ),
    ),
    ("organisation",),
)

PRACTITIONERS = Table(
    "practitioners",
    "a professional",
    (
        _text("practitioner", "key of the professional"),
        _text("name", "name as people say it"),
        _text("family_name", "family name"),
        _text("given_names", "given names"),
        _text("profession_code", "code of the profession"),
        _text("profession", "profession in words: of the person's qualification, else of the first role"),
        Column("active", "yes_no", "false when recorded as no longer in use"),
        _worked_out(
            "known_from",
            "text",
            "'record': its own record was read; 'reference': only referred to",
        ),
    ),
    ("practitioner",),
)

PRACTITIONER_ROLES = Table(
    "practitioner_roles",
    "a post: what a professional is in an organisation",
    (
        _text("practitioner_role", "key of the post"),
        _text("practitioner", "who holds it", "practitioners"),
        _text("organisation", "where", "organisations"),
        _text("role_code", "code of the role"),
        _text("role", "role in words"),
        _text("specialty_code", "code of the specialty"),
        _text("specialty", "specialty in words"),
        _text("location", "place of work", "locations"),
        _moment("started_at", "from when"),
        _moment("ended_at", "until when"),
        Column("active", "yes_no", "false when recorded as no longer in use"),
    ),
    ("practitioner_role",),
)

LOCATIONS = Table(
    "locations",
    "a place",
    (
        _text("location", "key of the place"),
        _text("name", "name"),
        _text("organisation", "organisation that manages it", "organisations"),
        _text("type_code", "code of the kind of place"),
        _text("type", "kind of place in words"),
        _text("postcode", "postcode"),
        Column("home", "yes_no", "true when it is a person's home, which stands for no organisation"),
    ),
    ("location",),
)

CONTACTS = Table(
    "contacts",
    "a contact: one dealing of one person with one professional or organisation at a time",
    (
        _text("contact", "key of the contact"),
        _text("patient", "the person", "patients"),
        _text("organisation", "organisation seen: see organisation_from", "organisations"),
        _text(
            "practitioner",
            "the professional seen: the first who is named; a post that names nobody stands for whoever holds it",
            "practitioners",
        ),
        _moment("started_at", "when it began, UTC; a plain day is the start of that day"),
        _moment("ended_at", "when it ended, UTC; kept even when before the beginning, and listed in doubts"),
        _text("status", "FHIR Encounter status; planned, cancelled and entered-in-error are not counted as contacts"),
        _text("class", "class of contact, for example AMB, EMER, IMP, HH, VR"),
        _text("type_system", "code system of the type"),
        _text("type_code", "code of the type of contact"),
        _text("type", "type of contact in words"),
        _text("reason_code", "code of the first reason"),
        _text("reason", "first reason in words"),
        _text("part_of", "contact of which this is a part; a part is not counted beside the whole", "contacts"),
        _text("referral", "referral that it answers", "referrals"),
        _text("location", "first place", "locations"),
        _text("practitioner_role", "post of the professional seen", "practitioner_roles"),
        _text("team", "team or unit within the organisation, as an event log or table of contacts names it"),
        _text("activity", "what was done, as an event log or table of contacts names it"),
        Column("sequence", "whole", "order among contacts at the same time, where the record itself numbers them"),
        _text("organisation_as_given", "what the record itself says of the organisation"),
        _text("practitioner_as_given", "what the record itself says of the professional"),
        _worked_out(
            "organisation_from",
            "text",
            "where the organisation is known from: 'serviceProvider', else 'practitioner_role', else 'location'",
        ),
        _worked_out("ordinal", "whole", "order in which the contacts were read, to break ties in time"),
    ),
    ("patient", "started_at", "ordinal"),
)

CONTACT_PRACTITIONERS = Table(
    "contact_practitioners",
    "a professional who took part in a contact",
    (
        _text("contact", "the contact", "contacts"),
        Column("position", "whole", "order in the record, from 0"),
        _text("practitioner", "the professional", "practitioners"),
        _text("practitioner_role", "post of the professional", "practitioner_roles"),
        _text("part_played", "code of the part played, for example PPRF, primary performer"),
    ),
    ("contact", "position"),
    of="contacts",
)

CONDITIONS = Table(
    "conditions",
    "a condition of a person: one row however many codes it has",
    (
        _text("condition", "key of the condition"),
        _text("patient", "the person", "patients"),
        _text("system", "code system of the code"),
        _text("code", "code: the SNOMED CT one where there is one, else the first"),
        _text("display", "condition in words"),
        _text("snomed_code", "first SNOMED CT code"),
        _text("icd10_code", "first ICD-10 or ICD-10-CM code"),
        _day("onset_on", "day on which it began"),
        _day("abated_on", "day on which it ended"),
        _day("recorded_on", "day on which it was recorded"),
        _text("clinical_status", "active, recurrence, relapse, inactive, remission or resolved"),
        _text("verification_status", "confirmed, provisional, refuted, entered-in-error, …"),
        _text("category", "problem-list-item, encounter-diagnosis, …"),
        _text("contact", "contact at which it was recorded", "contacts"),
    ),
    ("patient", "onset_on", "condition"),
)

CONDITION_CODES = Table(
    "condition_codes",
    "a code of a condition, one row for each coding",
    (
        _text("condition", "the condition", "conditions"),
        Column("position", "whole", "order in the record, from 0"),
        _text("system", "code system"),
        _text("code", "code"),
        _text("display", "in words"),
    ),
    ("condition", "position"),
    of="conditions",
)

CARE_TEAMS = Table(
    "care_teams",
    "a team around a person, as recorded",
    (
        _text("care_team", "key of the team"),
        _text("patient", "the person; some teams have none", "patients"),
        _text("name", "name"),
        _text("status", "status; some teams have none"),
        _text("category", "kind of team"),
        _text("organisation", "organisation that answers for it", "organisations"),
        _moment("started_at", "from when"),
        _moment("ended_at", "until when"),
    ),
    ("patient", "care_team"),
)

CARE_TEAM_MEMBERS = Table(
    "care_team_members",
    "a member of a team",
    (
        _text("care_team", "the team", "care_teams"),
        Column("position", "whole", "order in the record, from 0"),
        _text("member", "who or what: a professional, post, organisation, person, carer or another team", *_ANYONE),
        _text("member_as_given", "what the record itself says of the member"),
        _text("role_code", "code of the role in the team"),
        _text("role", "role in the team in words"),
        _text("on_behalf_of", "organisation that the member acts for", "organisations"),
        _worked_out("member_type", "text", "FHIR type of the member, for example Practitioner or CareTeam"),
    ),
    ("care_team", "position"),
    of="care_teams",
)

CARE_PLANS = Table(
    "care_plans",
    "a plan of care",
    (
        _text("care_plan", "key of the plan"),
        _text("patient", "the person", "patients"),
        _text("title", "title, else the category in words"),
        _text("description", "description"),
        _text("category_code", "code of the first category"),
        _text("status", "status"),
        _text("intent", "intent"),
        _moment("started_at", "from when"),
        _moment("ended_at", "until when"),
        _text("author", "who wrote it", *_ANYONE),
    ),
    ("patient", "care_plan"),
)

CARE_PLAN_LINKS = Table(
    "care_plan_links",
    "a team, goal or condition named in a plan",
    (
        _text("care_plan", "the plan", "care_plans"),
        Column("position", "whole", "order in the record, from 0"),
        _text("what", "'care team', 'goal' or 'condition'"),
        _text("record", "key of the team, goal or condition", "care_teams", "goals", "conditions"),
    ),
    ("care_plan", "position"),
    of="care_plans",
)

GOALS = Table(
    "goals",
    "a goal of a person",
    (
        _text("goal", "key of the goal"),
        _text("patient", "the person", "patients"),
        _text("description", "the goal in words"),
        _text("lifecycle_status", "proposed, active, completed, …"),
        _text("achievement_status", "in-progress, achieved, not-achieved, …"),
        _day("started_on", "from when"),
        _day("due_on", "by when, the first target"),
        _text("expressed_by", "whose goal it is", *_ANYONE),
    ),
    ("patient", "goal"),
)

REFERRALS = Table(
    "referrals",
    "a referral or other request for a service (FHIR ServiceRequest)",
    (
        _text("referral", "key of the referral"),
        _text("patient", "the person", "patients"),
        _moment("asked_at", "when it was asked for"),
        _moment("wanted_at", "when the service is wanted, or was planned"),
        _text("status", "draft, active, on-hold, revoked, completed, …"),
        _text("intent", "proposal, plan, order, …"),
        _text("priority", "routine, urgent, asap or stat"),
        _text("category", "kind of request in words"),
        _text("code_system", "code system of the code"),
        _text("code", "code of the service"),
        _text("service", "service asked for, in words"),
        _text("reason", "first reason in words"),
        _text("requester", "who asked", *_ANYONE),
        _text("performer", "who is asked: the first who is named", *_ANYONE),
        _text("requester_as_given", "what the record itself says of who asked"),
        _text("performer_as_given", "what the record itself says of who is asked"),
        _text("part_of", "referral that this one answers or passes on", "referrals"),
        _worked_out("from_organisation", "text", "organisation of who asked"),
        _worked_out("to_organisation", "text", "organisation of who is asked"),
        _worked_out("seen_at", "moment", "first contact that answers it, else when its task was completed"),
        _worked_out("days_waiting", "number", "days from asked_at to seen_at; null while it has not been answered"),
    ),
    ("patient", "asked_at", "referral"),
)

TASKS = Table(
    "tasks",
    "a task: something that someone is asked to do, with how far it has come",
    (
        _text("task", "key of the task"),
        _text("patient", "for whom", "patients"),
        _text("code", "code of what is to be done"),
        _text("description", "what is to be done, in words"),
        _text("status", "requested, accepted, rejected, in-progress, completed, …"),
        _text("business_status", "how far it has come, in the words of the service"),
        _text("intent", "intent"),
        _text("priority", "priority"),
        _moment("asked_at", "when it was asked"),
        _moment("changed_at", "when it was last changed"),
        _moment("started_at", "when work on it began"),
        _moment("ended_at", "when work on it ended"),
        _text("requester", "who asked", *_ANYONE),
        _text("owner", "who is to do it", *_ANYONE),
        _text("referral", "referral that it fulfils", "referrals"),
        _text("part_of", "task of which it is a part", "tasks"),
    ),
    ("patient", "asked_at", "task"),
)

APPOINTMENTS = Table(
    "appointments",
    "an appointment",
    (
        _text("appointment", "key of the appointment"),
        _text("patient", "the person", "patients"),
        _text("status", "proposed, booked, arrived, fulfilled, cancelled, noshow, …"),
        _text("service", "service in words"),
        _moment("starts_at", "from when"),
        _moment("ends_at", "until when"),
        _text("practitioner", "first professional named", *_PROFESSIONALS),
        _text("location", "first place named", "locations"),
        _text("referral", "referral that it answers", "referrals"),
    ),
    ("patient", "starts_at", "appointment"),
)

RELATED_PERSONS = Table(
    "related_persons",
    "a carer, relative or advocate of a person",
    (
        _text("related_person", "key"),
        _text("patient", "whose", "patients"),
        _text("name", "name as people say it"),
        _text("relationship_code", "code of the relationship"),
        _text("relationship", "relationship in words"),
    ),
    ("patient", "related_person"),
)

FLAGS = Table(
    "flags",
    "something to beware of about a person",
    (
        _text("flag", "key"),
        _text("patient", "whose", "patients"),
        _text("status", "active, inactive or entered-in-error"),
        _text("category", "kind in words"),
        _text("code", "code"),
        _text("display", "in words"),
        _moment("started_at", "from when"),
        _moment("ended_at", "until when"),
    ),
    ("patient", "flag"),
)

MEMBERSHIPS = Table(
    "memberships",
    "an organisation's belonging to another from one day until another, such as a practice's to a primary care network",
    (
        _text("membership", "key of the membership"),
        _text("member", "the organisation that belongs", "organisations"),
        _text("member_of", "the organisation that it belongs to", "organisations"),
        _text("type", "kind of belonging, for example 'practice of a primary care network'"),
        _day("started_on", "first day"),
        _day("ended_on", "last day, which is one of it; null while it goes on"),
    ),
    ("member_of", "member", "started_on"),
)

ACTS = Table(
    "acts",
    "an act that somebody did in a team, as `manyhands export-acts` writes it: identifiers and choices, no words",
    (
        _text("act", "key: the team and the number of the act in it"),
        _text("team", "identifier of the team"),
        Column("number", "whole", "number within the team, from 1"),
        _moment("done_at", "when it was done"),
        _text("kind", "name of the act in the log, for example propose"),
        _text("person", "identifier of who did it; the workspace alone knows the name"),
        _text("organisation", "identifier of the organisation that they spoke for"),
        _text("role", "identifier of the role that they spoke in"),
        _text("role_kind", "what that role is, for example district-nurse"),
        _text("sector", "sector of the organisation that they spoke for, as the workspace has it"),
        Column("deprivation_fifth", "whole", "fifth of deprivation of the one person it is about, 1 the most deprived"),
        _text("about", 'identifiers of what it is about, as JSON: {"proposal": …, "version": …}'),
    ),
    ("team", "number"),
)

TURNED_TO = Table(
    "turned_to",
    "that somebody, when asked, said whom they turn to: for advice, as a friend, in their work",
    (
        _text("tie", "key: the network and both ends"),
        _text("network", "which network, for example 'law advice'"),
        _text("answered", "who was asked, as the list has them"),
        _text("named", "whom they named"),
    ),
    ("network", "answered", "named"),
)

NETWORK_MEMBERS = Table(
    "network_members",
    "somebody who was asked, or could have been named, in one or several networks",
    (
        _text("network_member", "key: the networks and the member"),
        _text("networks", "how the names of their networks begin, for example 'law'"),
        _text("member", "who, as the lists of ties have them"),
        _text("at_place", "where: organisation, department, office or town"),
        _text("standing", "what they are there: role, level or status"),
    ),
    ("networks", "member"),
)

READ_TABLES = (
    PATIENTS,
    ORGANISATIONS,
    PRACTITIONERS,
    PRACTITIONER_ROLES,
    LOCATIONS,
    CONTACTS,
    CONTACT_PRACTITIONERS,
    CONDITIONS,
    CONDITION_CODES,
    CARE_TEAMS,
    CARE_TEAM_MEMBERS,
    CARE_PLANS,
    CARE_PLAN_LINKS,
    GOALS,
    REFERRALS,
    TASKS,
    APPOINTMENTS,
    RELATED_PERSONS,
    FLAGS,
    MEMBERSHIPS,
    ACTS,
    TURNED_TO,
    NETWORK_MEMBERS,
)
"""Tables whose rows a reader gives."""

SOURCES = Table(
    "sources",
    "a file that was given",
    (
        _text("source", "name of the file as it was given"),
        Column("ordinal", "whole", "order in which the files were first given, from 0"),
        Column("load", "whole", "number of the load that brought it, from 1"),
        _text(
            "digest", "SHA-256 of the file, after the name given with --from if any; the same content is not read twice"
        ),
        Column("bytes", "whole", "size of the file in bytes"),
        _text(
            "outcome",
            "'read', 'read in part', 'passed over' (not a record by its name, or its columns) or 'not readable'",
        ),
        Column("resources", "whole", "resources read from it"),
        Column("set_aside", "whole", "things in it that were set aside"),
    ),
    ("ordinal",),
)

COUNTED = Table(
    "counted",
    "how many resources of one type were in one file",
    (
        _text("source", "file"),
        _text("resource_type", "FHIR resource type"),
        Column("contained", "yes_no", "true for resources inside another resource"),
        _text("outcome", "'kept' in a table, 'counted only' (a type that goes into no table) or 'set aside'"),
        Column("number", "whole", "how many, repeats included"),
    ),
    ("source", "resource_type", "contained", "outcome"),
)

SET_ASIDE = Table(
    "set_aside",
    "something in a file that could not be read",
    (
        _text("source", "file"),
        _text("position", "where in the file: 'line 17', 'entry[4]', 'line 17, entry[4]', or 'file'"),
        _text("reason", "why it was set aside"),
        _text("excerpt", "what it looks like, without anything about a person"),
    ),
    ("source", "position", "reason"),
)

DOUBTS = Table(
    "doubts",
    "a value that was kept, or left out of a kept row, and should not be trusted",
    (
        _text("source", "file"),
        _text("position", "where in the file"),
        _text("record", "key of the row"),
        _text("doubt", "what is doubtful"),
    ),
    ("source", "position", "record", "doubt"),
)

UNRESOLVED = Table(
    "unresolved",
    "a reference to which nothing, or more than one thing, answers",
    (
        _text("reference", "the reference, as text"),
        _text("from_type", "type of the resources that hold it"),
        _text("example", "key of one of the resources that hold it"),
        _text("source", "file in which it was first met"),
        Column("times", "whole", "how often it was met"),
        _text("why", "'nothing answers', 'more than one answers' or 'malformed'"),
    ),
    ("reference", "from_type"),
)

ALSO_KNOWN_AS = Table(
    "also_known_as",
    "another key of something that was read more than once under different keys",
    (
        _text("key", "the other key, for example of the same person in a second organisation's records"),
        _text("known_as", "the key used in the tables"),
        _text("because", "why they are the same"),
    ),
    ("key",),
)

VISITS = Table(
    "visits",
    "a contact that counts: of a known person, not planned, cancelled or entered in error, and no part of another",
    (
        _worked_out("ordinal", "whole", "order of the rows, from 0: each person's together, in time, then as read"),
        _worked_out("patient", "short", "number of the person: patients.number"),
        _worked_out("started_at", "moment", "when it began"),
        _worked_out("practitioner", "short", "number of the professional"),
        _worked_out("team", "short", "number of the team: as given, else the team whose list the person is on"),
        _worked_out("organisation", "short", "number of the organisation"),
        _worked_out("sector", "short", "number of the organisation's sector"),
        _worked_out("profession", "short", "number of the professional's profession"),
        _worked_out("activity", "short", "number of what was done"),
    ),
    ("ordinal",),
)

NUMBERS = Table(
    "numbers",
    "what a number in visits stands for",
    (
        _worked_out("level", "text", "'practitioner', 'team', 'organisation', 'sector', 'profession' or 'activity'"),
        _worked_out("number", "short", "number within the level, from 0, in order of key"),
        _worked_out("key", "text", "key of the professional or organisation; else the name itself"),
        _worked_out("name", "text", "name, where one is known"),
        _worked_out(
            "within",
            "short",
            "number of the organisation that a professional or team is met in most, or of an organisation's sector",
        ),
    ),
    ("level", "number"),
)

MEASURED_TABLES = (VISITS, NUMBERS)
"""What measures are worked out from: the contacts that count, as few columns of numbers as they need."""

LOAD_TABLES = (SOURCES, COUNTED, SET_ASIDE, DOUBTS, UNRESOLVED, ALSO_KNOWN_AS)
"""Tables about the loading itself."""

ALL_TABLES = (*READ_TABLES, *MEASURED_TABLES, *LOAD_TABLES)
BY_NAME = {table.name: table for table in ALL_TABLES}


def reference() -> str:
    """The page docs/reference/records.md, in Markdown."""
    lines = [
        "# The tables of a store",
        "",
        "Written from joinedup/records/tables.py by `python -m joinedup.records.tables`: change that file.",
        "",
        "Moments are UTC. A key is text such as `Patient/123`: it comes from the record itself, never from its place",
        "in a file, so it is the same at every load and on every machine. *Refers* names the tables whose keys a",
        "column holds. *Worked out* marks what no single record says and the merging of all of them does.",
    ]
    for table in ALL_TABLES:
        lines += ["", f"## {table.name}", "", f"One row for {table.row}. Sorted by {', '.join(table.sorted_by)}.", ""]
        lines += ["| column | kind | meaning | refers |", "| --- | --- | --- | --- |"]
        for column in table.columns:
            meaning = column.meaning + (" (worked out)" if column.worked_out else "")
            lines.append(f"| {column.name} | {column.kind} | {meaning} | {', '.join(column.refers)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(reference(), end="")
