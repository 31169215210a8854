"""Finding people by a written rule: who is found, why, why nobody else, and what is not computable."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.find import Rule, find
from joinedup.finding.criteria import Criterion, Together
from joinedup.finding.everybody import Everybody, Values
from joinedup.finding.measurable import BY_NAME, MEASURES
from joinedup.finding.options import as_written
from joinedup.finding.people import People, find_by
from joinedup.finding.rule_file import SHIPPED, parsed, shipped
from joinedup.measures import coc, mmci, secon, upc
from joinedup.measures.asking import NotInTheseRecords
from joinedup.records.store import Store
from tests.joinedup.making import condition, contact, loaded, organisation, patient, to
from tests.joinedup.on_engines import spark
from tests.joinedup.test_rule_files import rule

Scene = Callable[..., Store]
ALONE: dict[None, Store] = {}
"""The store of the scene with nothing added, once it has been loaded."""
SEEN = ["practice", "hospital", "practice", "council", "practice", "hospital", "charity"]


@pytest.fixture
def scene(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """
    Jo of 83, seen 7 times by 4 organisations, Ann of the practice each time she was there; Max of 70, seen once, by
    nobody that is recorded; Kit of 90, never seen.
    """

    def made(*more: Any) -> Store:
        if not more and None in ALONE:
            return ALONE[None]
        store = loaded(
            tmp_path if more else tmp_path_factory.mktemp("alone"),
            patient("jo", "9990000018", name=[{"family": "Ash", "given": ["Jo"]}]),
            patient("max", birthDate="1954-01-01"),
            patient("kit", birthDate="1934-01-01"),
            *(organisation(each) for each in dict.fromkeys(SEEN)),
            {"resourceType": "Practitioner", "id": "ann"},
            *(
                contact(
                    f"e{day}",
                    f"2024-03-{day + 1:02}",
                    subject=to("Patient/jo"),
                    serviceProvider=to(f"Organization/{where}"),
                    **({"participant": [{"individual": to("Practitioner/ann")}]} if where == "practice" else {}),
                )
                for day, where in enumerate(SEEN)
            ),
            contact("m1", "2024-03-05", subject=to("Patient/max")),
            *more,
        )
        if not more:
            ALONE[None] = store
        return store

    return made


def found_by(store: Store, criteria: str, as_at: date | None = None) -> People:
    return find_by(store, parsed(rule(criteria), "my.toml"), as_at)


def reasons(people: People) -> dict[str, str]:
    return dict(zip(people.keys, people.table["reason"].to_pylist(), strict=True))


def test_somebody_is_found_with_the_reason_made_of_the_criteria(scene: Scene) -> None:
    people = found_by(
        scene(),
        """
        [[all]]
        measure = "age"
        at_least = 75
        [[all]]
        measure = "organisations"
        at_least = 4
        [[all]]
        measure = "share with the one seen most"
        at_most = 0.5
        [[all]]
        measure = "contacts"
        at_least = 6
        """,
    )

    assert reasons(people) == {
        "Patient/jo": "Aged 83, 4 organisations in 12 months, none with more than half of 7 contacts "
        "(3 with the one seen most)."
    }
    (row,) = people.table.to_pylist()
    assert (row["family_name"], row["age"], row["organisations_12_months"], row["contacts_12_months"]) == (
        "Ash",
        83,
        4,
        7,
    )
    assert row["share_with_the_one_seen_most_by_organisation_12_months"] == pytest.approx(3 / 7)
    assert people.left_out == {
        "do not meet “aged at least 75”": 1,
        "do not meet “at least 4 organisations in 12 months”": 1,
    }


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ('measure = "continuity of care"\nat_most = 1', f"Continuity of care by organisation {coc.plainly(SEEN):.2f}"),
        ('measure = "secon"\nat_most = 1', f"Sequential continuity by organisation {secon.plainly(SEEN):.2f}"),
        ('measure = "mmci"\nat_most = 1', f"Few for many contacts by organisation {mmci.plainly(SEEN):.2f}"),
        ('measure = "upc"\nat_least = 0.1', "3 of 7 contacts with one organisation"),
        (
            'measure = "upc"\nless_than = 0.75',
            "No organisation with three quarters or more of 7 contacts (3 with the one seen most)",
        ),
        ('measure = "hand-offs"\nat_least = 1', "6 hand-offs between organisations"),
        ('measure = "returns"\nat_least = 1', "2 returns between organisations"),
        ('measure = "practitioners"\nat_least = 1', "1 practitioner"),
        (
            'measure = "contacts with the one seen most"\nby = "practitioner"\nat_least = 1',
            "3 contacts with the practitioner seen most",
        ),
        ('measure = "known by one alone"\nby = "practitioner"\nis = true', "Known by one practitioner alone"),
        ('measure = "known by one alone"\nby = "organisation"\nis = false', "Known by several organisations"),
        (
            'measure = "organisations resting on one practitioner"\nat_least = 1',
            "1 organisation resting on one practitioner",
        ),
    ],
)
def test_each_measure_says_what_it_found(scene: Scene, asks: str, says: str) -> None:
    people = found_by(scene(), f"[[all]]\n{asks}")

    assert reasons(people)["Patient/jo"] == f"{says} in 12 months."
    assert upc.plainly(SEEN) == pytest.approx(3 / 7)


def test_what_does_not_hold_is_said_as_it_is(scene: Scene) -> None:
    text = '[[not]]\nmeasure = "upc"\nless_than = 0.25\n[[not]]\nmeasure = "upc"\nby = "practitioner"\nat_most = 0.5'

    assert reasons(found_by(scene(), text)) == {
        "Patient/jo": "3 of 7 contacts with one organisation in 12 months, 3 of 3 contacts with one practitioner."
    }


def test_nobody_is_found_by_what_is_not_computable_and_it_is_never_counted_as_none(scene: Scene) -> None:
    store = scene()

    few = found_by(store, '[[all]]\nmeasure = "practitioners"\nat_most = 0')
    frail = found_by(store, '[[all]]\nmeasure = "frailty score"\nat_most = 100')
    alone = found_by(store, '[[not]]\nmeasure = "known by one alone"\nby = "practitioner"\nis = true')

    # Kit was never seen: no practitioner. Max was seen, by whom is not recorded.
    assert few.keys == ["Patient/kit"]
    assert few.left_out == {
        "do not meet “at most 0 practitioners in 12 months”": 1,
        "could not be told whether they meet “at most 0 practitioners in 12 months”": 1,
    }
    assert frail.keys == []
    assert frail.left_out == {"could not be told whether they meet “frailty score at most 100 in 12 months”": 3}
    assert alone.keys == []


def test_what_is_not_computable_is_said_beside_what_holds(scene: Scene) -> None:
    people = found_by(
        scene(),
        """
        [[any]]
        measure = "frailty score"
        at_least = 5
        within = "24 months"
        [[any]]
        measure = "organisations"
        at_least = 4
        [[any]]
        measure = "falls"
        at_least = 1
        """,
    )

    assert reasons(people) == {
        "Patient/jo": "Frailty score not computable in 24 months (it needs an admission with an ICD-10 code), "
        "4 organisations in 12 months, falls not computable (it needs records with coded conditions or reasons)."
    }
    assert people.table["frailty_score_24_months"].to_pylist() == [None]


def test_a_wait_that_goes_on_is_said_to(scene: Scene) -> None:
    asked = {
        "resourceType": "ServiceRequest",
        "id": "r",
        "status": "active",
        "intent": "order",
        "subject": to("Patient/kit"),
        "authoredOn": "2024-01-01",
        "code": {"text": "Memory clinic"},
    }

    people = found_by(scene(asked), '[[all]]\nmeasure = "longest wait"\nmore_than = 30')

    assert reasons(people) == {"Patient/kit": "Longest wait 67 days in 12 months, still waiting."}


def test_past_the_window_nothing_counts_and_the_dead_are_found_only_when_asked_for(scene: Scene) -> None:
    dead = patient("dee", birthDate="1930-01-01", deceasedDateTime="2024-03-01")
    store = scene(dead)
    criteria = '[[all]]\nmeasure = "organisations"\nat_most = 0\n'
    dead_too = rule(criteria).replace("within =", "dead_too = true\nwithin =")

    assert found_by(store, criteria).keys == ["Patient/kit"]
    assert set(found_by(store, criteria, date(2026, 1, 1)).keys) == {"Patient/jo", "Patient/kit", "Patient/max"}
    assert "Patient/dee" in find_by(store, parsed(dead_too, "my.toml")).keys
    assert found_by(store, criteria).left_out["had died"] == 1


def test_those_furthest_beyond_the_first_bound_come_first(scene: Scene) -> None:
    store = scene()

    assert found_by(store, '[[all]]\nmeasure = "age"\nat_least = 1').keys == [
        "Patient/kit",
        "Patient/jo",
        "Patient/max",
    ]
    assert found_by(store, '[[all]]\nmeasure = "age"\nat_most = 99').keys == [
        "Patient/max",
        "Patient/jo",
        "Patient/kit",
    ]


def test_without_any_contact_the_day_must_be_given(tmp_path: Path) -> None:
    store = loaded(tmp_path, patient("p"))

    with pytest.raises(NotInTheseRecords, match="Say which day"):
        found_by(store, '[[all]]\nmeasure = "age"\nat_least = 1')
    assert found_by(store, '[[all]]\nmeasure = "age"\nat_least = 1', date(2024, 1, 1)).keys == ["Patient/p"]


@pytest.mark.parametrize("name", SHIPPED)
def test_everybody_is_found_or_left_out_for_one_reason(scene: Scene, name: str) -> None:
    people = find_by(scene(), shipped(name))

    assert len(people.rows) + sum(people.left_out.values()) == people.considered == 3


@pytest.mark.parametrize(
    "options",
    [
        Rule(80, 0, 2, 12),
        Rule(60, 1, 0, None),
        Rule(60, 1, 0, None, resolved_too=True),
        Rule(0, 0, 0, 24, date(2024, 3, 4), dead_too=True),
        Rule(0, 0, 4, 24),
    ],
)
def test_options_written_down_as_a_rule_find_the_same_people(scene: Scene, options: Rule) -> None:
    store = scene(
        condition("gout", patient="Patient/jo", clinicalStatus={"coding": [{"code": "resolved"}]}),
        condition("asthma", patient="Patient/max"),
        patient("dee", birthDate="1930-01-01", deceasedDateTime="2024-03-01"),
        patient("nobody-knows-how-old", birthDate=None),
    )

    by_rule = find_by(store, as_written(options), options.as_at)

    assert set(by_rule.keys) == {each.patient for each in find(store, options).found}


TRUTHS = st.lists(st.sampled_from([1, 0, -1]), min_size=1, max_size=4)


def together_plainly(how: str, truths: list[int]) -> int:
    if how == "all":
        return 1 if all(t == 1 for t in truths) else 0 if 0 in truths else -1
    if how == "any":
        return 1 if 1 in truths else 0 if all(t == 0 for t in truths) else -1
    return {1: 0, 0: 1, -1: -1}[together_plainly("any", truths)]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Everybody:
    """Somebody of 83 of whom nothing else is known."""
    return Everybody(loaded(tmp_path_factory.mktemp("known"), patient("p")), date(2024, 1, 1))


@given(how=st.sampled_from(["all", "any", "not"]), truths=TRUTHS)
def test_what_cannot_be_told_never_makes_anybody_found(known: Everybody, how: Any, truths: list[int]) -> None:
    of = {
        1: Criterion(BY_NAME["age"], (("at_least", 1.0),)),
        0: Criterion(BY_NAME["age"], (("at_most", 1.0),)),
        -1: Criterion(BY_NAME["coc"], (("at_most", 1.0),), "organisation"),
    }

    found = Together(how, tuple(of[each] for each in truths)).truth(known)

    assert found.tolist() == [together_plainly(how, truths)]


def test_the_number_of_questions_does_not_grow_with_the_people(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = [patient(f"c{number}") for number in range(300)]
    seen = [
        contact(f"x{n}", "2024-03-02", subject=to(f"Patient/c{n}"), serviceProvider=to("Organization/practice"))
        for n in range(300)
    ]
    few, many = scene(), Store(scene(*crowd, *seen).path)
    asked: list[str] = []
    query, batches = Store.query, Store.batches
    monkeypatch.setattr(Store, "query", lambda self, sql, **more: (asked.append(sql), query(self, sql, **more))[1])
    monkeypatch.setattr(Store, "batches", lambda self, sql, **more: (asked.append(sql), batches(self, sql, **more))[1])

    counted = []
    for store in (few, many):
        asked.clear()
        found_by(store, '[[all]]\nmeasure = "organisations"\nat_least = 1\n[[all]]\nmeasure = "age"\nat_least = 1')
        counted.append(len(asked))

    assert counted[0] == counted[1] <= 12


def test_each_measure_is_worked_out_once_however_many_people_are_found(scene: Scene) -> None:
    worked_out: list[int] = []

    def ages(everybody: Everybody, *_: object) -> Values:
        worked_out.append(len(everybody))
        return everybody.age()

    (criterion,) = parsed(rule('[[all]]\nmeasure = "age"\nat_least = 1'), "my.toml").criteria.leaves()
    counting = replace(criterion, measure=replace(criterion.measure, of=ages))
    asked = replace(
        parsed(rule('[[all]]\nmeasure = "age"\nat_least = 1'), "my.toml"), criteria=Together("all", (counting,))
    )

    people = find_by(scene(), asked)

    assert len(people.rows) == 3
    assert worked_out == [3]


@pytest.mark.spark
def test_spark_finds_the_same_people_for_the_same_reasons(scene: Scene) -> None:
    from joinedup.engines.distributed import Distributed

    spark()
    every = "\n".join(
        f'[[any]]\nmeasure = "{each.name}"\n{"is = true" if each.kind == "yes or no" else "at_least = 1"}'
        for each in MEASURES
    )
    store = scene(condition("asthma", patient="Patient/jo"))
    asked = parsed(rule(every), "my.toml")

    here, there = find_by(store, asked), find_by(store, asked, engine=Distributed(store))

    assert here.table.to_pylist() == there.table.to_pylist()
    assert len(here.rows) == 3
    assert json.dumps(here.left_out) == json.dumps(there.left_out)
