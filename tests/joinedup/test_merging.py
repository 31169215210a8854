"""Repeats become one, references find what they mean, and nobody is taken for somebody else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from joinedup.records import merging
from joinedup.records.store import Store
from joinedup.records.tables import READ_TABLES
from tests.joinedup.making import (
    NHS,
    bundle,
    condition,
    contact,
    load_into,
    loaded,
    organisation,
    patient,
    rows,
    to,
    write,
)

U1, U2 = "urn:uuid:0b6a1c1e-6a9a-4a0c-9d2e-000000000001", "urn:uuid:0b6a1c1e-6a9a-4a0c-9d2e-000000000002"


def seen_at(store: Store) -> list[tuple[str | None, str | None]]:
    return sorted(rows(store, "contacts", "patient", "organisation"), key=str)


@pytest.mark.parametrize(
    ("reference", "entry"),
    [
        ("Organization/o", organisation("o")),
        ("Organization/o/_history/3", organisation("o")),
        (U1, (U1, organisation("o"))),
        ("http://a.example/fhir/Organization/o", ("http://a.example/fhir/Organization/o", organisation("o"))),
        ("Organization?identifier=https://fhir.nhs.uk/id/ods-organization-code|RYE", organisation("o", ods="RYE")),
        (
            "Organization?identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fods-organization-code%7CRYE",
            organisation("o", ods="RYE"),
        ),
        ("http://elsewhere.example/fhir/Organization/o", organisation("o")),
    ],
    ids=[
        "Type/id",
        "a version",
        "urn:uuid",
        "fullUrl",
        "conditional",
        "conditional, encoded",
        "absolute to what is known bare",
    ],
)
def test_a_reference_finds_what_it_means_however_it_is_written(tmp_path: Path, reference: str, entry: object) -> None:
    visit = contact("e", serviceProvider=to(reference))
    write(tmp_path / "a.json", bundle(entry))
    write(tmp_path / "b.json", bundle(patient(), visit))

    load_into(tmp_path / "store", tmp_path / "b.json", tmp_path / "a.json")

    store = Store(tmp_path / "store")
    ((key,),) = rows(store, "organisations", "organisation")
    assert seen_at(store) == [("Patient/p", key)]
    assert store.unresolved() == []


def test_a_reference_by_identifier_alone_finds_whoever_has_it(tmp_path: Path) -> None:
    by_identifier = {"identifier": {"system": NHS, "value": "999 000 0018"}}
    store = loaded(tmp_path, patient("p", "9990000018"), contact("e", subject=by_identifier))

    assert rows(store, "contacts", "patient") == [("Patient/p",)]


def test_an_identifier_that_two_have_names_neither(tmp_path: Path) -> None:
    shared = [{"system": "urn:staff", "value": "7"}]
    staff = [{"resourceType": "Practitioner", "id": id, "identifier": shared} for id in ("a", "b")]
    whom = [{"individual": to("Practitioner?identifier=urn:staff|7")}]
    store = loaded(tmp_path, patient(), *staff, contact("e", participant=whom))

    assert [each.why for each in store.unresolved()] == ["more than one answers"]
    assert store.counts()["practitioners"] == 3  # the two, and somebody known only from the reference


def test_contained_resources_answer_inside_their_resource_only(tmp_path: Path) -> None:
    def visit(id: str, name: str) -> dict[str, object]:
        inside = [{"resourceType": "Organization", "id": "o", "name": name}]
        return contact(id, contained=inside, serviceProvider=to("#o"))

    store = loaded(tmp_path, patient(), visit("e", "East"), visit("f", "West"))

    assert rows(store, "contacts JOIN organisations USING (organisation) ORDER BY contact", "contact", "name") == [
        ("Encounter/e", "East"),
        ("Encounter/f", "West"),
    ]


def test_a_made_up_full_url_means_its_own_bundle_only(tmp_path: Path) -> None:
    for number, family in enumerate(("Ash", "Birch")):
        who = patient(None, name=[{"family": family}])
        visit = contact(f"e{number}", subject=to("urn:uuid:patient-1"))
        write(tmp_path / "in" / f"{number}.json", bundle(("urn:uuid:patient-1", who), (f"urn:uuid:{number}", visit)))

    load_into(tmp_path / "store", tmp_path / "in")

    found = rows(
        Store(tmp_path / "store"), "contacts JOIN patients USING (patient) ORDER BY contact", "contact", "family_name"
    )
    assert found == [("Encounter/e0", "Ash"), ("Encounter/e1", "Birch")]


def test_the_same_id_is_two_things_when_the_types_differ(tmp_path: Path) -> None:
    store = loaded(
        tmp_path,
        patient("1"),
        organisation("1"),
        contact("1", subject=to("Patient/1"), serviceProvider=to("Organization/1")),
    )

    assert seen_at(store) == [("Patient/1", "Organization/1")]


def test_the_same_id_at_two_web_addresses_is_two_people(tmp_path: Path) -> None:
    for server in ("a", "b"):
        base = f"https://{server}.example/fhir"
        who = (f"{base}/Patient/1", patient("1", name=[{"family": server}]))
        visit = (f"{base}/Encounter/e", contact("e", subject=to("Patient/1")))
        write(tmp_path / "in" / f"{server}.json", bundle(who, visit, type="searchset"))

    load_into(tmp_path / "store", tmp_path / "in")

    found = rows(Store(tmp_path / "store"), "contacts ORDER BY patient", "patient", "contact")
    assert found == [
        ("https://a.example/fhir/Patient/1", "https://a.example/fhir/Encounter/e"),
        ("https://b.example/fhir/Patient/1", "https://b.example/fhir/Encounter/e"),
    ]


def test_the_newest_by_last_updated_is_kept(tmp_path: Path) -> None:
    def dated(family: str, at: str) -> dict[str, object]:
        return patient("p", meta={"lastUpdated": at}, name=[{"family": family}])

    store = loaded(
        tmp_path,
        dated("Old", "2020-01-01T00:00:00Z"),
        dated("New", "2024-01-01T00:00:00+01:00"),
        dated("Mid", "2022-01-01T00:00:00Z"),
    )

    assert rows(store, "patients", "family_name") == [("New",)]


def test_without_dates_the_first_read_of_the_latest_load_is_kept(tmp_path: Path) -> None:
    first, second = patient("p", name=[{"family": "First"}]), patient("p", name=[{"family": "Second"}])
    write(tmp_path / "a.ndjson", first, second)
    load_into(tmp_path / "store", tmp_path / "a.ndjson")
    before = rows(Store(tmp_path / "store"), "patients", "family_name")

    write(tmp_path / "b.ndjson", patient("p", name=[{"family": "Corrected"}]))
    load_into(tmp_path / "store", tmp_path / "b.ndjson")

    assert before == [("First",)]
    assert rows(Store(tmp_path / "store"), "patients", "family_name") == [("Corrected",)]


def test_lists_inside_a_repeated_resource_are_not_doubled(tmp_path: Path) -> None:
    team = {
        "resourceType": "CareTeam",
        "id": "t",
        "subject": to("Patient/p"),
        "participant": [{"member": to("Patient/p")}],
    }
    who = [{"individual": to("Practitioner/x")}]
    store = loaded(tmp_path, patient(), team, team, contact("e", participant=who), contact("e", participant=who))

    assert (store.counts()["care_team_members"], store.counts()["contact_practitioners"]) == (1, 1)


def test_one_valid_nhs_number_in_two_systems_is_one_person(tmp_path: Path) -> None:
    gp = patient("g", "9990000018", name=[{"family": "Ash"}])
    hospital = patient("h", "999 000 0018", deceasedDateTime="2024-06-01")
    store = loaded(tmp_path, gp, hospital, contact("e", subject=to("Patient/g")), contact("f", subject=to("Patient/h")))

    assert rows(store, "patients", "patient", "family_name", "deceased") == [("Patient/g", "Ash", True)]
    assert {key for (key,) in rows(store, "contacts", "patient")} == {"Patient/g"}
    assert store.known_as(["Patient/h", "Patient/g"]) == {"Patient/h": "Patient/g", "Patient/g": "Patient/g"}
    assert len(store.contacts_of({"Patient/h"})) == 2


@pytest.mark.parametrize(
    "other",
    [
        patient("h", "9990000018", birthDate="1971-01-01"),
        patient("h", "3478526985"),
    ],
    ids=["another birth date", "another number"],
)
def test_people_are_kept_apart_when_there_is_reason_to(tmp_path: Path, other: dict[str, object]) -> None:
    assert loaded(tmp_path, patient("g", "9990000018"), other).counts()["patients"] == 2


def test_nobody_is_matched_by_a_number_that_fails_its_check_digit(tmp_path: Path) -> None:
    by_number = {"identifier": {"system": NHS, "value": "3478526985"}}
    store = loaded(tmp_path, patient("g", "3478526985"), patient("h", "3478526985"), contact("e", subject=by_number))

    assert store.counts()["patients"] == 2
    assert rows(store, "contacts", "patient") == [(None,)]


def test_a_number_that_tracing_found_in_conflict_matches_nobody(tmp_path: Path) -> None:
    status = {
        "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
        "valueCodeableConcept": {"coding": [{"code": "05"}]},
    }
    doubtful = patient("h")
    doubtful["identifier"] = [{"system": NHS, "value": "9990000018", "extension": [status]}]

    store = loaded(tmp_path, patient("g", "9990000018"), doubtful)

    assert rows(store, "patients ORDER BY patient", "patient", "nhs_number_status") == [
        ("Patient/g", None),
        ("Patient/h", "05"),
    ]


def test_a_key_once_used_is_kept_when_a_second_system_is_loaded(tmp_path: Path) -> None:
    write(tmp_path / "z.json", patient("z", "9990000018"))
    write(tmp_path / "a.json", patient("a", "9990000018"))

    load_into(tmp_path / "store", tmp_path / "z.json")
    load_into(tmp_path / "store", tmp_path / "a.json")

    assert rows(Store(tmp_path / "store"), "patients", "patient") == [("Patient/z",)]


def test_one_ods_code_in_two_systems_is_one_organisation_but_a_ward_is_not_its_trust(tmp_path: Path) -> None:
    ward = organisation("ward", ods="RYE", partOf=to("Organization/trust"))
    store = loaded(tmp_path, organisation("trust", ods="RYE"), organisation("same", ods="rye"), ward)

    assert {key for (key,) in rows(store, "organisations", "organisation")} == {
        "Organization/same",
        "Organization/ward",
    }


def test_two_people_under_one_id_are_told_apart_and_neither_gets_the_others_contacts(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", patient("1", "9990000018"), contact("e", subject=to("Patient/1")))
    write(tmp_path / "b" / "Patient.ndjson", patient("1", "9434765919", birthDate="1971-01-01"))
    write(tmp_path / "b" / "Encounter.ndjson", contact("f", subject=to("Patient/1")))

    load_into(tmp_path / "store", tmp_path / "a.ndjson")
    load_into(tmp_path / "store", tmp_path / "b")

    store = Store(tmp_path / "store")
    assert rows(store, "patients", "patient", "nhs_number") == [("Patient/1", "9990000018")]
    assert rows(store, "contacts ORDER BY contact", "contact", "patient") == [
        ("Encounter/e", "Patient/1"),
        ("Encounter/f", None),
    ]
    ((position, reason),) = [(each.position, each.reason) for each in store.set_aside()]
    assert position == "record Patient/1"
    assert "--from" in reason


def test_a_name_for_the_system_keeps_equal_ids_apart(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", patient("1", "9990000018"), contact("e", subject=to("Patient/1")))
    write(tmp_path / "b.ndjson", patient("1", "9434765919"), contact("e", subject=to("Patient/1")))

    load_into(tmp_path / "store", tmp_path / "a.ndjson", system="gp")
    load_into(tmp_path / "store", tmp_path / "b.ndjson", system="trust")

    assert rows(Store(tmp_path / "store"), "contacts ORDER BY 1", "contact", "patient") == [
        ("gp/Encounter/e", "gp/Patient/1"),
        ("trust/Encounter/e", "trust/Patient/1"),
    ]


def test_somebody_who_changed_name_or_whose_birth_date_was_corrected_stays_the_same_person(tmp_path: Path) -> None:
    married = patient("p", name=[{"family": "Birch"}])
    corrected = patient("p", name=[{"family": "Ash"}], birthDate="1940-05-28")
    store = loaded(tmp_path, patient("p", name=[{"family": "Ash"}]), married)
    other = loaded(tmp_path / "other", patient("p", name=[{"family": "Ash"}]), corrected)

    assert (store.set_aside(), other.set_aside()) == ([], [])


def test_an_organisation_that_is_only_referred_to_is_still_somebody(tmp_path: Path) -> None:
    by_code = {"identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "rye"}}
    by_name = {"display": "St Elsewhere"}
    store = loaded(
        tmp_path,
        patient(),
        contact("e", serviceProvider=to("Organization/far") | {"display": "Far Away"}),
        contact("f", serviceProvider=by_code),
        contact("g", serviceProvider=by_name),
        contact("h", serviceProvider=by_name),
    )

    assert {(each.name, each.ods_code, each.known_from) for each in store.organisations()} == {
        ("Far Away", None, "reference"),
        ("rye", "RYE", "reference"),
        ("St Elsewhere", None, "reference"),
    }
    assert len(set(seen_at(store))) == 3


def test_a_home_stands_for_no_organisation(tmp_path: Path) -> None:
    kind = [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "PTRES"}]}]
    home = {"resourceType": "Location", "id": "home", "name": "Home", "type": kind}
    clinic = {"resourceType": "Location", "id": "clinic", "name": "Clinic"}
    visits = [contact(id, location=[{"location": to(f"Location/{id}")}]) for id in ("home", "clinic")]
    store = loaded(tmp_path, patient(), home, clinic, *visits)

    assert rows(store, "contacts ORDER BY contact", "organisation", "organisation_from") == [
        ("Location/clinic", "location"),
        (None, None),
    ]
    assert [each.known_from for each in store.organisations()] == ["location"]


def test_the_organisation_of_a_contact_is_that_of_the_post_before_that_of_the_place(tmp_path: Path) -> None:
    post = {
        "resourceType": "PractitionerRole",
        "id": "r",
        "practitioner": to("Practitioner/x"),
        "organization": to("Organization/o"),
    }
    place = {"resourceType": "Location", "id": "l", "managingOrganization": to("Organization/other")}
    where, whom = [{"location": to("Location/l")}], [{"individual": to("PractitionerRole/r")}]
    staff = {"resourceType": "Practitioner", "id": "x", "name": [{"text": "Dr X"}]}
    store = loaded(
        tmp_path,
        patient(),
        staff,
        organisation("o"),
        organisation("other"),
        post,
        place,
        contact("e", location=where, participant=whom),
    )

    assert rows(store, "contacts", "organisation", "organisation_from", "practitioner") == [
        ("Organization/o", "practitioner_role", "Practitioner/x")
    ]


def test_conditions_keep_every_code_and_are_one_row_each(tmp_path: Path) -> None:
    both = condition("c", code={"coding": []})
    both["code"]["coding"] = [
        {"system": "http://hl7.org/fhir/sid/icd-10", "code": "I50", "display": "Heart failure"},
        {"system": "http://snomed.info/sct", "code": "84114007", "display": "Heart failure"},
    ]
    store = loaded(tmp_path, patient(), both)

    assert rows(store, "conditions", "code", "snomed_code", "icd10_code") == [("84114007", "84114007", "I50")]
    assert rows(store, "condition_codes", "position", "code") == [(0, "I50"), (1, "84114007")]


def test_a_referral_waits_until_the_first_contact_that_answers_it(tmp_path: Path) -> None:
    asked = {
        "resourceType": "ServiceRequest",
        "id": "r",
        "status": "active",
        "intent": "order",
        "subject": to("Patient/p"),
        "authoredOn": "2024-01-01",
    }
    answered = contact("e", "2024-01-11T12:00:00Z", basedOn=[to("ServiceRequest/r")])
    cancelled = contact("f", "2024-01-02T12:00:00Z", basedOn=[to("ServiceRequest/r")], status="cancelled")
    store = loaded(tmp_path, patient(), asked, asked | {"id": "open"}, answered, cancelled)

    assert rows(store, "referrals ORDER BY referral", "referral", "days_waiting") == [
        ("ServiceRequest/open", None),
        ("ServiceRequest/r", 10.5),
    ]


def test_what_nothing_was_read_of_has_the_columns_that_it_would_have() -> None:
    def columns(db: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str]]:
        return [(each[0], each[1]) for each in db.execute(f"DESCRIBE {name}").fetchall()]

    with duckdb.connect() as db:
        merging.merge(db, [], {0: 1})
        for table in READ_TABLES:
            db.execute(f"CREATE TABLE as_ever_{table.name} AS {merging._resolved(table)}")

            assert columns(db, f"resolved_{table.name}") == columns(db, f"as_ever_{table.name}"), table.name
