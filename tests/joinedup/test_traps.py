"""The traps found in real files (reference/fhir.md section 7), on the copies that are shipped with these tests."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from joinedup.find import Rule, find
from joinedup.measures import continuity
from joinedup.records.store import Store
from tests.joinedup.making import rows

Opened = Callable[[str], Store]
DATA = Path(__file__).parent / "data"

TEAMS, BULK, OLDER = "fhir-careteam-careplan", "fhir-bulk-ndjson", "fhir-older-multimorbid"
CARE, JOURNEY, BARS = "fhir-ecare-plan", "fhir-transfer-of-care", "fhir-nhs-bars"


def resources(name: str) -> Iterator[dict[str, Any]]:
    """Every resource of a shipped set, read as plainly as can be: the judge of the reader."""
    for path in sorted((DATA / name).rglob("*.gz")):
        text = gzip.decompress(path.read_bytes()).decode()
        whole = [json.loads(text)] if ".ndjson" not in path.name else [json.loads(line) for line in text.splitlines()]
        for one in whole:
            if one.get("resourceType") == "Bundle":
                yield from (entry["resource"] for entry in one.get("entry", []) if "resource" in entry)
            elif "resourceType" in one:
                yield one


def of_type(name: str, kind: str) -> list[dict[str, Any]]:
    return [each for each in resources(name) if each["resourceType"] == kind]


def providers_plainly(name: str) -> dict[str, list[str]]:
    """Each person's organisations in order of time, by what the Encounters themselves say."""
    contacts = sorted(
        (
            (datetime.fromisoformat(each["period"]["start"]), number, each)
            for number, each in enumerate(of_type(name, "Encounter"))
        ),
        key=lambda item: item[:2],
    )
    found: dict[str, list[str]] = {}
    for _, _, each in contacts:
        found.setdefault(each["subject"]["reference"], []).append(each["serviceProvider"]["reference"])
    return found


def test_resources_without_an_id_are_known_by_their_full_url(shipped: Opened) -> None:
    store = shipped(TEAMS)

    assert not any("id" in each for each in resources(TEAMS))
    assert {key for (key,) in rows(store, "patients", "patient")} == {
        f"Patient/{each['identifier'][0]['value']}" for each in of_type(TEAMS, "Patient")
    }


@pytest.mark.parametrize("name", [TEAMS, BULK])
def test_conditional_references_are_resolved_by_identifier(shipped: Opened, name: str) -> None:
    conditional = [
        each for each in of_type(name, "Encounter") if "?identifier=" in each["serviceProvider"]["reference"]
    ]

    unknown = rows(
        shipped(name),
        "contacts WHERE organisation NOT IN (SELECT organisation FROM organisations WHERE known_from = 'record')",
        "contact",
    )

    assert len(conditional) == len(of_type(name, "Encounter"))
    assert unknown == []
    assert shipped(name).unresolved() == []


@pytest.mark.parametrize("name", [TEAMS, BULK])
def test_references_that_give_only_an_identifier_are_resolved(shipped: Opened, name: str) -> None:
    logical = [each for each in of_type(name, "PractitionerRole") if "reference" not in each["organization"]]

    roles = rows(shipped(name), "practitioner_roles", "practitioner", "organisation", "location")

    assert len(logical) == len(roles) > 0
    assert all(None not in role for role in roles)


@pytest.mark.parametrize(
    ("name", "table", "kind"), [(OLDER, "organisations", "Organization"), (CARE, "practitioners", "Practitioner")]
)
def test_what_is_repeated_in_many_bundles_is_one_row(shipped: Opened, name: str, table: str, kind: str) -> None:
    read = [each["id"] for each in of_type(name, kind)]

    assert len(read) > len(set(read)) == shipped(name).counts()[table]


def test_a_log_that_is_not_fhir_is_set_aside_line_by_line(shipped: Opened) -> None:
    aside = shipped(BULK).set_aside()

    assert [each.position for each in aside] == ["line 1", "line 2", "line 3", "line 4"]
    assert all("log.ndjson" in each.source and "not a FHIR resource" in each.reason for each in aside)
    assert "example" not in " ".join(each.excerpt for each in aside)


