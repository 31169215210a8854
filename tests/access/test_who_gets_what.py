"""Every address of the site, for every kind of person, from one table."""

import re
from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse

from manyhands.workspace.urls import urlpatterns
from tests.access.who_gets_what import KINDS, SIGN_IN, TABLE, Row
from tests.cast import TEAM

OUTSIDERS = ("of-another-team", "left", "invited", "esi")
ABOUT_A_DECISION = ("review", "change-decision", "credit")
OF_A_MEETING_HELD = ("minutes", "minutes-pdf")
CHANGES_BY_ITSELF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-seconds="\d+"')
"""A token that is new each time, and the seconds until the session ends by itself, on the clock of the machine."""


def address(name: str, parts: dict[str, str]) -> str:
    pattern = next(each for each in urlpatterns if each.name == name)
    parts = parts | ({"proposal": "settled"} if name in ABOUT_A_DECISION else {})
    parts = parts | ({"meeting": "held"} if name in OF_A_MEETING_HELD else {})
    return reverse(name, kwargs={part: parts[part] for part in pattern.pattern.regex.groupindex})


def ask(browser: Client, row: Row, parts: dict[str, str]) -> tuple[int, str]:
    """What is answered. Whatever the asking did is undone, so that the next is asked of the same place."""
    signed_in = deepcopy(browser.cookies)
    with transaction.atomic():
        answer = browser.generic(row.method, address(row.name, parts))
        transaction.set_rollback(True)
    browser.cookies = signed_in
    return answer.status_code, CHANGES_BY_ITSELF.sub("", answer.content.decode(errors="replace"))


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    """A new page is added to `tests/access/who_gets_what.py`, with what each kind of person gets."""
    assert all(isinstance(each, URLPattern) and each.name for each in urlpatterns)
    assert sorted({row.name for row in TABLE}) == sorted({str(each.name) for each in urlpatterns})


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_person_gets_what_the_table_says(
    kind: str, browsers: dict[str, Client], parts: dict[str, str]
) -> None:
    got = {(row.method, row.name): ask(browsers[kind], row, parts) for row in TABLE}

    expected = {(row.method, row.name): row.gets[KINDS.index(kind)] for row in TABLE}
    assert {which: status for which, (status, _) in got.items()} == expected
    if kind != "with-a-role":
        telling = [which for which, (_, said) in got.items() if "Moss" in said or "9990000018" in said]
        assert telling == []


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_outsiders_get_just_what_they_get_for_a_team_that_does_not_exist(
    kind: str, browsers: dict[str, Client], parts: dict[str, str]
) -> None:
    nowhere = parts | {"team": "no-such-team"}
    for row in TABLE:
        if row.gets[KINDS.index(kind)] == 404:
            assert ask(browsers[kind], row, parts) == ask(browsers[kind], row, nowhere), row.name


def test_in_a_team_nobody_but_members_gets_anything_at_all() -> None:
    """Only an invitation, to whoever was invited, is answered otherwise."""
    for row in TABLE:
        if "team" in next(e for e in urlpatterns if e.name == row.name).pattern.regex.groupindex:
            allowed = {"invited": 200} if row.name == "invitation" else {}
            expected = {kind: allowed.get(kind, 404) for kind in OUTSIDERS} | {"nobody-signed-in": SIGN_IN}
            assert {kind: row.gets[KINDS.index(kind)] for kind in expected} == expected, row.name


def test_every_page_that_names_a_patient_writes_the_sight_down(
    browsers: dict[str, Client], parts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    monkeypatch.setattr("manyhands.access.reads._add", lambda rows: written.extend(rows))
    naming = []
    for row in TABLE:
        before = len(written)
        status, said = ask(browsers["with-a-role"], row, parts)
        if status in (200, 422) and "Moss" in said:
            naming.append(row.name)
            assert len(written) > before, f"{row.name} names somebody, and no sight of them is written down"
    assert {"group", "person"} <= set(naming)


def test_no_address_of_ones_own_team_leads_to_another_teams_things(
    browsers: dict[str, Client], parts: dict[str, str]
) -> None:
    """Somebody in a role in one team gets at nothing of another by naming it in their own team's address."""
    for row in TABLE:
        here = address(row.name, parts)
        if row.method == "GET" and f"/teams/{TEAM}/" in here:
            said = (
                browsers["of-another-team"]
                .get(here.replace(f"/{TEAM}/", "/hillside/"))
                .content.decode(errors="replace")
            )
            assert "Moss" not in said
            assert "Frail, and in pieces" not in said
