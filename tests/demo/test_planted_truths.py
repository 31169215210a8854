"""
What the demo's records hold on purpose is found by the measures, and nothing of the kind in a shuffled copy.

A shuffled copy is the same records in which chance decides who was met: for the drill, which practitioner of an
organisation had each of the month's contacts; for care in pieces, with which of the month's organisations each contact
was; for the waits, which boundary each referral crossed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pytest

from demo import place
from demo.care import Pattern, history
from demo.days import days_until
from demo.health import health
from demo.neighbourhood import neighbourhood
from demo.records import SEED, UNTIL
from demo.residents import residents
from joinedup.measures import continuity
from joinedup.measures.asking import LEVELS, Window, visits
from joinedup.measures.by_chance import shuffled
from joinedup.measures.departure import drill
from joinedup.measures.waits import waits
from joinedup.records.load import load
from joinedup.records.store import Store
from tests.demo.conftest import Export

EVERYBODY_HAS_ONE = ("General practice", "Acute hospital")
Share = tuple[float, str]


@pytest.fixture(scope="module")
def store(loaded: Path) -> Iterator[Store]:
    with Store(loaded) as opened:
        yield opened


def shuffled_copy(store: Store, level: str, within: tuple[str, ...], folder: Path) -> Path:
    """A store of the contacts with the numbers at `level` dealt out again, by way of a table of contacts."""
    found = shuffled(visits(store, Window.of(store), "patient", "started_at", *LEVELS), 1, level, within)
    people = store.query("SELECT replace(patient, 'Patient/', '') AS id FROM patients ORDER BY number")["id"]
    columns = {"patient": people.take(found["patient"])}
    columns["started_at"] = found["started_at"].cast(pa.timestamp("us")).cast(pa.string())
    for each in LEVELS:
        keys = store.query("SELECT key FROM numbers WHERE level = $level ORDER BY number", level=each)["key"]
        columns[each] = keys.take(pc.if_else(pc.less(found[each], 0), None, found[each]))
    folder.mkdir()
    pyarrow.csv.write_csv(pa.table(columns), folder / "contacts.csv")
    load([str(folder / "contacts.csv")], folder / "store", format="contacts")
    return folder / "store"


def alone(store: Store) -> list[Share]:
    """Of each with ten people or more, the share whom nobody else knows beside what everybody has; highest first."""
    table = drill(store, "practitioner", 12, pairs=False, without_sectors=EVERYBODY_HAS_ONE).table
    rows = [row for row in table.to_pylist() if row["known"] >= 10]
    return sorted(((row["only_theirs"] / row["known"], row["number_key"]) for row in rows), reverse=True)


def test_the_coordinator_without_whom_a_team_could_not_do_is_found_and_nobody_else(store: Store) -> None:
    first, second, *_ = alone(store)

    assert first[1] == f"Practitioner/{place.ASHA.key}"
    assert first[0] > 0.7
    assert second[0] < 0.4


def test_a_team_is_no_more_dependent_than_another_in_a_shuffled_copy(store: Store, tmp_path: Path) -> None:
    copy = shuffled_copy(store, "practitioner", ("organisation", "month"), tmp_path / "copy")

    with Store(copy) as opened:
        found = alone(opened)

    assert len(found) >= 10
    assert found[0][0] < 0.4
    assert all(share < 0.2 for share, key in found if key.endswith(f"/{place.ASHA.key}"))


@pytest.fixture(scope="module")
def planted() -> set[str]:
    """Whose care the generator put in pieces."""
    there, days = neighbourhood(SEED, 0), days_until(UNTIL)
    return {
        f"Patient/{person.key}"
        for person in residents(SEED, there, UNTIL, 3000)
        if history(person, health(person, days.number), there, days).pattern is Pattern.IN_PIECES
    }


def most_in_pieces(store: Store, planted: set[str]) -> tuple[float, float]:
    """Of those with 12 contacts or more, the share planted; and that of the twentieth with the least continuity."""
    rows = [row for row in continuity.measure(store, "organisation", 36).table.to_pylist() if row["contacts"] >= 12]
    rows.sort(key=lambda row: (row["coc"], row["patient"]))
    least = rows[: max(len(rows) // 20, 1)]
    return (
        sum(row["patient"] in planted for row in rows) / len(rows),
        sum(row["patient"] in planted for row in least) / len(least),
    )


def test_those_whose_care_is_in_pieces_are_found(store: Store, planted: set[str]) -> None:
    usual, found = most_in_pieces(store, planted)

    print(usual, found)
    assert found > 3 * usual


def test_nobodys_care_is_more_in_pieces_than_others_in_a_shuffled_copy(
    store: Store, planted: set[str], tmp_path: Path
) -> None:
    copy = shuffled_copy(store, "organisation", ("month",), tmp_path / "copy")

    with Store(copy) as opened:
        usual, found = most_in_pieces(opened, planted)

    print(usual, found)
    assert found < 2 * usual


def slowest(store: Store) -> tuple[tuple[str, str], float, float]:
    """Of the boundaries between sectors with 50 referrals or more the slowest, its days, and everybody's."""
    found = waits(store)
    rows = [row for row in found.of("sector boundary").to_pylist() if row["asked"] >= 50]
    last = max(rows, key=lambda row: row["km_median_days"])
    return (
        (last["from_key"], last["to_key"]),
        last["km_median_days"],
        found.of("everybody").to_pylist()[0]["km_median_days"],
    )


def test_the_slow_boundary_is_found(store: Store) -> None:
    boundary, days, usual = slowest(store)

    assert boundary == ("General practice", "Acute hospital")
    assert days > 2 * usual


def test_no_boundary_is_slow_in_a_shuffled_copy(hathermere: Export, tmp_path: Path) -> None:
    requests = hathermere.of("ServiceRequest")
    asked = [(one["performer"], one["requester"]) for one in requests]
    Random(1).shuffle(asked)
    for kind in hathermere.kinds():
        (tmp_path / f"{kind}.ndjson").symlink_to(hathermere.folder / f"{kind}.ndjson")
    dealt = tmp_path / "ServiceRequest.ndjson"
    dealt.unlink()
    with dealt.open("w", encoding="utf-8") as lines:
        for one, (performer, requester) in zip(requests, asked, strict=True):
            lines.write(json.dumps(one | {"performer": performer, "requester": requester}) + "\n")
    load([str(tmp_path)], tmp_path / "store")

    with Store(tmp_path / "store") as opened:
        _, days, usual = slowest(opened)

    assert days < 1.6 * usual
