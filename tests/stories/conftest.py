"""Every story begins with the team in place."""

import pytest

from tests.story import Story, with_the_team


@pytest.fixture
def story() -> Story:
    return with_the_team()
