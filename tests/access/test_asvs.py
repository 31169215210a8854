"""Every test that an item of OWASP ASVS, or a promise of access, points to is there."""

import ast
from pathlib import Path

import pytest

from tests.access.asvs import AIMED_AT, SHOWN
from tests.access.proofs import PROOFS

ROOT = Path(__file__).parent.parent.parent


def named_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


@pytest.mark.parametrize(("item", "tests"), [*SHOWN.items(), *PROOFS.items()])
def test_each_item_is_shown_by_tests_that_are_there(item: str, tests: tuple[str, ...]) -> None:
    assert tests
    for which in tests:
        file, _, name = which.partition("::")
        assert (ROOT / file).is_file(), f"{item} points to {file}, which is not there"
        assert name in named_in(ROOT / file), f"{item} points to {name}, which is not in {file}"


def test_every_item_aimed_at_is_shown_and_nothing_is_shown_twice() -> None:
    assert sorted(AIMED_AT) == sorted(SHOWN)
