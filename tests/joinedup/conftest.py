"""
Where the records for these tests are.

`shipped(set)` is a folder beside this file: whole small sets, and a few people of the large ones. `whole(set)` is the
set as it was handed to the project: in the folder named by MANYHANDS_SHARED, else in ../shared beside the repository.
Tests that need it are skipped, with this reason, where it is not. Each set is loaded once for all tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from joinedup.records.load import load
from joinedup.records.store import Store
from tests.joinedup import on_engines

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("MANYHANDS_SHARED") or HERE.parents[1].parent / "shared") / "data"

Opened = Callable[[str], Store]


def _opener(folder: Callable[[str], Path], into: Path) -> Iterator[Opened]:
    stores: dict[str, Store] = {}

    def opened(name: str) -> Store:
        if name not in stores:
            load([str(folder(name))], into / name)
            stores[name] = Store(into / name)
        return stores[name]

    yield opened
    for store in stores.values():
        store.close()


def shared_folder(name: str) -> Path:
    if not (SHARED / name).is_dir():
        pytest.skip(f"{name} is not here: put it in ../shared/data, or set MANYHANDS_SHARED to the folder above data")
    return SHARED / name


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A store of the records in tests/joinedup/data."""
    yield from _opener(lambda name: HERE / "data" / name, tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """A store of a whole set, or a skip that says why."""
    yield from _opener(shared_folder, tmp_path_factory.mktemp("whole"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    on_engines.is_marked = item.get_closest_marker("spark") is not None


@pytest.fixture(autouse=True)
def screen_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there is no screen: what runs the tests may tell them of its own, which is not that of the documents."""
    monkeypatch.setenv("COLUMNS", "2000")
