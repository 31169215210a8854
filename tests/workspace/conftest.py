"""Every page is tested on a story that really happens: recorded, with people who sign in, by the story's clock."""

from pathlib import Path
from typing import Any

import pytest

from manyhands.people.models import Person
from manyhands.site import accounts
from tests import small_records
from tests.workspace.test_groups import gathers
from tests.workspace.workplace import Workplace, workplace


@pytest.fixture
def story(db: None, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """The team in place. The site reads the time where it always does, and is told the story's."""
    place = workplace()
    monkeypatch.setattr("django.utils.timezone.now", lambda: place.now)
    return place


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small records, loaded once."""
    return small_records.write_and_load(tmp_path_factory.mktemp("records"))


@pytest.fixture
def records(store: Path, settings: Any, story: Workplace) -> Workplace:
    """The story, in a workspace that reads the small records."""
    small_records.settle(settings, store)
    return story


@pytest.fixture
def with_an_officer(records: Workplace, settings: Any) -> Workplace:
    """Ruth and Sam are in a group. Nobody here has anything to do with Vic. Pat is a privacy officer elsewhere."""
    settings.BREAK_GLASS_KINDS = ("nurse",)
    records.happened(gathers("asha", "ruth", "sam"))
    Person.objects.open("pat", "pat@example.org", "Pat Lowe", "correct horse battery staple", organisations=["council"])
    accounts.make_privacy_officer("pat@example.org")
    return records
