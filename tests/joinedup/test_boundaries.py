"""Hand-offs, returns and waits: the SQL against the plain formulas, on both engines."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.engines.tongue import statement
from joinedup.measures import hand_offs, returns, waits
from tests.joinedup.making import contact, loaded, organisation, patient, to
from tests.joinedup.on_engines import EACH_ENGINE, EVERYTHING, on_duckdb, on_spark

START = datetime(2024, 1, 1, tzinfo=UTC)
Contact = tuple[str, str, int]
"""(patient, provider, day)"""

contacts = st.lists(st.tuples(st.sampled_from("pqr"), st.sampled_from("ABC"), st.integers(0, 60)), max_size=40)
SOME = [(who, "ABCAB"[n % 5], (n * 7) % 50) for n, who in enumerate("pqprqqprpqrrpqpp" * 2)]


def in_order(made: list[Contact]) -> list[Contact]:
    return [each for _, each in sorted(enumerate(made), key=lambda one: (one[1][0], one[1][2], one[0]))]


def visits_of(made: list[Contact]) -> pa.Table:
    rows = in_order(made)
    return pa.table(
        {
            "ordinal": pa.array(range(len(rows)), pa.int64()),
            "patient": pa.array(["pqr".index(who) for who, _, _ in rows], pa.int32()),
            "started_at": pa.array([START + timedelta(days=day) for *_, day in rows], pa.timestamp("us", tz="UTC")),
            "organisation": pa.array(["ABC".index(provider) for _, provider, _ in rows], pa.int32()),
        }
    )


def of_each(made: list[Contact]) -> list[list[tuple[str, float]]]:
    return [[(provider, day) for who, provider, day in in_order(made) if who == one] for one in "pqr"]


def hand_offs_are_as_plainly(on: Any, made: list[Contact]) -> None:
    rows = on(statement("hand_offs", by="organisation"), {"visits": visits_of(made)}, **EVERYTHING)
    found = Counter({("ABC"[row["from_number"]], "ABC"[row["to_number"]]): row["times"] for row in rows})
    assert found == hand_offs.network_plainly([[provider for provider, _ in each] for each in of_each(made)])


@settings(deadline=None)  # a query each, on machines that others use too
@given(contacts)
def test_hand_offs_are_the_plain_count(made: list[Contact]) -> None:
    hand_offs_are_as_plainly(on_duckdb, made)


@pytest.mark.spark
def test_hand_offs_are_the_plain_count_on_spark() -> None:
    hand_offs_are_as_plainly(on_spark, SOME)


@EACH_ENGINE
def test_hand_offs_at_the_same_instant_are_counted_apart(on: Any) -> None:
    made = [("p", "A", 1), ("p", "B", 1), ("p", "A", 3)]

    rows = on(statement("hand_offs", by="organisation"), {"visits": visits_of(made)}, **EVERYTHING)

    assert [(row["from_number"], row["to_number"], row["times"], row["tied"]) for row in rows] == [
        (0, 1, 1, 1),
        (1, 0, 1, 0),
    ]
    assert [row["median_days"] for row in rows] == [0, 2]


def returns_are_as_plainly(on: Any, made: list[Contact]) -> None:
    rows = on(statement("returns", by="organisation"), {"visits": visits_of(made)}, days=30, **EVERYTHING)
    found = Counter({("ABC"[row["to_number"]], "ABC"[row["between_number"]]): row["returns"] for row in rows})
    assert found == sum((returns.plainly(each) for each in of_each(made)), Counter())


@settings(deadline=None)  # a query each, on machines that others use too
@given(contacts)
def test_returns_are_the_plain_count(made: list[Contact]) -> None:
    returns_are_as_plainly(on_duckdb, made)


@pytest.mark.spark
def test_returns_are_the_plain_count_on_spark() -> None:
    returns_are_as_plainly(on_spark, SOME)


Referred = tuple[int, int | None, str | None]
"""(day asked, days until seen, status of its task)"""

referred = st.lists(
    st.tuples(
        st.integers(0, 20), st.none() | st.integers(0, 9), st.sampled_from([None, "accepted", "rejected", "cancelled"])
    ),
    min_size=1,
    max_size=25,
)
UNTIL = START + timedelta(days=24)


def waited(on: Any, made: list[Referred]) -> dict[str, Any]:
    """What the SQL says of everybody, of these referrals."""
    at = pa.timestamp("us", tz="UTC")
    texts = {name: pa.nulls(len(made), pa.string()) for name in ("status", "intent")}
    referrals = pa.table(
        {
            "referral": [str(number) for number in range(len(made))],
            "patient": ["p"] * len(made),
            "from_organisation": ["g"] * len(made),
            "to_organisation": ["h"] * len(made),
            "asked_at": pa.array([START + timedelta(days=asked) for asked, _, _ in made], at),
            "seen_at": pa.array(
                [None if days is None else START + timedelta(days=asked + days) for asked, days, _ in made], at
            ),
            **texts,
        }
    )
    with_task = [(str(number), *each) for number, each in enumerate(made) if each[2]]
    tasks = pa.table(
        {
            "referral": pa.array([number for number, *_ in with_task], pa.string()),
            "status": pa.array([status for *_, status in with_task], pa.string()),
            "asked_at": pa.array([START + timedelta(days=asked) for _, asked, _, _ in with_task], at),
            "changed_at": pa.array([START + timedelta(days=asked + 1) for _, asked, _, _ in with_task], at),
            "ended_at": pa.nulls(len(with_task), at),
        }
    )
    organisations = pa.table({"organisation": ["g", "h"], "sector": ["practice", "hospital"]})
    patients = pa.table({"patient": ["p"], "deprivation_decile": pa.array([3], pa.int64()), "ethnicity": ["any"]})
    tables = {"referrals": referrals, "tasks": tasks, "organisations": organisations, "patients": patients}
    rows = on(statement("waits"), tables, since=START, until=UNTIL)
    assert {row["what"] for row in rows} == set(waits.GROUPS)
    assert [row["to_key"] for row in rows if row["what"] == "deprivation fifth"] == ["2"]
    (found,) = [row for row in rows if row["what"] == "everybody"]
    assert all(row["km_median_days"] == found["km_median_days"] for row in rows)
    return dict(found)


def waits_are_as_plainly(on: Any, made: list[Referred]) -> None:
    days: list[tuple[float, bool]] = []
    outcomes: Counter[str] = Counter()
    for asked, until_seen, status in made:
        if until_seen is not None and asked + until_seen < 24:
            outcomes["seen"] += 1
            days.append((until_seen, True))
        elif status in ("rejected", "cancelled"):
            outcomes["refused" if status == "rejected" else "ended_unseen"] += 1
            days.append((1, False))
        else:
            outcomes["waiting"] += 1
            days.append((24 - asked, False))

    found = waited(on, made)

    assert {name: found[name] for name in ("seen", "refused", "ended_unseen", "waiting")} == {
        name: outcomes[name] for name in ("seen", "refused", "ended_unseen", "waiting")
    }
    assert found["asked"] == len(made)
    assert found["km_median_days"] == waits.plainly(days)
    assert found["km_ninetieth_days"] == waits.plainly(days, 0.1)


@settings(deadline=None)  # a query each, on machines that others use too
@given(referred)
def test_waits_count_those_still_waiting_as_kaplan_and_meier_do(made: list[Referred]) -> None:
    waits_are_as_plainly(on_duckdb, made)


@pytest.mark.spark
def test_waits_are_the_same_on_spark() -> None:
    waits_are_as_plainly(
        on_spark, [(n % 15, (n * 3) % 8 if n % 3 else None, [None, "rejected"][n % 2]) for n in range(30)]
    )


def test_hand_offs_are_named_at_every_level(tmp_path: Path) -> None:
    with loaded(
        tmp_path,
        patient("p"),
        organisation("o", "The Elms", type=[{"text": "General practice"}]),
        organisation("h", "St Mary's", type=[{"text": "Hospital"}]),
        contact("1", "2024-03-01T09:00:00Z", serviceProvider=to("Organization/o")),
        contact("2", "2024-03-04T09:00:00Z", serviceProvider=to("Organization/h")),
    ) as store:
        by_organisation = hand_offs.hand_offs(store).table.to_pylist()
        by_sector = hand_offs.hand_offs(store, "sector").table.to_pylist()

    assert [(row["from_number_name"], row["to_number_name"]) for row in by_organisation] == [("The Elms", "St Mary's")]
    assert [(row["from_number_key"], row["median_days"]) for row in by_sector] == [("General practice", 3)]
