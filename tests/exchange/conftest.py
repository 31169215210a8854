"""What is known of the other systems: the records are loaded for good once, and read by the site in each test."""

from pathlib import Path
from typing import Any

import pytest

from manyhands.people.models import Organisation
from tests import small_records


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_records.write_and_load(tmp_path_factory.mktemp("records"))


@pytest.fixture
def records(store: Path, settings: Any, db: None) -> Path:
    """The site reads the small records, and knows the organisations in them."""
    Organisation.objects.bulk_create(Organisation(id=id, name=name) for id, name in small_records.ORGANISATIONS.items())
    small_records.settle(settings, store)
    return store
