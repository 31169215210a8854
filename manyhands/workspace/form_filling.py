"""
A form on a page is filled again with what was typed into it before, so that nobody has to type it twice.

The page is made as always, and read through once to find the form and once to fill it in. What was chosen or written
goes into boxes that the form has now, and into no others; what is hidden in it stays as the page made it.
"""

import html
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = Iterable[tuple[str, str]]
WRITTEN = {"", "text", "email", "search", "tel", "url", "number", "date"}
CHOSEN = {"checkbox", "radio"}
Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    """A form of a page: where it sends to, what is hidden in it, its boxes, and what it is folded away in."""

    action: str
    hidden: set[tuple[str, str]] = field(default_factory=set)
    boxes: set[str] = field(default_factory=set)
    folded_in: tuple[int, ...] = ()


class _Finding(HTMLParser):
    """Every form of a page that sends something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self._details, self._open, self._seen = page, [], [], [], 0  # type: ignore[var-annotated]
        self._in: Form | None = None

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        has = dict(attributes)
        if tag == "details":
            self._open.append(self._seen)
            self._seen += 1
        elif tag == "form":
            self._in = Form(has.get("action") or self.page, folded_in=tuple(self._open))
            self.forms.append(self._in if (has.get("method") or "").lower() == "post" else Form(""))
        elif self._in is not None and tag in ("input", "textarea", "select"):
            name = has.get("name") or ""
            if has.get("type") == "hidden":
                self._in.hidden.add((name, has.get("value") or ""))
            else:
                self._in.boxes.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None
        elif tag == "details" and self._open:
            self._open.pop()


class _Filling(HTMLParser):
    """The page again, with one of its forms filled in and in sight."""

    def __init__(self, number: int, form: Form, typed: Fields) -> None:
        super().__init__(convert_charrefs=False)
        self.number, self.form, self.typed = number, form, list(typed)
        self.out: list[str] = []
        self._forms = self._details = -1
        self._select = self._instead = ""

    @property
    def _inside(self) -> bool:
        return self._forms == self.number and self._filling

    _filling = False

    def values(self, name: str) -> list[str]:
        return [value for each, value in self.typed if each == name]

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        has, raw = dict(attributes), self.get_starttag_text() or ""
        if tag == "form":
            self._forms, self._filling = self._forms + 1, True
        elif tag == "details":
            self._details += 1
            if self._details in self.form.folded_in and "open" not in has:
                raw = _tag(tag, [*attributes, ("open", None)])
        elif self._inside:
            raw = self._filled(tag, attributes, has, raw)
        self.out.append(raw)
        if tag == "textarea" and self._inside and (has.get("name") or "") in dict(self.typed):
            self.out.append("\n" + html.escape(self.values(has["name"] or "")[0]))
            self._instead = tag

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def _filled(self, tag: str, attributes: Attributes, has: dict[str, str | None], raw: str) -> str:
        name, kind = has.get("name") or "", (has.get("type") or "").lower()
        if tag == "select":
            self._select = name
        elif tag == "option" and self.values(self._select):
            return _tag(tag, _marked(attributes, "selected", (has.get("value") or "") in self.values(self._select)))
        elif tag == "input" and kind in CHOSEN:
            return _tag(tag, _marked(attributes, "checked", (has.get("value") or "on") in self.values(name)))
        elif tag == "input" and kind in WRITTEN and self.values(name):
            return _tag(tag, [*_marked(attributes, "value", False), ("value", self.values(name)[0])])
        return raw

    def handle_endtag(self, tag: str) -> None:
        if tag == self._instead:
            self._instead = ""
        if tag == "form":
            self._filling = False
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._pass(data)

    def handle_entityref(self, name: str) -> None:
        self._pass(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._pass(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._pass(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._pass(f"<!{decl}>")

    def _pass(self, raw: str) -> None:
        if not self._instead:
            self.out.append(raw)


def _marked(attributes: Attributes, name: str, on: bool) -> Attributes:
    rest = [(each, value) for each, value in attributes if each != name]
    return [*rest, (name, None)] if on else rest


def _tag(tag: str, attributes: Attributes) -> str:
    said = "".join(
        f" {name}" if value is None else f' {name}="{html.escape(value, quote=True)}"' for name, value in attributes
    )
    return f"<{tag}{said}>"


def filled(text: str, page: str, action: str, typed: Fields) -> tuple[str, list[tuple[str, str]]]:
    """
    The page with what was typed put back into the form that sends to `action`, and what there is no box for. Of several
    that do, it is the one in which the same is hidden, and that has most of the boxes.
    """
    typed = list(typed)
    finding = _Finding(page)
    finding.feed(text)
    names = {name for name, _ in typed}
    fitting = [(number, form) for number, form in enumerate(finding.forms) if form.action.partition("#")[0] == action]
    if not fitting:
        return text, [(name, value) for name, value in typed if value.strip()]

    def fit(each: tuple[int, Form]) -> tuple[int, int]:
        return len(each[1].hidden & set(typed)), len(each[1].boxes & names)

    number, form = max(fitting, key=fit)
    filling = _Filling(number, form, typed)
    filling.feed(text)
    filling.close()
    hidden = {name for name, _ in form.hidden}
    left = [(name, value) for name, value in typed if name not in form.boxes | hidden and value.strip()]
    return "".join(filling.out), left
