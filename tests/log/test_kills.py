"""A writer that is killed loses nothing that it said was recorded, and leaves nothing half-there."""

import random

import pytest

from manyhands.log.models import Wording
from manyhands.log.read import last_number, read
from manyhands.log.record import record
from manyhands.log.verify import verify
from tests.log.elsewhere import writer

KILLS = 4


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_writer_killed_at_any_moment_loses_no_act_that_it_acknowledged(committed, kill):
    killed = writer(committed.team, "ben")
    assert killed.stdout is not None
    chance = random.Random(kill)
    acknowledged = [int(killed.stdout.readline()) for _ in range(chance.randrange(1, 60))]

    killed.kill()
    acknowledged += [int(line) for line in killed.stdout.read().splitlines()]
    killed.wait(timeout=10)
    killed.stdout.close()

    there = [recorded.number for recorded in read(committed.team)]
    assert set(acknowledged) <= set(there)
    assert there == list(range(1, len(there) + 1))
    assert len(there) % 2 == 0, "acts are recorded two at a time, after the two of the scene"
    assert Wording.objects.filter(team=committed.team).count() == len(there)
    assert [checked.misfit for checked in verify(committed.team)] == [None]


def test_after_a_kill_the_next_writer_goes_on_at_once(committed):
    killed = writer(committed.team, "ben")
    assert killed.stdout is not None
    killed.stdout.readline()
    killed.kill()
    killed.wait(timeout=10)
    killed.stdout.close()

    before = last_number(committed.team)
    (recorded,) = record(committed.say("Where were we?", at=committed.asha()["at"].replace(year=2027)))

    assert recorded.number >= before + 1
