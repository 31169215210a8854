"""What holds on every page there is, read off each row of the table of who gets what."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.access.test_who_gets_what import address
from tests.access.who_gets_what import TABLE
from tests.workspace.workplace import Workplace

ADDRESSES = re.compile(r'(?:href|action|src|hx-get|hx-post|formaction)="([^"]*)"')
CODE = Path(__file__).parent.parent.parent / "manyhands"


@pytest.fixture
def pages(browsers: dict[str, Client], parts: dict[str, str]) -> dict[str, str]:
    """Every page that somebody with a role gets, by the name of its address."""
    got = {}
    for row in TABLE:
        if row.method == "GET" and row.gets[0] == 200:
            answer = browsers["with-a-role"].get(address(row.name, parts))
            if answer.headers["Content-Type"].startswith("text/html"):
                got[row.name] = answer.content.decode()
    assert len(got) > 40
    return got


def test_no_address_on_any_page_has_a_name_a_birthday_or_an_nhs_number_in_it(
    pages: dict[str, str], place: Workplace
) -> None:
    with_names = [page for page in pages.values() if "Moss" in page]
    assert with_names, "somebody is named on some page"
    telling = re.compile(r"moss|\bruth\b|999\s?000\s?0018|\d{10}|19\d\d-\d\d-\d\d", re.IGNORECASE)
    found = {
        name: link
        for name, page in pages.items()
        for link in ADDRESSES.findall(page)
        if telling.search(link.replace("%20", " "))
    }
    assert found == {}


def test_no_form_that_asks_for_an_nhs_number_puts_it_into_an_address(pages: dict[str, str]) -> None:
    asking = 0
    for name, page in pages.items():
        for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
            if re.search(r'name="[^"]*(nhs|number|birth|born)[^"]*"', form):
                asking += 1
                assert 'method="post"' in form, f"a form on {name} would put it into the address"
    assert asking >= 1


def test_no_page_takes_a_file_and_no_code_reads_one(pages: dict[str, str]) -> None:
    """Nothing is uploaded, so nothing has to be told apart, renamed or scanned. Records come in by a command."""
    assert [name for name, page in pages.items() if 'type="file"' in page or "multipart" in page] == []
    assert [str(file) for file in CODE.rglob("*.py") if re.search(r"request\.FILES|\.FILES\b", file.read_text())] == []


def test_what_is_downloaded_is_called_by_us_and_not_by_what_somebody_wrote(
    browsers: dict[str, Client], parts: dict[str, str]
) -> None:
    names = []
    for row in TABLE:
        if row.method == "GET" and row.gets[0] == 200:
            answer = browsers["with-a-role"].get(address(row.name, parts))
            if said := answer.headers.get("Content-Disposition"):
                names.append(row.name)
                assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.(pdf|ics|csv|json)"', said), row.name
    assert len(names) >= 3


def test_nothing_is_shown_of_anybody_where_the_sight_of_them_cannot_be_written_down(
    browsers: dict[str, Client], parts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fails closed: without a row in the log of reads there is no name on a page."""

    def full(_: object) -> None:
        raise OSError("no space left on the disk")

    assert "Moss" in browsers["with-a-role"].get(address("person", parts)).content.decode()
    monkeypatch.setattr("manyhands.access.reads._add", full)
    browser = browsers["with-a-role"]
    browser.raise_request_exception = False
    for name in ("person", "group", "my-work"):
        answer = browser.get(address(name, parts))
        assert "Moss" not in answer.content.decode()
        assert answer.status_code == 500 or name == "my-work"


def test_nobody_is_shown_anybody_where_the_decision_itself_fails(
    browsers: dict[str, Client], parts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise RuntimeError("the rules cannot be read")

    monkeypatch.setattr("manyhands.access.seeing.decide", failing)
    browser = browsers["with-a-role"]
    browser.raise_request_exception = False
    for name in ("person", "group"):
        answer = browser.get(address(name, parts))
        assert answer.status_code == 500
        assert "Moss" not in answer.content.decode()
