"""
How joined up care is, measured from the records of care. No web and no Django: an analyst runs it alone.

From Python, in a notebook or a script:

    import joinedup

    joinedup.load("my-records/", into="my-store")
    store = joinedup.open_store("my-store")
    store.measure("continuity", by="team", within="24 months").pandas()

docs/reference/python.md lists everything that can be asked. What is here is read when it is first used, so that
`import joinedup` itself takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from joinedup.asked_in_python import NotUnderstood, OpenStore, load, open_store
    from joinedup.notebook import Page, Picture, Table
    from joinedup.release.tables import released

__version__ = "0.1.0"

__all__ = ["NotUnderstood", "OpenStore", "Page", "Picture", "Table", "load", "open_store", "released"]

_WHERE = {
    "NotUnderstood": "joinedup.asked_in_python",
    "OpenStore": "joinedup.asked_in_python",
    "Page": "joinedup.notebook",
    "Picture": "joinedup.notebook",
    "Table": "joinedup.notebook",
    "load": "joinedup.asked_in_python",
    "open_store": "joinedup.asked_in_python",
    "released": "joinedup.release.tables",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"joinedup has no {name}. It has {', '.join(__all__)}: docs/reference/python.md.")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
