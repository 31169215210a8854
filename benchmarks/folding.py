"""
10,000 acts of one team, read and folded, against a loop that only decodes them.

    python -m benchmarks.folding PLACE     on the database that the environment names
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks.results import Result, told

ACTS, TIMES = 10_000, 5


def main(place: str) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    told(_measured(place))


def _measured(place: str) -> list[Result]:
    from benchmarks.history import History
    from manyhands import who
    from manyhands.log import read as reading
    from manyhands.log.kept import SHELF
    from manyhands.log.models import Entry
    from manyhands.log.record import record
    from manyhands.rules.folding import fold

    team = who.Team("folded")
    history = History(team).first(ACTS + TIMES)
    for i in range(0, ACTS, 500):
        record(*history[i : i + 500])
    payloads = list(Entry.objects.filter(team=team).values_list("payload", flat=True))
    recorded = list(reading.read(team))
    assert len(recorded) == len(payloads) == ACTS

    def afresh() -> object:
        SHELF.forget()
        return reading.brought_forward(team, fold)

    decoding = _best(lambda: [json.loads(payload) for payload in payloads])
    reading_only = _best(lambda: list(reading.read(team)))
    folding = _best(lambda: fold(recorded))
    both = _best(afresh)
    nothing_new = _best(lambda: reading.brought_forward(team, fold))
    forward = []
    for act in history[ACTS:]:
        before = fold(recorded)
        (new,) = record(act)
        began = time.perf_counter()
        fold([new], before)
        forward.append(time.perf_counter() - began)
        recorded.append(new)
    loop = "a loop that decodes the payloads"
    return [
        Result(f"Folding {ACTS:,} acts into how things stand", place, ACTS / folding, ACTS / decoding, "acts/s", loop),
        Result(f"Reading {ACTS:,} acts with their words", place, ACTS / reading_only, ACTS / decoding, "acts/s", loop),
        Result(f"Reading and folding {ACTS:,} acts, nothing kept", place, both, decoding, "s", loop),
        Result(f"Folding one more act after {ACTS:,}", place, min(forward) * 1000, folding * 1000, "ms", "folding all"),
        Result(f"Asking again with {ACTS:,} acts kept", place, nothing_new * 1000, both * 1000, "ms", "nothing kept"),
    ]


def _best(doing: Callable[[], Any]) -> float:
    """Seconds of the quickest of a few times: the least disturbed by whatever else goes on."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        doing()
        took.append(time.perf_counter() - began)
    return min(took)


if __name__ == "__main__":
    main(sys.argv[1])
