"""The frame of every page in a real browser: all its parts, as each person may meet them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.urls("tests.site.addresses")


@pytest.mark.parametrize("address", ["/", "/?with=errors", "/nowhere"])
def test_axe_finds_nothing_wrong(page: Page, axe: Callable[..., None], address: str) -> None:
    page.goto(address)

    axe(page)


@pytest.mark.parametrize("address", ["/", "/?with=errors"])
def test_nothing_is_wider_than_a_phone_or_than_the_page_magnified_four_times(
    phone: Page, axe: Callable[..., None], address: str
) -> None:
    phone.goto(address)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    axe(phone, "320 wide")


@pytest.mark.parametrize("width", [480, 768, 1024, 1280, 1920])
def test_nothing_sticks_out_of_a_window_of_any_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/?with=errors")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_to_be_put_right_has_the_focus_and_leads_to_its_field(page: Page, keyboard: type[Keyboard]) -> None:
    page.goto("/?with=errors")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()

    keyboard(page).to("link", "Say when to look again").press()

    expect(page.get_by_label("Day")).to_be_focused()


def test_a_form_is_filled_in_and_sent_by_keyboard_alone(page: Page, keyboard: type[Keyboard]) -> None:
    page.goto("/")

    hand = keyboard(page)
    hand.to("link", "Skip to main content").press()
    hand.to("textbox", "What is being asked?").write("Shall we visit weekly?")
    hand.to("radio", "Consent").press("ArrowDown")
    hand.to("checkbox", "Practice").press("Space")
    hand.to("button", "Propose")

    expect(page.get_by_label("What is being asked?")).to_have_value("Shall we visit weekly?")
    expect(page.get_by_label("Object")).to_be_checked()
    expect(page.get_by_label("Practice")).to_be_checked()


def test_htmx_adds_no_style_of_its_own_and_keeps_no_page(page: Page) -> None:
    page.goto("/")
    page.wait_for_function("window.htmx !== undefined")

    assert page.evaluate("htmx.config.includeIndicatorCSS") is False
    assert page.evaluate("htmx.config.history") == "reload"
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_without_scripts_the_page_is_all_there(without_scripts: Page) -> None:
    without_scripts.goto("/")

    expect(without_scripts.get_by_role("heading", name="All the parts")).to_be_visible()
    expect(without_scripts.get_by_role("button", name="Propose")).to_be_visible()
    expect(without_scripts.get_by_role("link", name="Team", exact=True)).to_be_visible()


def test_a_broken_policy_would_be_seen(new_context, live_server) -> None:
    complaints: list[str] = []
    context = new_context()
    context.on("console", lambda message: complaints.append(message.text))
    page = context.new_page()
    page.goto("/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_timeout(200)

    assert any("Content Security Policy" in each for each in complaints)
