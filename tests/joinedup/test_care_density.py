"""Care density: the published example, the kernel against pair by pair, and weights by profession."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.measures import care_density
from tests.joinedup.making import contact, loaded, patient, to

PEOPLE = ["ACD", "AD", "AD", "D", "C"]
KIND = {"A": "GP", "C": "GP", "D": "Psy"}
WEIGHTS = {("GP", "GP"): 0.3, ("GP", "Psy"): 1.6, ("Psy", "Psy"): 1.1}


def of(people: list[str], column: str = "density", **how: object) -> list[float | None]:
    patient = [person for person, seen in enumerate(people) for _ in seen]
    provider = [ord(one) - ord("A") for seen in people for one in seen]
    found: list[float | None] = care_density.of_everybody(patient, provider, **how)[column].to_pylist()
    return found


def test_the_published_example_has_its_care_density() -> None:
    assert of(PEOPLE) == pytest.approx([5 / 3, 3, 3, None, None])
    assert of(PEOPLE, "providers") == [3, 2, 2, 1, 1]


def test_the_published_example_has_its_fragmented_care_density() -> None:
    kinds, weight = [0, 0, 0, 1], [[0.3, 1.6], [1.6, 1.1]]

    assert of(PEOPLE, "fragmented", kind=kinds, weight=weight) == pytest.approx([6.7 / 3, 4.8, 4.8, None, None])
    assert care_density.plainly(PEOPLE, WEIGHTS, KIND) == pytest.approx([6.7 / 3, 4.8, 4.8, None, None])


def test_without_weights_nobody_has_a_fragmented_care_density() -> None:
    assert of(PEOPLE, "fragmented") == [None] * 5


def test_seeing_somebody_again_changes_nothing() -> None:
    assert of(["ACDA", "DAD", "AD", "DD", "C"]) == of(PEOPLE)


@settings(deadline=None)
@given(st.lists(st.text("ABCDEFG", min_size=1, max_size=9), max_size=9))
def test_one_pass_gives_what_going_pair_by_pair_gives(people: list[str]) -> None:
    assert of(people) == pytest.approx(care_density.plainly(people))


@settings(deadline=None)
@given(st.lists(st.text("ACD", min_size=1, max_size=6), max_size=9))
def test_weights_count_the_same_in_one_pass(people: list[str]) -> None:
    weighed = of(people, "fragmented", kind=[0, 0, 0, 1], weight=[[0.3, 1.6], [1.6, 1.1]])

    assert weighed == pytest.approx(care_density.plainly(people, WEIGHTS, KIND))


def test_a_person_with_a_thousand_providers_does_not_blow_it_up() -> None:
    found = care_density.of_everybody(np.zeros(1_000, np.int32), np.arange(1_000, dtype=np.int32))

    assert found.to_pylist() == [{"patient": 0, "providers": 1_000, "density": 1.0, "fragmented": None}]


def test_a_store_gives_everybodys_with_who_was_left_out(tmp_path: Path) -> None:
    seen = {"1": ("p", "ann"), "2": ("p", "ben"), "3": ("q", "ann"), "4": ("q", "ben"), "5": ("r", "ann")}
    records = [
        contact(
            id,
            f"2024-03-0{id}T09:00:00Z",
            subject=to(f"Patient/{whom}"),
            participant=[{"individual": to(f"Practitioner/{by}")}],
        )
        for id, (whom, by) in seen.items()
    ]
    with loaded(tmp_path, *(patient(who) for who in "pqr"), *records) as store:
        found = care_density.care_density(store)
        weighed = care_density.care_density(store, weights={("unknown", "unknown"): 0.5})
        with pytest.raises(ValueError, match="unknown and unknown"):
            care_density.care_density(store, weights={("gp", "nurse"): 2})
        with pytest.raises(ValueError, match="Only practitioners"):
            care_density.care_density(store, "organisation", weights={("gp", "nurse"): 2})

    assert found.table["density"].to_pylist() == [2, 2, None]
    assert (found.mean, found.left_out) == (2, 1)
    assert weighed.table["fragmented"].to_pylist() == [1, 1, None]
