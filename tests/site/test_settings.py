"""What the site is set to in each place it may run in, read from the environment by a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHOWN = [
    "HTTPS_ONLY",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "DEBUG",
    "DEMO",
    "SECRET_KEY",
]
ASK = f"""
import json
from manyhands.site import settings
print(json.dumps({{name: getattr(settings, name) for name in {SHOWN}}}))
"""


def asked(home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MANYHANDS_")}
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={**clean, "MANYHANDS_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings(home: Path, **environment: str) -> dict[str, Any]:
    answer = asked(home, **environment)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_unless_told_otherwise_cookies_travel_by_https_only(tmp_path: Path) -> None:
    got = settings(tmp_path)

    assert (got["SESSION_COOKIE_SECURE"], got["CSRF_COOKIE_SECURE"], got["DEBUG"], got["DEMO"]) == (
        True,
        True,
        False,
        False,
    )
    assert got["SECURE_HSTS_SECONDS"] == 31_536_000


@pytest.mark.parametrize("place", ["MANYHANDS_DEMO", "MANYHANDS_DEBUG"])
def test_the_demo_and_a_developer_do_without_https(tmp_path: Path, place: str) -> None:
    got = settings(tmp_path, **{place: "1"})

    assert (got["SESSION_COOKIE_SECURE"], got["SECURE_HSTS_SECONDS"]) == (False, 0)


def test_the_embedded_default_makes_up_a_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first, second = settings(tmp_path), settings(tmp_path)

    assert len(first["SECRET_KEY"]) >= 50
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_database_server_without_a_key_is_refused_and_told_how_to_make_one(tmp_path: Path) -> None:
    answer = asked(tmp_path, MANYHANDS_DATABASE="postgresql://localhost/place")

    assert answer.returncode != 0
    assert "MANYHANDS_SECRET_KEY is not set" in answer.stderr
    assert "secrets.token_urlsafe" in answer.stderr


def test_a_key_that_is_given_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    got = settings(tmp_path / "home", MANYHANDS_SECRET_KEY="given", MANYHANDS_DATABASE="postgresql://localhost/place")

    assert got["SECRET_KEY"] == "given"
    assert not (tmp_path / "home").exists()
