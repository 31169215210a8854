"""Signing in, in a real browser: the second time, with a code from the app; and out of a window left open."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from demo.place import ASHA
from tests.journeys.conftest import WINDOW
from tests.journeys.people import Somebody
from tests.journeys.scene import CANAL_STREET, Clock, come_together
from tests.journeys.test_the_loop import fits_a_phone
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
