"""A hand on the keyboard and none on the mouse."""

from playwright.sync_api import Page, expect


class Keyboard:
    """
    Goes about a page by Tab, Enter, Space and the arrows.

    `to` fails where Tab does not lead to the thing, or leads to it with nothing on the screen to show it.
    """

    MOST_TABS = 200

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, role: str, name: str, *, exact: bool = True) -> "Keyboard":
        """Tab, from wherever the focus is, to the thing of that role and name."""
        wanted = self.page.get_by_role(role, name=name, exact=exact).first  # type: ignore[arg-type]
        expect(wanted).to_be_attached()
        for _ in range(self.MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                assert self._in_sight(), f"{role} {name!r} has the focus, out of sight or under something"
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.MOST_TABS} presses of Tab did not lead to the {role} {name!r}")

    def press(self, key: str = "Enter") -> "Keyboard":
        self.page.keyboard.press(key)
        return self

    def write(self, words: str) -> "Keyboard":
        """In place of whatever is in the field."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)
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
                        for (const across of [0.1, 0.5, 0.9]) {
                            const at = document.elementFromPoint(box.x + box.width * across, box.y + box.height / 2);
                            if (at && (has.contains(at) || labels.some((label) => label.contains(at)))) return true;
                        }
                    }
                    return false;
                }"""
            )
        )
