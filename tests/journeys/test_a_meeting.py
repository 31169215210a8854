"""A whole meeting with three browsers at once: what one does is on the screens of the others within two seconds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from demo.place import ASHA, BEN, FEMI, JOYCE, PRIORY_TEAM
from tests.journeys.conftest import OpenAs
from tests.journeys.scene import Clock

HERE = f"/teams/{PRIORY_TEAM.key}/meetings/pe-hour-next"
SOON = 2_000
"""Milliseconds."""


def there(page: Page) -> Any:
    return page.locator(".mh-there")


def test_three_people_meet_and_see_what_the_others_do(
    a_year: None, clock: Clock, open_as: OpenAs, axe: Callable[..., None], picture: Callable[..., None]
) -> None:
    clock.now += timedelta(days=3)
    chair, nurse, doctor = (open_as(each.key, viewport={"width": 1280, "height": 900}) for each in (BEN, ASHA, FEMI))
    for page in (chair, nurse, doctor):
        page.goto(HERE)
    axe(chair, "before it begins")

    chair.get_by_label("Chairs").check()
    chair.get_by_role("button", name="I am here").click()
    expect(there(chair)).to_contain_text(BEN.name)

    expect(there(nurse)).to_contain_text(BEN.name, timeout=SOON)
    nurse.get_by_label("Records what is said").check()
    nurse.get_by_role("button", name="I am here").click()
    expect(there(chair)).to_contain_text(ASHA.name, timeout=SOON)

    nurse.get_by_label("Who else is there, in the room or on the telephone?").select_option(JOYCE.key)
    nurse.get_by_role("button", name="They are here").click()
    expect(there(doctor)).to_contain_text(JOYCE.name, timeout=SOON)
    expect(doctor.locator("#meeting-said")).to_contain_text(JOYCE.name)

    doctor.get_by_label("What is to be talked about?").fill("Who covers the eye clinic")
    nurse.get_by_role("link", name="Record how it ended").first.click()
    expect(nurse.get_by_role("heading", name="How did this end?")).to_be_visible()

    nurse.get_by_label("What was said?").fill("Nobody has heard from them. Ben rings on Monday.")
    axe(nurse, "recording")
    picture(nurse, "meeting")
    nurse.get_by_role("button", name="Put it in the minutes").click()
    expect(doctor.locator(".mh-agenda")).to_contain_text("Ben rings on Monday", timeout=SOON)

    # What is being typed is not swept away by what comes in.
    expect(doctor.get_by_label("What is to be talked about?")).to_have_value("Who covers the eye clinic")
    doctor.get_by_role("button", name="Put it on").click()
    expect(chair.locator(".mh-agenda")).to_contain_text("Who covers the eye clinic", timeout=SOON)


def test_without_scripts_the_page_is_looked_at_again_by_a_link(
    a_year: None, clock: Clock, open_as: OpenAs, axe: Callable[..., None]
) -> None:
    clock.now += timedelta(days=3)
    page = open_as(BEN.key, viewport={"width": 320, "height": 640}, java_script_enabled=False)

    page.goto(HERE)
    page.get_by_role("button", name="I am here").click()
    expect(there(page)).to_contain_text(BEN.name)
    page.get_by_role("link", name="Look again").click()

    expect(there(page)).to_contain_text(BEN.name)
