"""A rule to start from: one that is shipped, with everything that a criterion can ask listed below it."""

from __future__ import annotations

from joinedup.finding.criteria import BOUNDS
from joinedup.finding.measurable import MEASURES
from joinedup.finding.rule_file import shipped

USUAL = "care-in-pieces"


def to_start_from(name: str = USUAL) -> str:
    """The text of a shipped rule, and what else it could ask. Raises BadRule for one that is not shipped."""
    return f"{shipped(name).text.rstrip()}\n\n{_everything()}"


def _everything() -> str:
    lines = [
        'What a criterion can ask. Where levels stand in brackets, choose one with by = "practitioner", say.',
        "",
    ]
    for each in MEASURES:
        levels = f" ({', '.join(each.levels)})" if each.levels else ""
        on_the_day = "" if each.looks_back else " (no within)"
        lines.append(f"{each.name}: {each.what}{levels}{on_the_day}")
    lines += [
        "",
        f"Bounds: {', '.join(BOUNDS)}; of what is yes or no, is = true or is = false.",
        "Put together: [[all]] of these, at least one of [[any]], none of [[not]]. Inside another, as [[all.any]].",
        'Look back with within = "12 months", "2 years" or "ever", at the head or in a criterion.',
        "Give the rule another version whenever it asks something else: lists are compared by it.",
    ]
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)
