"""
The search for people whose care is in pieces: the same as `joinedup find`, over the loaded records, of which it gives
those that one of certain organisations has seen. The others who meet the rule are counted, and nothing more.

What it finds are keys in the records, with numbers and a reason. Nobody's name leaves here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from joinedup import find as searching
from joinedup.rule import Rule
from manyhands import acts, who
from manyhands.exchange.records.opening import NoRecords, opened
from manyhands.exchange.records.reaching import keys_of


@dataclass(frozen=True, slots=True)
class Terms:
    """Whom to look for."""

    aged: int = 65
    conditions: int = 4
    organisations: int = 3
    within_months: int = 24


LEAST = Terms(aged=0, conditions=0, organisations=1, within_months=1)
MOST = Terms(aged=120, conditions=50, organisations=50, within_months=120)


OF_OURS = ", of those whom an organisation of the team has seen in that time."
SEEN_BY_NONE = "seen by none of the team’s organisations"


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
    """
    Whom a search found, most in pieces first; how many were considered, and why the others were left out. `reach` are
    the organisations one of which has seen each of them; `beyond` is how many meet the rule and were seen by none.
    """

    terms: Terms
    reach: tuple[who.Organisation, ...]
    beyond: int
    sentence: str
    found: tuple[Found, ...]
    considered: int
    left_out: tuple[tuple[str, int], ...]
    as_at: date
    records: str


def find(terms: Terms, reach: Collection[who.Organisation]) -> Findings:
    """
    Search the loaded records for people whom one of the organisations in `reach` has seen in the while that is looked
    back on; `manyhands.access.reach` says which those are. Raises NoRecords where nothing is loaded, or nothing in it
    has a date.
    """
    store = opened()
    rule = Rule(terms.aged, terms.conditions, terms.organisations, terms.within_months)
    try:
        findings = searching.find(store, rule)
    except searching.NoContacts as problem:
        raise NoRecords(str(problem)) from problem
    called = {each.organisation: each.name or "an organisation without a name" for each in store.organisations()}
    ours = keys_of(reach, store)
    within = [each for each in findings.found if not ours.isdisjoint(each.organisation_keys)]
    beyond = len(findings.found) - len(within)
    return Findings(
        terms=terms,
        reach=tuple(sorted(reach)),
        beyond=beyond,
        sentence=findings.rule.sentence().removesuffix(".") + OF_OURS,
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
            for each in within
        ),
        considered=findings.considered,
        left_out=(*findings.left_out.items(), *([(SEEN_BY_NONE, beyond)] if beyond else [])),
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
            ("seen by one of", ", ".join(findings.reach)),
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
