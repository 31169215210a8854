"""What tests of the log can ask for."""

import pytest
from django.test.utils import CaptureQueriesContext

from manyhands.log.models import Entry, Wording
from tests.log.scene import Scene


@pytest.fixture
def scene(db: None) -> Scene:
    """A team that has been convened, with a matter to talk about, inside a transaction that is taken back."""
    return Scene().begin()


@pytest.fixture
def committed(transactional_db: None) -> Scene:
    """The same, really committed, for what other threads and processes are to see."""
    return Scene().begin()


def rows(scene: Scene) -> list[tuple[object, ...]]:
    """Everything that the tables hold of a team."""
    entries = Entry.objects.filter(team=scene.team).order_by("number").values_list()
    words = Wording.objects.filter(team=scene.team).order_by("number", "place").values_list()
    return [*entries, *words]


def queries_of(captured: CaptureQueriesContext) -> list[str]:
    """The questions among what was sent, without the beginning and end of transactions."""
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(around)]
