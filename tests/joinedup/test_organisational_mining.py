"""Organisational mining: PM4Py's running example, PM4Py itself on whole logs, and where PM4Py is wrong."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.measures import organisational_mining as mining
from tests.joinedup.conftest import shared_folder

Log = Sequence[Sequence[str | None]]
Network = dict[tuple[str, str], Any]

RUNNING = [
    ["Pete", "Sue", "Mike", "Sara", "Pete"],
    ["Mike", "Mike", "Sean", "Sara", "Ellen"],
    ["Pete", "Mike", "Ellen", "Sara", "Sara", "Sean", "Pete", "Sara", "Ellen"],
    ["Pete", "Mike", "Sean", "Sara", "Ellen"],
    ["Ellen", "Mike", "Pete", "Sara", "Sara", "Ellen", "Mike", "Sara", "Sara", "Sue", "Pete", "Sara", "Mike"],
    ["Mike", "Ellen", "Mike", "Sara", "Mike"],
]
"""PM4Py's running example: whom each of its six cases was with, in order."""

NAMES = ("Ellen", "Mike", "Pete", "Sara", "Sean", "Sue")
EXPECTED = [[0, 3, 0, 1, 0, 0], [2, 1, 1, 3, 2, 0], [0, 2, 0, 3, 0, 1], [4, 2, 1, 3, 1, 1], [0, 0, 1, 2, 0, 0],
            [0, 1, 1, 0, 0, 0]]  # fmt: skip
"""reference/measures.md, further cases."""


def arrays(log: Log) -> tuple[np.ndarray, np.ndarray, list[str]]:
    names = sorted({name for seen in log for name in seen if name})
    patient = [case for case, seen in enumerate(log) for _ in seen]
    provider = [names.index(name) if name else -1 for seen in log for name in seen]
    return np.array(patient, np.int32), np.array(provider, np.int32), names


def network(table: Any, names: Sequence[str], value: str) -> Network:
    return {(names[row["one"]], names[row["other"]]): row[value] for row in table.to_pylist()}


def handed_over(log: Log, value: str = "times", **how: Any) -> Network:
    patient, provider, names = arrays(log)
    return network(mining.handed_over(patient, provider, **how), names, value)


def subcontracted(log: Log, value: str = "times", **how: Any) -> Network:
    patient, provider, names = arrays(log)
    return network(mining.subcontracted(patient, provider, **how), names, value)


def worked_together(log: Log, value: str = "people") -> Network:
    patient, provider, names = arrays(log)
    return network(mining.worked_together(patient, provider), names, value)


def test_the_running_example_hands_over_as_it_is_known_to() -> None:
    found = handed_over(RUNNING, itself=True)

    assert [[found.get((one, other), 0) for other in NAMES] for one in NAMES] == EXPECTED
    assert sum(found.values()) == 36
    assert sum(times for (one, other), times in found.items() if one == other) == 4


def test_staying_with_oneself_is_no_handover_unless_asked_for() -> None:
    assert sum(handed_over(RUNNING).values()) == 32
    assert sum(handed_over(RUNNING, "share").values()) == pytest.approx(1)
    assert handed_over(RUNNING, "share", itself=True)["Sara", "Ellen"] == 4 / 36


def test_ellen_and_mike_work_together_in_five_cases_of_six() -> None:
    assert worked_together(RUNNING)["Ellen", "Mike"] == 5
    assert worked_together(RUNNING, "share")["Ellen", "Mike"] == 5 / 6


def test_mike_subcontracts_to_ellen_and_to_sara() -> None:
    assert subcontracted(RUNNING, "share") == {("Mike", "Ellen"): 1 / 6, ("Mike", "Sara"): 1 / 6}


def test_a_contact_with_nobody_is_dropped_before_counting() -> None:
    assert handed_over([["Pete", None, "Mike"], [None], ["Mike"]]) == {("Pete", "Mike"): 1}


