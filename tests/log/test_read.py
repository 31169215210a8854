"""The one way out: acts in order, and folds of them that are kept and brought forward."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from manyhands import acts, who
from manyhands.log import kept
from manyhands.log.kept import SHELF
from manyhands.log.read import brought_forward, last_number, read, several
from manyhands.log.record import record
from manyhands.rules import folding
from tests.log.conftest import queries_of
from tests.log.scene import Scene

Said = tuple[tuple[int, str], ...]


def what_was_said(recorded: Iterable[acts.Recorded], start: Said | None = None) -> Said:
    """A fold as small as can be: the words of comments, with the number of each."""
    return (start or ()) + tuple((r.number, r.act.words) for r in recorded if isinstance(r.act, acts.Comment))


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    SHELF.forget()


def test_acts_are_read_in_order_and_from_wherever_one_likes(scene):
    record(scene.say("one"), scene.say("two"), scene.say("three"))

    assert [recorded.number for recorded in read(scene.team)] == [1, 2, 3, 4, 5]
    assert [recorded.act.words for recorded in read(scene.team, after=3)] == ["two", "three"]
    assert list(read(scene.team, after=5)) == list(read(scene.team, after=50)) == []


def test_reading_takes_two_queries_however_many_acts_there_are(scene):
    counts = set()
    for _ in range(3):
        record(*(scene.say(f"{i}") for i in range(20)))
        with CaptureQueriesContext(connection) as captured:
            list(read(scene.team))
        counts.add(len(queries_of(captured)))

    assert counts == {2}


def test_a_fold_is_brought_forward_by_the_new_acts_only(scene):
    handed = []

    def counting(recorded: Iterable[acts.Recorded], start: int | None = None) -> int:
        numbers = [each.number for each in recorded]
        handed.append(numbers)
        return (start or 0) + len(numbers)

    assert brought_forward(scene.team, counting) == 2
    record(scene.say("one more"))
    assert brought_forward(scene.team, counting) == 3
    assert brought_forward(scene.team, counting) == 3

    assert handed == [[1, 2], [3]]


def test_asking_again_takes_one_query_and_two_after_something_new(committed):
    brought_forward(committed.team, what_was_said)
    with CaptureQueriesContext(connection) as nothing_new:
        brought_forward(committed.team, what_was_said)
    record(committed.say("new"))
    with CaptureQueriesContext(connection) as something_new:
        brought_forward(committed.team, what_was_said)

    assert (len(nothing_new), len(something_new)) == (1, 2)


def test_many_teams_take_as_many_queries_as_one(scene):
    scenes = [Scene().begin() for _ in range(12)]
    for each in scenes:
        record(each.say(f"hello from {each.team}"))

    with CaptureQueriesContext(connection) as captured:
        said = several([each.team for each in scenes], what_was_said)

    assert len(captured) == 2
    assert said == {each.team: ((3, f"hello from {each.team}"),) for each in scenes}


def test_no_team_at_all_is_no_trouble(db):
    assert several([], what_was_said) == {}


def test_a_team_without_acts_is_folded_from_nothing(db):
    assert brought_forward(who.Team("nobody"), what_was_said) == ()


def test_what_is_kept_is_never_stale_even_when_the_log_was_put_back(scene):
    """As when a backup is restored: the numbers are there again, with other acts behind them."""
    fresh = Scene()
    before = [fresh.convene(), fresh.raise_("Falls")]
    record(*before, fresh.say("before the backup was restored"))
    assert brought_forward(fresh.team, what_was_said)[-1][1] == "before the backup was restored"

    from tests.emptying import guards_down

    with guards_down(), connection.cursor() as cursor:
        for table in ("log_wording", "log_entry"):
            cursor.execute(f"DELETE FROM {table} WHERE team = %s AND number = 3", [fresh.team])
    record(fresh.say("after it was"))

    assert brought_forward(fresh.team, what_was_said) == ((3, "after it was"),)


def test_folding_in_two_goes_equals_folding_in_one(scene):
    record(scene.say("a"), scene.say("b"), scene.withhold(3), scene.say("c"))
    recorded = list(read(scene.team))

    for fold in (what_was_said, folding.fold):
        for cut in range(len(recorded) + 1):
            assert fold(recorded[cut:], fold(recorded[:cut])) == fold(recorded)


def test_bringing_a_standing_forward_leaves_the_kept_one_as_it_was(scene):
    before = brought_forward(scene.team, folding.fold)
    as_it_was = folding.fold(read(scene.team))

    record(scene.raise_("Lift", matter="lift"))

    assert brought_forward(scene.team, folding.fold).number == 3
    assert before == as_it_was


def test_removed_words_do_not_live_on_in_what_is_kept(committed):
    record(committed.say("Her neighbour drinks"))
    assert brought_forward(committed.team, what_was_said) == ((3, "Her neighbour drinks"),)

    record(committed.withhold(3))

    assert "drinks" not in repr(SHELF._states)
    assert brought_forward(committed.team, what_was_said) == ((3, acts.WITHHELD),)


def test_removed_words_go_from_what_another_process_keeps_when_it_next_asks(scene):
    record(scene.say("Her neighbour drinks"))
    brought_forward(scene.team, what_was_said)
    theirs = SHELF.find(what_was_said, scene.team)
    record(scene.withhold(3))
    SHELF.put(what_was_said, scene.team, theirs)  # as in a process that did not record it

    assert theirs.state == ((3, "Her neighbour drinks"),)
    assert brought_forward(scene.team, what_was_said) == ((3, acts.WITHHELD),)


def test_only_so_much_is_kept_and_what_was_asked_for_last_stays(scene, monkeypatch):
    monkeypatch.setattr(kept, "MOST_ACTS", 6)
    first, *others = [Scene().begin().team for _ in range(5)]
    for team in others:
        brought_forward(first, what_was_said)
        brought_forward(team, what_was_said)

    assert [team for _, team in SHELF._states] == [others[-2], first, others[-1]]


def test_a_state_too_large_to_keep_is_worked_out_each_time(scene, monkeypatch):
    monkeypatch.setattr(kept, "MOST_ACTS", 1)

    assert brought_forward(scene.team, folding.fold).number == 2
    assert brought_forward(scene.team, folding.fold).number == 2
    assert not SHELF._states


def test_many_threads_may_ask_while_another_records(committed):
    def ask(_: int) -> bool:
        try:
            least = last_number(committed.team)
            said = brought_forward(committed.team, what_was_said)
            return [number for number, _ in said] == list(range(3, len(said) + 3)) and len(said) + 2 >= least
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = pool.map(ask, range(60))
        for i in range(40):
            record(committed.say(f"{i}"))
        assert all(answers)

    assert len(brought_forward(committed.team, what_was_said)) == 40
