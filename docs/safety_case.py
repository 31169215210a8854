"""
The page docs/safety/safety-case.md: the Clinical Safety Case Report of DCB0129, as far as software can write it, from
the hazard log. What a Clinical Safety Officer has to say stands in it as not said.
"""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOG = ROOT / "docs" / "safety" / "hazards.toml"
SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOODS = ("very low", "low", "medium", "high", "very high")
# DCB0129, as NHS England's hazard log for UK Core has it: a row for each likelihood, a column for each severity.
RISKS = ((1, 1, 2, 2, 3), (1, 2, 2, 3, 4), (2, 2, 3, 3, 4), (2, 3, 3, 4, 5), (3, 4, 4, 5, 5))
UNACCEPTABLE_FROM = 4
SCORES = ("severity_before", "likelihood_before", "severity_after", "likelihood_after")
Hazard = dict[str, Any]


def hazards() -> list[Hazard]:
    return list(tomllib.loads(LOG.read_text())["hazard"])


def risk(severity: str, likelihood: str) -> int:
    """From 1, acceptable, to 5, unacceptable. Raises ValueError for a word that is none of the scale."""
    for word, scale in ((severity, SEVERITIES), (likelihood, LIKELIHOODS)):
        if word not in scale:
            raise ValueError(f"“{word}” is none of {', '.join(scale)}")
    return RISKS[LIKELIHOODS.index(likelihood)][SEVERITIES.index(severity)]


def risk_of(hazard: Hazard, when: str) -> int | None:
    """`when` is "before" or "after" the controls. None until the Clinical Safety Officer has set it."""
    if f"severity_{when}" not in hazard:
        return None
    return risk(hazard[f"severity_{when}"], hazard[f"likelihood_{when}"])


def page() -> str:
    log = hazards()
    lines = [_opening(log), *_table(log), *(line for hazard in log for line in _of(hazard)), *_left(log)]
    return "\n".join(lines).rstrip() + "\n"


def _opening(log: list[Hazard]) -> str:
    controls = [control for hazard in log for control in hazard.get("control", ())]
    tests = {test for control in controls for test in control["tests"]}
    unscored = [hazard["id"] for hazard in log if risk_of(hazard, "before") is None]
    scored = (
        f"The risk of {_counted(unscored, 'hazard')} has not been scored by a Clinical Safety Officer."
        if unscored
        else "The risk of each hazard has been scored by the Clinical Safety Officer."
    )
    return f"""# Clinical safety case

Written from [`hazards.toml`](hazards.toml) by `make docs`; do not edit. It is the part of a Clinical Safety Case Report
(DCB0129) that software can show by itself.

**Not approved.** No Clinical Safety Officer has signed it, and nothing here says that the software is safe to use with
real patients. {scored}

## What it is about

Manyhands is a workspace in which people from several health and care organisations find patients whose care is in
pieces, decide together, hold what follows in roles with deputies, hand over, and follow up. It supports how care is
organised. It does not diagnose, does not work out a dose or a score that treatment follows from, and gives no advice
about the treatment of one patient. How its risks are managed is in [risk-management.md](risk-management.md).

## The argument

1. What could go wrong for somebody's care is known: {_counted(log, "hazard")}, each with its causes, effect and harm.
2. Against each there is at least one control, or it says that there is none and why: {_counted(controls, "control")}
   in all.
3. Each control works in this version: {_counted(tests, "test")} named below ran and passed, or this version would not
   have been taken. A test that is missing fails the build, as one that fails does.
4. What is left is for people: to score it, to accept it or not, and to control what depends on how the software is
   used.

## The hazards
"""


def _table(log: list[Hazard]) -> list[str]:
    lines = ["| | hazard | controls | risk before | risk after | status |", "| --- | --- | --- | --- | --- | --- |"]
    for hazard in log:
        before, after = (risk_of(hazard, when) or "not set" for when in ("before", "after"))
        controls = len(hazard.get("control", ())) or "none"
        named = f"[{hazard['id']}](#{_anchor(hazard)}) | {hazard['name']}"
        lines += [f"| {named} | {controls} | {before} | {after} | {hazard['status']} |"]
    return [*lines, ""]


def _of(hazard: Hazard) -> list[str]:
    lines = [f"### {hazard['id']} {hazard['name']}", "", hazard["description"], ""]
    lines += [
        f"- Causes: {'; '.join(hazard['causes'])}.",
        f"- Effect: {hazard['effect']}",
        f"- Harm: {hazard['harm']}",
        "",
    ]
    for number, control in enumerate(hazard.get("control", ()), 1):
        lines += [f"{number}. {control['what']}", *(f"   - `{test}`" for test in control["tests"])]
    if why := hazard.get("no_control_because"):
        lines += [f"**No control:** {why}."]
    return [*lines, ""]


def _left(log: list[Hazard]) -> list[str]:
    lines = ["## What is left", ""]
    for hazard in log:
        if why := hazard.get("no_control_because"):
            lines += [f"- {hazard['id']} {hazard['name']}: nothing against it, since {why}."]
    lines += [
        "- Severity and likelihood, before and after the controls, and whether what is left is acceptable: for the",
        "  Clinical Safety Officer.",
        "- Training, cover while people are away, devices left open, printed pages, and what to do while the site is",
        "  not there: for the deploying organisation, under DCB0160.",
        "",
        "## Approval",
        "",
        "| | name | registration | date | signature |",
        "| --- | --- | --- | --- | --- |",
        "| Clinical Safety Officer | | | | |",
        "| Released by | | | | |",
    ]
    return lines


def _counted(things: Any, what: str) -> str:
    return f"{len(things)} {what}{'' if len(things) == 1 else 's'}"


def _anchor(hazard: Hazard) -> str:
    kept = "".join(c for c in f"{hazard['id']} {hazard['name']}".lower() if c.isalnum() or c in " -")
    return kept.replace(" ", "-")
