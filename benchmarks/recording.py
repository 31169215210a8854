"""
Acts recorded per second, against a bare INSERT and commit of a row of the same size on the same database.

    python -m benchmarks.recording PLACE     on the database that the environment names
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from typing import Any

import django

from benchmarks.results import Result, told

AT_ONCE, ROUNDS = 50, 25
WRITERS, SECONDS = 8, 5.0


def main(place: str) -> None:
    django.setup()
    _make_tables()
    results = [
        _alone(place, "Recording, one writer", acts_before=0),
        _alone(place, "Recording, one writer, a long history", acts_before=10_000),
    ]
    told([*results, *_together(place)])


def _make_tables() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    key = "bigserial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare (id {key} PRIMARY KEY, content text NOT NULL)")


def _alone(place: str, about: str, acts_before: int) -> Result:
    """One writer, taking turns between the two so that both meet the same disk."""
    recording, bare = _recording(f"alone after {acts_before}", acts_before), _bare()
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(AT_ONCE / _took(recording, AT_ONCE))
        peer.append(AT_ONCE / _took(bare, AT_ONCE))
    return Result(about, place, median(ours), median(peer), "acts/s", "bare INSERT and commit")


def _took(doing: Iterator[None], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        next(doing)
    return time.perf_counter() - began


def _recording(name: str, acts_before: int) -> Iterator[None]:
    """Record an act each time this is asked to go on."""
    from benchmarks.history import A_SENTENCE, History
    from manyhands import acts, who
    from manyhands.log.record import record

    history = History(who.Team(name))
    beginning = history.first(max(acts_before, 50))
    for i in range(0, len(beginning), 500):
        record(*beginning[i : i + 500])
    said = _comments(acts, who, history, A_SENTENCE)
    record(next(said))
    for comment in said:
        record(comment)
        yield


def _comments(acts: Any, who: Any, history: Any, words: str) -> Iterator[Any]:
    while True:
        yield acts.Comment(
            team=history.team,
            by=who.Person("holder-council"),
            for_organisation=who.Organisation("council"),
            in_role=who.Role("role-council"),
            at=history.now,
            proposal=who.Proposal("proposal-1"),
            words=words,
        )


def _bare() -> Iterator[None]:
    """Insert a row as long as an entry with its words, and commit, each time this is asked to go on."""
    from django.db import connection

    from manyhands.log.models import Entry, Wording

    entry, words = Entry.objects.filter(name="comment").first(), Wording.objects.filter(place="words").first()
    assert entry is not None
    assert words is not None
    row = "".join(str(getattr(of, field.attname)) for of in (entry, words) for field in of._meta.concrete_fields)
    with connection.cursor() as cursor:
        while True:
            cursor.execute("INSERT INTO bare (content) VALUES (%s)", [row])
            yield


def _together(place: str) -> list[Result]:
    """Eight processes at once on one team, and eight that only insert."""
    ours, longest = _crowd("record")
    peer, longest_of_peer = _crowd("bare")
    insert = "bare INSERT and commit"
    return [
        Result("Recording, eight writers on one team", place, ours, peer, "acts/s", insert),
        Result("Longest wait of eight writers", place, longest, longest_of_peer, "s", insert),
    ]


def _crowd(doing: str) -> tuple[float, float]:
    """How many a second they all did together, and the longest that one of them waited."""
    start = time.time() + 4.0
    crowd = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.recording", "as-one", doing, str(start)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(WRITERS)
    ]
    said = [each.communicate()[0].split() for each in crowd]
    return sum(int(done) for done, _ in said) / SECONDS, max(float(longest) for _, longest in said)


def one_of_the_crowd(doing: str, start: str) -> None:
    django.setup()
    step = _step(doing)
    time.sleep(max(0.0, float(start) - time.time()))
    longest, until = 0.0, time.perf_counter() + SECONDS
    for done in count():
        began = time.perf_counter()
        if began > until:
            print(done, longest)
            return
        step()
        longest = max(longest, time.perf_counter() - began)


def _step(doing: str) -> Callable[[], None]:
    from benchmarks.history import A_SENTENCE, History
    from manyhands import acts, who
    from manyhands.log.record import record

    if doing == "bare":
        bare = _bare()
        return lambda: next(bare)
    history = History(who.Team("alone after 0"))
    history.first(50)
    said = _comments(acts, who, history, A_SENTENCE)
    return lambda: _said(record(next(said)))


def _said(recorded: object) -> None:
    assert recorded, "an act that was given is recorded"


if __name__ == "__main__":
    if sys.argv[1] == "as-one":
        one_of_the_crowd(*sys.argv[2:])
    else:
        main(sys.argv[1])
