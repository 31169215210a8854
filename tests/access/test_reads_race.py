"""Many people looking at once: every sight is written down, once, and the chain fits."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from manyhands import who
from manyhands.access import Action, Basis, Ground
from manyhands.access.models import Sight
from manyhands.access.reads import Shown, note
from manyhands.access.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)

GROUND = Ground(Basis.CASELOAD_ALLOCATION, who.Role("matron"), who.Organisation("nursing"))
TEAMS = (who.Team("riverside"), who.Team("hillside"))


def looks(turn: int) -> None:
    """One page of three people."""
    shown = [Shown(Action.LIST, GROUND, who.Patient(f"patient-{turn}-{place}")) for place in range(3)]
    try:
        note(who.Person(f"person-{turn % 5}"), TEAMS[turn % 2], "board", shown, datetime(2026, 3, 2, 9, tzinfo=UTC))
    finally:
        connection.close()


@pytest.fixture
def eight_at_once() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def test_pages_shown_at_the_same_time_are_all_written_down_and_the_chains_fit(eight_at_once):
    list(eight_at_once.map(looks, range(60)))

    assert Sight.objects.count() == 180
    assert [(checked.team, checked.fitting, checked.misfit) for checked in verify()] == [
        ("hillside", 90, None),
        ("riverside", 90, None),
    ]
    assert Sight.objects.values("request").distinct().count() == 60
