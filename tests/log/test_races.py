"""Writers who come at the same moment: each act is there once, in order, and nobody waits for ever."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from manyhands import acts, who
from manyhands.log import turns
from manyhands.log.read import last_number, read
from manyhands.log.record import Refused, TryAgain, record
from manyhands.log.verify import verify
from tests.log.elsewhere import writer
from tests.log.scene import MORNING, Scene


def at_once(doing, several):
    """Do something with each of several things at the same moment, in threads; what came of each, or its exception."""
    ready = Barrier(len(several))

    def one(thing):
        try:
            ready.wait()
            return doing(thing)
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(several)) as pool:
        return list(pool.map(one, several))


def everything_fits(*scenes: Scene) -> bool:
    return all(checked.misfit is None for each in scenes for checked in verify(each.team))


def test_two_writers_race_and_both_are_right(committed):
    said = [committed.say("one"), committed.say("two")]

    recorded = at_once(record, said)

    assert sorted(each.number for (each,) in recorded) == [3, 4]
    assert {each.number: each.act for (each,) in recorded} == {r.number: r.act for r in read(committed.team, after=2)}
    assert everything_fits(committed)


def test_of_two_writers_who_want_the_same_thing_one_gets_it_and_the_other_hears_why(committed):
    wanted = [committed.raise_("No lift", matter="lift"), committed.raise_("Lift broken", matter="lift")]

    outcomes = at_once(record, wanted)

    won, refused = sorted(outcomes, key=lambda outcome: isinstance(outcome, Refused))
    assert len(won) == 1
    assert [refusal.code for refusal in refused.refusals] == ["taken-identifier"]
    assert last_number(committed.team) == 3


def test_many_threads_on_one_team_and_on_many(committed):
    scenes = [committed, *(Scene().begin() for _ in range(3))]
    said = [scenes[i % 4].say(f"{i}") for i in range(24)]

    outcomes = at_once(record, said)

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    for each in scenes:
        assert [recorded.number for recorded in read(each.team)] == list(range(1, 9))
    assert everything_fits(*scenes)


def test_acts_in_several_teams_at_once_do_not_lock_each_other_out(committed):
    other = Scene().begin()
    noon = MORNING + timedelta(hours=3)
    both = [
        [each.say(f"{i}", at=noon) for each in ((committed, other) if i % 2 else (other, committed))] for i in range(12)
    ]

    outcomes = at_once(lambda said: record(*said), both)

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert last_number(committed.team) == last_number(other.team) == 14
    assert everything_fits(committed, other)


def test_processes_race_and_every_act_that_was_acknowledged_is_there_once(committed):
    writers = [writer(committed.team, name, how_many=15) for name in ("ben", "carol", "dev")]
    acknowledged = [int(line) for each in writers for line in each.communicate(timeout=60)[0].split()]

    assert [each.returncode for each in writers] == [0, 0, 0]
    assert sorted(acknowledged) == list(range(3, 93))
    said = [recorded.act.words for recorded in read(committed.team, after=2)]
    assert len(set(said)) == 90
    assert everything_fits(committed)


def test_acts_given_together_stay_together_whoever_comes_at_the_same_moment(committed):
    pairs = [[committed.say(f"{i} a"), committed.say(f"{i} b")] for i in range(8)]

    at_once(lambda pair: record(*pair), pairs)

    said = [str(recorded.act.words) for recorded in read(committed.team, after=2)]
    assert all(first[:-1] == second[:-1] for first, second in zip(said[::2], said[1::2], strict=True))


def test_whoever_waits_too_long_is_told_to_try_again_and_nothing_is_recorded(committed, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 1.0)
    said = committed.say("late")

    def in_the_way(_: object) -> None:
        with turns.taken([committed.team]):
            time.sleep(2.5)

    def late(_: object) -> object:
        time.sleep(0.5)
        return record(said)

    _, outcome = at_once(lambda do: do(None), [in_the_way, late])

    assert isinstance(outcome, TryAgain)
    assert last_number(committed.team) == 2
    assert len(record(said)) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite nobody has a view before their turn")
def test_a_writer_whose_view_of_the_log_was_old_reads_again_and_asks_again(committed):
    """PostgreSQL at a stricter level: the view is taken before the turn comes, so the first try has to fail."""
    from psycopg import IsolationLevel

    said = [committed.say(f"{i}") for i in range(6)]

    def strictly(act: acts.AnyAct) -> object:
        connection.ensure_connection()
        connection.connection.isolation_level = IsolationLevel.REPEATABLE_READ
        return record(act)

    outcomes = at_once(strictly, said)

    assert sum(isinstance(outcome, TryAgain) for outcome in outcomes) <= 1
    there = last_number(committed.team) - 2
    assert there == sum(not isinstance(outcome, Exception) for outcome in outcomes) >= 5
    assert everything_fits(committed)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="an SQLite file has one writer")
def test_other_teams_are_not_held_up_by_a_writer_who_takes_long(committed):
    other = Scene().begin()

    def slowly(_: object) -> None:
        with turns.taken([committed.team]):
            time.sleep(1.5)

    def meanwhile(_: object) -> float:
        time.sleep(0.3)
        began = time.monotonic()
        record(other.say("quick"))
        return time.monotonic() - began

    _, took = at_once(lambda do: do(None), [slowly, meanwhile])

    assert took < 1.0


def test_a_record_inside_a_callers_transaction_does_not_queue_behind_itself(committed):
    began = time.monotonic()
    with transaction.atomic():
        record(committed.say("one"))
        record(committed.say("two"))

    assert time.monotonic() - began < 5
    assert last_number(committed.team) == 4


@pytest.mark.parametrize("team", ["", "x" * 64, "naïve team’s"])
def test_any_identifier_of_a_team_has_a_turn(transactional_db, team):
    record(Scene(who.Team(team)).convene())

    assert last_number(who.Team(team)) == 1
