"""
Which code system a code is of, as far as it shows.

ICD-10 and ICD-9 stand side by side in American records, sometimes in one field ("253.2, E23.0"). A token is ICD-10 when
it begins with a letter, a digit and a letter or digit, and ends there or goes on with a dot; except the codes of ICD-9
that begin with a letter, V codes (V62.84) and E codes of three digits (E980.2): those that ICD-10 has as well are taken
for ICD-10 only where they are written as ICD-10 writes them (E23.0).
"""

from __future__ import annotations

import re

ICD10 = "http://hl7.org/fhir/sid/icd-10"
ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"
SNOMED = "http://snomed.info/sct"

_ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]+)?")
_ICD9 = re.compile(r"([0-9]{3}|E[0-9]{3}|V[0-9]{2})(\.[0-9]{1,2})?|[0-9]{4,5}|E[0-9]{4}|V[0-9]{3,4}")
_SNOMED = re.compile(r"[1-9][0-9]{5,17}")
_CALLED = {
    "icd10": ICD10, "icd10cm": ICD10, "icd10who": ICD10, "icd9": ICD9, "icd9cm": ICD9, "snomed": SNOMED,
    "snomedct": SNOMED, "sct": SNOMED,
}  # fmt: skip


def system_of(code: str) -> str | None:
    """
    The code system that a code looks like, upper case, blanks off; None where it could be any or none.

    >>> [str(system_of(code)).rpartition("/")[2] for code in ("E23.0", "253.2", "V62.84", "E980.2", "44054006", "x")]
    ['icd-10', 'icd-9-cm', 'icd-9-cm', 'icd-9-cm', 'sct', 'None']
    """
    code = code.strip().upper()
    if _ICD10.fullmatch(code) and not code.startswith("V"):
        return ICD10
    if _ICD9.fullmatch(code):
        return ICD9
    return SNOMED if _SNOMED.fullmatch(code) else None


def named(called: str | None) -> str | None:
    """
    The address of a code system by what people call it; an address is itself.

    >>> named("ICD-10-CM"), named("SNOMED CT"), named("urn:oid:2.16"), named("local")
    ('http://hl7.org/fhir/sid/icd-10', 'http://snomed.info/sct', 'urn:oid:2.16', 'local')
    """
    if not called:
        return None
    return _CALLED.get(re.sub(r"[^a-z0-9]", "", called.lower()), called)
