"""
The pictures in the documents, taken from the demo's year as a newcomer first sees it. Without --pictures nothing is
saved, and it is only seen that there is something to take.
"""

from typing import Any

import pytest
from playwright.sync_api import expect

from demo.place import ASHA, GRACE, PRIORY_TEAM, Practitioner
from tests.journeys.conftest import OpenAs

WIDE = {"width": 1280, "height": 860}
HERE = f"/teams/{PRIORY_TEAM.key}"
FOUND = "aged=65&conditions=4&organisations=3&within_months=24"
PICTURES = [  # its name, who sees it, at which address, what is in it, and what stands at the top of it
    ("my-work", GRACE, "/", "To accept or decline", "body"),
    ("board", ASHA, f"{HERE}/", "What is being asked", "body"),
    ("find-people", ASHA, f"{HERE}/find-people?{FOUND}", "Why they are on the list", ".mh-terms"),
    ("proposal", ASHA, f"{HERE}/proposals/pe-memory-direct", "What agreeing needs", ".mh-title"),
    ("hand-over", GRACE, f"{HERE}/hand-over", "Offered to you", "#offered-to-you"),
    ("what-if", ASHA, f"{HERE}/what-if?who=person:{ASHA.key}", "Whom nobody else here knows", "#drill"),
]


@pytest.mark.parametrize(("name", "who", "address", "shows", "top"), PICTURES, ids=[each[0] for each in PICTURES])
def test_there_is_a_picture_to_take(
    a_year: None, open_as: OpenAs, picture: Any, name: str, who: Practitioner, address: str, shows: str, top: str
) -> None:
    page = open_as(who.key, viewport=WIDE)
    page.goto(address)

    expect(page.get_by_role("main")).to_contain_text(shows)
    page.locator(top).first.evaluate("element => element.scrollIntoView()")
    picture(page, name)
