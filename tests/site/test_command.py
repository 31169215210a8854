"""The command `manyhands`, run as people run it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

Ran = subprocess.CompletedProcess[str]
Server = subprocess.Popen[str]


def environment(home: Path) -> dict[str, str]:
    left_out = ("MANYHANDS_", "DJANGO_", "PYTEST_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return {**clean, "MANYHANDS_HOME": str(home), "MANYHANDS_DEMO": "1"}


def manyhands(home: Path, *arguments: str, **settings: str) -> Ran:
    return subprocess.run(
        [sys.executable, "-m", "manyhands", *arguments],
        env=environment(home) | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[int]:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    assert manyhands(home, "migrate").returncode == 0
    return home


def test_a_taken_port_is_said_with_how_to_choose_another_before_any_work(tmp_path: Path, taken_port: int) -> None:
    ran = manyhands(tmp_path, "demo", "--port", str(taken_port), "--home", str(tmp_path / "demo"))

    assert ran.returncode != 0
    assert f"Port {taken_port} is taken" in ran.stderr
    assert f"PORT={taken_port + 1} make demo" in ran.stderr
    assert not (tmp_path / "demo").exists()


def test_serving_a_database_of_an_earlier_version_is_refused_with_what_to_run(tmp_path: Path, free_port: int) -> None:
    ran = manyhands(tmp_path, "serve", "--port", str(free_port))

    assert ran.returncode != 0
    assert "Run: manyhands migrate" in ran.stderr


@pytest.fixture
def server(home: Path, free_port: int) -> Iterator[Server]:
    """A server that has answered, in a process group of its own, in which whatever it leaves would be found."""
    server = subprocess.Popen(
        [sys.executable, "-m", "manyhands", "serve", "--port", str(free_port)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert answers(free_port)
        yield server
    finally:
        if left(server):
            os.killpg(server.pid, signal.SIGKILL)


def left(server: Server) -> bool:
    """Whether any process of its group is there, within five seconds."""
    for _ in range(50):
        try:
            os.killpg(server.pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_ctrl_c_stops_the_server_and_all_that_it_started(server: Server, free_port: int) -> None:
    os.killpg(server.pid, signal.SIGINT)  # a terminal tells every process of the group

    said, _ = server.communicate(timeout=20)
    assert server.returncode == 0, said
    assert f"http://127.0.0.1:{free_port}" in said
    assert "Traceback" not in said
    assert "panic" not in said
    assert not left(server)


def test_a_supervisor_stops_the_server_and_all_that_it_started(server: Server) -> None:
    server.terminate()  # and a supervisor tells the first process only

    said, _ = server.communicate(timeout=20)
    assert server.returncode == 0, said
    assert not left(server)


def test_a_server_killed_outright_leaves_nothing_that_holds_its_port(server: Server) -> None:
    server.kill()

    server.communicate(timeout=20)
    assert not left(server)


def answers(port: int) -> bool:
    """Whether a page, of whatever status, comes within 30 seconds."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5).close()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False


def test_verifying_an_untouched_log_says_that_everything_fits(home: Path) -> None:
    ran = manyhands(home, "verify")

    assert (ran.returncode, ran.stderr) == (0, "Everything fits.\n")


def test_verifying_where_there_is_no_log_says_where_it_looked(tmp_path: Path) -> None:
    ran = manyhands(tmp_path / "elsewhere", "verify")

    assert ran.returncode != 0
    assert "There is no log to check here" in ran.stderr
    assert "elsewhere" in ran.stderr


def test_a_guard_that_is_gone_is_found(tmp_path: Path) -> None:
    assert manyhands(tmp_path, "migrate").returncode == 0
    with closing(sqlite3.connect(tmp_path / "manyhands.sqlite3")) as database:
        database.execute("DROP TRIGGER log_entry_never_goes")

    ran = manyhands(tmp_path, "verify")

    assert ran.returncode == 1
    assert "log_entry_never_goes" in ran.stderr


def test_settings_that_would_do_for_real_people_pass_the_check(tmp_path: Path) -> None:
    safe = {
        "MANYHANDS_DEMO": "0",
        "MANYHANDS_BEHIND_PROXY": "1",
        "MANYHANDS_SECRET_KEY": "k" * 10 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH",
    }

    assert manyhands(tmp_path, "check", **safe).returncode == 0


def test_settings_that_would_not_are_named(tmp_path: Path) -> None:
    ran = manyhands(tmp_path, "check", MANYHANDS_DEMO="0", MANYHANDS_DEBUG="1", MANYHANDS_SECRET_KEY="short")

    assert ran.returncode == 1
    for named in ("DEBUG", "SECRET_KEY", "SESSION_COOKIE_SECURE"):
        assert named in ran.stderr


@pytest.mark.parametrize(
    "wrong", [("--people", "0"), ("--people", "-5"), ("--port", "99999"), ("--port", "0"), ("--people", "many")]
)
def test_the_demo_says_which_numbers_it_takes(tmp_path: Path, wrong: tuple[str, str]) -> None:
    ran = manyhands(tmp_path, "demo", *wrong, "--home", str(tmp_path / "demo"))

    assert ran.returncode == 2
    assert f"Invalid value for '{wrong[0]}'" in ran.stderr
    assert not (tmp_path / "demo").exists()


def test_the_demo_over_a_folder_without_records_stops_and_keeps_the_one_that_was_made(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "notes.txt").write_text("Dear Sir")
    (tmp_path / "demo" / "records").mkdir(parents=True)
    (tmp_path / "demo" / "manyhands.sqlite3").write_text("made before")

    ran = manyhands(
        tmp_path,
        *("demo", "--prepare-only", "--records", str(tmp_path / "theirs"), "--home", str(tmp_path / "demo")),
    )

    assert ran.returncode == 1
    assert f"No file in {tmp_path / 'theirs'} is FHIR: give" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (tmp_path / "demo" / "manyhands.sqlite3").read_text() == "made before"
    assert (tmp_path / "demo" / "records").is_dir()
