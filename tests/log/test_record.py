"""The one door in: all or nothing, judged by the rules, numbered without gaps."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from manyhands import acts, who
from manyhands.log.read import brought_forward, last_number, read
from manyhands.log.record import Refused, record
from manyhands.log.verify import verify
from manyhands.log.wording import CannotBeWritten
from manyhands.rules import folding
from tests.log.conftest import queries_of, rows
from tests.log.scene import Scene


def test_an_act_that_is_recorded_is_read_back_as_it_was(committed):
    said = committed.say("She lives alone – and won't say so: “fine”, 😀")

    (recorded,) = record(said)

    assert recorded == acts.Recorded(3, said)
    assert list(read(committed.team, after=2)) == [recorded]


def test_a_refused_act_leaves_no_trace(committed):
    before = rows(committed)

    with pytest.raises(Refused) as refused:
        record(committed.say("Let me in", by=who.Person("esi")))

    assert [refusal.code for refusal in refused.value.refusals] == ["not-a-member"]
    assert rows(committed) == before


def test_an_act_that_is_refused_takes_those_given_with_it_along(committed):
    before = rows(committed)

    with pytest.raises(Refused) as refused:
        record(committed.say("One"), committed.say("Two"), committed.withhold(99))

    assert isinstance(refused.value.act, acts.Withhold)
    assert rows(committed) == before


def test_each_act_is_judged_by_how_things_stand_after_the_ones_given_before_it(scene):
    record(scene.raise_("No lift", matter="lift"), scene.say("Since Tuesday", matter="lift"))

    assert last_number(scene.team) == 4


def test_numbers_are_one_two_three_without_gaps(scene):
    for words in ("a", "b", "c"):
        record(scene.say(words))
        with pytest.raises(Refused):
            record(scene.say(words, by=who.Person("esi")))

    assert [recorded.number for recorded in read(scene.team)] == [1, 2, 3, 4, 5]


def test_a_team_that_nobody_convened_has_no_acts(scene):
    nowhere = Scene()

    with pytest.raises(Refused) as refused:
        record(nowhere.say("Hello?"))

    assert [refusal.code for refusal in refused.value.refusals] == ["no-such-team"]
    assert list(read(nowhere.team)) == []
    assert last_number(nowhere.team) == 0


def test_one_act_in_several_teams_is_in_all_of_them_or_in_none(committed):
    other, third = Scene().begin(), Scene()
    leaving = who.Reference("leaving-everything")

    with pytest.raises(Refused):
        record(*(each.say("Goodbye", together=leaving) for each in (committed, other, third)))
    assert (last_number(committed.team), last_number(other.team)) == (2, 2)

    record(*(each.say("Goodbye", together=leaving) for each in (committed, other)))
    assert [list(read(each.team))[-1].act.together for each in (committed, other)] == [leaving, leaving]


def test_acts_of_several_teams_may_come_in_any_order(scene):
    other = Scene().begin()

    record(other.say("1"), scene.say("2"), other.say("3"), scene.say("4"))

    assert [recorded.number for recorded in read(scene.team)] == [1, 2, 3, 4]
    assert all(checked.misfit is None for checked in verify())


def test_an_act_cannot_be_dated_before_what_was_recorded_earlier(scene):
    with pytest.raises(Refused) as refused:
        record(scene.say("Yesterday", at=scene.asha()["at"] - timedelta(days=1)))

    assert [refusal.code for refusal in refused.value.refusals] == ["dated-before-the-last"]


def test_clocks_that_differ_a_little_are_no_reason_to_refuse(scene):
    record(scene.say("From a slow clock", at=scene.asha()["at"] - timedelta(seconds=90)))

    assert last_number(scene.team) == 3


def test_what_a_callers_transaction_takes_back_is_not_recorded(committed):
    with transaction.atomic():
        record(committed.say("Never was"))
        assert brought_forward(committed.team, folding.fold).number == 3
        transaction.set_rollback(True)

    assert brought_forward(committed.team, folding.fold).number == 2
    (recorded,) = record(committed.say("Was"))
    assert recorded.number == 3


@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2026, 3, 2, 9, 30)},  # noqa: DTZ001  without its time zone is what is tried
        {"words": "a\0b"},
        {"words": "half a character: \ud83d"},
        {"matter": who.Matter("falls\0")},
        {"words": None},
        {"by": 7},
        {"together": who.Reference("x" * 65)},
        {"matter": ["falls"]},
    ],
)
def test_what_could_not_be_read_back_the_same_is_a_mistake_and_is_named(scene, change):
    fields = {**scene.asha(), "matter": who.Matter("falls"), "words": acts.Words("Hello"), **change}

    with pytest.raises(CannotBeWritten):
        record(acts.Comment(**fields))

    assert last_number(scene.team) == 2


def test_recording_takes_the_same_number_of_queries_however_much_was_recorded_before(committed):
    counts = []
    for _ in range(3):
        record(*(committed.say(f"Again {i}") for i in range(30)))
        with CaptureQueriesContext(connection) as captured:
            record(committed.say("Once more"))
        counts.append(len(queries_of(captured)))

    waiting_for_a_turn = 1 if connection.vendor == "postgresql" else 0
    assert counts == [3 + waiting_for_a_turn] * 3  # what is new; the entry; its words
