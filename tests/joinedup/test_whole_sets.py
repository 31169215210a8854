"""The counts in each set's SOURCE.md, and the values of reference/measures.md section 4, on the whole sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from joinedup.find import Rule, find
from joinedup.measures import continuity, hand_offs
from joinedup.records.store import Store
from tests.joinedup.making import rows

Opened = Callable[[str], Store]

OLDER, TEAMS, BULK = "fhir-older-multimorbid", "fhir-careteam-careplan", "fhir-bulk-ndjson"

COUNTS = {
    OLDER: {
        "patients": 80,
        "contacts": 3719,
        "conditions": 909,
        "care_plans": 387,
        "goals": 327,
        "organisations": 63,
        "practitioners": 63,
    },
    TEAMS: {
        "patients": 31,
        "contacts": 961,
        "conditions": 1040,
        "care_teams": 78,
        "care_team_members": 234,
        "care_plans": 78,
        "goals": 78,
        "organisations": 134,
        "practitioners": 134,
        "practitioner_roles": 134,
        "locations": 134,
    },
    BULK: {
        "patients": 13,
        "contacts": 1215,
        "conditions": 555,
        "organisations": 43,
        "practitioners": 43,
        "practitioner_roles": 43,
        "locations": 44,
    },
    "fhir-ecare-plan": {
        "patients": 5,
        "care_plans": 6,
        "care_teams": 8,
        "goals": 22,
        "conditions": 40,
        "referrals": 23,
        "related_persons": 3,
        "contacts": 3,
    },
    "fhir-transfer-of-care": {
        "patients": 1,
        "contacts": 13,
        "practitioners": 33,
        "practitioner_roles": 23,
        "organisations": 11,
        "care_plans": 6,
        "care_teams": 2,
        "referrals": 11,
        "tasks": 1,
        "conditions": 22,
        "goals": 9,
        "related_persons": 2,
    },
}
"""Rows that are to be in the tables once repeats are merged: SOURCE.md of each set."""

READ = {OLDER: 42_667, TEAMS: 13_137, BULK: 7_160, "fhir-ecare-plan": 320, "fhir-transfer-of-care": 816}
"""Resources in the files, repeats included."""

COUNTED = {
    OLDER: {"MedicationRequest": 1337, "Procedure": 1469, "Observation": 22359},
    TEAMS: {"Provenance": 31, "Organization": 134},
    BULK: {"Procedure": 2056, "MedicationRequest": 1745, "DocumentReference": 1215, "Immunization": 161, "Device": 16},
    "fhir-ecare-plan": {
        "Practitioner": 21,
        "Organization": 10,
        "HealthcareService": 6,
        "MedicationRequest": 20,
        "Observation": 135,
    },
    "fhir-transfer-of-care": {"Observation": 610, "EpisodeOfCare": 4, "ClinicalImpression": 7},
}
"""Types that go into no table, or that repeat."""


@pytest.mark.parametrize("name", COUNTS)
def test_each_set_gives_the_rows_that_its_source_says(whole: Opened, name: str) -> None:
    found = whole(name).counts()

    assert {table: found[table] for table in COUNTS[name]} == COUNTS[name]


@pytest.mark.parametrize("name", READ)
def test_every_resource_in_the_files_is_counted_and_none_is_lost(whole: Opened, name: str) -> None:
    store = whole(name)
    outer = [each for each in store.counted() if not each.contained and each.resource_type != "Bundle"]
    by_type = Counter[str]()
    for each in outer:
        by_type[each.resource_type] += each.number

    assert sum(by_type.values()) == READ[name]
    assert sum(source.resources for source in store.sources()) == READ[name]
    assert {kind: by_type[kind] for kind in COUNTED[name]} == COUNTED[name]


@pytest.mark.parametrize("name", [*READ, "fhir-social-referral"])
def test_nothing_that_is_fhir_is_set_aside(whole: Opened, name: str) -> None:
    aside = whole(name).set_aside()

    assert [each for each in aside if not each.source.endswith("log.ndjson")] == []


CONTINUITY = [
    # set, by, people, contacts, COC mean, COC median, UPC, SECON, MMCI, pairs, hand-offs
    (OLDER, "organisation", 80, 3719, 0.8178, 0.8461, 0.8902, 0.8490, 0.9603, 3639, 547),
    (OLDER, "practitioner", 80, 3692, 0.8166, 0.8448, 0.8893, 0.8501, 0.9599, 3612, 541),
    (TEAMS, "organisation", 31, 961, 0.5242, 0.5134, 0.6426, 0.5984, 0.9397, 930, 371),
    (BULK, "organisation", 13, 1215, 0.4578, 0.4782, 0.6242, 0.4869, 0.9081, 1202, 430),
]


@pytest.mark.parametrize(("name", "by", "people", "contacts", "expected"), [(*r[:4], r[4:]) for r in CONTINUITY])
def test_continuity_is_as_published_for_each_set(
    whole: Opened, name: str, by: continuity.By, people: int, contacts: int, expected: tuple[float, ...]
) -> None:
    found = continuity.measure(whole(name), by)

    seen = (found.mean("coc"), found.median("coc"), found.mean("upc"), found.mean("secon"), found.mean("mmci"))
    assert (found.table.num_rows, found.left_out, found.pairs + found.table.num_rows) == (people, 0, contacts)
    assert [round(value or 0, 4) for value in seen] == list(expected[:5])
    assert (found.pairs, found.hand_offs) == expected[5:]


@pytest.mark.parametrize("name", [OLDER, TEAMS, BULK])
def test_nobody_in_the_large_sets_has_fewer_than_four_contacts(whole: Opened, name: str) -> None:
    assert continuity.measure(whole(name), minimum=4).left_out == 0


@pytest.mark.parametrize(("name", "without_self", "with_self"), [(OLDER, 122, 175), (TEAMS, 106, 164), (BULK, 91, 117)])
def test_hand_offs_make_so_many_ordered_pairs_of_organisations(
    whole: Opened, name: str, without_self: int, with_self: int
) -> None:
    found = hand_offs.hand_offs(whole(name))

    assert (found.table.num_rows, found.between.num_rows) == (with_self, without_self)
    assert found.pairs == continuity.measure(whole(name)).pairs
    assert found.times == continuity.measure(whole(name)).hand_offs


@pytest.mark.parametrize(
    ("name", "people_by_organisations", "seen", "contacts"),
    [
        (OLDER, {2: 54, 3: 22, 4: 4}, 63, (16, 37.5, 133)),
        (TEAMS, {2: 19, 3: 9, 5: 3}, 71, (8, 32, 49)),
        (BULK, {3: 4, 4: 5, 5: 1, 6: 1, 7: 2}, 39, (15, 37, 708)),
    ],
)
def test_people_are_spread_over_so_many_organisations(
    whole: Opened, name: str, people_by_organisations: dict[int, int], seen: int, contacts: tuple[float, ...]
) -> None:
    store = whole(name)
    found = continuity.measure(store)
    numbers = found.table["contacts"].to_pylist()

    assert Counter(found.table["providers"].to_pylist()) == people_by_organisations
    assert rows(store, "counting_contacts", "count(DISTINCT organisation)") == [(seen,)]
    assert (min(numbers), found.median("contacts"), max(numbers)) == contacts


def test_every_older_person_is_found_by_the_rule_that_chose_the_set(whole: Opened) -> None:
    rule = Rule(aged=65, conditions=5, organisations=2, within_months=None, resolved_too=True, dead_too=True)

    found = find(whole(OLDER), rule)

    assert (len(found.found), found.considered, found.left_out) == (80, 80, {})


def test_the_dead_are_left_out_of_a_search_and_counted(whole: Opened) -> None:
    found = find(whole(OLDER), Rule(conditions=0, organisations=0))

    assert found.left_out["had died"] == 47


@pytest.mark.parametrize(
    ("name", "resources"), [("fhir-r4-official-examples", 172), ("fhir-nhs-bars", 115), ("fhir-social-referral", 58)]
)
def test_sets_to_survive_are_read_to_the_end_with_everything_counted(whole: Opened, name: str, resources: int) -> None:
    counted = [each for each in whole(name).counted() if not each.contained and each.resource_type != "Bundle"]

    assert sum(each.number for each in counted) == resources


def test_a_chain_of_tasks_keeps_who_asked_and_what_it_is_part_of(whole: Opened) -> None:
    tasks = rows(whole("fhir-social-referral"), "tasks", "task", "requester", "owner", "part_of", "referral")

    assert len(tasks) == 8
    assert sum(part_of is not None for _, _, _, part_of, _ in tasks) == 2
    assert all(referral is None or referral.startswith("ServiceRequest/") for *_, referral in tasks)
