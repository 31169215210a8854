"""FHIR lines to Parquet: what `benchmarks/reading.py` measures on one core, and what was to be reached."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measures.page import Target, reached_of
from benchmarks.results import Result, heard, table

TO_REACH = {"simdjson": 0.35, "fhir.resources": 100.0}
"""Times the rate of each, at least."""

ABOUT = """## Reading FHIR

Lines of FHIR to Parquet on one core, in megabytes of lines for each second of the processor; `benchmarks/reading.py`
says who does what. "Reading" is reading alone, up to Parquet; the whole load also merges, and finishes every table.
"""


def measured() -> str:
    """The part of the page, as Markdown."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", "--told"], stdout=subprocess.PIPE, text=True, check=True
    )
    results = heard(done.stdout)
    rows = [(each.about, target) for each in results if each.about.endswith("reading") for target in _targets(each)]
    return f"{ABOUT}\n{reached_of(rows)}\n\n{table(results)}\n"


def _targets(result: Result) -> list[Target]:
    return [
        Target(f"times {result.against}, at least", wanted, result.ours / result.peer, at_least=True)
        for name, wanted in TO_REACH.items()
        if result.peer and result.against.startswith(name)
    ]