def test_with_nobody_at_all_every_network_is_empty() -> None:
    assert handed_over([]) == subcontracted([]) == worked_together([]) == {}


def test_contacts_next_to_each_other_have_nobody_between_them() -> None:
    with pytest.raises(ValueError, match="ask for 2 or more"):
        subcontracted(RUNNING, apart=1)


logs = st.lists(st.text("ABCD", max_size=9).map(list), max_size=6)


@settings(deadline=None)
@given(log=logs, apart=st.integers(2, 4))
def test_every_network_is_what_counting_one_by_one_gives(log: list[list[str]], apart: int) -> None:
    plainly = mining.plainly(log, apart)

    assert handed_over(log, itself=True) == plainly["handed_over"]
    assert worked_together(log) == plainly["worked_together"]
    assert subcontracted(log, apart=apart, itself=True) == plainly["subcontracted"]


@settings(deadline=None)
@given(log=logs)
def test_a_fading_handover_counts_every_later_contact_for_less(log: list[list[str]]) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for seen in log:
        for first, one in enumerate(seen):
            for last in range(first + 1, len(seen)):
                expected[one, seen[last]] += 0.5 ** (last - first - 1)  # type: ignore[assignment]

    assert handed_over(log, itself=True, fading=0.5) == pytest.approx(expected)


def test_profiles_are_correlated_over_all_activities_and_none_is_made_up() -> None:
    provider = np.array([0, 0, 0, 1, 1, 2, 3, 3, 3, -1])
    activity = np.array([0, 0, 1, 0, 2, 2, 0, 1, 2, 0])

    found = mining.alike(provider, activity).to_pylist()

    correlation = {(row["one"], row["other"]): row["correlation"] for row in found}
    assert correlation[0, 1] == pytest.approx(np.corrcoef([2, 1, 0], [1, 0, 1])[0, 1])
    assert (0, 2) not in correlation
    assert correlation[0, 3] is None


# ---- PM4Py, where it is installed

SETS = {
    "eventlog-sepsis": ("sepsis.csv.gz", ";", "Case ID", "org:group", "Activity"),
    "eventlog-hospital-2011": ("hospital_events.csv.gz", ",", "case_id", "group", "activity"),
}


@pytest.fixture(scope="module", params=SETS)
def events(request: pytest.FixtureRequest) -> list[tuple[str, str, str]]:
    """(case, group, activity) of a whole log in the order of each case; events with no group are left out."""
    file, delimiter, *columns = SETS[request.param]
    with gzip.open(shared_folder(request.param) / file, "rt", encoding="utf-8") as text:
        rows = [tuple(row[column] for column in columns) for row in csv.DictReader(text, delimiter=delimiter)]
    return sorted((row for row in rows if row[1]), key=lambda row: row[0])


