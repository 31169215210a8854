"""
Event logs as IEEE 1849 (XES): a trace is a person, an event a contact.

    concept:name of the trace    the person           org:group      the organisation
    concept:name of the event    what was done        org:resource   the professional
    time:timestamp               when                 org:role       the profession

Values in `global` are declarations, not data. What a log says of itself (`meta_…` totals) is held against what was
read. A log that declares entities of its own is refused: they could make a small file into a large one.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from xml.etree import ElementTree  # nosec B405

from joinedup.records.dealt import Dealt
from joinedup.records.delimited import ROWS_AT_ONCE
from joinedup.records.files import Unreadable
from joinedup.records.mapping import Mapping

if TYPE_CHECKING:
    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

Seen = Callable[[int], None]

EVENT = {
    "time:timestamp": "started_at",
    "concept:name": "activity",
    "org:group": "organisation",
    "org:resource": "practitioner",
    "org:role": "profession",
}
_ABOUT = {"age": "age", "gender": "gender", "sex": "gender", "ethnicity": "ethnicity"}
_COLUMNS = ("patient", *EVENT.values(), "age", "gender", "ethnicity")
_ATTRIBUTES = ("string", "date", "int", "float", "boolean", "id", "list", "container")


def read(file: File, sheets: Sheets, seen: Seen) -> None:
    """Write the contacts of a log. Raises Unreadable where reading cannot go on; what came before stands."""
    dealt = Dealt(sheets, Mapping({name: name for name in _COLUMNS}, blank=file.mapping.blank), "event")
    reading = _Log(sheets)
    rows: list[tuple[str | None, ...]] = []
    numbers: list[int] = []

    def write() -> None:
        if rows:
            dealt.take(
                {name: list(values) for name, values in zip(_COLUMNS, zip(*rows, strict=True), strict=True)}, numbers
            )
        rows.clear()
        numbers.clear()

    try:
        for number, row in enumerate(reading.events(file.path, seen), 1):
            rows.append(row)
            numbers.append(number)
            if len(rows) == ROWS_AT_ONCE:
                write()
    except ElementTree.ParseError as wrong:
        line, column = wrong.position
        raise Unreadable(f"not well-formed XML at line {line}, column {column}") from wrong
    except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
        raise Unreadable(f"the compressed file is damaged or ends too early ({type(wrong).__name__})") from wrong
    finally:
        write()
        dealt.done()
    reading.held_against_its_own_totals()


class _Log:
    """One log, read from beginning to end."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.named = 0
        self.activities: Counter[str] = Counter()
        self.totals: dict[str, str] = {}
        self.activity_totals: dict[str, str] = {}
        self.without_name = 0
        self.outside = 0

    def events(self, path: Path, seen: Seen) -> Iterator[tuple[str | None, ...]]:
        """Each event as the values of _COLUMNS."""
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            _refuse_entities(cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw)
            raw.seek(0)
            file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
            depth, told = 0, 0
            root: ElementTree.Element | None = None
            # Entities are refused above, before anything is parsed.
            for what, element in ElementTree.iterparse(file, ("start", "end")):  # nosec B314
                if what == "start":
                    root = element if root is None else root
                    depth += 1
                    continue
                depth -= 1
                if depth == 1:
                    tag = element.tag.rpartition("}")[2]
                    if tag == "trace":
                        yield from self._trace(element)
                    elif tag == "event":
                        self.outside += 1
                        self.sheets.set_aside(f"event {self.outside} outside traces", "nobody knows whose it is", "")
                    elif tag in _ATTRIBUTES:
                        self._total(element)
                    assert root is not None
                    root.clear()
                    if raw.tell() > told:
                        seen(raw.tell() - told)
                        told = raw.tell()

    def _trace(self, trace: ElementTree.Element) -> Iterator[tuple[str | None, ...]]:
        about: dict[str, str | None] = {}
        name = None
        for element in trace:
            key, value = element.get("key"), element.get("value")
            if key == "concept:name":
                name = value
            elif key and key.rpartition(":")[2].lower() in _ABOUT:
                about[_ABOUT[key.rpartition(":")[2].lower()]] = value
        if name is None:
            self.without_name += 1
            name = f"trace {self.without_name} without a name"
        for element in trace:
            if element.tag.rpartition("}")[2] != "event":
                continue
            said = {"patient": name, **about}
            for attribute in element:
                key = attribute.get("key") or ""
                if key in EVENT:
                    said[EVENT[key]] = attribute.get("value")
                elif key.lower() in _ABOUT:
                    said[_ABOUT[key.lower()]] = attribute.get("value")
            if said.get("activity"):
                self.named += 1
                self.activities[str(said["activity"])] += 1
            yield tuple(said.get(column) for column in _COLUMNS)

    def _total(self, element: ElementTree.Element) -> None:
        key = element.get("key") or ""
        self.totals[key] = element.get("value") or ""
        if key == "meta_concept:named_events_total":
            self.activity_totals = {inner.get("key") or "": inner.get("value") or "" for inner in element}

    def held_against_its_own_totals(self) -> None:
        """Say where the log's own count of events differs from what was read."""
        said = self.totals.get("meta_concept:named_events_total")
        if said is not None and said != str(self.named):
            self.sheets.doubt("file", "", f"the log says that it has {said} named events; {self.named} were read")
        for activity, number in self.activity_totals.items():
            if number != str(self.activities[activity]):
                self.sheets.doubt(
                    "file", "", f"the log says {number} events of one kind; {self.activities[activity]} were read"
                )


def _refuse_entities(file: BinaryIO) -> None:
    if b"<!DOCTYPE" in file.read(1 << 16):
        raise Unreadable("it has a document type of its own (DOCTYPE), which no event log needs: take it out")
