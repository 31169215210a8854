"""The hazard log is kept to: each control names tests that there are, and no score is guessed."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docs.safety_case import LIKELIHOODS, ROOT, SCORES, SEVERITIES, UNACCEPTABLE_FROM, hazards, risk, risk_of

HAZARDS = hazards()
SAFETY = ROOT / "docs" / "safety"
SAID_OF_EACH = ("id", "name", "description", "causes", "effect", "harm", "owner", "status")
CONTROLS = [(hazard["id"], control) for hazard in HAZARDS for control in hazard.get("control", ())]


@cache
def named_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.is_file():
        return set()
    named = (node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef))
    return {name for name in named if name.startswith("test_")}


def test_the_hazards_are_numbered_without_a_gap() -> None:
    assert [hazard["id"] for hazard in HAZARDS] == [f"H{number}" for number in range(1, len(HAZARDS) + 1)]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_a_hazard_says_everything_and_has_a_control_or_says_why_not(hazard: dict[str, Any]) -> None:
    assert [said for said in SAID_OF_EACH if not hazard.get(said)] == []
    assert hazard["status"] in ("open", "closed", "transferred")
    assert bool(hazard.get("control")) != bool(hazard.get("no_control_because"))


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_scores_are_all_set_or_none_is(hazard: dict[str, Any]) -> None:
    assert hazard.keys() & set(SCORES) in (set(), set(SCORES))
    assert hazard["status"] == "open" or hazard.keys() >= set(SCORES)


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_no_hazard_is_closed_while_what_is_left_of_it_is_unacceptable(hazard: dict[str, Any]) -> None:
    before, after = risk_of(hazard, "before"), risk_of(hazard, "after")
    assert hazard["status"] != "closed" or (after is not None and after < UNACCEPTABLE_FROM)
    assert before is None or (after is not None and after <= before)


def test_the_risk_of_a_severity_and_a_likelihood_is_that_of_the_standard() -> None:
    assert [risk("catastrophic", likelihood) for likelihood in LIKELIHOODS] == [3, 4, 4, 5, 5]
    assert [risk(severity, "medium") for severity in SEVERITIES] == [2, 2, 3, 3, 4]
    with pytest.raises(ValueError, match="grave"):
        risk("grave", "low")


@pytest.mark.parametrize(
    ("hazard", "control"), CONTROLS, ids=[f"{id} {control['what'][:50]}" for id, control in CONTROLS]
)
def test_a_control_names_tests_that_there_are(hazard: str, control: dict[str, Any]) -> None:
    assert control["what"]
    assert control["tests"]
    for named in control["tests"]:
        path, _, test = named.partition("::")
        assert test in named_in(path), f"{hazard} names {named}, and there is no such test"


@pytest.mark.parametrize("page", sorted(SAFETY.glob("*.md")), ids=lambda page: page.name)
def test_every_test_that_a_page_on_safety_names_is_there(page: Path) -> None:
    named = re.findall(r"(tests/[\w/]+\.py)::(test_\w+)", page.read_text())
    assert [f"{path}::{test}" for path, test in named if test not in named_in(path)] == []
