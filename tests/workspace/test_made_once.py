"""A part of a page is made once for all who see the same, and never kept for long."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from manyhands.workspace import made_once as module
from manyhands.workspace.made_once import made_once

NOW = datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)


@pytest.fixture
def making():
    """A part that counts how often it was made; no test finds what another left."""
    made = []
    module._parts.clear()
    return lambda: made.append(1) or f"<p>{len(made)}</p>"


def test_the_second_to_ask_gets_what_was_made_for_the_first(making):
    assert made_once(NOW, making, "digest", True) == "<p>1</p>"
    assert made_once(NOW + timedelta(seconds=40), making, "digest", True) == "<p>1</p>"


def test_it_is_made_again_for_another_act_for_whoever_sees_something_else_and_after_a_minute(making):
    made_once(NOW, making, "digest", True)

    assert made_once(NOW, making, "another", True) == "<p>2</p>"
    assert made_once(NOW, making, "digest", False) == "<p>3</p>"
    assert made_once(NOW + timedelta(minutes=1), making, "digest", True) == "<p>4</p>"


def test_many_who_ask_at_once_wait_for_the_one_that_makes_it(making):
    together, got = Barrier(8), []

    def ask():
        together.wait()
        got.append(made_once(NOW, making, "digest"))

    threads = [Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert got == ["<p>1</p>"] * 8


def test_what_went_wrong_is_not_kept(making):
    def fails():
        raise ValueError

    with pytest.raises(ValueError):
        made_once(NOW, fails, "digest")

    assert made_once(NOW, making, "digest") == "<p>1</p>"


def test_the_parts_not_asked_for_longest_go_first(making):
    for number in range(module.MOST + 1):
        made_once(NOW, making, number)

    assert len(module._parts) == module.MOST
    assert made_once(NOW, making, module.MOST) == f"<p>{module.MOST + 1}</p>"
    assert made_once(NOW, making, 0) == f"<p>{module.MOST + 2}</p>"
