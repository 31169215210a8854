"""
People at their own browsers: what each does on the pages, by keyboard alone, in the words that are on the buttons.

After each step the page is looked at, as the journey says (`look`): by axe, and in a window as narrow as a phone.
"""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Locator, Page, expect

from demo.place import Practitioner
from demo.workspace import PASSWORD
from tests.journeys.keyboard import Keyboard
from tests.journeys.scene import Clock
from tests.workspace.workplace import code_for

Look = Callable[[Page, str], None]


class Somebody:
    """One person in front of their own window."""

    def __init__(self, who: Practitioner, page: Page, clock: Clock, look: Look) -> None:
        self.who, self.page, self.clock, self._look = who, page, clock, look
        self.hand = Keyboard(page)
        self.app = ""

    # ---- about any page ----

    def looks(self, state: str = "") -> None:
        self._look(self.page, state or "as it opens")

    def follows(self, link: str, *, exact: bool = True, inside: Locator | None = None) -> None:
        """Go where a link leads, by Tab and Enter."""
        self.hand.to("link", link, exact=exact, inside=inside)
        with self.page.expect_navigation():
            self.hand.press()
        self.looks(f"after following {link!r}")

    def presses(self, button: str, *, inside: Locator | None = None) -> None:
        """Press a button that sends a form; a minute passes."""
        self.clock.later(minutes=1)
        self.hand.to("button", button, inside=inside)
        with self.page.expect_navigation():
            self.hand.press()
        self.looks(f"after pressing {button!r}")

    def opens(self, summary: str, *, inside: Locator | None = None) -> Locator:
        """Open what is folded away under some words; gives what was in it."""
        folded = (
            (inside or self.page).locator("details").filter(has=self.page.locator("summary", has_text=summary)).first
        )
        self.hand.to_the(folded.locator("summary"), summary).press()
        expect(folded).to_have_attribute("open", "")
        self.looks(f"with {summary!r} open")
        return folded

    def writes(self, field: str, words: str, *, inside: Locator | None = None) -> None:
        self.hand.to("textbox", field, inside=inside).write(words)

    def ticks_only(self, field: str, *names: str) -> None:
        """Of several boxes, those and no others, whatever was ticked before; by Tab and Space."""
        boxes = self.page.get_by_role("group", name=field)
        for name in boxes.locator("label").all_inner_texts():
            if boxes.get_by_role("checkbox", name=name, exact=True).is_checked() != (name in names):
                self.hand.to("checkbox", name, inside=boxes).press("Space")

    def is_told(self, words: str) -> None:
        """The message of what was done, which a screen reader says."""
        expect(self.page.get_by_role("status").first).to_contain_text(words)

    def sees(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def is_asked_to_put_right(self, *reasons: tuple[str, str]) -> None:
        """
        The page says so at its head and in its title, and with scripts that has the focus; the link of each reason
        leads to its field without them too. A reason is about a field, by its label, or ("") about none.
        """
        summary = self.page.locator(".nhsuk-error-summary")
        assert self.page.title().startswith("Error: ")
        if self.page.evaluate("document.body.classList.contains('js-enabled')"):
            expect(summary).to_be_focused()
        for words, field in reasons:
            expect(summary).to_contain_text(words)
            if field:
                self.hand.to_the(summary.get_by_role("link").filter(has_text=words).first, words).press()
                expect(self.page.get_by_label(field, exact=True).first).to_be_in_viewport()
                self.hand.to_the(self.page.get_by_label(field, exact=True).first, field)

    def reloads_and_goes_back_and_forward(self) -> None:
        """What people do when unsure whether it worked."""
        self.page.reload()
        self.page.go_back()
        self.page.go_forward()

    # ---- the pages ----

    def signs_in(self) -> None:
        """For the first time: with the password, and then with an app that makes codes, which is set up now."""
        self.gives_the_password()
        self.follows("Set up an app that makes codes")
        self.app = self.page.locator(".mh-letters").inner_text().replace(" ", "")
        self.writes("Code", code_for(self.app))
        self.presses("Set up the app")
        expect(self.page.locator(".mh-codes li")).to_have_count(10)
        self.follows("I have them")
        expect(self.page.get_by_role("heading", name="My work", exact=True)).to_be_visible()

    def signs_in_again(self) -> None:
        """Some other day: with the password, and the code that the app shows then."""
        self.gives_the_password()
        self.writes("Code", code_for(self.app, later=1))  # a code works once, and the real clock has hardly moved
        self.presses("Go on")

    def gives_the_password(self) -> None:
        self.page.goto("/sign-in")
        self.writes("Email address", self.who.email)
        self.writes("Password", PASSWORD)
        self.presses("Sign in")

    def goes_to(self, page: str) -> None:
        """By the navigation that is on every page."""
        self.follows(page, inside=self.page.get_by_role("navigation", name="Menu"))

    def answers(self, position: str, button: str, because: tuple[str, str] | None = None) -> None:
        """Take a position on the proposal that is open here."""
        place = self.opens(position)
        if because is not None:
            self.writes(*because, inside=place)
        self.presses(button, inside=place)

    def says_when(self, field: str, day: date) -> None:
        self.hand.write_day(field, day)
