"""Nothing is drawn by lot: not with chance forbidden, and not by the order in which a run happens to hold things."""

import os
import random
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from manyhands.counting import METHODS
from tests.counting.ballots import asking, published

ROOT = Path(__file__).parent.parent.parent
TIED = ("B2", "B6", "B7", "B9", "B10", "B11")
EVERY_RUN = """
from manyhands.counting import METHODS
from tests.counting.ballots import published
for case in {cases!r}:
    for code in ("schulze", "ranked-rounds", "single-transferable-vote"):
        print(METHODS[code].count(*published(case)))
"""


@pytest.fixture
def no_chance(monkeypatch):
    """Anybody who asks for chance is told that there is none."""

    def refuse(*_args, **_kinds):
        raise AssertionError("A lot was drawn.")

    for name in ("random", "choice", "choices", "shuffle", "sample", "randint", "randrange", "getrandbits", "uniform"):
        monkeypatch.setattr(random, name, refuse)
        monkeypatch.setattr(random.Random, name, refuse, raising=False)
    for name in ("choice", "randbelow", "token_bytes"):
        monkeypatch.setattr(secrets, name, refuse)
    monkeypatch.setattr(os, "urandom", refuse)


@pytest.mark.parametrize("case", TIED)
@pytest.mark.parametrize("code", METHODS)
@pytest.mark.usefixtures("no_chance")
def test_every_method_counts_tied_ballots_without_chance(code, case):
    method, (ballots, question) = METHODS[code], published(case)

    first, again = method.count(ballots, question), method.count(ballots[::-1], question)

    assert first == again


def test_chance_would_be_seen(no_chance):
    with pytest.raises(AssertionError, match="A lot was drawn"):
        random.choice(["A", "B"])


def test_every_run_gives_the_same_result_to_the_last_letter():
    """Sets are held in another order in every run (PYTHONHASHSEED); nothing of it may show."""
    program = EVERY_RUN.format(cases=TIED)
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }

    assert len(said) == 1
    assert len(said.pop().splitlines()) == 3 * len(TIED)


def test_one_answer_is_enough_for_every_method_that_chooses_by_orders():
    for code in ("schulze", "ranked-rounds", "single-transferable-vote"):
        ballots, _ = published("B7")
        assert METHODS[code].count(ballots[:1], asking("A", "B", "C")).chosen == ("A",)
