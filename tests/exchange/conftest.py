"""What is known of the other systems: the records are loaded for good once, and read by the site in each test."""

from pathlib import Path
from typing import Any

import pytest

from tests import small_records


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_records.write_and_load(tmp_path_factory.mktemp("records"))


@pytest.fixture
def records(store: Path, settings: Any, db: None) -> Path:
    """The site reads the small records."""
    small_records.settle(settings, store)
    return store
