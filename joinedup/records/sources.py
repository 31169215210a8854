"""
Which files were given, and what was found among them that is no file.

A folder gives its files in order of name, folders within it included, those behind links too; a pattern gives what it
matches. A folder that is reached twice, by links or in a circle, is read once. What cannot be read is left, and named
with the reason. A source that is itself nothing to read is refused: a pipe, for one, would be waited on for ever.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path

SUFFIXES = (".json", ".ndjson", ".jsonl", ".xes", ".csv", ".tsv", ".parquet")


class NothingThere(Exception):
    """A source that was given does not exist, matches no file, or is not a file or folder."""


@dataclass(frozen=True)
class Given:
    """One file that was given: its path, the name to call it by, and whether its name is that of a record."""

    path: Path
    name: str
    is_record: bool


@dataclass(frozen=True)
class Left:
    """Something among what was given that is not read, and why not."""

    name: str
    why: str


def given(sources: Iterable[str]) -> tuple[list[Given], list[Left]]:
    """
    The files that the sources name, in the order given, each once; and what among them is not read.

    Raises NothingThere when a source is not there or is no file or folder, or a pattern matches nothing.
    """
    found: dict[Path, Given] = {}
    left: list[Left] = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            listed = [Given(each, str(each), _is_record(each)) for each in sorted(_inside(path, left))]
        elif os.path.lexists(path):
            if why := _why_not(path):
                raise NothingThere(f"{source} is not read: {why}. Give a file or a folder.")
            listed = [Given(path, source, True)]
        else:
            listed = [Given(each, str(each), True) for each in _matching(source, left)]
            if not listed:
                raise NothingThere(f"There is no file or folder {source}, and as a pattern it matches no file.")
        for each in listed:
            found.setdefault(each.path.absolute(), each)
    return list(found.values()), list(dict.fromkeys(left))


def _inside(folder: Path, left: list[Left]) -> Iterator[Path]:
    """The files below a folder. Links to folders are followed last, so that a folder has its own name if it can."""
    seen: set[tuple[int, int]] = set()
    folders, links = [folder], list[Path]()
    while folders or links:
        here = folders.pop() if folders else links.pop(0)
        try:
            about = here.stat()
            entries = sorted(here.iterdir())
        except OSError as wrong:
            left.append(Left(str(here), f"a folder that cannot be opened ({wrong.strerror})"))
            continue
        if (about.st_dev, about.st_ino) in seen:
            left.append(Left(str(here), f"the same folder as {here.resolve()}, which is read already"))
            continue
        seen.add((about.st_dev, about.st_ino))
        for each in entries:
            if each.is_dir():
                (links if each.is_symlink() else folders).append(each)
            elif why := _why_not(each):
                left.append(Left(str(each), why))
            else:
                yield each


def _matching(pattern: str, left: list[Left]) -> Iterator[Path]:
    for name in sorted(glob(pattern, recursive=True)):  # noqa: PTH207 (a pattern may begin anywhere)
        each = Path(name)
        if each.is_dir():
            continue
        if why := _why_not(each):
            left.append(Left(name, why))
        else:
            yield each


_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def _why_not(path: Path) -> str | None:
    """Why this, which is no folder, cannot be read; None when it can."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return f"a link to {path.readlink()}, which is not there" if path.is_symlink() else "it cannot be looked at"
    for is_one, what in _KINDS:
        if is_one(mode):
            return f"{what}, not a file"
    return None if os.access(path, os.R_OK) else "you are not allowed to read it"


def _is_record(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(SUFFIXES)
