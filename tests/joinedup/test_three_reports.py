"""What docs/explanation/three-reports.md says of three records is what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import records
from joinedup.measures.departure import drill
from joinedup.measures.hand_offs import hand_offs
from joinedup.measures.in_pieces import in_pieces
from joinedup.measures.waits import waits
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.joinedup.conftest import shared_folder

DOCUMENT = Path(__file__).parents[2] / "docs" / "explanation" / "three-reports.md"


def said(sentence: str) -> bool:
    return sentence in " ".join(DOCUMENT.read_text(encoding="utf-8").split())


@pytest.fixture
def sepsis(tmp_path: Path) -> Iterator[Store]:
    load([str(shared_folder("eventlog-sepsis") / "sepsis.xes.gz")], tmp_path / "store")
    with Store(tmp_path / "store") as store:
        yield store


@pytest.fixture
def hospital(tmp_path: Path) -> Iterator[Store]:
    load([str(shared_folder("eventlog-hospital-2011") / "hospital_events.csv.gz")], tmp_path / "store")
    with Store(tmp_path / "store") as store:
        yield store


@pytest.fixture
def hathermere(tmp_path: Path) -> Iterator[Store]:
    records.write(records.Wanted(3000), tmp_path / "records")
    load([str(tmp_path / "records")], tmp_path / "store")
    with Store(tmp_path / "store") as store:
        yield store


def test_what_is_said_of_the_sepsis_pathway_is_so(sepsis: Store) -> None:
    passed = hand_offs(sepsis, "organisation")
    rows = {(row["from_number_name"], row["to_number_name"]): row for row in passed.between.to_pylist()}
    widest = sorted(rows, key=lambda ends: -rows[ends]["times"])[:3]
    slow = [ends for ends, row in rows.items() if row["people"] >= 8 and row["median_days"] > 14]
    first, last = rows[widest[0]], rows[slow[0]]

    assert (widest, slow) == ([("A", "C"), ("A", "B"), ("C", "A")], [("E", "?")])
    assert said(f"with another group {100 * passed.times / passed.pairs:.0f} times in 100")
    assert said(f"A to C in half of {first['times']} times within {first['median_days'] * 24 * 60:.0f} minutes")
    assert said(f"{last['people']} people, half of them after {last['median_days']:.0f} days")


def test_what_is_said_of_the_hospital_is_so(hospital: Store) -> None:
    passed = hand_offs(hospital, "organisation")
    rows = {(row["from_number_name"], row["to_number_name"]): row for row in passed.between.to_pylist()}
    widest = sorted(rows, key=lambda ends: -rows[ends]["times"])[:2]
    lab, ward, clinic = "General Lab Clinical Chemistry", "Nursing ward", "Obstetrics & Gynaecology clinic"
    slowest = sorted((ends for ends in rows if rows[ends]["people"] >= 8), key=lambda ends: -rows[ends]["median_days"])
    everybody = in_pieces(hospital, None).of("everybody").to_pylist()[0]
    there, back = (rows[ends] for ends in ((clinic, "Radiotherapy"), ("Radiotherapy", clinic)))

    assert widest == [(ward, lab), (lab, ward)]
    assert set(slowest[:2]) == {(clinic, "Radiotherapy"), ("Radiotherapy", clinic)}
    assert said(f"{rows[ward, lab]['times']:,} hand-offs from the nursing wards and {rows[lab, ward]['times']:,} back")
    assert said(f"{there['median_days']:.0f} days one way and {back['median_days']:.0f} back")
    assert said(f"{100 * everybody['in_pieces'] / everybody['people']:.0f} of each 100 people")


def test_what_is_said_of_the_demo_place_is_so(hathermere: Store) -> None:
    slow = next(
        row
        for row in waits(hathermere, 24).of("sector boundary").to_pylist()
        if (row["from_key"], row["to_key"]) == ("General practice", "Acute hospital")
    )
    pieces = in_pieces(hathermere, 24)
    everybody, oldest = pieces.of("everybody").to_pylist()[0], pieces.of("age").to_pylist()[-1]
    coordinators = next(
        row
        for row in drill(hathermere, "profession", 24, pairs=False).table.to_pylist()
        if row["number_name"] == "Care coordinator"
    )

    assert said(f"half of those referred are not seen within {slow['km_median_days']:.0f} days")
    assert said(f"{100 * everybody['in_pieces'] / everybody['people']:.0f} people in 100 were dealt with by three")
    assert said(f"{100 * oldest['in_pieces'] / oldest['people']:.0f} in 100 of those of 85 and over")
    assert said(
        f"Of the {coordinators['known']} people whom care coordinators have dealt with, "
        f"{coordinators['only_in_organisation']} are known to nobody else"
    )
