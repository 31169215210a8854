"""The documents name what exists."""

import re
from pathlib import Path

import pytest

from tests.promises.tracked import ROOT, files

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
DOCUMENTS = files("*.md")
KINDS = r"(?:py|md|toml|txt|html|css|js|json|in|sh|png|svg|csv|parquet|ndjson)"


def named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def test_the_readme_has_its_two_commands_and_they_exist() -> None:
    readme = (ROOT / "README.md").read_text()

    for command in ("demo", "test"):
        assert f"make {command}" in readme
        assert command in TARGETS


def test_the_check_before_a_change_is_taken_is_make_test() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text()


def test_the_readme_is_one_screen() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 60


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_make_command_in_a_document_exists(document: Path) -> None:
    asked = set(re.findall(r"`(?:[A-Z]+=\S+ )*make ([a-z-]+)", document.read_text()))

    assert asked - TARGETS == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_in_a_document_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text())
    inside = [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]

    assert [link for link in inside if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_file_of_ours_that_a_document_names_exists(document: Path) -> None:
    """`manyhands/log/read.py` and the like, with a folder of ours in front; `var/` is made while running."""
    ours = r"(?:manyhands|joinedup|demo|tests|docs|deploy|benchmarks|\.ci)"
    asked = re.findall(rf"`({ours}/[\w./-]+\.{KINDS})`", document.read_text())

    assert [name for name in asked if not (ROOT / name).exists()] == []
