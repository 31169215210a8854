"""
A real browser, and what people who use it differently need.

    page              a window 1280 wide, over `live_server`
    without_scripts   a window in which scripts do not run
    phone             a window 320 wide, which is also what 400 % magnification of a 1280 window shows
    axe               axe(page, "with errors"): fails with every breach of WCAG 2.2 AA that axe can see
    keyboard          keyboard(page).to("button", "Propose"): goes there by Tab alone
    picture           picture(page, "board"): saves docs/images/board.png when pytest is run with --pictures
    clock             what the site takes for the time: clock.later(days=1)
    hathermere        the site reads the records of a small made-up place (scene.py)
    a_year            the demo's two teams over those records, with a year behind them
    open_as           open_as("asha-nair"): a window in which she has signed in already

Any window fails its test at the end if the page broke its content security policy or a script failed in it.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from demo.place import ESI, HAMID, PRIORY_TEAM
from demo.workspace import furnish
from manyhands.people.models import Person
from tests.journeys import scene
from tests.journeys.keyboard import Keyboard
from tests.workspace.workplace import sign_in

IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
WINDOW = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",  # the sandbox does not start as root, as in most containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # off unless asked for
    "resultTypes": ["violations"],
    "preload": False,
}

expect.set_options(timeout=15_000)  # where every processor is busy with other tests, five seconds are not always enough


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = os.environ.get("MANYHANDS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        pytest.skip(
            "The journeys in a browser did not run: there is no Chromium on this machine. Install the system's "
            "package `chromium`, or say where one is in MANYHANDS_CHROMIUM."
        )
    return {"executable_path": chromium, "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(live_server: Any) -> dict[str, Any]:
    return {
        "base_url": live_server.url,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def watched() -> Iterator[Callable[[BrowserContext], BrowserContext]]:
    """Whatever the browser complains of in a window is kept, and fails the test at its end."""
    complaints: list[str] = []

    def watch(context: BrowserContext) -> BrowserContext:
        context.on("weberror", lambda error: complaints.append(f"a script failed: {error.error}"))
        context.on(
            "console",
            lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None,
        )
        return context

    yield watch
    assert complaints == []


@pytest.fixture
def context(new_context: Any, watched: Any) -> BrowserContext:
    return watched(new_context(viewport=WINDOW))


@pytest.fixture
def without_scripts(new_context: Any, watched: Any) -> Page:
    return watched(new_context(viewport=WINDOW, java_script_enabled=False)).new_page()


@pytest.fixture
def phone(new_context: Any, watched: Any) -> Page:
    return watched(new_context(viewport=PHONE, has_touch=True)).new_page()


@pytest.fixture
def axe() -> Callable[..., None]:
    """Scripts sent by the driver are not the page's, so its policy stays in force while axe looks at it."""

    def look(page: Page, state: str = "") -> None:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(f"axe.run({json.dumps(OPTIONS)})")["violations"]
        said = [
            f"{each['id']} ({each['impact']}): {each['help']}\n"
            + "\n".join(f"    {node['html'][:200]}" for node in each["nodes"])
            for each in found
        ]
        assert not said, f"{page.url} {state}\n" + "\n".join(said)

    return look


@pytest.fixture
def keyboard() -> type[Keyboard]:
    return Keyboard


@pytest.fixture
def picture(pytestconfig: pytest.Config) -> Callable[..., None]:
    def take(page: Page, name: str, *, whole: bool = False) -> None:
        if pytestconfig.getoption("--pictures"):
            IMAGES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=IMAGES / f"{name}.png", full_page=whole)

    return take


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The records of a few hundred residents, loaded once; for the pictures, of as many as the demo has."""
    people = 3000 if pytestconfig.getoption("--pictures") else 300
    return scene.write_and_load(tmp_path_factory.mktemp("hathermere"), people)


@pytest.fixture
def hathermere(store: Path, settings: Any, transactional_db: None) -> Path:
    scene.settle(settings, store)
    return store


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> scene.Clock:
    """The live server runs in this process, so what is told here is told to the site."""
    clock = scene.Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def a_year(hathermere: Path, clock: scene.Clock, settings: Any) -> None:
    """The demo's teams, with Esi invited to one of them."""
    settings.DEMO = True
    furnish(clock.today, ours=True)
    scene.invites(PRIORY_TEAM, ESI, clock)
    scene.sets_up_an_app(HAMID)
    scene.asks_a_partner(PRIORY_TEAM, clock)


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(new_context: Any, watched: Any, live_server: Any) -> OpenAs:
    """A window in which somebody has signed in already: open_as("asha-nair", viewport=…); nobody with None."""

    def open_as(person: str | None, **window: Any) -> Page:
        context = watched(new_context(**window))
        if person is not None:
            client = Client()
            sign_in(client, Person.objects.get(id=person))
            cookie = client.cookies[site.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context.new_page()

    return open_as
