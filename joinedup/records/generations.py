"""
How a store is kept on disk, so that one half-written is never read.

    STORE/
      current                 the name of the generation to read: one line, replaced in one step
      generations/<name>/     every table as Parquet, and nothing that changes afterwards
      parts/<name>/           what was read from each batch of files; kept, so that no file is read twice
      writing                 locked while a load is writing

A generation is named by a digest of what it was made from. A load writes a new one beside the old, has the disk keep
it, and only then replaces `current`. The generation before is kept for those who are still reading it; older ones go.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from joinedup.records.parts import flush_folder


class StoreNotFound(Exception):
    """There is no store at the path, or no load into it has ever finished."""


class StoreOfAnotherVersion(Exception):
    """The store was made by a version of joinedup that reads records differently, or parts of it are gone."""


class StoreBusy(Exception):
    """Another load is writing to the store."""


def current(store: Path) -> Path:
    """The folder of the generation to read. Raises StoreNotFound."""
    pointer = store / "current"
    if not pointer.is_file():
        if (store / "parts").exists():
            raise StoreNotFound(
                f"No load into {store} has finished yet. Run the same `joinedup load … --into {store}` again: "
                "it goes on from where it stopped."
            )
        raise StoreNotFound(f"There is no store at {store}. Make one with `joinedup load SOURCE… --into {store}`.")
    folder = store / "generations" / pointer.read_text(encoding="utf-8").strip()
    if not folder.is_dir():
        raise StoreNotFound(
            f"{store} is damaged: its generation {folder.name} is missing. Load the sources into a new store."
        )
    return folder


class NotAStore(Exception):
    """A folder that holds other things was given to load into."""


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """
    Alone while writing: a second load is refused with StoreBusy, not left waiting. A folder that holds other things
    is refused with NotAStore.
    """
    if store.is_dir() and not (store / "generations").is_dir() and _holds_anything(store):
        raise NotAStore(
            f"{store} is a folder of other things, not a store. Give --into a new or empty folder, or a store."
        )
    (store / "generations").mkdir(parents=True, exist_ok=True)
    (store / "parts").mkdir(exist_ok=True)
    with (store / "writing").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise StoreBusy(f"Another load is writing to {store}. Wait until it has finished.") from held
        yield


def _holds_anything(folder: Path) -> bool:
    """Hidden files, and what a file system puts at its own root, are nothing."""
    return any(not each.name.startswith(".") and each.name != "lost+found" for each in folder.iterdir())


def publish(store: Path, making: Path, name: str) -> None:
    """Make the finished folder `making` the generation that is read, then remove what nobody needs any more."""
    flush_folder(making)
    place = store / "generations" / name
    before = (store / "current").read_text(encoding="utf-8").strip() if (store / "current").exists() else None
    if place.exists():
        shutil.rmtree(making)
    else:
        making.rename(place)
    _sync(store / "generations")
    pointer = store / "current.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(store / "current")
    _sync(store)
    for folder in (store / "generations").iterdir():
        if folder.name not in (name, before):
            shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
