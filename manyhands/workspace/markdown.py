"""
Papers as people read them, out of the Markdown that they were written in.

HTML that somebody writes is shown as it was typed, and runs nowhere; pictures are not taken in; links lead to web
addresses only, and tell nobody where somebody came from. What comes of it goes through a second sieve all the same.
"""

from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 60_000
"""Characters of a paper: some 20 pages."""

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul", "div",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "class"},
    "h2": {"id", "class"}, "h3": {"id", "class"}, "h4": {"id", "class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "ol": {"class", "start"}, "ul": {"class"}, "table": {"class"}, "td": {"class"}, "th": {"class", "scope"},
}  # fmt: skip
CLASSES = {
    "bullet_list_open": "nhsuk-list nhsuk-list--bullet",
    "ordered_list_open": "nhsuk-list nhsuk-list--number",
    "table_open": "nhsuk-table",
    "th_open": "nhsuk-table__header",
    "td_open": "nhsuk-table__cell",
    "link_open": "nhsuk-link",
}
HEADINGS = {"h2": "nhsuk-heading-m", "h3": "nhsuk-heading-s", "h4": "nhsuk-heading-xs"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a paper, for the list of what is in it: where it stands, its text, and 2, 3 or 4."""

    id: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper as HTML, and its headings."""

    html: SafeString
    headings: tuple[Heading, ...]


def _parser() -> MarkdownIt:
    made = (
        MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"]).disable("image")
    )
    made.validateLink = lambda url: url.lower().startswith(("https://", "http://", "mailto:"))  # type: ignore[method-assign]
    return made


PARSER = _parser()


def rendered(text: str) -> Rendered:
    """A paper's text as HTML. Its first level of headings stands below the title of the page."""
    tokens = PARSER.parse(text)
    headings = tuple(_headings(tokens))
    for token in tokens:
        _dress(token)
        for inner in token.children or ():
            _dress(inner)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    html = html.replace("<table", '<div class="mh-scrolls" tabindex="0" role="region" aria-label="Table"><table')
    html = html.replace("</table>", "</table></div>")
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )  # fmt: skip
    return Rendered(SafeString(clean), headings)  # nosec


def _headings(tokens: list[Token]) -> list[Heading]:
    """The headings, each moved one level down (no deeper than four, none left out) with a place that links lead to."""
    found: list[Heading] = []
    above = 1
    for at, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        level = min(int(token.tag[1]) + 1, above + 1, 4) if token.type == "heading_open" else above
        token.tag = f"h{level}"
        above = level
        if token.type == "heading_open":
            place = f"part-{len(found) + 1}"
            token.attrSet("id", place)
            token.attrSet("class", HEADINGS[token.tag])
            words = "".join(each.content for each in tokens[at + 1].children or ())
            found.append(Heading(place, words, level))
    return found


def _dress(token: Token) -> None:
    """Give a tag the looks that the design system has for it."""
    if token.type in CLASSES:
        token.attrs.pop("style", None)
        token.attrSet("class", CLASSES[token.type])
    if token.type == "th_open":
        token.attrSet("scope", "col")
