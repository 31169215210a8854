"""What the tutorial on measuring shows is what the commands say."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.demo.conftest import Export

ROOT = Path(__file__).parent.parent.parent
TUTORIAL = (ROOT / "docs" / "tutorials" / "your-first-measure.md").read_text()
SHOWN = re.findall(r"^```\n\$ \.venv/bin/joinedup (.+)\n((?:(?!```).*\n)*)```", TUTORIAL, re.MULTILINE)


def says(command: str, folder: Path) -> list[str]:
    asked = [sys.executable, "-m", "joinedup", *shlex.split(command)]
    there = os.environ | {"COLUMNS": "110", "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(asked, cwd=folder, env=there, capture_output=True, text=True, timeout=120, check=True)
    return [line.rstrip() for line in answer.stdout.splitlines()]


def test_every_line_shown_in_the_tutorial_is_said_in_that_order(hathermere: Export, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "export").symlink_to(hathermere.folder)
    assert len(SHOWN) == 6

    for command, shown in SHOWN:
        said = iter(says(command, tmp_path))
        missing = [line for line in shown.splitlines() if line != "…" and line not in said]
        assert missing == [], command