@pytest.fixture(scope="module")
def cases(events: list[tuple[str, str, str]]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for case, group, _ in events:
        found.setdefault(case, []).append(group)
    return list(found.values())


@pytest.fixture(scope="module")
def pm4py() -> Any:
    return pytest.importorskip("pm4py", reason="PM4Py is an extra: requirements-peers.txt")


def frame(events: Sequence[tuple[str, str | None, str]]) -> Any:
    """A log as PM4Py takes it, with the order as its time."""
    pandas = pytest.importorskip("pandas")
    return pandas.DataFrame(
        {
            "case:concept:name": [case for case, *_ in events],
            "org:resource": [group for _, group, _ in events],
            "concept:name": [activity for *_, activity in events],
            "time:timestamp": pandas.date_range("2020-01-01", periods=len(events), freq="s", tz="UTC"),
        }
    )


def running() -> list[tuple[str, str | None, str]]:
    return [(str(case), name, "seen") for case, seen in enumerate(RUNNING) for name in seen]


def test_handover_of_work_is_as_pm4py_has_it(pm4py: Any, events: Any, cases: Log) -> None:
    theirs = pm4py.discover_handover_of_work_network(frame(events)).connections

    assert handed_over(cases, "share", itself=True) == pytest.approx({pair: n for pair, n in theirs.items() if n})


def test_working_together_is_as_pm4py_has_it_by_cases(pm4py: Any, events: Any, cases: Log) -> None:
    from pm4py.algo.organizational_mining.sna.variants.log import working_together

    log = pm4py.convert_to_event_log(frame(events))
    theirs = working_together.apply(log).connections

    assert worked_together(cases, "share") == pytest.approx(
        {pair: n for pair, n in theirs.items() if pair[0] < pair[1]}
    )


def test_similar_activities_are_as_pm4py_has_them(pm4py: Any, events: Any) -> None:
    names, activities = sorted({row[1] for row in events}), sorted({row[2] for row in events})
    theirs = pm4py.discover_activity_based_resource_similarity(frame(events)).connections

    found = mining.alike([names.index(row[1]) for row in events], [activities.index(row[2]) for row in events])

    ours = network(found, names, "correlation")
    assert ours == pytest.approx({pair: theirs[pair] for pair in ours})
    assert all(theirs[pair] <= 0 for pair in theirs if pair not in ours and pair[::-1] not in ours)


def test_pm4py_counts_only_somebodys_first_subcontracting_and_ours_counts_each(pm4py: Any) -> None:
    theirs = pm4py.discover_subcontracting_network(frame(running()), n=2).connections

    assert ("Mike", "Ellen") in theirs or ("Mike", "Sara") in theirs
    assert not {("Mike", "Ellen"), ("Mike", "Sara")} <= set(theirs)
    assert {("Mike", "Ellen"), ("Mike", "Sara")} <= set(subcontracted(RUNNING))


def test_subcontracting_on_whole_logs_is_never_less_than_pm4pys(pm4py: Any, events: Any, cases: Log) -> None:
    theirs = pm4py.discover_subcontracting_network(frame(events), n=2).connections

    ours = subcontracted(cases, "share", itself=True)

    assert all(ours[pair] >= share - 1e-12 for pair, share in theirs.items())
    assert subcontracted(cases, itself=True) == mining.plainly(cases)["subcontracted"]
    assert sum(ours.values()) > sum(theirs.values())


def test_pm4py_divides_working_together_by_events_in_one_variant(pm4py: Any) -> None:
    from pm4py.algo.organizational_mining.sna.variants.pandas import working_together

    theirs = working_together.apply(frame(running())).connections

    assert theirs["Ellen", "Mike"] == pytest.approx(5 / 42)
    assert worked_together(RUNNING, "share")["Ellen", "Mike"] == 5 / 6


def test_pm4py_fails_on_a_missing_resource_and_ours_drops_it(pm4py: Any) -> None:
    log: list[tuple[str, str | None, str]] = [("1", "Pete", "seen"), ("1", None, "seen"), ("1", "Mike", "seen")]

    with pytest.raises(Exception):  # noqa: B017 - whatever it is, it is no answer
        pm4py.discover_handover_of_work_network(frame(log))

    assert handed_over([["Pete", None, "Mike"]]) == {("Pete", "Mike"): 1}


def test_whole_logs_hand_over_as_often_as_is_known(cases: Log) -> None:
    found = handed_over(cases)

    if ("A", "C") in found:
        busiest = {("A", "C"): 946, ("A", "B"): 867, ("C", "A"): 863, ("B", "A"): 685, ("B", "E"): 637}
        assert (sum(found.values()), handed_over(cases, itself=True)["B", "B"]) == (7_048, 6_114)
    else:
        busiest = {("Nursing ward", "General Lab Clinical Chemistry"): 4_280}
        assert (sum(found.values()), len(found)) == (29_569, 289)
    assert {pair: found[pair] for pair in busiest} == busiest
