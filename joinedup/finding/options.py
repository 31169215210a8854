"""The rule that the options of `joinedup find` say, as one that is written down."""

from __future__ import annotations

from joinedup.finding.rule_file import WrittenRule, parsed
from joinedup.rule import Rule

_TEXT = """\
name = "Options of joinedup find"
version = "aged {aged}, {conditions} conditions, {organisations} organisations, {within}"
purpose = "{sentence}"
author = "joinedup find"
written_on = 2026-11-26
why = "The options that were given."
within = "{within}"
dead_too = {dead_too}

[[all]]
measure = "age"
at_least = {aged}
"""

_CRITERION = """
[[all]]
measure = "{measure}"
at_least = {at_least}
"""


def as_written(rule: Rule) -> WrittenRule:
    """
    The same rule as a file would say it.

    >>> as_written(Rule(aged=80, conditions=2, organisations=2, within_months=12)).criteria.words()
    'aged at least 80 and at least 2 conditions and at least 2 organisations in 12 months'
    """
    text = _TEXT.format(
        aged=rule.aged,
        conditions=rule.conditions,
        organisations=rule.organisations,
        within="ever" if rule.within_months is None else f"{rule.within_months} months",
        dead_too=str(rule.dead_too).lower(),
        sentence=rule.sentence(),
    )
    asked = {
        "conditions with past ones" if rule.resolved_too else "conditions": rule.conditions,
        "organisations": rule.organisations,
    }
    # At least none asks nothing, of those either of whom it cannot be told how many.
    text += "".join(_CRITERION.format(measure=name, at_least=number) for name, number in asked.items() if number)
    return parsed(text, "options")
