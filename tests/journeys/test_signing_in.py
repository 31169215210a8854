"""Signing in, in a real browser: the second time, with a code from the app; and out of a window left open."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from demo.place import ASHA, GOOD_NEIGHBOURS
from demo.workspace import PASSWORD
from manyhands.exchange.sign_in.providers import Provider
from manyhands.people.models import Person
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


def device_of(page: Page, *, unlocks: bool = True) -> tuple[CDPSession, str]:
    """A device that keeps passkeys, as far as the browser can tell."""
    driver = page.context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    made = driver.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": unlocks,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return driver, made["authenticatorId"]


def test_with_a_passkey_one_is_in_without_a_password_or_a_code(
    page: Page, axe: Callable[..., None], hathermere: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_together(CANAL_STREET, today=clock.today)
    driver, device = device_of(page)
    asha = Somebody(ASHA, page, clock, axe)
    asha.gives_the_password()
    asha.follows("Add a passkey")
    asha.writes("What do you call it?", "My telephone")
    asha.presses("Add a passkey")
    expect(page.locator(".mh-codes li")).to_have_count(10)
    asha.follows("I have them")
    expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()
    page.goto("/your-sign-in")
    asha.sees("My telephone")
    asha.presses("Sign out")

    asha.presses("Sign in with a passkey")
    expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()

    later = time.time() + 301
    monkeypatch.setattr("time.time", lambda: later)
    page.goto("/your-sign-in/app")
    asha.follows("Show a passkey instead")
    asha.presses("Show your passkey")
    asha.sees("Set up an app that makes codes")
    page.goto("/your-sign-in")
    asha.follows("Remove it (My telephone)", exact=False)
    asha.sees("There is something to put right")
    page.goto("/your-sign-in")
    asha.presses("Sign out")

    driver.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="Nothing came from your device")).to_be_visible()
    asha.looks("not unlocked")

    driver.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    asha.gives_the_password()
    asha.presses("Show your passkey")
    expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()
    asha.presses("Sign out")

    close_account_of(ASHA.key)
    asha.presses("Sign in with a passkey")
    asha.sees("does not let you in any more")


def close_account_of(person: str) -> None:
    Person.objects.filter(id=person).update(is_active=False)


def test_a_charitys_worker_comes_in_on_a_sponsors_word_with_a_passkey(
    new_context: Any, watched: Any, axe: Callable[..., None], hathermere: Path, clock: Clock
) -> None:
    come_together(CANAL_STREET, today=clock.today)
    asha = Somebody(ASHA, watched(new_context(viewport=WINDOW)).new_page(), clock, axe)
    asha.signs_in()
    asha.page.goto(f"/teams/{CANAL_STREET.key}/members")
    asha.follows("Vouch for them first")
    asha.writes("Their name", "Gita Rao")
    asha.writes("Their e-mail address", "gita@neighbours.example")
    asha.page.get_by_label("Which organisation do they work for?").select_option(GOOD_NEIGHBOURS)
    asha.says_when("Until when do you vouch for them?", clock.today + timedelta(days=90))
    asha.presses("Vouch for them")
    link = asha.page.locator(".mh-letters").inner_text()

    page = watched(new_context(viewport=WINDOW)).new_page()
    device_of(page)
    gita = Somebody(ASHA, page, clock, axe)
    page.goto(link)
    gita.looks("the link")
    fits_a_phone(page, "the link")
    gita.presses("Come in, and make a passkey")
    gita.presses("Add a passkey")
    gita.follows("I have them")
    expect(page.get_by_role("heading", name="My work", exact=True)).to_be_visible()
    gita.presses("Sign out")
    gita.presses("Sign in with a passkey")
    expect(page.get_by_role("banner")).to_contain_text("Gita Rao")

    page.goto(link)
    gita.sees("no longer good")
    gita.looks("used")
