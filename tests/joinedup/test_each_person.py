"""Measures of each person that rules ask for: worked cases, and the SQL on each engine against the plain formulas."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.engines.tongue import statement
from joinedup.measures import conditions, contacts_of_each, groups, longest_wait, resting_on_one, returns_of_each
from tests.joinedup.on_engines import EACH_ENGINE, on_duckdb

BEGIN, END = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
WINDOW = {"since": BEGIN, "until": END}

Dealt = tuple[int, str | None, str | None, int]
"""(person, organisation, practitioner, day from 1 January 2024)"""

DEALT = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from([None, "a", "b", "c"]),
        st.sampled_from([None, "x", "y"]),
        st.integers(-40, 400),
    ),
    max_size=40,
)


def in_order(made: list[Dealt]) -> list[Dealt]:
    return sorted(made, key=lambda each: (each[0], each[3]))


def visits(made: list[Dealt]) -> pa.Table:
    rows = in_order(made)
    return pa.table(
        {
            "ordinal": pa.array(range(len(rows)), pa.int64()),
            "patient": pa.array([who for who, *_ in rows], pa.int32()),
            "started_at": pa.array([BEGIN + timedelta(days=day) for *_, day in rows], pa.timestamp("us", tz="UTC")),
            "organisation": pa.array([None if o is None else ord(o) for _, o, _, _ in rows], pa.int32()),
            "practitioner": pa.array([None if p is None else ord(p) for _, _, p, _ in rows], pa.int32()),
        }
    )


def of(made: list[Dealt], who: int) -> list[Dealt]:
    """One person's contacts in the window, in order."""
    return [each for each in in_order(made) if each[0] == who and 0 <= each[3] < 366]


def contacts_plainly(made: list[Dealt]) -> dict[int, int]:
    begun = {who: [BEGIN + timedelta(days=day) for w, *_, day in made if w == who] for who, *_ in made}
    counted = {who: contacts_of_each.plainly(listed, BEGIN, END) for who, listed in begun.items()}
    return {who: number for who, number in counted.items() if number}


def returns_plainly(made: list[Dealt]) -> dict[int, int]:
    dealt = {who: [(o, float(day)) for _, o, _, day in of(made, who) if o] for who, *_ in made}
    return {who: returns_of_each.plainly(listed) for who, listed in dealt.items() if listed}


def resting_plainly(made: list[Dealt]) -> dict[int, int | None]:
    dealt = {who: [(o, p) for _, o, p, _ in of(made, who) if o and p] for who, *_ in made}
    return {who: resting_on_one.plainly(listed) for who, listed in dealt.items() if listed}


@settings(max_examples=60, deadline=None)
@given(made=DEALT)
def test_the_sql_says_of_each_person_what_the_formulas_say(made: list[Dealt]) -> None:
    tables = {"visits": visits(made)}

    contacts = on_duckdb(statement("contacts_of_each"), tables, **WINDOW)
    returned = on_duckdb(statement("returns_of_each", by="organisation"), tables, days=30, **WINDOW)
    resting = on_duckdb(statement("resting_on_one"), tables, **WINDOW)

    assert {row["patient"]: row["contacts"] for row in contacts} == contacts_plainly(made)
    assert {row["patient"]: row["returns"] for row in returned} == returns_plainly(made)
    assert {row["patient"]: row["resting"] for row in resting} == resting_plainly(made)


SOME: list[Dealt] = [
    *((0, "ab"[day % 2], "x", day) for day in range(7)),
    *((1, "abc"[day % 3], "xy"[day % 2], 9 * day) for day in range(20)),
    (2, None, "x", 5),
    (2, "a", None, 6),
    (3, "a", "x", -1),
    (3, "b", "x", 366),
]


@EACH_ENGINE
def test_every_engine_says_the_same_of_each_person(on: Any) -> None:
    tables = {"visits": visits(SOME)}

    contacts = on(statement("contacts_of_each"), tables, **WINDOW)
    returned = on(statement("returns_of_each", by="organisation"), tables, days=30, **WINDOW)
    resting = on(statement("resting_on_one"), tables, **WINDOW)

    assert [(row["patient"], row["contacts"]) for row in contacts] == [(0, 7), (1, 20), (2, 2)]
    assert [(row["patient"], row["returns"]) for row in returned] == [(0, 5), (1, 0), (2, 0)]
    assert [(row["patient"], row["resting"], row["organisations"]) for row in resting] == [(0, 2, 2), (1, 0, 3)]


