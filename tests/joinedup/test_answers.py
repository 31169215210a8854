"""The commands that measure: every one, in every form, and what stands in the way said in words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from joinedup.__main__ import IN_THE_WAY, joinedup
from joinedup.cli.groups import People
from joinedup.cli.writing import as_csv
from joinedup.records.load import load
from tests.joinedup.making import bundle, contact, organisation, patient, to, write

COMMANDS = [
    ("measure", "continuity"),
    ("measure", "hand-offs"),
    ("measure", "returns"),
    ("measure", "waits"),
    ("measure", "care-density"),
    ("measure", "referrals"),
    ("measure", "frailty"),
    ("measure", "frailty", "--of", "everything"),
    ("measure", "multimorbidity"),
    ("measure", "age"),
    ("measure", "falls"),
    ("measure", "admissions"),
    ("drill",),
    ("drill", "--practitioners"),
    ("drill", "--practitioners", "--pairs"),
    ("network",),
    ("network", "--every", "3 months"),
    ("network", "--kind", "handed-over"),
    ("network", "--kind", "alike"),
]


def run(*words: str) -> Result:
    return CliRunner().invoke(joinedup, list(words))


def asked(command: tuple[str, ...], store: str, *more: str) -> Result:
    names = _words(command)
    return run(*command[:names], store, *command[names:], *more)


def _words(command: tuple[str, ...]) -> int:
    return next((place for place, word in enumerate(command) if word.startswith("--")), len(command))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("answers")
    met = [
        ("p", "ann", "elms"),
        ("p", "ben", "hospital"),
        ("p", "ann", "elms"),
        ("q", "ann", "elms"),
        ("q", "cy", "elms"),
    ]
    contacts = [
        contact(
            f"c{day}",
            f"{2024 + day % 2}-0{1 + day % 5}-{10 + day}T09:00:00Z",
            subject=to(f"Patient/{who}"),
            participant=[{"individual": to(f"Practitioner/{by}")}],
            serviceProvider=to(f"Organization/{at}"),
        )
        for day, (who, by, at) in enumerate(met)
    ]
    asked_for = {
        "resourceType": "ServiceRequest",
        "id": "r",
        "status": "active",
        "intent": "order",
        "subject": to("Patient/p"),
        "authoredOn": "2025-01-01",
        "requester": to("Organization/elms"),
        "performer": [to("Organization/hospital")],
    }
    people = [patient("p"), patient("q"), organisation("elms", "The Elms"), organisation("hospital")]
    source = write(folder / "records.json", bundle(*people, *contacts, asked_for))
    load([source], folder / "store")
    return str(folder / "store")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_measure_is_said_on_the_screen(store: str, command: tuple[str, ...]) -> None:
    found = asked(command, store)

    assert found.exit_code == 0, found.output
    assert "from " in found.output or " on 13 April 2025" in found.output


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_measure_is_given_as_csv_json_parquet_and_measure_report_with_the_same_rows(
    store: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    out = tmp_path / "answer"
    rows = []
    for form in ("csv", "json", "parquet", "measure-report"):
        done = asked(command, store, "--format", form, "--out", str(out))
        assert done.exit_code == 0, done.output
        if form == "csv":
            rows.append(len(list(csv.DictReader(io.StringIO(out.read_text())))))
        elif form == "json":
            rows.append(len(json.loads(out.read_text())["rows"]))
        elif form == "parquet":
            rows.append(pq.read_table(out).num_rows)
        else:
            report = json.loads(out.read_text())
            assert (report["resourceType"], report["status"], report["type"]) == (
                "MeasureReport",
                "complete",
                "summary",
            )
            assert report["period"]["end"] <= report["date"]

    assert len(set(rows)) == 1


def test_a_spreadsheet_runs_nothing_of_what_stands_in_a_record_and_it_is_read_back_as_it_was(tmp_path: Path) -> None:
    names = ("=HYPERLINK(1)", "+1", "-1", "@x", "'quoted'", "plain")
    (tmp_path / "found.csv").write_text(as_csv(("patient", "n"), [(name, -1) for name in names]))

    lines = (tmp_path / "found.csv").read_text().splitlines()
    assert lines[1:] == ["'=HYPERLINK(1),-1", "'+1,-1", "'-1,-1", "'@x,-1", "'quoted',-1", "plain,-1"]
    assert People().convert(str(tmp_path / "found.csv"), None, None) == list(names)


def test_a_measure_report_is_one_by_another_reading_of_the_standard(store: str) -> None:
    r4b = pytest.importorskip("fhir.resources.R4B.measurereport", reason="fhir.resources is an extra")

    done = CliRunner().invoke(joinedup, ["measure", "continuity", store, "--format", "measure-report"])

    r4b.MeasureReport.model_validate_json(done.stdout)


def test_rows_about_named_practitioners_are_only_given_with_the_caution(store: str) -> None:
    assert "named practitioners" in run("drill", store, "--practitioners").output
    assert "ann" not in run("drill", store, "--by", "organisation").output
    assert run("drill", store, "--by", "practitioner").exit_code == 2


def test_a_chart_is_a_table_a_picture_and_dots(store: str, tmp_path: Path) -> None:
    table = run("chart", store, "contacts", "--within", "ever")
    picture = run("chart", store, "contacts", "--within", "ever", "--format", "svg")
    dots = run("chart", store, "contacts", "--within", "ever", "--format", "png", "--out", str(tmp_path / "c.png"))

    assert "15 months" in table.output
    assert picture.output.startswith("<svg")
    assert "<title>" in picture.output
    assert dots.exit_code == 0
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_a_chart_of_nobody_says_who_there_is(store: str) -> None:
    found = run("chart", store, "contacts", "--of", "Nowhere")

    assert isinstance(found.exception, IN_THE_WAY)
    assert "no organisation called “Nowhere” in these records. There are: The Elms, hospital." in str(found.exception)


def test_what_each_engine_cannot_do_is_said_with_the_reason() -> None:
    said = run("engines").output

    assert "duckdb" in said
    assert "spark does not do load" in said


def test_a_store_of_an_older_version_is_said_to_be_one(store: str, tmp_path: Path) -> None:
    (folder,) = (Path(store) / "generations").iterdir()
    old = tmp_path / "old"
    (old / "generations" / folder.name).mkdir(parents=True)
    (old / "current").write_text(folder.name)

    found = run("measure", "continuity", str(old))

    assert isinstance(found.exception, IN_THE_WAY)
    assert "made by another version of joinedup" in str(found.exception)


def test_a_sector_that_is_not_there_is_answered_with_those_that_are(store: str) -> None:
    found = asked(("drill", "--without-sector", "nix"), store)

    assert isinstance(found.exception, IN_THE_WAY)
    assert "no sector called “nix”" in str(found.exception)
