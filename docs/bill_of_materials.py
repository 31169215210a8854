"""
The bill of materials, deploy/sbom.cdx.json: each package that the running site is made of, with its version, its
licence and what it needs in turn, as CycloneDX. What is locked says which; what is installed says under what licence.
"""

import base64
import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
ASKS_FOR_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")
BY_CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?(.+)")
# These say nothing that could be read here: one is installed on Windows only, the other has it in a file.
READ_BY_HAND = {"colorama": "BSD-3-Clause", "resvg-py": "MIT"}


def page() -> str:
    """Raises KeyError where neither a package nor READ_BY_HAND says a licence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    whole = _component("manyhands", project["version"], [project["license"]["text"]], ComponentType.APPLICATION)
    parts: dict[str, Component] = {}
    bill = Bom(serial_number=uuid5(NAMESPACE_URL, (ROOT / "requirements.txt").read_text()))
    bill.metadata.component = whole
    bill.metadata.timestamp = None  # type: ignore[assignment]  # it is as old as what is locked
    for name, version in LOCKED.findall((ROOT / "requirements.txt").read_text()):
        part = _component(name, version, licences(name), ComponentType.LIBRARY, "pypi")
        bill.components.add(part)
        parts.setdefault(name, part)
    asked = [Requirement(line.split("#")[0]) for line in _lines(ROOT / "requirements.in")]
    bill.register_dependency(whole, [parts[each.name.lower()] for each in asked])
    extras = {each.name: each.extras for each in asked}
    for name, part in parts.items():
        bill.register_dependency(
            part, [parts[needed] for needed in _needed(name, extras.get(name, set())) if needed in parts]
        )
    for path, package in json.loads((ROOT / "deploy/assets/package-lock.json").read_text())["packages"].items():
        if path:
            name = path.removeprefix("node_modules/")
            digest = HashType(alg=HashAlgorithm.SHA_512, content=_hexadecimal(package["integrity"]))
            part = _component(name, package["version"], [package["license"]], ComponentType.LIBRARY, "npm", digest)
            bill.components.add(part)
            bill.register_dependency(whole, [part])
    return JsonV1Dot6(bill).output_as_string(indent=1) + "\n"


def licences(name: str) -> list[str]:
    """As SPDX expressions where the package has them as such, or else in its own words."""
    if name in READ_BY_HAND:
        return [READ_BY_HAND[name]]
    said = importlib.metadata.metadata(name)
    if expression := said.get("License-Expression"):
        return [expression]
    if said.get("License") and len(said["License"]) < 40:
        return [said["License"]]
    named = [BY_CLASSIFIER.fullmatch(each) for each in said.get_all("Classifier") or []]
    if found := [each[1] for each in named if each]:
        return found
    raise KeyError(f"{name} does not say its licence: read it, and write it in READ_BY_HAND")


def _component(
    name: str, version: str, under: list[str], kind: ComponentType, where: str = "", digest: HashType | None = None
) -> Component:
    return Component(
        name=name,
        version=version,
        type=kind,
        bom_ref=f"{where or 'project'}:{name}@{version}",
        licenses=[LicenseFactory().make_from_string(each) for each in under],
        purl=PackageURL(where, None, name, version) if where else None,
        hashes=[digest] if digest else [],
    )


def _needed(name: str, extras: set[str]) -> Iterator[str]:
    """The packages that a package needs, on any system, with the extras that are asked for."""
    try:
        said = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:  # it is for another system
        return
    for line in said:
        only_for = set(ASKS_FOR_EXTRA.findall(line))
        if not only_for or only_for & extras:
            yield re.sub(r"[-_.]+", "-", Requirement(line).name).lower()


def _hexadecimal(integrity: str) -> str:
    return base64.b64decode(integrity.removeprefix("sha512-")).hex()


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
