"""
The search for people whose care is in pieces: the same as `joinedup find`, over the loaded records.

What it finds are keys in the records, with numbers and a reason. Nobody's name leaves here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from joinedup import find as searching
from joinedup.rule import Rule
from manyhands import acts
from manyhands.exchange.records.opening import NoRecords, opened


@dataclass(frozen=True, slots=True)
class Terms:
    """Whom to look for."""

    aged: int = 65
    conditions: int = 4
    organisations: int = 3
    within_months: int = 24


LEAST = Terms(aged=0, conditions=0, organisations=1, within_months=1)
MOST = Terms(aged=120, conditions=50, organisations=50, within_months=120)


@dataclass(frozen=True, slots=True)
class Found:
    """One person found: their key in the records, the numbers, the organisations by name, most often seen first."""

    record: str
    age: int
    conditions: int
    organisations: int
    contacts: int
    coc: float | None
    reason: str
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Whom a search found, most in pieces first; how many were considered, and why the others were left out."""

    terms: Terms
    sentence: str
    found: tuple[Found, ...]
    considered: int
    left_out: tuple[tuple[str, int], ...]
    as_at: date
    records: str


def find(terms: Terms) -> Findings:
    """Search the loaded records. Raises NoRecords where nothing is loaded, or nothing in it has a date."""
    store = opened()
    rule = Rule(terms.aged, terms.conditions, terms.organisations, terms.within_months)
    try:
        findings = searching.find(store, rule)
    except searching.NoContacts as problem:
        raise NoRecords(str(problem)) from problem
    called = {each.organisation: each.name or "an organisation without a name" for each in store.organisations()}
    return Findings(
        terms=terms,
        sentence=findings.rule.sentence(),
        found=tuple(
            Found(
                record=each.patient,
                age=each.age,
                conditions=each.conditions,
                organisations=each.organisations,
                contacts=each.contacts,
                coc=each.coc,
                reason=each.reason,
                seen_by=tuple(called.get(key, "an organisation without a name") for key in each.organisation_keys),
            )
            for each in findings.found
        ),
        considered=findings.considered,
        left_out=tuple(findings.left_out.items()),
        as_at=findings.as_at,
        records=findings.store_digest,
    )


def group_rule(findings: Findings) -> acts.GroupRule:
    """The rule as it is frozen into the act that gathers a group."""
    terms = findings.terms
    return acts.GroupRule(
        sentence=findings.sentence,
        terms=(
            ("aged", str(terms.aged)),
            ("conditions", str(terms.conditions)),
            ("organisations", str(terms.organisations)),
            ("within_months", str(terms.within_months)),
        ),
        as_at=findings.as_at,
        found=len(findings.found),
        considered=findings.considered,
        records=findings.records,
    )


def terms_of(rule: acts.GroupRule) -> Terms:
    """The terms that a group was gathered by, to gather it again; what is not there is as usual."""
    return terms_from(dict(rule.terms))


def terms_from(given: Mapping[str, str]) -> Terms:
    """Terms as they are written down; a term that is missing, or is no number, is as usual."""
    usual = Terms()
    numbers = {
        name: int(given[name]) if given.get(name, "").isdecimal() and len(given[name]) < 5 else getattr(usual, name)
        for name in ("aged", "conditions", "organisations", "within_months")
    }
    return Terms(**numbers)
