"""Finding people: who is found, who is left out and why, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from joinedup.find import Findings, NoContacts, Rule, find
from joinedup.measures import coc
from joinedup.records.store import Store
from tests.joinedup.making import condition, contact, loaded, organisation, patient, to

Scene = Callable[..., Store]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Somebody of 83 with two conditions, seen twice by the practice and once by the hospital; and what a test adds."""

    def made(*more: Any, without: tuple[str, ...] = (), **changed: Any) -> Store:
        who = patient("p", "9990000018", name=[{"family": "Ash", "given": ["Jo"]}], gender="female", **changed)
        everything = [
            who,
            condition("asthma"),
            condition("gout"),
            organisation("practice"),
            organisation("hospital"),
            contact("e1", "2024-01-10", serviceProvider=to("Organization/practice")),
            contact("e2", "2024-02-10", serviceProvider=to("Organization/hospital")),
            contact("e3", "2024-03-10", serviceProvider=to("Organization/practice")),
        ]
        return loaded(tmp_path, *[each for each in everything if each["id"] not in without], *more)

    return made


RULE = Rule(aged=80, conditions=2, organisations=2, within_months=12)


def patients(findings: Findings) -> list[str]:
    return [each.patient for each in findings.found]


def test_somebody_who_meets_the_rule_is_found_with_the_numbers_and_the_reason(scene: Scene) -> None:
    (found,) = find(scene(), RULE).found

    assert (found.age, found.conditions, found.organisations, found.contacts) == (83, 2, 2, 3)
    assert found.coc == pytest.approx(coc.plainly(["practice", "hospital", "practice"]))
    assert found.organisation_keys == ("Organization/practice", "Organization/hospital")
    assert (found.family_name, found.given_names, found.nhs_number) == ("Ash", "Jo", "9990000018")
    assert found.reason == (
        "Aged 83, with 2 conditions, and 3 contacts with 2 organisations in the 12 months to 10 March 2024; "
        "continuity of care 0.33, where 1 is always the same organisation."
    )


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule(84, 2, 2, 12), "younger than 84"),
        (Rule(80, 3, 2, 12), "fewer than 3 conditions"),
        (Rule(80, 2, 3, 12), "seen by fewer than 3 organisations"),
    ],
)
def test_one_more_of_anything_asked_for_leaves_the_person_out_for_that_reason(
    scene: Scene, rule: Rule, why: str
) -> None:
    findings = find(scene(), rule)

    assert patients(findings) == []
    assert (findings.considered, findings.left_out) == (1, {why: 1})


def test_the_look_back_ends_with_the_last_contact_when_no_day_is_given(scene: Scene) -> None:
    findings = find(scene(), RULE)

    assert findings.as_at == date(2024, 3, 10)
    assert findings.rule.as_at == date(2024, 3, 10)


@pytest.mark.parametrize(
    ("as_at", "found"),
    [(date(2024, 2, 9), False), (date(2024, 2, 10), True), (date(2025, 1, 9), True), (date(2025, 2, 10), False)],
)
def test_contacts_count_from_the_first_day_of_the_window_to_the_last(scene: Scene, as_at: date, found: bool) -> None:
    rule = Rule(80, 2, 2, 12, as_at)

    assert bool(find(scene(), rule).found) is found


@pytest.mark.parametrize(("as_at", "age"), [(date(2024, 5, 26), 83), (date(2024, 5, 27), 84), (date(2024, 5, 28), 84)])
def test_age_is_in_whole_years_and_changes_on_the_birthday(scene: Scene, as_at: date, age: int) -> None:
    (found,) = find(scene(), Rule(80, 2, 2, 12, as_at)).found

    assert found.age == age


@pytest.mark.parametrize("death", [{"deceasedBoolean": True}, {"deceasedDateTime": "2024-03-10T08:00:00Z"}])
def test_the_dead_are_left_out_and_counted_unless_asked_for(scene: Scene, death: dict[str, Any]) -> None:
    store = scene(**death)

    assert find(store, RULE).left_out == {"had died": 1}
    assert patients(find(store, Rule(80, 2, 2, 12, dead_too=True))) == ["Patient/p"]


def test_somebody_who_died_after_the_day_asked_about_was_alive_on_it(scene: Scene) -> None:
    store = scene(deceasedDateTime="2024-03-11")

    assert patients(find(store, RULE)) == ["Patient/p"]


def test_the_dead_have_the_age_at_which_they_died(scene: Scene) -> None:
    store = scene(deceasedDateTime="2024-03-01")

    (found,) = find(store, Rule(80, 2, 2, 24, date(2025, 3, 1), dead_too=True)).found

    assert found.age == 83


