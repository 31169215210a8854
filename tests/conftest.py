"""
What every kind of test can ask for.

Most tests need nothing of this: rules, pictures and measures are plain Python. Tests that use a database run on
SQLite; those marked `database` run again on PostgreSQL (`python -m tests.on_postgresql`, part of `make test`).
Journeys in a browser have their fixtures in tests/journeys/conftest.py.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from tests import emptying

# The browser driver runs an event loop in the thread of the test, which Django takes for a view written async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long one example takes says nothing here: the first compiles, and another test may have the processors.
hypothesis_settings.register_profile("without a clock", deadline=None)
hypothesis_settings.load_profile("without a clock")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_user"}
ALWAYS_ON_BOTH = ("tests/log/", "tests/access/")
ROOT = Path(__file__).parent.parent
POSTGRESQL_SKIPPED = ROOT / ".pytest_cache" / "postgresql-skipped"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="journeys save their pictures for the documents")


def pytest_configure(config: pytest.Config) -> None:
    TransactionTestCase._fixture_teardown = emptying.with_guards_down(TransactionTestCase._fixture_teardown)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The log and access are what the database is trusted with: all their tests run on both kinds."""
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        if item.nodeid.startswith(ALWAYS_ON_BOTH) and (
            item.get_closest_marker("django_db") or uses & DATABASE_FIXTURES
        ):
            item.add_marker(pytest.mark.database)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """
    What the harnesses of tests/soak found, in figures; and what was left out is said last, after pytest's own list,
    where it is seen.
    """
    yield
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    if figures := sorted(str(value) for each in reports for name, value in each.user_properties if name == "soak"):
        terminalreporter.section("what it survived")
        for line in figures:
            terminalreporter.write_line(line)
    left_out = {
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if "journeys" in report.nodeid
    }
    if POSTGRESQL_SKIPPED.exists():
        left_out.add(POSTGRESQL_SKIPPED.read_text())
    for reason in sorted(left_out):
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.write_line(reason)
