"""Hathermere's records, generated once for all tests here."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from demo.records import Wanted, write
from joinedup.records.load import load

Resource = dict[str, Any]


class Export:
    """A folder of records, read back type by type."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.of = cache(self._of)

    def _of(self, kind: str) -> list[Resource]:
        with (self.folder / f"{kind}.ndjson").open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def kinds(self) -> list[str]:
        return sorted(path.name.split(".")[0] for path in self.folder.glob("*.ndjson"))

    def everything(self) -> Iterator[Resource]:
        for kind in self.kinds():
            yield from self.of(kind)


def answers(reference: Resource) -> str:
    """The id in a reference."""
    return str(reference["reference"]).split("/")[1]


@pytest.fixture(scope="session")
def hathermere(tmp_path_factory: pytest.TempPathFactory) -> Export:
    folder = tmp_path_factory.mktemp("hathermere")
    write(Wanted(people=3000), folder)
    return Export(folder)


@pytest.fixture(scope="session")
def loaded(hathermere: Export, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that `joinedup` makes of Hathermere's records."""
    folder = tmp_path_factory.mktemp("loaded")
    load([str(hathermere.folder)], folder)
    return folder
