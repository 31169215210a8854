"""
Every act as it was recorded in each wording it has had: wordings/<name>.<version>.json, read for ever.

    python -m tests.log.samples           writes the samples that are missing
    python -m tests.log.samples --again   writes this version's samples anew: only while nothing was recorded in earnest

A sample holds the shape of the act, its payload, its words, and how the act reads in Python.
"""

import json
import sys
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from itertools import count
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from manyhands import acts
from manyhands.log import shapes, wording

FOLDER = Path(__file__).parent / "wordings"


@dataclass(frozen=True)
class Sample:
    """An act as it was recorded once."""

    name: str
    version: int
    shape: object
    payload: str
    words: tuple[wording.Words, ...]
    reads: str

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.{self.version}.json"

    def read(self) -> acts.AnyAct:
        return wording.read(self.name, self.payload, self.words)


def kept() -> list[Sample]:
    """The samples that were written, by name and version."""
    return sorted((_load(file) for file in FOLDER.glob("*.json")), key=lambda sample: (sample.name, sample.version))


def _load(file: Path) -> Sample:
    read = json.loads(file.read_text())
    words = tuple(wording.Words(*each) for each in read["words"])
    return Sample(read["name"], read["version"], read["shape"], json.dumps(read["payload"]), words, read["reads"])


def fresh(name: str) -> Sample:
    """A sample of an act in today's shape, with everything filled in that can be."""
    act = _full(acts.NAMES[name], count(1))
    written, payload, words = wording.write(act)
    shape = json.loads(json.dumps(shapes.described(acts.NAMES[name])))
    return Sample(written, wording.version_of(name), shape, payload, words, repr(act))


def _full(hint: Any, numbers: "count[int]", called: str = "") -> Any:
    """A value of a type, with nothing left out, and no two alike."""
    if get_origin(hint) in (Union, UnionType):
        return _full(get_args(hint)[0], numbers, called)
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        hints = [inner[0]] * 2 if inner[-1] is ... else inner
        return tuple(_full(each, numbers, called) for each in hints)
    if hint is datetime:
        return datetime(2026, 3, 2, 9, next(numbers), 30, 125, tzinfo=UTC)
    if hint is date:
        return date(2026, 4, 1) + timedelta(days=next(numbers) - 1)
    if hint is bool:
        return True
    if hint is int:
        return next(numbers)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[-1]
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{field.name: _full(hints[field.name], numbers, field.name) for field in fields(hint)})
    return f"{called} – “{next(numbers)}”" if hint is acts.Words else f"{called}-{next(numbers)}"


def write(sample: Sample) -> None:
    kept = {
        "name": sample.name,
        "version": sample.version,
        "shape": sample.shape,
        "payload": json.loads(sample.payload),
        "words": [[words.place, words.salt, words.text] for words in sample.words],
        "reads": sample.reads,
    }
    sample.file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    print(sample.file)


if __name__ == "__main__":
    for act_name in acts.NAMES:
        sample = fresh(act_name)
        if not sample.file.exists() or "--again" in sys.argv:
            write(sample)
