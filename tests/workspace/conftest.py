"""Every page is tested on a story that really happens: recorded, with people who sign in, by the story's clock."""

import pytest

from tests.workspace.workplace import Workplace, workplace


@pytest.fixture
def story(db: None, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """The team in place. The site reads the time where it always does, and is told the story's."""
    place = workplace()
    monkeypatch.setattr("django.utils.timezone.now", lambda: place.now)
    return place
