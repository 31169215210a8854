"""Is there anything to load? Looked at before something is thrown away for what would replace it."""

from __future__ import annotations

from pathlib import Path

from joinedup.records.fhir.reader import KEPT_ROW, Reader
from joinedup.records.fhir.rows import Rows
from joinedup.records.files import Unreadable, documents


def tells_of_care(path: Path) -> bool:
    """Does this file hold a FHIR resource that goes into a table? Read no further than the first."""
    reader = Reader(Rows())
    try:
        for position, content in documents(path, lambda _: None):
            reader.document(content, position or "file")
            if any(outcome == KEPT_ROW for *_, outcome in reader.counts):
                return True
    except Unreadable:
        return False
    return False
