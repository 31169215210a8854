"""OMOP: people, visits, providers, sites and conditions, each from its own table, in any order."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.measures import continuity
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.joinedup.conftest import Opened

VISITS = (
    "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date,provider_id,care_site_id\n"
    "1,7,9201,2010-06-27,2010-06-28,3,5\n2,7,9202,2010-06-26,2010-06-26,,0\n3,,9202,2010-06-26,2010-06-26,3,5\n"
)
PERSON = "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,race_concept_id\n7,8532,1933,2,,8527\n"
SITES = "care_site_id,care_site_name,place_of_service_concept_id,place_of_service_source_value\n5,Elm House,9,Clinic\n"
PROVIDERS = "provider_id,provider_name,specialty_concept_id,specialty_source_value\n3,A. Lee,38004446,Cardiology\n"
CONDITIONS = (
    "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,visit_occurrence_id,condition_source_value\n"
    "9,7,201826,2010-06-27,1,E11.9\n10,7,0,2010-06-27,1,25000\n11,7,0,2010-06-27,1,\n"
)


def loaded(folder: Path, **tables: str) -> Store:
    source = folder / "source"
    source.mkdir()
    for name, text in tables.items():
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    load([str(source)], folder / "store")
    return Store(folder / "store")


def test_each_table_of_the_model_goes_where_it_belongs_whatever_its_file_is_called(tmp_path: Path) -> None:
    with loaded(tmp_path, a=VISITS, b=SITES, c=PROVIDERS, d=PERSON, e=CONDITIONS) as store:
        (person,) = store.patients(["Patient/7"])
        contacts = store.query("SELECT class, organisation, practitioner FROM contacts ORDER BY started_at").to_pylist()
        sites = store.query("SELECT name, sector FROM organisations").to_pylist()
        professionals = store.query("SELECT name, profession FROM practitioners").to_pylist()

    assert (person.gender, person.born_on, person.ethnicity) == ("female", date(1933, 2, 1), "White")
    assert contacts == [
        {"class": "AMB", "organisation": None, "practitioner": None},
        {"class": "IMP", "organisation": "Organization/5", "practitioner": "Practitioner/3"},
    ]
    assert sites == [{"name": "Elm House", "sector": "Clinic"}]
    assert professionals == [{"name": "A. Lee", "profession": "Cardiology"}]


def test_a_visit_without_a_number_is_set_aside_and_a_day_that_cannot_be_read_is_doubted(tmp_path: Path) -> None:
    head = VISITS.splitlines()[0]
    with loaded(tmp_path, visits=f"{head}\n,7,9202,2010-06-26,,3,5\n4,7,9202,someday,,3,5\n") as store:
        aside = [(each.position, each.reason) for each in store.set_aside()]
        doubts = store.query("SELECT position, doubt FROM doubts").to_pylist()

    assert aside == [("line 2", "visit_occurrence_id is empty")]
    assert doubts == [{"position": "line 3", "doubt": "visit_start_date is not a date and was left out"}]


def test_a_visit_of_nobody_is_set_aside_with_its_line(tmp_path: Path) -> None:
    with loaded(tmp_path, visits=VISITS) as store:
        aside = [(each.position, each.reason) for each in store.set_aside()]

    assert aside == [("line 4", "person_id is empty")]


def test_a_condition_keeps_its_code_with_the_system_that_the_code_shows(tmp_path: Path) -> None:
    with loaded(tmp_path, visits=VISITS, conditions=CONDITIONS) as store:
        found = store.query("SELECT code, system, icd10_code, contact FROM conditions ORDER BY condition").to_pylist()

    assert [(each["code"], (each["system"] or "").rpartition("/")[2]) for each in found] == [
        ("25000", "icd-9-cm"),
        (None, ""),
        ("E11.9", "icd-10"),
    ]
    assert found[2]["icd10_code"] == "E11.9"
    assert {each["contact"] for each in found} == {"Encounter/1"}


@pytest.mark.parametrize(
    ("year", "month", "day", "born", "known_to"),
    [
        ("1940", "2", "30", date(1940, 2, 1), "month"),
        ("1940", "2", "29", date(1940, 2, 29), "day"),
        ("1940", "", "", date(1940, 1, 1), "year"),
        ("1940.0", "5.0", "3.0", date(1940, 5, 3), "day"),
        ("unknown", "", "", None, None),
    ],
)
def test_a_birth_is_known_as_far_as_it_is_recorded(
    tmp_path: Path, year: str, month: str, day: str, born: date | None, known_to: str | None
) -> None:
    text = PERSON.splitlines()[0] + f"\n7,0,{year},{month},{day},0\n"

    with loaded(tmp_path, person=text) as store:
        (person,) = store.query("SELECT born_on, born_on_known_to, gender FROM patients").to_pylist()

    assert (person["born_on"], person["born_on_known_to"], person["gender"]) == (born, known_to, None)


def test_capitals_and_parquet_are_read_the_same(tmp_path: Path) -> None:
    columns = {"VISIT_OCCURRENCE_ID": [1], "PERSON_ID": [7], "VISIT_CONCEPT_ID": [9203], "CARE_SITE_ID": [5]}
    table = pa.table(columns | {"VISIT_START_DATETIME": pa.array(["2010-06-27 10:30:00"])})
    pq.write_table(table, tmp_path / "visits.parquet")

    load([str(tmp_path / "visits.parquet")], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        (contact,) = store.query("SELECT class, organisation, started_at FROM contacts").to_pylist()
    assert (contact["class"], contact["organisation"]) == ("EMER", "Organization/5")
    assert contact["started_at"] == datetime(2010, 6, 27, 10, 30, tzinfo=UTC)


def test_other_tables_of_the_model_are_passed_over(tmp_path: Path) -> None:
    text = "drug_exposure_id,person_id,drug_concept_id\n1,7,0\n"
    (tmp_path / "drug_exposure.csv").write_text(text, encoding="utf-8")

    found = load([str(tmp_path / "drug_exposure.csv")], tmp_path / "store")

    assert (found.passed_over, found.set_aside) == (1, 0)


@pytest.mark.parametrize(
    ("by", "contacts", "hand_offs", "means"),
    [
        ("practitioner", 1842, 1782, (0.0056, 0.1174, 0.0084, 0.0964)),
        ("organisation", 1843, 1752, (0.0230, 0.1612, 0.0288, 0.2474)),
    ],
)
def test_the_claims_give_their_published_values(
    shipped: Opened, by: str, contacts: int, hand_offs: int, means: tuple[float, ...]
) -> None:
    found = continuity.measure(shipped("claims-medicare-synpuf-50"), by)  # type: ignore[arg-type]

    assert (found.table.num_rows, found.pairs + found.table.num_rows, found.hand_offs) == (38, contacts, hand_offs)
    assert [round(found.mean(name) or 0, 4) for name in ("coc", "upc", "secon", "mmci")] == list(means)


def test_the_claims_of_five_visits_without_provider_and_four_without_site_lose_no_visit(shipped: Opened) -> None:
    found = shipped("claims-medicare-synpuf-50").query(
        """SELECT count(*) AS visits, count(*) - count(practitioner) AS without_provider,
                  count(*) - count(organisation) AS without_site FROM contacts"""
    )

    assert found.to_pylist() == [{"visits": 1847, "without_provider": 5, "without_site": 4}]


def test_a_file_whose_end_is_damaged_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "visits.csv.gz").write_bytes(gzip.compress(VISITS.encode())[:-12])

    load([str(tmp_path / "visits.csv.gz")], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        assert any("damaged or ends too early" in each.reason for each in store.set_aside())
