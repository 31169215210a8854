"""A list that is kept: who has entered and left since, and why; and when it is another rule that is compared."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from joinedup.finding import remembered
from joinedup.finding.people import People, find_by
from joinedup.finding.remembered import BadList, Since
from joinedup.finding.rule_file import parsed
from joinedup.records.store import Store
from tests.joinedup.making import contact, load_into, organisation, patient, to, write
from tests.joinedup.test_rule_files import rule

THREE = '[[all]]\nmeasure = "organisations"\nat_least = 3\n'
PLACES = ("practice", "hospital", "council", "charity")


def seen(who: str, *places: str, on: str = "2024-03-01") -> list[dict[str, Any]]:
    return [
        contact(f"{who}-{place}-{on}", on, subject=to(f"Patient/{who}"), serviceProvider=to(f"Organization/{place}"))
        for place in places
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Jo and Max seen by three organisations, Kit by two, on 1 March 2024."""
    records = [
        *map(organisation, PLACES),
        *map(patient, ("jo", "max", "kit")),
        *seen("jo", *PLACES[:3]),
        *seen("max", *PLACES[:3]),
        *seen("kit", *PLACES[:2]),
    ]
    load_into(tmp_path / "store", write(tmp_path / "first.ndjson", *records))
    return Store(tmp_path / "store")


def found(store: Store, criteria: str = THREE, as_at: date | None = None, **head: str) -> People:
    text = rule(criteria)
    for name, value in head.items():
        text = text.replace('version = "1.0"', f'version = "{value}"') if name == "version" else text
    return find_by(store, parsed(text, "my.toml"), as_at)


def then_and_now(then: People, now: People) -> Since:
    return remembered.since(remembered.of(then, datetime(2024, 3, 2, tzinfo=UTC)), now)


def test_the_first_time_there_is_nothing_to_compare_with(store: Store, tmp_path: Path) -> None:
    kept = remembered.keep(tmp_path / "list.json", remembered.of(found(store)))

    assert kept is None
    (listed,) = remembered.kept_in(tmp_path / "list.json")
    assert set(listed.people) == {"Patient/jo", "Patient/max"}
    assert listed.people["Patient/jo"] == "3 organisations in 12 months."
    assert (listed.rule, listed.version, listed.as_at, listed.store) == ("Test", "1.0", "2024-03-01", store.digest)


def test_a_list_is_about_people_and_only_its_owner_can_read_it(store: Store, tmp_path: Path) -> None:
    remembered.keep(tmp_path / "list.json", remembered.of(found(store)))

    assert (tmp_path / "list.json").stat().st_mode & 0o077 == 0


def test_the_next_time_it_is_said_who_entered_and_who_left_and_which_criterion_no_longer_holds(
    store: Store, tmp_path: Path
) -> None:
    before = found(store)
    later = [*seen("kit", *PLACES[1:], on="2025-02-01"), *seen("jo", *PLACES[:3], on="2025-02-02")]
    load_into(tmp_path / "store", write(tmp_path / "later.ndjson", *later, *seen("max", "council", on="2025-03-05")))

    since = then_and_now(before, found(Store(tmp_path / "store")))

    assert [(each.patient, each.why) for each in since.entered] == [("Patient/kit", "3 organisations in 12 months.")]
    assert [(each.patient, each.why, each.found_because) for each in since.left] == [
        (
            "Patient/max",
            "“at least 3 organisations in 12 months” does not hold: 1 organisation in 12 months.",
            "3 organisations in 12 months.",
        )
    ]
    assert since.stayed == 1
    assert since.said == ("Since the list as at 1 March 2024, kept on 2 March 2024: 1 entered, 1 left, 1 stayed.",)
    assert not since.rule_changed


def test_who_has_died_left_for_that_reason(store: Store, tmp_path: Path) -> None:
    before = found(store)
    load_into(
        tmp_path / "store", write(tmp_path / "later.ndjson", patient("jo", deceasedDateTime="2024-02-29"), patient("x"))
    )

    since = then_and_now(before, found(Store(tmp_path / "store")))

    assert [(each.patient, each.why) for each in since.left] == [("Patient/jo", "Had died.")]


