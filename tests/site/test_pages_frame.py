"""What every page has, and the pages for when something is amiss."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.site.addresses"), pytest.mark.django_db]


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def test_a_page_tells_the_browser_to_keep_nothing_and_trust_nothing(browser: Client) -> None:
    headers = browser.get("/").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "script-src 'self' 'sha256-" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/forbidden", 403, "This page is not open to you"),
        ("/suspicious", 400, "That request could not be read"),
        ("/failing/jones", 500, "Something went wrong here"),
    ],
)
def test_whatever_goes_wrong_is_said_plainly_and_gives_nothing_away(
    browser: Client, address: str, status: int, heading: str
) -> None:
    answer = browser.get(address)

    assert answer.status_code == status
    assert f'<h1 class="nhsuk-heading-l">{heading}</h1>' in answer.content.decode()
    assert "Jones" not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_from_another_site_is_refused_plainly() -> None:
    answer = Client(enforce_csrf_checks=True).post("/")

    assert answer.status_code == 403
    assert "Please send that again" in answer.content.decode()


def test_with_something_to_put_right_the_title_says_so_first_and_each_link_leads_to_its_field(browser: Client) -> None:
    page = browser.get("/?with=errors").content.decode()

    assert "<title>Error: All the parts – Manyhands</title>" in page
    summary = page[page.index('class="nhsuk-error-summary"') :]
    fields = re.findall(r'<a href="#(\w+)">', summary.split("</ul>")[0])
    assert fields == ["question", "position", "organisations", "review_on"]
    for field in fields:
        assert re.search(rf'<input [^>]*id="{field}"', page), field


def test_without_anything_to_put_right_there_is_no_word_of_it(browser: Client) -> None:
    page = browser.get("/").content.decode()

    assert "<title>All the parts – Manyhands</title>" in page
    assert "error-summary" not in page


def test_what_people_wrote_is_never_markup(browser: Client) -> None:
    assert "&lt;b&gt;because&lt;/b&gt;" in browser.get("/").content.decode()


def test_the_demonstration_says_that_it_is_one(browser: Client, settings) -> None:
    settings.DEMO = True
    assert "Made-up people" in browser.get("/").content.decode()

    settings.DEMO_RECORDS = "fhir-older-multimorbid"
    assert "over the records in fhir-older-multimorbid" in browser.get("/").content.decode()

    settings.DEMO = False
    assert "Demonstration" not in browser.get("/").content.decode()


def test_no_nhs_logo_and_no_word_that_it_is_the_nhs(browser: Client) -> None:
    page = browser.get("/").content.decode()

    assert "nhsuk-header__logo" not in page
    assert "NHS England" not in page
