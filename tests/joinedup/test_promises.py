"""What the documents and the code promise of each other."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import sys
from pathlib import Path

import pytest

import joinedup
from joinedup.measures import (
    admissions,
    age,
    before_and_after,
    charted,
    coc,
    conditions,
    contacts_of_each,
    falls,
    follow_through,
    groups,
    hand_offs,
    hfrs,
    leading,
    leading_and_following,
    leading_over_time,
    leading_shared,
    longest_wait,
    mmci,
    multimorbidity,
    networks,
    of_each,
    reach,
    referrals,
    resting_on_one,
    returns_of_each,
    secon,
    ties_over_time,
    upc,
    who_leads,
)
from joinedup.records import merging, tables
from joinedup.records.fhir.reader import KEPT
from joinedup.records.parts import SCHEMAS

ROOT = Path(__file__).parents[2]
MODULES = [
    name for _, name, _ in pkgutil.walk_packages(joinedup.__path__, "joinedup.") if not name.endswith("__main__")
]
MEASURES = (
    *(conditions, contacts_of_each, groups, longest_wait, resting_on_one, returns_of_each),
    *(coc, upc, secon, mmci, hand_offs, hfrs, multimorbidity, age, falls, admissions),
    *(leading, leading_shared, who_leads, reach, leading_and_following, follow_through, leading_over_time),
    *(before_and_after, charted, of_each, referrals, networks, ties_over_time),
)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for_and_its_examples_are_true(name: str) -> None:
    module = importlib.import_module(name)

    assert module.__doc__
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("measure", MEASURES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_every_measure_gives_unit_direction_need_source_beware_and_example(measure: object) -> None:
    says = measure.__doc__ or ""

    for heading in ("Unit", "Better", "Needs", "Source", "Beware", "Example"):
        assert re.search(rf"^{heading} {{2,}}\S", says, re.MULTILINE), heading


@pytest.mark.parametrize(
    ("measure", "example"), [(coc, 0.5), (upc, 0.75), (secon, 1 / 3), (mmci, 0.6774), (hand_offs, 2)]
)
def test_the_example_in_each_measures_docstring_holds(measure: object, example: float) -> None:
    seen = ["practice", "practice", "hospital", "practice"]

    assert measure.plainly(seen) == pytest.approx(example, abs=5e-5)  # type: ignore[attr-defined]


def test_the_reference_page_is_the_one_that_the_tables_declare() -> None:
    page = ROOT / "docs" / "reference" / "records.md"

    assert page.read_text(encoding="utf-8") == tables.reference()


def test_every_column_that_refers_names_a_table() -> None:
    for table in tables.READ_TABLES:
        for column in table.columns:
            assert set(column.refers) <= set(tables.BY_NAME), f"{table.name}.{column.name}"


def test_every_kept_type_has_a_table_and_every_table_a_type() -> None:
    in_other_formats_only = {"OrganizationAffiliation", "Act", "Tie", "NetworkMember"}

    assert set(KEPT) | in_other_formats_only == set(merging._FHIR_TYPES.values())
    assert {table.name for table in tables.READ_TABLES} <= set(SCHEMAS)


@pytest.mark.parametrize("path", sorted((ROOT / "joinedup").rglob("*.py")), ids=lambda path: path.name)
def test_joinedup_needs_neither_the_web_nor_the_workspace(path: Path) -> None:
    needed = {"duckdb", "pyarrow", "msgspec", "rich", "click", "numpy", "numba", "resvg_py", "joinedup"}
    allowed = needed | sys.stdlib_module_names
    imported = set()
    extras = {"pyspark", "pandas", "polars"}  # only where they are asked for, inside a function
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node) for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.If) for node in ast.walk(each)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])

        if id(node) in inside:
            imported -= extras

    assert imported <= allowed
