"""
The store at `settings.RECORDS`: opened when first asked for, and again when a later load has replaced it.

Reading it costs some milliseconds, opening it some tens, so an open one is kept for the whole process. It is safe
across threads.
"""

from pathlib import Path
from threading import Lock

from django.conf import settings

from joinedup.records.generations import StoreOfAnotherVersion
from joinedup.records.store import Store, StoreNotFound

_lock = Lock()
_kept: dict[Path, Store] = {}


class NoRecords(Exception):
    """Nothing has been loaded, or what was loaded cannot be read. Says so in words for whoever runs the site."""


def opened() -> Store:
    """
    The store as it is now. Raises NoRecords where there is none.

    One that was replaced is let go of, not closed: another thread may be half-way through a question.
    """
    path = Path(settings.RECORDS)
    try:
        with _lock:
            store = _kept.get(path)
            if store is None or store.stale:
                store = _kept[path] = Store(path)
    except (StoreNotFound, StoreOfAnotherVersion, OSError) as problem:
        forget()
        raise NoRecords(str(problem)) from problem
    return store


def forget() -> None:
    """Open it anew when next asked for."""
    with _lock:
        _kept.clear()
