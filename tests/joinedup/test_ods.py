"""Lists of the NHS Organisation Data Service: organisations, what they are part of, and memberships over time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.engines.tongue import statement
from joinedup.measures.asking import NotInTheseRecords
from joinedup.measures.memberships import memberships, plainly
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.joinedup.conftest import Opened
from tests.joinedup.making import bundle, contact, organisation, patient, to, write
from tests.joinedup.on_engines import on_duckdb, on_spark

MEMBERS = (
    "Partner Organisation Code,Partner Name,Practice Parent Sub ICB Location Code,"
    "Practice Parent Sub ICB Location Name,PCN Code,PCN Name,PCN Parent Sub ICB Location Code,"
    "PCN Parent Sub ICB Location Name,"
    "Practice to PCN Relationship Start Date,Practice to PCN Relationship End Date,Practice Sub ICB and PC\n"
)


def stored(folder: Path, text: str, name: str = "list.csv") -> Store:
    (folder / name).write_text(text, encoding="utf-8")
    load([str(folder / name)], folder / "store")
    return Store(folder / "store")


def twenty_seven(*fields: str, **more: str) -> str:
    row = [*fields, *[""] * (27 - len(fields))]
    for place, value in more.items():
        row[int(place[1:]) - 1] = value
    return ",".join(f'"{each}"' for each in row) + "\n"


def test_a_list_without_a_header_is_told_by_its_27_fields(tmp_path: Path) -> None:
    text = twenty_seven("A81001", "THE SURGERY", _10="TS18 1HU", _11="19740401", _13="A", _15="00K", _26="4")
    text += twenty_seven("A81002", "OLD SURGERY", _11="19740401", _12="20171031", _13="C", _15="00K", _26="4")

    with stored(tmp_path, text, "anything.csv") as store:
        found = store.query("SELECT ods_code, name, type, active, part_of FROM organisations ORDER BY ods_code")

    by_code = {each["ods_code"]: each for each in found.to_pylist()}
    assert by_code["A81001"]["type"] == "GP practice"
    assert [by_code[code]["active"] for code in ("A81001", "A81002")] == [True, False]
    assert by_code["A81001"]["part_of"].endswith("00K")
    assert by_code["00K"]["name"] is None


def test_the_practice_map_says_what_is_part_of_what_up_to_the_region(tmp_path: Path) -> None:
    text = (
        "PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,CCG_CODE,CCG_NAME,STP_CODE,STP_NAME,"
        "COMM_REGION_CODE,COMM_REGION_NAME\n"
        "A81001,THE SURGERY,TS18 1HU,U1,STOCKTON PCN,16C,Tees Valley,QHM,Cumbria,Y63,North East\n"
        "A81009,ALONE,TS1 1AA,U,Unallocated,16C,Tees Valley,QHM,Cumbria,Y63,North East\n"
    )

    with stored(tmp_path, text) as store:
        rows = store.query("SELECT organisation, ods_code, type, part_of FROM organisations").to_pylist()

    code = {row["organisation"]: row["ods_code"] for row in rows}
    above = {row["ods_code"]: code.get(row["part_of"] or "") for row in rows}
    assert above == {"A81001": "U1", "U1": "16C", "A81009": "16C", "16C": "QHM", "QHM": "Y63", "Y63": None}


def test_what_cannot_be_read_of_a_membership_is_set_aside_with_its_line(tmp_path: Path) -> None:
    rows = (
        "A1,One,16C,Place,U1,Net,16C,Place,20191001,,True",
        "A2,Two,16C,Place,U1,Net,16C,Place,soon,,True",
        "A3,Three,16C,Place,U1,Net,16C,Place,20191001,20191399,True",
        ",None,16C,Place,U1,Net,16C,Place,20191001,,True",
        "A4,Four,16C,Place,U1,Net,16C,Place,20200101,20191231,True",
    )

    with stored(tmp_path, MEMBERS + "\n".join(rows) + "\n") as store:
        aside = {each.position: each.reason for each in store.set_aside()}
        kept = store.query("SELECT count(*) AS n FROM memberships")["n"][0].as_py()
        doubts = [each.doubt for each in store.doubts()]

    assert set(aside) == {"line 3", "line 4", "line 5"}
    assert "no date" in aside["line 3"]
    assert "no organisation code" in aside["line 5"]
    assert (kept, doubts) == (2, ["the membership ends before it starts"])


def test_a_list_and_records_of_care_speak_of_one_organisation(tmp_path: Path) -> None:
    met = contact("c", serviceProvider=to("Organization/o"))
    source = write(tmp_path / "care.json", bundle(patient(), organisation("o", "Our Practice", ods="A81001"), met))
    (tmp_path / "list.csv").write_text(twenty_seven("A81001", "THE SURGERY", _13="A", _26="4"), encoding="utf-8")

    load([source, str(tmp_path / "list.csv")], tmp_path / "store")

    with Store(tmp_path / "store") as store:
        (one,) = store.query("SELECT * FROM organisations").to_pylist()
        (seen,) = store.query("SELECT organisation FROM contacts")["organisation"].to_pylist()
    assert (one["ods_code"], one["type"], one["organisation"]) == ("A81001", "GP practice", seen)


def test_both_ends_of_a_membership_are_days_of_it_so_on_a_day_of_change_there_are_two(tmp_path: Path) -> None:
    rows = ("A1,One,16C,P,U1,Net,16C,P,20191001,20220701,True", "A1,One,16C,P,U2,Other,16C,P,20220701,,True")

    with stored(tmp_path, MEMBERS + "\n".join(rows) + "\n") as store:
        day = memberships(store, date(2022, 7, 1)).table.to_pylist()
        after = memberships(store, date(2022, 7, 2)).table.to_pylist()

    assert [(each["name"], each["members"], each["in_several"]) for each in day] == [("Net", 1, 1), ("Other", 1, 1)]
    assert [(each["name"], each["in_several"]) for each in after] == [("Other", 0)]


def test_records_without_memberships_say_so(tmp_path: Path) -> None:
    source = write(tmp_path / "care.json", bundle(patient()))
    load([source], tmp_path / "store")

    with Store(tmp_path / "store") as store, pytest.raises(NotInTheseRecords, match="holds no memberships"):
        memberships(store)


def table_of(rows: list[tuple[str, str, date, date | None]]) -> pa.Table:
    return pa.table(
        {
            "member": pa.array([member for member, *_ in rows], pa.string()),
            "member_of": pa.array([of for _, of, *_ in rows], pa.string()),
            "type": pa.repeat("practice", len(rows)),
            "started_on": pa.array([start for *_, start, _ in rows], pa.date32()),
            "ended_on": pa.array([end for *_, end in rows], pa.date32()),
        }
    )


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 12))
ROWS = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("UVW"), DAYS, DAYS | st.none()), max_size=12)


@given(ROWS, DAYS)
def test_the_query_gives_what_counting_one_by_one_gives(
    rows: list[tuple[str, str, date, date | None]], day: date
) -> None:
    expected = plainly(rows, day)

    found = on_duckdb(statement("memberships"), {"memberships": table_of(rows)}, as_at=day)

    assert {row["member_of"]: row["members"] for row in found} == {of: len(m) for of, m in expected.items()}
    for row in found:
        several = {m for of, all_of in expected.items() if of != row["member_of"] for m in all_of}
        assert row["in_several"] == len(expected[row["member_of"]] & several)


def test_the_membership_churn_of_england_is_as_published(whole: Opened) -> None:
    store = whole("nhs-ods")

    def asked(sql: str) -> tuple[object, ...]:
        return tuple(store.query(sql).to_pylist()[0].values())

    total = "SELECT count(*) AS a, count(ended_on) AS b, count(DISTINCT member) AS c, count(DISTINCT member_of) AS d"
    several = "SELECT member, count(DISTINCT member_of) AS n FROM memberships GROUP BY member"
    apart = """SELECT count(*) AS n FROM memberships m JOIN organisations a ON m.member = a.organisation
               JOIN organisations b ON m.member_of = b.organisation WHERE a.part_of <> b.part_of"""
    assert asked(f"{total} FROM memberships") == (7830, 1702, 6815, 1388)
    assert asked(f"SELECT count(*) FILTER (n > 1) AS a, max(n) AS b FROM ({several})") == (882, 4)
    assert asked(apart) == (147,)
    for day, members, networks in (
        (date(2020, 1, 1), 6758, 1252),
        (date(2022, 1, 1), 6506, 1254),
        (date(2024, 1, 1), 6296, 1272),
        (date(2026, 1, 1), 6142, 1298),
    ):
        found = memberships(store, day)
        assert (found.members, found.table.num_rows, max(found.table["in_several"].to_pylist())) == (
            members,
            networks,
            0,
        )
    changed = {day: memberships(store, day).table for day in (date(2022, 7, 1), date(2024, 7, 1), date(2024, 7, 2))}
    twice = {day: sum(table["in_several"].to_pylist()) // 2 for day, table in changed.items()}
    assert twice == {date(2022, 7, 1): 1, date(2024, 7, 1): 7, date(2024, 7, 2): 7}


def test_the_shipped_rows_of_the_lists_load_without_anything_set_aside(shipped: Opened) -> None:
    store = shipped("nhs-ods")

    assert store.set_aside() == []
    found = store.query(
        "SELECT type, count(*) AS n FROM organisations WHERE type IS NOT NULL GROUP BY type"
    ).to_pylist()
    assert {"GP practice", "NHS trust", "Primary care network"} <= {each["type"] for each in found}


@pytest.mark.spark
def test_the_same_memberships_on_spark() -> None:
    rows = [("A", "U", date(2020, 1, 1), None), ("A", "V", date(2020, 1, 5), None), ("B", "U", date(2020, 1, 9), None)]
    sql, tables = statement("memberships"), {"memberships": table_of(rows)}

    assert on_spark(sql, tables, as_at=date(2020, 1, 6)) == on_duckdb(sql, tables, as_at=date(2020, 1, 6))
