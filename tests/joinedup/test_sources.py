"""Every file that was given is read, or named with the reason why it is not."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from joinedup.records.generations import NotAStore
from joinedup.records.sources import NothingThere, given
from joinedup.records.store import Store
from tests.joinedup.making import load_into, patient, write


def names(folder: Path) -> list[str]:
    return [str(each.path.relative_to(folder)) for each in given([str(folder)])[0]]


def left(folder: Path) -> dict[str, str]:
    return {str(Path(each.name).relative_to(folder)): each.why for each in given([str(folder)])[1]}


def test_a_linked_folder_is_read_and_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "a.json", patient("p"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "gone.json").symlink_to(tmp_path / "nowhere.json")

    done = load_into(tmp_path / "store", tmp_path / "in")

    assert Store(tmp_path / "store").counts()["patients"] == 1
    (one,) = done.left
    assert (Path(one.name).name, one.why) == ("gone.json", f"a link to {tmp_path / 'nowhere.json'}, which is not there")


def test_a_link_in_a_circle_is_followed_once(tmp_path: Path) -> None:
    write(tmp_path / "in" / "b" / "a.json", patient("p"))
    (tmp_path / "in" / "b" / "back").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "itself").symlink_to(tmp_path / "in" / "itself")

    assert names(tmp_path / "in") == ["b/a.json"]
    assert set(left(tmp_path / "in")) == {"b/back", "itself"}


def test_a_folder_keeps_its_own_name_though_a_link_to_it_comes_first(tmp_path: Path) -> None:
    write(tmp_path / "z" / "deep" / "a.json", patient("p"))
    (tmp_path / "a").symlink_to(tmp_path / "z")

    assert names(tmp_path) == ["z/deep/a.json"]
    assert left(tmp_path) == {"a": f"the same folder as {tmp_path / 'z'}, which is read already"}


def test_a_folder_inside_one_that_was_reached_by_a_link_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "far" / "deep" / "a.json", patient("p"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1").symlink_to(tmp_path / "far" / "deep")
    (tmp_path / "in" / "2").symlink_to(tmp_path / "far")

    assert names(tmp_path / "in") == ["1/a.json"]
    assert list(left(tmp_path / "in")) == ["2/deep"]


def test_pipes_and_sockets_in_a_folder_are_named_and_not_waited_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.json", patient("p"))
    os.mkfifo(tmp_path / "pipe.json")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")

        assert names(tmp_path) == ["a.json"]
        assert left(tmp_path) == {"pipe.json": "a pipe, not a file", "socket": "a socket, not a file"}


def test_a_pattern_names_what_it_matches_and_cannot_read(tmp_path: Path) -> None:
    write(tmp_path / "a.json", patient("p"))
    os.mkfifo(tmp_path / "b.json")

    found, not_read = given([str(tmp_path / "*.json")])

    assert [each.path.name for each in found] == ["a.json"]
    assert [Path(each.name).name for each in not_read] == ["b.json"]


def test_a_pipe_or_a_link_to_nothing_is_refused_as_a_source(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")

    with pytest.raises(NothingThere, match="a pipe, not a file"):
        load_into(tmp_path / "store", tmp_path / "pipe")
    with pytest.raises(NothingThere, match="nowhere, which is not there"):
        load_into(tmp_path / "store", tmp_path / "gone")


def test_a_folder_of_other_things_is_not_loaded_into(tmp_path: Path) -> None:
    write(tmp_path / "a.json", patient("p"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear Sir")

    with pytest.raises(NotAStore, match="not a store"):
        load_into(tmp_path / "mine", tmp_path / "a.json")

    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_an_empty_folder_and_one_with_hidden_files_only_is_loaded_into(tmp_path: Path) -> None:
    write(tmp_path / "a.json", patient("p"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".gitkeep").touch()

    assert load_into(tmp_path / "mine", tmp_path / "a.json").changed
