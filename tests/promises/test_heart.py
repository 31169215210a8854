"""
The heart is the same wherever and whenever it runs: acts, rules, counting and pictures read no clock, open no file,
draw no lots and ask no system. Time, identity and chance come in at the edge, as fields of the act.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.tracked import ROOT, files

HEART = files(
    "manyhands/acts.py",
    "manyhands/who.py",
    "manyhands/rules/*.py",
    "manyhands/counting/*.py",
    "manyhands/pictures/*.py",
)
MODULES = {"django", "time", "random", "secrets", "uuid", "os", "pathlib", "io", "socket", "subprocess", "sqlite3"}
CALLS = {"now", "utcnow", "today", "open", "input", "print", "eval", "exec", "read_text", "write_text", "uuid4"}


@pytest.mark.parametrize("file", HEART, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_heart_reads_no_clock_and_opens_no_file(file: Path) -> None:
    assert list(reaches_out(ast.parse(file.read_text()))) == []


def test_the_heart_is_looked_at() -> None:
    assert len(HEART) > 5


def test_a_clock_would_be_seen() -> None:
    outside = "import time\nfrom datetime import datetime\ndatetime.now()\nopen('x')\nfrom os.path import join\n"

    assert len(list(reaches_out(ast.parse(outside)))) == 4


def reaches_out(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            names = []
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", None) or getattr(called, "id", None)
            if name in CALLS:
                yield f"line {node.lineno}: calls {name}"  # type: ignore[attr-defined]  # a call has a line
        yield from (f"line {node.lineno}: imports {name}" for name in names if name.split(".")[0] in MODULES)  # type: ignore[attr-defined]
