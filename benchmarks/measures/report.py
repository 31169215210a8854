"""The whole report of a place: `joinedup report`, from the files of a store to the page, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measures.contacts import store_of
from benchmarks.measures.contest import Entrant, contest
from benchmarks.measures.entrant import Work
from benchmarks.measures.page import Row, Target

HERE = "benchmarks.measures.report"


def ours(store: str) -> Work:
    import resource

    out = Path(tempfile.gettempdir()) / "joinedup-benchmarks-report.html"

    def do() -> Any:
        subprocess.run(
            [sys.executable, "-m", "joinedup", "report", store, "--name", "Hathermere", "--out", str(out)], check=True
        )
        return out.read_text(encoding="utf-8")

    def answer(page: str) -> dict[str, Any]:
        assert page.rstrip().endswith("</html>")
        out.unlink()
        return {"characters": [len(page)]}

    return Work(do, answer, peak=lambda: resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def row(home: Path, contacts: int, rounds: int = 3) -> Row:
    store = store_of(contacts, home, whole=True)
    took = contest([Entrant("joinedup", f"{HERE}:ours", {"store": str(store)})], rounds)
    targets = (
        [
            Target("seconds, at most", 60, took[0].wall),
            Target("MB, at most", 2000, took[0].peak),
        ]
        if contacts == 10_000_000
        else []
    )
    return Row(f"The whole report, {contacts:,} contacts", took, targets)
