"""
Whenever the process ends, by kill -9 too: no notice is lost, none is sent twice, and where nobody can know whether a
message was taken, that is said.
"""

import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from manyhands import acts, who
from manyhands.exchange.email import rounds
from manyhands.log.read import read
from manyhands.log.record import record
from manyhands.notices.choices_kept import keep
from manyhands.notices.choosing import Choices, Way
from manyhands.notices.gathering import Reader, behind
from manyhands.notices.kinds import Sort
from manyhands.notices.models import Letter, Notice
from tests.cast import TEAM
from tests.notices.elsewhere import MOMENTS, teller
from tests.workspace.workplace import NAMES

pytestmark = pytest.mark.database


@pytest.fixture
def busy(committed, settings):
    """Everybody is told of every matter at once, by the clock that other processes have."""
    for name in NAMES:
        keep(name, Choices(ways=dict.fromkeys(Sort, Way.AT_ONCE)))
    record(*(raising(number) for number in range(8)))
    return committed


def raising(number):
    return acts.Raise(
        team=TEAM, by=who.Person("asha"), for_organisation=who.Organisation("practice"), at=datetime.now(UTC),
        in_role=who.Role("coordinator"), matter=who.Matter(f"matter-{number}"), words=acts.Words(f"Matter {number}"),
    )  # fmt: skip


def killed(process, after):
    """Let it go some rounds and some milliseconds, then kill it outright."""
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.kill()
    process.wait(timeout=20)
    process.stdout.close()


def finish():
    """Whoever comes next does the rest."""
    for _ in range(5):
        rounds.go_round(Reader(), datetime.now(UTC) + timedelta(minutes=10))


def nothing_is_lost_and_nothing_came_twice(mailbox):
    arrived = Counter(message["Message-ID"].strip("<>").partition("@")[0] for message in mailbox.taken)
    state = dict(Letter.objects.values_list("id", "state"))

    assert behind() == 0
    assert set(arrived) <= set(state)
    assert max(arrived.values(), default=0) <= 1, "nothing is sent twice by itself"
    assert set(state.values()) <= {"sent", "unknown"}
    assert {id for id, how in state.items() if how == "sent"} <= set(arrived), "what is called sent has arrived"
    assert set(arrived) <= {id for id, how in state.items() if how in ("sent", "unknown")}
    told = Counter(Notice.objects.filter(kind="raised").values_list("person", "which"))
    matters = {entry.matter for entry in raised()}
    assert set(told) == {(person, matter) for person in ("ben", "carol", "dev", "ines") for matter in matters}
    assert set(told.values()) == {1}
    assert not Notice.objects.filter(kind="raised", letter=None).exists()


def raised():
    return [entry.act for entry in read(TEAM) if isinstance(entry.act, acts.Raise)]


@pytest.mark.parametrize("kill", range(6))
def test_killed_at_any_moment_no_notice_is_lost_and_none_comes_twice(busy, mailbox, settings, kill):
    chance = random.Random(kill)
    for again in range(2):
        killed(teller(settings.MAIL), chance.uniform(0, 0.4))
        record(raising(100 + again))

    finish()

    nothing_is_lost_and_nothing_came_twice(mailbox)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_the_worst_moment_no_notice_is_lost_and_none_comes_twice(busy, mailbox, settings, moment):
    died = teller(settings.MAIL, moment)
    died.communicate(timeout=60)
    assert died.returncode == -9, "it came to that moment"
    taken_before = len(mailbox.taken)

    finish()

    nothing_is_lost_and_nothing_came_twice(mailbox)
    unknown = Letter.objects.filter(state="unknown")
    assert unknown.count() == (1 if moment in ("claimed", "taken") else 0)
    assert taken_before == (1 if moment == "taken" else 0)
    assert {letter.said for letter in unknown} <= {"ended-while-sending"}


def test_several_at_once_tell_each_thing_once(busy, mailbox, settings):
    tellers = [teller(settings.MAIL) for _ in range(3)]
    for number in range(20, 30):
        record(raising(number))
        time.sleep(0.05)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and (behind() or Letter.objects.exclude(state="sent").exists()):
        time.sleep(0.1)
    for each in tellers:
        killed(each, 0)

    finish()

    nothing_is_lost_and_nothing_came_twice(mailbox)
