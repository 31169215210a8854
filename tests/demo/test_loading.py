"""The made-up records, read by `joinedup`: nothing is set aside, and a search finds a useful number of people."""

from pathlib import Path

import pytest

from joinedup.find import Rule, find
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.demo.conftest import Export


@pytest.fixture(scope="module")
def store(loaded: Path) -> Store:
    return Store(loaded)


def test_nothing_is_set_aside_doubted_or_left_without_an_answer(store: Store, hathermere: Export) -> None:
    counts = store.counts()

    assert (counts["set_aside"], counts["doubts"], counts["unresolved"]) == (0, 0, 0)
    assert counts["patients"] == 3000
    assert counts["contacts"] == len(hathermere.of("Encounter"))
    assert counts["conditions"] == len(hathermere.of("Condition"))
    assert counts["referrals"] == len(hathermere.of("ServiceRequest"))
    assert counts["tasks"] == len(hathermere.of("Task"))


def test_a_search_finds_a_useful_number_of_people(store: Store) -> None:
    found = find(store, Rule(aged=65, conditions=4, organisations=3, within_months=24))

    assert 40 <= len(found.found) <= 150
    assert found.considered == 3000
    assert found.found[0].organisations >= 6


def test_deprivation_needs_and_waits_arrive_in_the_tables(store: Store) -> None:
    def number(sql: str) -> int:
        return int(store.query(f"SELECT count(*) AS n FROM {sql}")["n"][0].as_py())

    assert number("patients WHERE deprivation_decile BETWEEN 1 AND 10") == 3000
    assert number("patients WHERE nhs_number_state = 'valid'") == 3000
    assert number("patients WHERE ethnicity_code IS NOT NULL AND general_practice IS NOT NULL") == 3000
    assert number("patients WHERE communication_need IS NOT NULL") > 30
    assert number("referrals WHERE days_waiting > 0") > 500
    assert number("conditions WHERE icd10_code IS NULL OR snomed_code IS NULL") == 0


def test_loading_the_same_records_again_changes_nothing(hathermere: Export, loaded: Path) -> None:
    before = Store(loaded).digest

    again = load([str(hathermere.folder)], loaded)

    assert not again.changed
    assert again.generation == before
