"""Making the demo ready: once, again with nothing to do, and anew when it is made from something else."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from demo import opening
from demo.records import Wanted, write
from joinedup.records.store import Store

OPEN = """
import json, sys
from pathlib import Path
from demo.opening import made_ready
said = []
given = json.loads(sys.argv[2])
records = Path(given["records"]) if "records" in given else None
ready = made_ready(Path(sys.argv[1]), people=given.get("people", 300), records=records, say=said.append)
print(json.dumps({"made_now": ready.made_now, "said": said, "lines": ready.who_can_be_signed_in_as}))
"""


def opened(home: Path, **given: Any) -> dict[str, Any]:
    """Make ready in a process of its own, since settings are read once in a process."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MANYHANDS_", "DJANGO_"))}
    asked = [sys.executable, "-c", OPEN, str(home), json.dumps(given)]
    done = subprocess.run(asked, capture_output=True, text=True, env=clean, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that was made ready once, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "home"
    opened(folder)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A demo of one's own that was made ready before."""
    return shutil.copytree(made, tmp_path / "home")


def number_of_acts(home: Path) -> int:
    with sqlite3.connect(home / "manyhands.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM log_entry").fetchone()[0])


def test_the_demo_is_made_ready_once_and_then_there_is_nothing_to_do(tmp_path: Path) -> None:
    first = opened(tmp_path / "home")
    again = opened(tmp_path / "home")

    assert first["made_now"]
    assert "300 residents" in first["said"][0]
    assert any("asha.nair@example.org" in line for line in first["lines"])
    assert number_of_acts(tmp_path / "home") > 250
    assert (again["made_now"], again["said"]) == (False, [])
    assert again["lines"] == first["lines"]


def test_it_is_made_anew_when_it_was_interrupted_or_is_wanted_over_other_records(home: Path, tmp_path: Path) -> None:
    write(Wanted(people=200, seed=7), tmp_path / "theirs")
    kept = home / "something of the user's"
    kept.write_text("stays")
    (home / "made.json").unlink()

    interrupted = opened(home)
    theirs = opened(home, records=str(tmp_path / "theirs"))

    assert interrupted["made_now"]
    assert theirs["made_now"]
    assert json.loads((home / "made.json").read_text())["files"] == 12
    assert not (home / "export").exists()
    assert kept.read_text() == "stays"


def act_more(home: Path) -> None:
    """As if somebody had done something: one more entry at the end of a team's acts, like the one before."""
    with sqlite3.connect(home / "manyhands.sqlite3") as database:
        database.execute(
            "INSERT INTO log_entry SELECT team, number + 1, name, at, by, together, payload, recorded_at, digest, ?"
            " FROM log_entry WHERE number > 1 ORDER BY number DESC LIMIT 1",
            ["f" * 64],
        )


def of_another_version(home: Path, *which: str) -> None:
    stamp = home / "made.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text()) | dict.fromkeys(which, "another")))


def test_a_store_of_another_version_is_loaded_again_and_no_act_is_lost(home: Path) -> None:
    act_more(home)
    acts = number_of_acts(home)
    next((home / "records").glob("generations/*/turned_to.parquet")).unlink()  # as one that knew of no such table
    of_another_version(home, "read_by")

    again = opened(home)

    assert again["made_now"]
    assert "reads records differently" in again["said"][0]
    assert number_of_acts(home) == acts
    with Store(home / "records") as store:
        assert store.counts()["patients"] == 300
    assert not opened(home)["made_now"]


def test_what_somebody_did_is_put_aside_when_a_newer_version_makes_the_demo_anew(home: Path) -> None:
    of_another_version(home, "made_by")
    opened(home)
    assert not (home / "earlier").exists()
    act_more(home)
    acts = number_of_acts(home)
    of_another_version(home, "made_by")

    anew = opened(home)

    (aside,) = (home / "earlier").iterdir()
    assert number_of_acts(aside) == acts
    assert number_of_acts(home) == acts - 1
    assert any(f"home/earlier/{aside.name}" in line for line in anew["said"])


def test_records_without_any_fhir_are_refused_and_what_was_made_is_kept(tmp_path: Path) -> None:
    from demo.opening import NothingToOpen, _need_care_in

    theirs = tmp_path / "theirs"
    (theirs / "empty").mkdir(parents=True)
    (theirs / "notes.txt").write_text("Dear Sir")
    (theirs / "list.json").write_text('[1, 2, {"a": "b"}]')
    (theirs / "only.json").write_text('{"resourceType": "Observation", "id": "o"}')
    (theirs / "bundle.json").write_text('{"resourceType": "Bundle", "type": "collection"}')
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NothingToOpen, match=r"None of the 4 files in .*theirs is FHIR: give"):
        _need_care_in(theirs)
    with pytest.raises(NothingToOpen, match=r"No file in .*empty is FHIR"):
        _need_care_in(theirs / "empty")
    with pytest.raises(NothingToOpen, match=r"notes\.txt is not FHIR"):
        _need_care_in(theirs / "notes.txt")
    with pytest.raises(NothingToOpen, match="a pipe, not a file"):
        _need_care_in(tmp_path / "pipe")
    (theirs / "one.ndjson").write_text('{"a": 1}\n{"resourceType": "Patient", "id": "p"}\n')
    _need_care_in(theirs)


def test_a_second_demo_in_one_process_is_refused_in_words(tmp_path: Path) -> None:
    from demo.opening import made_ready

    before = {name: os.environ.get(name) for name in os.environ if name.startswith("MANYHANDS_")}
    try:
        with pytest.raises(RuntimeError, match="a process of its own"):
            made_ready(tmp_path / "home", people=10)
    finally:
        for name in [name for name in os.environ if name.startswith("MANYHANDS_")]:
            os.environ.pop(name)
        os.environ.update({name: value for name, value in before.items() if value is not None})


def test_a_demo_that_is_open_is_not_made_anew_under_whoever_uses_it(tmp_path):
    """Two processes, as two windows have: one serves; the other wants the same folder with other people in it."""
    held = opening._kept(tmp_path, alone=False)

    with pytest.raises(opening.InUse, match="Stop it there first"):
        opening._kept(tmp_path, alone=True)

    os.close(held)
    os.close(opening._kept(tmp_path, alone=True))
