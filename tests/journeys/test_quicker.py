"""Where scripts run, Find people, What if … left? and History answer without loading the page again."""

import pytest
from playwright.sync_api import Page, expect

from demo.place import ASHA, PRIORY_TEAM
from tests.journeys.conftest import OpenAs

HERE = f"/teams/{PRIORY_TEAM.key}"


def ask(page: Page, button: str) -> None:
    """Mark the page, press, and see that the mark is still there: nothing was loaded again."""
    page.evaluate("window.stillTheSame = true")
    page.get_by_role("button", name=button, exact=True).click()


def same(page: Page) -> bool:
    return page.evaluate("window.stillTheSame === true")


@pytest.mark.usefixtures("a_year")
def test_answers_come_into_the_page_with_the_focus_on_their_heading_and_their_own_title(open_as: OpenAs) -> None:
    page = open_as(ASHA.key)

    page.goto(f"{HERE}/find-people")
    ask(page, "Find people")
    expect(page.locator("#found-heading")).to_be_focused()
    assert same(page)
    ask(page, "Find people")  # and once more, over what came before
    expect(page.locator("#found-heading")).to_be_focused()
    assert same(page)

    page.goto(f"{HERE}/what-if")
    page.get_by_label("Who or what might go?").select_option(label=ASHA.name)
    ask(page, "Ask")
    expect(page.locator("#drill-heading")).to_be_focused()
    assert same(page)

    page.goto(f"{HERE}/history")
    page.get_by_text("Look for something").click()
    page.get_by_label("What was done").select_option(label="Agreeing")
    ask(page, "Show")
    expect(page.get_by_role("heading", name="found, newest first")).to_be_focused()
    assert same(page)


@pytest.mark.usefixtures("a_year")
def test_a_mistake_comes_into_the_page_with_the_focus_on_its_summary_and_says_so_in_the_title(open_as: OpenAs) -> None:
    page = open_as(ASHA.key)

    page.goto(f"{HERE}/what-if")
    page.get_by_label("Day", exact=True).fill("40")
    ask(page, "Ask")

    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page).to_have_title("Error: What if … left? – Manyhands")
    assert same(page)

    page.get_by_label("Day", exact=True).fill("")
    page.get_by_label("Who or what might go?").select_option(label=ASHA.name)
    ask(page, "Ask")

    expect(page).to_have_title("What if … left? – Manyhands")
    assert same(page)
