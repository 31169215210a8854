"""Referrals asked, accepted, refused and completed: each counted once, the SQL as plainly, and as waits has them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo import records
from joinedup.engines.tongue import statement
from joinedup.measures import referrals, waits
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.joinedup.conftest import Opened
from tests.joinedup.making import contact, loaded, organisation, patient, to
from tests.joinedup.on_engines import EACH_ENGINE, on_duckdb, on_spark

START = datetime(2024, 1, 1, tzinfo=UTC)
UNTIL = START + timedelta(days=60)
STATUSES = ("requested", "accepted", "in-progress", "rejected", "cancelled", "failed", "completed")
Made = tuple[int, int | None, str, list[str]]
"""(day asked, days until seen or never, status of the request, statuses of its tasks)"""

made_up = st.lists(
    st.tuples(
        st.integers(0, 50),
        st.one_of(st.none(), st.integers(0, 9)),
        st.sampled_from(["active", "revoked", "completed", "draft"]),
        st.lists(st.sampled_from(STATUSES), max_size=2),
    ),
    min_size=1,
    max_size=15,
)
PARTS = {
    "completed": "completed",
    "refused": "refused",
    "ended": "ended",
    "open_seen": "open, seen",
    "open_accepted": "open, accepted",
    "open_unanswered": "open, unanswered",
}


def found_of(on: Any, made: list[Made]) -> list[dict[str, Any]]:
    at = pa.timestamp("us", tz="UTC")
    keys = [str(number) for number in range(len(made))]
    asked = pa.table(
        {
            "referral": keys,
            "patient": ["p"] * len(made),
            "from_organisation": ["g"] * len(made),
            "to_organisation": ["h"] * len(made),
            "priority": ["routine"] * len(made),
            "status": [status for _, _, status, _ in made],
            "intent": pa.nulls(len(made), pa.string()),
            "asked_at": pa.array([START + timedelta(days=day) for day, *_ in made], at),
            "seen_at": pa.array(
                [None if days is None else START + timedelta(days=day + days) for day, days, *_ in made], at
            ),
        }
    )
    listed = [(key, day, status) for key, (day, _, _, tasks) in zip(keys, made, strict=True) for status in tasks]
    tasks = pa.table(
        {
            "referral": pa.array([key for key, *_ in listed], pa.string()),
            "status": pa.array([status for *_, status in listed], pa.string()),
            "asked_at": pa.array([START + timedelta(days=day) for _, day, _ in listed], at),
            "changed_at": pa.array([START + timedelta(days=day + 2) for _, day, _ in listed], at),
            "requester": pa.nulls(len(listed), pa.string()),
            "owner": pa.nulls(len(listed), pa.string()),
            "ended_at": pa.nulls(len(listed), at),
        }
    )
    organisations = pa.table({"organisation": ["g", "h"], "sector": ["practice", "hospital"]})
    roles = pa.table({"practitioner_role": pa.array([], pa.string()), "organisation": pa.array([], pa.string())})
    tables = {"referrals": asked, "tasks": tasks, "organisations": organisations, "practitioner_roles": roles}
    rows: list[dict[str, Any]] = on(statement("referrals"), tables, since=START, until=UNTIL)
    return rows


def are_as_plainly(on: Any, made: list[Made]) -> None:
    rows = found_of(on, made)

    states = Counter(referrals.plainly({"status": status}, tasks, days is not None) for _, days, status, tasks in made)
    whole = [row for row in rows if not row["what"].startswith("month")]
    assert {row["what"] for row in whole} == set(referrals.GROUPS) - {"month asked", "month seen"}
    for row in whole:
        assert {state: row[column] for column, state in PARTS.items()} == {
            state: states[state] for state in PARTS.values()
        }
        assert row["asked"] == len(made)
        assert row["seen"] == sum(days is not None for _, days, *_ in made)
    assert sum(row["asked"] for row in rows if row["what"] == "month asked") == len(made)
    assert sum(row["asked"] for row in rows if row["what"] == "month seen") == whole[0]["seen"]


@settings(deadline=None, max_examples=60)  # a query each, on machines that others use too
@given(made_up)
def test_every_referral_is_in_one_state_as_plainly(made: list[Made]) -> None:
    are_as_plainly(on_duckdb, made)


@pytest.mark.spark
def test_every_referral_is_in_the_same_state_on_spark() -> None:
    are_as_plainly(
        on_spark,
        [
            (n, n % 9 if n % 4 == 0 else None, "active", [STATUSES[n % 7]][: n % 3])  # some with a task, some without
            for n in range(40)
        ],
    )


@EACH_ENGINE
def test_the_example_holds_with_the_days_that_each_step_took(on: Any) -> None:
    made: list[Made] = [
        (0, 4, "active", ["completed"]),
        (0, None, "active", ["rejected"]),
        (0, None, "revoked", []),
        (10, None, "active", ["accepted"]),
        (20, None, "active", []),
    ]

    (row,) = [each for each in found_of(on, made) if each["what"] == "boundary"]

    assert (row["from_key"], row["to_key"], row["asked"], row["accepted"], row["seen"]) == ("g", "h", 5, 2, 1)
    assert [row[column] for column in PARTS] == [1, 1, 1, 0, 1, 1]
    assert (row["refused_median_days"], row["seen_median_days"], row["completed_median_days"]) == (2, 4, 2)
    assert row["longest_open_days"] == 50


def test_what_happened_after_the_day_asked_about_has_not_happened(tmp_path: Path) -> None:
    request = {
        "resourceType": "ServiceRequest",
        "id": "r",
        "status": "completed",
        "intent": "order",
        "subject": to("Patient/p"),
        "authoredOn": "2024-03-01",
        "requester": to("Organization/elms"),
        "performer": [to("Organization/hospital")],
    }
    task = {
        "resourceType": "Task",
        "id": "t",
        "status": "completed",
        "intent": "order",
        "focus": to("ServiceRequest/r"),
        "lastModified": "2024-05-01",
    }
    plan = request | {"id": "plan", "intent": "plan"}
    seen = contact("c", "2024-04-01T00:00:00Z", basedOn=[to("ServiceRequest/r")])
    with loaded(
        tmp_path, patient("p"), organisation("elms", "The Elms"), organisation("hospital"), request, task, plan, seen
    ) as store:
        at = {
            day: referrals.referrals(store, None, day).of("boundary").to_pylist()
            for day in (date(2024, 2, 1), date(2024, 3, 15), date(2024, 4, 15), date(2024, 5, 1))
        }
        as_waits_has_it = waits.waits(store, None, date(2024, 4, 15)).of("boundary").to_pylist()

    states = [[column for column in PARTS if row[column]] for rows in at.values() for row in rows]
    assert states == [["open_accepted"], ["open_seen"], ["completed"]]
    assert at[date(2024, 4, 15)][0]["from_name"] == "The Elms"
    assert [(row["asked"], row["seen"]) for row in as_waits_has_it] == [(1, 1)]


def test_what_the_request_does_not_say_its_task_does(tmp_path: Path) -> None:
    request = {
        "resourceType": "ServiceRequest",
        "id": "r",
        "status": "active",
        "intent": "order",
        "subject": to("Patient/p"),
    }
    task = {
        "resourceType": "Task",
        "status": "accepted",
        "intent": "order",
        "focus": to("ServiceRequest/r"),
        "requester": to("Organization/elms"),
    }
    first = task | {"id": "t1", "authoredOn": "2024-03-01", "owner": to("Organization/pantry")}
    later = task | {"id": "t2", "authoredOn": "2024-03-04", "owner": to("Organization/elms")}
    with loaded(
        tmp_path, patient("p"), organisation("elms"), organisation("pantry", "Food pantry"), request, later, first
    ) as store:
        found = referrals.referrals(store)

    (row,) = found.of("boundary").to_pylist()
    assert (row["from_name"], row["to_name"], row["open_accepted"], row["longest_open_days"]) == (
        "elms",
        "Food pantry",
        1,
        4,
    )
    assert found.window.as_at == date(2024, 3, 4)


def test_the_requests_of_the_social_referral_examples_are_found_by_their_tasks(whole: Opened) -> None:
    (everybody,) = referrals.referrals(whole("fhir-social-referral")).of("everybody").to_pylist()

    assert (everybody["asked"], everybody["completed"], everybody["open_unanswered"]) == (2, 2, 0)
    assert everybody["completed_median_days"] is None


def test_the_demo_place_has_as_many_referrals_in_each_state_as_waits_counts(tmp_path: Path) -> None:
    records.write(records.Wanted(300), tmp_path / "records", processes=1)
    load([str(tmp_path / "records")], tmp_path / "store")
    with Store(tmp_path / "store") as store:
        of = {row["to_key"]: row for row in referrals.referrals(store).of("organisation asked").to_pylist()}
        waited = waits.waits(store).of("organisation asked").to_pylist()

    assert len(of) == len(waited) >= 5
    for row in waited:
        ours = of[row["to_key"]]
        assert [ours[name] for name in ("asked", "accepted", "seen", "refused")] == [
            row[name] for name in ("asked", "accepted", "seen", "refused")
        ]
        assert ours["ended"] == row["ended_unseen"]
        assert ours["open_accepted"] + ours["open_unanswered"] == row["waiting"]
        assert sum(ours[column] for column in PARTS) == ours["asked"]
