"""`joinedup find --rule`: what it shows in each form, what it keeps, and what it says of what cannot be."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from joinedup.__main__ import main
from joinedup.cli.groups import People
from joinedup.records.store import Store
from tests.joinedup.making import contact, load_into, organisation, patient, to, write
from tests.joinedup.test_rule_files import rule

Said = tuple[int, str, str]
Run = Callable[..., Said]
TWO = rule('[[all]]\nmeasure = "organisations"\nat_least = 2\n[[all]]\nmeasure = "upc"\nat_most = 0.5\n')


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def said(*arguments: object) -> Said:
        code = 0
        try:
            main(["find", *map(str, arguments)])
        except SystemExit as left:
            code = int(left.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return said


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Jo Ash, seen by the practice and the hospital; Max, seen by the practice alone."""
    folder = tmp_path_factory.mktemp("seen")
    met = [("jo", "practice"), ("jo", "hospital"), ("max", "practice")]
    records = [
        organisation("practice"),
        organisation("hospital"),
        patient("jo", name=[{"family": "Ash", "given": ["Jo"]}]),
        patient("max"),
        *(
            contact(
                f"e{n}", f"2024-03-0{n + 1}", subject=to(f"Patient/{who}"), serviceProvider=to(f"Organization/{at}")
            )
            for n, (who, at) in enumerate(met)
        ),
    ]
    load_into(folder / "store", write(folder / "records.ndjson", *records))
    return folder / "store"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.toml"
    path.write_text(TWO)
    return path


def test_the_screen_has_the_rule_the_day_everybody_and_each_reason(run: Run, store: Path, two: Path) -> None:
    code, out, _ = run(store, "--rule", two)

    assert code == 0
    sentence, *lines = out.splitlines()
    assert sentence.startswith("Test, version 1.0: at least 2 organisations in 12 months, and at most half of the")
    assert lines[:3] == [
        "For: To test. By A. Tester, 26 November 2026.",
        "As at 3 March 2024. 1 found of 2 people.",
        "Left out, each for the first reason that applies: 1 does not meet “at least 2 organisations in 12 months”.",
    ]
    assert "    Patient/jo: 2 organisations in 12 months, none with more than half of 2 contacts (1 with the one" in out


