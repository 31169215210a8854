"""Nothing about a patient of another team shows: by a count, an order, an answer, a header, or a file."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from difflib import unified_diff

import pytest
from django.db import transaction
from django.test import Client

from manyhands import acts, who
from manyhands.access import reach
from manyhands.exchange.records import find, group_rule, put_on_file
from manyhands.exchange.records.finding import Terms
from manyhands.log.read import brought_forward
from manyhands.log.record import record
from manyhands.people.models import Patient
from manyhands.rules.folding import fold
from tests.access.test_who_gets_what import address
from tests.access.who_gets_what import TABLE
from tests.cast import TEAM
from tests.workspace.workplace import Workplace

ONCE = re.compile(r'((?:name="(?:csrfmiddlewaretoken|search|chosen)" value|data-seconds)=")[^"]*')
SEARCH = f"/teams/{TEAM}/find-people?aged=0&conditions=1&organisations=1&within_months=36"
OF_NO_TEAM = ("my-work", "notices", "papers", "reads", "broken-glass")
"""Pages of no team that say something of somebody's teams."""
HEADERS = ("ETag", "Last-Modified", "Cache-Control", "Content-Type", "Location")


def answer(browser: Client, method: str, where: str) -> tuple[object, ...]:
    """All that somebody can tell of an answer, but for what is made up anew each time. What asking did is undone."""
    with transaction.atomic():
        got = browser.generic(method, where)
        transaction.set_rollback(True)
    pdf = got.headers.get("Content-Type") == "application/pdf"  # which says when it was made: its length is compared
    said = str(len(got.content)) if pdf else ONCE.sub(r"\1", got.content.decode(errors="replace"))
    return got.status_code, said, {name: got.headers.get(name) for name in HEADERS}


def _lines_apart(one: tuple[object, ...], other: tuple[object, ...]) -> list[str]:
    return list(unified_diff(*(repr(each).split("\\n") for each in (one, other)), n=0, lineterm=""))


@pytest.fixture
def sam(place: Workplace) -> str:
    """A patient whom the records know, and whom no team has yet."""
    return put_on_file(["Patient/sam"])["Patient/sam"]


def hillside_gathers(place: Workplace, patient: str) -> None:
    """The other team has the patient in a group, with something in hand about them."""
    hillside, elsewhere = who.Team("hillside"), who.Organisation("elsewhere")
    standing = brought_forward(hillside, fold)
    speaking = {
        "team": hillside,
        "by": who.Person("hal"),
        "for_organisation": elsewhere,
        "at": datetime(2026, 3, 3, 9, tzinfo=UTC),
        "in_role": who.Role("hillside-coordinator"),
    }
    included = acts.Included(patient=who.Patient(patient), because=acts.Words("Falls, again and again"))
    rule = group_rule(find(Terms(), reach(standing, place.now)))
    rule = replace(rule, found=1)
    called = acts.Words("Those who fall")
    record(acts.Gather(**speaking, group=who.Group("falls"), called=called, rule=rule, patients=(included,)))


def test_no_page_of_the_team_changes_by_a_patient_whom_only_another_team_has(
    place: Workplace, browsers: dict[str, Client], parts: dict[str, str], sam: str
) -> None:
    """Every page and file of a team, before and after: no count, order, header or word is another."""
    asked = {row.name: address(row.name, parts) for row in TABLE if row.method == "GET"}
    pages = [SEARCH, *(page for name, page in asked.items() if "/teams/" in page or name in OF_NO_TEAM)]
    assert len(pages) > 50
    for kind in ("with-a-role", "without-a-role"):
        before = {page: answer(browsers[kind], "GET", page) for page in pages}
        with transaction.atomic():
            hillside_gathers(place, sam)
            after = {page: answer(browsers[kind], "GET", page) for page in pages}
            assert answer(browsers["of-another-team"], "GET", f"/teams/hillside/people/{sam}")[0] == 200
            transaction.set_rollback(True)
        changed = {page: _lines_apart(before[page], after[page]) for page in pages if before[page] != after[page]}
        assert changed == {}


def test_a_patient_of_another_team_is_answered_as_one_who_does_not_exist(
    place: Workplace, browsers: dict[str, Client], parts: dict[str, str], sam: str
) -> None:
    hillside_gathers(place, sam)
    nobody = "n" * len(sam)
    assert not Patient.objects.filter(id=nobody).exists()
    tried = 0
    for row in TABLE:
        there = address(row.name, parts | {"patient": sam})
        if sam in there:
            tried += 1
            not_there = address(row.name, parts | {"patient": nobody})
            for kind, browser in browsers.items():
                if kind != "of-another-team":
                    known, unknown = answer(browser, row.method, there), answer(browser, row.method, not_there)
                    assert repr(known).replace(sam, nobody) == repr(unknown), (row.name, kind)
    assert tried > 5
    asking = f"/teams/{TEAM}/responsibilities/new?patient="
    known, unknown = (answer(browsers["with-a-role"], "GET", asking + each) for each in (sam, nobody))
    assert repr(known).replace(sam, nobody) == repr(unknown)
