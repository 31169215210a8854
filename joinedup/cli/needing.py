"""`joinedup measure frailty`, `multimorbidity`, `age`, `falls` and `admissions`: who may need more than others."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.cli.answers import Answer, Asked, Score, between, question
from joinedup.measures import admissions as admitting
from joinedup.measures import age as ageing
from joinedup.measures import falls as falling
from joinedup.measures import hfrs
from joinedup.measures import multimorbidity as many_conditions
from joinedup.period import Period, spoken

OWN_CODES = click.option(
    "--codes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A list of your own, CSV, in place of the one shipped.",
)


@click.command()
@click.option(
    "--of",
    type=click.Choice(["admissions", "everything"]),
    default="admissions",
    show_default=True,
    help="Codes of the last admission and those of two years before it, or every ICD-10 code in the window.",
)
@question(levels=())
def frailty(asked: Asked, of: hfrs.Of) -> Answer:
    """
    The Hospital Frailty Risk Score of each person, by ICD-10 codes (Gilbert 2018).

    \b
    low            under 5
    intermediate   5 to 15
    high           over 15
    not computable no ICD-10 code in these admissions: never low
    \b
    Made for people aged 75 and over who are in hospital. A means to find people, not a verdict.
    \b
    joinedup measure frailty store --within "24 months"
    joinedup measure frailty store --of everything --format csv --out frailty.csv
    """
    found = hfrs.hfrs(asked.store, asked.within, asked.as_at, asked.engine, of)
    over = between(found.window.period, found.window.as_at)
    by = "the last admission and those of two years before it" if of == "admissions" else "every ICD-10 code"
    bands = ", ".join(f"{found.in_band(band):,} {band}" for band in hfrs.BANDS[:-1])
    taken_for_low = f" ({found.low_if_none_is_low:,} low with them, as some publish it)" if found.computable else ""
    said = [
        f"Hospital Frailty Risk Score by {by}, {over}: {found.computable:,} people: {bands};",
        f"{found.in_band('not computable'):,} not computable for want of an ICD-10 code{taken_for_low}.",
        f"{found.meant_for:,} of those with a score are {hfrs.MEANT_FOR} or over, for whom it was made.",
    ]
    columns = [
        ("patient", "person"),
        ("score", "score"),
        ("band", "band"),
        ("age", "age"),
        ("admissions", "admissions"),
        ("icd10_codes", "ICD-10 codes"),
        ("groups", "groups"),
    ]
    scores = [Score(f"People, {band}", float(found.in_band(band)), "1", found.computable) for band in hfrs.BANDS[:-1]]
    return Answer("frailty", said, _most_first(found.table, "score"), columns, found.window.period, scores)


@click.command()
@OWN_CODES
@question(levels=(), within=None)
def multimorbidity(asked: Asked, codes: Path | None) -> Answer:
    """
    How many different long-term conditions each person has on a day, of a list that is shipped or your own.

    A condition that is over by the day is not counted; two codes of one condition are one. Your own list is CSV with
    system, code and condition.

    \b
    joinedup measure multimorbidity store
    joinedup measure multimorbidity store --codes my-conditions.csv --as-at 2025-12-31
    """
    found = many_conditions.multimorbidity(asked.store, asked.as_at, asked.engine, codes)
    people = found.table.num_rows
    said = [
        f"Long-term conditions on {spoken(found.as_at)}, of the {found.listed} in the list: {people:,} people;",
        f"{found.at_least(2):,} with two or more, {found.at_least(4):,} with four or more.",
    ]
    if found.not_told:
        said.append(f"Of {found.not_told:,} it cannot be told: no condition of theirs has a SNOMED CT or ICD-10 code.")
    columns = [("patient", "person"), ("conditions", "conditions")]
    told = people - found.not_told
    scores = [Score("Two or more", found.at_least(2) / told if told else None, "1", told)]
    table = _most_first(found.table, "conditions")
    return Answer("multimorbidity", said, table, columns, Period.back_from(found.as_at, None), scores)


@click.command()
@question(levels=(), within=None)
def age(asked: Asked) -> Answer:
    """
    Everybody's age on a day in whole years; of those who had died, at death.

    Where only the month or the year of birth is known, its first day is taken, and the last column says so.

    \b
    joinedup measure age store --as-at 2025-12-31
    """
    found = ageing.age(asked.store, asked.as_at, asked.engine)
    known = found.table["age"].drop_null()
    mean = pc.mean(known).as_py()
    about = "" if mean is None else f" Mean {mean:.1f} years."
    unknown = found.table.num_rows - len(known)
    said = [f"Age on {spoken(found.as_at)}: {len(known):,} people; of {unknown:,} it is not known.{about}"]
    columns = [("patient", "person"), ("age", "age"), ("known_to", "birth known to")]
    scores = [Score("Mean age", mean, "a", len(known))]
    return Answer("age", said, _most_first(found.table, "age"), columns, Period.back_from(found.as_at, None), scores)


@click.command()
@OWN_CODES
@question(levels=(), within="12 months")
def falls(asked: Asked, codes: Path | None) -> Answer:
    """
    On how many days each person has a fall on record, as a condition or as what a contact was about.

    Codes are SNOMED CT and ICD-10, of the list that is shipped or of your own: CSV with system, code and says.

    \b
    joinedup measure falls store --within "12 months"
    joinedup measure falls store --codes my-falls.csv --format csv --out falls.csv
    """
    found = falling.falls(asked.store, asked.within, asked.as_at, asked.engine, codes)
    over = between(found.window.period, found.window.as_at)
    said = [f"Falls on record {over}: {found.fallen:,} of {found.table.num_rows:,} people."]
    if found.table["falls"].null_count:
        said.append("They cannot be told: no condition or reason for a contact has a SNOMED CT or ICD-10 code.")
    else:
        said.append("Most falls are never recorded: none on record is not none had.")
    columns = [("patient", "person"), ("falls", "days with a fall"), ("last_on", "the last")]
    scores = [Score("People with a fall on record", float(found.fallen), "1", found.table.num_rows)]
    return Answer("falls", said, _most_first(found.table, "falls"), columns, found.window.period, scores)


@click.command()
@question(levels=(), within="12 months")
def admissions(asked: Asked) -> Answer:
    """
    How often each person was admitted to hospital, how often unplanned where that is told, and for how many days.

    An admission is a contact of a class, such as IMP, or a type that says so. It is unplanned where its type says so,
    or where an emergency contact came before by at most a day. Days are those within the window.

    \b
    joinedup measure admissions store --within "12 months"
    joinedup measure admissions store --as-at 2025-12-31 --format csv --out admissions.csv
    """
    found = admitting.admissions(asked.store, asked.within, asked.as_at, asked.engine)
    over = between(found.window.period, found.window.as_at)
    every, unplanned, planned = (found.total(each) for each in ("admissions", "unplanned", "planned"))
    said = [
        f"Admissions {over}: {every:,}, of {found.admitted:,} people;",
        f"{unplanned:,} unplanned, {planned:,} planned, of {every - unplanned - planned:,} the records do not tell.",
    ]
    if not found.told:
        said.append("They cannot be told: no contact in these records has a class or a type.")
    columns = [
        ("patient", "person"),
        ("admissions", "admissions"),
        ("unplanned", "unplanned"),
        ("planned", "planned"),
        ("days_in_hospital", "days in hospital"),
    ]
    scores = [Score("Admissions", float(every), "1", found.admitted), Score("Unplanned", float(unplanned), "1", every)]
    return Answer("admissions", said, _most_first(found.table, "admissions"), columns, found.window.period, scores)


def _most_first(table: pa.Table, column: str) -> pa.Table:
    """Those with the most first, those without a value last."""
    return table.sort_by([(column, "descending"), ("patient", "ascending")])


ABOUT_PEOPLE = (frailty, multimorbidity, age, falls, admissions)
