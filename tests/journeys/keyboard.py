"""A hand on the keyboard and none on the mouse."""

from datetime import date

from playwright.sync_api import Locator, Page, expect


class Keyboard:
    """
    Goes about a page by Tab, Enter, Space, the arrows and letters.

    `to` fails where Tab does not lead to the thing, or leads to it with nothing on the screen to show it.
    """

    MOST_TABS = 300

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, role: str, name: str, *, exact: bool = True, inside: Locator | None = None) -> "Keyboard":
        """Tab, from wherever the focus is, to the thing of that role and name."""
        place = inside or self.page
        return self.to_the(place.get_by_role(role, name=name, exact=exact).first, f"{role} {name!r}")  # type: ignore[arg-type]

    def to_the(self, wanted: Locator, what: str = "it") -> "Keyboard":
        """Tab to a thing that has been found already."""
        expect(wanted).to_be_attached()
        thing = wanted.element_handle()
        for _ in range(self.MOST_TABS):
            if thing.evaluate("element => element === document.activeElement"):
                assert self._in_sight(), f"{what} has the focus, out of sight or under something"
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.MOST_TABS} presses of Tab did not lead to the {what}")

    def press(self, key: str = "Enter") -> "Keyboard":
        self.page.keyboard.press(key)
        return self

    def write(self, words: str) -> "Keyboard":
        """In place of whatever is in the field."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)
        return self

    def choose(self, name: str, option: str, *, inside: Locator | None = None) -> "Keyboard":
        """In a list that drops down, by typing what the option begins with."""
        self.to("combobox", name, inside=inside)
        self.page.keyboard.type(option)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].text")
        assert chosen.startswith(option), f"typing {option!r} in {name!r} chose {chosen!r}"
        return self

    def pick(self, name: str, *, inside: Locator | None = None) -> "Keyboard":
        """One of several radio buttons: Tab leads to one of them, the arrows to the others."""
        wanted = (inside or self.page).get_by_role("radio", name=name, exact=True).first
        group = wanted.get_attribute("name")
        for _ in range(self.MOST_TABS):
            if self.page.evaluate("document.activeElement.name") == group:
                break
            self.page.keyboard.press("Tab")
        for _ in range(20):
            if wanted.is_checked():
                return self
            at = self.page.evaluate("document.activeElement.value")
            self.page.keyboard.press("Space" if at == wanted.get_attribute("value") else "ArrowDown")
        raise AssertionError(f"the arrows did not lead to {name!r}")

    def write_day(self, name: str, day: date, *, inside: Locator | None = None) -> "Keyboard":
        """In the three boxes of a day."""
        boxes = (inside or self.page).get_by_role("group", name=name, exact=True)
        for box, words in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.to("textbox", box, inside=boxes).write(str(words))
        return self

    def _in_sight(self) -> bool:
        """
        Whether some part of what has the focus can be seen (WCAG 2.4.11): in the window, and not covered. For a
        radio or a checkbox, drawn by its label, the label may be what is found there.
        """
        return bool(
            self.page.evaluate(
                """() => {
                    const has = document.activeElement;
                    const labels = has.labels ? Array.from(has.labels) : [];
                    for (const box of has.getClientRects()) {
                        for (const across of [0.1, 0.5, 0.9]) for (const down of [0.1, 0.5, 0.9]) {
                            const at = document.elementFromPoint(box.x + box.width * across, box.y + box.height * down);
                            if (at && (has.contains(at) || labels.some((label) => label.contains(at)))) return true;
                        }
                    }
                    return false;
                }"""
            )
        )
