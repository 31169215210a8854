"""What a store answers: sets of keys in, small records out, one query each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from joinedup.records.store import Store, StoreNotFound
from joinedup.records.tables import ALL_TABLES
from tests.joinedup.making import ODS, contact, loaded, organisation, patient, to

ETHNICITY = {
    "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory",
    "valueCodeableConcept": {"coding": [{"code": "A", "display": "British, Mixed British"}]},
}
DECILE = {"url": "https://manyhands.example/StructureDefinition/deprivation-decile", "valueInteger": 2}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One person, two professionals of one practice and one of a hospital."""
    who = patient(
        "p",
        "9990000018",
        extension=[ETHNICITY, DECILE],
        name=[{"use": "old", "family": "Birch"}, {"use": "official", "family": "Ash", "given": ["Jo", "Ann"]}],
        address=[{"use": "old", "postalCode": "OL1 1AA"}, {"use": "home", "postalCode": "AB1 2CD"}],
        communication=[{"language": {"text": "English"}}, {"language": {"text": "Polish"}, "preferred": True}],
        generalPractitioner=[to("Practitioner/x"), to("Organization/practice")],
    )
    staff = [
        {"resourceType": "Practitioner", "id": id, "name": [{"family": id.upper(), "prefix": ["Dr"]}]} for id in "xyz"
    ]
    post = {
        "resourceType": "PractitionerRole",
        "id": "r",
        "practitioner": to("Practitioner/x"),
        "organization": {"identifier": {"system": ODS, "value": "A81001"}},
        "code": [{"text": "General practitioner"}],
    }

    def seen(id: str, at: str, where: str, *whom: str) -> dict[str, object]:
        people = [{"individual": to(f"Practitioner/{each}")} for each in whom]
        return contact(id, at, serviceProvider=to(f"Organization/{where}"), participant=people)

    return loaded(
        tmp_path,
        who,
        *staff,
        post,
        organisation("practice", "The Practice", "A81001"),
        organisation("hospital", "The Hospital"),
        seen("e1", "2024-01-01T09:00:00+00:00", "practice", "x"),
        seen("e2", "2024-06-01T09:00:00+01:00", "practice", "x", "y"),
        seen("e3", "2024-09-01T09:00:00+01:00", "hospital", "z"),
    )


def test_a_person_is_told_with_the_names_and_codes_that_matter(store: Store) -> None:
    (found,) = store.patients({"Patient/p", "Patient/nobody"})

    assert (found.family_name, found.given_names, found.born_on) == ("Ash", "Jo Ann", date(1940, 5, 27))
    assert (found.postcode, found.ethnicity, found.language) == ("AB1 2CD", "British, Mixed British", "Polish")
    assert (found.deprivation_decile, found.nhs_number_state) == (2, "valid")
    assert (found.general_practice, found.general_practice_name) == ("Organization/practice", "The Practice")


def test_contacts_come_in_order_with_the_names_of_whom_and_where(store: Store) -> None:
    found = store.contacts_of({"Patient/p"})

    assert [(each.contact, each.organisation_name, each.practitioner_name) for each in found] == [
        ("Encounter/e1", "The Practice", "Dr X"),
        ("Encounter/e2", "The Practice", "Dr X"),
        ("Encounter/e3", "The Hospital", "Dr Z"),
    ]
    assert found[1].started_at == datetime(2024, 6, 1, 8, tzinfo=UTC)


def test_contacts_are_cut_to_a_half_open_period(store: Store) -> None:
    found = store.contacts_of({"Patient/p"}, since=date(2024, 1, 2), until=date(2024, 9, 1))

    assert [each.contact for each in found] == ["Encounter/e2"]


def test_who_knows_whom_counts_everybody_who_took_part(store: Store) -> None:
    found = {(each.practitioner, each.organisation): each.contacts for each in store.known_by({"Patient/p"})}

    assert found == {
        ("Practitioner/x", "Organization/practice"): 2,
        ("Practitioner/y", "Organization/practice"): 1,
        ("Practitioner/z", "Organization/hospital"): 1,
    }


def test_who_knows_whom_can_be_asked_of_some_professionals_and_of_a_time(store: Store) -> None:
    (found,) = store.known_by({"Patient/p"}, {"Practitioner/x"}, since=date(2024, 2, 1))

    assert (found.contacts, found.last_at) == (1, datetime(2024, 6, 1, 8, tzinfo=UTC))
    assert store.known_by({"Patient/p"}, set()) == []


def test_professionals_come_with_their_profession_and_their_organisations(store: Store) -> None:
    found = {each.name: (each.profession, each.organisations) for each in store.practitioners()}

    assert found == {
        "Dr X": ("General practitioner", ("Organization/practice",)),
        "Dr Y": (None, ("Organization/practice",)),
        "Dr Z": (None, ("Organization/hospital",)),
    }


def test_organisations_come_with_their_codes(store: Store) -> None:
    assert [(each.name, each.ods_code) for each in store.organisations()] == [
        ("The Hospital", None),
        ("The Practice", "A81001"),
    ]


def test_nobody_asked_for_is_nobody_answered(store: Store) -> None:
    asked = (
        store.patients,
        store.contacts_of,
        store.conditions_of,
        store.referrals_of,
        store.care_teams_of,
        store.known_by,
    )

    assert [ask(set()) for ask in asked] == [[]] * len(asked)


def test_every_table_has_its_rows_counted(store: Store) -> None:
    assert list(store.counts()) == [table.name for table in ALL_TABLES]
    assert store.counts()["contact_practitioners"] == 4


def test_many_threads_may_ask_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: store.contacts_of({"Patient/p"}), range(64)))

    assert all(answer == answers[0] for answer in answers)
    assert len(answers[0]) == 3


def test_a_store_is_opened_for_reading_only(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)can only|not allowed|cannot"):
        store.query("DELETE FROM patients")


def test_where_there_is_no_store_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFound, match="joinedup load"):
        Store(tmp_path / "nowhere")


def test_a_store_whose_generation_is_gone_is_called_damaged(tmp_path: Path, store: Store) -> None:
    for path in store.folder.iterdir():
        path.unlink()
    store.folder.rmdir()

    with pytest.raises(StoreNotFound, match="damaged"):
        Store(store.path)
