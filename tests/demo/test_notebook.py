"""The notebook tutorial runs from its first cell to its last, in an empty folder, and holds no output of anybody's."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "tutorials" / "how-joined-up-is-a-place.ipynb"


def cells(kind: str) -> list[dict[str, Any]]:
    read = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return [cell for cell in read["cells"] if cell["cell_type"] == kind]


def run(source: str, names: dict[str, Any]) -> Any:
    """What a cell of ours does, and the value of its last line, as a notebook shows it."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(NOTEBOOK), "exec"), names)  # noqa: S102
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names)  # noqa: S307


def test_every_cell_runs_and_shows_what_the_words_beside_it_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}

    shown = [run("".join(cell["source"]), names) for cell in cells("code")]

    contacts, continuity, hand_offs, slowest, leaving, chart, _, _ = shown
    assert contacts > 10_000
    assert 0 < continuity.loc["mean", "coc"] < 1
    assert len(hand_offs) == 5
    assert slowest["from_name"].tolist() == ["General practice"]
    assert len(leaving) == 5
    assert chart._repr_svg_().startswith("<svg")
    assert "people" in capsys.readouterr().out
    assert (tmp_path / "hathermere.html").stat().st_size > 10_000


def test_it_is_kept_without_outputs() -> None:
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells("code"))
