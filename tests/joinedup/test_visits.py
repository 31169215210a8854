"""The contacts that count, as numbers in order: what every measure is worked out from."""

from __future__ import annotations

from pathlib import Path

from tests.joinedup.making import Resource, contact, loaded, organisation, patient, rows, to

LIST = {"resourceType": "CareTeam", "id": "t", "name": "The Elms", "subject": to("Patient/p")}


def _seen(id: str, at: str, by: str, organisation: str = "Organization/o", **more: object) -> Resource:
    return contact(
        id,
        at,
        participant=[{"individual": to(f"Practitioner/{by}")}],
        serviceProvider=to(organisation),
        **more,
    )


def test_visits_are_the_contacts_that_count_each_persons_together_in_time(tmp_path: Path) -> None:
    with loaded(
        tmp_path,
        patient("p"),
        patient("q"),
        organisation("o"),
        _seen("late", "2024-03-02T09:00:00Z", "a"),
        _seen("hers", "2024-03-01T09:00:00Z", "a", subject=to("Patient/q")),
        _seen("early", "2024-03-01T10:00:00+02:00", "b"),
        _seen("cancelled", "2024-03-01T09:00:00Z", "b", status="cancelled"),
        _seen("part", "2024-03-02T09:30:00Z", "b", partOf=to("Encounter/late")),
    ) as store:
        found = rows(store, "visits ORDER BY ordinal", "ordinal", "patient", "practitioner")

    assert found == [(0, 0, 1), (1, 0, 0), (2, 1, 0)]


def test_a_number_says_what_it_stands_for_and_where_that_is_met_most(tmp_path: Path) -> None:
    with loaded(
        tmp_path,
        patient("p"),
        organisation("o", type=[{"text": "General practice"}]),
        organisation("h", type=[{"text": "Hospital"}]),
        _seen("1", "2024-03-01T09:00:00Z", "a"),
        _seen("2", "2024-03-02T09:00:00Z", "a"),
        _seen("3", "2024-03-03T09:00:00Z", "a", "Organization/h"),
    ) as store:
        found = rows(store, "numbers ORDER BY level, number", "level", "number", "key", "within")

    assert found == [
        ("organisation", 0, "Organization/h", 1),
        ("organisation", 1, "Organization/o", 0),
        ("practitioner", 0, "Practitioner/a", 1),
        ("sector", 0, "General practice", None),
        ("sector", 1, "Hospital", None),
    ]


def test_a_contact_is_with_a_team_when_its_professional_is_in_the_team_on_whose_list_the_person_is(
    tmp_path: Path,
) -> None:
    member = {"member": to("Practitioner/a")}
    with loaded(
        tmp_path,
        patient("p"),
        patient("q"),
        organisation("o"),
        LIST | {"participant": [member]},
        _seen("1", "2024-03-01T09:00:00Z", "a"),
        _seen("2", "2024-03-02T09:00:00Z", "b"),
        _seen("3", "2024-03-03T09:00:00Z", "a", subject=to("Patient/q")),
    ) as store:
        found = rows(store, "visits ORDER BY ordinal", "patient", "team")

    assert found == [(0, 0), (0, None), (1, None)]
