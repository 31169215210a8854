"""Visits read a stretch at a time: whole people, in order, however the batches fall."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.measures import continuity
from joinedup.measures.asking import Window, visits, whole_people

Opened = Any

contacts = st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 3)), max_size=40).map(sorted)


@given(contacts, st.lists(st.integers(0, 40), max_size=6))
def test_a_stretch_never_parts_one_persons_contacts(rows: list[tuple[int, int]], cuts: list[int]) -> None:
    table = pa.table({"patient": [row[0] for row in rows], "team": [row[1] for row in rows]})
    table = table.cast(pa.schema([("patient", pa.int32()), ("team", pa.int32())]))
    ends = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    batches = [table.slice(start, end - start).combine_chunks() for start, end in itertools.pairwise(ends)]

    stretches = list(whole_people(batch for each in batches for batch in each.to_batches()))

    people = [set(each["patient"].tolist()) for each in stretches]
    assert sum(len(each) for each in people) == len(set().union(*people))
    assert [pair for each in stretches for pair in zip(*(each[name].tolist() for name in each), strict=True)] == rows


def test_visits_come_in_the_order_of_their_ordinal_from_a_whole_store_and_from_one_of_some_people(
    shipped: Opened,
) -> None:
    store = shipped("fhir-older-multimorbid")
    some = store.only(store.query("SELECT patient FROM patients WHERE number % 2 = 0")["patient"].to_pylist())
    everybody = visits(store, Window.of(store), "ordinal")["ordinal"].to_numpy()
    theirs = visits(some, Window.of(store), "ordinal")["ordinal"].to_numpy()

    assert len(everybody) > len(theirs) > 0
    assert np.all(np.diff(everybody) > 0)
    assert np.all(np.diff(theirs) > 0)


@settings(deadline=None)  # the kernel compiles in one of them
@given(contacts)
def test_everybodys_measures_are_the_plain_ones(rows: list[tuple[int, int]]) -> None:
    patient, provider = (np.array([row[at] for row in rows], np.int32) for at in (0, 1))

    found = {row["patient"]: row for row in continuity.over(patient, provider, 4).to_pylist()}

    for person in set(patient.tolist()):
        seen = [None if other < 0 else f"{other}" for one, other in rows if one == person]
        plain = continuity.plainly(seen)
        if not plain["contacts"]:
            assert person not in found
            continue
        for name, value in plain.items():
            ours = found[person][name]
            assert ours == value or abs(ours - value) < 1e-12, name
