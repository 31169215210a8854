"""Loading twice changes nothing, loading more adds, and a store half-written is never read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from joinedup.records import generations, merging, parts
from joinedup.records.files import digest
from joinedup.records.generations import StoreBusy, StoreNotFound, StoreOfAnotherVersion
from joinedup.records.sources import NothingThere
from joinedup.records.store import Store
from tests.joinedup.making import contact, files_of, load_into, organisation, patient, rows, to, write

DATA = Path(__file__).parent / "data"


def test_loading_the_same_sources_again_changes_nothing_byte_for_byte(tmp_path: Path) -> None:
    first = load_into(tmp_path / "store", DATA / "fhir-ecare-plan")
    before = files_of(tmp_path / "store")

    again = load_into(tmp_path / "store", DATA / "fhir-ecare-plan")

    assert (first.changed, again.changed, again.new_files) == (True, False, 0)
    assert again.generation == first.generation
    assert files_of(tmp_path / "store") == before


def test_the_same_sources_give_the_same_bytes_in_another_store_and_with_more_processes(tmp_path: Path) -> None:
    load_into(tmp_path / "one", DATA / "fhir-ecare-plan")
    load_into(tmp_path / "two", DATA / "fhir-ecare-plan", jobs=2)

    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


def test_sources_loaded_one_after_the_other_resolve_across_each_other(tmp_path: Path) -> None:
    write(tmp_path / "visits.ndjson", contact("e", serviceProvider=to("Organization/o")))
    write(tmp_path / "people.ndjson", patient())
    write(tmp_path / "places.ndjson", organisation("o", "The Practice"))

    load_into(tmp_path / "store", tmp_path / "visits.ndjson")
    alone = rows(Store(tmp_path / "store"), "contacts", "patient")
    load_into(tmp_path / "store", tmp_path / "people.ndjson", tmp_path / "places.ndjson")

    (found,) = Store(tmp_path / "store").contacts_of({"Patient/p"})
    assert alone == [(None,)]
    assert (found.patient, found.organisation_name) == ("Patient/p", "The Practice")


def test_in_parts_or_at_once_the_tables_of_care_are_the_same(tmp_path: Path) -> None:
    whole = sorted((DATA / "fhir-careteam-careplan").glob("*.gz"))
    load_into(tmp_path / "once", *whole)
    for path in whole:
        load_into(tmp_path / "parts", path)

    for table in (
        "patients",
        "conditions",
        "care_teams",
        "care_team_members",
        "goals",
        "organisations",
        "practitioners",
    ):
        ours, theirs = (Store(tmp_path / each).query(f"FROM {table}") for each in ("once", "parts"))
        assert ours.equals(theirs), table


def test_a_file_already_read_is_not_read_again_under_another_name(tmp_path: Path) -> None:
    name = write(tmp_path / "a.ndjson", patient())
    load_into(tmp_path / "store", name)
    (tmp_path / "b.ndjson").write_bytes(Path(name).read_bytes())

    again = load_into(tmp_path / "store", tmp_path / "b.ndjson")

    assert not again.changed


def test_a_load_that_fails_while_merging_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.ndjson", patient("p"))
    write(tmp_path / "b.ndjson", patient("q"))
    load_into(tmp_path / "store", tmp_path / "a.ndjson")
    before = files_of(tmp_path / "store")

    with monkeypatch.context() as patched:
        patched.setattr(merging, "ordered", lambda table: "SELECT error('the disk is full')")
        with pytest.raises(Exception, match="the disk is full"):
            load_into(tmp_path / "store", tmp_path / "b.ndjson")

    assert files_of(tmp_path / "store") == before
    load_into(tmp_path / "store", tmp_path / "b.ndjson")
    assert Store(tmp_path / "store").counts()["patients"] == 2


def test_files_that_a_killed_load_had_read_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [write(tmp_path / "in" / f"{n}.ndjson", patient(f"p{n}")) for n in range(4)]
    monkeypatch.setattr("joinedup.records.planning.BATCH_FILES", 1)
    write_part, read = parts.write, []

    def dies_at_the_third(batch: list[parts.File], *more: object) -> Path:
        read.append(batch[0].name)
        if len(read) == 3:
            raise KeyboardInterrupt
        return write_part(batch, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(parts, "write", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        load_into(tmp_path / "store", *sources)
    with pytest.raises(StoreNotFound, match="goes on from where it stopped"):
        Store(tmp_path / "store")

    load_into(tmp_path / "store", *sources)

    load_into(tmp_path / "fresh", *sources)
    assert read[3:5] == sources[2:]
    assert files_of(tmp_path / "store") == files_of(tmp_path / "fresh")


def test_what_another_unfinished_load_had_read_is_not_slipped_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.ndjson", patient("a"))
    write(tmp_path / "b.ndjson", patient("b"))
    with monkeypatch.context() as patched:
        patched.setattr(merging, "merge", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load_into(tmp_path / "store", tmp_path / "a.ndjson")

    load_into(tmp_path / "store", tmp_path / "b.ndjson")

    assert rows(Store(tmp_path / "store"), "patients", "patient") == [("Patient/b",)]


@pytest.mark.parametrize("after", [0.25, 0.45, 0.7])
def test_a_load_killed_without_warning_leaves_a_whole_store(tmp_path: Path, after: float) -> None:
    write(tmp_path / "a.ndjson", patient("p"))
    store = tmp_path / "store"
    load_into(store, tmp_path / "a.ndjson")
    before = files_of(store)
    command = [
        sys.executable,
        "-m",
        "joinedup",
        "load",
        str(DATA / "fhir-older-multimorbid"),
        "--into",
        str(store),
        "--jobs",
        "1",
    ]

    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert files_of(store) == before or Store(store).counts()["patients"] == 6  # the old store, or all of the new
    load_into(store, DATA / "fhir-ecare-plan")
    assert Store(store).counts()["patients"] == 6
    assert [path.name for path in (store / "generations").iterdir() if "making" in path.name] == []


def test_a_second_load_into_the_same_store_is_refused_while_the_first_writes(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", patient())

    with generations.writing(tmp_path / "store"), pytest.raises(StoreBusy, match="Another load is writing"):
        load_into(tmp_path / "store", tmp_path / "a.ndjson")


def test_a_reader_keeps_its_generation_while_a_load_replaces_it(tmp_path: Path) -> None:
    write(tmp_path / "a.ndjson", patient("p"))
    write(tmp_path / "b.ndjson", patient("q"))
    load_into(tmp_path / "store", tmp_path / "a.ndjson")
    reading = Store(tmp_path / "store")

    load_into(tmp_path / "store", tmp_path / "b.ndjson")

    assert (reading.counts()["patients"], reading.stale) == (1, True)
    assert (Store(tmp_path / "store").counts()["patients"], Store(tmp_path / "store").stale) == (2, False)
    assert Store(tmp_path / "store").digest != reading.digest


@pytest.mark.parametrize("source", ["nowhere.json", "no*thing", "folder/**/*.ndjson"])
def test_a_source_that_is_not_there_is_named(tmp_path: Path, source: str) -> None:
    with pytest.raises(NothingThere, match="matches no file"):
        load_into(tmp_path / "store", tmp_path / source)


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    name = write(tmp_path / "a [1] (copy)*.json", patient())

    assert load_into(tmp_path / "store", name).rows["patients"] == 1


def test_patterns_and_folders_give_each_file_once_in_order_of_name(tmp_path: Path) -> None:
    for n in (2, 1, 3):
        write(tmp_path / "in" / f"{n}.ndjson", patient(f"p{n}"))

    load_into(tmp_path / "store", tmp_path / "in" / "*.ndjson", tmp_path / "in")

    assert [Path(each.source).stem for each in Store(tmp_path / "store").sources()] == ["1", "2", "3"]


def test_a_long_file_of_lines_is_read_in_stretches_that_lose_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [patient(f"p{n}", text={"div": "é" * 400}) for n in range(1500)]
    lines[1400] = "broken"  # type: ignore[call-overload]
    name = write(tmp_path / "a.ndjson", *lines)
    load_into(tmp_path / "whole", name)
    monkeypatch.setattr("joinedup.records.files.STRETCH", 1 << 20)

    load_into(tmp_path / "stretched", name)

    assert len(digest(Path(name), lambda _: None)[1]) > 2
    for store in (Store(tmp_path / "whole"), Store(tmp_path / "stretched")):
        assert store.counts()["patients"] == 1499
        assert [each.position for each in store.set_aside()] == ["line 1401"]
        assert [(each.resources, each.bytes) for each in store.sources()] == [(1499, Path(name).stat().st_size)]
        assert sum(each.number for each in store.counted()) == 1499


def test_a_store_whose_parts_are_gone_can_be_read_but_not_added_to(tmp_path: Path) -> None:
    load_into(tmp_path / "store", write(tmp_path / "a.json", patient("p")))
    shutil.rmtree(tmp_path / "store" / "parts")

    with pytest.raises(StoreOfAnotherVersion, match="into a new store"):
        load_into(tmp_path / "store", write(tmp_path / "b.json", patient("q")))
    assert Store(tmp_path / "store").counts()["patients"] == 1


def test_two_files_with_the_same_content_are_both_counted(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / "in" / f"{name}.json", organisation("o"))

    load_into(tmp_path / "store", tmp_path / "in")

    store = Store(tmp_path / "store")
    assert sum(each.number for each in store.counted()) == 2
    assert store.counts()["organisations"] == 1
