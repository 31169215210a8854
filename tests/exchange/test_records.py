"""The loaded records, as the workspace asks them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.records.load import load
from manyhands import who
from manyhands.exchange import records as asked
from manyhands.exchange.records import (
    NoRecords,
    Terms,
    dealings,
    find,
    getting_on,
    group_rule,
    loaded,
    seen_by,
    story_of,
)
from manyhands.exchange.records.finding import terms_from, terms_of
from manyhands.exchange.records.patients import bring_up_to_date, known_already, match, put_on_file
from manyhands.people.models import Organisation, Patient, Person

pytestmark = pytest.mark.django_db

LATELY, TODAY = date(2025, 8, 28), date(2026, 2, 28)
EVERYONE = [who.Organisation(each) for each in ("practice", "nursing", "council", "charity")]


def on_file(name: str) -> who.Patient:
    return put_on_file([f"Patient/{name}"])[f"Patient/{name}"]


def test_the_search_is_that_of_joinedup_find(records: Path) -> None:
    findings = find(Terms(), EVERYONE)

    assert [(each.record, each.organisations) for each in findings.found] == [
        ("Patient/ruth", 4),
        ("Patient/sam", 3),
        ("Patient/tess", 3),
    ]
    assert findings.considered == 6
    assert sum(number for _, number in findings.left_out) == 3
    assert findings.found[0].seen_by[0] == "Riverside Community Nursing"


@pytest.mark.parametrize(
    ("reach", "found", "beyond"),
    [
        (["charity"], ["Patient/ruth", "Patient/tess"], 1),
        (["council"], ["Patient/ruth", "Patient/sam"], 1),
        (["council", "charity"], ["Patient/ruth", "Patient/sam", "Patient/tess"], 0),
        (["elsewhere"], [], 3),
        ([], [], 3),
    ],
)
def test_a_search_finds_those_whom_one_of_the_organisations_has_seen_and_only_counts_the_others(
    records: Path, reach: list[str], found: list[str], beyond: int
) -> None:
    Organisation.objects.create(id="elsewhere", name="Not known to the records")

    findings = find(Terms(), [who.Organisation(each) for each in reach])

    assert [each.record for each in findings.found] == found
    assert (findings.beyond, findings.considered) == (beyond, 6)
    assert len(findings.found) + sum(number for _, number in findings.left_out) == 6
    assert group_rule(findings).found == len(found)


def test_a_contact_before_the_while_that_is_looked_back_on_does_not_bring_somebody_within_reach(records: Path) -> None:
    lately = Terms(organisations=1, within_months=6)

    assert "Patient/ruth" in [each.record for each in find(lately, EVERYONE).found]
    assert [each.record for each in find(lately, [who.Organisation("practice")]).found] == ["Patient/una"]


@pytest.mark.parametrize(
    ("reach", "whom"),
    [(["practice"], "Patient/ruth"), (["charity"], "Patient/ruth"), ([], None), (["elsewhere"], None)],
)
def test_somebody_is_matched_by_number_and_birthday_where_one_of_the_organisations_has_ever_seen_them(
    records: Path, reach: list[str], whom: str | None
) -> None:
    assert match("9990000018", date(1938, 3, 4), [who.Organisation(each) for each in reach]) == whom
    assert match("9990000018", date(1938, 3, 5), EVERYONE) is None


def test_what_a_search_finds_names_nobody(records: Path) -> None:
    said = repr(find(Terms(), EVERYONE))

    assert "Moss" not in said
    assert "9990000018" not in said
    assert "1938" not in said


def test_nobody_is_put_on_file_by_a_search(records: Path) -> None:
    find(Terms(), EVERYONE)

    assert not Patient.objects.exists()


def test_putting_on_file_twice_gives_the_same_patient_under_an_identifier_of_its_own(records: Path) -> None:
    first = put_on_file(["Patient/ruth", "Patient/sam"])
    second = put_on_file(["Patient/ruth"])

    assert second["Patient/ruth"] == first["Patient/ruth"]
    assert "ruth" not in first["Patient/ruth"]
    assert Patient.objects.count() == 2
    assert known_already(["Patient/ruth", "Patient/una"]) == {"Patient/ruth": first["Patient/ruth"]}


def test_somebody_put_on_file_has_their_names_and_their_needs(records: Path) -> None:
    ruth = Patient.objects.get(id=on_file("ruth"))

    assert (ruth.given_names, ruth.family_name, ruth.born_on) == ("Ruth", "Moss", date(1938, 3, 4))
    assert (ruth.nhs_number, ruth.nhs_number_state) == ("9990000018", "valid")
    assert ruth.communication == "Speaks Welsh"


def test_names_follow_the_records_and_what_matters_stays(records: Path) -> None:
    ruth = on_file("ruth")
    Patient.objects.filter(id=ruth).update(family_name="Mosse", what_matters="Her garden")

    assert bring_up_to_date() == 1
    assert bring_up_to_date() == 0
    row = Patient.objects.get(id=ruth)
    assert (row.family_name, row.what_matters) == ("Moss", "Her garden")


def test_the_rule_of_a_group_says_what_was_searched_for_and_found_when(records: Path) -> None:
    rule = group_rule(find(Terms(conditions=5), EVERYONE))

    assert (rule.found, rule.considered, rule.as_at) == (2, 6, date(2026, 2, 27))
    assert "at least 5 conditions" in rule.sentence
    assert terms_of(rule) == Terms(conditions=5)


def test_terms_that_are_no_numbers_are_as_usual() -> None:
    assert terms_from({"aged": "old", "conditions": "5", "organisations": "9" * 40}) == Terms(conditions=5)


def test_dealings_say_which_of_the_teams_people_know_whom(records: Path) -> None:
    Person.objects.open(id="carol", email="c@example.org", name="Carol", password="x", record="Practitioner/carol")
    ruth, sam = on_file("ruth"), on_file("sam")

    found = dealings([ruth, sam], LATELY, TODAY)

    assert [(d.patient, d.person, d.practitioner_name, d.contacts) for d in found if d.person] == [
        (ruth, "carol", "Carol Jones", 2)
    ]
    assert {d.practitioner_name for d in dealings([ruth], date(2024, 1, 1), TODAY)} == {
        "Carol Jones",
        "Dev Patel",
        "Gita Bose",
    }


def test_dealings_of_nobody_are_none(records: Path) -> None:
    assert dealings([], LATELY, TODAY) == []
    assert dealings([who.Patient("nobody")], LATELY, TODAY) == []


def test_how_people_are_getting_on_counts_contacts_lately_and_the_last_one_ever(records: Path) -> None:
    ruth, sam = on_file("ruth"), on_file("sam")

    getting = getting_on([ruth, sam], LATELY, TODAY)

    assert (getting[ruth].contacts, getting[ruth].organisations) == (3, 2)
    assert (getting[sam].contacts, getting[sam].organisations) == (1, 1)
    assert getting[sam].last_at is not None
    assert getting[sam].last_at.date() == date(2025, 9, 15)


def test_which_organisations_see_a_group_counts_people_and_contacts(records: Path) -> None:
    seen = seen_by([on_file("ruth"), on_file("sam")], date(2024, 1, 1), TODAY)

    assert [(each.name, each.patients, each.contacts) for each in seen] == [
        ("Riverside Community Nursing", 2, 4),
        ("Mill Lane Surgery", 2, 2),
        ("Riverside Adult Social Care", 2, 2),
        ("Good Neighbours", 1, 1),
    ]


def test_a_story_leaves_out_what_was_cancelled(records: Path) -> None:
    story = story_of(on_file("ruth"))

    assert len(story.contacts) == 6
    assert len(story.conditions) == 6
    assert story.referrals[0].service == "Falls clinic"
    assert story.care_teams[0].name == "Ruth’s own team"


def test_questions_about_many_take_as_many_queries_as_about_one(records: Path) -> None:
    everybody = list(put_on_file([f"Patient/{name}" for name in ("ruth", "sam", "tess", "una")]).values())
    dealings(everybody, LATELY, TODAY)

    for question in (dealings, getting_on, seen_by):
        with CaptureQueriesContext(connection) as for_one:
            question(everybody[:1], LATELY, TODAY)
        with CaptureQueriesContext(connection) as for_all:
            question(everybody, LATELY, TODAY)
        assert len(for_all) == len(for_one)


def test_what_was_loaded_says_what_was_set_aside_and_why(records: Path) -> None:
    now = loaded()

    assert dict(now.tables)["People"] == 6
    assert [(aside.position, aside.source.endswith("all.ndjson")) for aside in now.set_aside] == [("line 66", True)]
    assert now.folders[0][1] == 1


def test_without_records_it_is_said_how_to_load_some(settings: Any, tmp_path: Path) -> None:
    settings.RECORDS = tmp_path / "nothing"
    asked.opening.forget()

    for question in (lambda: find(Terms(), EVERYONE), loaded, lambda: getting_on([who.Patient("x")], LATELY, TODAY)):
        with pytest.raises(NoRecords, match="joinedup load"):
            question()


def test_a_later_load_is_seen_at_once(settings: Any, tmp_path: Path, store: Path) -> None:
    from tests import small_records

    here = small_records.write_and_load(tmp_path)
    small_records.settle(settings, here)
    assert find(Terms(), EVERYONE).considered == 6
    one_more = tmp_path / "more.ndjson"
    one_more.write_text('{"resourceType": "Patient", "id": "xena", "birthDate": "1940-01-01"}\n')

    load([str(one_more)], here)

    assert find(Terms(), EVERYONE).considered == 7
