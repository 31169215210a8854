"""What we ship of others' work is as we took it, with its licence, and complete."""

import hashlib
import json
import re

from tests.promises.tracked import ROOT

STATIC = ROOT / "manyhands" / "workspace" / "static"
DIGESTS: dict[str, str] = json.loads((STATIC / "digests.json").read_text())


def test_every_file_taken_from_elsewhere_is_as_it_was_written_down() -> None:
    there = {
        file.relative_to(STATIC).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for part in ("htmx", "nhsuk")
        for file in (STATIC / part).rglob("*")
        if file.is_file()
    }

    assert there == DIGESTS


def test_each_comes_with_its_licence() -> None:
    assert "Permission is hereby granted" in (STATIC / "nhsuk" / "LICENCE.txt").read_text()
    assert "Permission to use, copy, modify" in (STATIC / "htmx" / "LICENCE.txt").read_text()


def test_style_sheets_ask_for_nothing_from_elsewhere() -> None:
    for sheet in STATIC.rglob("*.css"):
        text = sheet.read_text()
        assert "@font-face" not in text, f"{sheet.name} brings a font that is not ours to use"
        assert "sourceMappingURL" not in text
        for address in re.findall(r"url\(([^)#]+)\)", text):
            assert (sheet.parent / address).is_file(), f"{sheet.name} asks for {address}"


def test_the_versions_are_a_pair() -> None:
    """nhsuk-frontend-jinja's README: 0.10.2 goes with nhsuk-frontend 10.6.1."""
    package = json.loads((ROOT / "deploy" / "assets" / "package.json").read_text())

    assert package["dependencies"]["nhsuk-frontend"] == "10.6.1"
    assert "nhsuk-frontend-jinja==0.10.2" in (ROOT / "requirements.in").read_text()
