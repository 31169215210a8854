"""
Finding the people whose care is in pieces: old enough, with enough conditions, seen by enough organisations.

    age            whole years on the day asked about, or at death
    conditions     different conditions: one Condition resource is one condition however many codings it has, and the
                   same main code twice is one. Begun by the day; not over by it (unless asked); never those
                   refuted or entered in error
    organisations  different organisations of the contacts that count, in the look-back window
    COC            continuity of care by organisation in the same window (measures/coc.py); missing under 2 contacts

Everybody is considered; everyone not found is counted under the first reason that applies, in the order of `_WHY_NOT`.
Beware: a record of one organisation only never shows several; a practice and its partner that share a record count as
the organisations that the record names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from joinedup.measures import coc
from joinedup.period import Period, months_spoken, spoken
from joinedup.records.store import Store
from joinedup.rule import Rule

__all__ = ["Findings", "Found", "NoContacts", "Rule", "find"]


class NoContacts(Exception):
    """The store has no contact with a date, so that there is no day to look back from."""


@dataclass(frozen=True, slots=True)
class Found:
    """One person found, with the numbers that made them so."""

    patient: str
    nhs_number: str | None
    family_name: str | None
    given_names: str | None
    born_on: date | None
    gender: str | None
    age: int
    conditions: int
    organisations: int
    contacts: int
    coc: float | None
    reason: str
    organisation_keys: tuple[str, ...]
    """The organisations, the most often seen first."""


@dataclass(frozen=True)
class Findings:
    """Who was found, most in pieces first: by organisations, then continuity, then contacts."""

    rule: Rule
    found: tuple[Found, ...]
    considered: int
    left_out: dict[str, int]
    as_at: date
    store_digest: str


_NUMBERS = f"""
WITH visits AS (
    SELECT patient, organisation, count(*) AS n FROM counting_contacts
    WHERE organisation IS NOT NULL AND started_at < CAST($until AS TIMESTAMPTZ)
      AND ($since IS NULL OR started_at >= CAST($since AS TIMESTAMPTZ))
    GROUP BY ALL
), seen AS (
    SELECT patient, count(*) AS organisations, CAST(sum(n) AS BIGINT) AS contacts, {coc.SQL} AS coc,
           list(organisation ORDER BY n DESC, organisation) AS organisation_keys
    FROM visits GROUP BY patient
), ill AS (
    SELECT patient, count(DISTINCT coalesce(system || '|' || code, code, lower(trim(display)), condition)) AS conditions
    FROM conditions
    WHERE coalesce(verification_status, '') NOT IN ('refuted', 'entered-in-error')
      AND coalesce(onset_on, recorded_on, DATE '0001-01-01') < $until
      AND ($resolved_too OR NOT coalesce(abated_on < $until, clinical_status IN ('resolved', 'inactive'), false))
    GROUP BY patient
), numbers AS (
    SELECT p.patient, p.nhs_number, p.family_name, p.given_names, p.born_on, p.gender,
           datesub('year', p.born_on, CASE WHEN p.died_at < CAST($until AS TIMESTAMPTZ) THEN CAST(p.died_at AS DATE)
                                           ELSE $as_at END) AS age,
           coalesce(p.died_at < CAST($until AS TIMESTAMPTZ), p.deceased, false) AS dead,
           coalesce(i.conditions, 0) AS conditions, coalesce(s.organisations, 0) AS organisations,
           coalesce(s.contacts, 0) AS contacts, s.coc, coalesce(s.organisation_keys, []) AS organisation_keys
    FROM patients p LEFT JOIN seen s USING (patient) LEFT JOIN ill i USING (patient)
)
"""

_WHY_NOT = """
CASE WHEN dead AND NOT $dead_too THEN 'died'
     WHEN age IS NULL THEN 'no date of birth'
     WHEN age < $aged THEN 'younger'
     WHEN conditions < $conditions THEN 'fewer conditions'
     WHEN organisations < $organisations THEN 'fewer organisations' END
"""

_FOUND = f"""
{_NUMBERS}
SELECT * EXCLUDE (dead) FROM numbers WHERE ({_WHY_NOT}) IS NULL
ORDER BY organisations DESC, coc NULLS LAST, contacts DESC, patient
"""

_LEFT_OUT = f"{_NUMBERS} SELECT {_WHY_NOT} AS why, count(*) AS people FROM numbers GROUP BY why"


def find(store: Store, rule: Rule) -> Findings:
    """The people in a store whom the rule describes. Raises NoContacts when the rule and the store give no day."""
    as_at = rule.as_at or store.last_contact_on()
    if as_at is None:
        raise NoContacts(f"{store.path} holds no contact with a date. Say which day to look back from.")
    settled, period = rule.at(as_at), Period.back_from(as_at, rule.within_months)
    given = {
        "since": period.since,
        "until": period.until,
        "as_at": as_at,
        "aged": rule.aged,
        "conditions": rule.conditions,
        "organisations": rule.organisations,
        "resolved_too": rule.resolved_too,
        "dead_too": rule.dead_too,
    }
    rows = store.query(_FOUND, **{name: given[name] for name in given}).to_pylist()
    counted = {row["why"]: row["people"] for row in store.query(_LEFT_OUT, **given).to_pylist()}
    words = _words(rule)
    return Findings(
        rule=settled,
        found=tuple(
            Found(**row | {"organisation_keys": tuple(row["organisation_keys"])}, reason=_reason(row, settled))
            for row in rows
        ),
        considered=sum(counted.values()),
        left_out={words[why]: counted[why] for why in words if why in counted},
        as_at=as_at,
        store_digest=store.digest,
    )


def _words(rule: Rule) -> dict[str, str]:
    return {
        "died": "had died",
        "no date of birth": "no date of birth on record",
        "younger": f"younger than {rule.aged}",
        "fewer conditions": f"fewer than {rule.conditions} conditions",
        "fewer organisations": f"seen by fewer than {rule.organisations} organisations",
    }


def _reason(row: dict[str, object], rule: Rule) -> str:
    """Why this person is found, in one sentence."""
    assert rule.as_at is not None
    months = f"in the {months_spoken(rule.within_months)} to" if rule.within_months else "up to"
    over = " on record" if rule.resolved_too else ""
    sentence = (
        f"Aged {row['age']}, with {_many(row['conditions'], 'condition')}{over}, "
        f"and {_many(row['contacts'], 'contact')} with {_many(row['organisations'], 'organisation')} "
        f"{months} {spoken(rule.as_at)}"
    )
    if row["coc"] is None:
        return sentence + "."
    return f"{sentence}; continuity of care {row['coc']:.2f}, where 1 is always the same organisation."


def _many(number: object, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
