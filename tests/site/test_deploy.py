"""What deploy/ says is so: commands that there are, settings that are read, and parts that fit each other."""

import configparser
import copy
import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from manyhands.__main__ import main

ROOT = Path(__file__).parent.parent.parent
KUBERNETES_VERSION = "1.37"
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KUBERNETES = list(yaml.safe_load_all((DEPLOY / "kubernetes" / "manyhands.yaml").read_text()))
UNITS = sorted((DEPLOY / "systemd").iterdir())
FILES = [DEPLOY / "Containerfile", DEPLOY / "compose.yaml", DEPLOY / "settings.example", DEPLOY / "Caddyfile", *UNITS]
OURS = [name for name, service in COMPOSE["services"].items() if service["image"] == "manyhands"]


def unit(file: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(file.read_text())
    return read


def pods() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The name of each thing that starts pods, its spec, and the template of its pods."""
    for each in KUBERNETES:
        if "template" in each["spec"]:
            yield each["metadata"]["name"], each["spec"], each["spec"]["template"]


def commands() -> Iterator[tuple[str, list[str]]]:
    """Everything that `manyhands` is asked to do, and where."""
    for name in OURS:
        yield f"compose.yaml, {name}", COMPOSE["services"][name]["command"]
    for name, _, template in pods():
        for container in template["spec"]["containers"]:
            yield f"kubernetes, {name}", container["args"]
            for probe in ("startupProbe", "readinessProbe"):
                if probe in container:
                    yield f"kubernetes, {name}, {probe}", container[probe]["exec"]["command"][1:]
    for file in UNITS:
        for line in re.findall(r"^Exec\w+=(.*)$", file.read_text(), flags=re.MULTILINE):
            words = shlex.split(line)
            words = shlex.split(words[2]) if words[0] == "/bin/sh" else words
            yield file.name, words[words.index("/opt/manyhands/bin/manyhands") + 1 :]
    for words in re.findall(r"^CMD \[(.*)\]$", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE):
        yield "Containerfile", [word.strip(' "') for word in words.split(",")]


@pytest.mark.parametrize(("where", "words"), [pytest.param(*each, id=each[0]) for each in commands()])
def test_every_command_is_one_that_there_is_with_options_that_it_takes(where: str, words: list[str]) -> None:
    command = main.commands[words[0]]
    command.make_context(words[0], list(words[1:]))


def test_every_setting_is_one_that_is_read() -> None:
    read = set(re.findall(r"MANYHANDS_\w+", (ROOT / "manyhands" / "site" / "settings.py").read_text()))
    used = {name for file in FILES for name in re.findall(r"MANYHANDS_\w+", file.read_text())}
    assert {"MANYHANDS_SECRET_KEY", "MANYHANDS_DATABASE"} <= used
    assert used <= read


def test_the_settings_to_fill_in_are_refused_until_they_are() -> None:
    """Nobody runs for real with the example: it has no key."""
    given = dict(line.split("=", 1) for line in (DEPLOY / "settings.example").read_text().splitlines() if "=" in line)
    assert given["MANYHANDS_PRODUCTION"] == "1"
    assert given["MANYHANDS_SECRET_KEY"] == given["POSTGRES_PASSWORD"] == ""
    assert f"manyhands:{given['SITE_PASSWORD']}@" in given["MANYHANDS_DATABASE"]
    filled = given | {"MANYHANDS_SECRET_KEY": secrets.token_urlsafe(50), "MANYHANDS_MAIL": "smtp://mail.example.org"}
    asked = "from django.conf import settings; from manyhands.site.unsafe import reasons; print(*reasons(settings))"
    for settings, says in ((given, "MANYHANDS_SECRET_KEY"), (filled, "")):
        environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "manyhands.site.settings", **settings}
        command = [sys.executable, "-c", asked]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert says in done.stdout + done.stderr
        assert says or (done.returncode, done.stdout.strip()) == (0, "")


def test_the_image_is_made_of_locked_packages_and_runs_as_nobody_in_particular() -> None:
    lines = (DEPLOY / "Containerfile").read_text()
    assert "--require-hashes -r requirements.txt" in lines
    assert re.search(r"^USER 10001$", lines, flags=re.MULTILINE)
    assert lines.index("USER 10001") < lines.index("ENTRYPOINT")
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", lines, flags=re.MULTILINE):
        for each in source.split():
            assert (ROOT / each).exists(), each
            assert f"!{each}" in (ROOT / ".dockerignore").read_text().split(), each


def test_in_compose_everything_that_is_named_is_there() -> None:
    services, volumes = COMPOSE["services"], COMPOSE["volumes"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (DEPLOY / source).exists() if source.startswith(".") else source in volumes, volume
    for name in OURS:
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    published = [name for name, service in services.items() if "ports" in service]
    assert published == ["proxy"]  # nothing but the proxy is to be got at from outside


def test_in_kubernetes_everything_that_is_named_is_there() -> None:
    claims = {each["metadata"]["name"] for each in KUBERNETES if each["kind"] == "PersistentVolumeClaim"}
    labels = []
    for name, spec, template in pods():
        labels.append(template["metadata"]["labels"])
        if "selector" in spec:
            assert spec["selector"]["matchLabels"].items() <= template["metadata"]["labels"].items(), name
        inside = template["spec"]
        there = {each["name"] for each in inside["volumes"]}
        asked = {each["persistentVolumeClaim"]["claimName"] for each in inside["volumes"] if "emptyDir" not in each}
        assert asked <= claims
        assert inside["securityContext"]["runAsNonRoot"] is True
        assert inside["automountServiceAccountToken"] is False
        for container in inside["containers"]:
            assert {each["name"] for each in container["volumeMounts"]} <= there, name
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert "memory" in container["resources"]["limits"]
    for kind in ("Service", "PodDisruptionBudget"):
        wanted = next(each for each in KUBERNETES if each["kind"] == kind)["spec"]["selector"]
        wanted = wanted.get("matchLabels", wanted)
        assert any(wanted.items() <= each.items() for each in labels), kind
    service = next(each for each in KUBERNETES if each["kind"] == "Service")
    ingress = next(each for each in KUBERNETES if each["kind"] == "Ingress")
    behind = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert behind["name"] == service["metadata"]["name"]
    assert behind["port"]["name"] in {each["name"] for each in service["spec"]["ports"]}


def test_pages_are_made_by_two_that_are_never_both_away() -> None:
    web = next(each for each in KUBERNETES if each["metadata"]["name"] == "manyhands-web")
    assert web["spec"]["replicas"] == 2
    assert web["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_every_unit_runs_as_a_user_of_its_own_and_writes_only_where_it_may(file: Path) -> None:
    read = unit(file)
    if file.suffix == ".timer":
        assert (DEPLOY / "systemd" / f"{file.stem}.service").is_file()
        return
    service = read["Service"]
    assert (service["User"], service["ProtectSystem"], service["NoNewPrivileges"]) == ("manyhands", "strict", "yes")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_takes_every_unit() -> None:
    """Only that the programme is not installed on this machine may be said against them."""
    asked = ["systemd-analyze", "verify", *map(str, UNITS)]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stderr.splitlines()
    ours = [line for line in said if "manyhands" in line and "is not executable" not in line]
    assert ours == []


def test_the_compose_file_is_as_the_compose_specification_has_it_and_a_slip_in_it_is_found(tmp_path: Path) -> None:
    slip = tmp_path / "compose.yaml"
    slip.write_text((DEPLOY / "compose.yaml").read_text().replace("healthcheck:", "heathcheck:", 1))
    for file, fits in ((DEPLOY / "compose.yaml", True), (slip, False)):
        asked = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(file)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is fits, done.stdout + done.stderr


def test_kubernetes_takes_every_manifest_and_a_slip_in_one_is_found() -> None:
    for each in KUBERNETES:
        kubernetes_validate.validate(each, KUBERNETES_VERSION, strict=True)
    web = copy.deepcopy(next(each for each in KUBERNETES if each["metadata"]["name"] == "manyhands-web"))
    web["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(web, KUBERNETES_VERSION, strict=True)