def test_a_contact_that_ends_before_it_starts_is_kept_and_doubted(shipped: Opened) -> None:
    key = "Encounter/P0522-v5-Enc-HHA-Timepoint-OASIS-Day121ToDischarge"
    kept = rows(shipped(JOURNEY), f"contacts WHERE contact = '{key}'", "started_at", "ended_at")

    assert kept == [(datetime(2021, 8, 4, tzinfo=UTC), datetime(2020, 8, 24, tzinfo=UTC))]
    assert [(each.record, each.doubt) for each in shipped(JOURNEY).doubts()] == [(key, "period ends before it starts")]


def test_parts_of_a_stay_are_not_counted_beside_it(shipped: Opened) -> None:
    store = shipped(JOURNEY)

    assert len(rows(store, "contacts WHERE part_of IS NOT NULL", "contact")) == 5
    assert len(rows(store, "counting_contacts", "contact")) == 8


def test_an_organisation_is_reached_through_the_place_of_the_same_name(shipped: Opened) -> None:
    store = shipped(JOURNEY)
    sources = Counter(source for (source,) in rows(store, "contacts", "organisation_from"))
    known = rows(store, "contacts WHERE organisation NOT IN (SELECT organisation FROM organisations)", "contact")

    assert sources == {"serviceProvider": 7, "location": 6}
    assert known == []
    assert all(key.startswith("Organization/") for (key,) in rows(store, "counting_contacts", "organisation"))


def test_a_plausible_but_wrong_place_is_kept_as_it_was_recorded(shipped: Opened) -> None:
    hearing = rows(shipped(JOURNEY), "contacts WHERE contact LIKE '%Enc-Hearing%'", "organisation")

    assert hearing == [("Organization/P0522-v5-org-HH-Sky-Harbor-Home-Health",)] * 2


def test_the_journey_of_one_person_has_the_published_continuity(shipped: Opened) -> None:
    (person,) = continuity.measure(shipped(JOURNEY)).table.to_pylist()

    assert (person["contacts"], person["providers"], person["hand_offs"]) == (8, 5, 6)
    assert [round(person[name], 4) for name in ("coc", "upc", "secon")] == [0.1429, 0.375, 0.1429]


def test_contacts_without_a_professional_are_kept(shipped: Opened) -> None:
    without = [each for each in of_type(OLDER, "Encounter") if not each.get("participant")]

    assert shipped(OLDER).counts()["contacts"] == len(of_type(OLDER, "Encounter"))
    assert len(rows(shipped(OLDER), "contacts WHERE practitioner IS NULL", "contact")) == len(without)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Witting", (72, 3, 0.4429, 0.5000, 0.5493, 0.9719, 32)),
        ("Von", (80, 4, 0.4437, 0.6125, 0.5823, 0.9621, 33)),
        ("Murray", (104, 2, 0.9808, 0.9904, 0.9806, 0.9903, 2)),
    ],
)
def test_single_people_have_the_published_continuity(shipped: Opened, who: str, expected: tuple[float, ...]) -> None:
    store = shipped(OLDER)
    ((key,),) = rows(store, f"patients WHERE family_name = '{who}'", "patient")

    (found,) = [each for each in continuity.measure(store).table.to_pylist() if each["patient"] == key]

    measured = [found[name] for name in ("contacts", "providers", "coc", "upc", "secon", "mmci", "hand_offs")]
    assert [round(value, 4) for value in measured] == list(expected)


def test_the_person_on_dialysis_has_the_published_continuity(shipped: Opened) -> None:
    key = "Patient/79a66c97-6131-3213-f3c9-4606946ab056"

    (found,) = [each for each in continuity.measure(shipped(BULK)).table.to_pylist() if each["patient"] == key]

    assert (found["contacts"], found["providers"], round(found["coc"], 4), found["hand_offs"]) == (708, 7, 0.5280, 185)


@pytest.mark.parametrize("name", [OLDER, TEAMS, BULK])
def test_the_engine_gives_what_the_plain_formula_gives_on_real_people(shipped: Opened, name: str) -> None:
    plainly = sorted(tuple(continuity.plainly(providers).values()) for providers in providers_plainly(name).values())

    found = continuity.measure(shipped(name)).table.to_pylist()

    measured = sorted(
        tuple(each[m] for m in ("contacts", "providers", "coc", "upc", "secon", "mmci", "hand_offs")) for each in found
    )
    assert len(measured) == len(plainly) > 0
    assert all(ours == pytest.approx(theirs) for ours, theirs in zip(measured, plainly, strict=True))


