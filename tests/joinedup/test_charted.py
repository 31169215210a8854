"""Any measure month by month, of everybody, of one at a level and of a group; and the command that charts it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from joinedup.__main__ import IN_THE_WAY, joinedup
from joinedup.engines.distributed import Distributed
from joinedup.measures import charted, continuity
from joinedup.measures.asking import NotInTheseRecords
from joinedup.records.store import Store
from tests.joinedup.making import contact, loaded, organisation, patient, to
from tests.joinedup.on_engines import spark

SEEN = [
    # person, organisation, day: p goes to and fro each month, q stays with the elms, who see nobody else
    *[("p", ["elms", "hospital"][n % 2], f"2024-{month:02}-{5 + n:02}") for month in range(1, 13) for n in range(3)],
    *[("q", "elms", f"2024-{month:02}-{20 + n:02}") for month in range(3, 13) for n in range(2)],
    ("r", "hospice", "2024-05-05"),
    ("r", "hospice", "2025-01-01"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charted")
    contacts = [
        contact(f"c{n}", f"{day}T09:00:00Z", subject=to(f"Patient/{who}"), serviceProvider=to(f"Organization/{where}"))
        for n, (who, where, day) in enumerate(SEEN)
    ]
    asked = [
        {
            "resourceType": "ServiceRequest",
            "id": f"r{n}",
            "status": "active",
            "intent": "order",
            "subject": to("Patient/p"),
            "authoredOn": f"2024-0{month}-01",
            "requester": to("Organization/elms"),
            "performer": [to("Organization/hospital")],
        }
        for n, month in enumerate((2, 2, 6))
    ]
    refusal = {
        "resourceType": "Task",
        "id": "t",
        "status": "rejected",
        "intent": "order",
        "focus": to("ServiceRequest/r0"),
        "lastModified": "2024-02-03",
    }
    answer = contact("answer", "2024-07-11T00:00:00Z", subject=to("Patient/p"), basedOn=[to("ServiceRequest/r2")])
    named = [organisation(key, key.title()) for key in ("elms", "hospital", "hospice")]
    loaded(folder, *map(patient, "pqr"), *named, *contacts, *asked, refusal, answer).close()
    return folder / "store"


def values(place: Path, name: charted.Name, **more: object) -> list[float | None]:
    with Store(place) as store:
        found = charted.charted(store, name, **more)  # type: ignore[arg-type]
    assert found.months == tuple(date(2024, month, 1) for month in range(1, 13))[-len(found.months) :]
    return list(found.values)


def test_a_measure_of_a_month_is_what_the_measure_gives_of_that_month(place: Path) -> None:
    with Store(place) as store:
        may = continuity.measure(store, "organisation", 1, date(2024, 5, 31))

    coc = values(place, "coc")

    assert coc[4] == may.mean("coc") == pytest.approx((1 / 3 + 1) / 2)
    assert coc[:2] == pytest.approx([1 / 3, 1 / 3])


def test_of_a_group_only_its_people_are_counted(place: Path) -> None:
    assert values(place, "coc", people=["Patient/q"]) == [1] * 10
    assert values(place, "contacts", people=["Patient/q", "Patient/nobody"]) == [2] * 10
    assert values(place, "returns", people=["Patient/p"]) == [1] * 12


def test_of_one_at_a_level_its_own_contacts_or_the_people_whom_it_met_are_counted(place: Path) -> None:
    assert values(place, "contacts", one="hospital")[:3] == [1, 1, 1]
    assert values(place, "coc", one="Hospital") == pytest.approx([1 / 3] * 12)
    assert values(place, "hand-offs", one="hospital", people=["Patient/p"])[0] == 100


def test_referrals_are_counted_when_asked_and_waits_when_seen(place: Path) -> None:
    assert values(place, "referrals")[:6] == [0, 2, 0, 0, 0, 1]
    assert values(place, "refused")[:6] == [None, 50, None, None, None, 0]
    assert values(place, "wait")[5:8] == [None, 40, None]


@pytest.mark.parametrize("name", charted.NAMES)
def test_every_measure_has_a_unit_a_direction_and_a_series(place: Path, name: charted.Name) -> None:
    assert charted.UNITS[name]
    assert name in charted.BETTER
    assert len(values(place, name)) == 12


@pytest.mark.spark
@pytest.mark.parametrize("name", ["hand-offs", "coc", "returns", "refused"])
def test_spark_gives_the_same_series_of_a_group(place: Path, name: charted.Name) -> None:
    spark()
    people = ["Patient/p", "Patient/r"]

    assert values(place, name, people=people, engine=Distributed) == pytest.approx(values(place, name, people=people))


def test_one_that_is_not_there_is_said_with_those_that_are(place: Path) -> None:
    with pytest.raises(NotInTheseRecords, match="no organisation called “nobody” in these records"):
        values(place, "coc", one="nobody")


def test_a_store_of_some_people_leaves_the_numbers_of_others_and_forgets_nobody_s_key(place: Path) -> None:
    with Store(place) as store, store.only(["Patient/r"]) as those:
        assert (those.counts()["patients"], those.counts()["visits"]) == (1, 2)
        assert those.digest == store.digest
        assert continuity.measure(those).table["patient"].to_pylist() == ["Patient/r"]


def chart(place: Path, *words: str) -> Result:
    return CliRunner().invoke(joinedup, ["chart", str(place), *words])


def test_limits_are_worked_out_again_from_a_day_and_the_target_is_judged_by_them(place: Path) -> None:
    found = chart(place, "coc", "--target", "0.5", "--recalculate-from", "2024-03-01", "--format", "json")

    assert found.exit_code == 0, found.output
    rows = json.loads(found.stdout)["rows"]
    assert [row["mean"] for row in rows] == pytest.approx([1 / 3] * 2 + [2 / 3] * 10)
    assert "Limits worked out again from March 2024." in found.stderr
    assert "Target 0.5: it will be met each month, as things go (passing)." in found.stderr


def test_a_decision_is_a_line_in_the_picture_and_a_sentence(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "coc.svg"

    found = chart(place, "coc", "--decision", "2024-07-16", "--format", "svg", "--out", str(out))

    assert found.exit_code == 0, found.output
    assert "Since the decision on 16 July 2024:" in found.stderr
    svg = out.read_text(encoding="utf-8")
    assert "decided 16 July 2024" in svg
    assert "A line marks a decision on 16 July 2024." in svg
    # 12 months, 50.17 wide each from 62 on; 15 of 31 days into the seventh
    assert f'x1="{62 + (760 - 62 - 96) / 12 * (6 + 15 / 31):.1f}"' in svg


def test_a_day_from_which_limits_cannot_be_worked_out_is_said_with_those_from_which_they_can(place: Path) -> None:
    found = chart(place, "coc", "--recalculate-from", "2020-01-01")

    assert isinstance(found.exception, IN_THE_WAY)
    assert "They can from the months February 2024 to December 2024." in str(found.exception)


def test_a_target_without_a_direction_asks_for_one_and_takes_it(place: Path) -> None:
    asks = chart(place, "contacts", "--target", "1")
    takes = chart(place, "contacts", "--target", "1", "--better", "higher")

    assert "say with --better whether higher or lower is better" in asks.output
    assert "as things go (passing)" in takes.output


GROUPS = [
    "Patient/q\n",
    "name,patient\nQ,Patient/q\n",
    json.dumps({"resourceType": "Group", "member": [{"entity": {"reference": "Patient/q"}}]}),
]


@pytest.mark.parametrize("text", GROUPS)
def test_a_group_is_given_as_keys_as_csv_or_as_fhir(place: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "group").write_text(text, encoding="utf-8")

    found = chart(place, "coc", "--people", str(tmp_path / "group"))

    assert found.exit_code == 0, found.output
    assert "COC each month, 1 person: 10 months." in found.output


@pytest.mark.parametrize("text", ["", "name,age\nQ,84\n", '{"resourceType": "Group"}', "{not json"])
def test_a_file_that_names_nobody_says_what_to_give(place: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "group").write_text(text, encoding="utf-8")

    found = chart(place, "coc", "--people", str(tmp_path / "group"))

    assert found.exit_code == 2
    assert "names nobody. Give one key a line" in found.output


def test_people_who_are_not_in_the_records_are_said_to_be(place: Path, tmp_path: Path) -> None:
    (tmp_path / "group").write_text("Patient/q\nPatient/x\n", encoding="utf-8")
    (tmp_path / "none").write_text("Patient/x\n", encoding="utf-8")

    some, none = (chart(place, "coc", "--people", str(tmp_path / name)) for name in ("group", "none"))

    assert "1 of those in the file is not in these records." in some.output
    assert "None of the people in the file is in these records." in none.output
