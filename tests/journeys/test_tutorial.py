"""
The tutorial on deciding, done as it is written, in the demo: every step works, and every word in bold is on the pages.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.scene import Clock

TUTORIAL = (Path(__file__).parent.parent.parent / "docs" / "tutorials" / "your-first-decision.md").read_text()
BOLD = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", TUTORIAL, re.DOTALL)}
WRITTEN = {" ".join(words.split()) for words in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", TUTORIAL)}
QUESTION = "Shall one of us visit each week on behalf of all?"
VISIT = "Visit each person once a week"
RING = "Ring the office before and after each visit"


class Newcomer:
    """Somebody with the tutorial beside them and a mouse; remembers which of its words they have used."""

    def __init__(self, page: Page, clock: Clock) -> None:
        self.page, self.clock = page, clock
        self.main = page.get_by_role("main")
        self.used: set[str] = set()

    def presses(self, name: str) -> None:
        self.used.add(name)
        self.clock.later(minutes=1)
        self._pressable(name).first.click()

    def _pressable(self, name: str) -> Locator:
        """What the newcomer would press: in the page if it is there, else in what stands around it."""
        roles: tuple[Any, ...] = ("button", "link")
        inside = [self.main.get_by_role(role, name=name, exact=True) for role in roles]
        around = self.page.get_by_role("link", name=name, exact=True)
        return next((found for found in inside if found.count()), around)

    def steps_into(self, name: str) -> None:
        self.used.add(name)
        self.main.get_by_role("button").filter(has_text=name).first.click()
        expect(self.main).to_contain_text(f"You are {name} now")

    def becomes(self, name: str) -> None:
        self.presses("Step into somebody else")
        self.steps_into(name)

    def sees(self, words: str) -> None:
        self.used.add(words)
        expect(self.main.get_by_role("heading").filter(has_text=words).first).to_be_visible()

    def opens(self, words: str) -> None:
        self.used.add(words)
        self.main.locator("summary").filter(has_text=words).first.click()

    def writes(self, field: str, words: str, inside: Locator | None = None) -> None:
        self.used |= {field, words}
        (inside or self.main).get_by_role("textbox", name=field, exact=True).first.fill(words)

    def chooses(self, field: str, words: str, inside: Locator | None = None) -> None:
        self.used |= {field, words}
        box = (inside or self.main).get_by_role("combobox", name=field, exact=True).first
        box.select_option(
            label=next(each for each in box.locator("option").all_inner_texts() if each.startswith(words))
        )

    def says_when(self, field: str, days: int, inside: Locator | None = None) -> None:
        self.used.add(field)
        day = self.clock.today + timedelta(days)
        boxes = (inside or self.main).get_by_role("group", name=field, exact=True)
        for box, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_role("textbox", name=box, exact=True).fill(str(number))

    def leaves_ticked(self, field: str, *names: str) -> None:
        self.used |= {field, *names}
        boxes = self.main.get_by_role("group", name=field)
        for name in boxes.locator("label").all_inner_texts():
            boxes.get_by_role("checkbox", name=name, exact=True).set_checked(name in names, force=True)

    def responsibility(self, number: int, what: str, role: str, deputy: str) -> None:
        row = self.main.get_by_role("group", name=f"Responsibility {number}", exact=True)
        self.writes("What is to be done?", what, row)
        self.chooses("Which role holds it?", role, row)
        self.chooses("Which role stands in?", deputy, row)
        self.says_when("When is the first check?", 14, row)


def test_the_tutorial_is_done_as_it_is_written(a_year: None, open_as: Callable[..., Page], clock: Clock) -> None:
    someone = Newcomer(open_as(None, viewport={"width": 1280, "height": 900}), clock)
    someone.page.goto("/")

    finds_and_proposes(someone)
    is_heard_and_changes_it(someone)
    agrees_and_takes_it_on(someone)

    assert BOLD - someone.used == set()
    assert {words for words in WRITTEN - someone.used if not re.match(r"make$|PORT=|var$", words)} == set()


def finds_and_proposes(someone: Newcomer) -> None:
    someone.presses("Step into one of the made-up people")
    someone.steps_into("Asha Nair")
    someone.sees("My work")
    someone.page.get_by_role("link", name="Find people", exact=True).click()
    someone.presses("Find people")
    for number in range(3):
        someone.main.get_by_role("checkbox").nth(number).check(force=True)
    someone.writes("What is the group called?", "First visits")
    someone.presses("Make the group")

    someone.presses("Propose something for them")
    someone.writes("What is the question?", QUESTION)
    someone.writes("Option 1", "One weekly visit, shared between us")
    someone.leaves_ticked(
        "Which organisations does it affect?",
        "Wendmoor Community Health NHS Trust",
        "Priory End Surgery",
        "Wendmoor Council Adult Social Care",
    )
    someone.responsibility(1, VISIT, "Social worker", "Community matron")
    someone.says_when("Day of the review", 90)
    someone.chooses("Which role owes the review?", "Care coordinator")
    someone.presses("Propose")
    someone.sees("What agreeing needs")
    someone.sees("Your answer")
    someone.opens("Consent")
    someone.presses("Consent")


def is_heard_and_changes_it(someone: Newcomer) -> None:
    someone.becomes("Carol Hughes")
    someone.sees("To be heard on")
    someone.presses(QUESTION)
    someone.opens("Safety concern")
    someone.writes("What harm, to whom?", "Visiting alone after dark puts our staff at risk")
    someone.presses("Raise this safety concern")
    someone.becomes("Ines Roy")
    someone.presses(QUESTION)
    someone.opens("Consent")
    someone.presses("Consent")
    expect(someone.main).to_contain_text("Social worker (deputy)")

    someone.becomes("Asha Nair")
    expect(someone.main).to_contain_text("1 safety concern")
    someone.presses(QUESTION)
    someone.presses("Change the proposal")
    someone.presses("Add another responsibility")
    someone.responsibility(2, RING, "GP lead, Priory End", "Community matron")
    someone.writes("What did you change, and why?", "Nobody visits without the office knowing")
    someone.presses("Change the proposal")
    someone.presses("Confirm: Consent")
    someone.becomes("Carol Hughes")
    someone.presses(QUESTION)
    someone.sees("What changed since you answered")
    someone.presses("My concern is met: close it and consent")
    someone.becomes("Ines Roy")
    someone.presses(QUESTION)
    someone.presses("Confirm: Consent")


def agrees_and_takes_it_on(someone: Newcomer) -> None:
    someone.becomes("Asha Nair")
    someone.presses(QUESTION)
    someone.presses("Agree")
    someone.becomes("Carol Hughes")
    someone.sees("To accept or decline")
    someone.presses(RING)
    someone.presses("Take it on")
    someone.becomes("Ines Roy")
    someone.presses(VISIT)
    someone.presses("Take it on")

    someone.presses("Team")
    someone.sees("What is agreed")
    someone.sees("What is held")
    someone.used.add("Show all")
    someone.page.locator("#held").get_by_role("link", name="Show all").first.click()
    expect(someone.page.locator("#agreed")).to_contain_text(QUESTION)
    expect(someone.page.locator("#held")).to_contain_text(VISIT)
    expect(someone.page.locator("#held")).to_contain_text(RING)
    someone.presses("What if … left?")
    someone.chooses("Who or what might go?", "Asha Nair")
    someone.presses("Ask")
    expect(someone.main).to_contain_text("If Asha Nair left")
    expect(someone.main).to_contain_text("Whom nobody else here knows")