def referrals(made: list[tuple[str, int, int | None, str]]) -> dict[str, pa.Table]:
    """Tables of (person, day asked, day seen or None, 'asked', 'rejected' or 'revoked')."""

    def at(day: int | None) -> datetime | None:
        return None if day is None else BEGIN + timedelta(days=day)

    keys = [f"r{number}" for number in range(len(made))]
    moments = pa.timestamp("us", tz="UTC")
    over = [(key, day) for key, (_, day, _, state) in zip(keys, made, strict=True) if state == "rejected"]
    return {
        "referrals": pa.table(
            {
                "referral": pa.array(keys, pa.string()),
                "patient": pa.array([who for who, *_ in made], pa.string()),
                "asked_at": pa.array([at(day) for _, day, _, _ in made], moments),
                "seen_at": pa.array([at(day) for _, _, day, _ in made], moments),
                "status": pa.array(["revoked" if s == "revoked" else "active" for *_, s in made], pa.string()),
                "intent": pa.nulls(len(made), pa.string()),
            }
        ),
        "tasks": pa.table(
            {
                "referral": pa.array([key for key, _ in over], pa.string()),
                "status": pa.array(["rejected"] * len(over), pa.string()),
                "ended_at": pa.array([at(day + 1) for _, day in over], moments),
                "changed_at": pa.nulls(len(over), moments),
                "asked_at": pa.nulls(len(over), moments),
            }
        ),
    }


@EACH_ENGINE
def test_the_longest_wait_is_of_those_seen_or_still_waiting(on: Any) -> None:
    made = [
        ("p", 0, 4, "asked"),
        ("p", 356, None, "asked"),
        ("q", 10, 40, "asked"),
        ("q", 0, None, "rejected"),
        ("q", 0, None, "revoked"),
        ("r", 0, None, "rejected"),
        ("s", -1, None, "asked"),
        ("t", 300, 400, "asked"),
    ]

    found = on(statement("longest_wait"), referrals(made), **WINDOW)

    assert [(row["patient"], row["days"], row["waiting"]) for row in found] == [
        ("p", 10, 1),
        ("q", 30, 0),
        ("t", 66, 1),
    ]
    for who in "pqt":
        asked = [
            (BEGIN + timedelta(days=day), None if seen is None else BEGIN + timedelta(days=seen))
            for w, day, seen, state in made
            if w == who and state == "asked"
        ]
        (row,) = [each for each in found if each["patient"] == who]
        assert longest_wait.plainly(asked, END) == (row["days"], bool(row["waiting"]))


@EACH_ENGINE
def test_conditions_are_different_ones_that_somebody_has_on_the_day(on: Any) -> None:
    day = date(2024, 12, 31)
    made = [
        ("p", "asthma", None, None),
        ("p", "asthma", None, None),
        ("p", "gout", None, date(2024, 12, 31)),
        ("p", "flu", None, date(2025, 1, 1)),
        ("p", "slip", "entered-in-error", None),
        ("q", "gout", "refuted", None),
    ]
    nothing = pa.nulls(len(made), pa.string())
    tables = {
        "conditions": pa.table(
            {
                "condition": pa.array([f"c{number}" for number in range(len(made))], pa.string()),
                "patient": pa.array([who for who, *_ in made], pa.string()),
                "system": nothing,
                "code": pa.array([what for _, what, *_ in made], pa.string()),
                "display": nothing,
                "verification_status": pa.array([status for _, _, status, _ in made], pa.string()),
                "clinical_status": nothing,
                "onset_on": pa.nulls(len(made), pa.date32()),
                "recorded_on": pa.nulls(len(made), pa.date32()),
                "abated_on": pa.array([over for *_, over in made], pa.date32()),
            }
        )
    }

    found = on(statement("conditions"), tables, until=END, resolved_too=0)
    past_too = on(statement("conditions"), tables, until=END, resolved_too=1)

    plain = conditions.plainly([(what, over) for who, what, status, over in made if who == "p" and not status], day)
    assert found == [{"patient": "p", "conditions": plain}] == [{"patient": "p", "conditions": 2}]
    assert past_too == [{"patient": "p", "conditions": 3}]


@EACH_ENGINE
def test_groups_are_of_the_day_and_missing_where_nothing_is_recorded(on: Any) -> None:
    births = [date(2006, 12, 31), date(2007, 1, 1), date(1949, 12, 31), date(1939, 12, 31), None, date(2026, 1, 1)]
    deciles = [1, 2, 3, 10, None, 5]
    tables = {
        "patients": pa.table(
            {
                "patient": pa.array([f"p{number}" for number in range(len(births))], pa.string()),
                "gender": pa.array(["female", "male", None, "other", None, None], pa.string()),
                "ethnicity": pa.array(["Indian", *[None] * 5], pa.string()),
                "deprivation_decile": pa.array(deciles, pa.int64()),
                "born_on": pa.array(births, pa.date32()),
                "died_at": pa.array(
                    [None] * 3 + [datetime(2024, 6, 1, tzinfo=UTC)] + [None] * 2, pa.timestamp("us", "UTC")
                ),
            }
        )
    }

    found = on(statement("groups"), tables, until=END, as_at=date(2024, 12, 31))

    bands = ["18 to 39", "0 to 17", "75 to 84", "75 to 84", None, None]
    fifths = ["1", "1", "2", "5", None, "3"]
    assert [(row["age"], row["deprivation_fifth"]) for row in found] == list(zip(bands, fifths, strict=True))
    assert (found[0]["sex"], found[0]["ethnicity"], found[1]["ethnicity"]) == ("female", "Indian", None)
    assert [
        groups.plainly(born, decile, date(2024, 12, 31))
        for born, decile in zip(births[:3], deciles, strict=False)
        if born
    ] == list(zip(bands[:3], fifths, strict=False))
