"""What stands on the screen: read to its end or not, on a narrow one, and where something is in the way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from joinedup.__main__ import main
from joinedup.cli.listing import folded
from tests.joinedup.making import bundle, contact, load_into, organisation, patient, to, write

LONG = ("Wendmoor Community Health NHS Trust", "Wendmoor General Hospital NHS Trust")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty people, each seen by two organisations with long names, a day and a half apart, over a year."""
    folder = tmp_path_factory.mktemp("screen")
    people = [patient(f"p{number}") for number in range(40)]
    contacts = [
        contact(
            f"c{number}-{turn}",
            f"2024-{1 + number % 12:02}-{10 + turn:02}T{9 + 12 * turn % 24:02}:00:00Z",
            subject=to(f"Patient/p{number}"),
            serviceProvider=to(f"Organization/o{turn}"),
        )
        for number in range(40)
        for turn in (0, 1)
    ]
    write(folder / "records.json", bundle(*people, *map(organisation, ("o0", "o1"), LONG), *contacts))
    load_into(folder / "store", folder / "records.json")
    return folder / "store"


def ended(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = 0
    try:
        main([str(each) for each in arguments])
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("command", [("measure", "continuity"), ("measure", "age"), ("tables",)], ids=" ".join)
def test_whoever_reads_only_the_beginning_is_not_told_of_an_error(place: Path, command: tuple[str, ...]) -> None:
    """As `| head -1` does: the reader goes before the writer has written."""
    with subprocess.Popen(
        [sys.executable, "-m", "joinedup", *command, str(place)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        assert writer.stderr
        writer.stdout.close()
        said = writer.stderr.read()

    assert (writer.returncode, said) == (0, b"")


def test_names_that_begin_alike_are_folded_and_never_shortened_on_a_narrow_screen(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    _, out, _ = ended(capsys, "measure", "hand-offs", place)

    table = out[out.index("from → to") :]
    assert max(map(len, table.splitlines())) <= 80
    assert "…" not in table
    name = " → ".join(LONG)
    assert [" ".join(line.split()) for line in table.splitlines()[1:]][1:] == folded(name, 37).splitlines()[1:]


def test_headings_are_folded_only_where_there_is_no_room_for_them(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, narrow, _ = ended(capsys, "network", place)
    monkeypatch.setenv("COLUMNS", "200")
    _, wide, _ = ended(capsys, "network", place)

    assert "people shared" in wide
    assert "people shared" not in narrow
    assert [" ".join(line.split()) for line in narrow.splitlines()[1:3]] == [
        "people",
        "between shared of the one of the other closeness",
    ]


def test_days_are_said_to_a_tenth_and_kept_whole(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, screen, _ = ended(capsys, "measure", "hand-offs", place)
    _, kept, _ = ended(capsys, "measure", "hand-offs", place, "--format", "json")

    assert [row["median_days"] for row in json.loads(kept)["rows"]] == [1.5]
    assert " 1.5 " in screen
    assert "1.5000" not in screen


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("measure", "nonsense", "x"), "There is no measure “nonsense”. There are: admissions, age, before-and-after,"),
        (("nonsense",), "There is no command “nonsense”. There are: chart, drill, engines, find, load, measure,"),
        (
            ("measure", "age", "x", "--as-at", "yesterday"),
            "--as-at: “yesterday” is not a day. Write it like 2024-",
        ),
        (("measure", "continuity", "x", "--by", "street"), "--by: 'street' is not one of 'practitioner', 'team',"),
        (("report", "x"), "Missing option '--out'."),
    ],
)
def test_what_is_not_understood_is_answered_with_what_would_be(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = ended(capsys, *arguments)

    assert (code, out) == (2, "")
    assert said in err
    assert "Invalid" not in err
    assert "--help` says more" in err


def test_a_file_that_the_system_refuses_is_named_with_why(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "x" * 300

    code, _, err = ended(capsys, "measure", "age", place, "--as-at", "2024-01-01", "--format", "csv", "--out", name)

    assert code == 1
    assert f"{name} cannot be read or written: file name too long." in err


def test_a_chart_is_given_as_parquet_and_measure_report_too(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chart = ("chart", place, "contacts", "--format")
    ended(capsys, *chart, "parquet", "--out", tmp_path / "c.parquet")
    _, report, _ = ended(capsys, *chart, "measure-report")
    refused, _, why = ended(capsys, *chart, "parquet")

    months = pq.read_table(tmp_path / "c.parquet")
    assert months.num_rows == 11
    values = {group["code"]["text"]: group["measureScore"]["value"] for group in json.loads(report)["group"]}
    assert values["value, 2024-02"] == months["value"][1].as_py()
    assert (refused, "--out FILE" in why) == (2, True)


def test_what_would_be_alike_is_said_where_nothing_says_what_was_done(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = ended(capsys, "network", place, "--kind", "alike")

    assert "do not say what was done at a contact" in out
    assert "No row answers to that." in out


def test_a_cluster_that_does_not_answer_is_said_in_a_sentence(place: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("Spark needs Java, which is not installed here")
    pytest.importorskip("pyspark", reason="PySpark is an extra: requirements-spark.txt")

    asked = [sys.executable, "-m", "joinedup", "measure", "age", str(place), "--engine", "spark", "--master", "nowhere"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Spark could not be started at nowhere" in done.stderr
    assert "Traceback" not in done.stderr
