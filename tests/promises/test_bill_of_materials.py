"""The bill of materials is of what is locked, in the form that others read, with nothing in it that we may not ship."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from docs import bill_of_materials
from docs.bill_of_materials import ROOT

BILL = (ROOT / "deploy/sbom.cdx.json").read_text()
PARTS = json.loads(BILL)["components"]
READS = JsonStrictValidator(SchemaVersion.V1_6)


NOT_SHIPPED = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public")


def under(part: dict) -> list[str]:
    return [each.get("expression") or each["license"].get("id") or each["license"]["name"] for each in part["licenses"]]


def test_it_names_each_package_that_is_locked_and_each_file_taken_in():
    locked = set(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    assets = json.loads((ROOT / "deploy/assets/package-lock.json").read_text())["packages"]
    taken_in = {(path.removeprefix("node_modules/"), each["version"]) for path, each in assets.items() if path}
    assert {(part["name"], part["version"]) for part in PARTS} == locked | taken_in


def test_it_is_valid_cyclonedx():
    assert READS.validate_str(BILL) is None
    assert READS.validate_str(BILL.replace('"type": "library"', '"type": "thing"', 1)) is not None


def test_every_package_is_needed_by_something():
    needed = {each for one in json.loads(BILL)["dependencies"] for each in one.get("dependsOn", ())}
    of_another_version = {"numpy"}  # two are locked, one for each Python
    assert {part["name"] for part in PARTS if part["bom-ref"] not in needed} <= of_another_version


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["name"])
def test_nothing_is_under_a_licence_that_the_running_site_may_not_be_made_of(part):
    assert [
        licence for licence in under(part) if re.search(r"\bA?GPL|Affero|(?<!Lesser )General Public", licence)
    ] == []


def test_a_package_that_says_no_licence_is_not_passed_over(monkeypatch):
    monkeypatch.setattr(bill_of_materials, "READ_BY_HAND", {})
    with pytest.raises(KeyError, match="resvg-py does not say its licence"):
        bill_of_materials.licences("resvg-py")
