"""
A hundred people who say things at the same moment, in one team and in many: every act that was acknowledged is there
once, each person's in their order, and whoever is not let in is told to try again, with what they typed.

    python -m tests.soak.races --writers 100 --each 20     on the empty database that the environment names
"""

import argparse
import http.client
import json
import os
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from statistics import quantiles

from tests.soak.place import Browser, made_ready, served


@dataclass
class Figures:
    """What came of it. Waits are in seconds, from pressing the button to the whole answer."""

    writers: int = 0
    acknowledged: int = 0
    found: int = 0
    told_to_try_again: int = 0
    median_wait: float = 0.0
    longest_wait: float = 0.0
    seconds: float = 0.0


@dataclass
class Outcome:
    """What one person was answered: what was taken, in order, how often they had to try again, and the waits."""

    acknowledged: list[str]
    again: int
    waits: list[float]


def raced(writers: int, each: int, teams: int) -> Figures:
    """So many people, spread over so many teams, who each say so many things. Raises AssertionError."""
    import django

    django.setup()
    began = time.monotonic()
    browsers = made_ready(teams, -(-writers // teams))[:writers]
    outcomes: dict[str, Outcome | Exception] = {}
    with served(dict(os.environ)) as site:
        ready = threading.Barrier(writers)

        def one(browser: Browser) -> None:
            ready.wait()
            try:
                outcomes[browser.person] = _say(browser, site.port, each)
            except Exception as problem:
                outcomes[browser.person] = problem

        threads = [threading.Thread(target=one, args=(browser,)) for browser in browsers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    failed = [str(outcome) for outcome in outcomes.values() if isinstance(outcome, Exception)]
    assert not failed, failed[:3]
    return _looked_at({p: o for p, o in outcomes.items() if isinstance(o, Outcome)}, teams, time.monotonic() - began)


def _say(browser: Browser, port: int, each: int) -> Outcome:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    outcome = Outcome([], 0, [])
    for number in range(each):
        token = f"{browser.person}:{number}:"
        while True:
            began = time.monotonic()
            status, said = browser.post(
                connection, f"/teams/{browser.team}/matters/falls", comment=f"{token} and so on"
            )
            outcome.waits.append(time.monotonic() - began)
            if status == 302:
                outcome.acknowledged.append(token)
                break
            assert status == 503, f"answered {status}"
            assert token in said, "told to try again, and what was typed is lost"
            assert "Press again" in said, "told to try again without being told how"
            outcome.again += 1
    return outcome


def _looked_at(outcomes: dict[str, Outcome], teams: int, seconds: float) -> Figures:
    from manyhands import acts, who
    from manyhands.log.read import read
    from manyhands.log.verify import verify

    there: Counter[str] = Counter()
    in_order: dict[str, list[str]] = {person: [] for person in outcomes}
    for number in range(teams):
        recorded = list(read(who.Team(f"team-{number}")))
        assert [entry.number for entry in recorded] == list(range(1, len(recorded) + 1)), "a gap in the numbers"
        for entry in recorded:
            if isinstance(entry.act, acts.Comment):
                token = str(entry.act.words).split(" ", 1)[0]
                there[token] += 1
                in_order[entry.act.by].append(token)
    assert set(there.values()) <= {1}, "something is there twice"
    assert {person: outcome.acknowledged for person, outcome in outcomes.items()} == in_order
    assert not [checked for checked in verify() if checked.misfit], "a chain does not fit"
    waits = [wait for outcome in outcomes.values() for wait in outcome.waits]
    acknowledged = sum(len(outcome.acknowledged) for outcome in outcomes.values())
    return Figures(
        writers=len(outcomes),
        acknowledged=acknowledged,
        found=len(there),
        told_to_try_again=sum(outcome.again for outcome in outcomes.values()),
        median_wait=round(quantiles(waits, n=2)[0], 3),
        longest_wait=round(max(waits), 3),
        seconds=round(seconds, 1),
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--writers", type=int, default=100)
    options.add_argument("--each", type=int, default=20, help="how many things each says")
    options.add_argument("--teams", type=int, default=1)
    chosen = options.parse_args()
    json.dump(asdict(raced(chosen.writers, chosen.each, chosen.teams)), sys.stdout)


if __name__ == "__main__":
    main()