def test_who_is_in_the_records_no_more_left_for_that_reason(store: Store, tmp_path: Path) -> None:
    elsewhere = [*map(organisation, PLACES), patient("max"), *seen("max", *PLACES[:3])]
    load_into(tmp_path / "other", write(tmp_path / "other.ndjson", *elsewhere))

    since = then_and_now(found(store), found(Store(tmp_path / "other")))

    assert [(each.patient, each.why) for each in since.left] == [("Patient/jo", "Not in these records any more.")]


def test_somebody_found_to_be_known_under_another_key_has_stayed(tmp_path: Path) -> None:
    number = "9990000018"
    first = [*map(organisation, PLACES), patient("jo", number), *seen("jo", *PLACES[:3])]
    load_into(tmp_path / "store", write(tmp_path / "first.ndjson", *first))
    before = found(Store(tmp_path / "store"))
    load_into(tmp_path / "store", write(tmp_path / "later.ndjson", patient("a-jo", number), *seen("a-jo", "charity")))

    since = then_and_now(before, now := found(Store(tmp_path / "store")))

    assert len(now.rows) == 1
    assert (since.entered, since.left, since.stayed) == ((), (), 1)


def test_a_rule_that_changed_is_said_and_who_moved_by_it_is_told_from_who_moved_by_the_records(
    store: Store, tmp_path: Path
) -> None:
    before = found(store)
    load_into(tmp_path / "store", write(tmp_path / "later.ndjson", *seen("jo", "charity"), *seen("kit", "charity")))
    now = Store(tmp_path / "store")
    four = THREE.replace("3", "4")
    two = THREE.replace("3", "2").replace("at_least", "at_most")

    narrower = then_and_now(before, found(now, four, version="2.0"))
    other = then_and_now(before, found(now, two, version="3.0"))

    assert narrower.rule_changed
    assert narrower.said[1].startswith("The rule changed in between, from “Test” version 1.0 to “Test” version 2.0: ")
    assert narrower.said[2] == "By the change of the rule 0 entered and 1 left; the others by what the records say now."
    assert [(each.patient, each.by_rule) for each in narrower.left] == [("Patient/max", True)]
    assert [(each.patient, each.by_rule) for each in other.left] == [("Patient/jo", True), ("Patient/max", True)]


def test_a_rule_that_changed_without_a_new_version_is_asked_for_one(store: Store) -> None:
    since = then_and_now(found(store), found(store, THREE.replace("3", "2")))

    assert "Its version did not change with it. Give what asks something else a version of its own." in since.said
    assert [(each.patient, each.by_rule) for each in since.entered] == [("Patient/kit", True)]


def test_a_new_version_that_asks_the_same_is_said_to(store: Store) -> None:
    since = then_and_now(found(store), found(store, version="1.1"))

    assert not since.rule_changed
    assert since.said[1] == "The rule was called “Test”, version 1.0, then; it asks the same of everybody."


def test_asking_the_same_twice_does_not_lose_the_list_before(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    remembered.keep(path, remembered.of(found(store)))
    later = found(store, as_at=date(2025, 3, 5))

    first, again = (remembered.keep(path, remembered.of(later)) for _ in range(2))

    assert first is not None
    assert first == again
    assert first.day == date(2024, 3, 1)


@pytest.mark.parametrize(
    "holds", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "lists": [{"rule": "x"}]}', '{"format": 99, "lists": []}']
)
def test_a_file_that_is_no_list_is_left_as_it_is(store: Store, tmp_path: Path, holds: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(holds)

    with pytest.raises(BadList, match="Name another file"):
        remembered.keep(path, remembered.of(found(store)))

    assert path.read_text() == holds


def test_lists_in_a_store_do_not_stand_in_the_way_of_loading(store: Store, tmp_path: Path) -> None:
    people = found(store)
    path = remembered.place_in(store.path, people.rule)
    remembered.keep(path, remembered.of(people))

    load_into(tmp_path / "store", write(tmp_path / "later.ndjson", patient("x"), patient("y")))

    assert json.loads(path.read_text())["lists"][0]["rule"] == "Test"
    assert path == tmp_path / "store" / "found" / "test.json"