@pytest.mark.parametrize(
    ("extra", "counted"),
    [
        (condition("same again", "asthma"), 2),
        (condition("past", clinicalStatus={"coding": [{"code": "resolved"}]}), 2),
        (condition("past", abatementDateTime="2024-01-01"), 2),
        (condition("later", onsetDateTime="2024-06-01"), 2),
        (condition("not so", verificationStatus={"coding": [{"code": "refuted"}]}), 2),
        (condition("slip", verificationStatus={"coding": [{"code": "entered-in-error"}]}), 2),
        (condition("in remission", clinicalStatus={"coding": [{"code": "remission"}]}), 3),
        (condition("over later", abatementDateTime="2024-12-01", clinicalStatus={"coding": [{"code": "resolved"}]}), 3),
        (condition("in words") | {"code": {"text": "Frailty"}}, 3),
    ],
    ids=lambda value: value["id"] if isinstance(value, dict) else str(value),
)
def test_conditions_are_different_ones_that_the_person_has_on_the_day(
    scene: Scene, extra: dict[str, Any], counted: int
) -> None:
    (found,) = find(scene(extra), RULE).found

    assert found.conditions == counted


def test_past_conditions_are_counted_when_asked_but_never_what_was_refuted(scene: Scene) -> None:
    past = condition("past", clinicalStatus={"coding": [{"code": "resolved"}]})
    refuted = condition("refuted", verificationStatus={"coding": [{"code": "refuted"}]})

    (found,) = find(scene(past, refuted), Rule(80, 2, 2, 12, resolved_too=True)).found

    assert found.conditions == 3


def test_two_codes_of_one_condition_are_one_condition(scene: Scene) -> None:
    coded = condition("heart failure")
    coded["code"]["coding"].append({"system": "http://hl7.org/fhir/sid/icd-10", "code": "I50"})

    (found,) = find(scene(coded), RULE).found

    assert found.conditions == 3


@pytest.mark.parametrize(
    "extra",
    [
        contact("x", "2024-03-01", serviceProvider=to("Organization/other"), status="cancelled"),
        contact("x", "2024-03-01", serviceProvider=to("Organization/other"), status="planned"),
        contact("x", "2024-03-01", serviceProvider=to("Organization/other"), partOf=to("Encounter/e1")),
        contact("x", None, serviceProvider=to("Organization/other")),
        contact("x", "2024-03-01"),
        contact("x", "2022-03-01", serviceProvider=to("Organization/other")),
        contact("x", "2024-03-01", serviceProvider=to("Organization/other"), subject=to("Patient/someone-else")),
    ],
    ids=[
        "cancelled",
        "planned",
        "part of another",
        "without a time",
        "with nobody known",
        "too long ago",
        "somebody else's",
    ],
)
def test_what_is_no_contact_in_the_window_counts_for_nothing(scene: Scene, extra: dict[str, Any]) -> None:
    (found,) = find(scene(extra), RULE).found

    assert (found.contacts, found.organisations) == (3, 2)


def test_a_part_counts_when_the_whole_is_not_in_the_records(scene: Scene) -> None:
    part = contact("x", "2024-03-01", serviceProvider=to("Organization/other"), partOf=to("Encounter/nowhere"))

    (found,) = find(scene(part), RULE).found

    assert (found.contacts, found.organisations) == (4, 3)


def test_nobody_without_a_birth_date_is_taken_for_old(scene: Scene) -> None:
    findings = find(scene(birthDate=None), RULE)

    assert findings.left_out == {"no date of birth on record": 1}


def test_everybody_is_found_or_left_out_for_one_reason(scene: Scene) -> None:
    crowd = [patient(f"q{n}", birthDate=f"{1920 + 10 * n}-01-01", deceasedBoolean=n % 3 == 0) for n in range(10)]

    findings = find(scene(*crowd), RULE)

    assert findings.considered == 11
    assert len(findings.found) + sum(findings.left_out.values()) == 11


def test_those_whose_care_is_most_in_pieces_come_first(scene: Scene) -> None:
    other = [patient("q"), condition("c1", patient="Patient/q"), condition("c2", patient="Patient/q")]
    visits = [
        contact(f"q{n}", "2024-03-01", subject=to("Patient/q"), serviceProvider=to(f"Organization/{where}"))
        for n, where in enumerate(("practice", "hospital", "council"))
    ]

    assert patients(find(scene(*other, *visits), RULE)) == ["Patient/q", "Patient/p"]


def test_without_any_contact_the_day_must_be_given(scene: Scene) -> None:
    store = scene(without=("e1", "e2", "e3"))

    with pytest.raises(NoContacts, match="which day"):
        find(store, RULE)
    assert find(store, Rule(80, 2, 0, 12, date(2024, 1, 1))).found[0].coc is None


@pytest.mark.parametrize("wrong", [{"aged": -1}, {"conditions": -1}, {"within_months": 0}])
def test_a_rule_that_cannot_be_meant_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        Rule(**wrong)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            Rule(75, 1, 1, 12, date(2024, 3, 31)),
            (
                "People aged 75 or over with at least 1 condition, seen by at least 1 organisation in the 12 months to "
                "31 March 2024."
            ),
        ),
        (
            Rule(within_months=None, resolved_too=True, dead_too=True),
            (
                "People aged 65 or over, those who have died included, with at least 4 conditions "
                "(past ones included), seen by at least 3 organisations at any time on record."
            ),
        ),
    ],
)
def test_a_rule_says_itself_in_plain_english_and_survives_as_data(rule: Rule, sentence: str) -> None:
    assert rule.sentence() == sentence
    assert Rule.from_dict(rule.as_dict()) == rule
