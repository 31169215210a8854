"""A walk over many pages, that goes on after the first one with something wrong."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from playwright.sync_api import Page, Response

PHONE = {"width": 320, "height": 640}
WINDOW = {"width": 1280, "height": 900}
MOST_TABS = 400
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.removeAttribute('name'); each.open = true; })"

NEXT_STOP = """() => {
    // How something looks, with what is drawn for it: its label's box, its summary's words, its parts.
    const looks = (element) => [element, ...(element.labels || []), ...element.querySelectorAll('*')].slice(0, 12).map(
        (part) => ['', '::before', '::after'].map((pseudo) => {
            const style = getComputedStyle(part, pseudo || null);
            return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
                    style.borderTopColor, style.borderTopWidth, style.color, style.textDecorationLine].join(' ');
        }).join('|')).join('||');
    const before = window.mhStop;
    const has = document.activeElement;
    let unseen = '';
    if (before && before.element.isConnected && before.element !== has && looks(before.element) === before.looks) {
        unseen = before.element.outerHTML.slice(0, 160);
    }
    const nowhere = !has || has === document.body || has === document.documentElement;
    window.mhStop = nowhere ? null : {element: has, looks: looks(has)};
    if (nowhere) return {nowhere, unseen, hidden: ''};
    const labels = has.labels ? Array.from(has.labels) : [];
    let hidden = has.outerHTML.slice(0, 160);
    for (const box of has.getClientRects()) {
        for (const across of [0.02, 0.1, 0.5, 0.9]) for (const down of [0.1, 0.3, 0.5, 0.7, 0.9]) {
            const at = document.elementFromPoint(box.x + box.width * across, box.y + box.height * down);
            if (at && (has.contains(at) || labels.some((label) => label.contains(at)))) hidden = '';
        }
    }
    return {nowhere, unseen, hidden};
}"""
"""Where Tab has led: whether what has the focus can be seen, and whether what had it before looked different then."""


FORMS = """() => [...document.querySelectorAll('main form[method=post]')].map((form) => {
    const which = ['do', 'kind'].map((name) => form.elements[name] && form.elements[name].type === 'hidden'
        ? form.elements[name].value : '').join('');
    const written = form.querySelector('textarea, input[type=text], input[type=email], input[type=password]');
    const address = new URL(form.action).pathname.split('/');
    const last = address.slice(address.at(-1) === 'new' ? -2 : -1).join('/');
    return written && !form.dataset.passkey ? last + (which && '-' + which) : '';
})"""
"""Each form by what it is for; "" where there is nothing to write in it, or a device writes it."""

SEND_EMPTY = """(number) => {
    const form = document.querySelectorAll('main form[method=post]')[number];
    for (const box of form.querySelectorAll('textarea, input[type=text], input[type=email]')) box.value = '';
    form.requestSubmit([...form.elements].filter((each) => each.type === 'submit').at(-1));
}"""

DEAD_LINKS = """() => [...document.querySelectorAll('.nhsuk-error-summary a')].filter((link) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return true;
    link.click();
    return document.activeElement !== field && !field.contains(document.activeElement);
}).map((link) => link.outerHTML)"""
"""Links of the error summary that do not put the focus in a field."""


class Place(Protocol):
    """An address, who opens it, and what it is called in a complaint."""

    @property
    def address(self) -> str: ...
    @property
    def person(self) -> str | None: ...
    @property
    def said(self) -> str: ...


class Walk:
    """Opens places one after the other, each person in one window, and gathers what is wrong."""

    def __init__(self, open_as: Callable[..., Page], axe: Callable[..., None]) -> None:
        self._open_as, self._axe = open_as, axe

    def in_a_window(self, places: Iterable[Place]) -> None:
        """Fails with what axe finds with everything unfolded, and with what sticks out of the window."""
        wrong = [each for page, place in self._opened(places, WINDOW) for each in self._in_a_window(page, place)]
        assert not wrong, "\n\n".join(wrong)

    def on_a_phone(self, places: Iterable[Place]) -> None:
        """Fails with what is wider than a phone, and with each stop of Tab that cannot be seen."""
        wrong = [each for page, place in self._opened(places, PHONE) for each in _on_a_phone(page, place)]
        assert not wrong, "\n\n".join(wrong)

    def forms_sent_empty(self, places: Iterable[Place]) -> set[str]:
        """
        Sends each form in which something is to be written, with nothing written, and fails with what is wrong with
        the page that comes back. Gives the forms that were refused, by the last part of their address.
        """
        wrong: list[str] = []
        tried: set[str] = set()
        refused: set[str] = set()
        for page, place in self._opened(places, WINDOW):
            for form in page.evaluate(FORMS):
                if not form or form in tried:
                    continue
                tried.add(form)
                page.goto(place.address)
                there = page.evaluate(FORMS)
                if form not in there:
                    continue  # what was sent before has taken it off the page
                number = there.index(form)
                with page.expect_event("load"), page.expect_response(_of_a_form) as sent:
                    page.evaluate(SEND_EMPTY, number)
                if sent.value.status == 422:
                    refused.add(form)
                    wrong += _not_put_right(page, f"{place.said}, {form} sent empty")
                    wrong += self._in_a_window(page, place)
        assert not wrong, "\n\n".join(wrong)
        return refused

    def _opened(self, places: Iterable[Place], size: dict[str, int]) -> Iterator[tuple[Page, Place]]:
        windows: dict[str | None, Page] = {}
        for place in places:
            if place.person not in windows:
                windows[place.person] = self._open_as(place.person, viewport=size)
            page = windows[place.person]
            answer = page.goto(place.address)
            assert answer is not None
            assert answer.status in (200, 422), f"{place.said} answered {answer.status}"
            yield page, place

    def _in_a_window(self, page: Page, place: Place) -> Iterator[str]:
        page.evaluate(UNFOLD)
        try:
            self._axe(page, place.said)
        except AssertionError as wrong:
            yield str(wrong)
        yield from _too_wide(page, place, WINDOW["width"], "unfolded")


def _of_a_form(answer: Response) -> bool:
    """
    The answer to a form that was sent, with no further one to follow. Waiting for a navigation would also take htmx
    writing the page into the history.
    """
    return answer.request.is_navigation_request() and answer.request.method == "POST"


def _not_put_right(page: Page, said: str) -> Iterator[str]:
    """What is wrong with a page that asks for something to be put right (W8 of the reference on accessibility)."""
    if not page.title().startswith("Error: "):
        yield f"{said}: the title is {page.title()!r}"
    if not page.evaluate("document.activeElement.matches('.nhsuk-error-summary')"):
        yield f"{said}: the summary of what is to be put right has not the focus"
    if page.locator(".nhsuk-error-summary a").count() == 0:
        words = " ".join(page.locator(".nhsuk-error-summary").inner_text().split())
        yield f"{said}: nothing in the summary leads to a field: {words}"
    yield from (f"{said}: leads to no field: {link}" for link in page.evaluate(DEAD_LINKS))


def _on_a_phone(page: Page, place: Place) -> Iterator[str]:
    yield from _too_wide(page, place, PHONE["width"], "folded")
    page.evaluate(UNFOLD)
    yield from _too_wide(page, place, PHONE["width"], "unfolded")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(NEXT_STOP)
        if stop["unseen"]:
            yield f"{place.said}: nothing shows that this had the focus: {stop['unseen']}"
        if stop["hidden"]:
            yield f"{place.said}: has the focus, out of sight or under something: {stop['hidden']}"
        if stop["nowhere"]:
            return
    yield f"{place.said}: {MOST_TABS} presses of Tab did not lead to the end of the page"


WIDEST = """(width) => [...document.querySelectorAll('main *, header *, footer *')]
    .filter((each) => !each.closest('thead, svg'))
    .filter((each) => each.getBoundingClientRect().right > width + 1 && !each.closest('.mh-cover, .mh-picture'))
    .map((each) => each.cloneNode().outerHTML.slice(0, 120)).slice(0, 4)"""


def _too_wide(page: Page, place: Place, width: int, how: str) -> Iterator[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        first = "\n    ".join(page.evaluate(WIDEST, width))
        yield f"{place.said}, {how}: {wide} wide in a window of {width}\n    {first}"
