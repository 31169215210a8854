"""The hazard log is kept to: each control names tests that there are, and no score is guessed."""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
HAZARDS: list[dict[str, Any]] = tomllib.loads((ROOT / "docs/safety/hazards.toml").read_text())["hazard"]
SAID_OF_EACH = ("id", "name", "description", "causes", "effect", "harm", "owner", "status")
SCORES = {"severity_before", "likelihood_before", "severity_after", "likelihood_after"}
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
    assert hazard.keys() & SCORES in (set(), SCORES)
    assert hazard["status"] == "open" or hazard.keys() >= SCORES


@pytest.mark.parametrize(
    ("hazard", "control"), CONTROLS, ids=[f"{id} {control['what'][:50]}" for id, control in CONTROLS]
)
def test_a_control_names_tests_that_there_are(hazard: str, control: dict[str, Any]) -> None:
    assert control["what"]
    assert control["tests"]
    for named in control["tests"]:
        path, _, test = named.partition("::")
        assert test in named_in(path), f"{hazard} names {named}, and there is no such test"
