"""What was measured: one line each, printed as a table and written to docs/reference/benchmarks.md."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Result:
    """
    One figure, and beside it that of a peer or limit measured in the same run. `better` is "more" or "less", and
    says how their ratio is to be read.
    """

    about: str
    place: str
    ours: float
    peer: float | None
    unit: str
    against: str = ""
    note: str = ""

    @property
    def ratio(self) -> str:
        return "" if not self.peer else f"{self.ours / self.peer:.2f}"


def told(results: Iterable[Result]) -> None:
    """Hand results from the process that measured them to the one that writes them down."""
    print(json.dumps([asdict(result) for result in results]))


def heard(output: str) -> list[Result]:
    return [Result(**fields) for fields in json.loads(output.splitlines()[-1])]


def table(results: Iterable[Result]) -> str:
    head = ("What", "On", "Manyhands", "Unit", "Beside it", "Ratio", "Note")
    rows = [
        (
            r.about,
            r.place,
            _number(r.ours),
            r.unit,
            f"{r.against}: {_number(r.peer)}" if r.peer else "",
            r.ratio,
            r.note,
        )
        for r in results
    ]
    return table_of(head, rows)


def table_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its columns one under the other."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [head, tuple("-" * width for width in widths), *rows]
    ]
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


MEASURES_PART, READING, WORKSPACE = PARTS = "measures", "reading", "workspace"


def write(part: str, words: str) -> None:
    """Write one part of the page, and leave the others as they are."""
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = {name: _part(before, name) for name in PARTS} | {part: words.strip()}
    marked = [f"{_mark(name)}\n\n{said}\n" for name, said in parts.items() if said]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join([HEAD, *marked]), encoding="utf-8")


def _mark(part: str) -> str:
    return f"<!-- {part}, from here on -->"


def _part(page: str, name: str) -> str:
    """One part of the page as it was written last; nothing where it has none."""
    _, _, after = page.partition(_mark(name))
    return after.partition("<!-- ")[0].strip()


HEAD = """# Benchmarks

Written by `make bench`, which measures everything on this page again. Figures on another machine will be others; what
is to be compared is the ratio of two that were measured in the same run. These are of a shared virtual machine with two
cores whose disk, when idle, answers a request to write in about 0.2 ms.
"""

ABOUT = """## The workspace

- **Recording**: acts of some 240 characters of words through `record`: turn, rules, entry, words, chain, commit. Beside
  it, one INSERT of a row of the same size and its commit, on the same database and connection, turn and turn about,
  fifty at a time; the median of 25 rounds. SQLite waits for the disk at each commit (`synchronous=FULL`), PostgreSQL
  as it does by default. "A long history" is a team with 10,000 acts before. Eight writers are eight processes for five
  seconds; the longest wait is that of any one act of any of them. The bare INSERT has no queue: on SQLite one of
  its eight writers does nearly all, and the others wait to the end.
- **Folding**: 10,000 acts of one team, from `benchmarks/history.py`, read from the database and folded into how things
  stand. Beside it, a loop that only decodes the same payloads from JSON, and makes nothing of them.
- **The board**: the whole page, asked for by a member and answered by the site in this process, when the team has 10
  acts and when it has 10,000.
- **A meeting**: sixty people with one meeting's page open, who ask once a second as the page does; an act every 0.7
  seconds for 40 seconds. From the moment that the act is kept to the last byte of the answer that shows it, over every
  act and every screen. Beside it, the second until a browser asks.
"""
