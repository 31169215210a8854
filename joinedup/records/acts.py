"""
Acts done in teams, as `manyhands export-acts` writes them: one JSON object on each line, identifiers and choices only.

    {"team": "priory-end", "number": 12, "at": "2026-03-02T09:00:00Z", "act": "propose", "by": "carol",
     "for_organisation": "nursing", "in_role": "matron", "role_kind": "nurse",
     "sector": "Community", "about": {"proposal": "visits"}}
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from joinedup.records.files import LINED, Unreadable, documents
from joinedup.records.moments import Moments

if TYPE_CHECKING:
    from joinedup.records.parts import File
    from joinedup.records.sheets import Sheets

ROWS_AT_ONCE = 50_000


class Act(msgspec.Struct):
    """One line."""

    team: str
    number: int
    at: str
    act: str
    by: str
    for_organisation: str
    in_role: str | None = None
    role_kind: str | None = None
    sector: str | None = None
    deprivation_fifth: int | None = None
    about: dict[str, Any] = {}


_DECODER = msgspec.json.Decoder(Act)


def begins(path: Path) -> bool:
    """Whether a file begins with an act."""
    if not path.name.lower().endswith(LINED):
        return False
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            first = gzip.GzipFile(fileobj=raw).readline(1 << 20) if packed else raw.readline(1 << 20)
        _DECODER.decode(first)
    except (OSError, EOFError, zlib.error, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def read(file: File, sheets: Sheets, seen: Callable[[int], None]) -> None:
    """Write the acts of a file; a line that is none is set aside. Raises Unreadable where reading cannot go on."""
    moments, kept = Moments(), list[Act]()
    for position, line in documents(file.path, seen):
        try:
            kept.append(_DECODER.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
            sheets.set_aside(position or "line 1", f"no act: {wrong}")
        if len(kept) == ROWS_AT_ONCE:
            _write(kept, moments, sheets)
            kept = []
    _write(kept, moments, sheets)
    if not sheets.rows and not sheets.aside:
        raise Unreadable("the file is empty")


def _write(acts: list[Act], moments: Moments, sheets: Sheets) -> None:
    done = moments.of(pa.array([act.at for act in acts], pa.string()))
    for act, moment in zip(acts, done.to_pylist(), strict=True):
        if moment is None:
            sheets.doubt(f"act {act.number}", act.team, "“at” is no moment and was left out")
    sheets.add(
        "acts",
        {
            "act": sheets.key("acts", pa.array([f"{act.team}/{act.number}" for act in acts], pa.string())),
            "team": pa.array([act.team for act in acts], pa.string()),
            "number": pa.array([act.number for act in acts], pa.int64()),
            "done_at": done,
            "kind": pa.array([act.act for act in acts], pa.string()),
            "person": pa.array([act.by for act in acts], pa.string()),
            "organisation": pa.array([act.for_organisation for act in acts], pa.string()),
            "role": pa.array([act.in_role for act in acts], pa.string()),
            "role_kind": pa.array([act.role_kind for act in acts], pa.string()),
            "sector": pa.array([act.sector for act in acts], pa.string()),
            "deprivation_fifth": pa.array([act.deprivation_fifth for act in acts], pa.int64()),
            "about": pa.array([msgspec.json.encode(act.about).decode() for act in acts], pa.string()),
        },
    )
