"""Signing in, in a real browser: the second time, with a code from the app; and out of a window left open."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo.place import ASHA
from demo.workspace import PASSWORD
from manyhands.exchange.sign_in.providers import Provider
from tests.journeys.conftest import WINDOW
from tests.journeys.people import Somebody
from tests.journeys.scene import CANAL_STREET, Clock, come_together
from tests.journeys.test_the_loop import fits_a_phone
from tests.workspace import identity_providers
from tests.workspace.workplace import code_for


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_second_time_one_signs_in_with_a_password_and_a_code(
    new_context: Any, watched: Any, axe: Callable[..., None], hathermere: Path, clock: Clock, scripts: bool
) -> None:
    come_together(CANAL_STREET, today=clock.today)
    page = watched(new_context(viewport=WINDOW, java_script_enabled=scripts)).new_page()
    asha = Somebody(ASHA, page, clock, axe if scripts else fits_a_phone)
    asha.signs_in()
    asha.presses("Sign out")

    asha.gives_the_password()
    asha.writes("Code", "123")
    asha.presses("Go on")
    asha.is_asked_to_put_right(("This code does not fit", "Code"))
    asha.writes("Code", code_for(asha.app, later=1))
    asha.presses("Go on")

    expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_with_an_identity_provider_one_is_told_how_to_tie_an_account_and_then_gets_in(
    new_context: Any,
    watched: Any,
    axe: Callable[..., None],
    hathermere: Path,
    clock: Clock,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    scripts: bool,
) -> None:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    come_together(CANAL_STREET, today=clock.today)
    page = watched(new_context(viewport=WINDOW, java_script_enabled=scripts)).new_page()
    asha = Somebody(ASHA, page, clock, axe if scripts else fits_a_phone)
    with identity_providers.council() as issuer:
        settings.IDENTITY_PROVIDERS = {"council": Provider("council", "Wendmoor Council", issuer, "ours", secret="s")}

        def shows_who_she_is_there() -> None:
            page.get_by_role("textbox", name="sub").fill("asha-at-the-council")
            page.get_by_role("textbox", name="sub").press("Enter")

        page.goto("/sign-in")
        page.get_by_role("link", name="Sign in with Wendmoor Council").click()
        shows_who_she_is_there()
        asha.sees("This sign-in is not tied to an account yet")
        asha.looks()

        asha.signs_in()
        page.goto("/your-sign-in")
        asha.looks()
        page.get_by_role("link", name="Sign in with Wendmoor Council from now on").click()
        shows_who_she_is_there()
        asha.is_told("From now on you can sign in with Wendmoor Council.")
        asha.looks()
        asha.presses("Sign out")
        page.get_by_role("link", name="Sign in with Wendmoor Council").click()
        shows_who_she_is_there()

        expect(page.get_by_role("heading", name="Enter your code")).to_be_visible()

        page.goto("/sign-in/with/council/back")
        asha.sees("did not work")
        asha.looks()


def test_one_is_warned_before_the_session_ends_can_go_on_and_loses_nothing_where_one_does_not(
    page: Page, axe: Callable[..., None], hathermere: Path, clock: Clock, settings: Any
) -> None:
    come_together(CANAL_STREET, today=clock.today)
    asha = Somebody(ASHA, page, clock, axe)
    asha.signs_in()
    settings.SESSION_IDLE_SECONDS = 125
    here = f"/teams/{CANAL_STREET.key}/matters/new"
    page.goto(here)
    asha.writes("What do you want to raise?", "They fall on the stairs")

    ending = page.get_by_role("alert").filter(has_text="You will be signed out in two minutes")
    expect(ending).to_be_visible(timeout=20_000)
    asha.looks("about to end")
    page.get_by_role("button", name="Stay signed in").click()
    settings.SESSION_IDLE_SECONDS = 1
    page.wait_for_timeout(1500)
    asha.presses("Raise it")
    asha.sees("Sign in to Manyhands")
    asha.looks("signed out")
    settings.SESSION_IDLE_SECONDS = 1800

    asha.writes("Email address", ASHA.email)
    asha.writes("Password", PASSWORD)
    asha.presses("Sign in")
    asha.writes("Code", code_for(asha.app, later=1))
    asha.presses("Go on")
    asha.is_told("in its form again")
    expect(page.get_by_role("textbox", name="What do you want to raise?")).to_have_value("They fall on the stairs")
    asha.presses("Raise it")
    asha.sees("They fall on the stairs")
