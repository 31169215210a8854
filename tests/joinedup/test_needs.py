"""Frailty, multimorbidity, age, falls and admissions: worked cases, and the SQL against the plain formulas."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.engines.tongue import moment, statement, with_rows
from joinedup.measures import admissions, age, falls, hfrs, multimorbidity
from joinedup.measures.asking import NotInTheseRecords
from joinedup.measures.code_list import BadCodeList, codes, shipped
from joinedup.period import Period
from tests.joinedup.conftest import shared_folder
from tests.joinedup.making import condition, contact, loaded, patient, to
from tests.joinedup.on_engines import EACH_ENGINE, on_duckdb

ICD10 = "http://hl7.org/fhir/sid/icd-10"
SNOMED = "http://snomed.info/sct"
UNTIL = date(2025, 1, 1)
WINDOW = {"since": moment(date(2024, 1, 1)), "until": moment(UNTIL)}

GILBERT = [
    # codes, score, band: reference/measures.md section 5
    (["F00", "W19"], 10.3, "intermediate"),
    (["F00", "F00.1", "F001"], 7.1, "intermediate"),
    ([" f00 "], 7.1, "intermediate"),
    (["F00", "G81"], 11.5, "intermediate"),
    (["F00", "G81", "R26"], 14.1, "intermediate"),
    (["G81", "Z73"], 5.0, "intermediate"),
    (["F00", "G81", "R40", "J69"], 15.0, "intermediate"),
    (["A00"], 0, "low"),
    (["F00", "G81", "G30", "I69", "R29", "N39", "F05", "W19", "S00", "R31"], 38.6, "high"),
    ([], None, "not computable"),
]


def test_the_weights_are_those_of_the_appendix() -> None:
    assert len(hfrs.WEIGHTS) == 109
    assert sum(hfrs.WEIGHTS.values()) == pytest.approx(173.2)
    assert (hfrs.WEIGHTS["F00"], hfrs.WEIGHTS["R50"], hfrs.WEIGHTS["S06"]) == (7.1, 0.1, 2.4)


@pytest.mark.parametrize(("listed", "score", "band"), GILBERT)
def test_a_score_is_as_published_and_is_rounded_before_it_is_banded(
    listed: list[str], score: float | None, band: str
) -> None:
    assert hfrs.plainly(listed) == score
    assert hfrs.band(hfrs.plainly(listed)) == band


def coded(of: dict[str, list[tuple[str, str | None]]], stays: list[tuple[str, str, date]]) -> dict[str, pa.Table]:
    """Tables of people with (code, stay or none) each, and stays (key, person, day)."""
    rows = [(who, code, stay) for who, listed in of.items() for code, stay in listed]
    keys = [f"c{n}" for n in range(len(rows))]
    nothing = pa.nulls(len(rows), pa.string())
    at = [datetime.combine(day, datetime.min.time(), UTC) for *_, day in stays]
    return {
        "patients": people({who: date(1940, 5, 27) for who in of}),
        "contacts": pa.table(
            {
                "contact": pa.array([key for key, *_ in stays], pa.string()),
                "patient": pa.array([who for _, who, _ in stays], pa.string()),
                "part_of": pa.nulls(len(stays), pa.string()),
                "status": pa.nulls(len(stays), pa.string()),
                "class": pa.array(["IMP"] * len(stays), pa.string()),
                "type_code": pa.nulls(len(stays), pa.string()),
                "started_at": pa.array(at, pa.timestamp("us", tz="UTC")),
                "ended_at": pa.array(at, pa.timestamp("us", tz="UTC")),
            }
        ),
        "conditions": pa.table(
            {
                "condition": pa.array(keys, pa.string()),
                "patient": pa.array([who for who, *_ in rows], pa.string()),
                "contact": pa.array([stay for *_, stay in rows], pa.string()),
                "recorded_on": pa.nulls(len(rows), pa.date32()),
                "onset_on": pa.nulls(len(rows), pa.date32()),
                "abated_on": pa.nulls(len(rows), pa.date32()),
                "clinical_status": nothing,
                "verification_status": nothing,
            }
        ),
        "condition_codes": pa.table(
            {
                "condition": pa.array(keys, pa.string()),
                "system": pa.array([ICD10] * len(rows), pa.string()),
                "code": pa.array([code for _, code, _ in rows], pa.string()),
            }
        ),
    }


def people(born: dict[str, date | None], died: dict[str, datetime] | None = None) -> pa.Table:
    return pa.table(
        {
            "patient": pa.array(list(born), pa.string()),
            "born_on": pa.array(list(born.values()), pa.date32()),
            "born_on_known_to": pa.array(["day"] * len(born), pa.string()),
            "deceased": pa.nulls(len(born), pa.bool_()),
            "died_at": pa.array([(died or {}).get(who) for who in born], pa.timestamp("us", tz="UTC")),
        }
    )


def scored(on: Any, tables: dict[str, pa.Table], of_all: bool = False, **window: Any) -> dict[str, dict[str, Any]]:
    sql = with_rows(statement("hfrs"), admissions=hfrs.admission_kinds(), weights=list(hfrs.WEIGHTS.items()))
    given = {"since": moment(None), "until": moment(UNTIL), "as_at": date(2024, 12, 31)} | window
    return {row["patient"]: row for row in on(sql, tables, of_all=int(of_all), ever=1, **given)}


@EACH_ENGINE
def test_the_query_scores_and_bands_as_published(on: Any) -> None:
    listed = {f"p{n}": [(code, f"s{n}") for code in each] for n, (each, *_) in enumerate(GILBERT)}
    tables = coded(listed, [(f"s{n}", f"p{n}", date(2024, 6, 1)) for n in range(len(GILBERT))])

    found = scored(on, tables)

    assert [(found[f"p{n}"]["score"], found[f"p{n}"]["band"]) for n in range(len(GILBERT))] == [
        (score, band) for _, score, band in GILBERT
    ]
    assert {row["age"] for row in found.values()} == {84}


@EACH_ENGINE
def test_codes_are_those_of_the_last_admission_and_of_two_years_before_it(on: Any) -> None:
    stays = [
        ("too old", "p", date(2021, 12, 31)),
        ("two years before", "p", date(2022, 1, 1)),
        ("index", "p", date(2024, 1, 1)),
        ("after", "p", date(2025, 1, 1)),
    ]
    tables = coded({"p": [("F00", "too old"), ("G81", "two years before"), ("Z73", "index"), ("G30", "after")]}, stays)

    (found,) = scored(on, tables).values()

    assert (found["score"], found["admissions"], found["icd10_codes"], found["groups"]) == (5.0, 2, 2, 2)
    assert scored(on, tables, of_all=True)["p"]["score"] == pytest.approx(7.1 + 4.4 + 0.6)


@settings(deadline=None, max_examples=40)  # a query each, on machines that others use too
@given(st.lists(st.sampled_from([*list(hfrs.WEIGHTS)[:20], "A00", "f00.1", "E11.9", "G 81"]), max_size=12))
def test_the_query_gives_what_the_plain_formula_gives(listed: list[str]) -> None:
    tables = coded({"p": [(code, "s") for code in listed], "q": [("F00", None)]}, [("s", "p", date(2024, 6, 1))])

    found = scored(on_duckdb, tables)

    assert (found["p"]["score"], found["p"]["band"]) == (hfrs.plainly(listed), hfrs.band(hfrs.plainly(listed)))
    assert found["q"]["band"] == "not computable"


def icd(id: str, code: str, system: str = ICD10, **more: Any) -> dict[str, Any]:
    return condition(id, **more) | {"code": {"coding": [{"system": system, "code": code}]}}


def test_codes_of_a_part_of_the_stay_and_codes_recorded_during_it_count_and_others_do_not(tmp_path: Path) -> None:
    stay = {"class": {"code": "IMP"}, "period": {"start": "2024-03-01T09:00:00Z", "end": "2024-03-09T09:00:00Z"}}
    with loaded(
        tmp_path,
        patient("p"),
        contact("s", None, **stay),
        contact("part", None, partOf=to("Encounter/s"), **stay),
        contact("practice", "2024-03-05T09:00:00Z", **{"class": {"code": "AMB"}}),
        icd("of the part", "G81.9", encounter=to("Encounter/part")),
        icd("during it", "Z73", recordedDate="2024-03-09"),
        icd("after it", "F00", recordedDate="2024-03-10"),
        icd("of the practice", "G30", encounter=to("Encounter/practice")),
        icd("refuted", "I69", encounter=to("Encounter/s"), verificationStatus={"coding": [{"code": "refuted"}]}),
        icd("a procedure", "F00ZZ", "http://hl7.org/fhir/sid/icd-10-pcs", encounter=to("Encounter/s")),
    ) as store:
        (found,) = hfrs.hfrs(store).table.to_pylist()

    assert (found["score"], found["band"], found["admissions"], found["icd10_codes"]) == (5.0, "intermediate", 1, 2)


def test_records_in_snomed_alone_have_no_score_and_never_nought(tmp_path: Path) -> None:
    with loaded(tmp_path, patient("p"), contact("s", **{"class": {"code": "IMP"}}), condition("248279007")) as store:
        found = hfrs.hfrs(store)
        assert found.low_if_none_is_low == 1

    assert (found.computable, found.in_band("not computable"), found.in_band("low")) == (0, 1, 0)
    assert found.table["score"].to_pylist() == [None]


def test_scores_of_the_hundred_people_in_intensive_care_are_those_worked_out_elsewhere() -> None:
    folder = shared_folder("icd10-eicu-demo")
    with (folder / "patient.csv").open(encoding="utf-8") as file:
        who = {row["patientunitstayid"]: row["uniquepid"] for row in csv.DictReader(file)}
    of: dict[str, list[str]] = {each: [] for each in who.values()}
    with (folder / "diagnosis.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            tokens = [token.strip() for token in row["icd9code"].split(",")]
            of[who[row["patientunitstayid"]]] += [
                token
                for token in tokens
                if re.match(r"[A-Z][0-9][0-9A-Z](\.|$)", token) and not re.match(r"V\d\d\.\d|E\d{3}", token)
            ]

    scores = {person: hfrs.plainly(listed) for person, listed in of.items()}
    bands = [hfrs.band(score) for score in scores.values()]

    assert [bands.count(band) for band in hfrs.BANDS] == [60, 17, 2, 21]
    assert [hfrs.band(score or 0.0) for score in scores.values()].count("low") == 81
    assert [scores[each] for each in ("031-10084", "030-10990", "004-11678", "004-10342")] == [15.6, 15.2, 11.1, 10.5]


BORN = st.one_of(st.none(), st.dates(date(1920, 1, 1), date(2030, 12, 31)))


@EACH_ENGINE
def test_age_is_that_of_the_last_birthday_and_at_death_of_the_dead(on: Any) -> None:
    born = {"a": date(1940, 5, 27), "b": date(1940, 5, 28), "c": date(2000, 2, 29), "d": date(2030, 1, 1), "e": None}
    given = {"until": moment(date(2024, 5, 28)), "as_at": date(2024, 5, 27)}

    tables = {"patients": people(born, {"c": datetime(2023, 2, 28, tzinfo=UTC)})}

    rows = on(statement("age"), tables, **given)
    assert [(row["age"], row["died"]) for row in rows] == [
        (84, False),
        (83, False),
        (22, True),
        (None, False),
        (None, False),
    ]


@settings(deadline=None, max_examples=40)
@given(BORN, st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_the_query_gives_the_plain_age(born: date | None, day: date) -> None:
    given = {"until": moment(day + timedelta(days=1)), "as_at": day}

    (row,) = on_duckdb(statement("age"), {"patients": people({"p": born})}, **given)

    assert row["age"] == (None if born is None else age.plainly(born, day))


LISTED = codes("long_term_conditions", None, ("condition",))
HAD = st.lists(
    st.sampled_from(
        [("icd10", "E11.9"), ("snomed", "44054006"), ("icd10", "I10"), ("icd10", "i 48.9"), ("snomed", "I10"),
         ("snomed", "73595000"), ("icd10", "C44.9"), ("icd10", "C50"), ("icd10", "F0")]
    ),
    max_size=8,
)  # fmt: skip


def counted(on: Any, had: list[tuple[str, str]]) -> int | None:
    tables = coded({"p": [(code, None) for _, code in had]}, [])
    addresses = {"icd10": ICD10, "snomed": SNOMED}
    systems = pa.array([addresses.get(system, system) for system, _ in had], pa.string())
    tables["condition_codes"] = tables["condition_codes"].set_column(1, "system", systems)
    (row,) = on(with_rows(statement("multimorbidity"), codes=LISTED), tables, until=moment(UNTIL))
    conditions: int | None = row["conditions"]
    return conditions


@settings(deadline=None, max_examples=40)
@given(HAD)
def test_conditions_are_counted_as_plainly(had: list[tuple[str, str]]) -> None:
    assert counted(on_duckdb, had) == (multimorbidity.plainly(had, LISTED) if had else None)


@EACH_ENGINE
def test_two_codes_of_one_condition_are_one_and_what_is_no_illness_is_none(on: Any) -> None:
    had = [("icd10", "E11.9"), ("snomed", "44054006"), ("snomed", "422034002"), ("icd10", "I48.9"), ("icd10", "E66")]

    assert counted(on, had) == 2


ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"


@EACH_ENGINE
def test_conditions_in_other_codes_give_no_number_and_never_nought(on: Any) -> None:
    assert counted(on, [(ICD9, "250.00"), (ICD9, "401.9")]) is None
    assert counted(on, [(ICD9, "250.00"), ("icd10", "A00")]) == 0


def test_records_that_cannot_tell_give_no_number_and_never_nought(tmp_path: Path) -> None:
    other = icd("c", "250.00", ICD9)
    with loaded(tmp_path, patient("p"), patient("q"), contact("s"), other) as store:
        assert multimorbidity.multimorbidity(store).not_told == 2
        assert falls.falls(store).table["falls"].to_pylist() == [None, None]
        found = admissions.admissions(store)

    assert (found.told, found.admitted, found.table["admissions"].to_pylist()) == (False, 0, [None, None])


def test_only_of_those_whose_conditions_are_in_other_codes_the_number_is_missing(tmp_path: Path) -> None:
    mine, theirs = icd("c", "250.00", ICD9), condition("13645005", patient="Patient/q")
    with loaded(tmp_path, patient("p"), patient("q"), patient("r"), contact("s"), mine, theirs) as store:
        assert multimorbidity.multimorbidity(store).table["conditions"].to_pylist() == [None, 1, 0]


def test_only_conditions_begun_and_not_over_are_counted(tmp_path: Path) -> None:
    with loaded(
        tmp_path,
        patient("p"),
        contact("c"),
        condition("13645005", onsetDateTime="2020-01-01"),
        condition("195967001", onsetDateTime="2020-01-01", abatementDateTime="2024-02-29"),
        condition("49436004", onsetDateTime="2024-03-02"),
        condition("64859006", clinicalStatus={"coding": [{"code": "resolved"}]}),
        condition("90560007", verificationStatus={"coding": [{"code": "entered-in-error"}]}),
    ) as store:
        assert multimorbidity.multimorbidity(store).table["conditions"].to_pylist() == [1]
        assert multimorbidity.multimorbidity(store, date(2024, 3, 2)).table["conditions"].to_pylist() == [2]


FALLEN = st.lists(st.dates(date(2023, 12, 30), date(2025, 1, 2)), max_size=6)


def fallen(on: Any, of_conditions: list[date], of_contacts: list[date]) -> dict[str, Any]:
    tables = coded(
        {"p": [("W19", None)] * len(of_conditions)}, [(f"s{n}", "p", day) for n, day in enumerate(of_contacts)]
    )
    conditions = tables["conditions"]
    tables["conditions"] = conditions.set_column(4, "onset_on", pa.array(of_conditions, pa.date32()))
    reasons = pa.array(["161898004"] * len(of_contacts), pa.string())
    tables["contacts"] = tables["contacts"].append_column("reason_code", reasons)
    (row,) = on(with_rows(statement("falls"), codes=codes("falls")), tables, **WINDOW)
    return dict(row)


@settings(deadline=None, max_examples=40)
@given(FALLEN, FALLEN)
def test_days_with_a_fall_are_counted_as_plainly(of_conditions: list[date], of_contacts: list[date]) -> None:
    plainly = falls.plainly([*of_conditions, *of_contacts], Period(date(2024, 1, 1), UNTIL))

    some = of_conditions or of_contacts
    assert fallen(on_duckdb, of_conditions, of_contacts)["falls"] == (plainly if some else None)


@EACH_ENGINE
def test_a_fall_recorded_twice_on_a_day_is_one(on: Any) -> None:
    found = fallen(on, [date(2024, 3, 1), date(2023, 1, 1)], [date(2024, 3, 1), date(2024, 5, 1)])

    assert (found["falls"], found["last_on"]) == (2, date(2024, 5, 1))


def test_being_at_risk_of_falling_is_not_a_fall(tmp_path: Path) -> None:
    with loaded(tmp_path, patient("p"), contact("c"), condition("129839007", onsetDateTime="2024-02-01")) as store:
        assert falls.falls(store).table["falls"].to_pylist() == [0]


STARTS = st.integers(0, 40)
KINDS = st.sampled_from(["", "183452005", "183495009", "32485007"])
STAYS = st.lists(st.tuples(STARTS, st.one_of(st.none(), st.integers(-5, 30)), KINDS), max_size=5)
TOLD = {row["code"]: row["told"] or None for row in shipped("admissions")}


def admitted(on: Any, stays: list[tuple[int, int | None, str]], emergencies: list[int]) -> tuple[Any, ...]:
    start = datetime(2024, 12, 1, tzinfo=UTC)
    rows = [(f"s{n}", "IMP", kind or None, began, length) for n, (began, length, kind) in enumerate(stays)]
    rows += [(f"e{n}", "EMER", "50849002", began, None) for n, began in enumerate(emergencies)]
    at = [start + timedelta(hours=12 * began) for *_, began, _ in rows]
    ends = [
        None if length is None else began + timedelta(hours=12 * length)
        for began, (*_, length) in zip(at, rows, strict=True)
    ]
    contacts = pa.table(
        {
            "contact": pa.array([key for key, *_ in rows], pa.string()),
            "patient": pa.array(["p"] * len(rows), pa.string()),
            "part_of": pa.nulls(len(rows), pa.string()),
            "status": pa.nulls(len(rows), pa.string()),
            "class": pa.array([kind for _, kind, *_ in rows], pa.string()),
            "type_code": pa.array([code for _, _, code, *_ in rows], pa.string()),
            "started_at": pa.array(at, pa.timestamp("us", tz="UTC")),
            "ended_at": pa.array(ends, pa.timestamp("us", tz="UTC")),
        }
    )
    sql = with_rows(statement("admissions"), admissions=hfrs.admission_kinds())
    tables = {"patients": people({"p": None, "q": None}), "contacts": contacts}
    row, other = on(sql, tables, **WINDOW)
    assert (other["admissions"], other["days_in_hospital"]) == ((0, 0) if rows else (None, None))
    plainly = admissions.plainly(
        [
            (began, end, TOLD.get(code or ""))
            for (_, kind, code, *_), began, end in zip(rows, at, ends, strict=True)
            if kind == "IMP" and began < moment(UNTIL)
        ],
        [began for (_, kind, *_), began in zip(rows, at, strict=True) if kind == "EMER"],
        moment(UNTIL),
    )
    found = tuple(row[name] for name in ("admissions", "unplanned", "planned", "days_in_hospital"))
    assert found == ((*plainly[:3], pytest.approx(plainly[3])) if rows else (None,) * 4)
    return found


@settings(deadline=None, max_examples=60)
@given(STAYS, st.lists(st.integers(-2, 80), max_size=4))
def test_admissions_are_counted_as_plainly(stays: list[tuple[int, int | None, str]], emergencies: list[int]) -> None:
    admitted(on_duckdb, stays, emergencies)


@EACH_ENGINE
def test_an_admission_by_way_of_the_emergency_department_is_unplanned_unless_its_type_says_planned(on: Any) -> None:
    stays = [(2, 4, ""), (20, 2, "183495009"), (30, None, "183452005"), (40, 1, "")]

    assert admitted(on, stays, [1, 20, 37]) == (4, 2, 1, 3.5)


def test_records_without_a_day_ask_for_one(tmp_path: Path) -> None:
    with loaded(tmp_path, patient("p")) as store:
        with pytest.raises(NotInTheseRecords, match="Say which day"):
            age.age(store)
        assert age.age(store, date(2024, 5, 27)).table["age"].to_pylist() == [84]


def own(folder: Path, text: str) -> Path:
    (folder / "codes.csv").write_text(text, encoding="utf-8")
    return folder / "codes.csv"


def test_a_list_of_ones_own_is_used_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    mine = own(tmp_path, "condition,system,code,says\nobesity,snomed,414916001,Obesity\nBell's,icd10,G51.0,palsy\n")
    with loaded(tmp_path, patient("p"), contact("c"), condition("414916001"), condition("13645005")) as store:
        found = multimorbidity.multimorbidity(store, codes=mine)

    assert (found.table["conditions"].to_pylist(), found.listed) == ([1], 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("system,code\nread2,XaBVJ\n", "line 2: the system is snomed or icd10, not “read2”"),
        ("system,code\nsnomed,\n", "line 2: code not given"),
        ("code\n123\n", "line 2: system not given"),
        ("system,code\nicd10,W19\nicd10,'; DROP\n", "line 3: “'; DROP” is no code"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadCodeList, match=re.escape(said)):
        codes("falls", own(tmp_path, text))


@pytest.mark.parametrize("name", ["falls", "long_term_conditions"])
def test_the_shipped_lists_have_no_code_twice_and_no_system_but_those_two(name: str) -> None:
    listed = [(row["system"], row["code"]) for row in shipped(name)]

    assert {system for system, _ in listed} == {"snomed", "icd10"}
    if name == "falls":
        assert len(set(listed)) == len(listed)
    else:
        assert sorted(set(listed)) == sorted(listed)
