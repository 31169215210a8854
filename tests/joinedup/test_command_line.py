"""The commands, as people run them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from joinedup.__main__ import main
from joinedup.cli.listing import end_left_out, middle_left_out
from tests.joinedup.making import load_into, patient, write

DATA = Path(__file__).parent / "data"
Said = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> object:
    def said(*arguments: object) -> Said:
        code = 0
        try:
            main([str(each) for each in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return said


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("journey") / "store"
    load_into(store, DATA / "fhir-transfer-of-care")
    return store


def test_help_teaches_what_to_type_first(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("--help")

    assert code == 0
    assert "joinedup load my-records/ --into my-store" in out
    assert "Exit codes" in out


@pytest.mark.parametrize("command", [("load",), ("find",), ("measure",), ("measure", "continuity"), ("tables",)])
def test_every_command_explains_itself(run, command: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run(*command, "--help")

    assert code == 0
    assert len(out.splitlines()) > 5


def test_load_says_what_the_store_holds_and_loading_again_that_nothing_is_new(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first = run("load", DATA / "fhir-ecare-plan", "--into", tmp_path / "store", "--jobs", 1)
    again = run("load", DATA / "fhir-ecare-plan", "--into", tmp_path / "store", "--jobs", 1)

    assert first[0] == again[0] == 0
    assert "5 people, 3 contacts, 40 conditions" in first[1]
    assert "2 files passed over" in first[1]
    assert "9 not resolved" in first[1]
    assert again[1].startswith("Nothing new: all 70 files were in")


def test_load_counts_what_is_passed_over_by_this_load_alone(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "readme.md").write_text("# Read me")
    write(tmp_path / "a.json", patient())

    first = run("load", tmp_path / "only", "--into", tmp_path / "store")
    again = run("load", tmp_path / "only", "--into", tmp_path / "store")
    other = run("load", tmp_path / "a.json", "--into", tmp_path / "store")

    assert first[1].startswith("Read 0 new files")
    assert "1 file passed over: not a record by its name." in first[1]
    assert again[1].startswith("Nothing new: the one file was in")
    assert other[1].startswith("Read 1 new file (")
    assert "passed over" not in other[1]


def test_load_of_a_folder_with_no_file_says_so(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty").mkdir()

    run("load", tmp_path / "empty", "--into", tmp_path / "store")
    _, out, _ = run("load", tmp_path / "empty", "--into", tmp_path / "store")

    assert out == "Nothing new: there was no file to read.\n"


def test_load_names_what_it_could_not_read_with_the_reason(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "in" / "a.json", patient())
    (tmp_path / "in" / "gone.json").symlink_to("nowhere.json")

    said = [run("load", tmp_path / "in", "--into", tmp_path / "store")[1] for _ in range(2)]

    for out in said:
        assert f"1 not read:\n  {tmp_path / 'in' / 'gone.json'}: a link to nowhere.json, which is not there\n" in out


def test_load_is_quiet_where_there_is_no_terminal(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "a.json", patient())

    _, _, err = run("load", tmp_path / "a.json", "--into", tmp_path / "store")

    assert err == ""


def test_find_shows_the_rule_the_day_and_the_people(run, journey: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("find", journey)

    assert code == 0
    assert "seen by at least 3 organisations in the 24 months to 20 December 2021." in out
    assert "the day of the last contact in the store" in out
    assert "1 found of 1 people." in out
    assert "0.1429" in out


def test_find_says_under_each_person_why_they_are_found(run, journey: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COLUMNS", "80")

    _, out, _ = run("find", journey)

    header, person, *below = out.splitlines()[-5:]
    assert header.split() == ["name", "age", "conditions", "organisations", "contacts", "COC"]
    assert person.split()[-5:] == ["71", "19", "5", "8", "0.1429"]
    assert all(line.startswith("    ") and len(line) <= 80 for line in below)
    assert " ".join(" ".join(below).split()) == (
        "Patient/P0522-v5-patientBSJ1: aged 71, with 19 conditions, and 8 contacts with 5 organisations in the 24 "
        "months to 20 December 2021; continuity of care 0.14, where 1 is always the same organisation."
    )


def test_where_there_is_no_screen_no_reason_is_broken(run, journey: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("COLUMNS", raising=False)

    _, out, _ = run("find", journey)

    assert out.splitlines()[-1].endswith("where 1 is always the same organisation.")
    assert out.splitlines()[-1].startswith("    Patient/P0522-v5-patientBSJ1: aged 71")


def test_measure_keeps_each_person_on_one_line_of_a_narrow_screen(  # type: ignore[no-untyped-def]
    run, journey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    _, narrow, _ = run("measure", "continuity", journey)
    monkeypatch.setenv("COLUMNS", "120")
    _, wide, _ = run("measure", "continuity", journey)

    assert narrow.splitlines()[-2].startswith("Pat…ientBSJ1  ")
    assert len(narrow.splitlines()[-2]) <= 80
    assert "Keys are shortened" in narrow.splitlines()[-1]
    assert wide.splitlines()[-1].startswith("Patient/P0522-v5-patientBSJ1  ")


@pytest.mark.parametrize(
    ("text", "room", "middle", "end"),
    [
        ("Patient/1", 9, "Patient/1", "Patient/1"),
        ("Patient/12345", 10, "Pat…/12345", "Patient/1…"),
        ("Siân Ó Briain-Łukaszewicz", 12, "Siâ…aszewicz", "Siân Ó Bria…"),
        ("", 5, "", ""),
    ],
)
def test_what_is_too_long_is_shortened_to_the_room_there_is(text: str, room: int, middle: str, end: str) -> None:
    assert end_left_out(text, room) == end
    assert middle_left_out(text, room) == middle


def test_find_gives_csv_on_one_stream_and_the_explanation_on_the_other(run, journey: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, err = run("find", journey, "--format", "csv")

    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["age"], row["organisations"], row["contacts"]) == ("71", "5", "8")
    assert len(row["organisation_keys"].split()) == 5
    assert "1 found of 1 people." in err


def test_find_writes_a_fhir_group_of_the_people_found(run, journey: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("find", journey, "--format", "fhir-group", "--out", tmp_path / "group.json", "--as-at", "2021-12-20")

    group = json.loads((tmp_path / "group.json").read_text())
    assert (group["resourceType"], group["type"], group["actual"], group["quantity"]) == ("Group", "person", True, 1)
    assert group["member"][0]["entity"]["reference"] == "Patient/P0522-v5-patientBSJ1"
    assert json.loads(group["characteristic"][0]["valueCodeableConcept"]["text"])["as_at"] == "2021-12-20"


def test_find_says_why_people_were_left_out(run, journey: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("find", journey, "--aged", 90)

    assert "0 found of 1 people." in out
    assert "1 younger than 90" in out


def test_measure_continuity_shows_csv_and_parquet(run, journey: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    _, shown, _ = run("measure", "continuity", journey)
    _, listed, _ = run("measure", "continuity", journey, "--format", "csv")
    run("measure", "continuity", journey, "--format", "parquet", "--out", tmp_path / "c.parquet")

    assert "COC 0.1429 (0.1429)" in shown
    assert "6 hand-offs in 7 pairs" in shown
    (row,) = csv.DictReader(io.StringIO(listed))
    assert round(float(row["secon"]), 4) == 0.1429
    assert pq.read_table(tmp_path / "c.parquet").to_pylist()[0]["contacts"] == 8


def test_measure_continuity_says_how_many_have_too_few_contacts(run, journey: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("measure", "continuity", journey, "--minimum", 9)

    assert "0 people with at least 9 contacts; 1 with fewer left out" in out


def test_tables_lists_rows_columns_and_what_was_set_aside(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "a.ndjson", patient(), "{", '{"a": 1}')
    load_into(tmp_path / "store", tmp_path / "a.ndjson")

    _, rows, _ = run("tables", tmp_path / "store")
    _, columns, _ = run("tables", tmp_path / "store", "patients")
    _, aside, _ = run("tables", tmp_path / "store", "--set-aside")
    _, none, _ = run("tables", tmp_path / "store", "--unresolved")

    assert "patients" in rows
    assert "nhs_number_state" in columns
    assert "line 2" in aside
    assert "line 3" in aside
    assert none == "None.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("find", "nowhere"), 1, "There is no store at nowhere."),
        (("tables", "nowhere"), 1, "joinedup load SOURCE"),
        (("load", "nowhere", "--into", "{tmp}/s"), 1, "There is no file or folder nowhere"),
        (("load", "{tmp}", "--into", "{tmp}/a.json"), 2, "is a file"),
        (("load", "{tmp}", "--into", "{tmp}/s", "--from", "St Elsewhere!"), 2, "short name"),
        (("load", "{tmp}/a.json", "--into", "{tmp}"), 1, "not a store"),
        (("find", "{store}", "--out", "{tmp}/no/x.csv"), 2, "There is no folder {tmp}/no to write x.csv in"),
        (("find", "{store}", "--out", "{tmp}/a.json/x.csv"), 2, "{tmp}/a.json is not a folder"),
        (("measure", "continuity", "{store}", "--out", "{tmp}/no/x.csv"), 2, "There is no folder {tmp}/no"),
        (("find", "nowhere", "--within", "soon"), 2, "24 months"),
        (("find", "nowhere", "--as-at", "31/12/2024"), 2, "2024-12-31"),
        (("measure", "continuity", "nowhere", "--format", "parquet"), 2, "--out FILE"),
        (("nonsense",), 2, "There is no command “nonsense”"),
        (("tables", "{store}", "nonsense"), 2, "There is no table nonsense"),
    ],
)
def test_whatever_is_in_the_way_is_named_without_a_traceback(  # type: ignore[no-untyped-def]
    run, journey: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    write(tmp_path / "a.json", patient())

    found, _, err = run(*(each.replace("{tmp}", str(tmp_path)).replace("{store}", str(journey)) for each in arguments))

    assert found == code
    assert message.replace("{tmp}", str(tmp_path)) in err
    assert "Traceback" not in err


def test_without_any_contact_find_asks_for_the_day(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "a.json", patient())
    load_into(tmp_path / "store", tmp_path / "a.json")

    code, _, err = run("find", tmp_path / "store")

    assert code == 1
    assert "Say which day" in err
