"""Nothing in the repository holds of one machine only, or says where packages are to be fetched."""

import json
import re

import pytest

from tests.promises.tracked import ROOT, files, texts

# Joined here, so that this file does not hold what it forbids.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
PACKAGE_FILES = re.compile(r"https?://[^ \"')]+\.(whl|tar\.gz|tgz)\b")
MACHINE_PATHS = re.compile(r"(^|[^a-zA-Z0-9_.-])/(work|root|tmp/[a-z]+|home/[a-z]+)/")
INDEX_SETTINGS = re.compile(r"--(extra-)?index-url|--find-links")
FORBIDDEN_NAMES = re.compile(r"(utils?|helpers?|common|core|base|managers?|services?|misc)\.py")
LOCKS = [
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-spark.txt",
    "requirements-peers.txt",
    "deploy/assets/package-lock.json",
]


def test_no_file_names_a_registry_or_a_package_file() -> None:
    found = [
        f"{name}: {said}"
        for name, text in texts()
        for said in [*(host for host in REGISTRIES if host in text), *PACKAGE_FILES.findall(text)]
    ]

    assert found == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    kinds = ("*.py", "*.md", "*.toml", "*.sh", "*.html", "*.txt", "*.yml", "*.yaml", "Makefile", ".ci/*")
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts(*kinds)
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_names_versions_and_hashes_only(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert not INDEX_SETTINGS.search(text)
    assert '"resolved"' not in text


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_locked_to_one_version_with_hashes(lock: str) -> None:
    packages = [part for part in re.split(r"\n(?=\S)", (ROOT / lock).read_text()) if part.strip()]

    assert [part.split("\n")[0] for part in packages if "==" not in part or "--hash=sha256:" not in part] == []


def test_the_lock_for_users_and_the_lock_for_developers_agree() -> None:
    def versions(lock: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / lock).read_text(), re.MULTILINE))

    users, developers = versions("requirements.txt"), versions("requirements-dev.txt")

    assert users.items() <= developers.items()


def test_npm_is_told_to_lock_without_addresses() -> None:
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "deploy/assets/.npmrc").read_text()
    packages = json.loads((ROOT / "deploy/assets/package-lock.json").read_text())["packages"]
    assert all("integrity" in each for name, each in packages.items() if name)


def test_files_are_named_for_what_they_do() -> None:
    assert [str(file.relative_to(ROOT)) for file in files("*.py") if FORBIDDEN_NAMES.fullmatch(file.name)] == []
