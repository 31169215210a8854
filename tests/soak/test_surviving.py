"""The short forms of the harnesses, each in processes and on a database of its own."""

import json
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pytest
from django.db import connection

from tests.soak import databases, kills
from tests.soak.place import ROOT, environment


def run(harness: str, folder: Path, *options: object, address: str = "", record_property=None) -> dict[str, float]:
    """What a harness found. It ends with an error where something was lost."""
    address = address or databases.an_empty_one(folder)
    done = subprocess.run(
        [sys.executable, "-m", f"tests.soak.{harness}", *map(str, options)],
        cwd=ROOT, env=environment(address, folder), capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    figures = json.loads(done.stdout)
    if record_property:
        said = ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in figures.items())
        record_property("soak", f"{harness} on {address.partition(':')[0]}: {said}")
    return dict(figures)


@pytest.mark.database
def test_killed_at_random_moments_under_load_nothing_acknowledged_is_lost(tmp_path, record_property):
    figures = run("kills", tmp_path, "--kills", 6, record_property=record_property)

    assert figures["kills"] == 6
    assert figures["found"] == figures["acknowledged"] > 20
    assert figures["pairs"] > 0
    assert figures["messages"] > 0


@pytest.mark.database
@pytest.mark.parametrize("teams", [1, 20])
def test_a_hundred_writers_at_once_are_all_served_once_and_in_order(tmp_path, record_property, teams):
    figures = run("races", tmp_path, "--writers", 100, "--each", 3, "--teams", teams, record_property=record_property)

    assert figures["found"] == figures["acknowledged"] == 300


# Which database is cut off is named, so that it need not run on both.
POWER = {"sqlite": (60, 300), "postgresql": (4, 120)}


@pytest.fixture
def cut_off(tmp_path, record_property):
    def run_with(database: str, synchronous: str) -> dict[str, float]:
        if os.environ.get("MANYHANDS_DATABASE", "").startswith("postgres"):
            pytest.skip("has a database of its own")
        if database == "sqlite":
            _reachable()
        else:
            _startable()
        cuts, acts = POWER[database]
        options = ("--database", database, "--cuts", cuts, "--acts", acts, "--synchronous", synchronous)
        keeping = record_property if synchronous == "FULL" else None
        address = "postgresql://postgres@/postgres" if database == "postgresql" else ""  # it starts servers itself
        return run("power", tmp_path, *options, address=address, record_property=keeping)

    return run_with


@pytest.mark.parametrize("database", POWER)
def test_when_power_fails_what_the_disk_was_made_sure_of_has_every_act_acknowledged(cut_off, database):
    figures = cut_off(database, "FULL")

    assert figures["acknowledged"] > 100
    assert (figures["lost"], figures["torn"]) == (0, 0)
    assert figures["went_back_to"] == (1 if database == "postgresql" else 0)


@pytest.mark.parametrize("database", POWER)
def test_the_harness_finds_what_is_lost_where_a_database_makes_sure_of_less(cut_off, database):
    assert cut_off(database, "OFF")["lost"] > 0


def test_the_harness_finds_an_act_that_was_acknowledged_and_is_not_there(db):
    with pytest.raises(kills.Wrong, match="acknowledged and lost"):
        kills._look({"ben": {"token-1-"}}, {"token-1-"}, kills.Figures())


def _reachable() -> None:
    from tests.soak.disk import NoWayIn, _systems_own

    try:
        _systems_own()
    except NoWayIn as why:
        pytest.skip(str(why))


def _startable() -> None:
    from tests.soak.postgresql import running

    warnings.simplefilter("ignore", RuntimeWarning)  # of the wheel, about where it keeps a lock
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # pytest's own are closed to its user
            Path(folder).chmod(0o755)
            with running(Path(folder) / "server"):
                pass
    except (OSError, subprocess.CalledProcessError, ImportError) as why:
        pytest.skip(f"PostgreSQL cannot be started here: {why}")
    assert connection.vendor == "sqlite"
