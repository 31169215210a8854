"""Tables of conditions: whose they are, several codes in one field, and telling the code systems apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from joinedup.measures.hfrs import hfrs
from joinedup.records.codes import ICD9, ICD10, SNOMED, system_of
from joinedup.records.load import load
from joinedup.records.mapping import NO_MAPPING, Mapping
from joinedup.records.store import Store
from tests.joinedup.conftest import shared_folder


def stored(folder: Path, text: str, mapping: Mapping = NO_MAPPING) -> Store:
    (folder / "conditions.csv").write_text(text, encoding="utf-8")
    load([str(folder / "conditions.csv")], folder / "store", mapping=mapping)
    return Store(folder / "store")


def test_a_row_with_a_code_and_a_person_is_a_condition(tmp_path: Path) -> None:
    text = "patient_id,icd10,diagnosis,diagnosis_date\np,E11.9,Diabetes,2020-03-01\nq,F00,,\n"

    with stored(tmp_path, text) as store:
        rows = store.query("SELECT patient, icd10_code, display, onset_on FROM conditions ORDER BY patient").to_pylist()
        people = store.query("SELECT patient FROM patients ORDER BY patient")["patient"].to_pylist()

    assert people == ["Patient/p", "Patient/q"]
    assert [(row["icd10_code"], row["display"], row["onset_on"]) for row in rows] == [
        ("E11.9", "Diabetes", date(2020, 3, 1)),
        ("F00", None, None),
    ]


def test_several_codes_in_one_field_are_codes_of_one_condition_each_with_its_system(tmp_path: Path) -> None:
    with stored(tmp_path, 'patient_id,code\np,"253.2, E23.0"\n') as store:
        codes = store.query("SELECT position, system, code FROM condition_codes ORDER BY position").to_pylist()
        (condition,) = store.query("SELECT code, icd10_code FROM conditions").to_pylist()

    assert [(each["system"], each["code"]) for each in codes] == [(ICD9, "253.2"), (ICD10, "E23.0")]
    assert (condition["code"], condition["icd10_code"]) == ("253.2", "E23.0")


def test_a_code_system_that_is_said_is_taken_at_its_word(tmp_path: Path) -> None:
    with stored(tmp_path, "patient_id,code,code_system\np,V62.84,ICD-10-CM\np,44054006,SNOMED CT\n") as store:
        systems = store.query("SELECT system FROM conditions ORDER BY code DESC")["system"].to_pylist()

    assert systems == [ICD10, SNOMED]


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("E23.0", ICD10), ("I10", ICD10), (" f00 ", ICD10), ("C7A.1", ICD10), ("T39.1X", ICD10), ("253.2", ICD9),
        ("V62.84", ICD9), ("E980.2", ICD9), ("E930.8", ICD9), ("25200", ICD9), ("44054006", SNOMED), ("U1", None),
        ("", None), ("E", None),
    ],
)  # fmt: skip
def test_code_systems_are_told_apart_by_how_codes_are_written(code: str, system: str | None) -> None:
    assert system_of(code) == system


def test_what_cannot_be_read_is_set_aside_and_counted(tmp_path: Path) -> None:
    with stored(tmp_path, "patient_id,code\n,E11.9\np,\np,I10\n") as store:
        aside = {(each.position, each.reason) for each in store.set_aside()}
        kept = store.query("SELECT code FROM conditions")["code"].to_pylist()

    assert ("line 2", "neither a person nor a contact: nobody knows whose condition it is") in aside
    assert ("file", "1 rows have neither a code nor words for the condition") in aside
    assert kept == ["I10"]


def test_loading_the_same_table_again_changes_nothing(tmp_path: Path) -> None:
    stored(tmp_path, "patient_id,code\np,E11.9\n").close()

    again = load([str(tmp_path / "conditions.csv")], tmp_path / "store")

    assert not again.changed


STAYS = Mapping({"patient": "uniquepid", "contact": "patientunitstayid", "organisation": "hospitalid"})
DIAGNOSES = Mapping({"contact": "patientunitstayid", "code": "icd9code", "display": "diagnosisstring"})


def test_a_diagnosis_that_names_a_stay_is_of_the_person_of_that_stay(tmp_path: Path) -> None:
    (tmp_path / "stays.csv").write_text("patientunitstayid,uniquepid,hospitalid\n1,p,9\n", encoding="utf-8")
    (tmp_path / "diagnoses.csv").write_text(
        "patientunitstayid,icd9code,diagnosisstring\n1,E23.0,pituitary\n2,I10,nobody knows\n", encoding="utf-8"
    )

    load([str(tmp_path / "diagnoses.csv")], tmp_path / "store", mapping=DIAGNOSES)
    load([str(tmp_path / "stays.csv")], tmp_path / "store", mapping=STAYS)

    with Store(tmp_path / "store") as store:
        rows = store.query("SELECT code, patient FROM conditions ORDER BY code").to_pylist()
        open_ends = [each.reference for each in store.unresolved()]
    assert [(row["code"], row["patient"]) for row in rows] == [("E23.0", "Patient/p"), ("I10", None)]
    assert open_ends == ["Encounter/2"]


def test_intensive_care_patients_have_their_published_frailty_scores(tmp_path: Path) -> None:
    folder = shared_folder("icd10-eicu-demo")
    load([str(folder / "patient.csv")], tmp_path / "store", mapping=STAYS)
    load([str(folder / "diagnosis.csv")], tmp_path / "store", mapping=DIAGNOSES)

    with Store(tmp_path / "store") as store:
        found = hfrs(store, as_at=date(2016, 1, 1), of="everything")
        systems = dict(
            store.query("SELECT system, count(*) AS n FROM condition_codes GROUP BY system").to_pandas().values
        )

    scores = {row["patient"]: row["score"] for row in found.table.to_pylist()}
    bands = [found.in_band(band) for band in ("low", "intermediate", "high", "not computable")]
    assert bands == [60, 17, 2, 21]
    assert bands[0] + bands[3] == 81  # the published count, which takes people without any ICD-10 code for 0
    assert [scores[f"Patient/{who}"] for who in ("031-10084", "030-10990", "004-11678", "004-10342")] == [
        15.6,
        15.2,
        11.1,
        10.5,
    ]
    # 1,262 and 1,195 are published: they count V62.84 as ICD-10, which the rule beside them takes for ICD-9.
    assert systems == {ICD9: 1263, ICD10: 1194}


def test_an_age_of_more_than_89_is_taken_for_the_least_it_can_be_and_doubted(tmp_path: Path) -> None:
    text = "patient_id,age,date\np,> 89,2015-06-01\nq,90+,2015-06-01\nr,old,2015-06-01\ns,64,2015-06-01\n"

    with stored(tmp_path, text) as store:
        born = {row["patient"]: row["born_on"] for row in store.query("SELECT * FROM patients").to_pylist()}
        doubts = sorted(each.doubt for each in store.doubts())

    assert born == {
        "Patient/p": date(1925, 1, 1),
        "Patient/q": date(1925, 1, 1),
        "Patient/r": None,
        "Patient/s": date(1951, 1, 1),
    }
    assert [doubt.split(":")[0] for doubt in doubts] == [
        "an age is no number and was left out",
        "an age is only known to be above a limit",
        "an age is only known to be above a limit",
    ]


def test_the_ages_of_intensive_care_patients_are_as_its_source_says(tmp_path: Path) -> None:
    mapping = Mapping(
        {"patient": "uniquepid", "contact": "patientunitstayid", "started_at": "hospitaldischargeyear", "age": "age"},
        time_format="%Y",
    )
    load([str(shared_folder("icd10-eicu-demo") / "patient.csv")], tmp_path / "store", mapping=mapping)

    with Store(tmp_path / "store") as store:
        found = store.query(
            """SELECT count(*) AS people,
                      count(*) FILTER (first.year - year(born_on) >= 65) AS over_65,
                      count(*) FILTER (first.year - year(born_on) >= 75) AS over_75
               FROM patients JOIN (SELECT patient, min(year(started_at)) AS year FROM contacts GROUP BY patient) first
                    USING (patient)"""
        ).to_pylist()

    assert found == [{"people": 100, "over_65": 54, "over_75": 36}]
