"""
What Python is answered with: a table, a picture or a page, each of which shows itself in a notebook.

Every table comes with the sentences that must be read with it (`said`), and gives its rows as Arrow, pandas or polars.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from joinedup.cli.answers import Answer, as_json, as_measure_report
from joinedup.cli.writing import said as spoken
from joinedup.release.tables import ROUNDED_TO, THRESHOLD, released

if TYPE_CHECKING:
    import pandas
    import polars

SHOWN = 20
"""Rows of a table that a notebook shows."""


@dataclass(frozen=True, repr=False)
class Table:
    """
    An answer: `said`, the sentences to read with it, and rows, as `arrow()`, `pandas()` or `polars()`. Whatever takes
    Arrow takes the table itself: `polars.DataFrame(table)`, `pyarrow.table(table)`, or DuckDB.
    """

    said: tuple[str, ...]
    rows: pa.Table
    answer: Answer | None = None
    """The same as the command line has it, with its period and scores; None for what has been released."""

    @classmethod
    def of(cls, answer: Answer) -> Table:
        return cls(tuple(answer.said), answer.table, answer)

    def arrow(self) -> pa.Table:
        """The rows as a pyarrow.Table."""
        return self.rows

    def pandas(self) -> pandas.DataFrame:
        """The rows as a pandas.DataFrame; pandas has to be installed."""
        try:
            return self.rows.to_pandas()
        except ImportError as missing:
            said = "pandas is not installed. Install it (`pip install manyhands[frames]`), or ask arrow()."
            raise ImportError(said) from missing

    def polars(self) -> polars.DataFrame:
        """The rows as a polars.DataFrame; polars has to be installed."""
        try:
            import polars
        except ImportError as missing:
            raise ImportError(
                "polars is not installed. Install it (`pip install manyhands[frames]`), or ask arrow()."
            ) from missing
        frame = polars.from_arrow(self.rows)
        assert isinstance(frame, polars.DataFrame)
        return frame

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.rows.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def scores(self) -> dict[str, float | None]:
        """The answer in a few numbers, by name; empty where it has none."""
        return {score.what: score.value for score in self.answer.scores} if self.answer else {}

    def as_json(self) -> dict[str, Any]:
        """The rows with what must be read with them, as plain values."""
        return as_json(self._whole())

    def measure_report(self) -> dict[str, Any]:
        """The answer as a FHIR R4 MeasureReport, as plain values."""
        return as_measure_report(self._whole())

    def released(self, counts: str, threshold: int = THRESHOLD, rounded_to: int = ROUNDED_TO) -> Table:
        """
        The columns of text, and one column of counts, as they may be shown to others: no small count, nor any from
        which one could be worked out; the rest rounded. Every other number is left out. A last row is the total.

        Raises ValueError for a column that is not there or holds no whole numbers.
        """
        if counts not in self.rows.column_names or not pa.types.is_integer(self.rows[counts].type):
            whole = [field.name for field in self.rows.schema if pa.types.is_integer(field.type)]
            raise ValueError(f"“{counts}” is no column of counts of this table. There are: {', '.join(whole)}.")
        if "patient" in self.rows.column_names:
            raise ValueError("Each row is about one person: that is never released. Ask for counts of people.")
        safe = released([[count or 0 for count in self.rows[counts].to_pylist()]], threshold, rounded_to)
        text = [field.name for field in self.rows.schema if pa.types.is_string(field.type)]
        columns: dict[str, Any] = {
            name: [*self.rows[name].to_pylist(), "total" if name == text[0] else None] for name in text
        }
        columns[counts] = pa.array([*(safe.cells[0] if safe.cells else ()), safe.total], pa.int64())
        return Table((safe.sentence(),), pa.table(columns))

    def _whole(self) -> Answer:
        if self.answer is None:
            raise ValueError("What was released is no longer the whole answer: give the rows, as arrow() or pandas().")
        return self.answer

    def __repr__(self) -> str:
        return "\n".join([*self.said, f"{len(self):,} rows: {', '.join(self.rows.column_names)}"])

    def _repr_html_(self) -> str:
        """The sentences, and the first rows as they stand on the screen."""
        shown = self.answer.columns if self.answer else [(name, name) for name in self.rows.column_names]
        heads = "".join(f"<th>{escape(heading)}</th>" for _, heading in shown)
        lines = "".join(
            f"<tr>{''.join(f'<td>{escape(spoken(row[name]))}</td>' for name, _ in shown)}</tr>"
            for row in self.rows.slice(0, SHOWN).to_pylist()
        )
        more = f"<p>… and {len(self) - SHOWN:,} more</p>" if len(self) > SHOWN else ""
        sentences = "".join(f"<p>{escape(line)}</p>" for line in self.said)
        return f"{sentences}<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{more}"


@dataclass(frozen=True, repr=False)
class Picture:
    """A chart: `svg`, `png()`, `said`, the sentences to read with it, and its points as a `table`."""

    title: str
    said: tuple[str, ...]
    svg: str
    table: Table

    def png(self) -> bytes:
        """The picture in dots."""
        from joinedup.report.pictures.png import as_png

        return as_png(self.svg)

    def write(self, path: str | Path) -> Path:
        """Write it to a file whose name ends in .svg or .png. Raises ValueError for another."""
        path = Path(path)
        if path.suffix.lower() not in (".svg", ".png"):
            raise ValueError(f"A picture is written as .svg or .png, not as “{path.name}”.")
        path.write_bytes(self.png() if path.suffix.lower() == ".png" else self.svg.encode())
        return path

    def __repr__(self) -> str:
        return "\n".join(self.said or (self.title,))

    def _repr_svg_(self) -> str:
        return self.svg


@dataclass(frozen=True, repr=False)
class Page:
    """A report: one page of `html` that needs nothing else."""

    name: str
    html: str

    def write(self, path: str | Path) -> Path:
        """Write it to a file."""
        Path(path).write_text(self.html, encoding="utf-8")
        return Path(path)

    def __repr__(self) -> str:
        return f"How joined up care is: {self.name}. write(path) keeps the page."

    def _repr_html_(self) -> str:
        """In a frame, so that the look of the page and of the notebook stay apart."""
        return f'<iframe title="{escape(repr(self))}" srcdoc="{escape(self.html)}" width="100%" height="720"></iframe>'
