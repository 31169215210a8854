"""docs/how-to/find-people.md: every command in it is run, in order, and says what the page says it does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from joinedup.finding.rule_file import SHIPPED, parsed, shipped

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "find-people.md").read_text(encoding="utf-8")
CONSOLE = [block.splitlines() for block in re.findall(r"^```\n(\$ .*?)^```", PAGE, re.DOTALL | re.MULTILINE)]


def told() -> list[tuple[str, list[str]]]:
    """Each command of the page, with the lines that it is said to give."""
    commands: list[tuple[str, list[str]]] = []
    for line in (line for block in CONSOLE for line in block):
        if line.startswith("$ "):
            commands.append((line[2:], []))
        else:
            commands[-1][1].append(line)
    return commands


def as_said(lines: list[str]) -> str:
    """What a page says as a pattern: “…” stands for anything."""
    return "(?s:.*)".join(map(re.escape, "\n".join(lines).split("…")))


@pytest.mark.slow
def test_every_command_of_the_page_says_what_the_page_says(tmp_path: Path) -> None:
    for command, lines in told():
        runs = re.sub(r"^joinedup ", "python -m joinedup ", command)
        runs = re.sub(r"^python ", f"{shlex.quote(sys.executable)} ", runs)
        ran = subprocess.run(
            runs,
            shell=True,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "2000", "HOME": str(tmp_path)},
        )
        said = (ran.stdout + ran.stderr).rstrip("\n")

        assert not lines or re.fullmatch(as_said(lines), said), f"{command}\n{said}"


def test_the_rule_on_the_page_is_the_one_that_is_shipped() -> None:
    (written,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)

    rule = parsed(written, "page")

    assert (rule.digest, rule.name, rule.why) == tuple(
        getattr(shipped("care-in-pieces"), n) for n in ("digest", "name", "why")
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_names_every_rule_that_is_shipped(name: str) -> None:
    assert f"`{name}`" in PAGE