def test_a_number_that_fails_its_check_digit_is_kept_marked_and_never_matched_by(shipped: Opened) -> None:
    store = shipped(BARS)
    states = {number: state for number, state in rows(store, "patients", "nhs_number", "nhs_number_state") if number}

    assert states == {"9476719931": "valid", "3478526985": "invalid"}
    assert any("check digit" in each.doubt for each in store.doubts())
    assert not [
        each for each in rows(store, "also_known_as", "because") if "NHS" in each[0] and "3478526985" in each[0]
    ]


def test_both_spellings_of_the_ods_system_give_a_code(shipped: Opened) -> None:
    codes = {code for (code,) in rows(shipped(BARS), "organisations", "ods_code") if code}

    assert codes == {"G82080", "RYE", "RND"}


def test_malformed_references_are_kept_as_text_and_called_malformed(shipped: Opened) -> None:
    malformed = {each.reference for each in shipped(BARS).unresolved() if each.why == "malformed"}

    assert "d5ffd0cd-ec7e-48a1-84f1-91f4c0eb8fc5" in malformed
    assert any(text.startswith(":uuid:") for text in malformed)
    assert "Practitioner/{Practitionerid}" in malformed


def test_messages_searchsets_and_single_resources_are_read_from_one_folder(shipped: Opened) -> None:
    counted = Counter[str]()
    for each in shipped(BARS).counted():
        if not each.contained:
            counted[each.resource_type] += each.number

    assert counted["MessageHeader"] == 7
    assert (counted["ServiceRequest"], counted["Organization"], counted["Patient"]) == (6, 23, 7)
    assert any(" " in Path(each.source).name or "(" in each.source for each in shipped(BARS).sources())


@pytest.mark.parametrize(("name", "dangling"), [(CARE, 8), (JOURNEY, 3)])
def test_dangling_references_are_listed_and_definitions_are_not(shipped: Opened, name: str, dangling: int) -> None:
    unresolved = shipped(name).unresolved()

    assert len({each.reference for each in unresolved}) == dangling
    assert not any("Questionnaire" in each.reference for each in unresolved)


def test_a_dangling_reference_says_where_it_was_met(shipped: Opened) -> None:
    (typing_error,) = [each for each in shipped(CARE).unresolved() if "depresssion" in each.reference]

    assert typing_error.from_type == "ServiceRequest"
    assert typing_error.example == "ServiceRequest/va-service-dan-phq9"
    assert Path(typing_error.source).suffix == ".gz"


def test_a_team_may_have_an_organisation_a_daughter_and_another_team_in_it(shipped: Opened) -> None:
    teams = {
        team.care_team: team for team in shipped(CARE).care_teams_of({"Patient/cc-pat-betsy", "Patient/va-pat-dan"})
    }
    support = teams["CareTeam/cc-team-betsy-support"]
    dans = teams["CareTeam/va-careteam-dan"]

    assert [member.member_type for member in support.members] == ["Practitioner", "RelatedPerson", "Organization"]
    assert support.members[2].name == "Meals on Wheels"
    assert [(member.member_type, member.name) for member in dans.members] == [("CareTeam", "Primary Care PACT")]
    assert support.status is None


def test_a_team_without_a_person_is_kept(shipped: Opened) -> None:
    assert len(rows(shipped(CARE), "care_teams WHERE patient IS NULL", "care_team")) == 4 - 1


def test_a_person_spread_over_many_bundles_is_one_person(shipped: Opened) -> None:
    store = shipped(CARE)
    betsy = {"Patient/cc-pat-betsy"}

    assert len(store.patients(betsy)) == 1
    assert len(store.conditions_of(betsy)) > 5
    assert len(store.care_teams_of(betsy)) == 2


def test_one_practitioner_for_each_organisation_makes_both_measures_nearly_the_same(shipped: Opened) -> None:
    by_organisation = continuity.measure(shipped(BULK), "organisation").mean("coc")

    assert continuity.measure(shipped(BULK), "practitioner").mean("coc") == pytest.approx(by_organisation)


def test_a_century_of_visits_is_cut_to_the_window_asked_for(shipped: Opened) -> None:
    store = shipped(OLDER)
    rule = Rule(conditions=0, organisations=1, within_months=24, dead_too=True)

    found = find(store, rule)

    assert rows(store, "contacts", "min(started_at)")[0][0].year < 1960
    assert sum(each.contacts for each in found.found) < store.counts()["contacts"] / 2
