"""
NHS numbers: is it one, and does its check digit hold?

    check = 11 − (10 d₁ + 9 d₂ + … + 2 d₉) mod 11;   11 becomes 0;   10 is never issued

Ten ASCII digits, written 9999999999, 999 999 9999 or 999-999-9999. A wrong number is kept and marked; nobody is
ever matched by it. Source: NHS Data Dictionary, NHS NUMBER.

    >>> state("9434765919"), state("401 023 2137"), state("3478526985"), state("123 456 789"), state(None)
    ('valid', 'valid', 'invalid', 'invalid', 'absent')
"""

from __future__ import annotations

import re

SYSTEM = "https://fhir.nhs.uk/id/nhs-number"
"""Compared in lower case: both spellings of the folder, Id and id, are met."""

_SPELLINGS = re.compile(r"[0-9]{10}|[0-9]{3} [0-9]{3} [0-9]{4}|[0-9]{3}-[0-9]{3}-[0-9]{4}")


def plain(text: str | None) -> str | None:
    """The ten digits of a well-written number; anything else as it stands, without blanks around it."""
    if text is None or not text.strip():
        return None
    text = text.strip()
    return re.sub("[ -]", "", text) if _SPELLINGS.fullmatch(text) else text


def state(text: str | None) -> str:
    """'valid', 'invalid' or 'absent'."""
    digits = plain(text)
    if digits is None:
        return "absent"
    if not re.fullmatch("[0-9]{10}", digits):
        return "invalid"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return "valid" if (11 - total % 11) % 11 == int(digits[9]) else "invalid"