@pytest.mark.parametrize("form", ["csv", "json", "parquet", "fhir-group"])
def test_every_form_has_the_person_and_the_reason(run: Run, store: Path, two: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    because = "2 organisations in 12 months, none with more than half of 2 contacts (1 with the one seen most)."

    run(store, "--rule", two, "--format", form, "--out", out)

    if form == "csv":
        (row,) = csv.DictReader(io.StringIO(out.read_text()))
        assert (row["patient"], row["organisations_12_months"], row["reason"]) == ("Patient/jo", "2", because)
    elif form == "parquet":
        (line,) = pq.read_table(out).to_pylist()
        assert (line["patient"], line["organisations_12_months"], line["reason"]) == ("Patient/jo", 2, because)
    elif form == "json":
        said = json.loads(out.read_text())
        assert (said["rule"]["name"], said["rule"]["version"], said["found"]) == ("Test", "1.0", 1)
        assert [(each["patient"], each["reason"]) for each in said["people"]] == [("Patient/jo", because)]
    else:
        group = json.loads(out.read_text())
        assert (group["resourceType"], group["quantity"]) == ("Group", 1)
        assert group["member"] == [{"entity": {"reference": "Patient/jo", "display": because}}]
        says = json.loads(group["characteristic"][0]["valueCodeableConcept"]["text"])
        assert (says["version"], len(says["digest"])) == ("1.0", 16)
    if form in ("csv", "fhir-group"):  # both can be asked about again as a group
        assert People().convert(out, None, None) == ["Patient/jo"]


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_the_options_have_those_forms_as_well(run: Run, store: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"

    code, _, _ = run(store, "--aged", 0, "--conditions", 0, "--organisations", 2, "--format", form, "--out", out)

    rows: list[dict[str, Any]] = (
        json.loads(out.read_text())["people"] if form == "json" else pq.read_table(out).to_pylist()
    )
    assert code == 0
    assert [(row["patient"], row["organisations"]) for row in rows] == [("Patient/jo", 2)]


def test_a_list_is_kept_in_the_store_and_the_next_says_who_entered_and_left(run: Run, store: Path, two: Path) -> None:
    code, _, err = run(store, "--rule", two, "--as-at", "2024-03-01", "--remember")
    assert (code, "there is no other list to compare with yet" in err) == (0, True)

    _, out, _ = run(store, "--rule", two, "--remember")
    _, csv_out, _ = run(store, "--rule", two, "--remember", "--format", "csv")
    _, json_out, _ = run(store, "--rule", two, "--remember", "--format", "json")

    assert "Since the list as at 1 March 2024" in out
    assert "1 entered, 0 left, 0 stayed." in out
    assert "  Patient/jo entered: 2 organisations in 12 months" in out
    assert csv_out.splitlines()[1].endswith(",entered")
    assert [each["patient"] for each in json.loads(json_out)["since_last_time"]["entered"]] == ["Patient/jo"]
    assert (store / "found" / "test.json").is_file()


def test_a_list_is_kept_in_a_file_where_one_is_named(run: Run, store: Path, two: Path, tmp_path: Path) -> None:
    run(store, "--rule", two, f"--remember={tmp_path / 'list.json'}")
    (tmp_path / "two.toml").write_text(TWO.replace("at_least = 2", "at_least = 3").replace("1.0", "1.1"))

    _, out, _ = run(store, "--rule", two, f"--remember={tmp_path / 'list.json'}")

    assert "The rule changed in between, from “Test” version 1.0 to “Test” version 1.1" in out
    assert (
        "  Patient/jo left by the change of the rule: “at least 3 organisations in 12 months” does not hold: 2" in out
    )


def test_options_can_be_remembered_and_compared_as_well(run: Run, store: Path, tmp_path: Path) -> None:
    asks = (store, "--aged", 0, "--conditions", 0, "--organisations", 2)

    code, _, err = run(*asks, f"--remember={tmp_path / 'list.json'}")
    _, out, _ = run(*asks, "--compare")

    assert (code, "Kept" in err) == (0, True)
    assert "People aged" not in out
    assert "everybody" in out


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_the_comparison_has_every_form_and_nobody_in_it(
    run: Run, store: Path, two: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"

    run(store, "--rule", two, "--compare", "--format", form, "--out", out)

    said = out.read_bytes()
    assert b"Patient/" not in said
    if form == "csv":
        assert said.decode().startswith(
            "what,of_which,found,everybody,share,share_low,share_high,ratio,ratio_low,ratio_high"
        )
    elif form == "json":
        rows = json.loads(said)["rows"]
        assert rows[0] | {"found": None, "everybody": None} == rows[0]  # of two people, nothing can be shown
    else:
        assert pq.read_table(out)["what"][0].as_py() == "everybody"


def test_a_rule_to_start_from_can_be_written_and_used(run: Run, store: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"

    code, _, _ = run("--write-rule", "--out", mine)
    _, other, _ = run("--write-rule", "--rule", "resting-on-one")
    used, out, _ = run(store, "--rule", mine)

    assert (code, used) == (0, 0)
    assert "Care in pieces, version 1.0" in out
    assert 'name = "Resting on one"' in other


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--rule", "{two}"), 2, "STORE"),
        (
            ("{store}", "--rule", "nowhere.toml"),
            1,
            "There is no file nowhere.toml, nor is a rule of that name shipped.",
        ),
        (("{store}", "--rule", "{bad}"), 1, "line 10, all 1, measure: “fals” is not a measure. Did you mean “falls”?"),
        (("{store}", "--rule", "{two}", "--aged", "70"), 2, "--aged cannot go with --rule: write it in the rule file."),
        (("{store}", "--rule", "{two}", "--compare", "--remember"), 2, "--compare gives counts, no list of people"),
        (("{store}", "--rule", "{two}", "--format", "parquet"), 2, "Say where to with --out FILE."),
        (("--rule", "{two}", "--remember", "{store}"), 2, "STORE"),
        (("{store}", "--rule", "{two}", "--remember={store}"), 2, "is a folder. Write --remember=FILE"),
        (("{store}", "--rule", "{two}", "--remember={two}"), 1, "is no list of people found. Name another file"),
        (("{store}", "--rule", "{two}", "--remember={two}/x"), 1, "two.toml"),
        (("--write-rule", "--rule", "nowhere"), 1, "No rule “nowhere” is shipped. Shipped are care-in-pieces"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do(
    run: Run, store: Path, two: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(rule('[[all]]\nmeasure = "fals"\nat_least = 1\n'))

    ended, _, err = run(*(each.format(store=store, two=two, bad=bad) for each in arguments))

    assert ended == code
    assert says in err
    assert "Traceback" not in err


def test_a_store_without_a_day_asks_for_it(run: Run, tmp_path: Path, two: Path) -> None:
    load_into(tmp_path / "store", write(tmp_path / "records.ndjson", patient("p"), patient("q")))

    code, _, err = run(tmp_path / "store", "--rule", two)
    with_day, out, _ = run(tmp_path / "store", "--rule", two, "--as-at", "2024-01-01")

    assert (code, "Say which day" in err) == (1, True)
    assert (with_day, "0 found of 2 people." in out) == (0, True)
    with Store(tmp_path / "store") as opened:
        assert opened.last_contact_on() is None
